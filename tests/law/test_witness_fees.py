"""Witness fees: dated rates, 28 U.S.C. 1821; what is not on record is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.law.refusals import NoRate
from discovery.law.validation import source_of, validate
from discovery.law.witness_fees import attendance_on, mileage_on

FEES = """\
id = "moon"
name = "Fees on the Moon"
source = "Lunar R. 9"
review_by = 2026-12-31

[[mileage]]
amount = "0.70"
since = 2025-01-01
until = 2025-12-31
rule = "Lunar R. 9(c)"
source = "list of 2025"

[[mileage]]
amount = "0.725"
since = 2026-01-01
rule = "Lunar R. 9(c)"
source = "list of 2026"
"""
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("miles", "day", "amount", "rate"),
    [
        ("30", date(2025, 1, 1), "21.00", "0.70"),
        ("30", date(2025, 12, 31), "21.00", "0.70"),
        ("30", date(2026, 1, 1), "21.75", "0.725"),
        ("0.1", date(2026, 12, 31), "0.07", "0.725"),
        ("1.0", date(2026, 6, 1), "0.73", "0.725"),
        ("0", date(2025, 6, 18), "0.00", "0.70"),
    ],
)
def test_the_rate_is_that_of_the_day(miles: str, day: date, amount: str, rate: str) -> None:
    found = mileage_on(Decimal(miles), day)

    assert (str(found.amount), found.rate.amount, found.rate.rule) == (amount, rate, "28 U.S.C. 1821(c)(2)")


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2027, 1, 1)])
def test_a_year_without_a_rate_is_refused(day: date) -> None:
    with pytest.raises(NoRate, match=f"no mileage rate on record for {day.year}"):
        mileage_on(Decimal(30), day)


def test_a_day_of_attendance_is_forty_dollars() -> None:
    assert str(attendance_on(date(2025, 6, 18)).dollars) == "40.00"
    with pytest.raises(NoRate):
        attendance_on(date(1990, 11, 30))


@given(st.decimals(0, 9999, places=1), st.decimals(0, 9999, places=1), st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_more_miles_never_come_to_less(one: Decimal, other: Decimal, day: date) -> None:
    low, high = sorted((one, other))
    assert Decimal(0) <= mileage_on(low, day).amount <= mileage_on(high, day).amount


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('id = "moon"', 'id = "mars"', "line 1: the file is called “moon”, so its id is the same."),
        ('source = "Lunar R. 9"', 'source = ""', "line 3: “source” is empty."),
        ('amount = "0.70"', 'amount = "much"', 'line 6: “amount” is a number of dollars in quotes, such as "0.70".'),
        ("until = 2025-12-31", "until = 2024-12-31", "line 9: this rate ends before it begins."),
        (
            "until = 2025-12-31",
            "until = 2026-06-30",
            "line 15: two rates stand here for 2026-01-01: let the earlier one end with “until”.",
        ),
        ('source = "list of 2026"', 'source = " "', "line 17: “source” is empty."),
        (
            'amount = "0.70"',
            'amout = "0.70"',
            "line 7: the key “amout” is not known here; known are amount, rule, since, source, until.",
        ),
    ],
)
def test_a_slip_is_named_with_its_line(was: str, becomes: str, says: str) -> None:
    report = validate([source_of("fees/moon.toml", FEES.replace(was, becomes, 1))], today=TODAY)
    assert [str(one).removeprefix("fees/moon.toml, ") for one in report.problems] == [says]


def test_rates_in_order_and_when_they_are_due_for_review() -> None:
    source = source_of("moon.toml", FEES)
    assert (source.folder, validate([source], today=TODAY).rules) == ("fees", 2)
    assert [one.line for one in validate([source], today=date(2027, 1, 1)).overdue] == [4]
