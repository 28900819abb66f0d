"""The calendar: month, week, agenda; walls, the courts' own days, holidays by name."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from discovery.enums import DeadlineKind, DeadlineState
from discovery.models import Court, CourtClosure
from discovery.staff.calendar_days import Span, drawn, span_of
from tests.factories import World
from tests.staff.due import NOW, TODAY, all_buckets, done, due, new_york, walled
from tests.staff.screens import AsUser

if TYPE_CHECKING:
    from discovery.staff.calendar_days import Day

URL = "/calendar/"
QUERIES = 6


def days(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> dict[date, Day]:
    """Return the days that are shown."""
    page = as_user(getattr(world, who)).get(f"{URL}{query}").context
    return {day.day: day for day in page["days"]}


def entries(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> dict[str, list[str]]:
    """Return what stands on each day that holds anything."""
    found = days(as_user, world, query, who)
    return {day.isoformat(): [row.what for row in one.rows] for day, one in found.items() if one.rows}


def test_a_month_is_whole_weeks_and_a_week_begins_as_the_language_says() -> None:
    day = date(2025, 7, 2)
    english = (span_of("month", day), span_of("week", day), span_of("agenda", day))
    with translation.override("fr"):
        french = (span_of("month", day), span_of("week", day))

    assert english == (
        Span(date(2025, 6, 29), date(2025, 8, 2), date(2025, 6, 1), date(2025, 8, 1)),
        Span(date(2025, 6, 29), date(2025, 7, 5), date(2025, 6, 25), date(2025, 7, 9)),
        Span(date(2025, 7, 2), date(2025, 7, 15), date(2025, 6, 18), date(2025, 7, 16)),
    )
    assert [(span.first, span.last) for span in french] == [
        (date(2025, 6, 30), date(2025, 8, 3)),
        (date(2025, 6, 30), date(2025, 7, 6)),
    ]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_holds_all_its_days_in_rows_of_seven(month: int) -> None:
    for year in (2024, 2026):
        span = span_of("month", date(year, month, 15))
        inside = [day for day in span.days() if day.month == month]
        assert (len(span.days()) % 7, inside[0].day, (inside[-1] + timedelta(days=1)).day) == (0, 1, 1)
        assert (span.first > inside[0] - timedelta(days=7), span.last < inside[-1] + timedelta(days=7)) == (True, True)


@time_machine.travel(NOW, tick=False)
def test_it_shows_open_and_done_dates_of_the_users_cases(world: World, as_user: AsUser) -> None:
    all_buckets(world.case)
    due(walled(world), "Hidden", 1)

    assert entries(as_user, world) == {
        "2025-07-01": ["overdue", "passed"],
        "2025-07-02": ["today", "done"],
        "2025-07-05": ["in-3"],
        "2025-07-12": ["in-10"],
        "2025-08-01": ["in-30"],
        "2025-08-02": ["later"],
    }
    assert entries(as_user, world, "?view=week")["2025-07-05"] == ["in-3"]
    assert list(entries(as_user, world, "?view=agenda")) == ["2025-07-02", "2025-07-05", "2025-07-12"]
    assert entries(as_user, world, who="charlie") == {}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?whose=ours", {"2025-07-03": ["Ours"], "2025-07-05": ["York"]}),
        ("?whose=theirs", {"2025-07-04": ["Theirs"]}),
        ("?whose=all", {"2025-07-03": ["Ours"], "2025-07-04": ["Theirs"], "2025-07-05": ["York"]}),
        ("?case={york}", {"2025-07-05": ["York"]}),
        ("?case={hidden}", {}),
        ("?case=nonsense", {}),
        ("?day=2025-08-05", {}),
        ("?day=nonsense&view=nonsense", {"2025-07-03": ["Ours"], "2025-07-04": ["Theirs"], "2025-07-05": ["York"]}),
        ("?day=0001-01-01", {}),
        ("?day=9999-12-31&view=agenda", {}),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_what_the_address_asks_for(world: World, as_user: AsUser, query: str, found: dict[str, list[str]]) -> None:
    york, hidden = new_york(world), walled(world)
    due(world.case, "Ours", 1)
    due(world.case, "Theirs", 2, ours=False)
    due(york, "York", 3)
    due(hidden, "Hidden", 3)

    assert entries(as_user, world, query.format(york=york.pk, hidden=hidden.pk)) == found


@time_machine.travel(NOW, tick=False)
def test_today_is_the_courts_own(world: World, as_user: AsUser) -> None:
    york = new_york(world)

    both, one = days(as_user, world), days(as_user, world, f"?case={york.pk}")

    assert [day.isoformat() for day, shown in both.items() if shown.today] == ["2025-07-02", "2025-07-03"]
    assert [day.isoformat() for day, shown in one.items() if shown.today] == ["2025-07-03"]


@time_machine.travel(NOW, tick=False)
def test_closed_days_are_named(world: World, as_user: AsUser) -> None:
    CourtClosure.objects.create(court=world.case.court, day=date(2025, 7, 9), name="Flood", source="General Order 1")
    CourtClosure.objects.create(
        court=world.case.court, day=date(2025, 7, 10), name="Clerk away", source="General Order 2", filing_only=True
    )

    found = days(as_user, world)

    assert {day.day for day, shown in found.items() if shown.closed and day.month == 7} == {4, 5, 6, 9, 12, 13, 19, 20, 26, 27}
    assert {day.day: shown.names for day, shown in found.items() if shown.names} == {4: ["Independence Day"], 9: ["Flood"]}


@time_machine.travel(NOW, tick=False)
def test_where_courts_differ_the_court_is_named_and_the_day_stays_open(world: World, as_user: AsUser) -> None:
    york = new_york(world)
    CourtClosure.objects.create(court=york.court, day=date(2025, 7, 9), name="Flood", source="General Order 1")

    found = days(as_user, world)

    assert {day.day: (shown.closed, shown.names) for day, shown in found.items() if shown.names} == {
        4: (True, ["Independence Day"]),
        9: (False, ["Flood (S.D.N.Y.)"]),
    }


@time_machine.travel(NOW, tick=False)
def test_a_court_whose_holidays_are_not_recorded_says_so_and_has_weekends(world: World, as_user: AsUser) -> None:
    Court.objects.update(rule_set="FRCP-ATLANTIS")

    page = as_user(world.rita).get(URL)

    closed = {day.day.day for day in page.context["days"] if day.closed and not day.outside}
    assert closed == {5, 6, 12, 13, 19, 20, 26, 27}
    (words,) = page.context["unknown"]
    assert words.startswith("N.D. Cal.: ")
    assert "FRCP-ATLANTIS" in words


@time_machine.travel(NOW, tick=False)
def test_a_full_day_shows_what_is_open_first_and_leads_to_the_rest(world: World, as_user: AsUser) -> None:
    done(world.case, "Done")
    for number in range(5):
        due(world.case, f"Open {number}", 0, time(9 + number))
    page = as_user(world.rita).get(URL)

    found = days(as_user, world)[TODAY]

    assert ([row.what for row in found.rows], found.total, found.hidden) == ([f"Open {number}" for number in range(4)], 6, 2)
    assert "?view=agenda&amp;day=2025-07-02" in page.text
    assert [row.what for row in days(as_user, world, "?view=agenda")[TODAY].rows] == [
        *(f"Open {number}" for number in range(5)),
        "Done",
    ]


@time_machine.travel(NOW, tick=False)
def test_an_entry_says_its_state_in_words(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    due(world.case, "Late <i>", -1)
    due(world.case, "At noon", 0, time(23), demand=demand)
    due(world.case, "Theirs", 1, ours=False)
    due(world.case, "Cut-off", -2, kind=DeadlineKind.COURT_DATE.value)
    due(world.case, "Void", 0, state=DeadlineState.VOID.value)
    done(world.case, "Met", 3)

    found = days(as_user, world)
    words = {
        row_day.isoformat(): " ".join(re.sub(r"<[^>]*>", " ", drawn(shown.rows)).split())
        for row_day, shown in found.items()
        if shown.rows
    }

    assert words == {
        "2025-06-30": "Cut-off , passed · Roe v. Doe",
        "2025-07-01": "Late &lt;i&gt; , 1 day late · Roe v. Doe",
        "2025-07-02": "23:00 PDT At noon , today · Witness Corp. · Roe v. Doe",
        "2025-07-03": "Theirs , theirs, in 1 day · Roe v. Doe",
        "2025-07-05": "Met , Done · Roe v. Doe",
    }


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
@pytest.mark.parametrize("rows", [1, 3])
@time_machine.travel(NOW, tick=False)
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int, view: str
) -> None:
    for number in range(rows):
        all_buckets(world.case)
        CourtClosure.objects.create(court=world.case.court, day=date(2025, 7, 7 + number), name="Flood", source="Order")
    if rows == 3:
        new_york(world)
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        client.get(f"{URL}?view={view}")


def test_an_empty_calendar_says_what_to_do_next(world: World, as_user: AsUser) -> None:
    member, stranger = as_user(world.rita).get(URL).text, as_user(world.charlie).get(URL).text

    assert ("Dates follow by themselves" in member, "You belong to no case yet" in member) == (True, False)
    assert ("Dates follow by themselves" in stranger, "You belong to no case yet" in stranger) == (False, True)


@time_machine.travel(NOW, tick=False)
def test_its_links_keep_what_is_filtered(world: World, as_user: AsUser) -> None:
    text = as_user(world.rita).get(f"{URL}?case={world.case.pk}&whose=ours&view=week").text

    kept = f"&amp;case={world.case.pk}&amp;whose=ours"
    assert f'rel="prev" href="?view=week&amp;day=2025-06-25{kept}"' in text
    assert f'rel="next" href="?view=week&amp;day=2025-07-09{kept}"' in text
    assert f'href="?view=month&amp;day=2025-07-02{kept}"' in text
