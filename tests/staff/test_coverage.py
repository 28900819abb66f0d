"""The coverage of a demand: requests with nothing, pages tied to nothing, missing numbers; as a page, a picture, a CSV."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from discovery.domain.answers.answering import record_response
from discovery.domain.productions.producing import tie_pages
from discovery.law.bates import Pages, gaps, listed, parse_ranges, union, within
from discovery.models import Demand, RequestResponse, Response
from discovery.staff.coverage_picture import WIDTH, Axis
from tests.factories import World
from tests.producing import PRODUCED, logged
from tests.staff.screens import READ, AsUser, statuses

QUERIES = 10


@pytest.fixture
def demand(world: World) -> Demand:
    found = world.served_set(3)
    logged(world, found, "A0001-A0100", found.rows.all()[:1])
    later = logged(world, found, "A0111-A0200", name="=VOL002")
    tie_pages(later, found.rows.filter(number=1), parse_ranges("A0111-A0150"), by=world.alice)
    return found


def page(demand: Demand, name: str = "demand-coverage") -> str:
    return reverse(name, args=[demand.pk])


def test_members_see_it(world: World, as_user: AsUser, demand: Demand) -> None:
    assert statuses(as_user, world, page(demand)) == READ
    assert statuses(as_user, world, page(demand, "demand-coverage-export")) == READ


def test_it_says_both_ways_what_is_covered(world: World, as_user: AsUser, demand: Demand) -> None:
    response = record_response(Response(demand=demand, served_on=PRODUCED, method="email"), by=world.alice)
    RequestResponse.objects.create(response=response, row=demand.rows.get(number=2), kind="objection", current=True)

    shown = as_user(world.rita).get(page(demand))

    assert [(line.covered.row.number, listed(line.covered.pages), line.covered.answer) for line in shown.context["lines"]] == [
        (1, "A0001–A0100; A0111–A0150", ""),
        (2, "", RequestResponse.objects.get().get_kind_display()),
        (3, "", ""),
    ]
    assert shown.context["counts"] == {"produced": 190, "untied": 50, "elsewhere": 0, "tied": 140, "gaps": 10}
    assert [(str(one), pages) for one, pages in shown.context["gaps"]] == [("A0101–A0110", 10)]
    assert [(one.production.volume, listed(one.untied)) for one in shown.context["loose"]] == [("=VOL002", "A0151–A0200")]
    assert ("production-new" in shown.text, "Record a production" in shown.text) == (False, False)


def test_chips_narrow_the_requests(world: World, as_user: AsUser, demand: Demand) -> None:
    client = as_user(world.rita)
    chips = client.get(page(demand)).context["chips"]

    assert [(chip.value, chip.count, chip.chosen) for chip in chips] == [("", 3, True), ("pages", 1, False), ("nothing", 2, False)]
    shown = {
        show: [line.covered.row.number for line in client.get(f"{page(demand)}?show={show}").context["lines"]]
        for show in ("nothing", "pages", "nonsense")
    }
    assert shown == {"nothing": [2, 3], "pages": [1], "nonsense": [1, 2, 3]}


def test_the_export_is_the_page_and_no_formula(world: World, as_user: AsUser, demand: Demand) -> None:
    answer = as_user(world.rita).get(page(demand, "demand-coverage-export"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1:] == [
        ["1", "Topic 1", "", "140", "A0001–A0100; A0111–A0150", "2025-07-18", "VOL001; =VOL002"],
        ["2", "Topic 2", "", "0", "", "", ""],
        ["3", "Topic 3", "", "0", "", "", ""],
        ["", "Tied to nothing", "", "50", "A0151–A0200", "2025-07-18", "'=VOL002"],
        ["", "Missing numbers", "", "10", "A0101–A0110", "", ""],
    ]


def test_a_demand_without_rows_says_what_to_do(world: World, as_user: AsUser) -> None:
    draft = world.subpoena().demand

    assert "Pages answer requests that were served." in as_user(world.bob).get(page(draft)).text
    assert "produced nothing yet" in as_user(world.bob).get(page(world.served_set(1))).text


def test_queries_do_not_grow(world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = as_user(world.rita)
    small, large = world.served_set(2), world.served_subpoena(20)
    logged(world, small, "S0001; S0003", small.rows.all())
    for number in range(10):
        logged(world, large, f"L{number:03d}1-L{number:03d}5", large.rows.all(), name=f"V{number}")

    for one in (small, large):
        with django_assert_num_queries(QUERIES):
            client.get(page(one))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 5000), st.integers(0, 900)), min_size=1, max_size=40))
def test_bars_stay_inside_and_apart(spans: list[tuple[str, int, int]]) -> None:
    produced = union(Pages(prefix, first, first + more) for prefix, first, more in spans)
    axis = Axis(produced, gaps(produced))

    for bars in (axis.bars(produced), axis.bars(within(produced[:1], produced)), axis.gaps()):
        ends = [(int(bar.x), int(bar.x) + int(bar.width)) for bar in bars]
        assert all(0 <= left < right <= WIDTH for left, right in ends)
        assert all(one[1] < other[0] for one, other in pairwise(ends))
    assert axis.bars(produced)
