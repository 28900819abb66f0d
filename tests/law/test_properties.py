"""What holds for every count, whatever the rule set, the day, the period and the method of service."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from discovery.law import closed_days, packs
from discovery.law.closed_days import closed_for
from discovery.law.derivations import NOTED, Derivation
from discovery.law.engine import compute, counted
from discovery.law.refusals import LawRefused, YearNotCovered
from discovery.law.rulesets import Event, RuleSet, all_rule_sets, rule_set

ONE = timedelta(days=1)
ALL = [rules for rules in all_rule_sets() if rules.closings]
FRCP, CAND = rule_set("FRCP"), rule_set("FRCP-CAND")
BACKWARD = [rules for rules in ALL if rules.count.backward_rule]
SHORT = replace(
    FRCP,
    id="SHORT",
    count=replace(FRCP.count, order="add-roll", short_below=6, short_rule="periods under six days skip closed days"),
)
"""A rule set of the old style, as Texas and Delaware have: its short periods leave out closed days."""

days = st.dates(date(2011, 2, 1), date(2034, 12, 31))
periods = st.one_of(st.integers(0, 14), st.integers(0, 200))
LEAP, YEAR_END, CLOCK_CHANGE = date(2028, 1, 30), date(2027, 12, 1), date(2026, 3, 6)


@st.composite
def methods(draw: st.DrawFn, rules: RuleSet, on: date) -> str:
    """A method of service that the rule set knows on a day, or none."""
    known = [one.id for one in rules.services if one.since <= on <= one.until]
    return draw(st.sampled_from(["none", *dict.fromkeys(known)]))


@st.composite
def served(draw: st.DrawFn) -> tuple[RuleSet, date, str]:
    """A rule set, a day, and a method of service known there."""
    rules, day = draw(st.sampled_from([*ALL, SHORT])), draw(days)
    return rules, day, draw(methods(rules, day))


def after(
    rules: RuleSet, trigger: date, number: int, method: str = "none", policies: Mapping[str, str] | None = None
) -> Derivation:
    """Count days forward; a year that a calendar does not cover is another test's matter."""
    try:
        return compute(rules, counted(number, "days", service_extends=True), trigger, method=method, policies=policies)
    except YearNotCovered:
        assume(False)
        raise


def before(rules: RuleSet, trigger: date, number: int, policies: Mapping[str, str] | None = None) -> Derivation:
    try:
        return compute(rules, counted(number, "days", direction="before"), trigger, policies=policies)
    except YearNotCovered:
        assume(False)
        raise


# Where a count ends ---------------------------------------------------------------------------------------------------


@given(served(), periods)
@example((FRCP, LEAP, "none"), 30)
@example((FRCP, YEAR_END, "mail"), 30)
@example((CAND, CLOCK_CHANGE, "none"), 2)
def test_it_never_ends_on_a_closed_day(case: tuple[RuleSet, date, str], number: int) -> None:
    rules, trigger, method = case
    found = after(rules, trigger, number, method)
    assert closed_for(rules, forward=True).reason(found.due_on) is None
    assert found.due_on >= trigger + number * ONE


@given(st.sampled_from(BACKWARD), days, periods)
@example(FRCP, date(2028, 3, 30), 30)
@example(FRCP, date(2028, 1, 14), 14)
def test_it_never_ends_backward_on_a_closed_day(rules: RuleSet, trigger: date, number: int) -> None:
    found = before(rules, trigger, number)
    assert closed_for(rules, forward=False).reason(found.due_on) is None
    assert found.due_on <= trigger - number * ONE


# The trail ----------------------------------------------------------------------------------------------------------------


@given(served(), periods)
@example((FRCP, LEAP, "mail"), 30)
@example((FRCP, YEAR_END, "mail"), 30)
def test_every_day_is_in_the_trail_once_and_the_days_add_up(case: tuple[RuleSet, date, str], number: int) -> None:
    rules, trigger, method = case
    found = after(rules, trigger, number, method)
    walked = [step.day for step in found.steps if step.kind != NOTED]
    assert walked == [trigger + place * ONE for place in range(1, (found.due_on - trigger).days + 1)]
    tally = found.tally()
    assert tally["counted"] == number
    assert tally["counted"] + tally["skipped"] + tally["added"] == (found.due_on - trigger).days
    assert [step for step in found.steps if not step.rule] == []


@given(st.sampled_from(BACKWARD), days, periods)
def test_a_backward_trail_adds_up(rules: RuleSet, trigger: date, number: int) -> None:
    found = before(rules, trigger, number)
    walked = [step.day for step in found.steps if step.kind != NOTED]
    assert walked == [trigger - place * ONE for place in range(1, (trigger - found.due_on).days + 1)]
    assert sum(found.tally().values()) == (trigger - found.due_on).days


# Order --------------------------------------------------------------------------------------------------------------------


@given(served(), periods)
def test_a_longer_period_never_ends_earlier(case: tuple[RuleSet, date, str], number: int) -> None:
    """Within one way of counting: where short periods leave out closed days, the border between short and long is no step up."""
    rules, trigger, method = case
    assume(number + 1 != rules.count.short_below)
    assert after(rules, trigger, number, method).due_on <= after(rules, trigger, number + 1, method).due_on


def test_short_periods_are_rightly_not_monotone() -> None:
    """From Wednesday 2026-02-11: five days leave out a weekend and Washington's Birthday, Thursday 02-19; six are Tuesday 02-17."""
    five, six = (after(SHORT, date(2026, 2, 11), number).due_on for number in (5, 6))
    assert (five, six) == (date(2026, 2, 19), date(2026, 2, 17))


@given(served(), periods)
def test_a_later_trigger_never_ends_earlier(case: tuple[RuleSet, date, str], number: int) -> None:
    rules, trigger, method = case
    known = {one.id for one in rules.services if one.since <= trigger and trigger + ONE <= one.until}
    assume(method == "none" or method in known)  # a method may lose its days from one day to the next
    assert after(rules, trigger, number, method).due_on <= after(rules, trigger + ONE, number, method).due_on


@given(st.sampled_from(BACKWARD), days, periods)
def test_forward_and_backward_are_consistent(rules: RuleSet, day: date, number: int) -> None:
    """A forward count ends on the first open day so many days after or later, a backward count on the last so many before."""
    assume(not rules.count.short_below)
    off = {name: "off" for name, setting in rules.policies.items() if setting == "ask"}  # asked, each way takes its earlier date
    forth, back = after(rules, day, number, policies=off).due_on, before(rules, day, number, policies=off).due_on
    later, earlier = closed_for(rules, forward=True, policies=off), closed_for(rules, forward=False, policies=off)
    assert forth == next(one for one in (day + (number + more) * ONE for more in range(30)) if later.reason(one) is None)
    assert back == next(one for one in (day - (number + more) * ONE for more in range(30)) if earlier.reason(one) is None)
    assert before(rules, forth, number, policies=off).due_on >= back
    assert after(rules, back, number, policies=off).due_on <= forth


# Again ------------------------------------------------------------------------------------------------------------------------


@given(served(), periods)
def test_recomputation_is_stable(case: tuple[RuleSet, date, str], number: int) -> None:
    rules, trigger, method = case
    first = after(rules, trigger, number, method)
    assert after(rules, trigger, number, method) == first
    closed_days._built.cache_clear()
    assert after(rules, trigger, number, method) == first


@st.composite
def questions(draw: st.DrawFn) -> tuple[RuleSet, Event, date | datetime, str, date | datetime | None]:
    """Any event of any rule set, with a trigger and, where it depends on one, a stated date or moment."""
    rules, day = draw(st.sampled_from(ALL)), draw(days)
    event = draw(st.sampled_from([one for one in rules.events if one.since <= day <= one.until] or [counted(30, "days")]))
    trigger: date | datetime = day
    if event.unit == "hours" or draw(st.booleans()):
        trigger = datetime.combine(day, draw(st.times()), ZoneInfo(draw(st.sampled_from(["America/Los_Angeles", "UTC"]))))
    stated: date | datetime | None = None
    if event.stated:
        stated = day + draw(st.integers(2, 60)) * ONE
        if draw(st.booleans()):
            stated = datetime.combine(stated, draw(st.times()), ZoneInfo("America/New_York"))
    return rules, event, trigger, draw(methods(rules, day)), stated


@given(questions())
def test_a_derivation_survives_json(question: tuple[RuleSet, Event, date | datetime, str, date | datetime | None]) -> None:
    rules, event, trigger, method, stated = question
    try:
        found = compute(rules, event, trigger, method=method, stated=stated)
    except LawRefused:  # a year not covered, a court whose rules are silent
        assume(False)
        raise
    text = json.dumps(found.to_data(), ensure_ascii=False)
    again = Derivation.from_data(json.loads(text))
    assert json.dumps(again.to_data(), ensure_ascii=False) == text
    assert again.steps == found.steps
    if not (isinstance(trigger, datetime) or isinstance(stated, datetime)):  # clocks compare unequal within a repeated hour
        assert again == found


# Hours ------------------------------------------------------------------------------------------------------------------------


@given(st.datetimes(datetime(2011, 2, 1), datetime(2034, 12, 1)), st.integers(0, 400), st.sampled_from(["after", "before"]))  # noqa: DTZ001
@example(datetime(2026, 3, 6, 10), 72, "after")  # noqa: DTZ001 - over the start of summer time
@example(datetime(2026, 3, 7, 2, 30), 24, "after")  # noqa: DTZ001 - into the hour that is left out
@example(datetime(2026, 10, 31, 1, 30), 24, "after")  # noqa: DTZ001 - into the hour that comes twice
@example(datetime(2026, 11, 2, 9), 72, "before")  # noqa: DTZ001 - back over its end
@example(datetime(2026, 1, 1), 73, "before")  # noqa: DTZ001 - over days that the President closed, of which the rules ask
def test_hours_elapse_and_then_keep_the_clock_time(start: datetime, number: int, direction: str) -> None:
    zone = ZoneInfo("America/Los_Angeles")
    moment = start.replace(tzinfo=zone, second=0, microsecond=0)
    found = compute(FRCP, counted(number, "hours", direction=direction), moment, zone="America/Los_Angeles")
    assert found.due_at is not None
    sign = 1 if direction == "after" else -1
    elapsed = (moment.astimezone(UTC) + sign * timedelta(hours=number)).astimezone(zone)
    closed = closed_for(FRCP, forward=direction == "after")
    assert closed.reason(found.due_on) is None
    assert found.due_at.time() == elapsed.time()
    between = [elapsed.date() + sign * place * ONE for place in range(abs((found.due_on - elapsed.date()).days))]
    # Where it is not settled whether a day is a holiday, the earlier of both dates is kept: such days may lie between.
    unsettled = {one.day for one in closed.asked if closed.reason(one.day) is None}
    assert [day for day in between if closed.reason(day) is None and day not in unsettled] == []


# The last day to serve ---------------------------------------------------------------------------------------------------------


TEN_YEARS = [
    ("FRCP", "email", "off"),
    ("FRCP", "mail", "on"),
    ("FRCP-CAND", "mail", "off"),
    ("CA-CCP", "electronic", "off"),
    ("NY-CPLR", "overnight", "off"),
    ("TX-TRCP", "mail", "off"),
]


@pytest.mark.parametrize(("name", "method", "setting"), [one for one in TEN_YEARS if one[0].lower() in packs.names("rulesets")])
def test_the_last_day_to_serve_is_found_by_brute_force_too(name: str, method: str, setting: str) -> None:
    """For every cut-off of ten years: no later day of service has its answer due in time."""
    rules, first, margin, ten_years = rule_set(name), date(2022, 6, 1), 120, 3653
    switches = dict.fromkeys(rules.policies, setting)
    answering, serving = counted(30, "days", service_extends=True), counted(30, "serve_by", base="count")

    def day(event: Event, place: int) -> date:
        return compute(rules, event, first + place * ONE, method=method, policies=switches).due_on

    due = [day(answering, place) for place in range(ten_years + margin)]
    assert [one for one, later in pairwise(due) if one > later] == []
    found = {first + place * ONE: day(serving, place) for place in range(margin, ten_years + margin)}
    assert found == {cutoff: first + (bisect_right(due, cutoff) - 1) * ONE for cutoff in found}
