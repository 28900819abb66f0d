"""The engine beside the second, independent counter: rows that nobody wrote down, over every rule set both of them know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.law import packs
from discovery.law.refusals import YearNotCovered
from discovery.law.rulesets import RuleSet, rule_set
from discovery.law.vectors import UNITS, as_written, derive
from tests.law.second_counter import RULE_SETS, NotDefined, second_answer

BOTH = [rule_set(name.upper()) for name in packs.names("rulesets") if name.upper() in RULE_SETS]
BY_WIRE_SINCE = date(2016, 12, 1)
"""The second counter knows Rule 6(d) only as it is since this day; the engine also as it was before."""
BY_WIRE = {"email", "ecf", "electronic"}
ENOUGH = 30
"""How many rows of every unit and of every rule set must have been compared."""
FAMILIES = {
    "court_days": {"california"},
    "days_toward_trial": {"california"},
    "hours": {"federal"},
    "days_or_date": {"federal"},
    "inaccessible": {"federal"},
}
"""Which rules know these ways of counting: elsewhere most rows would be thrown away."""


def lists_from(rules: RuleSet) -> date:
    """The first day for which the second counter's lists of closed days are written down."""
    return date(max(RULE_SETS[rules.id].after.first_year, RULE_SETS[rules.id].before.first_year) + 1, 1, 1)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str]:
    """A row of the vectors' columns: any rule set, method of service, unit, direction, period and day."""
    unit = draw(st.sampled_from(sorted(UNITS)))
    families = FAMILIES.get(unit, {rules.family for rules in RULE_SETS.values()})
    rules = draw(st.sampled_from([rules for rules in BOTH if RULE_SETS[rules.id].family in families]))
    trigger = draw(st.dates(lists_from(rules), date(2035, 6, 30)))
    known = [one.id for one in rules.services if one.since <= trigger <= one.until]
    method = draw(st.sampled_from(["none", *(name for name in known if name not in BY_WIRE or trigger >= BY_WIRE_SINCE)]))
    number = draw(st.one_of(st.integers(0, 14), st.integers(0, 120)))
    row = {
        "id": "drawn",
        "ruleset": rules.id,
        "trigger_event": "drawn",
        "trigger_date": trigger.isoformat(),
        "service_method": method,
        "period": str(number),
        "unit": unit,
        "direction": draw(st.sampled_from(["after", "before"])),
        "expected_date": "",
        "why": "",
        "source": "drawn",
    }
    if unit == "hours":
        row["trigger_date"] += draw(st.times()).strftime("T%H:%M")
    elif unit == "days_or_date":
        row |= {"period": f"{number}|{trigger + timedelta(days=draw(st.integers(0, 150)))}", "direction": "after"}
    elif unit == "inaccessible":
        row |= {"period": "0", "direction": "after"}
    elif unit == "fixed":
        row["period"] = draw(st.dates(trigger, date(2035, 6, 30))).isoformat()
    elif unit in {"days_toward_trial", "latest_service"}:
        row["direction"] = "before"
    return row


def engine_answer(row: Mapping[str, str]) -> str:
    """The engine's answer with unsettled closings left open, as the second counter's lists have them."""
    rules = rule_set(row["ruleset"])
    off = {name: "off" for name, setting in rules.policies.items() if setting == "ask"}
    return as_written(derive(row, policies=off), row["unit"])


def test_both_give_the_same_answer() -> None:
    compared: Counter[str] = Counter()

    @settings(max_examples=3000)
    @given(rows())
    def same(row: dict[str, str]) -> None:
        try:
            expected = second_answer(row)
        except (NotDefined, LookupError):
            return  # the rules are silent, or its lists do not reach
        try:
            found = engine_answer(row)
        except YearNotCovered:
            return  # California's courts in 2009 and 2010
        assert found == expected
        compared[row["unit"]] += 1
        compared[row["ruleset"]] += 1

    same()
    expected = [*UNITS, *(rules.id for rules in BOTH)]
    assert [f"{name}: {compared[name]}" for name in expected if compared[name] < ENOUGH] == []
