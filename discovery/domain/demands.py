"""Demands: starting a subpoena, filling in its form, review, approval (which freezes), reopening, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.checks import Finding, findings_for
from discovery.domain.composing import compose_live, printed_date
from discovery.domain.content import freeze
from discovery.domain.errors import NotYours, Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.records import claim_revision
from discovery.domain.sets import start_set
from discovery.domain.transitions import move
from discovery.enums import Act, DemandKind, DemandStatus, SetStatus, Severity
from discovery.models import (
    Case,
    CaseMembership,
    Clause,
    Demand,
    PartyNotice,
    RequestSet,
    RespondingParty,
    Snapshot,
    Subpoena,
)
from discovery.papers import snapshots

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def start_subpoena(
    request_set: RequestSet,
    responding_party: RespondingParty,
    *,
    by: User,
    start_from: RequestSet | None = None,
    clauses: Iterable[Clause] = (),
) -> Demand:
    """Start a document subpoena: a new set (if it has no id yet) directed to one responding party, with what is known filled in.

    Filled in: issuing court = the case's court (Rule 45(a)(2)), the addressee with agent and address, the first attorney of
    record for the propounding group. Raises Refused for our own client or when the set is directed to this party already.
    """
    case = request_set.case
    _must_not_be_client(case, responding_party)
    if request_set._state.adding:
        start_set(request_set, by=by, start_from=start_from, clauses=clauses, recipient=responding_party.person.name)
    if (
        Demand.objects.filter(request_set=request_set, responding_party=responding_party)
        .exclude(status__in=[DemandStatus.WITHDRAWN.value, DemandStatus.SUPERSEDED.value])
        .exists()
    ):
        raise Refused(_("This set is directed to this responding party already; open that subpoena."), field="responding_party")
    demand = Demand(
        case=case,
        request_set=request_set,
        responding_party=responding_party,
        kind=DemandKind.SUBPOENA_DOCUMENTS.value,
        attorney=case.appearances.filter(group=request_set.propounded_by).order_by("position", "pk").first(),
    )
    demand.save()
    Subpoena.objects.create(
        demand=demand,
        issuing_court=case.court,
        addressee=addressee_of(responding_party),
        compliance_zone=case.court.time_zone,
        representing=request_set.propounded_by.printed_name or request_set.propounded_by.name,
    )
    PartyNotice.objects.create(demand=demand)
    record(Act.DEMAND_STARTED, demand, case=case, by=by, summary=str(demand))
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
    """Start a set of requests to parties: one text, one demand for each of them with its own clock and answers (law 1)."""
    recipients = list(responding_parties)
    for one in recipients:
        _must_not_be_client(request_set.case, one)
    if request_set._state.adding:
        start_set(request_set, by=by, start_from=start_from, clauses=clauses)
    case = request_set.case
    attorney = case.appearances.filter(group=request_set.propounded_by).order_by("position", "pk").first()
    demands = [
        Demand(case=case, request_set=request_set, responding_party=one, kind=kind.value, attorney=attorney) for one in recipients
    ]
    for demand in demands:
        demand.save()
    names = ", ".join(str(one) for one in recipients)
    record(Act.DEMAND_STARTED, request_set, case=case, by=by, summary=f"{kind.label}: {names}")
    return demands


@verb
def change_subpoena(
    subpoena: Subpoena,
    *,
    by: User,
    revision: int | None,
    attorney_id: int | None = None,
    notice: PartyNotice | None = None,
) -> Subpoena:
    """Write the form's fields, the attorney of record and the notice. The demand's revision guards all three.

    Raises ValidationError by field, Refused (compliance before issue, frozen by approval, unprintable character), Conflict.
    """
    demand = subpoena.demand
    if demand.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This subpoena was approved. Reopen it for changes first."))
    _must_run_forward(subpoena)
    all_printable(subpoena)
    subpoena.full_clean(exclude=["demand"])
    claim_revision(demand, revision)
    demand.due_at = subpoena.compliance_at()
    if attorney_id is not None:
        demand.attorney = demand.case.appearances.get(pk=attorney_id)
    demand.save(update_fields=["due_at", "attorney"])
    subpoena.save()
    if notice is not None:
        all_printable(notice)
        notice.full_clean(exclude=["demand"])
        notice.save()
    record(Act.DEMAND_CHANGED, demand, case=demand.case, by=by, summary=str(demand))
    return subpoena


@verb
def certify_notice(notice: PartyNotice, *, by: User, revision: int | None = None) -> PartyNotice:
    """Record how and when the notice was served on the parties, which its certificate prints; possible after approval too."""
    all_printable(notice)
    notice.full_clean(exclude=["demand"])
    claim_revision(notice, revision)
    notice.save()
    record(Act.DEMAND_CHANGED, notice.demand, case=notice.demand.case, by=by, summary=str(notice))
    return notice


@verb
def submit(demand: Demand, *, by: User) -> Demand:
    """Ask for approval. Raises Refused when the demand is not a draft."""
    move(demand, DemandStatus.IN_REVIEW)
    record(Act.SUBMITTED, demand, case=demand.case, by=by, summary=str(demand))
    return demand


@verb
def return_to_draft(demand: Demand, note: str, *, by: User) -> Demand:
    """Return a submitted paper with a note saying what to change. Raises Refused without a note, NotYours for non-approvers."""
    _must_approve(demand.case, by)
    if not note.strip():
        raise Refused(_("Say what should change."), field="note")
    if demand.status != DemandStatus.IN_REVIEW:
        raise Refused(_("Only a paper that was submitted can be returned."))
    move(demand, DemandStatus.DRAFT)
    demand.review_note = note.strip()
    demand.save(update_fields=["review_note"])
    record(Act.RETURNED, demand, case=demand.case, by=by, summary=str(demand), details={"note": note.strip()})
    return demand


@verb
def approve(demand: Demand, *, by: User, sign: bool = False, at: datetime | None = None) -> Demand:
    """Approve a paper: freeze its text and every printed value, stamp its version.

    With `sign` the attorney of record signs as "/s/ Name"; without, the line stays empty for a signature by hand. `at` is when
    it was approved in the world, for papers recorded later. Raises NotYours for members who may not approve, Refused for
    findings that would make the paper void (law 9).
    """
    _must_approve(demand.case, by)
    if demand.kind != DemandKind.SUBPOENA_DOCUMENTS:
        raise Refused(_("Only subpoenas can be approved in this release."))
    blocking = blocking_findings(demand)
    if blocking:
        raise Refused(" ".join(f"{finding.message} {finding.mend}" for finding in blocking))
    moment = at or timezone.now()
    demand.version += 1
    demand.signed = f"/s/ {demand.attorney.attorney.name}" if sign and demand.attorney else ""
    demand.approved_version = freeze(demand.request_set, by=by, at=moment)
    stamp = snapshots.Approval(True, demand.version, printed_date(moment.astimezone(demand.case.court.zone).date()), str(by))
    demand.approved_snapshot = keep_snapshot(compose_live(demand, stamp, at=moment))
    demand.approved_at, demand.approved_by, demand.review_note = moment, by, ""
    demand.save(
        update_fields=[
            "version",
            "signed",
            "approved_version",
            "approved_snapshot",
            "approved_at",
            "approved_by",
            "review_note",
        ]
    )
    move(demand, DemandStatus.APPROVED)
    record(
        Act.APPROVED,
        demand,
        case=demand.case,
        by=by,
        summary=f"{demand}, version {demand.version}",
        details={"snapshot": demand.approved_snapshot_id, "text_version": demand.approved_version.number},
        happened_at=moment,
    )
    return demand


@verb
def reopen(demand: Demand, *, by: User) -> list[Demand]:
    """Open an approved paper for changes; its version stays on record. Returns every demand that went back to draft.

    The set's text is shared: other approved demands on it go back too. Raises Refused when one of them was served (law 2).
    """
    _must_approve(demand.case, by)
    sharing = list(demand.request_set.demands.all())
    served = [one for one in sharing if one.status == DemandStatus.SERVED]
    if served:
        raise Refused(
            _("The text was served on %(name)s and stays as it is. Start a new set from it instead.")
            % {"name": served[0].responding_party}
        )
    if demand.status != DemandStatus.APPROVED:
        raise Refused(_("Only an approved paper needs reopening."))
    back = [one for one in sharing if one.status == DemandStatus.APPROVED]
    for one in back:
        move(one, DemandStatus.DRAFT)
    RequestSet.objects.filter(pk=demand.request_set_id).update(status=SetStatus.DRAFT.value)
    demand.refresh_from_db()
    record(
        Act.REOPENED,
        demand,
        case=demand.case,
        by=by,
        summary=str(demand),
        details={"demands": [one.pk for one in back]},
    )
    return back


@verb
def withdraw(demand: Demand, reason: str, *, by: User) -> Demand:
    """Withdraw a demand; it stays on record. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn; the reason stays on record."), field="reason")
    move(demand, DemandStatus.WITHDRAWN)
    record(Act.WITHDRAWN, demand, case=demand.case, by=by, summary=str(demand), details={"reason": reason.strip()})
    return demand


def blocking_findings(demand: Demand) -> list[Finding]:
    """Return the findings that would make the paper void or the record false: these alone stop an approval."""
    return [finding for finding in findings_for(demand) if finding.severity == Severity.REFUSE]


def may_approve(case: Case, user: User) -> bool:
    """Whether the user is an approving attorney of the case."""
    return CaseMembership.objects.filter(case=case, user=user, may_approve=True, role__in=["owner", "editor"]).exists()


def keep_snapshot(paper: snapshots.SubpoenaPaper) -> Snapshot:
    """Store a snapshot under the hash of its content, once."""
    content = snapshots.to_json(paper)
    sha256 = snapshots.digest(content)
    kept = Snapshot.objects.filter(pk=sha256).first()
    if kept is None:
        kept = Snapshot(sha256=sha256, content=content)
        kept.save()
    return kept


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


def _must_approve(case: Case, user: User) -> None:
    if not may_approve(case, user):
        raise NotYours(_("Approval is an attorney's act: ask an approving member of this case."))


def _must_not_be_client(case: Case, responding_party: RespondingParty) -> None:
    if case.parties.filter(person=responding_party.person_id, is_client=True).exists():
        raise Refused(
            _("%(name)s is our own client in this case; discovery is sought from others.") % {"name": responding_party},
            field="person",
        )


def _must_run_forward(subpoena: Subpoena) -> None:
    """law/rules.md section 4, check 5: compliance before issue is void."""
    for field in ("compliance_date", "inspection_date"):
        day = getattr(subpoena, field)
        if day is not None and subpoena.issue_date is not None and day < subpoena.issue_date:
            raise Refused(_("This lies before the date of issue. Check both dates."), field=field)
