"""Motions that others made: recorded as filed at once, with their paper, and a word when they came late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from discovery.domain.disputes.motions import record_motion, untimely
from discovery.domain.errors import Refused
from discovery.models import Dispute, Event
from tests.factories import World
from tests.filed import dispute_over
from tests.staff.serving import proof

FILED = date(2025, 7, 1)


def motion(world: World, **facts: Any) -> Dispute:
    told = {"kind": "motion_to_quash", "title": "Motion to quash", "moved_by": "Witness Corp.", "side": "theirs", **facts}
    return Dispute(case=world.case, **told)


def test_it_stands_as_filed_at_once(world: World) -> None:
    demand = world.served_subpoena(3)
    dispute_over(world, None)
    rows = list(demand.rows.order_by("number"))[:2]

    made = record_motion(motion(world, docket_entry="Dkt. 210"), rows, FILED, by=world.bob, upload=proof("motion.pdf"))

    made.refresh_from_db()
    assert (made.number, made.status, made.submitted_on, made.side) == (2, "submitted", FILED, "theirs")
    assert (made.responding_party, made.paper and made.paper.name) == (demand.responding_party, "motion.pdf")
    assert [(one.position, one.row) for one in made.requests.all()] == list(enumerate(rows, start=1))
    event = Event.objects.latest("pk")
    assert (event.act, event.happened_at.astimezone(world.case.court.zone).date()) == ("dispute_submitted", FILED)
    assert event.details == {
        "kind": "motion_to_quash",
        "side": "theirs",
        "rule": "Fed. R. Civ. P. 45(d)(3)",
        "rows": [row.pk for row in rows],
        "docket_entry": "Dkt. 210",
    }


def test_it_may_be_about_the_whole(world: World) -> None:
    made = record_motion(motion(world, kind="protective_order"), [], FILED, by=world.bob)

    assert (made.requests.count(), made.responding_party) == (0, None)


@pytest.mark.parametrize(
    ("kind", "filed", "late"),
    [
        ("motion_to_quash", date(2025, 7, 2), 0),
        ("motion_to_quash", date(2025, 7, 3), 1),
        ("protective_order", date(2025, 7, 3), 1),
        ("motion_to_compel", date(2025, 7, 3), 0),
    ],
)
def test_a_motion_after_the_time_for_compliance_is_pointed_out(world: World, kind: str, filed: date, late: int) -> None:
    demand = world.served_subpoena(1)
    of_rows = record_motion(motion(world, kind=kind), demand.rows.all(), filed, by=world.bob)
    of_whole = record_motion(motion(world, kind=kind, responding_party=demand.responding_party), [], filed, by=world.bob)

    assert [[one.title for one in untimely(made)] for made in (of_rows, of_whole)] == [["Compliance with the subpoena"] * late] * 2


@pytest.mark.parametrize(
    ("facts", "filed", "field", "words"),
    [
        ({"kind": "deficiency_letter"}, FILED, "kind", "started among the disputes"),
        ({}, None, "submitted_on", "Say on which day"),
        ({}, date(2099, 1, 1), "submitted_on", "lies ahead"),
    ],
)
def test_what_cannot_be_is_refused(world: World, facts: dict[str, Any], filed: date | None, field: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        record_motion(motion(world, **facts), [], filed, by=world.bob)
    assert (refusal.value.field, Dispute.objects.count()) == (field, 0)


def test_requests_went_to_the_party_that_is_named(world: World) -> None:
    other = world.another_responder("Bank")
    rows = world.served_subpoena(1).rows.all()

    with pytest.raises(Refused, match="went to others than Bank") as refusal:
        record_motion(motion(world, responding_party=other), rows, FILED, by=world.bob)
    assert refusal.value.field == "rows"
