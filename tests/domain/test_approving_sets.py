"""Approving every submitted recipient of one set: each by itself, with its own words, its own event and its own checks."""

from __future__ import annotations

import pytest

from discovery.domain.approval import approve, approve_each, fingerprint, return_to_draft, submit_each
from discovery.domain.errors import Refused
from discovery.domain.sets import NewText, add_items
from discovery.enums import Act, DemandKind, DemandStatus
from discovery.models import Appearance, Attorney, Demand, Event, SetVersion
from tests.factories import World
from tests.party_sets import submitted

pytestmark = pytest.mark.django_db


def read(demands: list[Demand]) -> dict[int, str]:
    """Return the fingerprints of what an attorney reads of them."""
    return {one.pk: fingerprint(Demand.objects.get(pk=one.pk)) for one in demands}


def states(demands: list[Demand]) -> list[str]:
    return [Demand.objects.get(pk=one.pk).status for one in demands]


@pytest.mark.parametrize("kind", [DemandKind.RFP, DemandKind.ROG, DemandKind.RFA])
def test_each_is_approved_by_itself_with_its_own_words(world: World, kind: DemandKind) -> None:
    demands = submitted(world, "Max Roe", "Roe Holdings LLC", kind=kind)
    seen = Event.objects.count()

    done, left = approve_each(demands[0].request_set, read(demands), by=world.alice, sign=True)

    assert (done, left, states(demands)) == (demands, [], [DemandStatus.APPROVED.value] * 3)
    events = list(Event.objects.order_by("pk")[seen:].values_list("act", "subject"))
    assert events == [(Act.APPROVED.value, f"demand:{one.pk}") for one in demands]
    assert SetVersion.objects.count() == 1
    for one, name in zip(done, ("Jane Roe", "Max Roe", "Roe Holdings LLC"), strict=True):
        assert one.approved_snapshot is not None
        assert f"“You” means {name} and who acts for {name}." in one.approved_snapshot.content
        assert (one.signed, one.version) == ("/s/ Olive Ours", 1)


def test_words_that_changed_since_are_left_for_each(world: World) -> None:
    demands = submitted(world, "Max Roe")
    seen = read(demands)
    Demand.objects.filter(pk=demands[1].pk).update(place="At another place.")

    done, left = approve_each(demands[0].request_set, seen, by=world.alice)

    assert (done, states(demands)) == (demands[:1], ["approved", "in_review"])
    assert left == [(demands[1], "The paper was changed after you opened it. Read it again, then approve.")]

    done, left = approve_each(demands[0].request_set, read(demands[1:]), by=world.alice)
    assert (done, left, states(demands)) == (demands[1:], [], ["approved", "approved"])


def test_a_text_that_changed_since_leaves_all(world: World) -> None:
    demands = submitted(world, "Max Roe")
    seen = read(demands)
    add_items(demands[0].request_set, "request", [NewText("", "One more.")], by=world.bob)
    events = Event.objects.count()

    done, left = approve_each(demands[0].request_set, seen, by=world.alice)

    assert (done, [one for one, _why in left], states(demands)) == ([], demands, ["in_review"] * 2)
    assert (Event.objects.count(), SetVersion.objects.count(), demands[0].request_set.frozen) == (events, 0, False)


def test_who_cannot_be_approved_is_named_and_stays(world: World) -> None:
    theirs, stopped, returned, late, fine = demands = submitted(world, "Bo", "Cy", "Di", "Ed")[:5]
    other = Attorney.objects.create(name="Otto Other", firm=world.appearance.attorney.firm, user=world.bob, created_by=world.alice)
    Demand.objects.filter(pk=theirs.pk).update(
        attorney=Appearance.objects.create(case=world.case, attorney=other, group=world.group)
    )
    Demand.objects.filter(pk=stopped.pk).update(attorney=None)
    seen = read([theirs, stopped, returned, fine])
    return_to_draft(returned, "Not yet.", by=world.alice)

    done, left = approve_each(fine.request_set, seen, by=world.alice, sign=True)

    why = dict(left)
    assert (done, states(demands)) == ([fine], ["in_review", "in_review", "draft", "in_review", "approved"])
    assert list(why) == [theirs, stopped, returned, late]
    assert why[theirs].startswith("Only the attorney of record can sign electronically.")
    assert why[returned] == "It is not submitted any more: somebody returned it to draft."
    assert why[late] == "It was submitted after you opened the page. Read it, then approve."
    with pytest.raises(Refused) as alone:
        approve(stopped, by=world.alice)
    assert why[stopped] == str(alone.value)


def test_only_an_approving_member_approves(world: World) -> None:
    demands = submitted(world, "Max Roe")

    done, left = approve_each(demands[0].request_set, read(demands), by=world.bob)

    assert (done, states(demands)) == ([], ["in_review", "in_review"])
    assert {why for _one, why in left} == {"Approval is an attorney's act: ask an approving member of this case."}


def test_a_demand_of_another_set_is_not_reached(world: World) -> None:
    demands = submitted(world, "Max Roe")
    other = world.subpoena().demand

    done, _left = approve_each(demands[0].request_set, read([*demands, other]), by=world.alice)

    assert (done, states([other])) == (demands, ["draft"])


def test_all_drafted_ones_are_submitted_each_by_itself(world: World) -> None:
    demands = submitted(world, "Max Roe", "Roe Holdings LLC")
    for one in demands[:2]:
        return_to_draft(Demand.objects.get(pk=one.pk), "Shorten it.", by=world.alice)
    seen = Event.objects.count()

    assert submit_each(demands[0].request_set, by=world.bob) == (demands[:2], [])

    assert states(demands) == [DemandStatus.IN_REVIEW.value] * 3
    events = list(Event.objects.order_by("pk")[seen:].values_list("act", "subject"))
    assert events == [(Act.SUBMITTED.value, f"demand:{one.pk}") for one in demands[:2]]
    assert submit_each(demands[0].request_set, by=world.bob) == ([], [])
