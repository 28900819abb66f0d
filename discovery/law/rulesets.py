"""Rule sets: how a court counts, how it lets papers be served, what follows from what, which limits it sets; all of it data.

A rule set extends another ("FRCP-CAND" the "FRCP") and says only what differs. Each rule cites its source and a day by which a
person should look at it again. Another court is one more file in `rulesets/` (docs/law.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from discovery.law import packs
from discovery.law.refusals import UnknownEvent, UnknownRuleSet, UnknownService, gettext_noop

_ = gettext_noop

ORDERS = ("roll-add-roll", "add-roll")
UNITS = ("days", "hours", "court_days", "gap", "toward_trial", "earlier", "serve_by", "stated")
DIRECTIONS = ("after", "before")
SETTINGS = ("off", "on", "ask")
ACTORS = ("responder", "propounder", "both")
ALWAYS, FOREVER = date(1900, 1, 1), date(2200, 1, 1)
LONGEST = 36_525
"""No period is longer than this: a century of days, and a slip of the keyboard beyond it."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How periods are counted, with the rule for each part (the memo cites it beside each day)."""

    rule: str
    roll_rule: str
    backward_rule: str
    order: str
    order_rule: str
    hours_rule: str = ""
    weekend_rule: str = ""
    short_below: int = 0
    """Periods of fewer days than this leave out closed days (Texas: 6; Delaware's Superior Court: 11); 0 for none."""
    short_rule: str = ""
    filing_rule: str = ""
    """What happens when the clerk's office cannot be reached on the last day for filing."""
    toward_trial_rule: str = ""
    day_ends: str = "23:59:59"
    day_ends_rule: str = ""

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"“order” is one of {', '.join(ORDERS)}.")


@dataclass(frozen=True, slots=True)
class Closing:
    """A calendar whose days are closed here; `forward_only` for state holidays under 6(a)(6)(C); `policy` names its switch."""

    calendar: str
    rule: str
    forward_only: bool = False
    policy: str = ""


@dataclass(frozen=True, slots=True)
class ServiceMethod:
    """A way of serving, and what it adds to a period that runs from service; `before_add` when counting back from a hearing."""

    id: str
    label: str
    rule: str
    add: int = 0
    unit: str = "days"
    before_add: int | None = None
    before_unit: str = "days"
    since: date = ALWAYS
    until: date = FOREVER

    def __post_init__(self) -> None:
        if {self.unit, self.before_unit} - {"days", "court_days"}:
            raise ValueError("what service adds is counted in “days” or “court_days”.")


@dataclass(frozen=True, slots=True)
class EventReading:
    """Another reading of an event's rule: so many days from the computed day."""

    label: str
    shift: int
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """What must be done when after which fact: the period of a rule, who must act, and what happens otherwise."""

    id: str
    label: str
    rule: str
    summary: str
    trigger: str
    """The fact that starts it: "service", "response", "order", "schedule:fact_cutoff", or a word for what only a person knows."""
    trigger_label: str
    unit: str
    source: str
    period: int = 0
    direction: str = "after"
    task: str = "other"
    """Which word of `enums.DeadlineKind` it becomes; "" for dates that are only asked for from the shell."""
    by: str = "responder"
    demands: tuple[str, ...] = ()
    with_documents: tuple[str, ...] = ()
    """Kinds of demand for testimony from which it follows too, but only when they command documents as well."""
    service_extends: bool = False
    service_note: str = ""
    future: bool = False
    """Whether the trigger may lie ahead (a hearing, a trial, a cut-off); a service is recorded when it has happened."""
    filing: bool = False
    """Whether it is met by filing, so that an inaccessible clerk's office extends it."""
    stated: str = ""
    """The stated date it depends on ("the time for compliance"), for the units earlier and stated."""
    base: str = ""
    """For serve_by: the event whose answer must fall due by the trigger."""
    consequence: str = ""
    consequence_kind: str = ""
    red: bool = False
    house: bool = False
    """A rule of this house, not of the law: a review that the rules leave without a date."""
    note: str = ""
    reading: tuple[EventReading, ...] = ()
    since: date = ALWAYS
    until: date = FOREVER

    def __post_init__(self) -> None:
        for value, known, name in ((self.unit, UNITS, "unit"), (self.direction, DIRECTIONS, "direction"), (self.by, ACTORS, "by")):
            if value not in known:
                raise ValueError(f"“{name}” is one of {', '.join(known)}.")
        if self.with_documents and not self.demands:
            raise ValueError("“with_documents” adds to “demands”; without these the event follows from every demand.")
        if not 0 <= self.period <= LONGEST:
            raise ValueError(f"“period” runs from 0 to {LONGEST}.")
        if self.unit in {"earlier", "stated"} and not self.stated:
            raise ValueError("an event that depends on a stated date names it in “stated”.")
        if self.unit == "serve_by" and not self.base:
            raise ValueError("“serve_by” names in “base” the event whose answer must be due in time.")

    def follows_from(self, demand: str, *, documents: bool) -> bool:
        """Tell whether it follows from a kind of demand; `documents`: it commands testimony and documents."""
        return not self.demands or demand in self.demands or (documents and demand in self.with_documents)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in numbers: how many, counted how, by whom against whom."""

    id: str
    label: str
    rule: str
    number: int
    counted: str
    source: str
    demands: tuple[str, ...] = ()
    leave: str = ""
    """What lifts it: a stipulation, leave of court, a declaration."""
    since: date = ALWAYS
    until: date = FOREVER


@dataclass(frozen=True, slots=True)
class RuleSetFile:
    """A rule set as its file has it: `extends` fills in what is not said here."""

    id: str
    name: str
    source: str
    review_by: date
    extends: str = ""
    zone: str = ""
    state: str = ""
    circuit: str = ""
    count: Counting | None = None
    closing: tuple[Closing, ...] = ()
    policies: dict[str, str] = field(default_factory=dict)
    service: tuple[ServiceMethod, ...] = ()
    event: tuple[Event, ...] = ()
    limit: tuple[Limit, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for name, setting in self.policies.items():
            if setting not in SETTINGS:
                raise ValueError(f"the switch “{name}” is one of {', '.join(SETTINGS)}.")


class Dated(Protocol):
    """A row that is in force from a day to a day."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date:
        """The last day."""


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set with everything it extends merged in."""

    id: str
    name: str
    chain: tuple[str, ...]
    """The ids from this one to the one it rests on."""
    source: str
    review_by: date
    zone: str
    state: str
    circuit: str
    count: Counting
    closings: tuple[Closing, ...]
    policies: dict[str, str]
    services: tuple[ServiceMethod, ...]
    events: tuple[Event, ...]
    limits: tuple[Limit, ...]

    def method(self, name: str, on: date) -> ServiceMethod:
        """Return a method of service as it was in force on a day. Raises UnknownService, naming those it knows."""
        found = _in_force((one for one in self.services if one.id == name), on)
        if found is None:
            known = ", ".join(one.id for one in self.services if one.since <= on <= one.until)
            raise UnknownService(
                _("%(rule_set)s knows no service by “%(method)s” on %(day)s. It knows: %(known)s."),
                rule_set=self.id,
                method=name,
                day=on.isoformat(),
                known=known,
            )
        return found

    def event(self, name: str, on: date) -> Event:
        """Return an event as it was in force on a day. Raises UnknownEvent, naming those it knows."""
        found = _in_force((one for one in self.events if one.id == name), on)
        if found is None:
            known = ", ".join(dict.fromkeys(one.id for one in self.events))
            raise UnknownEvent(
                _("%(rule_set)s has no event “%(event)s” in force on %(day)s. It has: %(known)s."),
                rule_set=self.id,
                event=name,
                day=on.isoformat(),
                known=known,
            )
        return found

    def events_after(self, trigger: str, on: date, demand: str = "", *, documents: bool = False) -> list[Event]:
        """Return the events in force on a day that a fact starts, for a kind of demand or for none in particular.

        `documents` tells of a demand for testimony that something must be produced with it.
        """
        return [
            one
            for one in self.events
            if one.trigger == trigger and one.since <= on <= one.until and one.follows_from(demand, documents=documents)
        ]

    def limit(self, name: str, on: date) -> Limit | None:
        """Return a limit as it was in force on a day, or None."""
        return _in_force((one for one in self.limits if one.id == name), on)


def _in_force(rows: Iterable[D], on: date) -> D | None:
    return next((one for one in rows if one.since <= on <= one.until), None)


@cache
def rule_set_file(name: str) -> RuleSetFile:
    """Return one file as it stands. Raises UnknownRuleSet, PackError."""
    if name.lower() not in packs.names("rulesets"):
        known = ", ".join(one.upper() for one in packs.names("rulesets"))
        raise UnknownRuleSet(_("There is no rule set “%(name)s”. There are: %(known)s."), name=name or "–", known=known)
    return packs.read(RuleSetFile, packs.text_of("rulesets", name.lower()), f"rulesets/{name.lower()}.toml")


@cache
def rule_set(name: str) -> RuleSet:
    """Return a rule set by its id, with all it extends. Raises UnknownRuleSet, PackError."""
    own = rule_set_file(name)
    below = rule_set(own.extends) if own.extends else None
    if own.count is None and below is None:
        raise packs.PackError(f"rulesets/{name.lower()}.toml", 1, "a rule set that extends nothing says how to count: [count].")
    return merged(own, below)


def merged(own: RuleSetFile, below: RuleSet | None) -> RuleSet:
    """Return a rule set with what it extends; one that extends nothing must say itself how to count."""
    count = own.count or (below.count if below else None)
    assert count is not None, own.id
    return RuleSet(
        id=own.id,
        name=own.name,
        chain=(own.id, *(below.chain if below else ())),
        source=own.source,
        review_by=min(own.review_by, below.review_by) if below else own.review_by,
        zone=own.zone or (below.zone if below else ""),
        state=own.state or (below.state if below else ""),
        circuit=own.circuit or (below.circuit if below else ""),
        count=count,
        closings=_merged(below.closings if below else (), own.closing, "calendar"),
        policies={**(below.policies if below else {}), **own.policies},
        services=_merged(below.services if below else (), own.service, "id"),
        events=_merged(below.events if below else (), own.event, "id"),
        limits=_merged(below.limits if below else (), own.limit, "id"),
    )


R = TypeVar("R")


def _merged(below: tuple[R, ...], own: tuple[R, ...], key: str) -> tuple[R, ...]:
    """Return the rows below, those that are said again here replaced, and the new ones after them."""
    said = {getattr(one, key) for one in own}
    return (*(one for one in below if getattr(one, key) not in said), *own)


def all_rule_sets() -> list[RuleSet]:
    """Return every rule set there is, by id."""
    return [rule_set(name.upper()) for name in packs.names("rulesets")]
