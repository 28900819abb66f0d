"""The rule sets and calendars: days against lists written by hand, switches over days of every year, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from discovery.law.calendars import calendar_file, closed_days
from discovery.law.closed_days import closed_for
from discovery.law.engine import compute
from discovery.law.refusals import NotDefined, UnknownService, YearNotCovered
from discovery.law.rulesets import all_rule_sets, rule_set
from discovery.law.vectors import derive
from tests.law import closed_days as lists


def row(ruleset: str, day: date, method: str, period: str, how: str) -> Mapping[str, str]:
    unit, direction = how.split()
    return {
        "ruleset": ruleset,
        "trigger_date": day.isoformat(),
        "service_method": method,
        "period": period,
        "unit": unit,
        "direction": direction,
    }


def test_every_rule_set_fits_what_is_kept_of_a_deadline() -> None:
    too_long = [
        f"{rules.id} {event.id}"
        for rules in all_rule_sets()
        for event in rules.events
        if len(event.id) > 40 or len(event.consequence) > 300 or len(event.label) > 200
    ]
    assert too_long == []


def test_every_rule_set_has_its_calendars_and_the_base_of_its_counts() -> None:
    for rules in all_rule_sets():
        closed_for(rules, forward=True), closed_for(rules, forward=False)
        assert {closing.policy for closing in rules.closings} - {""} <= set(rules.policies)
        named = {event.id for event in rules.events}
        assert [event.id for event in rules.events if event.base and event.base not in named] == []


@pytest.mark.parametrize(
    ("calendar", "literal", "years"),
    [
        ("us-federal", lists.FEDERAL, range(2000, 2037)),
        ("us-ca-judicial", lists.CALIFORNIA_JUDICIAL, range(2021, 2037)),
        ("us-ma", lists.MASSACHUSETTS, range(2000, 2037)),
        ("us-ny", lists.NEW_YORK, range(2021, 2037)),
        ("us-tx", lists.TEXAS, range(2021, 2037)),
        ("us-tx-partial", lists.TEXAS_PARTIAL, range(2021, 2037)),
        ("us-de", lists.DELAWARE, range(2022, 2037)),
        ("us-dc", lists.WASHINGTON, range(2007, 2037)),
        ("us-dc-emancipation", lists.WASHINGTON_EMANCIPATION, range(2021, 2037)),
    ],
)
def test_a_calendar_holds_the_days_of_the_written_list(calendar: str, literal: frozenset[date], years: range) -> None:
    made = {day for day in closed_days(calendar) if day.weekday() < 5} | {one.date for one in calendar_file(calendar).day}
    assert {day for day in made if day.year in years} == {day for day in literal if day.year in years}


@pytest.mark.parametrize(
    ("ruleset", "switch", "served", "method", "off", "on"),
    [
        # 30th day Fri 2026-11-27, the day after Thanksgiving: Mon.
        ("TX-TRCP", "texas-partial-staffing", date(2026, 10, 28), "electronic", date(2026, 11, 27), date(2026, 11, 30)),
        # 30th day Mon 2026-03-02, Texas Independence Day: Tue.
        ("TX-TRCP", "texas-partial-staffing", date(2026, 1, 31), "email", date(2026, 3, 2), date(2026, 3, 3)),
        # 30th day Thu 2026-04-16, Emancipation Day: Fri.
        ("FRCP-DDC", "dc-emancipation-day", date(2026, 3, 17), "ecf", date(2026, 4, 16), date(2026, 4, 17)),
    ],
)
def test_a_switch_governs_days_that_come_every_year(
    ruleset: str, switch: str, served: date, method: str, off: date, on: date
) -> None:
    rules = rule_set(ruleset)

    def due(setting: str) -> date:
        return compute(rules, "rfp-response", served, method=method, policies={switch: setting}).due_on

    assert (due("off"), due("on"), due("ask")) == (off, on, off)
    asked = compute(rules, "rfp-response", served, method=method)
    assert [(one.label, one.day) for one in asked.readings] == [
        ("if it is no legal holiday", off),
        ("if it is a legal holiday", on),
    ]
    assert {one.name for one in asked.policies} == {switch}


def test_what_no_rule_says_is_refused() -> None:
    with pytest.raises(NotDefined) as refused:
        derive(row("NY-CPLR", date(2026, 11, 17), "none", "14", "days before"))
    assert str(refused.value) == (
        "2026-11-03 is closed (Election Day), and NY-CPLR does not say where such a count ends then. "
        "Enter the date by hand with its reason."
    )
    with pytest.raises(NotDefined):
        derive({**row("TX-TRCP", date(2026, 3, 2), "none", "24", "hours after"), "trigger_date": "2026-03-02T10:00"})
    for ruleset in ("CA-CCP", "NY-CPLR"):
        with pytest.raises(UnknownService):
            derive(row(ruleset, date(2026, 3, 2), "mail", "30", "days after"))
    with pytest.raises(YearNotCovered):
        derive(row("DE-SUPER", date(2021, 3, 2), "mail", "30", "days after"))
