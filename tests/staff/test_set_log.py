"""A party set served on paper made elsewhere: the form, and the page of a demand that is no subpoena."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.enums import DemandKind
from discovery.models import Attachment, CaseParty, Deadline, Demand, PartyGroup, Person, RequestSet, Service
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import logged, proof

QUERIES = 15


def url(world: World) -> str:
    return reverse("set-log", args=[world.case.pk])


def typed(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "rfa",
        "number": 1,
        "name": "",
        "propounded_by": world.group.pk,
        "recipients": [world.opponent.pk],
        "served_on": "2025-06-18",
        "method": "personal",
        "pasted": "1. Admit <that>.\n\n2. Admit this.",
        **changes,
    }


def page(demand: Demand) -> str:
    return reverse("demand-detail", args=[demand.pk])


def test_editors_record_it(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, url(world)) == EDIT
    assert posted(as_user, world, url(world), typed(world)) == DENIED
    assert RequestSet.objects.count() == 0


@time_machine.travel("2025-06-25T12:00Z", tick=False)
def test_requests_for_admission_say_when_they_are_deemed_admitted(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(url(world), typed(world, upload=proof()), follow=True)

    demand = Demand.objects.get()
    assert response.redirect_chain[0][0] == f"{page(demand)}#service"
    assert (demand.kind, demand.status, demand.request_set.name) == (
        "rfa",
        "served",
        "Our Defendants: Requests for admission, Set 1",
    )
    assert demand.request_set.request_heading == "Request For Admission No. {number}:"
    said = [str(message) for message in response.context["messages"]]
    assert said == ["Recorded for 1 recipient. Dates that follow: Response to requests for admission 07/18/2025."]
    (row,) = response.context["dates"]
    assert (row.count, [(badge.tone, badge.words) for badge in row.badges]) == (
        "30 days after",
        [("refuse", "deemed admitted on July 18, 2025 if not answered")],
    )
    assert [one["text"] for one in response.context["requests"]] == ["Admit <that>.", "Admit this."]
    assert "Admit &lt;that&gt;." in response.text


def test_once_the_day_has_passed_they_are(world: World, as_user: AsUser) -> None:
    demand = logged(world)

    (row,) = as_user(world.rita).get(page(demand)).context["dates"]

    assert [badge.words for badge in row.badges] == ["deemed admitted on July 18, 2025"]


def test_theirs_is_recorded_too_with_a_new_group(world: World, as_user: AsUser) -> None:
    data = typed(world, kind="rfp", propounded_by="", askers=[world.opponent.pk], recipients=[world.client.pk], pasted="")

    as_user(world.bob).post(url(world), data)
    as_user(world.bob).post(url(world), {**data, "number": 2})

    group = PartyGroup.objects.exclude(pk=world.group.pk).get()
    assert (group.name, list(group.members.all())) == ("Jane Roe", [world.opponent])
    assert (
        list(Demand.objects.values_list("request_set__propounded_by", "responding_party__person"))
        == [(group.pk, world.client.person_id)] * 2
    )
    assert {row.ours for row in Deadline.objects.filter(kind="response")} == {True}


def test_several_recipients_have_a_clock_each_and_one_proof(world: World, as_user: AsUser) -> None:
    xavier = CaseParty.objects.create(case=world.case, person=Person.objects.create(name="X. Corp", created_by=world.alice))

    data = typed(world, recipients=[world.opponent.pk, xavier.pk], upload=proof())
    shown = as_user(world.bob).post(url(world), data, follow=True)

    assert (Demand.objects.count(), Service.objects.exclude(proof=None).count(), Attachment.objects.count()) == (2, 2, 1)
    assert [str(one.responding_party) for one in shown.context["others"]] == ["X. Corp"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": "subpoena_documents"}, "kind", "Select a valid choice."),
        ({"propounded_by": ""}, "propounded_by", "Choose the group that asks, or tick its parties below."),
        ({"recipients": []}, "recipients", "Choose at least one responding party."),
        ({"recipients": ["999999"]}, "recipients", "Select a valid choice."),
        ({"served_on": "2099-01-01"}, "served_on", "This day lies ahead."),
        ({"served_on": "soon"}, "served_on", "Enter a valid date."),
        ({"method": "pigeon"}, "method", "Select a valid choice."),
        ({"methods": ["mail"]}, "methods", "July 21, 2025"),
        ({"number": "0"}, "number", "Ensure this value is greater than or equal to 1."),
        ({"pasted": "1.\n\n2."}, "pasted", "There is no text in this"),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, Any], field: str, words: str) -> None:
    response = as_user(world.bob).post(url(world), typed(world, name="Kept <name>", **changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), RequestSet.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["name"].value() == "Kept <name>"


def test_who_asks_does_not_answer(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(url(world), typed(world, recipients=[world.client.pk]))

    assert errors_of(response) == {"recipients": ["John Doe belongs to those who ask."]}


def test_the_same_number_is_not_recorded_twice(world: World, as_user: AsUser) -> None:
    client = as_user(world.bob)
    client.post(url(world), typed(world))

    response = client.post(url(world), typed(world))

    assert errors_of(response) == {"number": ["A set of this group with this number is recorded already; open that one."]}
    assert RequestSet.objects.count() == 1


def test_a_refused_set_leaves_no_group_behind(world: World, as_user: AsUser) -> None:
    data = typed(world, propounded_by="", askers=[world.opponent.pk], recipients=[world.opponent.pk])

    assert list(errors_of(as_user(world.bob).post(url(world), data))) == ["recipients"]
    assert PartyGroup.objects.count() == 1


def test_parties_and_groups_of_other_cases_cannot_be_chosen(world: World, as_user: AsUser) -> None:
    form = form_of(as_user(world.alice).get(url(world)))

    assert set(form.fields["recipients"].queryset) == {world.client, world.opponent}  # type: ignore[attr-defined]
    assert set(form.fields["propounded_by"].queryset) == {world.group}  # type: ignore[attr-defined]


def test_members_see_the_demand_and_a_subpoena_has_its_own_page(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena().demand

    assert statuses(as_user, world, page(logged(world))) == READ
    assert as_user(world.rita).get(page(subpoena))["Location"] == reverse("subpoena-detail", args=[subpoena.pk])
    assert as_user(world.charlie).get(page(subpoena)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parties = [
        CaseParty.objects.create(case=world.case, person=Person.objects.create(name=f"P{number}", created_by=world.alice))
        for number in range(count)
    ]
    client = as_user(world.alice)
    client.post(url(world), typed(world, recipients=[world.opponent.pk, *(party.pk for party in parties)]))
    demand = Demand.objects.get(responding_party__person=world.opponent.person)

    with django_assert_num_queries(QUERIES):
        shown = client.get(page(demand))

    assert len(shown.context["others"]) == count


def test_lists_lead_to_it(world: World, as_user: AsUser) -> None:
    demand = logged(world, DemandKind.RFP)
    client = as_user(world.rita)
    pages = [reverse("case-detail", args=[world.case.pk]), reverse("set-detail", args=[demand.request_set_id]), "/subpoenas/"]

    assert [f'href="{page(demand)}"' in client.get(address).text for address in pages] == [True] * 3
