"""Party sets on the screens: from the case to the served paper, who may do what, and what is said when something is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve
from discovery.domain.drafts.drafting import request_draft
from discovery.enums import ClauseKind, DemandKind
from discovery.models import CaseParty, Clause, Demand, Draft, Person, RequestSet
from tests.factories import World
from tests.party_sets import approved, drafted, served, submitted
from tests.staff.desk import walled_set
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, posted, statuses

pytestmark = pytest.mark.django_db
QUERIES = 14


def new_url(world: World) -> str:
    return reverse("set-new", args=[world.case.pk])


def page_of(name: str, demand: Demand) -> str:
    return reverse(f"demand-{name}", args=[demand.pk])


def start(world: World, as_user: AsUser, **values: Any) -> Any:
    data = {"kind": "rfp", "recipients": [world.opponent.pk], "propounded_by": world.group.pk, "pasted": "1. First.\n\n2. Second."}
    return as_user(world.bob).post(new_url(world), {**data, **values})


def test_the_group_of_our_clients_asks_unless_another_is_chosen(world: World, as_user: AsUser) -> None:
    world.group.members.add(world.client)
    theirs = world.case.groups.create(name="Plaintiffs")
    theirs.members.add(world.opponent)
    forms = [as_user(world.bob).get(reverse(name, args=[world.case.pk])).context["form"] for name in ("set-new", "subpoena-new")]
    assert [form.initial["propounded_by"] for form in forms] == [world.group, world.group]


def test_only_editors_start_one(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, new_url(world)) == EDIT
    assert posted(as_user, world, new_url(world), {"kind": "rfp", "recipients": [world.opponent.pk]}) == DENIED
    assert RequestSet.objects.count() == 0


def test_from_the_case_to_the_served_paper(world: World, as_user: AsUser, bells: list[int]) -> None:
    """Six steps: start; state and make the draft; submit; the attorney approves; the paper is made; its service is recorded."""
    bob, alice, steps = as_user(world.bob), as_user(world.alice), []

    def post(client: Any, url: str, **data: Any) -> Any:
        response = client.post(url, data)
        steps.append(response.status_code)
        return response

    started = start(world, as_user)
    steps.append(started.status_code)
    demand = Demand.objects.get()
    assert started["Location"] == reverse("set-detail", args=[demand.request_set_id])
    assert (bob.get(started["Location"]).status_code, bob.get(page_of("paper", demand)).status_code) == (200, 200)
    stated = {"revision": demand.revision, "attorney": world.appearance.pk, "dated": "2025-06-17", "make": "1"}
    post(bob, page_of("paper", demand), **stated)
    post(bob, page_of("submit", demand))
    seen = alice.get(page_of("review", demand)).context["seen"]
    post(alice, page_of("approve", demand), seen=seen, sign="1")
    post(alice, reverse("paper-make", args=["requests", demand.pk]))
    post(alice, page_of("service", demand), served_on="2025-06-18", method="email", server="Ann Lee")

    demand.refresh_from_db()
    assert (steps, demand.status, demand.signed) == ([302] * 6, "served", "/s/ Olive Ours")
    assert (demand.rows.count(), [str(one.due_on) for one in demand.deadlines.filter(kind="response")]) == (2, ["2025-07-18"])
    assert list(Draft.objects.order_by("pk").values_list("paper", "approved_version")) == [("requests", 0), ("requests", 1)]


def test_one_text_goes_to_several_each_with_a_demand(world: World, as_user: AsUser) -> None:
    second = CaseParty.objects.create(case=world.case, person=Person.objects.create(name="Max Roe", created_by=world.alice))

    start(world, as_user, recipients=[world.opponent.pk, second.pk], kind="rog")

    assert sorted(str(one.responding_party) for one in Demand.objects.all()) == ["Jane Roe", "Max Roe"]
    made = RequestSet.objects.get()
    assert (made.kind, made.request_heading, made.number) == ("interrogatories", "Interrogatory No. {number}:", 1)


def test_the_papers_of_all_recipients_are_asked_for_at_once(world: World, as_user: AsUser, bells: list[int]) -> None:
    second = CaseParty.objects.create(case=world.case, person=Person.objects.create(name="Max Roe", created_by=world.alice))
    alone = drafted(world, number=7)
    start(world, as_user, recipients=[world.opponent.pk, second.pk], kind="rog")
    one, two = Demand.objects.exclude(pk=alone.pk).order_by("pk")
    page, said = reverse("demand-detail", args=[two.pk]), "Make the PDFs of all 2 recipients"

    offered = {who: said in as_user(getattr(world, who)).get(page).text for who in ("bob", "rita")}
    as_user(world.bob).post(reverse("subpoena-batch"), {"papers": "requests", "pk": [one.pk, two.pk]})

    assert offered == {"bob": True, "rita": False}
    assert "Make the PDFs of all" not in as_user(world.bob).get(reverse("demand-detail", args=[alone.pk])).text
    assert list(Draft.objects.order_by("pk").values_list("demand", "paper")) == [(one.pk, "requests"), (two.pk, "requests")]


def test_a_draft_is_not_shown_as_the_paper_of_what_was_approved_since(world: World, as_user: AsUser, bells: list[int]) -> None:
    demand = drafted(world)
    request_draft(demand, "requests", by=world.alice)
    page = reverse("demand-detail", args=[demand.pk])
    before = as_user(world.bob).get(page)
    approve(demand, by=world.alice)
    after = as_user(world.bob).get(page)

    assert ("draft" in before.context, "draft" in after.context) == (True, False)
    assert ["The approved text has no paper yet" in one.text for one in (before, after)] == [False, True]


def test_the_next_number_is_suggested_and_none_is_used_twice(world: World, as_user: AsUser) -> None:
    drafted(world, number=1)

    start(world, as_user)
    again = start(world, as_user, number=2)

    assert list(RequestSet.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert (again.status_code, list(errors_of(again))) == (422, ["number"])
    assert "1. First." in again.text


def test_it_starts_from_another_set_and_from_clauses(world: World, as_user: AsUser) -> None:
    first = drafted(world, 2)
    clause = Clause.objects.create(kind=ClauseKind.DEFINITION.value, label="Action", text="means this.")

    start(world, as_user, start_from=first.request_set_id, clauses=[clause.pk], pasted="")

    made = RequestSet.objects.exclude(pk=first.request_set_id).get()
    assert ([one.text for one in made.requests.all()], [one.label for one in made.definitions.all()]) == (
        ["All documents of 2024 on topic 1.", "All documents of 2024 on topic 2."],
        ["Action"],
    )
    assert start(world, as_user, start_from=walled_set(world).pk).status_code == 422


def test_nobody_to_ask_is_said_at_the_field(world: World, as_user: AsUser) -> None:
    response = start(world, as_user, recipients=[])

    assert (response.status_code, errors_of(response)) == (422, {"recipients": ["Choose at least one responding party."]})
    assert start(world, as_user, recipients=[world.client.pk]).status_code == 422


def test_who_may_look_and_who_may_act(world: World, as_user: AsUser) -> None:
    demand = drafted(world)

    assert statuses(as_user, world, page_of("detail", demand)) == READ
    assert statuses(as_user, world, page_of("review", demand)) == READ
    assert statuses(as_user, world, page_of("paper", demand)) == EDIT
    for act in ("submit", "return", "approve", "reopen", "withdraw", "supersede"):
        assert (act, posted(as_user, world, page_of(act, demand), {})) == (act, DENIED)
    assert as_user(world.bob).post(page_of("approve", demand), {"seen": ""}).status_code == 403
    assert as_user(world.alice).post(page_of("submit", world.subpoena().demand), {}).status_code == 404


def test_what_changed_after_reading_is_not_approved(world: World, as_user: AsUser) -> None:
    demand = drafted(world)
    alice = as_user(world.alice)
    seen = alice.get(page_of("review", demand)).context["seen"]
    demand.request_set.requests.filter(number=1).update(text="Something else.")

    response = alice.post(page_of("approve", demand), {"seen": seen})

    demand.refresh_from_db()
    assert (response.status_code, demand.status) == (422, "draft")


def test_reopening_says_whose_papers_it_reopens_too(world: World, as_user: AsUser) -> None:
    alone = approved(world, kind=DemandKind.ROG)
    one, two = submitted(world, "Richard Roe")
    for demand in (one, two):
        approve(demand, by=world.alice)
    alice = as_user(world.alice)
    told = [[str(said) for said in alice.post(page_of("reopen", each), follow=True).context["messages"]] for each in (one, alone)]

    reopened = "Reopened. The approved version stays on record."
    assert told == [[f"They share the text, so they are drafts again, too: {two.responding_party}", reopened], [reopened]]


def test_a_note_and_a_reason_are_asked_for_at_their_fields(world: World, as_user: AsUser) -> None:
    demand = drafted(world)
    alice = as_user(world.alice)
    alice.post(page_of("submit", demand))

    assert alice.post(page_of("return", demand), {"note": ""}).context["note_form"].errors["note"]
    assert alice.post(page_of("withdraw", demand), {"reason": ""}).context["reason_form"].errors["reason"]
    alice.post(page_of("return", demand), {"note": "Number 2 is too broad."})
    assert "Number 2 is too broad." in alice.get(page_of("detail", demand)).text


def test_a_day_before_the_date_is_told_and_nothing_typed_is_lost(world: World, as_user: AsUser) -> None:
    demand = drafted(world)
    data = {"revision": demand.revision, "attorney": world.appearance.pk, "dated": "2025-06-17", "due_day": "2025-06-01"}

    response = as_user(world.bob).post(page_of("paper", demand), {**data, "place": "At the dock."})

    assert (response.status_code, list(errors_of(response))) == (422, ["due_day"])
    assert "At the dock." in response.text
    demand.refresh_from_db()
    assert (demand.dated, demand.place) == (None, "")


def test_a_replaced_paper_and_its_copy_lead_to_each_other(world: World, as_user: AsUser) -> None:
    old = served(world)
    bob = as_user(world.bob)

    response = bob.post(page_of("supersede", old), {"reason": "Wrong year."})

    new = Demand.objects.get(supersedes=old)
    assert response["Location"] == page_of("detail", new)
    assert page_of("detail", new) in bob.get(page_of("detail", old)).text
    copy = bob.get(page_of("detail", new))
    assert (page_of("detail", old) in copy.text, [str(one.words) for one in copy.context["told"]]) == (
        True,
        ["Bob replaced by a corrected paper Requests for production (Rule 34): Jane Roe."],
    )
    assert bob.post(page_of("supersede", new), {"reason": "Again."}).status_code == 422


def test_a_subpoena_is_replaced_on_the_same_page(world: World, as_user: AsUser) -> None:
    old = world.served_subpoena()
    response = as_user(world.bob).post(page_of("supersede", old), {"reason": "Wrong place."})

    new = Demand.objects.get(supersedes=old)
    assert response["Location"] == reverse("subpoena-detail", args=[new.pk])
    assert reverse("subpoena-detail", args=[new.pk]) in as_user(world.bob).get(reverse("subpoena-detail", args=[old.pk])).text


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_takes_the_same_queries_for_any_number_of_requests(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demand = approved(world, count)
    client = as_user(world.alice)
    client.get(page_of("detail", demand))

    with django_assert_num_queries(QUERIES):
        response = client.get(page_of("detail", demand))

    assert len(response.context["requests"]) == count


def test_each_kind_has_its_own_words_on_the_paper(world: World, as_user: AsUser) -> None:
    for kind in (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA):
        demand = drafted(world, kind=kind)
        page = as_user(world.bob).get(page_of("paper", demand))
        assert (kind, "place" in page.context["form"].fields) == (kind, kind == DemandKind.RFP)
