"""Serving: recording that a demand was served, correcting that record, and logging a set that went out or came in on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.content import freeze
from discovery.domain.dates.counting import CourtLaw, in_words
from discovery.domain.dates.following import Moving, follow
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.rows import open_rows
from discovery.domain.service.service_list import freeze_list
from discovery.domain.sets import NewText, append_texts, write_set
from discovery.domain.transitions import move
from discovery.enums import SUBPOENAS, WITH_PAGE, Act, DemandKind, DemandStatus, ResponseStatus
from discovery.law.refusals import LawRefused
from discovery.models import (
    Conferral,
    Demand,
    Narrowing,
    Person,
    Request,
    RequestSet,
    RespondingParty,
    Response,
    Service,
    Subpoena,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

FEE_FIELDS = ["attendance_fee", "miles", "mileage_fee", "travel_fee", "service_fee"]
SERVICE_FIELDS = [
    *("served_on", "served_time", "method", "person_served", "agent", "place", "server", "server_address", "received_on"),
    *FEE_FIELDS,
    *("proof", "without_notice", "note"),
]


@verb
def serve(
    demand: Demand,
    service: Service,
    *,
    by: User,
    upload: Upload | None = None,
    methods: Iterable[str] = (),
    moving: Moving | None = None,
) -> Service:
    """Record that an approved demand was served; its dates follow. Returns the service.

    `methods` are all that the proof names, when more than one: they must give the same dates, or a person says which counts.
    A demand that was served before is served again: the clock then runs from the new service. Raises Refused for an unapproved
    demand, a day ahead or before issue, a method the court's rules do not know, a subpoena without earlier notice to the parties
    and no reason for that (Rule 45(a)(4)); MovesToAccept when dates of an earlier service would move. The service list is
    frozen with it, from the appearances as they stand.
    """
    locked = lock_demand(demand)
    law = CourtLaw(locked.case.court)
    if locked.status == DemandStatus.SUPERSEDED:
        raise Refused(_("This paper was replaced by a corrected one. Have that one approved, and serve it."))
    if locked.status not in {DemandStatus.APPROVED, DemandStatus.SERVED}:
        raise Refused(
            _("Only an approved paper is served. Have it approved first; now it is “%(now)s”.")
            % {"now": locked.get_status_display()}
        )
    service.demand = locked
    _must_fit(service, law, methods)
    _must_follow_notice(locked, service)
    earlier = Service.objects.filter(demand=locked).order_by("-number").first()
    service.number = earlier.number + 1 if earlier else 1
    Service.objects.filter(demand=locked, superseded=False).update(superseded=True)
    _write(service, by=by, upload=upload)
    freeze_list(service)
    if locked.status == DemandStatus.APPROVED:
        move(locked, DemandStatus.SERVED, source=DemandStatus.APPROVED)
    open_rows(locked)
    told = follow(locked.case, by=by, moving=moving)
    _record(Act.SERVED, locked, service, by=by, told=told)
    demand.refresh_from_db()
    return service


@verb
def correct_service(
    service: Service,
    *,
    by: User,
    revision: int | None,
    upload: Upload | None = None,
    methods: Iterable[str] = (),
    moving: Moving | None = None,
) -> Service:
    """Mend the record of a service (a wrong day, a missing proof). Raises as `serve` does, Conflict, and Refused for a day after
    a response, a conference or a narrower text that is on record: nothing answers what was not served yet.

    The service itself happened once and cannot change; what was written before stays in the event.
    """
    locked = lock_demand(service.demand)
    stored = Service.objects.get(pk=service.pk)  # read under the lock: a newer service may have superseded it meanwhile
    service.demand = locked
    if locked.status != DemandStatus.SERVED or stored.superseded:
        raise Refused(_("This service was superseded; the record of the newer one counts."))
    _must_fit(service, CourtLaw(locked.case.court), methods)
    _must_follow_notice(locked, service)
    _must_come_before_answers(locked, service)
    claim_revision(service, revision)
    before = {name: getattr(stored, name) for name in SERVICE_FIELDS}
    _attach(service, by=by, upload=upload)
    service.save(update_fields=SERVICE_FIELDS)
    changed = {name: [str(old), str(getattr(service, name))] for name, old in before.items() if old != getattr(service, name)}
    told = follow(locked.case, by=by, moving=moving)
    _record(Act.SERVICE_CHANGED, locked, service, by=by, told={"changed": changed, **told})
    return service


@verb
def log_served_set(
    request_set: RequestSet,
    recipients: Iterable[Person],
    kind: DemandKind,
    service: Service,
    *,
    by: User,
    texts: Iterable[NewText] = (),
    upload: Upload | None = None,
    methods: Iterable[str] = (),
    moving: Moving | None = None,
) -> list[Demand]:
    """Record a party set that was served on a paper made elsewhere, ours or theirs, and start its clocks (product.md, task 2).

    One frozen text, a demand for each recipient with its own clock. Raises Refused for no recipient, a recipient who propounds
    it, a set already recorded, and as `serve` does; MovesToAccept when other dates of the case would move by the way.
    """
    case = request_set.case
    people = list(recipients)
    if not people:
        raise Refused(_("Choose at least one responding party."), field="recipients")
    if kind in WITH_PAGE:
        raise Refused(_("This is drafted and approved here, then recorded as served on its own page."), field="kind")
    members = set(request_set.propounded_by.members.values_list("person_id", flat=True))
    for person in people:
        if person.pk in members:
            raise Refused(_("%(name)s belongs to those who ask.") % {"name": person}, field="recipients")
    law = CourtLaw(case.court)
    _must_fit(service, law, methods, kind=kind.value)
    write_set(request_set, by=by, start_from=None, clauses=())
    append_texts(request_set, Request, texts)
    version = freeze(request_set, by=by)
    demands = []
    for person in people:
        responder, _made = RespondingParty.objects.get_or_create(case=case, person=person)
        demand = Demand(
            case=case,
            request_set=request_set,
            responding_party=responder,
            kind=kind.value,
            status=DemandStatus.SERVED.value,
            approved_version=version,
        )
        demand.save()
        one = Service(**{name: getattr(service, name) for name in SERVICE_FIELDS}, demand=demand)
        _write(one, by=by, upload=upload)
        freeze_list(one)
        open_rows(demand)
        upload, service.proof = None, one.proof
        demands.append(demand)
    told = follow(case, by=by, moving=moving)
    names = [str(demand.responding_party) for demand in demands]
    summary = f"{kind.label}: {request_set.name}"
    details = {"to": names, "served_on": str(service.served_on), "method": service.method, **told}
    record(
        Act.SET_LOGGED, request_set, case=case, by=by, summary=summary, details=details, happened_at=noon(service.served_on, law)
    )
    return demands


def must_be_past(day: date, law: CourtLaw, field: str) -> None:
    """Raise Refused for a day that has not come yet at the court: what is recorded has happened."""
    if day > law.today():
        raise Refused(_("This day lies ahead. Record it when it has happened."), field=field)


def must_be_issued(subpoena: Subpoena, day: date, field: str) -> None:
    """Raise Refused for a day before the subpoena was issued: nobody could have served it (law/rules.md section 4, check 5)."""
    if subpoena.issue_date is not None and day < subpoena.issue_date:
        raise Refused(
            _("The subpoena was issued on %(day)s; it cannot have been served before.")
            % {"day": formats.date_format(subpoena.issue_date)},
            field=field,
        )


def must_know_method(method: str, day: date, law: CourtLaw, field: str = "method") -> None:
    """Raise Refused for a method that the court's rule set does not know; without a rule set any name is kept."""
    try:
        rules = law.rules
    except LawRefused:
        return
    try:
        rules.method(method, day)
    except LawRefused as refusal:
        raise Refused(in_words(refusal), field=field) from refusal


def noon(day: date, law: CourtLaw, hour: time | None = None) -> datetime:
    """Return a moment for the record of a fact of which only the day is known; never after now."""
    moment = datetime.combine(day, hour or time(12), law.court.zone)
    return min(moment, timezone.now())


def _must_fit(service: Service, law: CourtLaw, methods: Iterable[str], kind: str = "") -> None:
    must_be_past(service.served_on, law, "served_on")
    must_know_method(service.method, service.served_on, law)
    _must_have_happened_in_order(service)
    all_printable(service)
    service.full_clean(exclude=["demand", "recorded_by", "number"])
    several = list(dict.fromkeys([service.method, *methods]))
    if len(several) > 1:
        _must_agree(several, service.served_on, law, kind or service.demand.kind)


def _must_have_happened_in_order(service: Service) -> None:
    """The server had the paper before serving it, and nobody tenders less than nothing."""
    if service.received_on is not None and service.received_on > service.served_on:
        raise Refused(_("The server cannot have received it after serving it. Correct one of the two days."), field="received_on")
    for name in FEE_FIELDS:
        value = getattr(service, name)
        if value is not None and value < 0:
            raise Refused(_("This cannot be less than nothing."), field=name)


def _must_agree(methods: list[str], day: date, law: CourtLaw, kind: str) -> None:
    """Raise Refused, showing the dates, when the methods on one proof give different ones: ask, do not choose."""
    for method in methods:
        must_know_method(method, day, law)
    try:
        events = law.rules.events_after("service", day, kind)
    except LawRefused:
        return
    for event in events:
        if event.service_extends:
            try:
                law.compute(event, day, method=methods)
            except LawRefused as refusal:
                raise Refused(in_words(refusal), field="methods") from refusal


def _must_follow_notice(demand: Demand, service: Service) -> None:
    """law/rules.md section 4, checks 4 and 5: notice to every party before service; no service before the day of issue."""
    subpoena = getattr(demand, "subpoena", None)
    if subpoena is None:
        return
    must_be_issued(subpoena, service.served_on, "served_on")
    if not commands_production(demand):
        return
    notice = getattr(demand, "notice", None)
    given = notice.served_on if notice is not None else None
    if (given is None or given >= service.served_on) and not service.without_notice.strip():
        raise Refused(
            _(
                "Every party must have notice and a copy before the subpoena is served, Rule 45(a)(4), and none is recorded from "
                "before that day. Record the notice first, or give the reason here."
            ),
            field="without_notice",
        )


def commands_production(demand: Demand) -> bool:
    """Whether a subpoena commands production or inspection before trial: only then does Rule 45(a)(4) want notice first."""
    testimony = getattr(demand, "testimony", None)
    if testimony is None:
        return demand.kind in SUBPOENAS
    return bool(demand.kind == DemandKind.SUBPOENA_DEPOSITION and testimony.asks_documents)


def _must_come_before_answers(demand: Demand, service: Service) -> None:
    """Raise Refused when the first service would come after what can only have followed it."""
    days = Service.objects.filter(demand=demand).exclude(pk=service.pk).values_list("served_on", flat=True)
    first = min([service.served_on, *days])
    followed = [
        *Response.objects.filter(demand=demand, status=ResponseStatus.SERVED.value).values_list("served_on", flat=True),
        *Conferral.objects.filter(requests__row__demand=demand).values_list("held_on", flat=True),
        *Narrowing.objects.filter(row__demand=demand).values_list("proposed_on", flat=True),
    ]
    earliest = min((day for day in followed if day is not None), default=first)
    if earliest < first:
        raise Refused(
            _("It was answered or talked about on %(day)s already; it cannot have been served after that. Check both days.")
            % {"day": formats.date_format(earliest)},
            field="served_on",
        )


def _write(service: Service, *, by: User, upload: Upload | None) -> None:
    service.recorded_by = by
    _attach(service, by=by, upload=upload)
    service.save()


def _attach(service: Service, *, by: User, upload: Upload | None) -> None:
    if upload is not None:
        service.proof = keep_attachment(service.demand.case, upload, by=by, field="upload")


def _record(act: Act, demand: Demand, service: Service, *, by: User, told: dict[str, Any]) -> None:
    facts = {name: str(getattr(service, name)) for name in SERVICE_FIELDS if getattr(service, name) not in {None, ""}}
    moment = noon(service.served_on, CourtLaw(demand.case.court), service.served_time) if act == Act.SERVED else None
    record(act, demand, case=demand.case, by=by, summary=lambda: str(demand), details={**facts, **told}, happened_at=moment)
