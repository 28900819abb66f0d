"""Commitments: a deadline like any other, kept with evidence, released with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from discovery.domain.conferrals.commitments import BROKEN, KEPT, OPEN, RELEASED, commit, release_commitment, standing
from discovery.domain.dates.deadlines import extend, mark_done, reopen
from discovery.domain.dates.following import follow
from discovery.domain.errors import Refused
from discovery.models import Commitment, Deadline, Event, Extension
from tests.domain.conferring import conferred, rows_of
from tests.factories import World, make_world

BEFORE, AFTER = datetime(2025, 7, 20, tzinfo=UTC), datetime(2025, 8, 20, tzinfo=UTC)


def promised(world: World, **changes: object) -> Commitment:
    told = {"side": "theirs", "promised_by": "Meta", "text": "Search again", "promised_on": date(2025, 7, 8), **changes}
    return Commitment(case=world.case, **told)


def test_it_stands_among_the_deadlines_and_says_who_promised_what(world: World) -> None:
    rows = rows_of(world.served_subpoena())
    call = conferred(world, rows)

    made = commit(promised(world, conferral=call), date(2025, 7, 22), rows, by=world.bob)

    row = Deadline.objects.get(kind="commitment")
    assert (row.title, row.ours, row.basis, row.due_on, row.demand, row.state) == (
        "Meta promised: Search again",
        False,
        "by_hand",
        date(2025, 7, 22),
        rows[0].demand,
        "open",
    )
    assert row.note == "Promised on July 8, 2025 at the conference of July 8, 2025: Witness Corp., Nos. 1, 2."
    assert (made.deadline, list(made.rows.order_by("pk"))) == (row, rows)
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.act, event.summary, event.details["due"]) == ("committed", "Meta promised: Search again", "2025-07-22")


def test_ours_on_requests_of_two_demands_belongs_to_none(world: World) -> None:
    rows = [rows_of(world.served_subpoena())[0], rows_of(world.served_set())[0]]

    made = commit(promised(world, side="ours", promised_by=""), date(2025, 7, 22), rows, by=world.bob)

    assert (made.deadline.title, made.deadline.ours, made.deadline.demand) == ("Our side promised: Search again", True, None)


@pytest.mark.parametrize(
    ("changes", "due", "field"),
    [
        ({}, date(2025, 7, 7), "due"),
        ({"promised_on": date(2099, 1, 1)}, date(2099, 2, 1), "promised_on"),
        ({"text": "\x07"}, date(2025, 7, 22), "text"),
    ],
)
def test_a_promise_that_makes_no_sense_is_refused(world: World, changes: dict[str, object], due: date, field: str) -> None:
    with pytest.raises(Refused) as refused:
        commit(promised(world, **changes), due, [], by=world.bob)

    assert (refused.value.field, Deadline.objects.count()) == (field, 0)


def test_rows_and_conference_are_of_the_case(world: World) -> None:
    other = make_world("Other v. Case", "4:24-cv-00009-ABC")
    strange = rows_of(other.served_subpoena())

    with pytest.raises(Refused, match="requests of this case"):
        commit(promised(world), date(2025, 7, 22), strange, by=world.bob)
    with pytest.raises(Refused, match="conference of this case"):
        commit(promised(world, conferral=conferred(other, strange)), date(2025, 7, 22), [], by=world.bob)


def test_kept_broken_and_open_are_asked_of_the_deadline_and_the_clock(world: World) -> None:
    made = commit(promised(world), date(2025, 7, 22), [], by=world.bob)
    assert (standing(made, BEFORE), standing(made, AFTER)) == (OPEN, BROKEN)

    mark_done(made.deadline, date(2025, 7, 21), "E-mail of July 21", by=world.bob)
    made.refresh_from_db()
    assert standing(made, AFTER) == KEPT
    with pytest.raises(Refused, match="was kept"):
        release_commitment(made, "Not needed", by=world.bob)

    reopen(made.deadline, "It was another one", by=world.bob)
    made.refresh_from_db()
    assert standing(made, AFTER) == BROKEN


def test_it_is_released_with_a_reason(world: World) -> None:
    made = commit(promised(world), date(2025, 7, 22), [], by=world.bob)
    with pytest.raises(Refused, match="Say why"):
        release_commitment(made, " ", by=world.bob)

    release_commitment(made, "The order of August 28 settles it", by=world.alice)

    made.refresh_from_db()
    assert (standing(made, AFTER), made.deadline.state, made.deadline.next_reminder_at) == (RELEASED, "void", None)
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.act, event.details) == (
        "commitment_released",
        {"reason": "The order of August 28 settles it", "due": "2025-07-22"},
    )
    with pytest.raises(Refused, match="released already"):
        release_commitment(made, "Again", by=world.alice)


def test_its_date_is_extended_and_never_computed_again(world: World) -> None:
    world.served_subpoena()
    made = commit(promised(world), date(2025, 7, 22), [], by=world.bob)
    told = {"agreed_on": date(2025, 7, 21), "agreed_with": "Meta", "terms": "E-mail"}

    extend(made.deadline, Extension(kind="date", to_date=date(2025, 7, 29), **told), by=world.bob)
    follow(world.case, by=world.bob)

    made.deadline.refresh_from_db()
    assert (made.deadline.due_on, made.deadline.basis, made.deadline.state) == (date(2025, 7, 29), "by_hand", "open")
