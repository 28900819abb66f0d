"""Starting a subpoena: recipient and start on one page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.enums import ClauseKind
from discovery.models import CaseParty, Clause, Demand, Person, RequestSet, RespondingParty
from tests.factories import World
from tests.staff.desk import walled_set
from tests.staff.screens import DENIED, EDIT, AsUser, another_case, errors_of, form_of, posted, statuses


def url(world: World) -> str:
    return reverse("subpoena-new", args=[world.case.pk])


def start(world: World, as_user: AsUser, **values: Any) -> Any:
    data = {"recipient": f"responder-{world.responder.pk}", "propounded_by": world.group.pk, "new_kind": "entity"}
    return as_user(world.bob).post(url(world), {**data, **values})


def test_only_editors_start_one(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, url(world)) == EDIT
    assert posted(as_user, world, url(world), {"recipient": f"responder-{world.responder.pk}"}) == DENIED
    assert Demand.objects.count() == 0


def test_a_known_recipient_and_pasted_requests_lead_to_the_schedule(world: World, as_user: AsUser) -> None:
    response = start(world, as_user, pasted="1. First.\n\n2. Second.")

    demand = Demand.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("subpoena-schedule", args=[demand.pk]))
    assert demand.request_set.name == "Schedule A to Witness Corp."
    assert [(one.number, one.text) for one in demand.request_set.requests.all()] == [(1, "First."), (2, "Second.")]


def test_thirty_requests_take_six_steps(world: World, as_user: AsUser) -> None:
    """New; recipient and start (one page, two groups); schedule; form; PDF: four requests of the browser after the click."""
    client = as_user(world.bob)
    client.get(url(world))
    thirty = "\n\n".join(f"Request {number}." for number in range(1, 31))
    response = start(world, as_user, pasted=thirty)
    schedule = client.get(response["Location"])
    form = client.get(reverse("subpoena-form", args=[Demand.objects.get().pk]))

    assert [schedule.status_code, form.status_code] == [200, 200]
    assert Demand.objects.get().request_set.requests.count() == 30


def test_somebody_new_is_recorded_with_agent_and_address(world: World, as_user: AsUser) -> None:
    start(
        world,
        as_user,
        recipient="",
        new_name="Nova Corp.",
        new_agent="CT Agents Inc.",
        new_street="2 Side Street",
        new_city="Fresno",
        new_state="CA",
        new_postal_code="93650",
    )

    demand = Demand.objects.select_related("subpoena").get()
    assert demand.subpoena.addressee == "Nova Corp., c/o CT Agents Inc., 2 Side Street, Fresno, CA 93650"


def test_a_party_of_the_case_becomes_a_responding_party(world: World, as_user: AsUser) -> None:
    start(world, as_user, recipient=f"party-{world.opponent.pk}")

    assert Demand.objects.get().responding_party.person == world.opponent.person


def test_a_new_person_is_not_kept_when_the_paste_is_refused(world: World, as_user: AsUser) -> None:
    before = Person.objects.count()

    response = start(world, as_user, recipient="", new_name="Nova Corp.", pasted="Smile \U0001f600")

    assert (response.status_code, Person.objects.count(), Demand.objects.count()) == (422, before, 0)
    assert errors_of(response) == {
        "pasted": ["The character U+1F600 GRINNING FACE at position 7 cannot be printed; remove or replace it."]
    }
    assert form_of(response)["pasted"].value() == "Smile \U0001f600"
    several = start(world, as_user, recipient="", new_name="Nova Corp.", pasted="All letters.\n\nAll \x07 bells.")
    assert errors_of(several) == {
        "pasted": ["Paragraph 2: The character U+0007 at position 5 cannot be printed; remove or replace it."]
    }


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"recipient": ""}, {"recipient": ["Choose who is to produce, or name somebody new below."]}),
        ({"new_name": "Nova"}, {"new_name": ["Either somebody known or somebody new: empty one of the two."]}),
        (
            {"recipient": "", "new_name": "john doe"},
            {"new_name": ["john doe is our own client in this case; discovery is sought from others."]},
        ),
        (
            {"recipient": "", "new_name": "Witness Corp."},
            {"new_name": ["This name is in the list above already: choose it there."]},
        ),
        (
            {"recipient": "", "new_name": "Nova", "new_city": "Fresno"},
            {"new_street": ["An address needs street and city; or leave it all empty for now."]},
        ),
        ({"propounded_by": ""}, {"propounded_by": ["This field is required."]}),
        ({"pasted": " 1. \n\n 2. "}, {"pasted": ["There is no text in this, only numbers or empty lines."]}),
    ],
)
def test_bad_input_is_told_at_the_field(
    world: World, as_user: AsUser, values: dict[str, str], errors: dict[str, list[str]]
) -> None:
    response = start(world, as_user, **values)

    assert (response.status_code, errors_of(response), Demand.objects.count()) == (422, errors, 0)


def test_a_responding_party_that_became_our_client_is_refused_at_the_field(world: World, as_user: AsUser) -> None:
    CaseParty.objects.create(case=world.case, person=world.responder.person, is_client=True)

    response = start(world, as_user)

    assert errors_of(response) == {"recipient": ["Witness Corp. is our own client in this case; discovery is sought from others."]}


def test_rows_of_another_case_are_no_choice(world: World, as_user: AsUser) -> None:
    other = another_case(world)

    response = start(
        world, as_user, recipient=f"responder-{other['responder']}", propounded_by=other["group"], start_from=walled_set(world).pk
    )

    assert sorted(errors_of(response)) == ["propounded_by", "recipient", "start_from"]
    assert RespondingParty.objects.filter(demands__isnull=False).count() == 0


def test_it_copies_a_set_of_any_visible_case_and_takes_clauses(world: World, as_user: AsUser) -> None:
    source = world.subpoena().demand.request_set
    clause = Clause.objects.create(kind=ClauseKind.REQUEST.value, label="About", text="All Documents about {recipient}.")
    recipient = world.another_responder("Third Corp.")

    start(world, as_user, recipient=f"responder-{recipient.pk}", start_from=source.pk, clauses=[clause.pk])

    texts = Demand.objects.get(responding_party=recipient).request_set.requests.values_list("text", flat=True)
    assert list(texts) == ["All Documents, part 1.", "All Documents, part 2.", "All Documents about {recipient}."]


def test_the_search_for_a_set_shows_no_walled_set(world: World, as_user: AsUser) -> None:
    walled_set(world)
    RequestSet.objects.create(case=world.case, propounded_by=world.group, name="Set <b>")

    response = as_user(world.bob).get(url(world), {"sets": "set"})

    assert [one.name for one in response.context["sets"]] == ["Set <b>"]
    assert "Set &lt;b&gt;" in response.text
