"""What is done to many rows at once: one event, undone as a whole, nothing of somebody else's lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.domain.errors import Refused
from discovery.domain.matrix.acts import RowsChanged, assign_rows, set_deficiency, set_next_step, undo_act
from discovery.enums import Act
from discovery.models import CaseMembership, Event, RequestRow
from tests.factories import World, make_world

DAY = date(2025, 8, 1)


def seen(rows: list[RequestRow]) -> dict[int, int | None]:
    return {row.pk: row.revision for row in rows}


def served(world: World, count: int = 3) -> list[RequestRow]:
    return list(world.served_set(count).rows.order_by("number"))


def stored(*names: str) -> list[tuple[object, ...]]:
    return list(RequestRow.objects.order_by("number").values_list(*names))


def last() -> Event:
    return Event.objects.order_by("-pk")[0]


def test_each_act_writes_its_rows_and_one_event_that_names_them(world: World) -> None:
    rows = served(world)
    two = seen(rows[:2])
    before = Event.objects.count()

    assign_rows(world.case, two, world.rita, by=world.bob)
    set_deficiency(world.case, dict.fromkeys(two), "evasive", "Names no custodian.", by=world.bob)
    done = set_next_step(world.case, dict.fromkeys(two), "Call counsel", DAY, by=world.bob)

    told = ("owner__username", "deficiency", "deficiency_note", "next_step", "next_step_on", "revision")
    changed = ("rita", "evasive", "Names no custodian.", "Call counsel", DAY, 4)
    assert stored(*told) == [changed, changed, (None, "", "", "", None, 1)]
    events = Event.objects.order_by("pk")[before:]
    assert [event.act for event in events] == [Act.ROWS_ASSIGNED, Act.DEFICIENCY_SET, Act.NEXT_STEP_SET]
    assert {event.summary for event in events} == {"Jane Roe, Nos. 1-2"}
    assert [event.details["rows"] for event in events] == [sorted(two)] * 3
    assert (done.rows, done.event.subject, done.event.actor) == (2, f"case:{world.case.pk}", world.bob)


def test_an_act_on_one_row_is_about_that_row(world: World) -> None:
    rows = served(world)

    done = assign_rows(world.case, seen(rows[2:]), world.bob, by=world.alice)

    assert (done.event.subject, done.event.summary) == (f"requestrow:{rows[2].pk}", "Jane Roe, No. 3")


def test_rows_of_several_parties_are_named_by_party(world: World) -> None:
    rows = served(world, 5)
    other = list(world.served_subpoena().rows.order_by("number"))

    done = assign_rows(world.case, seen([rows[0], *rows[2:], other[1]]), world.bob, by=world.alice)

    assert done.event.summary.split("; ") == ["Witness Corp., No. 2", "Jane Roe, Nos. 1, 3-5"]


def test_undone_each_row_has_what_it_had(world: World) -> None:
    rows = served(world)
    set_next_step(world.case, seen(rows[:1]), "Read the log", date(2025, 7, 9), by=world.bob)
    whole = dict.fromkeys(row.pk for row in rows)
    had = stored("next_step", "next_step_on")

    done = set_next_step(world.case, whole, "Call counsel", DAY, by=world.bob)
    undone = undo_act(done.event, by=world.alice)

    assert had[0] == ("Read the log", date(2025, 7, 9))
    assert stored("next_step", "next_step_on") == had
    assert (undone.event.act, undone.event.details["undoes"]) == (Act.NEXT_STEP_SET, done.event.number)
    assert last() == undone.event


def test_undoing_gives_nothing_back_to_who_left_the_case(world: World) -> None:
    rows = served(world)
    assign_rows(world.case, seen(rows), world.rita, by=world.alice)
    done = assign_rows(world.case, dict.fromkeys(row.pk for row in rows), world.bob, by=world.alice)
    CaseMembership.objects.filter(user=world.rita).delete()

    undo_act(done.event, by=world.alice)

    assert stored("owner_id") == [(None,)] * 3


def test_two_at_once_the_second_is_shown_the_first_and_nothing_is_lost(world: World) -> None:
    rows = served(world)
    opened = seen(rows)
    set_deficiency(world.case, seen(rows[1:2]), "late", "A week late.", by=world.alice)

    with pytest.raises(RowsChanged) as caught:
        set_deficiency(world.case, opened, "evasive", "", by=world.bob)

    assert [(row.number, row.deficiency) for row in caught.value.rows] == [(2, "late")]
    assert stored("deficiency") == [("",), ("late",), ("",)]


def test_undoing_stops_at_what_somebody_changed_since(world: World) -> None:
    rows = served(world)
    done = assign_rows(world.case, seen(rows), world.bob, by=world.alice)
    assign_rows(world.case, {rows[0].pk: None}, world.rita, by=world.rita)

    with pytest.raises(RowsChanged):
        undo_act(done.event, by=world.alice)

    assert stored("owner__username") == [("rita",), ("bob",), ("bob",)]


def test_what_cannot_be_is_refused_at_its_field(world: World) -> None:
    rows = seen(served(world))
    other = make_world("Other v. Case", "1:25-cv-1")
    foreign = served(other)[0]
    before = Event.objects.count()
    case, by = world.case, world.bob

    def refused(act: object) -> str:
        with pytest.raises(Refused) as caught:
            act()  # type: ignore[operator]
        return caught.value.field

    assert refused(lambda: assign_rows(case, rows, world.charlie, by=by)) == "owner"
    assert refused(lambda: assign_rows(case, {}, None, by=by)) == ""
    assert refused(lambda: assign_rows(case, {**rows, foreign.pk: None}, None, by=by)) == ""
    assert refused(lambda: set_deficiency(case, rows, "ugly", by=by)) == "deficiency"
    assert refused(lambda: set_deficiency(case, rows, "", "A note", by=by)) == "deficiency"
    assert refused(lambda: set_deficiency(case, rows, "late", "\ue000", by=by)) == "deficiency_note"
    assert refused(lambda: set_next_step(case, rows, "", DAY, by=by)) == "next_step"
    assert refused(lambda: set_next_step(case, rows, "x" * 201, None, by=by)) == "next_step"
    assert refused(lambda: undo_act(Event.objects.filter(case=case)[0], by=by)) == ""
    assert (Event.objects.count(), {*stored("revision")}) == (before, {(1,)})


def test_it_takes_the_same_queries_for_two_rows_and_forty(world: World) -> None:
    def queries(count: int) -> int:
        rows = seen(served(world, count))
        with CaptureQueriesContext(connection) as captured:
            assign_rows(world.case, rows, world.bob, by=world.alice)
        return len(captured)

    queries(2)
    assert queries(2) == queries(40)
