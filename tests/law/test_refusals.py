"""What the engine refuses, and in which words: unknown means a question to a person, never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from discovery.law.engine import compute, counted
from discovery.law.refusals import (
    AmbiguousService,
    BadTrigger,
    LawRefused,
    MissingFact,
    NotDefined,
    UnknownEvent,
    UnknownRuleSet,
    UnknownService,
    YearNotCovered,
)
from discovery.law.rulesets import rule_set

FRCP, CAND = rule_set("FRCP"), rule_set("FRCP-CAND")


def test_two_methods_that_give_two_dates_are_asked_about() -> None:
    with pytest.raises(AmbiguousService) as refused:
        compute(FRCP, "rfp-response", date(2026, 1, 13), method=["email", "mail"])
    assert str(refused.value) == (
        "Several methods stand on one proof and give different dates (email: 2026-02-12; mail: 2026-02-17). Say which one counts."
    )
    assert compute(FRCP, "rfp-response", date(2026, 1, 13), method=["email", "personal"]).method == "email"
    with pytest.raises(AmbiguousService):
        compute(CAND, "last-day-to-serve", date(2025, 10, 1), method=["email", "mail"])


SERVED = date(2026, 1, 15)
CANNOT: list[tuple[type[LawRefused], dict[str, Any], str]] = [
    (
        UnknownService,
        {"method": "pigeon"},
        "FRCP knows no service by “pigeon” on 2026-01-15. It knows: personal, office, ecf, email, electronic, mail, clerk, "
        "overnight, other_consented.",
    ),
    (
        BadTrigger,
        {"today": date(2026, 1, 14)},
        "2026-01-15 lies in the future: service of the requests is recorded when it has happened.",
    ),
    (
        BadTrigger,
        {"trigger": datetime(2026, 1, 15, 10)},  # noqa: DTZ001 - what is refused
        "2026-01-15T10:00:00 has no time zone: say in which zone the clock stood.",
    ),
    (
        BadTrigger,
        {"event": "subpoena-compliance", "stated": datetime(2026, 1, 30, 17)},  # noqa: DTZ001 - what is refused
        "2026-01-30T17:00:00 has no time zone: say in which zone the clock stood.",
    ),
    (
        BadTrigger,
        {"event": "subpoena-objections", "stated": date(2026, 1, 14)},
        "2026-01-14, the time for compliance, comes before 2026-01-15, service of the subpoena: one of the two is wrong.",
    ),
    (BadTrigger, {"trigger": date(1, 1, 1)}, "0001-01-01: no rule set here reaches that year."),
    (BadTrigger, {"trigger": date(9999, 12, 31)}, "9999-12-31: no rule set here reaches that year."),
    (
        BadTrigger,
        {"event": counted(24, "hours")},
        "A period in hours runs from a moment: give date and hour, such as 2026-03-06T10:00.",
    ),
    (MissingFact, {"event": "subpoena-compliance"}, "Compliance with the subpoena is a stated date: say which."),
    (LawRefused, {"policies": {"snow": "on"}}, "FRCP has no switch “snow” to set to “on”."),
    (LawRefused, {"policies": {"presidential-closings": "maybe"}}, "FRCP has no switch “presidential-closings” to set to “maybe”."),
    (
        YearNotCovered,
        {"trigger": date(2060, 12, 15)},
        "The calendar “federal legal holidays” holds no holidays for 2061, so no date is computed. Add the year to its data file, "
        "or enter the date by hand with its reason.",
    ),
    (
        YearNotCovered,
        {"rules": CAND, "trigger": date(2009, 6, 1)},
        "The calendar “California judicial holidays” holds no holidays for 2009, so no date is computed. Add the year to its data "
        "file, or enter the date by hand with its reason.",
    ),
]


@pytest.mark.parametrize(("kind", "asked", "says"), CANNOT)
def test_it_refuses_rather_than_guesses(kind: type[LawRefused], asked: dict[str, Any], says: str) -> None:
    given = {"rules": FRCP, "event": "rfp-response", "trigger": SERVED, **asked}
    with pytest.raises(kind) as refused:
        compute(given.pop("rules"), given.pop("event"), given.pop("trigger"), **given)
    assert str(refused.value) == says


def test_an_unknown_event_and_an_unknown_rule_set_are_named() -> None:
    with pytest.raises(
        UnknownEvent, match=r"^FRCP has no event “rfp” in force on 2026-01-15. It has: rfp-response, rog-response, "
    ):
        compute(FRCP, "rfp", SERVED)
    with pytest.raises(UnknownRuleSet, match=r"^There is no rule set “FRCP-MARS”. There are: "):
        rule_set("FRCP-MARS")
    with pytest.raises(UnknownRuleSet, match=r"^There is no rule set “–”. There are: "):
        rule_set("")


def test_a_schedule_may_lie_ahead() -> None:
    assert compute(FRCP, "expert-disclosures", date(2026, 3, 30), today=date(2025, 1, 1)).due_on == date(2025, 12, 30)


def test_a_rule_set_that_is_silent_moves_no_day() -> None:
    """Fourteen days before 2026-03-07 is Saturday 02-21; no rule of this set says where the count ends then."""
    silent = replace(FRCP, id="SILENT", count=replace(FRCP.count, backward_rule="", hours_rule=""))
    with pytest.raises(NotDefined) as refused:
        compute(silent, counted(14, "days", direction="before"), date(2026, 3, 7))
    assert str(refused.value) == (
        "2026-02-21 is closed (Saturday), and SILENT does not say where such a count ends then. Enter the date by hand with "
        "its reason."
    )
    assert compute(silent, counted(15, "days", direction="before"), date(2026, 3, 7)).due_on == date(2026, 2, 20)
    with pytest.raises(NotDefined, match=r"^SILENT does not say how periods in hours are counted.$"):
        compute(silent, counted(24, "hours"), datetime(2026, 3, 6, 10, tzinfo=UTC))


def test_a_rule_set_without_a_calendar_counts_nothing() -> None:
    with pytest.raises(MissingFact, match=r"^BARE names no calendar: its state is not said.$"):
        compute(replace(FRCP, id="BARE", closings=()), counted(14, "days"), SERVED)
