"""The review page of one of several recipients: what differs for the others, and one act for all of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import return_to_draft
from discovery.models import Demand, RespondingParty
from tests.factories import World
from tests.party_sets import drafted, submitted
from tests.staff.screens import AsUser

pytestmark = pytest.mark.django_db
QUERIES, EACH = 76, 23
"""What the page costs, and more for each recipient, whose paper is composed and whose checks are run."""


def review(demand: Demand) -> str:
    return reverse("demand-review", args=[demand.pk])


def approve_all(demand: Demand) -> str:
    return reverse("demand-approve-all", args=[demand.pk])


def read(page: Any) -> dict[str, str]:
    """Return what the button of a page posts."""
    return {f"seen-{one.demand.pk}": one.seen for one in page.context["recipients"]}


def told(one: Any) -> dict[str, str]:
    """Return what differs for a recipient: by name, the words that are printed there."""
    return {label: "".join(piece.text for piece in pieces if piece.how != "removed") for label, pieces in one.differs}


def test_every_differing_word_stands_on_the_page(world: World, as_user: AsUser) -> None:
    first, second = submitted(world, "Max <b>Roe")
    Demand.objects.filter(pk=second.pk).update(place="At the dock.")

    page = as_user(world.alice).get(review(first))

    ours, other = page.context["recipients"]
    assert (ours.demand, ours.differs, other.demand) == (first, [], second)
    words = told(other)
    assert words["Definition 1"] == "“You” means Max <b>Roe and who acts for Max <b>Roe."
    assert words["Title"].endswith("TO MAX <B>ROE")
    assert "At the dock." in words["Opening paragraph"]
    assert set(words) == {"Title", "Parties and number", "Opening paragraph", "Definition 1", "Certificate of service"}
    assert "means <del>Jane </del><ins>Max &lt;b&gt;</ins>Roe" in page.text
    assert "Approve all 2" in page.text


def test_one_act_approves_them_and_goes_to_their_set(world: World, as_user: AsUser) -> None:
    first, second = submitted(world, "Max Roe")
    alice = as_user(world.alice)

    response = alice.post(approve_all(first), {**read(alice.get(review(second))), "sign": "1"}, follow=True)

    assert response.redirect_chain == [(reverse("set-detail", args=[first.request_set_id]), 302)]
    assert [str(one) for one in response.context["messages"]] == ["Approved and frozen; make their papers now: Jane Roe · Max Roe"]
    assert list(Demand.objects.values_list("status", "signed")) == [("approved", "/s/ Olive Ours")] * 2


def test_what_is_left_is_named_with_the_reason(world: World, as_user: AsUser) -> None:
    first, second, _third = submitted(world, "Max Roe", "Roe LLC")
    alice = as_user(world.alice)
    seen = read(alice.get(review(first)))
    Demand.objects.filter(pk=second.pk).update(place="At the dock.")

    some = alice.post(approve_all(first), seen, follow=True)
    none = alice.post(approve_all(second), seen)

    already = "This is “Approved” already."
    changed = "Max Roe was not approved. The paper was changed after you opened it. Read it again, then approve."
    assert [str(one) for one in some.context["messages"]] == [
        "Approved and frozen; make their papers now: Jane Roe · Roe LLC",
        changed,
    ]
    assert (none.status_code, [str(one) for one in none.context["messages"]]) == (
        422,
        [f"Jane Roe was not approved. {already}", changed, f"Roe LLC was not approved. {already}"],
    )
    assert [one.status for one in Demand.objects.order_by("pk")] == ["approved", "in_review", "approved"]


def test_a_blocked_one_is_told_before_and_stops_no_other(world: World, as_user: AsUser) -> None:
    first, second = submitted(world, "Max Roe")
    Demand.objects.filter(pk=second.pk).update(attorney=None)
    alice = as_user(world.alice)
    page = alice.get(review(first))

    blocking = page.context["recipients"][1].blocking
    assert len(blocking) > 0
    assert "cannot be approved" in page.text
    alice.post(approve_all(first), read(page))
    assert [one.status for one in Demand.objects.order_by("pk")] == ["approved", "in_review"]


def test_alone_or_for_others_there_is_no_such_button(world: World, as_user: AsUser) -> None:
    alone = drafted(world, number=7)
    first, second = submitted(world, "Max Roe")

    offered = {
        who.username: len(as_user(who).get(review(first)).context["recipients"]) for who in (world.alice, world.bob, world.rita)
    }
    return_to_draft(second, "Not yet.", by=world.alice)

    assert offered == {"alice": 2, "bob": 0, "rita": 0}
    assert [len(as_user(world.alice).get(review(one)).context["recipients"]) for one in (alone, first)] == [0, 0]


def test_who_may_approve(world: World, as_user: AsUser) -> None:
    first, _second = submitted(world, "Max Roe")
    seen = read(as_user(world.alice).get(review(first)))

    codes = {
        who.username: as_user(who).post(approve_all(first), seen).status_code for who in (world.bob, world.rita, world.charlie)
    }

    assert codes == {"bob": 403, "rita": 403, "charlie": 404}
    assert set(Demand.objects.values_list("status", flat=True)) == {"in_review"}
    assert as_user(world.alice).post(approve_all(first), {"seen-x": "1", "seen-": ""}).status_code == 422


def test_subpoenas_on_one_schedule_are_approved_together_too(world: World, as_user: AsUser) -> None:
    one, two = (world.subpoena(world.another_responder(name)).demand for name in ("Bank A", "Bank B"))
    Demand.objects.filter(pk=two.pk).update(request_set=one.request_set)
    Demand.objects.update(status="in_review")
    alice = as_user(world.alice)

    page = alice.get(reverse("subpoena-review", args=[one.pk]))
    response = alice.post(approve_all(one), read(page))

    assert response["Location"] == reverse("set-detail", args=[one.request_set_id])
    assert list(Demand.objects.values_list("status", flat=True)) == ["approved", "approved"]


@pytest.mark.parametrize("count", [2, 5])
def test_the_page_takes_the_same_queries_for_each_recipient(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demands = submitted(world, *(f"Roe {number}" for number in range(1, count)))
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES + EACH * count):
        page = client.get(review(demands[0]))

    assert (len(page.context["recipients"]), RespondingParty.objects.count()) == (count, count + 1)


def test_a_set_offers_to_submit_all_that_are_drafted(world: World, as_user: AsUser) -> None:
    first, second = submitted(world, "Max Roe")
    for one in (first, second):
        return_to_draft(Demand.objects.get(pk=one.pk), "Shorten it.", by=world.alice)
    page, act = reverse("set-detail", args=[first.request_set_id]), reverse("set-submit-all", args=[first.request_set_id])
    offered = {who.username: act in as_user(who).get(page).text for who in (world.bob, world.rita)}
    assert offered == {"bob": True, "rita": False}
    assert [as_user(who).post(act).status_code for who in (world.rita, world.charlie)] == [403, 404]

    told = as_user(world.bob).post(act, follow=True)

    assert [str(message) for message in told.context["messages"]] == ["Submitted for approval: Jane Roe · Max Roe"]
    assert set(Demand.objects.values_list("status", flat=True)) == {"in_review"}
    assert act not in told.text
    again = as_user(world.bob).post(act, follow=True)
    assert [str(message) for message in again.context["messages"]] == ["No recipient of this set is in draft any more."]
