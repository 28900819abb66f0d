"""How each unit of a rule walks from its trigger to a day: calendar days, court days, hours, toward trial, back from a cut-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from discovery.law.closed_days import ClosedDays, Closure, closed_for
from discovery.law.counting import ONE, Trail, hours_from
from discovery.law.days import written
from discovery.law.derivations import ADDED, NOTED, RETURNED, SKIPPED, Reading, Step
from discovery.law.refusals import BadTrigger, MissingFact, gettext_noop
from discovery.law.rulesets import Event, RuleSet, ServiceMethod

_ = gettext_noop

NO_SERVICE = ServiceMethod(id="none", label="", rule="")
RUNS_ON = "the period runs to the next day that is not closed"
RUNS_BACK = "counted backward, the period runs back to the day before that is not closed"
TOWARD_TRIAL = "the next court day closer to the trial date"
SEARCH = 400
"""How many days beyond the period the search for the last day to serve looks back before it gives up."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a count is made with beside rule set, event and trigger."""

    method: ServiceMethod = NO_SERVICE
    stated: date | datetime | None = None
    closures: tuple[Closure, ...] = ()
    policies: Mapping[str, str] | None = None
    zone: str = ""


@dataclass(slots=True)
class Found:
    """A date with its trail, before it is dressed as a Derivation."""

    due: date
    steps: list[Step]
    closed: ClosedDays | None
    at: datetime | None = None
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()


def day_of(moment: date | datetime) -> date:
    """Return the day of a moment, or the day itself."""
    return moment.date() if isinstance(moment, datetime) else moment


def walk(rules: RuleSet, event: Event, trigger: date | datetime, day: date, facts: Facts) -> Found:
    """Return the day on which an event is due, counted from a trigger that fell on `day` in the court's zone. Raises LawRefused."""
    if event.unit == "stated":
        return _stated(event, facts)
    if event.unit == "serve_by":
        return _serve_by(rules, event, day, facts)
    backward = event.direction == "before"
    closed = closed_for(rules, forward=not backward, policies=facts.policies, closures=_closures(facts, filing_only=False))
    if event.unit == "hours":
        return _hours(rules, event, trigger, closed)
    trail = Trail(day, closed, backward=backward)
    {
        "days": _days,
        "earlier": _days,
        "court_days": _court_days,
        "gap": _gap,
        "toward_trial": _toward_trial,
    }[event.unit](rules, event, facts.method, trail)
    if event.unit == "earlier" and facts.stated is not None:
        return _earlier(event, facts, trail)
    found = Found(trail.day, trail.steps, closed)
    if event.unit == "earlier":
        found.notes = (f"It was not said when {event.stated} is; if that comes earlier, it governs.",)
    if event.filing:
        _reach_the_clerk(rules, facts, found, back=found.due < day)
    if event.unit == "court_days" and backward:
        found.readings = _conservative(closed, found.due)
    return found


def _days(rules: RuleSet, event: Event, method: ServiceMethod, trail: Trail) -> None:
    """Calendar days, or open days alone for short periods; the method's days in the rule set's order; an end on an open day."""
    count = rules.count
    if event.period < count.short_below:
        trail.open_days(event.period, count.short_rule)
    else:
        trail.days(event.period, count.rule)
    if event.direction == "before":
        trail.roll(count.backward_rule, RUNS_BACK)
        return
    if count.order == "roll-add-roll":
        trail.roll(count.roll_rule, RUNS_ON)
    if event.service_extends and method.add:
        _add(trail, method.add, method.unit, method, count.order_rule)
    trail.roll(count.roll_rule, RUNS_ON)


def _court_days(rules: RuleSet, event: Event, method: ServiceMethod, trail: Trail) -> None:
    """Court days; back from a hearing the extension is counted further back from the day found (CCP 12c(b))."""
    trail.open_days(event.period, event.rule or rules.count.rule)
    backward = event.direction == "before"
    number, unit = (method.before_add, method.before_unit) if backward else (method.add, method.unit)
    if event.service_extends and number:
        _add(trail, number, unit, method, rules.count.order_rule)
    if not backward:
        trail.roll(rules.count.roll_rule, RUNS_ON)


def _gap(rules: RuleSet, event: Event, method: ServiceMethod, trail: Trail) -> None:
    """A minimum gap: the earliest or latest day, closed or not."""
    trail.days(event.period, event.rule or rules.count.rule)
    if event.service_extends and method.add:
        _add(trail, method.add, method.unit, method, rules.count.order_rule)
    found = trail.closed.reason(trail.day)
    if found is not None:
        trail.note(f"{found.name}, and yet the day: a minimum gap is not moved", event.rule)


def _toward_trial(rules: RuleSet, event: Event, method: ServiceMethod, trail: Trail) -> None:
    """Counted back from trial, and moved toward it from a closed day."""
    del method
    trail.sign = -ONE
    trail.days(event.period, event.rule or rules.count.rule)
    trail.roll_toward(rules.count.toward_trial_rule, TOWARD_TRIAL)


def _add(trail: Trail, number: int, unit: str, method: ServiceMethod, order_rule: str) -> None:
    why = f"added for service by {method.label[:1].lower()}{method.label[1:]}"
    rule = "; ".join(part for part in (method.rule, order_rule) if part)
    if unit == "court_days":
        trail.add_open_days(number, why, rule)
    else:
        trail.add_days(number, why, rule)


def _hours(rules: RuleSet, event: Event, trigger: date | datetime, closed: ClosedDays) -> Found:
    if not isinstance(trigger, datetime):
        raise BadTrigger(_("A period in hours runs from a moment: give date and hour, such as 2026-03-06T10:00."))
    back = event.direction == "before"
    roll_rule = rules.count.backward_rule if back else rules.count.roll_rule
    end, steps = hours_from(trigger, event.period, closed, rules.count.hours_rule, roll_rule, backward=back)
    return Found(end.date(), steps, closed, at=end)


def _earlier(event: Event, facts: Facts, trail: Trail) -> Found:
    """The computed day, or the stated date when that comes first."""
    assert facts.stated is not None
    stated = day_of(facts.stated)
    at = facts.stated if isinstance(facts.stated, datetime) else None
    computed = trail.day
    if stated < computed:
        trail.steps = [step for step in trail.steps if step.day <= stated]
        trail.note(
            f"{event.stated} comes before {written(computed)}, where the count would end: the earlier governs",
            event.rule,
            stated,
        )
        return Found(stated, trail.steps, trail.closed, at=at)
    if stated == computed:
        hour = f" at {at:%H:%M}" if at else ""
        trail.note(f"{event.stated}{hour} falls on the same day: be done before it", event.rule, stated)
        return Found(computed, trail.steps, trail.closed, at=at)
    trail.note(f"{event.stated} ({written(stated)}) comes later: the earlier governs", event.rule)
    return Found(computed, trail.steps, trail.closed)


def _stated(event: Event, facts: Facts) -> Found:
    if facts.stated is None:
        raise MissingFact(_("%(label)s is a stated date: say which."), label=event.label)
    at = facts.stated if isinstance(facts.stated, datetime) else None
    day = day_of(facts.stated)
    return Found(
        day, [Step(day, NOTED, 0, f"{event.stated}: stated, so it stands and is never recomputed", event.rule)], None, at=at
    )


def _serve_by(rules: RuleSet, event: Event, day: date, facts: Facts) -> Found:
    """The last day to serve so that the answer is due by the cut-off: by search over the forward count, never by arithmetic."""
    if event.base == event.id:  # a bare count of so many days, which no rule names
        base = replace(event, unit="days", base="", direction="after", service_extends=True)
    else:
        base = rules.event(event.base, day)
    closed = closed_for(rules, forward=True, policies=facts.policies, closures=_closures(facts, filing_only=False))

    def answer_due(served: date) -> Trail:
        trail = Trail(served, closed)
        _days(rules, base, facts.method, trail)
        return trail

    served = day - timedelta(days=base.period)
    for _turn in range(SEARCH):
        trail = answer_due(served)
        if trail.day <= day:
            break
        served -= ONE
    else:
        raise MissingFact(_("No day was found on which service would be early enough."))
    later = answer_due(served + ONE)
    steps = [
        Step(served, NOTED, 0, f"served on this day, the answer falls due on {written(trail.day)}, by the cut-off", event.rule),
        *trail.steps,
        Step(
            later.start,
            NOTED,
            0,
            f"served a day later, it would fall due on {written(later.day)}, after the cut-off of {written(day)}",
            event.rule,
        ),
    ]
    return Found(served, steps, closed)


def _reach_the_clerk(rules: RuleSet, facts: Facts, found: Found, *, back: bool) -> None:
    """Move a day for filing forward while the clerk's office cannot be reached, even after a backward count: 6(a)(3).

    After a backward count these days are given back, so that the trail still adds up to the days before the trigger.
    """
    unreachable = {one.day: one for one in facts.closures if one.filing_only}
    if found.due not in unreachable:
        return
    closed = closed_for(rules, forward=True, policies=facts.policies, closures=_closures(facts, filing_only=False))
    rule = rules.count.filing_rule
    found.steps.append(Step(found.due, NOTED, 0, unreachable[found.due].name, rule))
    while True:
        found.due += ONE
        reason = closed.reason(found.due)
        if reason is None and found.due not in unreachable:
            kind = RETURNED if back else ADDED
            found.steps.append(Step(found.due, kind, 0, "the first accessible day that is not closed", rule))
            return
        why = reason.name if reason else unreachable[found.due].name
        found.steps.append(Step(found.due, RETURNED if back else SKIPPED, 0, why, reason.rule if reason else rule))


def _conservative(closed: ClosedDays, due: date) -> tuple[Reading, ...]:
    """Offer the court day before, when a count back from a hearing ends on a closed day: the safe course."""
    reason = closed.reason(due)
    if reason is None:
        return ()
    day = due
    while closed.reason(day) is not None:
        day -= ONE
    why = f"the count ends on a {reason.name}; whoever acts a court day before is in time by every reading"
    return (Reading("the court day before", day, why, reason.rule),)


def _closures(facts: Facts, *, filing_only: bool) -> tuple[Closure, ...]:
    return tuple(one for one in facts.closures if one.filing_only == filing_only)
