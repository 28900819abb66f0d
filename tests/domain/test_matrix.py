"""The matrix: what each chip holds and does not hold, what a line says, the same queries for any number of rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from discovery.domain.matrix.chips import CONDITIONS, Chip, Total, totals_and_chips
from discovery.domain.matrix.lines import NOBODY, Wanted, matrix, standing_rows, wanted_rows
from discovery.domain.matrix.stages import MatrixRow
from discovery.enums import (
    AnswerKind,
    ConferralOutcome,
    Deficiency,
    DemandKind,
    DemandStatus,
    DisputeStatus,
    RulingOutcome,
    Withholding,
)
from discovery.models import Demand, RequestRow
from tests.factories import World, make_world
from tests.stages import DAY, answer, confer, dispute, narrow, promise, rule, tie

NOW = timezone.now
Setting = Callable[[World, RequestRow], object]


def lines(world: World, **wanted: object) -> list[MatrixRow]:
    now = NOW()
    return matrix(wanted_rows(world.case, Wanted(**wanted), now), now)  # type: ignore[arg-type]


def ids(world: World) -> list[int]:
    return list(standing_rows(world.case).values_list("pk", flat=True))


def held(world: World) -> dict[Chip, list[int]]:
    """Return the numbers of the rows that each chip holds."""
    return {chip: [row.number for row in lines(world, chip=chip)] for chip in Chip}


def noted(_world: World, row: RequestRow) -> None:
    row.deficiency = Deficiency.EVASIVE.value
    row.save(update_fields=["deficiency"])


def produced_in_full(world: World, row: RequestRow) -> None:
    answer(world, row, AnswerKind.PRODUCE)
    tie(world, row, 1, 5)


def produced_but_withheld(world: World, row: RequestRow) -> None:
    answer(world, row, AnswerKind.PRODUCE, withheld=Withholding.YES)
    tie(world, row, 1, 5)


def produced_but_deficient(world: World, row: RequestRow) -> None:
    produced_in_full(world, row)
    noted(world, row)


def answered_anew(world: World, row: RequestRow) -> None:
    answer(world, row, AnswerKind.OBJECTION)
    answer(world, row, AnswerKind.PARTIAL)


def only_drafted(world: World, row: RequestRow) -> None:
    answer(world, row, AnswerKind.PRODUCE, current=False)


def impasse_then_narrowed(world: World, row: RequestRow) -> None:
    confer(world, [row], ConferralOutcome.IMPASSE)
    confer(world, [row], ConferralOutcome.NARROWED, on=DAY + timedelta(days=3))


def impasse_then_ruled(world: World, row: RequestRow) -> None:
    confer(world, [row], ConferralOutcome.IMPASSE)
    rule(world, dispute(world, [row]), row, RulingOutcome.DENIED)


def ruled_on_the_whole(world: World, row: RequestRow) -> None:
    rule(world, dispute(world, [row]), None, RulingOutcome.GRANTED)


def only_deferred(world: World, row: RequestRow) -> None:
    rule(world, dispute(world, [row]), row, RulingOutcome.DEFERRED)


def only_superseded(world: World, row: RequestRow) -> None:
    rule(world, dispute(world, [row]), row, RulingOutcome.DENIED, superseded=True)


def released(world: World, row: RequestRow) -> None:
    late = promise(world, [row], days=-3)
    late.released_on = DAY
    late.save(update_fields=["released_on"])


def kept(world: World, row: RequestRow) -> None:
    deadline = promise(world, [row], days=-3).deadline
    deadline.state, deadline.done_on, deadline.done_by = "done", DAY, world.alice
    deadline.save()


UN, OB, PA, NO, DE, IM, RE, CO = Chip
LIVES: list[tuple[Setting, set[Chip]]] = [
    (lambda _world, _row: None, {UN}),
    (only_drafted, {UN}),
    (lambda world, row: answer(world, row, AnswerKind.SILENT), {UN}),
    (lambda world, row: answer(world, row, AnswerKind.OBJECTION), {OB}),
    (lambda world, row: answer(world, row, AnswerKind.PARTIAL), {PA, NO}),
    (lambda world, row: answer(world, row, AnswerKind.QUALIFIED), {PA}),
    (lambda world, row: answer(world, row, AnswerKind.PRODUCE), {NO}),
    (lambda world, row: answer(world, row, AnswerKind.NONE_EXIST), set()),
    (answered_anew, {PA, NO}),
    (produced_in_full, {RE}),
    (produced_but_withheld, set()),
    (produced_but_deficient, {DE}),
    (noted, {UN, DE}),
    (lambda world, row: confer(world, [row], ConferralOutcome.IMPASSE), {UN, IM}),
    (lambda world, row: confer(world, [row], ConferralOutcome.DROPPED), {UN, RE}),
    (impasse_then_narrowed, {UN}),
    (impasse_then_ruled, {UN, RE}),
    (ruled_on_the_whole, {UN, RE}),
    (only_deferred, {UN}),
    (only_superseded, {UN}),
    (lambda world, row: promise(world, [row], days=-3), {UN, CO}),
    (lambda world, row: promise(world, [row], days=3), {UN}),
    (released, {UN}),
    (kept, {UN}),
]


def test_each_chip_holds_what_its_facts_say_and_nothing_else(world: World) -> None:
    rows = list(world.served_set(len(LIVES)).rows.order_by("number"))
    for row, (live, _chips) in zip(rows, LIVES, strict=True):
        live(world, row)

    expected = {chip: [number for number, (_live, chips) in enumerate(LIVES, 1) if chip in chips] for chip in Chip}

    assert held(world) == expected
    totals, counts = totals_and_chips(ids(world), NOW())
    assert counts == {chip: len(numbers) for chip, numbers in expected.items()}
    assert totals[Total.ALL] == len(LIVES)
    assert totals[Total.ANSWERED] == len(LIVES) - counts[Chip.UNANSWERED]


class AnyLife(TestCase):
    """Whatever happened to a row, the chips agree with its line, and counts with what they count."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.lists(st.integers(0, len(LIVES) - 1), max_size=3, unique=True), min_size=1, max_size=3))
    def test_chips_agree_with_lines(self, lives: list[list[int]]) -> None:
        world = make_world()
        for row, steps in zip(world.served_set(len(lives)).rows.order_by("number"), lives, strict=True):
            for step in steps:
                if step not in (10, 9, 11) or not row.ties.exists():
                    LIVES[step][0](world, row)

        counts = totals_and_chips(ids(world), NOW())[1]
        for chip in CONDITIONS:
            assert counts[chip] == len(lines(world, chip=chip))
        told = {line.number: line for line in lines(world)}
        by_chip = held(world)
        assert by_chip[Chip.UNANSWERED] == [n for n, line in told.items() if not line.answer or line.answer.kind == "silent"]
        assert by_chip[Chip.OBJECTION_ONLY] == [n for n, line in told.items() if line.answer and line.answer.kind == "objection"]
        assert by_chip[Chip.COMMITMENT_OVERDUE] == [n for n, line in told.items() if line.promise_overdue]
        assert by_chip[Chip.DEFICIENT] == [n for n, line in told.items() if line.deficiency]
        assert set(by_chip[Chip.RESOLVED]).isdisjoint(by_chip[Chip.IMPASSE])


def test_a_line_says_every_stage(world: World) -> None:
    [row] = world.served_subpoena(requests=1).rows.all()
    RequestRow.objects.filter(pk=row.pk).update(
        owner=world.bob,
        next_step="Call counsel",
        next_step_on=date(2025, 8, 1),
        deficiency="evasive",
        deficiency_note="Says nothing.",
    )
    answer(world, row, AnswerKind.OBJECTION, grounds=("burden",))
    given_now = answer(world, row, AnswerKind.PARTIAL, grounds=("privilege", "burden"), withheld=Withholding.YES, produce_by=DAY)
    tie(world, row, 1, 5)
    tie(world, row, 8, 8)
    confer(world, [row], ConferralOutcome.OPEN)
    later = confer(world, [row], ConferralOutcome.IMPASSE, on=DAY + timedelta(days=1))
    promise(world, [row], days=9)
    first = promise(world, [row], days=-2, text="Say what is withheld")
    narrow(world, row, agreed=False)
    narrow(world, row)
    dispute(world, [row], status=DisputeStatus.WITHDRAWN)
    letter = dispute(world, [row])
    rule(world, letter, None, RulingOutcome.DEFERRED)
    ruling = rule(world, letter, row, RulingOutcome.DENIED, on=DAY + timedelta(days=8))

    [line] = lines(world)

    assert (line.number, line.label, line.responder, line.owner) == (1, "Label 1", "Witness Corp.", "Bob")
    assert line.answer == ("partial", "yes", DAY, "", DAY, given_now.response_id)
    assert line.grounds == ("privilege", "burden")
    assert [run.pages for run in line.pages] == [5, 1]
    assert line.pages[0].first.endswith("-000001")
    assert line.conferred == ("impasse", DAY + timedelta(days=1), later.pk)
    assert line.promise is not None
    assert (line.promise.text, line.promise.deadline, line.promise_overdue) == ("Say what is withheld", first.deadline_id, True)
    assert (line.next_step, line.next_step_on) == ("Call counsel", date(2025, 8, 1))
    assert (line.deficiency, line.deficiency_note) == ("evasive", "Says nothing.")
    assert line.narrowed_on == DAY
    assert line.dispute == (letter.pk, "Joint letter", "joint_letter", "submitted")
    assert line.ruling == ("denied", DAY + timedelta(days=8), ruling.order_id)


def test_a_request_without_a_label_shows_how_it_begins_with_the_names_filled_in(world: World) -> None:
    demand = world.served_set(1)
    demand.request_set.requests.update(label="", text="All  documents of {recipient}" + " and more" * 40)

    [line] = lines(world)

    assert line.label.startswith("All documents of Jane Roe and more")
    assert (len(line.label) <= 140, line.label[-1]) == (True, "…")


def test_withdrawn_and_superseded_demands_ask_for_nothing(world: World) -> None:
    world.served_set(2)
    gone = world.served_subpoena(requests=3)
    Demand.objects.filter(pk=gone.pk).update(status=DemandStatus.WITHDRAWN.value)

    assert [row.number for row in lines(world)] == [1, 2]


def test_rows_are_found_by_demand_responder_owner_and_words(world: World) -> None:
    subpoena, ours = world.served_subpoena(requests=2), world.served_set(3, kind=DemandKind.RFP)
    first = ours.rows.get(number=1)
    RequestRow.objects.filter(pk=first.pk).update(owner=world.bob, next_step="Ring them up")

    def found(**wanted: object) -> list[tuple[str, int]]:
        return [(row.responder[:4], row.number) for row in lines(world, **wanted)]

    assert found(demand=subpoena.pk) == [("Witn", 1), ("Witn", 2)]
    assert found(request_set=ours.request_set_id) == [("Jane", 1), ("Jane", 2), ("Jane", 3)]
    assert found(responder=world.responder.pk) == [("Witn", 1), ("Witn", 2)]
    assert found(owner=world.bob.pk) == [("Jane", 1)]
    assert found(owner=NOBODY) == [("Jane", 2), ("Jane", 3), ("Witn", 1), ("Witn", 2)]
    assert found(text="ring UP") == [("Jane", 1)]
    assert found(text="3") == [("Jane", 3)]
    assert found(text="witness 2") == [("Witn", 2)]
    assert found(text="100%") == []
    assert found(sort="-number")[:2] == [("Jane", 3), ("Jane", 2)]


@pytest.mark.parametrize(
    "sort", ["responder", "-responder", "number", "answer", "-answer", "deficiency", "commitment", "next", "owner", "x"]
)
def test_every_order_holds_every_row_once(world: World, sort: str) -> None:
    rows = list(world.served_set(4).rows.order_by("number"))
    answer(world, rows[2], AnswerKind.ANSWERED)
    promise(world, [rows[1]], days=1)
    promise(world, [rows[1]], days=2)
    noted(world, rows[3])

    found = [row.number for row in lines(world, sort=sort)]

    assert sorted(found) == [1, 2, 3, 4]
    first = {"answer": 3, "-answer": 3, "deficiency": 4, "commitment": 2}
    assert found[0] == first.get(sort, 1)


def test_it_takes_the_same_queries_for_two_rows_and_for_forty(world: World) -> None:
    def queries(demand: Demand) -> int:
        rows = list(demand.rows.all())
        for row in rows:
            produced_in_full(world, row)
            narrow(world, row)
        confer(world, rows, ConferralOutcome.OPEN)
        promise(world, rows, days=1)
        rule(world, dispute(world, rows), rows[0], RulingOutcome.GRANTED)
        with CaptureQueriesContext(connection) as captured:
            assert len(lines(world, demand=demand.pk)) == len(rows)
            totals_and_chips([row.pk for row in rows], NOW())
        return len(captured)

    assert (queries(world.served_subpoena(requests=2)), queries(world.served_set(40))) == (11, 11)
