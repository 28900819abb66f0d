"""From a fact to a date: one pure function that returns a Derivation or refuses. It reads data files and no clock.

    rules = rule_set("FRCP-CAND")
    compute(rules, "subpoena-objections", date(2025, 6, 18), method="personal", stated=datetime(2025, 7, 2, 17, tzinfo=...))

gives 2025-07-02 with its fourteen days, the rule for each, and the stricter reading of "before".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from discovery.law import packs
from discovery.law.closed_days import ClosedDays, Closure, closed_for
from discovery.law.counting import ONE, Trail, hours_from
from discovery.law.derivations import ADDED, NOTED, RETURNED, SKIPPED, Derivation, Policy, Reading, Step
from discovery.law.refusals import AmbiguousService, BadTrigger, MissingFact, UnknownService, gettext_noop
from discovery.law.rulesets import ALWAYS, FOREVER, Event, RuleSet, ServiceMethod

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


def compute(
    rules: RuleSet,
    event: str | Event,
    trigger: date | datetime,
    *,
    method: str | Sequence[str] = "none",
    stated: date | datetime | None = None,
    closures: tuple[Closure, ...] = (),
    policies: Mapping[str, str] | None = None,
    zone: str = "",
    today: date | None = None,
) -> Derivation:
    """Return when something is due and how the date came about.

    `event` is an id of the rule set or an Event made for one count; `trigger` the day of the fact (a moment with its zone for
    periods in hours); `method` how the paper was served, several names if a proof of service has several; `stated` the date that
    a paper or a judge states, for events that depend on one; `closures` the court's own closed days; `policies` switches other
    than the rule set's; `zone` the court's, if not the rule set's; `today` the court's day now: a trigger after it is refused
    unless the event counts from a day ahead. Raises a LawRefused of refusals.py, naming what is missing.
    """
    zone = zone or rules.zone
    trigger, stated = _in_zone(trigger, zone), _in_zone(stated, zone)
    day = _day(trigger)
    found_event = rules.event(event, day) if isinstance(event, str) else event
    _must_make_sense(found_event, day, stated, today)

    def due(name: str) -> date:
        made = compute(rules, found_event, trigger, method=name, stated=stated, closures=closures, policies=policies, zone=zone)
        return made.due_on

    facts = Facts(_method(rules, day, method, due), stated, closures, policies, zone)
    found = _walk(rules, found_event, trigger, day, facts)
    found = _both_dates(rules, found_event, trigger, day, facts, found)
    return _dressed(rules, found_event, trigger, facts, found)


def counted(
    number: int, unit: str, *, direction: str = "after", service_extends: bool = False, stated: str = "", base: str = ""
) -> Event:
    """Return an event for a bare count that no rule names: "30 days after the trigger"."""
    return Event(
        id="count",
        label="Count",
        rule="",
        summary="",
        trigger="",
        trigger_label="trigger",
        unit=unit,
        source="",
        period=number,
        direction=direction,
        service_extends=service_extends,
        future=True,
        stated=stated,
        base=base,
    )


def next_accessible(rules: RuleSet, day: date, *, policies: Mapping[str, str] | None = None, zone: str = "") -> Derivation:
    """Return the first day for filing after one on which the clerk's office cannot be reached: forward always, 6(a)(3)."""
    event = replace(counted(0, "days"), filing=True, label="Filing when the clerk’s office is inaccessible")
    closure = Closure(day, "the clerk’s office is inaccessible", rules.count.filing_rule, filing_only=True)
    return compute(rules, event, day, closures=(closure,), policies=policies, zone=zone)


def fixed(rules: RuleSet, day: date | datetime, *, label: str, source: str, zone: str = "", consequence: str = "") -> Derivation:
    """Return the derivation of a date that a judge wrote: it stands as it is, closed day or not, and is never recomputed."""
    event = replace(counted(0, "stated", stated="the date in the order"), id="court-date", label=label, rule=source)
    event = replace(event, consequence=consequence, trigger_label="the order")
    return compute(rules, event, day, stated=day, zone=zone)


# How each unit walks ---------------------------------------------------------------------------------------------------


def _walk(rules: RuleSet, event: Event, trigger: date | datetime, day: date, facts: Facts) -> Found:
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
    stated = _day(facts.stated)
    at = facts.stated if isinstance(facts.stated, datetime) else None
    computed = trail.day
    if stated < computed:
        trail.steps = [step for step in trail.steps if step.day <= stated]
        trail.note(
            f"{event.stated} comes before {computed.isoformat()}, where the count would end: the earlier governs",
            event.rule,
            stated,
        )
        return Found(stated, trail.steps, trail.closed, at=at)
    if stated == computed:
        hour = f" at {at:%H:%M}" if at else ""
        trail.note(f"{event.stated}{hour} falls on the same day: be done before it", event.rule, stated)
        return Found(computed, trail.steps, trail.closed, at=at)
    trail.note(f"{event.stated} ({stated.isoformat()}) comes later: the earlier governs", event.rule)
    return Found(computed, trail.steps, trail.closed)


def _stated(event: Event, facts: Facts) -> Found:
    if facts.stated is None:
        raise MissingFact(_("%(label)s is a stated date: say which."), label=event.label)
    at = facts.stated if isinstance(facts.stated, datetime) else None
    day = _day(facts.stated)
    return Found(
        day, [Step(day, NOTED, 0, f"{event.stated}: stated, so it stands and is never recomputed", event.rule)], None, at=at
    )


def _serve_by(rules: RuleSet, event: Event, day: date, facts: Facts) -> Found:
    """The last day to serve so that the answer is due by the cut-off: by search over the forward count, never by arithmetic."""
    bare = event.base == event.id
    base = counted(event.period, "days", service_extends=True) if bare else rules.event(event.base, day)
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
        Step(served, NOTED, 0, f"served on this day, the answer falls due on {trail.day.isoformat()}, by the cut-off", event.rule),
        *trail.steps,
        Step(
            later.start,
            NOTED,
            0,
            f"served a day later, it would fall due on {later.day.isoformat()}, after the cut-off of {day.isoformat()}",
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


# What goes around the walk ----------------------------------------------------------------------------------------------


def _closures(facts: Facts, *, filing_only: bool) -> tuple[Closure, ...]:
    return tuple(one for one in facts.closures if one.filing_only == filing_only)


M = TypeVar("M", date, datetime, date | datetime, date | datetime | None)


def _in_zone(moment: M, zone: str) -> M:
    """Return a moment on the clock of the court; a plain day stays. Raises BadTrigger for a moment without a zone."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise BadTrigger(_("%(moment)s has no time zone: say in which zone the clock stood."), moment=moment.isoformat())
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _must_make_sense(event: Event, day: date, stated: date | datetime | None, today: date | None) -> None:
    """Refuse what cannot be: a fact that lies ahead, a stated date before its trigger, a year far outside of all law here."""
    if not ALWAYS <= day <= FOREVER:
        raise BadTrigger(_("%(day)s: no rule set here reaches that year."), day=day.isoformat())
    if today is not None and day > today and not event.future:
        raise BadTrigger(
            _("%(day)s lies in the future: %(trigger)s is recorded when it has happened."),
            day=day.isoformat(),
            trigger=event.trigger_label,
        )
    if stated is not None and event.unit in {"earlier", "stated"} and _day(stated) < day:
        raise BadTrigger(
            _("%(stated)s, %(what)s, comes before %(day)s, %(trigger)s: one of the two is wrong."),
            stated=_day(stated).isoformat(),
            what=event.stated,
            day=day.isoformat(),
            trigger=event.trigger_label,
        )


def _method(rules: RuleSet, day: date, method: str | Sequence[str], due: Callable[[str], date]) -> ServiceMethod:
    """Return the one method that counts. Raises UnknownService, and AmbiguousService when several give different dates."""
    wanted = list(dict.fromkeys([method] if isinstance(method, str) else method)) or ["none"]
    known = [NO_SERVICE if name == "none" else rules.method(name, day) for name in wanted]
    if len(known) == 1:
        return known[0]
    dates = {one.id: due(one.id) for one in known}
    if len(set(dates.values())) == 1:
        return known[0]
    raise AmbiguousService(
        _("Several methods stand on one proof and give different dates (%(dates)s). Say which one counts."),
        dates=", ".join(f"{name}: {when.isoformat()}" for name, when in dates.items()),
    )


def _both_dates(rules: RuleSet, event: Event, trigger: date | datetime, day: date, facts: Facts, found: Found) -> Found:
    """When a switch says ask and a day in question lies in the count, count both ways: the earlier date, and both as readings."""
    if found.closed is None or not found.closed.asked:
        return found
    first, last = min(day, found.due), max(day, found.due) + timedelta(days=7)
    met = [one for one in found.closed.asked if first <= one.day <= last]
    if not met:
        return found
    switches = {one.policy: "on" for one in met}
    other = _walk(rules, event, trigger, day, replace(facts, policies={**(facts.policies or {}), **switches}))
    if other.due == found.due:
        return found
    days = ", ".join(f"{one.name} ({one.day.isoformat()}; {one.source})" for one in met)
    rule = next(one.rule for one in rules.closings if one.policy == met[0].policy)
    both = (
        Reading("if it is no legal holiday", found.due, f"not settled: {days}", rule),
        Reading("if it is a legal holiday", other.due, f"not settled: {days}", rule),
    )
    earlier = min(found, other, key=lambda one: one.due)
    earlier.closed = found.closed  # the switch stood on ask, whichever way the earlier date was counted
    earlier.readings = (*earlier.readings, *both)
    return earlier


def _dressed(rules: RuleSet, event: Event, trigger: date | datetime, facts: Facts, found: Found) -> Derivation:
    method = facts.method
    at = found.at
    if at is None and facts.zone:
        at = datetime.combine(found.due, time.fromisoformat(rules.count.day_ends), ZoneInfo(facts.zone))
    readings = tuple(Reading(one.label, found.due + timedelta(days=one.shift), one.why, one.rule) for one in event.reading)
    return Derivation(
        rule_set=rules.id,
        release=packs.release(),
        event=event.id,
        label=event.label,
        rule=event.rule,
        summary=event.summary,
        source=event.source or rules.source,
        trigger=trigger,
        trigger_label=event.trigger_label,
        method=method.id if method.id != "none" else "",
        method_label=method.label,
        period=period_words(event),
        steps=tuple(found.steps),
        due_on=found.due,
        due_at=at,
        zone=facts.zone,
        consequence=event.consequence,
        consequence_kind=event.consequence_kind,
        red=event.red,
        readings=(*readings, *found.readings),
        policies=_policies(rules, facts, found),
        notes=tuple(one for one in (event.service_note if method.id != "none" else "", event.note, *found.notes) if one),
        closings=tuple(found.closed.calendars) if found.closed else (),
    )


def _policies(rules: RuleSet, facts: Facts, found: Found) -> tuple[Policy, ...]:
    """Return the switches that the count met, with what they changed."""
    if found.closed is None:
        return ()
    settings = {**rules.policies, **(facts.policies or {})}
    days = [found.due, *(step.day for step in found.steps if step.kind != NOTED)]
    first, last = min(days), max(days)
    met = [
        Policy(name, settings.get(name, "off"), f"{day.isoformat()}: {effect}")
        for day, (name, effect) in found.closed.settled.items()
        if first <= day <= last
    ]
    met += [
        Policy(one.policy, "ask", f"{one.day.isoformat()}, {one.name}: not settled, both dates are shown where they differ")
        for one in found.closed.asked
        if first <= one.day <= last
    ]
    return tuple(met)


def period_words(event: Event) -> str:
    """Return a period as the rule puts it: "30 days after", "14 days after, or the time for compliance if that is earlier"."""
    units = {"days": "day", "earlier": "day", "gap": "day", "toward_trial": "day", "court_days": "court day", "hours": "hour"}
    if event.unit == "stated":
        return event.stated
    if event.unit == "serve_by":
        return "the last day on which service makes the answer due in time"
    many = "s" if event.period != 1 else ""
    direction = "before" if event.unit == "toward_trial" else event.direction
    words = f"{event.period} {units[event.unit]}{many} {direction}"
    return f"{words}, or {event.stated} if that is earlier" if event.unit == "earlier" else words


def must_know(rules: RuleSet, method: str, on: date) -> ServiceMethod:
    """Return a method of service, "none" included. Raises UnknownService."""
    if not method:
        raise UnknownService(_("Say how it was served."))
    return NO_SERVICE if method == "none" else rules.method(method, on)
