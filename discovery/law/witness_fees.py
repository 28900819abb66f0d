"""Witness fees: what is tendered with a subpoena that commands attendance, 28 U.S.C. 1821, by the day on which it is served.

The rates are data (`fees/us-witness.toml`), each dated and with its source. A day without a rate is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from discovery.law import packs
from discovery.law.refusals import NoRate, gettext_noop
from discovery.law.rulesets import FOREVER
from discovery.law.toml_lines import Path

_ = gettext_noop

FOLDER, FEDERAL = "fees", "us-witness"
CENT = Decimal("0.01")
TABLES = ("attendance", "mileage")


@dataclass(frozen=True, slots=True)
class Rate:
    """One amount in dollars, with the days on which it is the rate."""

    amount: str
    since: date
    rule: str
    source: str
    until: date = FOREVER

    def __post_init__(self) -> None:
        try:
            good = Decimal(self.amount) > 0
        except InvalidOperation:
            good = False
        if not good:
            raise ValueError('“amount” is a number of dollars in quotes, such as "0.70".')

    @property
    def dollars(self) -> Decimal:
        """The amount as a number."""
        return Decimal(self.amount)


@dataclass(frozen=True, slots=True)
class FeeFile:
    """A data file of fees."""

    id: str
    name: str
    source: str
    review_by: date
    attendance: tuple[Rate, ...] = field(default=())
    mileage: tuple[Rate, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Mileage:
    """What so many miles come to, and at which rate."""

    amount: Decimal
    rate: Rate


@cache
def federal_fees() -> FeeFile:
    """Return the fees of the federal courts. Raises PackError for a file that does not hold together."""
    return packs.read(FeeFile, packs.text_of(FOLDER, FEDERAL), f"{FOLDER}/{FEDERAL}.toml")


def attendance_on(day: date) -> Rate:
    """Return the fee for one day's attendance, 28 U.S.C. 1821(b). Raises NoRate for a day that the data leaves out."""
    found = _on(federal_fees().attendance, day)
    if found is None:
        raise NoRate(_("There is no attendance fee on record for %(year)s; look it up and type the amount."), year=day.year)
    return found


def mileage_on(miles: Decimal, day: date) -> Mileage:
    """Return what so many miles come to on a day, to the cent, 28 U.S.C. 1821(c)(2). Raises NoRate as `attendance_on`.

    30 miles on June 18, 2025 are 30 x $0.70 = $21.00; on January 5, 2026 they are 30 x $0.725 = $21.75.
    """
    rate = _on(federal_fees().mileage, day)
    if rate is None:
        raise NoRate(_("There is no mileage rate on record for %(year)s; look it up and type the amount."), year=day.year)
    return Mileage((miles * rate.dollars).quantize(CENT, ROUND_HALF_UP), rate)


def slips(own: FeeFile, name: str) -> Iterator[tuple[Path, str]]:
    """Yield what does not hold together in a file: names, empty citations, rates that end early or overlap in time."""
    if own.id != name:
        yield ("id",), f"the file is called “{name}”, so its id is the same."
    if not own.source.strip():
        yield ("source",), "“source” is empty."
    for table in TABLES:
        rows: tuple[Rate, ...] = getattr(own, table)
        for place, row in enumerate(rows):
            yield from (((table, place, key), f"“{key}” is empty.") for key in ("rule", "source") if not getattr(row, key).strip())
            if row.until < row.since:
                yield (table, place, "until"), "this rate ends before it begins."
            twin = next((one for one in rows[:place] if one.since <= row.until and row.since <= one.until), None)
            if twin is not None:
                day = max(twin.since, row.since).isoformat()
                yield (table, place, "since"), f"two rates stand here for {day}: let the earlier one end with “until”."


def _on(rates: tuple[Rate, ...], day: date) -> Rate | None:
    return next((one for one in rates if one.since <= day <= one.until), None)
