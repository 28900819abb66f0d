"""A derivation in words: plain rows for screens and the memo to file, and a text for the terminal.

Every day of the trail has its own line, plain counted days too: whoever checks a date by hand goes day by day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from textwrap import wrap
from typing import NamedTuple

from discovery.law.days import WEEKDAYS, day_words
from discovery.law.derivations import ADDED, COUNTED, RETURNED, SKIPPED, Derivation, Step

WIDTH = 100
DAY, WHAT, WHY, RULE = 14, 18, 35, 27
"""Columns of the table of days in a text, with two spaces between them: WIDTH together."""
INDENT = 16
END_OF_DAY = (23, 59)


class Row(NamedTuple):
    """One line of the table of days: `rule` always, `rule_shown` only where it differs from the line above."""

    day: date
    weekday: str
    kind: str
    what: str
    why: str
    rule: str
    rule_shown: str


def rows(derivation: Derivation) -> list[Row]:
    """Return the trail as rows: the day, its weekday, what happened with it ("counted 3 of 14"), why, by which rule."""
    totals = Counter(step.kind for step in derivation.steps if step.number)
    found = re.match(r"(\d+) ", derivation.period)
    if found:  # a count that a stated date cuts short has fewer days than its period
        totals[COUNTED] = max(totals[COUNTED], int(found[1]))
    made: list[Row] = []
    for step in derivation.steps:
        above = made[-1].rule if made else ""
        shown = step.rule if step.rule != above else ""
        made.append(Row(step.day, WEEKDAYS[step.day.weekday()], step.kind, _what(step, totals), step.why, step.rule, shown))
    return made


def _what(step: Step, totals: Counter[str]) -> str:
    return f"{step.kind} {step.number} of {totals[step.kind]}" if step.number else step.kind


def tally_line(derivation: Derivation) -> str:
    """Return the sum of the trail, "14 counted + 0 skipped + 0 added = 14 days"; "" where no days are counted, as for hours."""
    tally = derivation.tally()
    if not any(tally.values()) or re.match(r"\d+ hour", derivation.period):
        return ""
    days = tally[COUNTED] + tally[SKIPPED] + tally[ADDED] - tally[RETURNED]
    parts = " + ".join(f"{tally[kind]} {kind}" for kind in (COUNTED, SKIPPED, ADDED))
    returned = f" - {tally[RETURNED]} {RETURNED}" if tally[RETURNED] else ""
    return f"{parts}{returned} = {days} {'day' if days == 1 else 'days'}"


def hour_words(moment: datetime | None, zone: str) -> str:
    """Return the hour by which something is due, with its zone: "by 5:00 PM PDT (America/Los_Angeles)"."""
    if moment is None:
        return "by the end of the day; the time zone is not known"
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'} {moment.tzname()}"
    at = f"the end of the day, {clock}" if (moment.hour, moment.minute) == END_OF_DAY else clock
    return f"by {at} ({zone})" if zone else f"by {at}"


def _moment_words(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return day_words(moment)
    return (
        f"{day_words(moment)}, {moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'} {moment.tzname()}"
    )


def inputs(derivation: Derivation) -> list[tuple[str, str]]:
    """Return what the count was made with, as labels and values; what is empty is left out."""
    told = derivation
    found = [
        ("Rule set", told.rule_set),
        ("Rule", told.rule),
        ("In words", told.summary),
        ("Counted from", f"{_moment_words(told.trigger)}{': ' if told.trigger_label else ''}{told.trigger_label}"),
        ("Served by", told.method_label),
        ("Period", told.period),
        ("Closed days", "; ".join(("Saturdays and Sundays", *told.closings)) if told.closings else ""),
    ]
    return [(label, value) for label, value in found if value]


def remarks(derivation: Derivation) -> list[tuple[str, list[str]]]:
    """Return what follows the table, as headings with sentences: readings, switches, notes, consequence, source."""
    told = derivation
    found = [
        (
            "Other readings",
            [f"{one.label}: {day_words(one.day)}; {one.why}{f' ({one.rule})' if one.rule else ''}" for one in told.readings],
        ),
        ("Switches", [f"{one.name} is {one.setting}: {one.effect}" for one in told.policies]),
        ("Notes", list(told.notes)),
        ("If missed", [told.consequence] if told.consequence else []),
        ("Source", [f"{told.source}; law release {told.release}"]),
    ]
    return [(heading, sentences) for heading, sentences in found if sentences]


# As text -----------------------------------------------------------------------------------------------------------------


def as_text(derivation: Derivation) -> str:
    """Return the derivation for a terminal, no line longer than WIDTH; it ends with a line break."""
    title = wrap(derivation.label, WIDTH)
    lines = [*title, "=" * max(map(len, title), default=0), ""]
    for label, value in inputs(derivation):
        lines += _labelled(label, [value])
    lines += ["", *_table(rows(derivation))]
    tally = tally_line(derivation)
    lines += ["", *([tally] if tally else []), *wrap(f"Due {_result(derivation)}", WIDTH), ""]
    for heading, sentences in remarks(derivation):
        lines += _labelled(heading, sentences)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _result(derivation: Derivation) -> str:
    return f"{day_words(derivation.due_on)}, {hour_words(derivation.due_at, derivation.zone)}"


def _labelled(label: str, sentences: Sequence[str]) -> list[str]:
    lines = [line for sentence in sentences for line in wrap(sentence, WIDTH - INDENT)]
    return [f"{label if not place else '':<{INDENT}}{line}" for place, line in enumerate(lines)]


def _table(table: Sequence[Row]) -> list[str]:
    lines = [_line("day", "", "why", "rule")] if table else []
    for row in table:
        why, rule = wrap(row.why, WHY), wrap(row.rule_shown, RULE)
        day = f"{row.weekday[:3]} {row.day.isoformat()}"
        cells = list(zip_longest(why, rule, fillvalue="")) or [("", "")]
        lines += [_line("" if place else day, "" if place else row.what, *pair) for place, pair in enumerate(cells)]
    return lines


def _line(day: str, what: str, why: str, rule: str) -> str:
    return f"{day:<{DAY}}  {what:<{WHAT}}  {why:<{WHY}}  {rule}"
