"""Testimony: starting a subpoena to testify or a notice of deposition, and filling in where, when and how."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.demands import NOTICE_FORM_FIELDS, addressee_of, direct, must_run_forward, name_attorney
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.sets import NewText, append_texts, write_set
from discovery.enums import SUBPOENAS, TESTIMONY, Act, DemandKind, DemandStatus, SetKind
from discovery.models import Clause, Demand, PartyNotice, Request, RequestSet, RespondingParty, Subpoena, Testimony

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FORMS = {DemandKind.SUBPOENA_DEPOSITION: "ao88a-2020-12", DemandKind.SUBPOENA_TRIAL: "ao88-2014-02"}
"""The edition of the form that a new subpoena is printed on (law/forms)."""
TOPIC_HEADING = "TOPIC NO. {number}:"
"""law/forms.md section 7: the matters for examination are numbered so."""
USUAL_RECORDING = "Stenographic means"
"""Rule 30(b)(3)(A): the notice states the method; a court reporter's record is the usual one."""


@verb
def start_testimony(
    request_set: RequestSet,
    responding_party: RespondingParty,
    kind: DemandKind,
    *,
    by: User,
    start_from: RequestSet | None = None,
    clauses: Iterable[Clause] = (),
    documents: Iterable[NewText] = (),
) -> Demand:
    """Start a subpoena to testify or a notice of deposition: its set holds the matters for examination, none for a natural person.

    `documents` are texts of what is to be brought; they become a set of their own. What is known is filled in, as for a subpoena
    for documents. Raises Refused for our own client, for a responding party of another case, and for another kind of demand.
    """
    if kind not in TESTIMONY:
        raise Refused(_("This does not command or notice testimony."))
    case = request_set.case
    demand = direct(request_set, [responding_party], kind, by, start_from, clauses)[0]
    if kind in SUBPOENAS:
        Subpoena.objects.create(
            demand=demand,
            form=FORMS[kind],
            issuing_court=case.court,
            addressee=addressee_of(responding_party),
            production=False,
            compliance_zone=case.court.time_zone,
            representing=request_set.propounded_by.printed_name or request_set.propounded_by.name,
        )
    Testimony.objects.create(
        demand=demand,
        zone=case.court.time_zone,
        recording=USUAL_RECORDING if kind != DemandKind.SUBPOENA_TRIAL else "",
        day_to_day=kind != DemandKind.SUBPOENA_TRIAL,
        documents=_documents(request_set, responding_party, list(documents), by=by),
    )
    PartyNotice.objects.create(demand=demand)
    record(Act.DEMAND_STARTED, demand, case=case, by=by, summary=lambda: str(demand), details={"set": str(request_set)})
    return demand


@verb
def change_testimony(
    testimony: Testimony,
    *,
    by: User,
    revision: int | None,
    subpoena: Subpoena | None = None,
    attorney_id: int | None = None,
    notice: PartyNotice | None = None,
) -> Testimony:
    """Write where, when and how somebody is to testify, the form's fields, the attorney and the notice's dates, all or none.

    The day of a subpoena's compliance is the day of the testimony, so that lists, dates and checks see one. The demand's revision
    guards everything. Raises ValidationError by field, Refused (a day before the issue, frozen by approval, an unprintable
    character, documents of another case, an attorney who does not appear), Conflict.
    """
    demand = lock_demand(testimony.demand)
    if demand.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This paper was approved. Reopen it for changes first."))
    _must_bring_of_this_case(testimony, demand)
    if subpoena is not None:
        _keep_together(subpoena, testimony)
        must_run_forward_on(subpoena)
        all_printable(subpoena)
        subpoena.full_clean(exclude=["demand"])
    all_printable(testimony)
    testimony.full_clean(exclude=["demand"])
    claim_revision(demand, revision)
    demand.due_at = testimony.moment()
    name_attorney(demand, attorney_id)
    demand.save(update_fields=["due_at", "attorney"])
    if subpoena is not None:
        subpoena.save()
    testimony.save()
    if notice is not None:
        notice.full_clean(exclude=["demand"])
        notice.save(update_fields=NOTICE_FORM_FIELDS)
    record(Act.DEMAND_CHANGED, demand, case=demand.case, by=by, summary=lambda: str(demand))
    testimony.demand = demand
    return testimony


def must_run_forward_on(subpoena: Subpoena) -> None:
    """Raise Refused at the field of the testimony's day when it lies before the issue (law/rules.md section 4, check 5)."""
    try:
        must_run_forward(subpoena)
    except Refused as refused:
        raise Refused(str(refused), field="day") from refused


def _keep_together(subpoena: Subpoena, testimony: Testimony) -> None:
    """Give the subpoena the testimony's time, and tick production when something is to be brought."""
    subpoena.compliance_date, subpoena.compliance_time = testimony.day, testimony.hour
    subpoena.compliance_zone, subpoena.printed_zone = testimony.zone, testimony.printed_zone
    subpoena.production = testimony.asks_documents


def _must_bring_of_this_case(testimony: Testimony, demand: Demand) -> None:
    chosen = testimony.documents
    if chosen is not None and (chosen.case_id != demand.case_id or chosen.kind != SetKind.DOCUMENTS):
        raise Refused(_("Choose a set of requests for documents of this case."), field="documents")


def _documents(request_set: RequestSet, responding_party: RespondingParty, texts: list[NewText], *, by: User) -> RequestSet | None:
    """Write what is to be brought as a set of its own; None when nothing is."""
    if not texts:
        return None
    name = _("Documents for %(name)s to bring") % {"name": responding_party.person.name}
    bring = RequestSet(case=request_set.case, propounded_by=request_set.propounded_by, name=name[:160])
    write_set(bring, by=by, start_from=None, clauses=())
    append_texts(bring, Request, texts)
    return bring
