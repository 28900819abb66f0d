"""Answering request by request: our response from its draft to its service; what the other side's paper says on each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from discovery.domain.answers.answering import changes, meet, must_fit_response
from discovery.domain.answers.current import settle_current
from discovery.domain.answers.words import STORED, Answer, Objecting, must_fit, settled, write_answer
from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import Moving, follow
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.number_ranges import ranges
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, AnswerKind, DeadlineKind, DemandKind, DemandStatus, ResponseKind, ResponseStatus
from discovery.models import Appearance, CaseParty, Demand, Objection, RequestResponse, RequestRow, Response

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

__all__ = [
    "Answer",
    "Objecting",
    "change_response",
    "is_ours",
    "must_be_sworn",
    "oath_rule",
    "record_answers",
    "record_verification",
    "serve_response",
    "start_response",
]

FRAME_FIELDS = ["preliminary", "general_objections", "signer"]


def is_ours(demand: Demand) -> bool:
    """Whether our own client must answer a demand (one query)."""
    return CaseParty.objects.filter(case_id=demand.case_id, person_id=demand.responding_party.person_id, is_client=True).exists()


def oath_rule(demand: Demand, law: CourtLaw, on: date | None = None) -> str:
    """Return the rule under which answers to such a demand are verified; "" where none wants it (law/rules.md section 3).

    It is that of the court's rule set, which has a date for it; without a rule set the federal one for interrogatories alone.
    """
    rules = law.known_rules
    if rules is None:
        return "Fed. R. Civ. P. 33(b)(3), (5)" if demand.kind == DemandKind.ROG else ""
    events = rules.events_after("service", on or law.today(), demand.kind)
    return next((event.rule for event in events if event.task == DeadlineKind.VERIFICATION), "")


def must_be_sworn(demand: Demand, law: CourtLaw, on: date | None = None) -> bool:
    """Whether answers to such a demand are verified."""
    return bool(oath_rule(demand, law, on))


@verb
def start_response(demand: Demand, *, by: User, kind: str = ResponseKind.INITIAL.value) -> Response:
    """Start our response to a set that was served on our client, as a draft with an answer to each request, and return it.

    The first one starts with every request unanswered; an amended or supplemental one copies the answers of the newest one that
    was served. Raises Refused for a demand on somebody else or not served, while a draft stands, and for a kind that does not fit.
    """
    locked = lock_demand(demand)
    _must_be_answerable(locked)
    latest = _served(locked).order_by("served_on", "number").last()
    if latest is None and kind != ResponseKind.INITIAL:
        raise Refused(_("Nothing was served yet that could be amended. Start the response itself."), field="kind")
    if latest is not None and kind == ResponseKind.INITIAL:
        raise Refused(_("A response was served already. Amend or supplement it."), field="kind")
    response = Response(
        demand=locked,
        kind=kind,
        status=ResponseStatus.DRAFT.value,
        signer=_signer(locked, by),
        recorded_by=by,
        number=_next(locked),
    )
    if latest is not None:
        response.preliminary, response.general_objections = latest.preliminary, latest.general_objections
        response.signer = latest.signer or response.signer
    response.full_clean(exclude=["demand", "recorded_by"])
    response.save()
    rows = list(RequestRow.objects.filter(demand=locked).order_by("number"))
    _copy_answers(response, rows, latest)
    details = {"requests": len(rows), "copied_from": str(latest) if latest is not None else ""}
    record(Act.RESPONSE_STARTED, response, case=locked.case, by=by, summary=lambda: str(response), details=details)
    return response


@verb
def record_answers(response: Response, answers: Iterable[Answer], *, by: User) -> list[RequestResponse]:
    """Write what a response says to one or many requests and return the answers that there are, in the order given.

    Theirs is our record of what their paper says and may be corrected: the event keeps the old words and the new. Ours changes
    while it is a draft; of one that was served on a paper made elsewhere each answer is recorded once. An objection to a request
    that is otherwise unanswered is an objection only. Where nothing differs, nothing is written and no event.

    Raises Refused at "number" for a request that does not exist, at "kind" for an answer that does not fit the kind of set, for
    ours once served; Conflict when somebody else wrote an answer since `revision`; ValidationError by field.
    """
    locked = lock_demand(response.demand)
    response.refresh_from_db(fields=["status", "served_on", "number", "kind"])
    given = [settled(answer) for answer in answers]
    rows = {row.number: row for row in RequestRow.objects.filter(demand=locked)}
    for answer in given:
        must_fit(answer, rows, locked.kind)
    stored = {one.row.number: one for one in _answers(response, [answer.number for answer in given])}
    if stored and response.status == ResponseStatus.SERVED and is_ours(locked):
        raise Refused(_("What was served does not change. Make an amended response."))
    written: list[RequestResponse] = []
    changed = []
    for answer in given:
        one, difference = write_answer(response, rows[answer.number], answer, stored.get(answer.number))
        written += [one] if one is not None else []
        if difference:
            changed.append({"number": answer.number, **difference})
    if changed:
        if response.status == ResponseStatus.SERVED:
            settle_current(locked)
        numbers = ranges(entry["number"] for entry in changed)
        record(
            Act.ANSWERS_RECORDED,
            response,
            case=locked.case,
            by=by,
            summary=lambda: f"{response}, No. {numbers}",
            details={"answers": changed},
        )
    return written


@verb
def change_response(response: Response, *, by: User, revision: int | None) -> Response:
    """Write what stands in our draft beside its answers: preliminary statement, general objections, who signs.

    Raises Refused once it was served, Conflict, ValidationError.
    """
    locked = lock_demand(response.demand)
    before = Response.objects.select_related("signer").get(pk=response.pk)
    if before.status != ResponseStatus.DRAFT:
        raise Refused(_("What was served does not change. Make an amended response."))
    if response.signer is not None and response.signer.case_id != locked.case_id:
        raise Refused(_("Choose an attorney who appears in this case."), field="signer")
    all_printable(response)
    claim_revision(response, revision)
    response.save(update_fields=FRAME_FIELDS)
    details = {"changed": changes(before, response, FRAME_FIELDS)}
    record(Act.RESPONSE_CHANGED, response, case=locked.case, by=by, summary=lambda: str(response), details=details)
    return response


@verb
def serve_response(
    response: Response, served_on: date, method: str, *, by: User, upload: Upload | None = None, moving: Moving | None = None
) -> Response:
    """Record that our draft was served: its words are fixed, its answers count, what it answers is done and what follows is due.

    Raises Refused when it was served before, for a day ahead or before the demand's service, for an unknown method; MovesToAccept.
    """
    locked = lock_demand(response.demand)
    response.refresh_from_db()
    response.demand = locked
    if response.status != ResponseStatus.DRAFT:
        raise Refused(_("This response was served already. Correct the record of its service, or make an amended response."))
    response.status, response.served_on, response.method = ResponseStatus.SERVED.value, served_on, method
    kinds = set(response.answers.exclude(kind=AnswerKind.SILENT.value).values_list("kind", flat=True))
    response.objections_only = kinds == {AnswerKind.OBJECTION.value}
    must_fit_response(locked, response)
    claim_revision(response, None)
    if upload is not None:
        response.paper = keep_attachment(locked.case, upload, by=by, field="upload")
    response.save(update_fields=["status", "served_on", "method", "objections_only", "paper"])
    settle_current(locked)
    done = meet(locked, response, by=by)
    told = follow(locked.case, by=by, moving=moving)
    details = {"served_on": str(served_on), "method": method, "done": done, **told}
    moment = noon(served_on, CourtLaw(locked.case.court))
    record(
        Act.RESPONSE_SERVED,
        response,
        case=locked.case,
        by=by,
        summary=lambda: str(response),
        details=details,
        happened_at=moment,
    )
    return response


@verb
def record_verification(response: Response, verified_on: date, *, by: User, upload: Upload | None = None) -> Response:
    """Record that the answers were sworn to, Rule 33(b)(3), (5): an item of its own, which may come before or after service.

    Once the response is served it meets the date for the verification. Raises Refused for a day ahead, and for a response of
    objections alone, which counsel signs.
    """
    locked = lock_demand(response.demand)
    response.refresh_from_db()
    response.demand = locked
    if response.objections_only:
        raise Refused(_("Objections alone are signed by counsel, not sworn to, Rule 33(b)(5)."), field="verified_on")
    law = CourtLaw(locked.case.court)
    must_be_past(verified_on, law, "verified_on")
    before = {"verified_on": str(response.verified_on or ""), "verification": str(response.verification or "")}
    claim_revision(response, None)
    if upload is not None:
        response.verification = keep_attachment(locked.case, upload, by=by, field="upload")
    response.verified_on = verified_on
    response.save(update_fields=["verified_on", "verification"])
    done = meet(locked, response, by=by) if response.status == ResponseStatus.SERVED else []
    after = {"verified_on": str(verified_on), "verification": str(response.verification or "")}
    changed = {name: [old, after[name]] for name, old in before.items() if old != after[name]}
    record(
        Act.RESPONSE_CHANGED,
        response,
        case=locked.case,
        by=by,
        summary=lambda: str(response),
        details={"changed": changed, "done": done},
        happened_at=noon(verified_on, law),
    )
    return response


def _served(demand: Demand) -> Any:
    return Response.objects.filter(demand=demand, status=ResponseStatus.SERVED.value)


def _next(demand: Demand) -> int:
    return (Response.objects.filter(demand=demand).aggregate(last=Max("number"))["last"] or 0) + 1


def _must_be_answerable(demand: Demand) -> None:
    if not is_ours(demand):
        raise Refused(_("This was not directed to our client. Record the response that was received instead."))
    if demand.status != DemandStatus.SERVED:
        raise Refused(_("This was not served yet, so nothing can answer it. Record the service first."))
    if Response.objects.filter(demand=demand, status=ResponseStatus.DRAFT.value).exists():
        raise Refused(_("A draft of our response stands already. Go on with that one."))


def _signer(demand: Demand, by: User) -> Appearance | None:
    """Return who signs for the client unless somebody else is chosen: the user, if counsel of record, else the first."""
    person = demand.responding_party.person_id
    for_client = Q(group__members__person=person) | Q(parties__person=person)
    ours = list(Appearance.objects.filter(for_client, case=demand.case).distinct().select_related("attorney").order_by("position"))
    return next((one for one in ours if one.attorney.user_id == by.pk), ours[0] if ours else None)


def _copy_answers(response: Response, rows: list[RequestRow], source: Response | None) -> None:
    """Give a draft its answer to each request, copied from an earlier response where that has one."""
    before = {one.row_id: one for one in source.answers.prefetch_related("objections")} if source is not None else {}
    made = []
    for row in rows:
        one = RequestResponse(response=response, row=row)
        if row.pk in before:
            for name in STORED:
                setattr(one, name, getattr(before[row.pk], name))
        made.append(one)
    made = RequestResponse.objects.bulk_create(made)
    Objection.objects.bulk_create(
        Objection(answer=one, ground=old.ground, reason=old.reason, rule=old.rule, position=old.position)
        for one in made
        if one.row_id in before
        for old in before[one.row_id].objections.all()
    )


def _answers(response: Response, numbers: list[int]) -> list[RequestResponse]:
    rows = RequestResponse.objects.filter(response=response, row__number__in=numbers)
    return list(rows.select_related("row").prefetch_related("objections"))
