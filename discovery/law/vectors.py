"""Worked examples as rows of a CSV file, and what the engine says to each: `manage.py deadlines check FILE.csv`.

Columns: id, ruleset, trigger_event, trigger_date, service_method, period, unit, direction, expected_date, why, source.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from discovery.law.derivations import Derivation
from discovery.law.engine import compute, counted, fixed, next_accessible
from discovery.law.refusals import LawRefused, gettext_noop
from discovery.law.rulesets import rule_set

_ = gettext_noop

COLUMNS = (
    "id",
    "ruleset",
    "trigger_event",
    "trigger_date",
    "service_method",
    "period",
    "unit",
    "direction",
    "expected_date",
    "why",
    "source",
)
UNITS = {
    "days": "days",
    "hours": "hours",
    "court_days": "court_days",
    "calendar_no_roll": "gap",
    "days_toward_trial": "toward_trial",
    "days_or_date": "earlier",
    "latest_service": "serve_by",
    "inaccessible": "inaccessible",
    "fixed": "stated",
}
ZONE = "America/Los_Angeles"
"""Hours in the file are local times of this zone."""


class BadVectors(ValueError):
    """A file that is no list of worked examples; the message says what is wrong and in which line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one row: the engine's date as the file writes dates, its derivation, or why it refused."""

    id: str
    expected: str
    found: str
    derivation: Derivation | None
    refused: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the date is the expected one."""
        return self.found == self.expected


def read_vectors(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of worked examples. Raises BadVectors for a wrong header or a row that is too short or long."""
    rows = csv.DictReader(lines)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadVectors(f"The first line must name the columns {', '.join(COLUMNS)}.")
    for row in rows:
        if None in row or None in row.values():
            raise BadVectors(f"Line {rows.line_num} does not have {len(COLUMNS)} columns.")
        if row["unit"] not in UNITS:
            raise BadVectors(f"Line {rows.line_num}: the unit “{row['unit']}” is not one of {', '.join(UNITS)}.")
        yield row


def answer(row: Mapping[str, str]) -> Answer:
    """Return the engine's answer to one row. Raises BadVectors for a date or number that cannot be read."""
    try:
        derivation = derive(row)
    except LawRefused as refusal:
        return Answer(row["id"], row["expected_date"], "", None, str(refusal))
    except ValueError as error:
        raise BadVectors(f"{row['id']}: {error}") from error
    return Answer(row["id"], row["expected_date"], as_written(derivation, row["unit"]), derivation)


def as_written(derivation: Derivation, unit: str) -> str:
    """Return the result as the file writes it: a day, for hours a local time to the minute."""
    if unit != "hours":
        return derivation.due_on.isoformat()
    assert derivation.due_at is not None
    return derivation.due_at.strftime("%Y-%m-%dT%H:%M")


def derive(row: Mapping[str, str], *, policies: Mapping[str, str] | None = None) -> Derivation:
    """Return the derivation that a row asks for, under the rule set's switches or others. Raises LawRefused, ValueError."""
    rules = rule_set(row["ruleset"])
    unit, method = UNITS[row["unit"]], row["service_method"]
    if unit == "stated":
        return fixed(rules, date.fromisoformat(row["period"]), label=row["trigger_event"], source=row["source"])
    if unit == "hours":
        moment = datetime.fromisoformat(row["trigger_date"]).replace(tzinfo=ZoneInfo(ZONE))
        return compute(
            rules,
            counted(int(row["period"]), unit, direction=row["direction"]),
            moment,
            method=method,
            policies=policies,
            zone=ZONE,
        )
    trigger = date.fromisoformat(row["trigger_date"])
    if unit == "inaccessible":
        return next_accessible(rules, trigger, policies=policies)
    if unit == "earlier":
        number, stated = row["period"].split("|")
        event = counted(int(number), unit, stated="the stated date")
        return compute(rules, event, trigger, method=method, stated=date.fromisoformat(stated), policies=policies)
    event = counted(
        int(row["period"]), unit, direction=row["direction"], service_extends=True, base="" if unit != "serve_by" else "count"
    )
    return compute(rules, event, trigger, method=method, policies=policies)
