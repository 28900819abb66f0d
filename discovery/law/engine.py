"""From a fact to a date: one pure function that returns a Derivation or refuses. It reads data files and no clock.

    rules = rule_set("FRCP-CAND")
    compute(rules, "subpoena-objections", date(2025, 6, 18), method="personal", stated=datetime(2025, 7, 2, 17, tzinfo=...))

gives 2025-07-02 with its fourteen days, the rule for each, and the stricter reading of "before".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from discovery.law import packs
from discovery.law.closed_days import Closure
from discovery.law.days import written
from discovery.law.derivations import NOTED, Derivation, Policy, Reading, Step
from discovery.law.refusals import AmbiguousService, BadTrigger, gettext_noop
from discovery.law.rulesets import ALWAYS, FOREVER, Event, RuleSet, ServiceMethod
from discovery.law.walks import NO_SERVICE, Facts, Found, day_of, walk

_ = gettext_noop

_NAIVE = _("%(moment)s has no time zone: say in which zone the clock stood.")


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
    day = day_of(trigger)
    found_event = rules.event(event, day) if isinstance(event, str) else event
    _must_make_sense(found_event, day, stated, today)

    def due(name: str) -> date:
        made = compute(rules, found_event, trigger, method=name, stated=stated, closures=closures, policies=policies, zone=zone)
        return made.due_on

    facts = Facts(_method(rules, day, method, due), stated, closures, policies, zone)
    found = walk(rules, found_event, trigger, day, facts)
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


def fixed(rules: RuleSet | None, day: date | datetime, *, label: str, source: str, zone: str = "") -> Derivation:
    """Return the derivation of a date that a judge or a person set: it stands as it is, closed day or not, never recomputed.

    It needs no rule set; one that is given says when the day ends. Raises BadTrigger for a moment without its zone.
    """
    if isinstance(day, datetime) and day.tzinfo is None:
        raise BadTrigger(_NAIVE, moment=day.isoformat())
    zone = zone or (rules.zone if rules else "")
    on = day.date() if isinstance(day, datetime) else day
    ends = time.fromisoformat(rules.count.day_ends if rules else "23:59:59")
    at = day if isinstance(day, datetime) else datetime.combine(on, ends, ZoneInfo(zone)) if zone else None
    why = "stated, so it stands as it is and is never recomputed"
    return Derivation(
        rule_set=rules.id if rules else "",
        release=packs.release(),
        event="court-date",
        label=label,
        rule=source,
        summary="",
        source=source,
        trigger=day,
        trigger_label="the date as it was set",
        method="",
        method_label="",
        period="stated",
        steps=(Step(on, NOTED, 0, why, source),),
        due_on=on,
        due_at=at,
        zone=zone,
    )


# What goes around the walk ----------------------------------------------------------------------------------------------


M = TypeVar("M", date, datetime, date | datetime, date | datetime | None)


def _in_zone(moment: M, zone: str) -> M:
    """Return a moment on the clock of the court; a plain day stays.

    Raises BadTrigger for a moment without a zone, and for a year far outside of all law here.
    """
    if moment is not None and not ALWAYS <= day_of(moment) <= FOREVER:
        raise BadTrigger(_("%(day)s: no rule set here reaches that year."), day=day_of(moment).isoformat())
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise BadTrigger(_NAIVE, moment=moment.isoformat())
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def _must_make_sense(event: Event, day: date, stated: date | datetime | None, today: date | None) -> None:
    """Refuse what cannot be: a fact that lies ahead, a stated date before its trigger."""
    if today is not None and day > today and not event.future:
        raise BadTrigger(
            _("%(day)s lies in the future: %(trigger)s is recorded when it has happened."),
            day=day.isoformat(),
            trigger=event.trigger_label,
        )
    if stated is not None and event.unit in {"earlier", "stated"} and day_of(stated) < day:
        raise BadTrigger(
            _("%(stated)s, %(what)s, comes before %(day)s, %(trigger)s: one of the two is wrong."),
            stated=day_of(stated).isoformat(),
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
        dates="; ".join(f"{name}: {when.isoformat()}" for name, when in dates.items()),
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
    other = walk(rules, event, trigger, day, replace(facts, policies={**(facts.policies or {}), **switches}))
    if other.due == found.due:
        return found
    days = ", ".join(f"{one.name} ({written(one.day)}; {one.source})" for one in met)
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
        policies=_policies(rules, facts, found, (found.due, day_of(trigger)) if event.unit == "serve_by" else (found.due,)),
        notes=tuple(one for one in (event.service_note if method.id != "none" else "", event.note, *found.notes) if one),
        closings=tuple(found.closed.calendars) if found.closed else (),
    )


def _policies(rules: RuleSet, facts: Facts, found: Found, ends: tuple[date, ...]) -> tuple[Policy, ...]:
    """Return the switches that the count met between its first and last day, with what they changed."""
    if found.closed is None:
        return ()
    settings = {**rules.policies, **(facts.policies or {})}
    if found.steps:  # steps sort by their day
        ends = (*ends, min(found.steps).day, max(found.steps).day)
    first, last = min(ends), max(ends)
    met = [
        Policy(name, settings.get(name, "off"), f"{written(day)}: {effect}")
        for day, (name, effect) in found.closed.settled.items()
        if first <= day <= last
    ]
    met += [
        Policy(one.policy, "ask", f"{written(one.day)}, {one.name}: not settled, both dates are shown where they differ")
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
