"""A computed date with its whole trail: what was put in, every day that was counted, skipped or added, and the rule for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

COUNTED = "counted"
SKIPPED = "skipped"
ADDED = "added"
RETURNED = "returned"
NOTED = "noted"


class Step(NamedTuple):
    """One day of the trail. `number` is the day's place in the count or addition, 0 for days without one.

    Kinds: counted (a day of the period), skipped (a closed day passed over), added (a day given on top: for the method of
    service, by a stipulation, or the open day on which the period ends), returned (a day given back when a count backward ends
    on a day closer to the trial, or moves forward because the clerk's office cannot be reached), noted (no day passes: what
    governs, and why).
    """

    day: date
    kind: str
    number: int
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Another date that a careful reader of the rule may come to, and why."""

    label: str
    day: date
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A switch of the rule set that the count met: its setting and what it changed."""

    name: str
    setting: str
    effect: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A due date and how it came about. Frozen: a change of facts makes a new one."""

    rule_set: str
    release: str
    """SHA-256, shortened, of the data files that were used: the same release gives the same date."""
    event: str
    label: str
    rule: str
    summary: str
    source: str
    trigger: date | datetime
    trigger_label: str
    method: str
    method_label: str
    period: str
    """The period as the rule puts it: "30 days after"."""
    steps: tuple[Step, ...]
    due_on: date
    due_at: datetime | None
    """The moment the day ends in the court's zone, or the hour itself; None when no zone is known."""
    zone: str = ""
    consequence: str = ""
    consequence_kind: str = ""
    red: bool = False
    """Whether missing it cannot be mended by asking: an admission is self-executing, a jurisdictional time."""
    readings: tuple[Reading, ...] = ()
    policies: tuple[Policy, ...] = ()
    notes: tuple[str, ...] = ()
    closings: tuple[str, ...] = field(default=())
    """The calendars that were asked, by name."""

    def tally(self) -> dict[str, int]:
        """Return how many days of each kind the trail holds."""
        found = dict.fromkeys((COUNTED, SKIPPED, ADDED, RETURNED), 0)
        for step in self.steps:
            if step.kind in found:
                found[step.kind] += 1
        return found

    def moved(self, **changes: Any) -> Self:
        """Return a copy with these fields changed."""
        return replace(self, **changes)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON-ready data: dates in ISO form."""
        data = asdict(self)
        data["trigger"] = self.trigger.isoformat()
        data["due_on"] = self.due_on.isoformat()
        data["due_at"] = self.due_at.isoformat() if self.due_at else None
        data["steps"] = [[step.day.isoformat(), *step[1:]] for step in self.steps]
        for reading in data["readings"]:
            reading["day"] = reading["day"].isoformat()
        # Lists, as JSON gives them back: what is stored then equals what is computed anew.
        return data | {name: list(data[name]) for name in ("readings", "policies", "notes", "closings")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the derivation that `to_data` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        told = dict(data)
        trigger = str(told["trigger"])
        told["trigger"] = _moment(trigger, told["zone"]) if "T" in trigger else date.fromisoformat(trigger)
        told["due_on"] = date.fromisoformat(told["due_on"])
        told["due_at"] = _moment(told["due_at"], told["zone"]) if told["due_at"] else None
        told["steps"] = tuple(Step(date.fromisoformat(day), *rest) for day, *rest in told["steps"])
        told["readings"] = tuple(Reading(**{**one, "day": date.fromisoformat(one["day"])}) for one in told["readings"])
        told["policies"] = tuple(Policy(**one) for one in told["policies"])
        told["notes"] = tuple(told["notes"])
        told["closings"] = tuple(told["closings"])
        return cls(**told)


def _moment(text: str, zone: str) -> datetime:
    """Return a moment on the clock of the court again, so that it still knows the zone's name and not its offset alone."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(ZoneInfo(zone)) if zone else moment
