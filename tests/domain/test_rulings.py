"""Rulings: what may be ruled on, when a dispute is decided, what supersedes what, which dates follow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.disputes.orders import correct_order, enter_order
from discovery.domain.disputes.ruling import Mended, RuledMeanwhile, Said, correct_rulings, rule
from discovery.domain.errors import Conflict, Refused
from discovery.enums import RulingOutcome
from discovery.models import Deadline, Dispute, Event, Order, RequestRow, Ruling
from tests.factories import World
from tests.filed import dispute_over, order_of

JULY = date(2025, 7, 9)


def said(dispute: Dispute, row: RequestRow | None, outcome: str = "denied", **more: Any) -> Said:
    return Said(dispute=dispute, row=row, outcome=outcome, **more)


def rows_of(dispute: Dispute) -> list[RequestRow]:
    return [one.row for one in dispute.requests.select_related("row")]


@pytest.fixture
def letter(world: World) -> Dispute:
    return dispute_over(world, world.served_subpoena(3))


def test_a_dispute_is_decided_when_every_request_has_a_ruling(world: World, letter: Dispute) -> None:
    order, (first, second, third) = order_of(world), rows_of(letter)

    rule(order, [said(letter, first), said(letter, second, "granted")], by=world.alice)
    letter.refresh_from_db()
    assert letter.status == "submitted"

    rule(order, [said(letter, third, "moot")], by=world.alice)
    letter.refresh_from_db()
    assert letter.status == "decided"
    assert [(one.row_id, one.outcome) for one in order.rulings.order_by("row__number")] == [
        (first.pk, "denied"),
        (second.pk, "granted"),
        (third.pk, "moot"),
    ]


def test_it_is_one_event_that_says_everything(world: World, letter: Dispute) -> None:
    order, rows = order_of(world, docket_entry="Dkt. 237"), rows_of(letter)
    before = Event.objects.count()

    rule(order, [said(letter, row) for row in rows], by=world.alice)

    event = Event.objects.latest("pk")
    assert (Event.objects.count() - before, event.act, event.summary) == (1, "ruled", "Order, Dkt. 237")
    assert event.details == {
        "rulings": [f"Witness Corp., No. {number}: Denied" for number in (1, 2, 3)],
        "rows": [row.pk for row in rows],
        "decided": ["Joint letter"],
    }


def test_a_deferred_request_keeps_it_open(world: World, letter: Dispute) -> None:
    first, second, third = rows_of(letter)
    rule(order_of(world), [said(letter, first), said(letter, second), said(letter, third, "deferred")], by=world.alice)
    letter.refresh_from_db()
    assert letter.status == "submitted"

    rule(order_of(world), [said(letter, third, "granted")], by=world.alice)
    letter.refresh_from_db()
    assert letter.status == "decided"


def test_a_motion_is_ruled_on_as_a_whole(world: World) -> None:
    motion = dispute_over(world, None, kind="protective_order", title="Protective order", side="theirs")

    (made,) = rule(order_of(world), [said(motion, None, "granted")], by=world.alice)
    motion.refresh_from_db()

    assert (motion.status, made.row, str(made)) == ("decided", None, "Granted: Protective order")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "draft", "submitted_on": None}, "nothing is before the court. Record it as filed first."),
        ({"status": "withdrawn"}, "nothing is before the court."),
        ({"kind": "deficiency_letter"}, "is a letter to the other side"),
        ({"submitted_on": date(2025, 8, 29)}, "before “Joint letter” was filed on Aug. 29, 2025"),
    ],
)
def test_only_what_was_filed_before_is_ruled_on(world: World, facts: dict[str, Any], words: str) -> None:
    dispute = dispute_over(world, world.served_subpoena(1), **facts)

    with pytest.raises(Refused, match=words):
        rule(order_of(world), [said(dispute, rows_of(dispute)[0])], by=world.alice)
    assert Ruling.objects.count() == 0


def test_a_ruling_without_a_dispute_says_to_record_it_first(world: World, letter: Dispute) -> None:
    stray = world.served_set(1).rows.get()

    with pytest.raises(Refused, match=r"is not in “Joint letter”.*Record the dispute over it first") as refusal:
        rule(order_of(world), [said(letter, rows_of(letter)[0]), said(letter, stray)], by=world.alice)
    assert (refusal.value.field, Ruling.objects.count()) == (f"{letter.pk}-{stray.pk}-outcome", 0)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"outcome": "granted_in_part"}, "ordered_text", "write down what the order grants"),
        ({"outcome": "granted_in_part", "ordered_text": "  "}, "ordered_text", "write down what the order grants"),
        ({"outcome": "perhaps"}, "outcome", "Choose the ruling"),
        ({"outcome": "granted", "comply_by": date(2025, 8, 27)}, "comply_by", "before the day the order was entered"),
        ({"outcome": "granted", "ordered_text": "\x01"}, "ordered_text", "cannot"),
    ],
)
def test_what_is_incomplete_is_said_at_its_field(
    world: World, letter: Dispute, more: dict[str, Any], field: str, words: str
) -> None:
    row = rows_of(letter)[0]
    with pytest.raises(Refused, match=words) as refusal:
        rule(order_of(world), [said(letter, row, **more)], by=world.alice)
    assert refusal.value.field == f"{letter.pk}-{row.pk}-{field}"


def test_one_request_has_one_ruling_at_a_time(world: World, letter: Dispute) -> None:
    row = rows_of(letter)[0]
    with pytest.raises(Refused, match="two rulings"):
        rule(order_of(world), [said(letter, row), said(letter, row, "granted")], by=world.alice)
    with pytest.raises(Refused, match="at least one request"):
        rule(order_of(world), [], by=world.alice)


def test_reconsidered_the_newer_supersedes_and_both_stay(world: World, letter: Dispute) -> None:
    row = rows_of(letter)[0]
    earlier = order_of(world)
    (old,) = rule(earlier, [said(letter, row, "granted")], by=world.alice)
    later = order_of(world, date(2025, 9, 9), reconsiders=earlier)

    (new,) = rule(later, [said(letter, row, "denied")], by=world.alice)
    old.refresh_from_db()

    assert (old.superseded, old.outcome, old.superseded_by) == (True, "granted", new)
    assert (new.superseded, new.supersedes) == (False, old)
    assert Event.objects.latest("pk").details["rulings"] == ["Witness Corp., No. 1: Denied, before: Granted (Order)"]


def test_a_reconsidered_order_gives_way_in_another_dispute(world: World) -> None:
    """Dkt. 237 grants a protective order and so takes back what Dkt. 203 had compelled in the letter before."""
    demand = world.served_subpoena(2)
    letter = dispute_over(world, demand, submitted_on=date(2025, 7, 1))
    first, second = rows_of(letter)
    compelled = order_of(world, JULY)
    old, kept = rule(compelled, [said(letter, first, "granted"), said(letter, second, "granted")], by=world.alice)
    motion = dispute_over(world, demand, numbers=(1,), kind="protective_order", side="theirs")

    (new,) = rule(order_of(world, reconsiders=compelled), [said(motion, first, "granted")], by=world.alice)

    for one in (old, kept, letter, motion):
        one.refresh_from_db()
    assert (new.supersedes, old.superseded, kept.superseded) == (old, True, False)
    assert (letter.status, motion.status) == ("decided", "decided")


def test_another_order_leaves_the_other_dispute_alone(world: World) -> None:
    demand = world.served_subpoena(1)
    letter, motion = dispute_over(world, demand), dispute_over(world, demand, kind="motion_to_quash")
    row, order = rows_of(letter)[0], order_of(world)

    made = rule(order, [said(letter, row, "denied"), said(motion, row, "granted")], by=world.alice)

    assert [(one.dispute, one.supersedes, one.superseded) for one in made] == [(letter, None, False), (motion, None, False)]


def test_the_second_of_two_sees_the_first(world: World, letter: Dispute) -> None:
    row = rows_of(letter)[0]
    order, other = order_of(world), order_of(world)
    (first,) = rule(order, [said(letter, row, "granted", seen=0)], by=world.alice)

    for late in (order, other):
        with pytest.raises(RuledMeanwhile, match=r"Witness Corp\., No\. 1: Granted") as conflict:
            rule(late, [said(letter, row, "denied", seen=0)], by=world.bob)
        assert conflict.value.rulings == [first]
        assert conflict.value.theirs[f"{letter.pk}-{row.pk}-outcome"] == "granted"
    assert [one.pk for one in rule(other, [said(letter, row, seen=first.pk)], by=world.bob)] == [first.pk + 1]


def test_the_days_that_rulings_state_are_due_dates(world: World, letter: Dispute) -> None:
    first, second, third = rows_of(letter)
    day, other = date(2025, 9, 6), date(2025, 9, 12)  # a Saturday: as the judge wrote it
    rule(
        order_of(world),
        [
            said(letter, first, "granted", comply_by=day),
            said(letter, second, "granted", comply_by=day),
            said(letter, third, "granted", comply_by=other),
        ],
        by=world.alice,
    )

    found = [(one.title, one.due_on, one.kind, one.basis, one.ours) for one in Deadline.objects.filter(key__startswith="order:")]
    assert sorted(found) == [
        ("Comply with the ruling on No. 1, 2", day, "order_compliance", "stated", False),
        ("Comply with the ruling on No. 3", other, "order_compliance", "stated", False),
    ]


@pytest.mark.parametrize(("ours", "binds_us"), [(True, False), (False, False), (False, True)])
def test_who_must_comply_is_who_was_asked_or_whom_the_order_binds(world: World, ours: bool, binds_us: bool) -> None:
    demand = world.set_served_on_us(1) if ours else world.served_set(1)
    dispute = dispute_over(world, demand)
    told = said(dispute, rows_of(dispute)[0], "granted", comply_by=date(2025, 9, 5))
    rule(order_of(world, binds_us=binds_us), [told], by=world.alice)

    assert Deadline.objects.get(kind="order_compliance").ours is (ours or binds_us)


def test_a_superseded_ruling_drops_its_date_once_that_is_accepted(world: World, letter: Dispute) -> None:
    row, day = rows_of(letter)[0], date(2025, 9, 5)
    rule(order_of(world), [said(letter, row, "granted", comply_by=day)], by=world.alice)
    later = order_of(world)

    with pytest.raises(MovesToAccept) as asked:
        rule(later, [said(letter, row, "denied")], by=world.alice)
    assert [(move.old, move.new) for move in asked.value.moves] == [(day, None)]
    assert Ruling.objects.count() == 1

    rule(later, [said(letter, row, "denied")], by=world.alice, moving=Moving("Reconsidered.", asked.value.fingerprint))
    assert (Deadline.objects.get(kind="order_compliance").state, Ruling.objects.count()) == ("void", 2)


def test_a_corrected_day_is_the_same_date_moved(world: World, letter: Dispute) -> None:
    order, row = order_of(world), rows_of(letter)[0]
    (made,) = rule(order, [said(letter, row, "granted", comply_by=date(2025, 9, 5))], by=world.alice)
    mended = Mended(ruling=made, outcome="granted", comply_by=date(2025, 9, 8), revision=1)

    with pytest.raises(MovesToAccept) as asked:
        correct_rulings(order, [mended], by=world.bob)
    assert [(move.old, move.new) for move in asked.value.moves] == [(date(2025, 9, 5), date(2025, 9, 8))]
    correct_rulings(order, [mended], by=world.bob, moving=Moving("Misread.", asked.value.fingerprint))

    event = Event.objects.latest("pk")
    assert event.act == "order_changed"
    assert event.details["changed"] == {"Witness Corp., No. 1: comply_by": ["2025-09-05", "2025-09-08"]}


def test_a_correction_decides_or_reopens_the_dispute(world: World, letter: Dispute) -> None:
    order = order_of(world)
    made = rule(order, [said(letter, row) for row in rows_of(letter)], by=world.alice)

    correct_rulings(order, [Mended(ruling=made[0], outcome="deferred", revision=1)], by=world.bob)
    letter.refresh_from_db()
    assert (letter.status, made[0].outcome, made[0].revision) == ("submitted", "deferred", 2)

    with pytest.raises(Conflict, match=r"No\. 1: Deferred"):
        correct_rulings(order, [Mended(ruling=made[0], outcome="granted", revision=1)], by=world.alice)


def test_what_was_superseded_is_not_mended(world: World, letter: Dispute) -> None:
    order, row = order_of(world), rows_of(letter)[0]
    (old,) = rule(order, [said(letter, row)], by=world.alice)
    (new,) = rule(order_of(world), [said(letter, row, "granted")], by=world.alice)

    with pytest.raises(Refused, match="superseded this ruling"):
        correct_rulings(order, [Mended(ruling=old, outcome="moot")], by=world.alice)
    with pytest.raises(Refused, match="belongs to another order"):
        correct_rulings(order, [Mended(ruling=new, outcome="moot")], by=world.alice)


def test_an_order_keeps_its_rulings_possible(world: World, letter: Dispute) -> None:
    order, row = order_of(world), rows_of(letter)[0]
    rule(order, [said(letter, row, "granted", comply_by=date(2025, 9, 5))], by=world.alice)

    for day, words in ((date(2025, 8, 20), "was filed on Aug. 21, 2025"), (date(2025, 9, 6), "complied with by Sept. 5, 2025")):
        order.entered_on = day
        with pytest.raises(Refused, match=words) as refusal:
            correct_order(order, by=world.alice, revision=None)
        assert refusal.value.field == "entered_on"


def test_an_order_reconsiders_an_earlier_one_of_its_case(world: World) -> None:
    later, day = order_of(world), date(2025, 8, 27)

    with pytest.raises(Refused, match="was entered later"):
        enter_order(Order(case=world.case, title="Second", entered_on=day, reconsiders=later), by=world.alice)
    later.reconsiders = later
    with pytest.raises(Refused, match="another order of this case"):
        correct_order(later, by=world.alice, revision=None)


def test_a_party_to_fees_goes_with_their_amount(world: World) -> None:
    order = order_of(world, fees_to="Witness Corp.", fees_amount="1250.00", fees_rule="Rule 45(d)(1)")
    order.refresh_from_db()
    assert (order.fees_to, str(order.fees_amount), order.fees_rule) == ("Witness Corp.", "1250.00", "Rule 45(d)(1)")


CHAIN = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([one.value for one in RulingOutcome]), st.booleans()), min_size=1, max_size=9
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=CHAIN)
def test_however_often_it_is_reconsidered_one_ruling_stands(world: World, steps: list[tuple[int, str, bool]]) -> None:
    """Orders over two disputes on the same requests, each reconsidering the last or not: nothing is lost, one stands."""
    demand = world.served_subpoena(2, on=date(2025, 6, 18)) if not world.responder.demands.exists() else None
    demand = demand or world.responder.demands.get()
    disputes = [dispute_over(world, demand), dispute_over(world, demand, kind="protective_order")]
    Ruling.objects.filter(superseded=False).update(superseded=True)  # what the example before left
    before, last = Ruling.objects.count(), None
    made = 0
    for place, outcome, reconsiders in steps:
        order = order_of(world, reconsiders=last if reconsiders else None)
        row = demand.rows.order_by("number")[place % 2]
        dispute = disputes[place // 2]
        text = "In part." if outcome == "granted_in_part" else ""
        made += len(rule(order, [said(dispute, row, outcome, ordered_text=text)], by=world.alice))
        last = order

        standing = list(Ruling.objects.filter(dispute__in=disputes, superseded=False).values_list("dispute", "row"))
        assert len(standing) == len(set(standing))
        assert Ruling.objects.count() == before + made
        assert not Ruling.objects.filter(dispute__in=disputes, superseded=True, superseded_by=None).exists()
        newest = Ruling.objects.latest("pk")
        assert (newest.superseded, newest.order) == (False, order)
