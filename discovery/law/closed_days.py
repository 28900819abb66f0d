"""Whether a day is closed for a rule set: weekends, its calendars in their direction, its switches, a court's own closures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from discovery.law.calendars import SingleDay, calendar_file, closed_days
from discovery.law.refusals import LawRefused, MissingFact, YearNotCovered, gettext_noop
from discovery.law.rulesets import SETTINGS, Closing, RuleSet

_ = gettext_noop

WEEKEND = ("Saturday", "Sunday")


class Reason(NamedTuple):
    """Why a day is closed, and by which rule."""

    name: str
    rule: str


class Closure(NamedTuple):
    """A day on which one court was closed, or its clerk's office could not be reached (then for filing only)."""

    day: date
    name: str
    source: str
    filing_only: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A day of which nobody has settled whether it counts as a legal holiday: the switch says ask, so both dates are shown."""

    day: date
    name: str
    source: str
    policy: str


class _Looked(dict[date, "Reason | None"]):
    """Days that were looked at before: counters ask for the same days thousands of times."""

    def __init__(self, look: Callable[[date], Reason | None]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, day: date) -> Reason | None:
        found = self[day] = self._look(day)
        return found


class ClosedDays:
    """The closed days of a rule set in one direction of counting, under given switches.

    `reason(day)` is what counters ask: why a day is closed, or None for an open one. It raises YearNotCovered.
    """

    def __init__(self, rules: RuleSet, *, forward: bool, policies: Mapping[str, str], closures: tuple[Closure, ...]) -> None:
        self.rules, self.forward = rules, forward
        self.asked: list[Asked] = []
        self.settled: dict[date, tuple[str, str]] = {}
        """Days decided by a switch or a circuit: (switch, in which way)."""
        self.calendars: list[str] = []
        self._found: dict[date, Reason] = {}
        self._years: frozenset[int] | None = None
        self._narrow: str = ""
        self.reason: Callable[[date], Reason | None] = _Looked(self._look).__getitem__
        for closing in rules.closings:
            if closing.forward_only and not forward:
                continue
            file = calendar_file(closing.calendar)
            self.calendars.append(file.name)
            if file.covers:
                self._cover(file.years(), file.name)
                self._yearly(closing, file.source, policies)
            for single in file.day:
                self._single(single, closing.rule, closing.policy, policies.get(closing.policy, "off"))
        for closure in closures:
            self._found.setdefault(closure.day, Reason(closure.name, closure.source))

    def _look(self, day: date) -> Reason | None:
        if self._years is not None and day.year not in self._years:
            raise YearNotCovered(
                _(
                    "The calendar “%(calendar)s” holds no holidays for %(year)d, so no date is computed. "
                    "Add the year to its data file, or enter the date by hand with its reason."
                ),
                calendar=self._narrow,
                year=day.year,
            )
        found = self._found.get(day)
        if found is not None:
            return found
        weekday = day.weekday()
        if weekday >= 5:
            return Reason(WEEKEND[weekday - 5], self.rules.count.weekend_rule or self.rules.count.roll_rule)
        return None

    def _cover(self, years: frozenset[int], name: str) -> None:
        together = years if self._years is None else self._years & years
        if together != self._years:
            self._narrow = name
        self._years = together

    def _yearly(self, closing: Closing, source: str, policies: Mapping[str, str]) -> None:
        """Take the days that come every year. Under a switch, one that is closed anyway raises no question."""
        for day, name in closed_days(closing.calendar).items():
            if not closing.policy:
                self._found.setdefault(day, Reason(name, closing.rule))
            elif day.weekday() < 5 and day not in self._found:
                doubtful = SingleDay(day, name, source)
                self._single(doubtful, closing.rule, closing.policy, policies.get(closing.policy, "off"))

    def _single(self, day: SingleDay, rule: str, policy: str, setting: str) -> None:
        circuit = self.rules.circuit
        if not policy or (circuit and circuit in day.settled_closed):
            self._found.setdefault(day.date, Reason(day.name, f"{rule}; {day.source}"))
            if policy:
                self.settled[day.date] = (policy, f"counted as closed in the {_ordinal(circuit)} Circuit: {day.source}")
        elif circuit and circuit in day.settled_open:
            self.settled[day.date] = (policy, f"not counted as closed in the {_ordinal(circuit)} Circuit: {day.source}")
        elif setting == "on":
            self._found.setdefault(day.date, Reason(day.name, f"{rule}; {day.source}"))
            self.settled[day.date] = (policy, "counted as closed, as the switch says")
        elif setting == "ask":
            self.asked.append(Asked(day.date, day.name, day.source, policy))
        else:
            self.settled[day.date] = (policy, "not counted as closed, as the switch says")


def _ordinal(circuit: str) -> str:
    """Return a circuit as courts cite it: 1st, 2d, 9th, D.C."""
    return {"1": "1st", "2": "2d", "3": "3d"}.get(circuit, f"{circuit}th" if circuit.isdigit() else circuit)


@lru_cache(maxsize=256)
def _built(rules_id: str, forward: bool, policies: tuple[tuple[str, str], ...], closures: tuple[Closure, ...]) -> ClosedDays:
    from_id = _rules[rules_id]
    return ClosedDays(from_id, forward=forward, policies=dict(policies), closures=closures)


_rules: dict[str, RuleSet] = {}


def closed_for(
    rules: RuleSet,
    *,
    forward: bool,
    policies: Mapping[str, str] | None = None,
    closures: tuple[Closure, ...] = (),
    filing: bool = False,
) -> ClosedDays:
    """Return the closed days of a rule set, built once for the same switches and closures.

    `policies` overrides the rule set's switches; closures "for filing only" count only when `filing` is meant (6(a)(3)).
    Raises MissingFact for a rule set that needs a state calendar and names none, LawRefused for an unknown switch.
    """
    for name, setting in (policies or {}).items():
        if name not in rules.policies or setting not in SETTINGS:
            raise LawRefused(
                _("%(rule_set)s has no switch “%(name)s” to set to “%(setting)s”."), rule_set=rules.id, name=name, setting=setting
            )
    if not rules.closings:
        raise MissingFact(_("%(rule_set)s names no calendar: its state is not said."), rule_set=rules.id)
    if _rules.get(rules.id) is not rules:
        _built.cache_clear()
        _rules[rules.id] = rules
    settings = tuple(sorted({**rules.policies, **(policies or {})}.items()))
    return _built(rules.id, forward, settings, tuple(one for one in closures if filing or not one.filing_only))
