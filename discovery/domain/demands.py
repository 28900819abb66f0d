"""Demands: starting a subpoena or a party set, filling in the form, certifying the notice. Approval has a file of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.composing.subpoena import certificate_of
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand, lock_set
from discovery.domain.party_sets import ASKS_FOR, words_here
from discovery.domain.printing import all_printable
from discovery.domain.records import refuse_own_client
from discovery.domain.revisions import claim_revision
from discovery.domain.sets import write_set
from discovery.enums import Act, DemandKind, DemandStatus
from discovery.models import Appearance, Case, Clause, Demand, PartyNotice, RequestSet, RespondingParty, Subpoena

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CLOSED = (DemandStatus.WITHDRAWN.value, DemandStatus.SUPERSEDED.value)
NOTICE_FORM_FIELDS = ["dated", "serve_not_before"]
CERTIFICATE_FIELDS = ["served_on", "method", "declarant", "declarant_address", "executed_at", "certificate"]


@verb
def start_subpoena(
    request_set: RequestSet,
    responding_party: RespondingParty,
    *,
    by: User,
    start_from: RequestSet | None = None,
    clauses: Iterable[Clause] = (),
) -> Demand:
    """Start a document subpoena: a set (written here if it is new) directed to one responding party, with what is known filled in.

    Filled in: issuing court = the case's court (Rule 45(a)(2)), the addressee with agent and address, the first attorney of
    record for the propounding group. Raises Refused for our own client, for a responding party of another case, and when the
    set is directed to this party already.
    """
    demand = direct(request_set, [responding_party], DemandKind.SUBPOENA_DOCUMENTS, by, start_from, clauses)[0]
    case = request_set.case
    Subpoena.objects.create(
        demand=demand,
        issuing_court=case.court,
        addressee=addressee_of(responding_party),
        compliance_zone=case.court.time_zone,
        representing=request_set.propounded_by.printed_name or request_set.propounded_by.name,
    )
    PartyNotice.objects.create(demand=demand)
    record(Act.DEMAND_STARTED, demand, case=case, by=by, summary=lambda: str(demand), details={"set": str(request_set)})
    return demand


@verb
def start_party_set(
    request_set: RequestSet,
    responding_parties: Iterable[RespondingParty],
    kind: DemandKind,
    *,
    by: User,
    start_from: RequestSet | None = None,
    clauses: Iterable[Clause] = (),
) -> list[Demand]:
    """Start a set of requests to parties: one text, one demand for each of them with its own clock and answers (law 1).

    A new set is of the kind that is asked for, and its requests are headed as the court's rules have it (law/set_forms).
    """
    if request_set._state.adding:
        request_set.kind = ASKS_FOR[kind].value
    fresh = request_set._state.adding and (start_from is None or start_from.kind != request_set.kind)
    heading = words_here(request_set.case, kind).heading
    demands = direct(request_set, list(responding_parties), kind, by, start_from, clauses)
    if fresh:
        request_set.request_heading = heading
        request_set.save(update_fields=["request_heading"])
    names = [str(demand.responding_party) for demand in demands]
    summary = f"{kind.label}: {', '.join(names)}"
    record(Act.DEMAND_STARTED, request_set, case=request_set.case, by=by, summary=summary, details={"to": names})
    return demands


@verb
def change_subpoena(
    subpoena: Subpoena, *, by: User, revision: int | None, attorney_id: int | None = None, notice: PartyNotice | None = None
) -> Subpoena:
    """Write the form's fields, the attorney of record and the notice's dates. The demand's revision guards all three.

    Raises ValidationError by field, Refused (compliance before issue, frozen by approval, unprintable character, an attorney
    of another case), Conflict.
    """
    demand = lock_demand(subpoena.demand)
    if demand.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This subpoena was approved. Reopen it for changes first."))
    must_run_forward(subpoena)
    all_printable(subpoena)
    subpoena.full_clean(exclude=["demand"])
    claim_revision(demand, revision)
    demand.due_at = subpoena.compliance_at()
    name_attorney(demand, attorney_id)
    demand.save(update_fields=["due_at", "attorney"])
    subpoena.save()
    if notice is not None:
        notice.full_clean(exclude=["demand"])
        notice.save(update_fields=NOTICE_FORM_FIELDS)
    record(Act.DEMAND_CHANGED, demand, case=demand.case, by=by, summary=lambda: str(demand))
    subpoena.demand = demand
    return subpoena


@verb
def certify_notice(notice: PartyNotice, *, by: User, revision: int | None = None) -> PartyNotice:
    """Record how and when the notice was served on the parties; possible after approval too.

    Once the day is given, the whole certificate is kept as it stands: lawyers who come or move later do not change what was
    certified. Certifying again, to mend a slip, keeps the earlier one in the event.
    """
    demand = lock_demand(notice.demand)
    all_printable(notice)
    notice.full_clean(exclude=["demand"])
    before = PartyNotice.objects.get(pk=notice.pk).certificate
    claim_revision(notice, revision)
    notice.certificate = None
    demand.notice = notice
    if notice.served_on is not None:
        notice.certificate = json.loads(json.dumps(asdict(certificate_of(demand))))
    notice.save(update_fields=CERTIFICATE_FIELDS)
    details = {"before": before, "certificate": notice.certificate}
    record(Act.DEMAND_CHANGED, demand, case=demand.case, by=by, summary=lambda: str(notice), details=details)
    return notice


def name_attorney(demand: Demand, attorney_id: int | None) -> None:
    """Put the attorney of record on a demand, if one is named; not saved. Raises Refused for one who does not appear."""
    if attorney_id is None:
        return
    demand.attorney = Appearance.objects.filter(case=demand.case, pk=attorney_id).first()
    if demand.attorney is None:
        raise Refused(_("Choose an attorney who appears in this case."), field="attorney")


def addressee_of(responding_party: RespondingParty) -> str:
    """Return the text of the form's "To:": name, the agent for service if there is one, the address."""
    person = responding_party.person
    address = responding_party.serve_at
    agent = person.registered_agent
    if address is None:
        holder = agent or person
        address = holder.addresses.order_by("pk").first()
    through = f"c/o {agent.name}" if agent is not None and (address is None or address.person_id == agent.pk) else ""
    return ", ".join(part for part in (person.name, through, str(address) if address else "") if part)


def direct(
    request_set: RequestSet,
    recipients: list[RespondingParty],
    kind: DemandKind,
    by: User,
    start_from: RequestSet | None,
    clauses: Iterable[Clause],
) -> list[Demand]:
    """Write the demands of one set, and the set itself when it is new: the part that verbs share, without an event."""
    case = request_set.case
    if not recipients:
        raise Refused(_("Choose at least one responding party."), field="responding_party")
    for one in recipients:
        _must_stand_in(case, one)
        refuse_own_client(one)
    if request_set._state.adding:
        write_set(request_set, by=by, start_from=start_from, clauses=clauses)
    lock_set(request_set.pk)
    directed = Demand.objects.filter(request_set=request_set, responding_party__in=recipients).exclude(status__in=CLOSED)
    if directed.exists():
        raise Refused(_("This set is directed to this responding party already; open that one."), field="responding_party")
    attorney = case.appearances.filter(group=request_set.propounded_by).order_by("position", "pk").first()
    demands = [
        Demand(case=case, request_set=request_set, responding_party=one, kind=kind.value, attorney=attorney) for one in recipients
    ]
    for demand in demands:
        demand.save()
    return demands


def _must_stand_in(case: Case, responding_party: RespondingParty) -> None:
    if responding_party.case_id != case.pk:
        raise Refused(_("Choose a responding party of this case."), field="responding_party")


def must_run_forward(subpoena: Subpoena) -> None:
    """Raise Refused for a day before the issue: law/rules.md section 4, check 5: compliance before issue is void."""
    for field in ("compliance_date", "inspection_date"):
        day = getattr(subpoena, field)
        if day is not None and subpoena.issue_date is not None and day < subpoena.issue_date:
            raise Refused(_("This lies before the date of issue. Check both dates."), field=field)
