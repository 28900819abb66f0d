"""The story of a request from draft to ruling, and the shell that prints it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.domain.matrix.stories import stories_of, story_of
from discovery.models import Dispute, Order, RequestRow, Ruling
from tests.domain.lives import live
from tests.factories import World, make_world

pytestmark = pytest.mark.django_db

TOLD = [
    ("served", "2025-06-18", "Served."),
    ("answered", "2025-07-02", "Response: Objection only; objections: Relevance."),
    ("conferred", "2025-07-20", "By video conference: Narrowed."),
    ("promised", "2025-07-20", "Promised by 2025-08-01: Send the list."),
    ("narrowed", "2025-07-22", "Narrower text agreed."),
    ("produced", "2025-08-02", "Produced: {pages} (VOL{row})."),
    ("disputed", "2025-08-21", "Joint letter (Dkt. 230)."),
    ("ruled", "2025-08-28", "Denied: Order (Dkt. 237)."),
]


def steps(row: RequestRow) -> list[tuple[str, str, str]]:
    return [(one.stage.value, one.day.isoformat(), one.words) for one in story_of(row).steps]


def test_a_story_tells_each_step_in_the_order_of_its_days(world: World) -> None:
    row = live(world).row
    pages = f"W{row.pk}-000001–W{row.pk}-000010"
    assert steps(row) == [(stage, day, words.format(pages=pages, row=row.pk)) for stage, day, words in TOLD]
    story = story_of(row)
    assert story.now is not None
    assert story.now.words == "Denied: Order (Dkt. 237)."


def test_a_story_never_tells_private_notes(world: World) -> None:
    assert "Private." not in json.dumps([step.as_data() for step in story_of(live(world).row).steps])


def test_what_was_superseded_stays_in_the_story_but_no_longer_counts(world: World) -> None:
    life = live(world)
    life.row.rulings.update(superseded=True)
    story = story_of(life.row)
    assert [(one.stage.value, one.superseded) for one in story.steps][-1] == ("ruled", True)
    assert story.now is not None
    assert story.now.stage.value == "disputed"


def test_a_ruling_on_the_whole_of_a_dispute_is_told_of_each_request_in_it(world: World) -> None:
    life = live(world)
    life.row.rulings.update(superseded=True)
    order = Order.objects.create(case=world.case, title="Whole", entered_on=date(2025, 9, 1), recorded_by=world.alice)
    Ruling.objects.create(order=order, dispute=life.dispute, outcome="granted", recorded_by=world.alice)
    story = story_of(life.row)
    assert story.now is not None
    assert (story.now.words, story.now.subject) == ("Granted: Whole.", order)


def test_a_letter_that_was_never_sent_is_no_step_though_it_bears_a_day(world: World) -> None:
    life = live(world)
    Dispute.objects.filter(pk=life.dispute.pk).update(status="draft", submitted_on=None, dated=date(2025, 8, 21))
    assert "disputed" not in [one.stage.value for one in story_of(life.row).steps]


def test_the_stories_of_many_rows_take_as_many_queries_as_those_of_two(world: World) -> None:
    demand = world.served_set(requests=8)
    for number in (1, 2):
        live(world, demand, number=number)
    few = RequestRow.objects.filter(demand=demand, number__lte=2)
    with CaptureQueriesContext(
        connection,
    ) as two:
        assert len(stories_of(world.case, few)) == 2
    for number in range(3, 9):
        live(world, demand, number=number)
    with CaptureQueriesContext(connection) as eight:
        assert len(stories_of(world.case)) == 8
    assert len(eight) == len(two)


def test_stories_stay_within_their_case(world: World) -> None:
    live(world)
    other = make_world("Other v. Case", "4:24-cv-00002-ABC")
    assert stories_of(other.case, RequestRow.objects.all()) == []


def test_the_shell_prints_a_story(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    life = live(world)
    call_command("story", world.case.docket_number, "--request", "1", "--responder", "jane")
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "Roe v. Doe, 4:24-cv-00001-ABC"
    assert printed[2] == "Requests for production (Rule 34): Jane Roe, No. 1 (Topic 1)"
    ruled = [line for line in printed if " Ruled on " in line]
    assert ruled == ["  2025-08-28  Ruled on            Denied: Order (Dkt. 237). [Hon. T. H.]"]
    call_command("story", str(world.case.pk), "--json")
    told = json.loads(capsys.readouterr().out)
    first = told["requests"][0]
    assert (first["responder"], first["request"], first["now"]) == ("Jane Roe", life.row.number, "Denied: Order (Dkt. 237).")
    assert first["steps"][-1] == {
        "stage": "ruled",
        "day": "2025-08-28",
        "hour": None,
        "what": "Denied: Order (Dkt. 237).",
        "who": "Hon. T. H.",
        "said": None,
        "paper": None,
        "superseded": False,
    }


@pytest.mark.parametrize("words", [["Nobody v. Nobody"], ["Roe v. Doe", "--request", "99"], ["Roe v. Doe", "--responder", "zzz"]])
def test_the_shell_says_what_it_cannot_find(world: World, words: list[str]) -> None:
    live(world)
    with pytest.raises(CommandError):
        call_command("story", *words)


def test_days_before_service_belong_to_the_story_too(world: World) -> None:
    demand = world.served_subpoena(on=date(2025, 6, 20))
    stages = [one.stage.value for one in story_of(demand.rows.order_by("number")[0]).steps]
    assert sorted(stages) == ["approved", "drafted", "issued", "served"]


def test_a_response_without_answers_says_that_they_are_missing(world: World) -> None:
    demand = world.served_set(requests=2)
    live(world, demand, number=1)
    [first, second] = list(demand.rows.order_by("number"))
    wanted = "Response; what it says on this request is not recorded."
    assert [one.words for one in story_of(second).steps if one.stage.value == "answered"] == [wanted]
    assert wanted not in [one.words for one in story_of(first).steps]
