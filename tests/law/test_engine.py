"""Dates worked out by hand, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from discovery.enums import DemandKind
from discovery.law.closed_days import Closure
from discovery.law.derivations import Derivation, Policy, Step
from discovery.law.engine import compute, counted, fixed, next_accessible
from discovery.law.memo import tally_line
from discovery.law.rulesets import rule_set

FRCP, CAND = rule_set("FRCP"), rule_set("FRCP-CAND")
PACIFIC = ZoneInfo("America/Los_Angeles")
COUNTING = "Fed. R. Civ. P. 6(a)(1)(A)-(B)"
ROLLING = "Fed. R. Civ. P. 6(a)(1)(C), (5)"
WEEKEND = "Fed. R. Civ. P. 6(a)(1)(C)"
FEDERAL = "Fed. R. Civ. P. 6(a)(6)(A)"
NEXT = "the period runs to the next day that is not closed"
OBJECTING = "Fed. R. Civ. P. 45(d)(2)(B)"


def days(found: Derivation) -> list[str]:
    """The trail in short: "30 counted to 02-14", "2 skipped to 02-16"."""
    runs = groupby(found.steps, key=lambda step: step.kind)
    return [f"{len(run)} {kind} to {run[-1].day:%m-%d}" for kind, run in ((kind, list(steps)) for kind, steps in runs)]


def readings(found: Derivation) -> list[tuple[str, str]]:
    return [(one.label, one.day.isoformat()) for one in found.readings]


# The subpoena of Musk v. Altman -------------------------------------------------------------------


def test_the_objections_of_meta_with_the_whole_trail() -> None:
    """Served on Juneteenth's eve in 2025, compliance on July 2 at 5 pm: day 14 is the day of compliance."""
    stated = datetime(2025, 7, 2, 17, tzinfo=PACIFIC)
    found = compute(CAND, "subpoena-objections", date(2025, 6, 18), method="personal", stated=stated)
    assert found.steps == (
        Step(date(2025, 6, 19), "counted", 1, "Juneteenth National Independence Day", COUNTING),
        Step(date(2025, 6, 20), "counted", 2, "", COUNTING),
        Step(date(2025, 6, 21), "counted", 3, "Saturday", COUNTING),
        Step(date(2025, 6, 22), "counted", 4, "Sunday", COUNTING),
        Step(date(2025, 6, 23), "counted", 5, "", COUNTING),
        Step(date(2025, 6, 24), "counted", 6, "", COUNTING),
        Step(date(2025, 6, 25), "counted", 7, "", COUNTING),
        Step(date(2025, 6, 26), "counted", 8, "", COUNTING),
        Step(date(2025, 6, 27), "counted", 9, "", COUNTING),
        Step(date(2025, 6, 28), "counted", 10, "Saturday", COUNTING),
        Step(date(2025, 6, 29), "counted", 11, "Sunday", COUNTING),
        Step(date(2025, 6, 30), "counted", 12, "", COUNTING),
        Step(date(2025, 7, 1), "counted", 13, "", COUNTING),
        Step(date(2025, 7, 2), "counted", 14, "", COUNTING),
        Step(date(2025, 7, 2), "noted", 0, "the time for compliance at 17:00 falls on the same day: be done before it", OBJECTING),
    )
    assert (found.due_on, found.due_at, found.zone) == (date(2025, 7, 2), stated, "America/Los_Angeles")
    assert readings(found) == [
        ("by practice, day 14 is in time", "2025-07-02"),
        ("to the letter, the day before", "2025-07-01"),
    ]
    assert (found.rule_set, found.event, found.rule, found.method) == ("FRCP-CAND", "subpoena-objections", OBJECTING, "personal")
    assert found.period == "14 days after, or the time for compliance if that is earlier"
    assert (found.consequence_kind, found.policies) == ("waiver", ())
    assert found.notes[0] == "Rule 6(d) adds nothing: a subpoena is delivered, Rule 45(b)(1), and not served under Rule 5(b)(2)."
    assert found.closings == ("federal legal holidays", "closings ordered by the President", "California judicial holidays")


def test_a_stated_date_cuts_the_count_short() -> None:
    found = compute(FRCP, "subpoena-objections", date(2026, 4, 1), method="personal", stated=date(2026, 4, 10))
    assert days(found) == ["9 counted to 04-10", "1 noted to 04-10"]
    assert (
        found.steps[-1].why == "the time for compliance comes before April 15, 2026, where the count would end: the earlier governs"
    )
    assert (found.due_on, found.due_at) == (date(2026, 4, 10), None)


def test_a_later_stated_date_changes_nothing() -> None:
    """Day 14 is Sunday 05-24, Monday is Memorial Day."""
    found = compute(FRCP, "subpoena-objections", date(2026, 5, 10), method="personal", stated=date(2026, 6, 15))
    assert days(found) == ["14 counted to 05-24", "1 skipped to 05-25", "1 added to 05-26", "1 noted to 05-26"]
    assert found.steps[-1].why == "the time for compliance (June 15, 2026) comes later: the earlier governs"


def test_mail_adds_nothing_to_a_subpoena() -> None:
    assert compute(FRCP, "subpoena-objections", date(2026, 4, 1), method="mail").due_on == date(2026, 4, 15)


def test_what_was_not_said_is_noted() -> None:
    found = compute(CAND, "subpoena-objections", date(2025, 6, 18), method="personal")
    assert found.due_on == date(2025, 7, 2)
    assert found.notes[-1] == "It was not said when the time for compliance is; if that comes earlier, it governs."


@pytest.mark.parametrize("event", ["subpoena-objections", "subpoena-privilege-log"])
def test_objections_and_a_log_follow_from_every_command_to_produce(event: str) -> None:
    """Rule 45(d)(2) and (e)(2)(A) are for who must produce, also when testimony is commanded; testimony alone has no such date."""
    served = date(2026, 4, 1)

    def follow(*, documents: bool) -> list[str]:
        return [
            kind.value
            for kind in DemandKind
            if event in {one.id for one in FRCP.events_after("service", served, kind.value, documents=documents)}
        ]

    assert follow(documents=False) == ["subpoena_documents"]
    assert follow(documents=True) == ["subpoena_documents", "subpoena_deposition", "subpoena_trial"]


# Days ---------------------------------------------------------------------------------------------


def test_roll_then_add_then_roll() -> None:
    """Day 30 is Saturday 02-14; 02-16 is Washington's Birthday; from Tuesday three days more."""
    found = compute(FRCP, "rfp-response", date(2026, 1, 15), method="mail")
    assert days(found) == ["30 counted to 02-14", "2 skipped to 02-16", "4 added to 02-20"]
    assert found.steps[29:33] == (
        Step(date(2026, 2, 14), "counted", 30, "Saturday: the period does not end here", COUNTING),
        Step(date(2026, 2, 15), "skipped", 0, "Sunday", WEEKEND),
        Step(date(2026, 2, 16), "skipped", 0, "Washington's Birthday", FEDERAL),
        Step(date(2026, 2, 17), "added", 0, NEXT, ROLLING),
    )
    why, rule = found.steps[33][3:]
    assert why == "added for service by mail"
    assert rule == (
        "Fed. R. Civ. P. 5(b)(2)(C), 6(d); Fed. R. Civ. P. 6(d): added after the period would otherwise expire under 6(a)"
    )
    assert tally_line(found) == "30 counted + 2 skipped + 4 added = 36 days"


def test_the_second_roll() -> None:
    """Day 30 is Friday 05-22, and three days end on Memorial Day."""
    found = compute(FRCP, "rfp-response", date(2026, 4, 22), method="mail")
    assert days(found) == ["30 counted to 05-22", "4 added to 05-26"]
    assert found.steps[32] == Step(
        date(2026, 5, 25), "added", 3, "Memorial Day: the period does not end here", found.steps[31].rule
    )


def test_a_backward_count_runs_back_and_ignores_state_holidays() -> None:
    """Lincoln Day is none for a backward count; Washington's Birthday is."""
    hearing = counted(14, "days", direction="before")
    assert compute(CAND, hearing, date(2026, 2, 26)).due_on == date(2026, 2, 12)
    found = compute(FRCP, "conference-26f", date(2026, 3, 9))
    assert days(found) == ["21 counted to 02-16", "2 skipped to 02-14", "1 added to 02-13"]
    assert found.steps[-1].why == "counted backward, the period runs back to the day before that is not closed"


@pytest.mark.parametrize(
    ("served", "due"),
    [
        (date(2028, 1, 30), date(2028, 2, 29)),  # a leap day
        (date(2027, 1, 30), date(2027, 3, 1)),
        (date(2027, 12, 1), date(2028, 1, 3)),  # 12-31 closed: New Year's Day 2028 is a Saturday
        (date(2028, 10, 11), date(2028, 11, 13)),  # 11-10 closed: Veterans Day is a Saturday
        (date(2025, 10, 9), date(2025, 11, 10)),  # the clocks go back on 11-02: days are days
    ],
)
def test_leap_days_and_ends_of_years(served: date, due: date) -> None:
    assert compute(FRCP, "rfp-response", served, method="email").due_on == due


def test_three_days_for_electronic_service_until_december_2016() -> None:
    before, after = date(2016, 11, 30), date(2016, 12, 1)
    assert compute(FRCP, counted(30, "days", service_extends=True), before, method="ecf").due_on == date(2017, 1, 3)
    assert compute(FRCP, counted(30, "days", service_extends=True), after, method="ecf").due_on == date(2017, 1, 3)
    assert compute(FRCP, counted(28, "days", service_extends=True), before, method="ecf").due_on == date(2017, 1, 3)
    assert compute(FRCP, counted(28, "days", service_extends=True), after, method="ecf").due_on == date(2016, 12, 29)


def test_the_courts_own_closures_count_in_both_directions() -> None:
    shut = (Closure(date(2026, 4, 1), "closed for a flood", "General Order 1"),)
    found = compute(FRCP, "rfp-response", date(2026, 3, 2), method="email", closures=shut)
    assert found.steps[-2:] == (
        Step(date(2026, 4, 1), "counted", 30, "closed for a flood: the period does not end here", COUNTING),
        Step(date(2026, 4, 2), "added", 0, NEXT, ROLLING),
    )
    backward = counted(14, "days", direction="before")
    assert compute(FRCP, backward, date(2026, 4, 15), closures=shut).due_on == date(2026, 3, 31)


def test_the_end_of_the_day_is_that_of_the_court() -> None:
    found = compute(CAND, "rfp-response", date(2025, 10, 9), method="email")
    assert found.due_at is not None
    assert found.due_at.isoformat() == "2025-11-10T23:59:59-08:00"
    eastern = compute(CAND, "rfp-response", date(2025, 6, 9), method="email", zone="America/New_York")
    assert eastern.due_at is not None
    assert (eastern.due_at.isoformat(), eastern.zone) == ("2025-07-09T23:59:59-04:00", "America/New_York")


# Hours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "number", "direction", "end", "said"),
    [
        # Elapsed hours over the end of summer time, 2007-11-04, and over its start, 2026-03-08.
        ("2007-11-02T10:23", 72, "after", "2007-11-05T09:23-08:00", "clocks went back by 1 h in between; elapsed hours count"),
        ("2026-03-06T10:00", 72, "after", "2026-03-09T11:00-07:00", "clocks went forward by 1 h in between; elapsed hours count"),
        ("2026-03-09T11:00", 72, "before", "2026-03-06T10:00-08:00", "clocks went forward by 1 h in between; elapsed hours count"),
        # Saturday 10:00 after 48 hours back over the change: the same clock time of the Friday.
        ("2026-03-09T11:00", 48, "before", "2026-03-06T10:00-08:00", "the same clock time of the open day before"),
        # Saturday 16:30: the same clock time on Monday, after the change.
        ("2026-03-06T16:30", 24, "after", "2026-03-09T16:30-07:00", "the same clock time of the next open day"),
    ],
)
def test_hours(start: str, number: int, direction: str, end: str, said: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=PACIFIC)
    found = compute(FRCP, counted(number, "hours", direction=direction), moment, zone="America/Los_Angeles")
    assert found.due_at is not None
    assert (found.due_at.isoformat(timespec="minutes"), found.due_on.isoformat()) == (end, end[:10])
    assert found.steps[-1].why == said


def test_hours_run_on_the_clock_of_the_court() -> None:
    """Friday 18:00 in California is Saturday in Greenwich; 24 hours end on Saturday: Monday 18:00."""
    found = compute(CAND, counted(24, "hours"), datetime(2026, 1, 10, 2, tzinfo=ZoneInfo("UTC")))
    assert found.due_at is not None
    assert found.due_at.isoformat() == "2026-01-12T18:00:00-08:00"


# Filing -------------------------------------------------------------------------------------------


def test_an_inaccessible_clerk_extends_forward() -> None:
    """Friday 2007-08-31; then the weekend and Labor Day."""
    found = next_accessible(FRCP, date(2007, 8, 31))
    assert [(step.day.day, step.kind, step.why) for step in found.steps] == [
        (31, "noted", "the clerk’s office is inaccessible"),
        (1, "skipped", "Saturday"),
        (2, "skipped", "Sunday"),
        (3, "skipped", "Labor Day"),
        (4, "added", "the first accessible day that is not closed"),
    ]
    assert found.due_on == date(2007, 9, 4)


def test_an_inaccessible_clerk_extends_forward_even_after_a_backward_count() -> None:
    """Fourteen days before 2007-09-14 is Friday 08-31; four days are given back, ten remain."""
    filing = replace(counted(14, "days", direction="before"), filing=True)
    shut = (Closure(date(2007, 8, 31), "the clerk’s office is inaccessible", "notice", filing_only=True),)
    found = compute(FRCP, filing, date(2007, 9, 14), closures=shut)
    assert days(found) == ["14 counted to 08-31", "1 noted to 08-31", "4 returned to 09-04"]
    assert tally_line(found) == "14 counted + 0 skipped + 0 added - 4 returned = 10 days"
    service = compute(FRCP, counted(14, "days", direction="before"), date(2007, 9, 14), closures=shut)
    assert service.due_on == date(2007, 8, 31)


# Stated dates -------------------------------------------------------------------------------------


def test_a_stated_date_stands() -> None:
    saturday = date(2026, 2, 14)
    found = compute(CAND, "subpoena-compliance", date(2026, 1, 15), method="personal", stated=saturday)
    assert (found.due_on, days(found)) == (saturday, ["1 noted to 02-14"])
    order = fixed(CAND, saturday, label="Statement of compliance", source="Dkt. 146")
    assert (order.due_on, order.label, order.rule) == (saturday, "Statement of compliance", "Dkt. 146")
    assert order.steps[0].why == "stated, so it stands as it is and is never recomputed"


def test_a_stated_moment_stands_on_the_clock_of_the_court() -> None:
    """Half past midnight in Greenwich is still July 2 in California."""
    stated = datetime(2025, 7, 3, 0, 30, tzinfo=ZoneInfo("UTC"))
    for event in ("subpoena-compliance", "subpoena-objections"):
        found = compute(CAND, event, date(2025, 6, 18), method="personal", stated=stated)
        assert found.due_at is not None
        assert (found.due_on, found.due_at.isoformat()) == (date(2025, 7, 2), "2025-07-02T17:30:00-07:00")


# The last day to serve ----------------------------------------------------------------------------


def test_the_last_day_to_serve() -> None:
    """By mail: 08-26 plus 30 is Thursday 09-25, plus 3 Sunday, so Monday 09-29. Day 30 of a day later is Native American Day."""
    found = compute(CAND, "last-day-to-serve", date(2025, 10, 1), method="mail")
    assert found.due_on == date(2025, 8, 26)
    assert found.steps[0].why == "served on this day, the answer falls due on September 29, 2025, by the cut-off"
    assert found.steps[-1].why == "served a day later, it would fall due on October 2, 2025, after the cut-off of October 1, 2025"
    assert compute(CAND, "last-day-to-serve", date(2025, 10, 1), method="email").due_on == date(2025, 9, 1)


# Closings by the President ------------------------------------------------------------------------

UNSETTLED = Policy(
    "presidential-closings",
    "ask",
    "December 24, 2024, closing by order of the President: not settled, both dates are shown where they differ",
)


def test_an_unsettled_closing_shows_both_dates_and_takes_the_earlier() -> None:
    forward = compute(FRCP, "rfp-response", date(2024, 11, 24), method="email")
    assert forward.due_on == date(2024, 12, 24)
    assert readings(forward) == [("if it is no legal holiday", "2024-12-24"), ("if it is a legal holiday", "2024-12-26")]
    backward = compute(FRCP, counted(14, "days", direction="before"), date(2025, 1, 7))
    assert backward.due_on == date(2024, 12, 23)
    assert readings(backward) == [("if it is no legal holiday", "2024-12-24"), ("if it is a legal holiday", "2024-12-23")]
    assert (forward.policies, backward.policies) == ((UNSETTLED,), (UNSETTLED,))


def test_an_unsettled_closing_moves_the_last_day_to_serve_to_the_earlier() -> None:
    """With 2024-12-24 closed, an answer to what was served on 11-24 would be due after the cut-off of that day."""
    found = compute(FRCP, "last-day-to-serve", date(2024, 12, 24), method="email")
    assert readings(found) == [("if it is no legal holiday", "2024-11-24"), ("if it is a legal holiday", "2024-11-23")]
    assert (found.due_on, found.policies) == (date(2024, 11, 23), (UNSETTLED,))


@pytest.mark.parametrize(
    ("setting", "due", "effect"),
    [
        ("on", date(2024, 12, 26), "December 24, 2024: counted as closed, as the switch says"),
        ("off", date(2024, 12, 24), "December 24, 2024: not counted as closed, as the switch says"),
    ],
)
def test_a_switch_that_is_set_asks_nothing(setting: str, due: date, effect: str) -> None:
    found = compute(FRCP, "rfp-response", date(2024, 11, 24), method="email", policies={"presidential-closings": setting})
    assert (found.due_on, found.readings) == (due, ())
    assert found.policies == (Policy("presidential-closings", setting, effect),)


@pytest.mark.parametrize(
    ("trigger", "due", "effect"),
    [
        (
            date(2018, 11, 5),
            date(2018, 12, 6),
            "December 5, 2018: counted as closed in the 9th Circuit: Ninth Circuit notice: open, yet treated as a legal holiday "
            "for the purposes of all filing deadlines",
        ),
        (
            date(2008, 11, 26),
            date(2008, 12, 26),
            "December 26, 2008: not counted as closed in the 9th Circuit: E.O. 13482; Ninth Circuit notice: clerk's windows "
            "closed, but no legal holiday",
        ),
    ],
)
def test_the_ninth_circuit_settled_two_of_them(trigger: date, due: date, effect: str) -> None:
    found = compute(CAND, counted(30, "days"), trigger)
    assert (found.due_on, found.readings) == (due, ())
    assert found.policies == (Policy("presidential-closings", "ask", effect),)
