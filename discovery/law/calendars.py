"""Calendars: which days are closed, by name and rule, generated from dated rows. A year outside a calendar is refused.

A calendar file holds rules ("third Monday of January, since 1986") and single dated days, each with its source, and lists that
courts published, against which `manage.py lawpack validate` holds what the rules generate.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from discovery.law import packs

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OBSERVANCES = ("nearest", "sunday", "none")
ONE = timedelta(days=1)
FIRST, LAST = 1900, 2200


@dataclass(frozen=True, slots=True)
class DayRule:
    """A holiday that comes every year: a fixed day of a month, or the nth weekday of it (-1: the last), shifted by `after` days."""

    name: str
    month: int
    source: str = ""
    day: int = 0
    weekday: str = ""
    nth: int = 0
    after: int = 0
    every: int = 1
    """Every so many years, counted from `first` (Inauguration Day: 4)."""
    first: int = 0
    since: int = FIRST
    until: int = LAST
    observed: str = ""
    """How it moves off a weekend, when otherwise than the calendar says."""
    note: str = ""

    def __post_init__(self) -> None:
        if bool(self.day) == bool(self.weekday and self.nth):
            raise ValueError("a holiday needs either “day”, or “weekday” with “nth”.")
        if self.weekday and self.weekday not in WEEKDAYS:
            raise ValueError(f"“{self.weekday}” is no weekday; write one of {', '.join(WEEKDAYS)}.")
        if self.observed and self.observed not in OBSERVANCES:
            raise ValueError(f"“observed” is one of {', '.join(OBSERVANCES)}.")
        if not 1 <= self.month <= 12:
            raise ValueError("“month” runs from 1 to 12.")

    def in_year(self, year: int) -> date | None:
        """Return the day itself in a year, weekend or not; None when there is none."""
        if not self.since <= year <= self.until or (self.every > 1 and (year - self.first) % self.every):
            return None
        if self.day:
            return date(year, self.month, self.day) + self.after * ONE
        wanted = WEEKDAYS.index(self.weekday)
        first, length = months.monthrange(year, self.month)
        number = 1 + (wanted - first) % 7 + 7 * (self.nth - 1)
        if self.nth < 0:
            number = length - (first + length - 1 - wanted) % 7
        return date(year, self.month, number) + self.after * ONE


@dataclass(frozen=True, slots=True)
class SingleDay:
    """A day closed once: a day of mourning, a closing by order. Circuits that settled how they treat it are named."""

    date: date
    name: str
    source: str
    settled_closed: tuple[str, ...] = ()
    settled_open: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The closed days of a year as a court published them: what the rules generate must be exactly these."""

    year: int
    days: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar as its data file has it."""

    id: str
    name: str
    source: str
    review_by: date
    observed: str = "nearest"
    observed_source: str = ""
    covers: tuple[tuple[int, ...], ...] = ()
    """Runs of years, first and last; empty for a list of single days that says nothing of other years."""
    rule: tuple[DayRule, ...] = ()
    day: tuple[SingleDay, ...] = ()
    published: tuple[Published, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.observed not in OBSERVANCES:
            raise ValueError(f"“observed” is one of {', '.join(OBSERVANCES)}.")
        if any(len(run) != 2 or run[0] > run[1] for run in self.covers):
            raise ValueError("“covers” lists runs of years, first and last: [[2002, 2008], [2011, 2036]].")
        if self.rule and not self.covers:
            raise ValueError("a calendar with yearly holidays says which years it covers.")

    def years(self) -> frozenset[int]:
        """Return the years the calendar covers."""
        return frozenset(year for first, last in self.covers for year in range(first, last + 1))

    def generated(self, year: int) -> Iterator[tuple[date, str]]:
        """Yield the closed days that the yearly rules give from this year's holidays, each with its name."""
        for rule in self.rule:
            day = rule.in_year(year)
            if day is None:
                continue
            moved = _observed(day, rule.observed or self.observed)
            yield day, rule.name
            if moved != day:
                yield moved, f"{rule.name}, observed"

    def closed_days(self) -> dict[date, str]:
        """Return every closed day of the covered years: yearly holidays, observed days and single days, by name."""
        found: dict[date, str] = {}
        years = self.years()
        for year in sorted(years | {max(years, default=FIRST) + 1}):
            for day, name in self.generated(year):
                if day.year in years:
                    found.setdefault(day, name)
        return found


def _observed(day: date, how: str) -> date:
    """Return the day on which a holiday is kept: "nearest" Saturday to Friday and Sunday to Monday, "sunday" only the latter."""
    if day.weekday() == 5 and how == "nearest":
        return day - ONE
    if day.weekday() == 6 and how != "none":
        return day + ONE
    return day


@cache
def calendar_file(name: str) -> CalendarFile:
    """Return a calendar by its id. Raises PackError; FileNotFoundError when there is no such file."""
    return packs.read(CalendarFile, packs.text_of("calendars", name), f"calendars/{name}.toml")


@cache
def closed_days(name: str) -> dict[date, str]:
    """Return the closed days of a calendar's yearly rules, computed once a process."""
    return calendar_file(name).closed_days()
