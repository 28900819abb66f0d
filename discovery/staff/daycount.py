"""A derivation as the screens show it: a line for each day, its place in the count, and whether the day was closed.

The law's own words (why, rule, label) stay in the court's language; what this program says about them follows the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.dates.counting import stored_words
from discovery.law.derivations import ADDED, COUNTED, NOTED, RETURNED, SKIPPED, Derivation, Step

if TYPE_CHECKING:
    from discovery.models import Deadline

START = "start"
ICONS = {
    START: "flag",
    COUNTED: "check-lg",
    SKIPPED: "slash-circle",
    ADDED: "plus-lg",
    RETURNED: "arrow-left",
    NOTED: "info-circle",
}
SATURDAY = 5
ENDS_NOT_HERE = ": the period does not end here"
STATED = ("stated", "")
"""Periods of derivations in which no day was counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the count. `closed`: the day is a weekend, a holiday or a closure; `due`: the count ends here.

    `why` and `rule` are said once and not again on the lines below; `closed_by`, the name of what closes a day, on each.
    """

    day: date
    kind: str
    icon: str
    what: str
    why: str
    rule: str
    closed: bool
    closed_by: str
    due: bool
    begins_week: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    """A count to show: the derivation, its lines, and their sum as a sentence."""

    derivation: Derivation
    lines: list[Line]
    tally: str

    @property
    def stated(self) -> bool:
        """Whether the date stands as it was set and no day was counted."""
        return self.derivation.period in STATED


def day_count(derivation: Derivation) -> DayCount:
    """Return a derivation ready to show."""
    return DayCount(derivation, list(_lines(derivation)), _tally(derivation))


def _lines(derivation: Derivation) -> Iterator[Line]:
    steps = derivation.steps
    if any(step.kind == COUNTED for step in steps):
        trigger = derivation.trigger
        day = trigger.date() if isinstance(trigger, datetime) else trigger
        why = "; ".join(part for part in (derivation.trigger_label, derivation.method_label) if part)
        yield Line(day, START, ICONS[START], _("day 0"), why, "", False, "", False, False)
    totals = _totals(derivation)
    last = max((place for place, step in enumerate(steps) if step.day == derivation.due_on and step.kind != NOTED), default=-1)
    above, reason, before = "", "", None
    for place, step in enumerate(steps):
        rule, why = step.rule if step.rule != above else "", step.why if step.why != reason else ""
        above, reason = step.rule, step.why
        week = before is not None and before.isocalendar()[:2] != step.day.isocalendar()[:2]
        before = step.day
        closed_by = _closed_by(step, derivation)
        yield Line(
            step.day,
            step.kind,
            ICONS[step.kind],
            _what(step, totals[place]),
            why,
            rule,
            bool(closed_by) or (step.kind != NOTED and step.day.weekday() >= SATURDAY),
            closed_by,
            place == last,
            week,
        )


def _closed_by(step: Step, derivation: Derivation) -> str:
    """Return what closes a day; days of the period say it as their reason, and so does the last day of an addition."""
    named = step.kind in {COUNTED, SKIPPED} or (step.kind == RETURNED and step.day != derivation.due_on)
    return step.why if named or step.why.endswith(ENDS_NOT_HERE) else ""


def _totals(derivation: Derivation) -> list[int]:
    """Return for each step of how many its number is one: days of one period, or of one addition."""
    steps, totals = derivation.steps, [0] * len(derivation.steps)
    for kind in (COUNTED, ADDED):
        run: list[int] = []
        for place in [place for place, step in enumerate(steps) if step.kind == kind and step.number]:
            if steps[place].number == 1:
                run = []
            run.append(place)
            for earlier in run:
                totals[earlier] = steps[place].number
    period = re.match(r"(\d+) ", derivation.period)
    if period:  # a count that a stated date cuts short has fewer days than its period
        totals = [max(total, int(period[1])) if step.kind == COUNTED else total for total, step in zip(totals, steps, strict=True)]
    return totals


def _what(step: Step, total: int) -> str:
    words = {"number": step.number, "total": total}
    if step.kind == COUNTED:
        return _("day %(number)d of %(total)d") % words
    if step.kind == ADDED:
        return _("added %(number)d of %(total)d") % words if step.number else _("runs on to this day")
    return {SKIPPED: _("not counted"), RETURNED: _("given back"), NOTED: _("note")}[step.kind]


def _tally(derivation: Derivation) -> str:
    """Return the sum: "14 counted + 2 passed over + 1 added = 17 days"; "" where no days are counted, as for hours."""
    found = derivation.tally()
    if not any(found.values()) or derivation.period.partition(" ")[2].startswith("hour"):
        return ""
    days = found[COUNTED] + found[SKIPPED] + found[ADDED] - found[RETURNED]
    parts = [_("%(days)d counted") % {"days": found[COUNTED]}] if found[COUNTED] else []
    if found[SKIPPED]:
        parts.append(_("%(days)d passed over") % {"days": found[SKIPPED]})
    if found[ADDED]:
        parts.append(_("%(days)d added") % {"days": found[ADDED]})
    sum_of = " + ".join(parts)
    if found[RETURNED]:
        sum_of += " − " + _("%(days)d given back") % {"days": found[RETURNED]}
    return f"{sum_of} = " + ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def as_proposed(deadline: Deadline) -> tuple[DayCount | None, str]:
    """Return what is proposed instead of a date: its count, or words why none comes instead."""
    proposal = deadline.proposal()
    if proposal is not None:
        return day_count(proposal), ""
    told = deadline.proposed_derivation or {}
    return None, stored_words(told.get("refusal")) or _("Nothing asks for this date any more.")
