"""The counters: each walks day by day and writes down what it does with every day. Rules: law/deadlines of the product's papers.

All of them end on a day and leave a trail whose days add up: counted + skipped + added - returned = days between trigger and end.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from discovery.law.closed_days import ClosedDays
from discovery.law.derivations import ADDED, COUNTED, NOTED, RETURNED, SKIPPED, Step
from discovery.law.refusals import NotDefined, gettext_noop

_ = gettext_noop

ONE = timedelta(days=1)


class Trail:
    """A count under way: where it stands, and the steps so far."""

    def __init__(self, start: date, closed: ClosedDays, *, backward: bool = False) -> None:
        self.start, self.day, self.closed = start, start, closed
        self.sign = -ONE if backward else ONE
        self.steps: list[Step] = []

    def days(self, number: int, rule: str) -> None:
        """Count calendar days, closed ones included: Rule 6(a)(1)(B) and its like."""
        day, sign, reason, steps = self.day, self.sign, self.closed.reason, self.steps
        for place in range(1, number + 1):
            day += sign
            found = reason(day)
            steps.append(Step(day, COUNTED, place, found.name if found else "", rule))
        self.day = day

    def open_days(self, number: int, rule: str) -> None:
        """Count days that are not closed: court days, business days, short periods of the old style."""
        self._open(number, COUNTED, "", rule)

    def add_days(self, number: int, why: str, rule: str) -> None:
        """Add calendar days on top of the period."""
        for place in range(1, number + 1):
            self.day += self.sign
            self.steps.append(Step(self.day, ADDED, place, why, rule))

    def add_open_days(self, number: int, why: str, rule: str) -> None:
        """Add court days on top of the period, from where it stands even if that day is closed."""
        self._open(number, ADDED, why, rule)

    def roll(self, rule: str, why: str) -> None:
        """Let the period run on, in the direction of the count, while the day it stands on is closed. Raises NotDefined."""
        found = self.closed.reason(self.day)
        if found is None:
            return
        must_be_said(rule, self.day, found.name, self.closed)
        self._ends_not_here(found.name)
        while True:
            self.day += self.sign
            found = self.closed.reason(self.day)
            if found is None:
                self.steps.append(Step(self.day, ADDED, 0, why, rule))
                return
            self.steps.append(Step(self.day, SKIPPED, 0, found.name, found.rule))

    def roll_toward(self, rule: str, why: str) -> None:
        """Give back days of a backward count while the day it stands on is closed: toward the trial, CCP 2016.060."""
        found = self.closed.reason(self.day)
        if found is None:
            return
        must_be_said(rule, self.day, found.name, self.closed)
        self._ends_not_here(found.name)
        while found is not None:
            self.day -= self.sign
            found = self.closed.reason(self.day)
            self.steps.append(Step(self.day, RETURNED, 0, found.name if found else why, found.rule if found else rule))

    def note(self, why: str, rule: str, day: date | None = None) -> None:
        """Write down what governs without a day passing."""
        self.steps.append(Step(day or self.day, NOTED, 0, why, rule))

    def _open(self, number: int, kind: str, why: str, rule: str) -> None:
        place = 0
        while place < number:
            self.day += self.sign
            found = self.closed.reason(self.day)
            if found is None:
                place += 1
                self.steps.append(Step(self.day, kind, place, why, rule))
            else:
                self.steps.append(Step(self.day, SKIPPED, 0, found.name, found.rule))

    def _ends_not_here(self, name: str) -> None:
        """Say at the last step that the period cannot end on this closed day."""
        if self.steps and self.steps[-1].day == self.day:
            last = self.steps[-1]
            self.steps[-1] = last._replace(why=f"{name}: the period does not end here")


def must_be_said(rule: str, day: date, name: str, closed: ClosedDays) -> None:
    """Refuse to move a period off a closed day when no rule of the rule set says how. Raises NotDefined."""
    if not rule:
        raise NotDefined(
            _(
                "%(day)s is closed (%(name)s), and %(rule_set)s does not say where such a count ends then. "
                "Enter the date by hand with its reason."
            ),
            day=day.isoformat(),
            name=name,
            rule_set=closed.rules.id,
        )


def hours_from(
    start: datetime, number: int, closed: ClosedDays, rule: str, roll_rule: str, *, backward: bool = False
) -> tuple[datetime, list[Step]]:
    """Return the moment `number` elapsed hours from `start` (with its zone), moved to the same clock time of an open day.

    Elapsed hours, not hours of the clock: over a change to or from summer time the clock shows an hour more or less.
    Raises NotDefined when the rule set does not say how hours are counted.
    """
    if not rule:
        raise NotDefined(_("%(rule_set)s does not say how periods in hours are counted."), rule_set=closed.rules.id)
    zone, sign = start.tzinfo, -1 if backward else 1
    end = (start.astimezone(UTC) + sign * timedelta(hours=number)).astimezone(zone)
    steps: list[Step] = []
    before, after = start.utcoffset(), end.utcoffset()
    said = f"{number} hours run {'back ' if backward else ''}at once from {start:%H:%M} and end at {end:%H:%M}"
    steps.append(Step(end.date(), NOTED, 0, said, rule))
    if before is not None and after is not None and before != after:
        hours = abs((after - before).total_seconds()) / 3600
        way = "forward" if (after > before) != backward else "back"
        steps.append(Step(end.date(), NOTED, 0, f"clocks went {way} by {hours:g} h in between; elapsed hours count", rule))
    day = end.date()
    found = closed.reason(day)
    if found is not None:
        must_be_said(roll_rule, day, found.name, closed)
    while found is not None:
        steps.append(Step(day, SKIPPED, 0, found.name, found.rule))
        day += sign * ONE
        found = closed.reason(day)
    if day != end.date():
        end = datetime.combine(day, end.timetz())
        which = "the open day before" if backward else "the next open day"
        steps.append(Step(day, ADDED, 0, f"the same clock time of {which}", roll_rule))
    return end, steps
