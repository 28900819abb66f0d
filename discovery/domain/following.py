"""Which deadlines follow from the facts of a case, what is stored, and what would move. `follow` is part of the verbs that record.

A worked story: Meta was served on June 18. `serve` writes the service and asks `follow`, which adds three deadlines: objections,
compliance and privilege log on July 2. Two days later the proof shows June 20. Who corrects the service is shown the table "July 2
-> July 3" (the fourteenth day was a Friday before the holiday ...) and accepts it with a reason; until then nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.counting import CourtLaw, kept
from discovery.domain.errors import Refused
from discovery.domain.ladder import next_rung
from discovery.enums import Basis, DeadlineKind, DeadlineState, DemandStatus, ScheduleKind
from discovery.law.derivations import Derivation
from discovery.law.refusals import LawRefused
from discovery.law.rulesets import Event
from discovery.models import Case, CaseParty, Deadline, Demand, Order, Response, ScheduleEntry, Service

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PINNED = (Basis.ORDERED.value, Basis.BY_HAND.value)
"""What a judge wrote or a person entered is never recomputed (law 4)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A deadline that the facts ask for: its date with the derivation, or why the law gives none."""

    key: str
    event: str
    kind: str
    title: str
    ours: bool
    demand: Demand | None
    basis: str
    derivation: Derivation | None
    refusal: LawRefused | None = None
    rule_day: date | None = None
    """What the rule alone gives, where an extension lies over it."""


@dataclass(frozen=True, slots=True)
class Move:
    """A stored deadline that the facts now give another date, or none: `wanted` is None when nothing asks for it any more."""

    deadline: Deadline
    wanted: Wanted | None

    @property
    def old(self) -> date | None:
        """The day that is stored."""
        return self.deadline.due_on

    @property
    def new(self) -> date | None:
        """The day that the facts give now."""
        return self.wanted.derivation.due_on if self.wanted and self.wanted.derivation else None


@dataclass(frozen=True, slots=True)
class Moving:
    """A person's word that dates may move: the reason, and the fingerprint of the table that was shown."""

    reason: str
    seen: str


class MovesToAccept(Refused):
    """Recorded dates would move. The screen shows old and new and asks once; the act is then tried again with a Moving."""

    def __init__(self, moves: list[Move]) -> None:
        super().__init__(_("Dates would move. Look at the table, give the reason, and save again."), field="moving_reason")
        self.moves = moves
        self.fingerprint = fingerprint(moves)


@dataclass(slots=True)
class Plan:
    """What `follow` would do."""

    new: list[Wanted]
    moves: list[Move]
    quiet: list[tuple[Deadline, Wanted | None]]
    """Stored deadlines whose day stays: their trail or title is brought up to date, or a date comes where there was none.

    None for a task without a date that nothing asks for any more.
    """


def follow(case: Case, *, by: User, moving: Moving | None = None, now: datetime | None = None) -> dict[str, Any]:
    """Bring the case's deadlines up to its facts and return what changed, for the event of the verb that calls.

    New ones are added. Raises MovesToAccept when recorded dates would move and nobody has accepted exactly that table, Refused
    when the reason is missing. A move that is proposed already (`recompute`) waits for its own decision and holds nobody up.
    """
    now = now or timezone.now()
    law = CourtLaw(case.court)
    plan = plan_for(case, law)
    plan.moves = [move for move in plan.moves if move.deadline.proposed_derivation != proposal_of(move)]
    if plan.moves:
        if moving is None or moving.seen != fingerprint(plan.moves):
            raise MovesToAccept(plan.moves)
        if not moving.reason.strip():
            refusal = MovesToAccept(plan.moves)
            refusal.args = (_("Say why the dates move; the reason stays on record."),)
            raise refusal
    told: dict[str, Any] = {"dates_added": add(case, plan.new, by=by, now=now)}
    if plan.moves:
        told["dates_moved"] = [apply(move, by=by, now=now) for move in plan.moves]
        told["moved_because"] = moving.reason.strip() if moving else ""
    for deadline, wanted in plan.quiet:
        refresh(deadline, wanted, now=now)
    Case.objects.filter(pk=case.pk).update(dates_stamp=law.stamp())
    return {name: value for name, value in told.items() if value}


def proposal_of(move: Move) -> dict[str, Any]:
    """Return what is stored as proposed: the derivation of another date, why the law gives none, or that nothing is due."""
    if move.wanted is None:
        return {"void": True}
    if move.wanted.derivation is None:
        assert move.wanted.refusal is not None
        return {"refusal": kept(move.wanted.refusal)}
    return move.wanted.derivation.to_data()


def plan_for(case: Case, law: CourtLaw | None = None) -> Plan:
    """Return what the facts ask for beside what is stored (a fixed number of queries)."""
    law = law or CourtLaw(case.court)
    stored = {
        one.key: one for one in case.deadlines.select_related("demand__responding_party__person").prefetch_related("extensions")
    }
    plan = Plan([], [], [])
    for wanted in wanted_of(case, law):
        deadline = stored.pop(wanted.key, None)
        if deadline is None:
            plan.new.append(wanted)
        else:
            _compare(deadline, _extended(deadline, wanted, law), plan)
    for deadline in stored.values():
        by_hand = deadline.basis == Basis.BY_HAND or deadline.key.startswith("hand:")  # entered by hand, then set by the court
        if by_hand or deadline.state != DeadlineState.OPEN:
            continue
        if deadline.due_on is None:
            plan.quiet.append((deadline, None))
        else:
            plan.moves.append(Move(deadline, None))
    return plan


def _compare(deadline: Deadline, wanted: Wanted, plan: Plan) -> None:
    new = wanted.derivation
    if deadline.basis in PINNED:
        return
    if deadline.state == DeadlineState.VOID or (deadline.due_on is None and not _same_refusal(deadline, wanted)):
        plan.quiet.append((deadline, wanted))
    elif deadline.due_on is None:
        return
    elif new is None or (new.due_on, new.due_at) != (deadline.due_on, _at_zone(deadline.due_at, new)):
        plan.moves.append(Move(deadline, wanted))
    elif deadline.derivation != new.to_data() or deadline.title != wanted.title or deadline.proposed_derivation is not None:
        plan.quiet.append((deadline, wanted))


def _same_refusal(deadline: Deadline, wanted: Wanted) -> bool:
    """Whether a task without a date has none still, for the same reason."""
    return wanted.refusal is not None and (deadline.refusal, deadline.title) == (kept(wanted.refusal), wanted.title)


def _at_zone(moment: datetime | None, derivation: Derivation) -> datetime | None:
    """Return a stored moment in the derivation's zone: equal moments are equal whatever zone they are written in."""
    return moment.astimezone(derivation.due_at.tzinfo) if moment and derivation.due_at else moment


def _extended(deadline: Deadline, wanted: Wanted, law: CourtLaw) -> Wanted:
    """Return what is wanted with the deadline's agreements laid over it, in the order in which they came into force."""
    if wanted.derivation is None:
        return wanted
    derivation, extended = wanted.derivation, False
    try:
        for extension in sorted(deadline.extensions.all(), key=lambda one: (one.recorded_at, one.pk)):
            if extension.in_force:
                derivation, extended = law.extended(derivation, extension), True
    except LawRefused as refusal:
        return replace(wanted, derivation=None, refusal=refusal)
    if not extended:
        return wanted
    return replace(wanted, derivation=derivation, basis=Basis.EXTENDED.value, rule_day=wanted.derivation.due_on)


# What the facts ask for ------------------------------------------------------------------------------------------------


def wanted_of(case: Case, law: CourtLaw) -> Iterator[Wanted]:
    """Yield the deadlines that the services, responses, orders and schedule of a case ask for (6 queries)."""
    clients = set(CaseParty.objects.filter(case=case, is_client=True).values_list("person_id", flat=True))
    demand_rows = "demand__subpoena", "demand__responding_party__person"
    live = {"demand__case": case, "demand__status": DemandStatus.SERVED.value}
    for service in Service.objects.filter(superseded=False, **live).select_related(*demand_rows).order_by("pk"):
        stated = _time_for_compliance(service.demand)
        yield from _from_fact(
            law, f"service:{service.demand_id}", "service", service.served_on, clients, service.demand, service.method, stated
        )
    answered = Response.objects.filter(**live).select_related(*demand_rows).order_by("pk")
    for response in answered:
        key = f"response:{response.pk}"
        yield from _from_fact(law, key, "response", response.served_on, clients, response.demand, response.method, None)
    for order in case.orders.select_related("demand__responding_party__person").order_by("pk"):
        yield from _from_order(law, order)
    for entry in case.schedule.order_by("pk"):
        yield from _from_schedule(law, entry)


def _time_for_compliance(demand: Demand) -> datetime | date | None:
    subpoena = getattr(demand, "subpoena", None)
    if subpoena is None:
        return None
    moment: datetime | date | None = subpoena.compliance_at() or subpoena.compliance_date
    return moment


def _from_fact(
    law: CourtLaw,
    key: str,
    trigger: str,
    day: date,
    clients: set[int],
    demand: Demand,
    method: str,
    stated: datetime | date | None,
) -> Iterator[Wanted]:
    """Yield what follows from a service or a response, or the refusal to compute it."""
    responder_is_ours = demand.responding_party.person_id in clients
    rules = law.known_rules
    if rules is None:
        yield _without_rules(law, key, DATES_OF[trigger], demand)
        return
    for event in rules.events_after(trigger, day, demand.kind):
        if not event.task or (event.unit == "stated" and stated is None):
            continue
        ours = {"responder": responder_is_ours, "propounder": not responder_is_ours}.get(event.by, True)
        yield _computed(law, f"{key}:{event.id}", event, day, ours, demand, method, stated)


DATES_OF = {
    "service": "Dates that follow from service",
    "response": "Dates that follow from the response",
    "order": "Dates that follow from the order",
    "schedule": "Dates that follow from the schedule",
}
"""What a deadline without a rule set is called: a task for a person, not a date."""


def _without_rules(law: CourtLaw, key: str, title: str, demand: Demand | None) -> Wanted:
    kind = DeadlineKind.OTHER.value
    return Wanted(f"{key}:none", "", kind, title, True, demand, Basis.COMPUTED.value, None, law.refusal())


def _computed(
    law: CourtLaw,
    key: str,
    event: Event,
    day: date,
    ours: bool,
    demand: Demand | None,
    method: str,
    stated: datetime | date | None,
) -> Wanted:
    basis = Basis.STATED if event.unit == "stated" else Basis.COMPUTED
    try:
        derivation = law.compute(event, day, method=method, stated=stated)
    except LawRefused as refusal:
        return Wanted(key, event.id, event.task, event.label, ours, demand, basis.value, None, refusal)
    return Wanted(key, event.id, event.task, event.label, ours, demand, basis.value, derivation)


def _from_order(law: CourtLaw, order: Order) -> Iterator[Wanted]:
    served = order.served_on or order.entered_on
    key = f"order:{order.pk}"
    if order.comply_by is not None:
        day: date | datetime = order.comply_by
        if order.comply_time is not None:
            day = datetime.combine(order.comply_by, order.comply_time, law.court.zone)
        label = order.commands or f"Comply with the order: {order.title}"
        yield _stated(
            law, f"{key}:comply", DeadlineKind.ORDER_COMPLIANCE, label[:200], order.binds_us, order.demand, day, str(order)
        )
    if not order.by_magistrate:
        return
    rules = law.known_rules
    if rules is None:
        yield _without_rules(law, key, DATES_OF["order"], order.demand)
        return
    for event in rules.events_after("order", served):
        if event.task:
            yield _computed(law, f"{key}:{event.id}", event, served, True, order.demand, order.method, None)


def _stated(
    law: CourtLaw,
    key: str,
    kind: DeadlineKind,
    title: str,
    ours: bool,
    demand: Demand | None,
    day: date | datetime,
    source: str,
) -> Wanted:
    derivation = law.fixed(day, label=title, source=source)
    return Wanted(key, "court-date", kind.value, title, ours, demand, Basis.STATED.value, derivation)


TASKS_OF_THE_COURT = {
    ScheduleKind.PRIVILEGE_LOGS.value: DeadlineKind.PRIVILEGE_LOG,
    ScheduleKind.RULE_26F.value: DeadlineKind.OTHER,
}
"""Dates of the court's schedule on which something must be done; the others bound what may be done."""


def _from_schedule(law: CourtLaw, entry: ScheduleEntry) -> Iterator[Wanted]:
    """Yield the date that the court set, as it stands, and what is counted from it."""
    key = f"schedule:{entry.pk}"
    title = entry.kind_in_english() + (f", {entry.phase}" if entry.phase else "")
    kind = TASKS_OF_THE_COURT.get(entry.kind, DeadlineKind.COURT_DATE)
    yield _stated(law, f"{key}:date", kind, title, True, None, entry.day, entry.source or "order of the court")
    rules = law.known_rules
    if rules is None:
        yield _without_rules(law, key, DATES_OF["schedule"], None)
        return
    for event in rules.events_after(f"schedule:{entry.kind}", entry.day):
        if event.task:
            yield _computed(law, f"{key}:{event.id}", event, entry.day, True, None, "none", None)


# Writing what was planned ------------------------------------------------------------------------------------------------


def add(case: Case, new: list[Wanted], *, by: User, now: datetime) -> list[str]:
    """Write new deadlines and return them as the record of events tells them."""
    rows = []
    for wanted in new:
        row = Deadline(case=case, key=wanted.key, set_by=by)
        _fill(row, wanted, now)
        rows.append(row)
    Deadline.objects.bulk_create(rows)
    return [f"{row.title}: {row.due_on or 'no date'}" for row in rows]


def apply(move: Move, *, by: User, now: datetime) -> dict[str, str]:
    """Write one accepted move and return it for the record: a second person has to confirm the new date anew."""
    row, was = move.deadline, {"date": row_words(move.deadline), "confirmed": str(move.deadline.confirmed_by or "")}
    _fill_or_void(row, move.wanted, now)
    row.set_by, row.confirmed_by, row.confirmed_at = by, None, None
    _write(row, now)
    return {"what": row.title, "old": was["date"], "new": str(move.new or "none"), "confirmed_before": was["confirmed"]}


def row_words(row: Deadline) -> str:
    """Return a stored day for the record."""
    return str(row.due_on or "none")


def refresh(row: Deadline, wanted: Wanted | None, *, now: datetime) -> None:
    """Bring a deadline's trail up to date where no date moves; one that was void or had no date is open again."""
    if row.state == DeadlineState.VOID:
        row.state = DeadlineState.OPEN.value
    _fill_or_void(row, wanted, now)
    _write(row, now)


def _write(row: Deadline, now: datetime) -> None:
    row.revision += 1
    row.changed_at = now
    row.proposed_on, row.proposed_derivation, row.proposed_because = None, None, ""
    row.save()


def _fill_or_void(row: Deadline, wanted: Wanted | None, now: datetime) -> None:
    if wanted is None:
        row.state, row.next_reminder_at = DeadlineState.VOID.value, None
    else:
        _fill(row, wanted, now)


def _fill(row: Deadline, wanted: Wanted, now: datetime) -> None:
    """Write what is wanted into a row; it is not saved."""
    derivation = wanted.derivation
    row.demand, row.event, row.kind, row.ours = wanted.demand, wanted.event, wanted.kind, wanted.ours
    row.title, row.basis = wanted.title, wanted.basis
    row.zone = row.case.court.time_zone
    if derivation is None:
        assert wanted.refusal is not None
        row.refusal, row.due_on, row.due_at, row.derivation = kept(wanted.refusal), None, None, None
        row.computed_on, row.next_reminder_at = None, None
        return
    put_date(row, derivation, now)
    row.computed_on = wanted.rule_day or derivation.due_on
    row.consequence, row.red = derivation.consequence, derivation.red


def put_date(row: Deadline, derivation: Derivation, now: datetime) -> None:
    """Write a derivation's date into a row, with the moment of its next reminder; the row is not saved."""
    assert derivation.due_at is not None, "A court has a zone."
    row.next_reminder_at = _next_reminder(row, derivation.due_on, now)
    row.refusal = None
    row.due_on, row.due_at = derivation.due_on, derivation.due_at
    row.by_hour = derivation.due_at.second == 0
    row.derivation = derivation.to_data()


def _next_reminder(row: Deadline, due_on: date, now: datetime) -> datetime | None:
    """Return when to remind of a row that will be due on a day; a reminder that the sweep has not come by for yet is kept."""
    if row.state != DeadlineState.OPEN:
        return None
    if row.due_on == due_on and row.next_reminder_at is not None and row.next_reminder_at <= now:
        return row.next_reminder_at
    rung = next_rung(due_on, row.zone, now)
    return rung[1] if rung else None


def fingerprint(moves: list[Move]) -> str:
    """Return the hash of a table of moves: a person accepts the table that was shown and no other."""
    table = sorted((move.deadline.key, str(move.old), str(move.new)) for move in moves)
    return hashlib.sha256(repr(table).encode()).hexdigest()[:32]


def moving_from(data: Mapping[str, Any]) -> Moving | None:
    """Return what a form says about moving dates: None while no table was shown."""
    seen = str(data.get("moving_seen", ""))
    return Moving(str(data.get("moving_reason", "")), seen) if seen else None
