"""Recording the paper that answers a demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.answers.current import settle_current
from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.closing import close_as_done
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import Moving, follow
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_dates, lock_demand
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, must_know_method, noon
from discovery.enums import Act, DeadlineKind, DeadlineState, DemandStatus, ResponseStatus
from discovery.models import Demand, Response, Service

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

ANSWERED = (DeadlineKind.RESPONSE.value, DeadlineKind.OBJECTIONS.value)
"""What a response paper meets; compliance, log and verification are items of their own."""
RESPONSE_FIELDS = ["kind", "served_on", "method", "objections_only", "verified_on", "paper", "note"]


@verb
def record_response(response: Response, *, by: User, upload: Upload | None = None, moving: Moving | None = None) -> Response:
    """Record a response to a served demand: what it answers is done, what follows from it is due.

    Raises Refused for a demand that was not served, a response before its service or ahead of today, an unknown method;
    MovesToAccept; ValidationError.
    """
    locked = lock_demand(response.demand)
    response.demand = locked
    must_fit_response(locked, response)
    last = Response.objects.filter(demand=locked).aggregate(last=Max("number"))["last"] or 0
    response.number, response.recorded_by = last + 1, by
    if upload is not None:
        response.paper = keep_attachment(locked.case, upload, by=by, field="upload")
    response.save()
    settle_current(locked)
    done = meet(locked, response, by=by)
    told = follow(locked.case, by=by, moving=moving)
    details = {"served_on": str(response.served_on), "method": response.method, "done": done, **told}
    law = CourtLaw(locked.case.court)
    record(
        Act.RESPONSE_RECORDED,
        response,
        case=locked.case,
        by=by,
        summary=lambda: str(response),
        details=details,
        happened_at=noon(response.served_on or law.today(), law),
    )
    return response


@verb
def correct_response(
    response: Response,
    *,
    by: User,
    revision: int | None,
    upload: Upload | None = None,
    moving: Moving | None = None,
) -> Response:
    """Mend the record of a response. Raises as `record_response`, and Conflict."""
    locked = lock_demand(response.demand)
    response.demand = locked
    before = Response.objects.get(pk=response.pk)
    if before.status == ResponseStatus.DRAFT:
        raise Refused(_("This is our own draft and was not served yet. Serve it first; until then change it in its editor."))
    must_fit_response(locked, response)
    claim_revision(response, revision)
    if upload is not None:
        response.paper = keep_attachment(locked.case, upload, by=by, field="upload")
    response.save(update_fields=RESPONSE_FIELDS)
    settle_current(locked)
    done = meet(locked, response, by=by)
    told = follow(locked.case, by=by, moving=moving)
    details = {"changed": changes(before, response, RESPONSE_FIELDS), "done": done, **told}
    record(Act.RESPONSE_CHANGED, response, case=locked.case, by=by, summary=lambda: str(response), details=details)
    return response


def changes(before: Any, after: Any, names: list[str]) -> dict[str, list[str]]:
    """Return `{field: [old, new]}` as text for the fields that differ."""
    pairs = {name: [str(getattr(before, name)), str(getattr(after, name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def must_fit_response(demand: Demand, response: Response) -> None:
    """Refuse a response to what was not served, without day or method, before the demand's service or ahead of today."""
    law = CourtLaw(demand.case.court)
    service = Service.objects.filter(demand=demand, superseded=False).first()
    if demand.status != DemandStatus.SERVED or service is None:
        raise Refused(_("This was not served yet, so nothing can answer it. Record the service first."))
    if response.served_on is None:
        raise Refused(_("Say on which day the response was served."), field="served_on")
    if not response.method:
        raise Refused(_("Say how the response was served."), field="method")
    first = Service.objects.filter(demand=demand).order_by("served_on").values_list("served_on", flat=True)[0]
    if response.served_on < first:
        raise Refused(
            _("A response cannot come before the demand was served, on %(day)s. Check both days.")
            % {"day": formats.date_format(first)},
            field="served_on",
        )
    must_be_past(response.served_on, law, "served_on")
    if response.verified_on is not None:
        must_be_past(response.verified_on, law, "verified_on")
    must_know_method(response.method, response.served_on, law)
    all_printable(response)
    response.full_clean(exclude=["demand", "recorded_by"])


def meet(demand: Demand, response: Response, *, by: User) -> list[str]:
    """Mark as done what the response meets, and the verification when the answers were sworn to; return what it was."""
    open_ones = lock_dates(demand.case_id).filter(demand=demand, state=DeadlineState.OPEN.value, due_on__isnull=False)
    assert response.served_on is not None, "must_fit_response asked for the day."
    met = [(one, response.served_on, response.paper) for one in open_ones.filter(kind__in=ANSWERED)]
    if response.verified_on is not None:
        sworn = response.verification or response.paper
        met += [(one, response.verified_on, sworn) for one in open_ones.filter(kind=DeadlineKind.VERIFICATION.value)]
    for one, day, evidence in met:
        close_as_done(one, day, response.get_kind_display(), by=by, evidence=evidence)
    return [one.title for one, _day, _evidence in met]
