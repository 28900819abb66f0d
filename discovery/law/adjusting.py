"""Moving a computed date by agreement or order: the trail goes on from where the rule left it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from discovery.law.closed_days import Closure, closed_for
from discovery.law.counting import Trail
from discovery.law.derivations import NOTED, Derivation, Step
from discovery.law.refusals import BadTrigger, gettext_noop
from discovery.law.rulesets import RuleSet
from discovery.law.walks import RUNS_ON

_ = gettext_noop


def extended_to(derivation: Derivation, day: date, *, why: str, rule: str) -> Derivation:
    """Return the derivation with its end put on a day that was agreed on or ordered: the day stands as it is."""
    step = Step(day, NOTED, 0, why, rule)
    return derivation.moved(steps=(*derivation.steps, step), due_on=day, due_at=_same_clock(derivation, day), readings=())


def extended_by(
    rules: RuleSet,
    derivation: Derivation,
    days: int,
    *,
    why: str,
    rule: str,
    closures: tuple[Closure, ...] = (),
    policies: Mapping[str, str] | None = None,
) -> Derivation:
    """Return the derivation with `days` calendar days added after its end; an end on a closed day runs on as any period does."""
    closed = closed_for(rules, forward=True, policies=policies, closures=closures)
    trail = Trail(derivation.due_on, closed)
    trail.add_days(days, why, rule)
    trail.roll(rules.count.roll_rule, RUNS_ON)
    return derivation.moved(
        steps=(*derivation.steps, *trail.steps),
        due_on=trail.day,
        due_at=_same_clock(derivation, trail.day),
        readings=(),
    )


def tolled(
    rules: RuleSet,
    derivation: Derivation,
    first: date,
    last: date,
    *,
    why: str,
    rule: str,
    closures: tuple[Closure, ...] = (),
    policies: Mapping[str, str] | None = None,
) -> Derivation:
    """Return the derivation with the days from `first` through `last` (both included) given back after its end.

    Raises BadTrigger when the clock would stand still only after it has run out, or runs backward.
    """
    if last < first:
        raise BadTrigger(_("The last tolled day (%(last)s) lies before the first (%(first)s)."), first=first, last=last)
    if first > derivation.due_on:
        raise BadTrigger(_("The time ran out on %(due)s; it cannot be tolled from %(first)s."), due=derivation.due_on, first=first)
    number = (last - first).days + 1
    return extended_by(rules, derivation, number, why=why, rule=rule, closures=closures, policies=policies)


def _same_clock(derivation: Derivation, day: date) -> datetime | None:
    """Return the moment on another day at the same clock time in the same zone."""
    if derivation.due_at is None:
        return None
    return datetime.combine(day, derivation.due_at.timetz()) if day != derivation.due_on else derivation.due_at
