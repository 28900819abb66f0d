"""Which deadlines the facts of a case ask for: its services, responses, orders and schedule, each held against the rule set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from discovery.domain.dates.counting import CourtLaw
from discovery.enums import Basis, DeadlineKind, DemandStatus, ResponseStatus, ScheduleKind
from discovery.law.derivations import Derivation
from discovery.law.refusals import LawRefused
from discovery.law.rulesets import Event
from discovery.models import Case, CaseParty, Demand, Order, Response, Ruling, ScheduleEntry, Service


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


def wanted_of(case: Case, law: CourtLaw) -> Iterator[Wanted]:
    """Yield the deadlines that the services, responses, orders and schedule of a case ask for (7 queries)."""
    clients = set(CaseParty.objects.filter(case=case, is_client=True).values_list("person_id", flat=True))
    demand_rows = "demand__subpoena", "demand__testimony", "demand__responding_party__person"
    live = {"demand__case": case, "demand__status": DemandStatus.SERVED.value}
    for service in Service.objects.filter(superseded=False, **live).select_related(*demand_rows).order_by("pk"):
        stated = _time_for_compliance(service.demand)
        yield from _from_fact(
            law, f"service:{service.demand_id}", "service", service.served_on, clients, service.demand, service.method, stated
        )
    answered = Response.objects.filter(status=ResponseStatus.SERVED.value, **live).select_related(*demand_rows).order_by("pk")
    for response in answered:
        key = f"response:{response.pk}"
        assert response.served_on is not None, "A served response says when."
        yield from _from_fact(law, key, "response", response.served_on, clients, response.demand, response.method, None)
    dated = Ruling.objects.filter(superseded=False, comply_by__isnull=False).order_by("pk")
    rulings = Prefetch("rulings", dated.select_related("dispute", "row__demand__responding_party__person"), to_attr="dated")
    for order in case.orders.select_related("demand__responding_party__person").prefetch_related(rulings).order_by("pk"):
        yield from _from_order(law, order)
        yield from _from_rulings(law, order, order.dated, clients)
    for entry in case.schedule.order_by("pk"):
        yield from _from_schedule(law, entry)


def _time_for_compliance(demand: Demand) -> datetime | date | None:
    testimony = getattr(demand, "testimony", None)
    if testimony is not None:
        appearance: datetime | date | None = testimony.moment() or testimony.day
        return appearance
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
    testimony = getattr(demand, "testimony", None)
    documents = testimony is not None and testimony.asks_documents
    for event in rules.events_after(trigger, day, demand.kind, documents=documents):
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


def _from_rulings(law: CourtLaw, order: Order, rulings: Iterable[Ruling], clients: set[int]) -> Iterator[Wanted]:
    """Yield the days for compliance that rulings state, one for all requests of a demand that have the same day.

    They stand as the judge wrote them (law 4). The key names the first ruling, so that a corrected day is the same date, moved.
    """
    groups: dict[tuple[int, int | None, date], list[Ruling]] = {}
    for ruling in rulings:
        assert ruling.comply_by is not None, "Those with a day were asked for."
        demand_id = ruling.row.demand_id if ruling.row is not None else None
        groups.setdefault((ruling.dispute_id, demand_id, ruling.comply_by), []).append(ruling)
    for (_dispute, _demand, day), group in groups.items():
        rows = [one.row for one in group if one.row is not None]
        demand = rows[0].demand if rows else order.demand
        what = f"the ruling on No. {', '.join(str(row.number) for row in rows)}" if rows else f"the ruling: {group[0].dispute}"
        # A request is answered by its responding party; an order may say that it is our side that must act.
        ours = order.binds_us or (bool(rows) and rows[0].demand.responding_party.person_id in clients)
        key = f"order:{order.pk}:ruling:{group[0].pk}"
        kind = DeadlineKind.ORDER_COMPLIANCE
        yield _stated(law, key, kind, f"Comply with {what}"[:200], ours, demand, day, str(order))


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
