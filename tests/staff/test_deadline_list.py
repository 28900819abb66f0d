"""The list of dates over all cases: walls, buckets, filters, order, pages, export."""

from __future__ import annotations

import csv
import io
from datetime import time

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.enums import DeadlineKind
from discovery.models import Case, Deadline
from tests.factories import World
from tests.staff.due import NOW, TODAY, all_buckets, done, due, new_york, walled
from tests.staff.screens import AsUser

URL = "/dates/"
QUERIES = 7


def titles(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> list[str]:
    return [row.what for row in as_user(getattr(world, who)).get(f"{URL}{query}").context["rows"]]


@time_machine.travel(NOW, tick=False)
def test_members_see_their_cases_and_strangers_nothing(world: World, as_user: AsUser) -> None:
    due(world.case, "Ours")
    due(walled(world), "Hidden")

    seen = {who: titles(as_user, world, who=who) for who in ("alice", "bob", "rita", "charlie")}
    page = as_user(world.rita).get(URL)

    assert seen == {who: ["Ours"] for who in ("alice", "bob", "rita")} | {"charlie": []}
    assert ("Hidden" in page.text, "Walled v. Off" in page.text) == (False, False)
    assert {chip.key: chip.total for chip in page.context["buckets"] if chip.total} == {"": 1, "today": 1}


@time_machine.travel(NOW, tick=False)
def test_chips_count_what_their_list_holds(world: World, as_user: AsUser) -> None:
    for case in (world.case, new_york(world)):
        all_buckets(case)
        due(case, "theirs", 4, ours=False)
    client = as_user(world.rita)

    for query in ("", "?whose=ours", "?whose=theirs", f"?case={world.case.pk}", "?due_from=2025-07-04&due_to=2025-07-30"):
        for chip in client.get(f"{URL}{query}").context["buckets"]:
            if chip.total is not None:
                assert (query, chip.key, len(client.get(f"{URL}?{chip.query}").context["rows"])) == (query, chip.key, chip.total)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["undated", "overdue", "today", "in-3", "in-10", "in-30", "later"]),
        ("?bucket=overdue", ["overdue"]),
        ("?bucket=today", ["today"]),
        ("?bucket=in-3", ["in-3"]),
        ("?bucket=in-10", ["in-10"]),
        ("?bucket=in-30", ["in-30"]),
        ("?bucket=later", ["later"]),
        ("?bucket=undated", ["undated"]),
        ("?bucket=passed", ["passed"]),
        ("?bucket=done", ["done"]),
        ("?bucket=proposed", ["today"]),
        ("?whose=theirs", ["in-3"]),
        ("?whose=ours&bucket=in-3", []),
        ("?owner=me", ["overdue"]),
        ("?owner=none&bucket=overdue", []),
        ("?kind=motion", ["later"]),
        ("?due_from=2025-07-05&due_to=2025-07-12", ["in-3", "in-10"]),
        ("?case=999", []),
        ("?bucket=nonsense", []),
        ("?due_from=soon", []),
        ("?page=nonsense", ["undated", "overdue", "today", "in-3", "in-10", "in-30", "later"]),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_filters(world: World, as_user: AsUser, query: str, found: list[str]) -> None:
    all_buckets(world.case)
    Deadline.objects.filter(title="today").update(proposed_on=TODAY, proposed_derivation={}, proposed_because="x")
    Deadline.objects.filter(title="in-3").update(ours=False)
    Deadline.objects.filter(title="overdue").update(owner=world.rita)
    Deadline.objects.filter(title="later").update(kind=DeadlineKind.MOTION.value)

    assert titles(as_user, world, query) == found


@time_machine.travel(NOW, tick=False)
def test_buckets_are_each_courts_own(world: World, as_user: AsUser) -> None:
    york = new_york(world)
    for case, place in ((world.case, "CA"), (york, "NY")):
        for ahead in (0, 1, 31, 32):
            due(case, f"{place} {ahead}", ahead)

    found = {bucket: titles(as_user, world, f"?bucket={bucket}") for bucket in ("overdue", "today", "in-3", "in-30", "later")}

    assert found == {
        "overdue": ["NY 0"],
        "today": ["CA 0", "NY 1"],
        "in-3": ["CA 1"],
        "in-30": ["NY 31"],
        "later": ["CA 31", "NY 32", "CA 32"],
    }


@time_machine.travel(NOW, tick=False)
def test_a_walled_case_is_no_choice(world: World, as_user: AsUser) -> None:
    due(world.case, "Ours")
    hidden = walled(world)

    page = as_user(world.rita).get(f"{URL}?case={hidden.pk}")

    assert (sorted(page.context["form"].errors), page.context["rows"]) == (["case"], [])
    assert ("Walled v. Off" in page.text, "Please correct the filter above" in page.text) == (False, True)


@time_machine.travel(NOW, tick=False)
def test_filters_in_force_say_what_they_are_and_how_to_remove_them(world: World, as_user: AsUser) -> None:
    page = as_user(world.rita).get(f"{URL}?case={world.case.pk}&owner=me&due_from=2025-07-04&bucket=today&page=2")

    assert page.context["chips"] == [
        {"label": "Case", "value": "Roe v. Doe", "without": "owner=me&due_from=2025-07-04&bucket=today"},
        {"label": "Owner", "value": "Me", "without": f"case={world.case.pk}&due_from=2025-07-04&bucket=today"},
        {"label": "Due from", "value": "July 4, 2025", "without": f"case={world.case.pk}&owner=me&bucket=today"},
    ]


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel(NOW, tick=False)
def test_it_takes_the_same_queries_for_any_number_of_rows(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(count):
        due(world.case, f"D{place}", owner=world.bob, demand=world.subpoena(world.another_responder(f"R{place}")).demand)
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        response = client.get(URL)

    assert len(response.context["rows"]) == count


@time_machine.travel(NOW, tick=False)
def test_fifty_rows_a_page(world: World, as_user: AsUser) -> None:
    for place in range(52):
        due(world.case, f"D{place}", place)
    client = as_user(world.rita)

    assert [len(client.get(f"{URL}?page={page}").context["rows"]) for page in (1, 2, 99)] == [50, 2, 2]


@time_machine.travel(NOW, tick=False)
def test_what_is_done_comes_latest_first(world: World, as_user: AsUser) -> None:
    for ahead in (-5, -1, -9):
        done(world.case, str(ahead), ahead)

    assert titles(as_user, world, "?bucket=done") == ["-1", "-5", "-9"]


def test_an_empty_list_says_what_to_do_next(world: World, as_user: AsUser) -> None:
    assert "Dates follow by themselves" in as_user(world.bob).get(URL).text
    assert "Nothing matches" in as_user(world.bob).get(f"{URL}?bucket=overdue").text


@time_machine.travel(NOW, tick=False)
def test_names_are_escaped(world: World, as_user: AsUser) -> None:
    Case.objects.update(name="<u>Case</u>")
    due(world.case, "<i>Evil</i>", demand=world.subpoena(world.another_responder('"><script>')).demand)

    page = as_user(world.bob).get(URL).text

    assert [word for word in ("<i>Evil", "<u>Case", '"><script>') if word in page] == []
    assert "&lt;i&gt;Evil&lt;/i&gt;" in page


def exported(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> list[list[str]]:
    response = as_user(getattr(world, who)).get(f"{reverse('deadline-export')}{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))[1:]


@time_machine.travel(NOW, tick=False)
def test_the_export_holds_what_is_filtered_and_no_formula(world: World, as_user: AsUser) -> None:
    Case.objects.filter(pk=world.case.pk).update(name="=cmd|' /C calc'!A0")
    demand = world.subpoena(world.another_responder("@SUM(1)")).demand
    due(world.case, "+1", 2, time(17), demand=demand, owner=world.bob, confirmed_by=world.alice, confirmed_at=NOW)
    due(world.case, "Not this", 9)
    due(world.case, "Refused", None, ours=False)

    assert exported(as_user, world, "?bucket=in-3") == [
        [
            "'=cmd|' /C calc'!A0",
            "4:24-cv-00001-ABC",
            "'+1",
            "'@SUM(1)",
            "2025-07-04",
            "17:00 PDT",
            "Ours",
            "Bob",
            "yes",
            "in 2 days",
        ]
    ]
    assert exported(as_user, world, "?bucket=undated")[0][2:] == ["Refused", "", "", "", "Theirs", "", "", "no date"]
    assert [row[2] for row in exported(as_user, world)] == ["Refused", "'+1", "Not this"]
    assert exported(as_user, world, who="charlie") == []
