"""Approval: submit, return, approve (which freezes), reopen, withdraw. Every verb here works on the rows as they are locked now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.checks import Finding, findings_for
from discovery.domain.composing.approvable import approvable, live
from discovery.domain.composing.printed import printed_date
from discovery.domain.content import freeze
from discovery.domain.dates.following import drop_dates_of
from discovery.domain.drafts.keeping import keep_snapshot
from discovery.domain.errors import Conflict, NotYours, Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.transitions import move
from discovery.enums import Act, DemandStatus, MemberRole, SetStatus, Severity
from discovery.models import Case, CaseMembership, Demand, RequestSet, Service
from discovery.papers import snapshots
from discovery.papers.standing import Approval

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def submit(demand: Demand, *, by: User) -> Demand:
    """Ask for approval. Raises Refused when the demand is not a draft."""
    locked = lock_demand(demand)
    move(locked, DemandStatus.IN_REVIEW, source=DemandStatus.DRAFT)
    record(Act.SUBMITTED, locked, case=locked.case, by=by, summary=lambda: str(locked))
    return _renewed(demand)


def submit_each(request_set: RequestSet, *, by: User) -> tuple[list[Demand], list[tuple[Demand, str]]]:
    """Submit every drafted demand of a set, each by a call of `submit` of its own; return them, and who was left and why."""
    submitted: list[Demand] = []
    left: list[tuple[Demand, str]] = []
    drafted = request_set.demands.filter(status=DemandStatus.DRAFT.value)
    for demand in drafted.select_related("responding_party__person").order_by("pk"):
        try:
            submitted.append(submit(demand, by=by))
        except Refused as refused:
            left.append((demand, str(refused)))
    return submitted, left


@verb
def return_to_draft(demand: Demand, note: str, *, by: User) -> Demand:
    """Return a submitted paper with a note saying what to change. Raises Refused without a note, NotYours for non-approvers."""
    locked = lock_demand(demand)
    _must_approve(locked.case, by)
    if not note.strip():
        raise Refused(_("Say what should change."), field="note")
    move(locked, DemandStatus.DRAFT, source=DemandStatus.IN_REVIEW)
    Demand.objects.filter(pk=locked.pk).update(review_note=note.strip())
    record(Act.RETURNED, locked, case=locked.case, by=by, summary=lambda: str(locked), details={"note": note.strip()})
    return _renewed(demand)


@verb
def approve(
    demand: Demand,
    *,
    by: User,
    sign: bool = False,
    at: datetime | None = None,
    seen: str | None = None,
    submitted: bool = False,
) -> Demand:
    """Approve a paper: freeze its text and every printed value, stamp its version.

    `seen` is the fingerprint of what the attorney read (`fingerprint`); a text that changed since raises Conflict, so that
    nobody approves words that were never seen. With `sign` the paper is signed "/s/ Name", which only the attorney of record
    may do; without, the line stays empty for a signature by hand. `at` is when it was approved in the world, for papers
    recorded later. With `submitted` one that was returned to draft meanwhile is left alone. Raises NotYours for members who
    may not approve, Refused for findings that would make it void (law 9).
    """
    locked = lock_demand(demand)
    _must_approve(locked.case, by)
    approvable(locked)
    if locked.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This is “%(now)s” already.") % {"now": locked.get_status_display()})
    if submitted and locked.status != DemandStatus.IN_REVIEW:
        raise Refused(_("It is not submitted any more: somebody returned it to draft."))
    _must_have_seen(locked, seen)
    blocking = blocking_findings(locked)
    if blocking:
        raise Refused(" ".join(f"{finding.message} {finding.mend}" for finding in blocking))
    _freeze(locked, by=by, signed=_signature(locked, by) if sign else "", moment=at or timezone.now())
    return _renewed(demand)


def approve_each(
    request_set: RequestSet, seen: Mapping[int, str], *, by: User, sign: bool = False
) -> tuple[list[Demand], list[tuple[Demand, str]]]:
    """Approve every submitted demand of a set, each by a call of `approve` of its own; return them, and who was left and why.

    `seen` holds by demand the fingerprint of what the attorney read: what was submitted later was not read and is left. What is
    refused stays as it is and stops no other: each demand is approved whole, with its event and its frozen words, or not at all.
    """
    approved: list[Demand] = []
    left: list[tuple[Demand, str]] = []
    wanted = Q(status=DemandStatus.IN_REVIEW.value) | Q(pk__in=seen)
    for demand in request_set.demands.filter(wanted).select_related("responding_party__person").order_by("pk"):
        if demand.pk not in seen:
            left.append((demand, _("It was submitted after you opened the page. Read it, then approve.")))
            continue
        try:
            approved.append(approve(demand, by=by, sign=sign, seen=seen[demand.pk], submitted=True))
        except Refused as refused:
            left.append((demand, str(refused)))
    return approved, left


@verb
def reopen(demand: Demand, *, by: User) -> list[Demand]:
    """Open an approved paper for changes; its version stays on record. Returns every demand that went back to draft.

    The set's text is shared: other approved demands on it go back too. Raises Refused when one of them was served (law 2).
    """
    locked = lock_demand(demand)
    _must_approve(locked.case, by)
    sharing = list(locked.request_set.demands.select_for_update(of=("self",)))
    served = Service.objects.filter(demand__in=sharing).order_by("pk").first()  # of a demand that was withdrawn later, too
    if served is not None:
        raise Refused(
            _("The text was served on %(name)s and stays as it is. Start a new set from it instead.")
            % {"name": served.demand.responding_party}
        )
    if locked.status != DemandStatus.APPROVED:
        raise Refused(_("Only an approved paper needs reopening."))
    back = [one for one in sharing if one.status == DemandStatus.APPROVED]
    for one in back:
        move(one, DemandStatus.DRAFT, source=DemandStatus.APPROVED)
    # A signature stands under the words that were read; the next words need their own.
    Demand.objects.filter(pk__in=[one.pk for one in back]).update(signed="")
    RequestSet.objects.filter(pk=locked.request_set_id).update(status=SetStatus.DRAFT.value)
    record(
        Act.REOPENED, locked, case=locked.case, by=by, summary=lambda: str(locked), details={"demands": [one.pk for one in back]}
    )
    _renewed(demand)
    return back


@verb
def withdraw(demand: Demand, reason: str, *, by: User) -> Demand:
    """Withdraw a demand; it stays on record as it was, and its open dates no longer apply. Raises Refused without a reason.

    When it was the last approved one on its text and none was served, the text may change again for the drafts that share it.
    """
    locked = lock_demand(demand)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn; the reason stays on record."), field="reason")
    move(locked, DemandStatus.WITHDRAWN)
    thaw(locked)
    details: dict[str, object] = {"reason": reason.strip()}
    closed = drop_dates_of(locked, by=by)
    if closed:
        details["dates_closed"] = closed
    record(Act.WITHDRAWN, locked, case=locked.case, by=by, summary=lambda: str(locked), details=details)
    return _renewed(demand)


def thaw(locked: Demand) -> None:
    """Let the text of a demand that counts no more change again, if nothing else stands on it; a part of verbs, without event."""
    sharing = locked.request_set.demands.all()
    served = Service.objects.filter(demand__in=sharing)  # what was served stays as it is, withdrawn or not (law 2)
    if not served.exists() and not sharing.filter(status=DemandStatus.APPROVED.value).exists():
        RequestSet.objects.filter(pk=locked.request_set_id).update(status=SetStatus.DRAFT.value)


def blocking_findings(demand: Demand) -> list[Finding]:
    """Return the findings that would make the paper void or the record false: these alone stop an approval."""
    return [finding for finding in findings_for(demand) if finding.severity == Severity.REFUSE]


def may_approve(case: Case, user: User) -> bool:
    """Whether the user is an approving attorney of the case."""
    roles = [MemberRole.OWNER.value, MemberRole.EDITOR.value]
    return CaseMembership.objects.filter(case=case, user=user, may_approve=True, role__in=roles).exists()


def fingerprint(demand: Demand) -> str:
    """Return the hash of what the paper prints now; a review page carries it to `approve`."""
    return fingerprint_of(live(demand))


def fingerprint_of(paper: Any) -> str:
    """Return the hash of what a paper prints, without its date: what was only touched, not changed, was still read."""
    return snapshots.digest(snapshots.to_json(replace(paper, created="")))  # every snapshot is a frozen dataclass


def _freeze(demand: Demand, *, by: User, signed: str, moment: datetime) -> None:
    """Write the version, the snapshot and the event of an approval."""
    demand.version += 1
    demand.signed = signed
    demand.approved_version = freeze(demand.request_set, by=by, at=moment)
    day = printed_date(moment.astimezone(demand.case.court.zone).date())
    stamp = Approval(approved=True, version=demand.version, approved_on=day, approved_by=str(by))
    demand.approved_snapshot = keep_snapshot(approvable(demand).compose_live(demand, stamp, moment))
    demand.approved_at, demand.approved_by, demand.review_note = moment, by, ""
    written = ["version", "signed", "approved_version", "approved_snapshot", "approved_at", "approved_by", "review_note"]
    demand.save(update_fields=written)
    move(demand, DemandStatus.APPROVED)
    record(
        Act.APPROVED,
        demand,
        case=demand.case,
        by=by,
        summary=lambda: f"{demand}, version {demand.version}",
        details={"snapshot": demand.approved_snapshot.pk, "text_version": demand.approved_version.number},
        happened_at=moment,
    )


def _signature(demand: Demand, by: User) -> str:
    """Return "/s/ Name". Rule 26(g)(1) asks for the attorney's own signature: nobody signs for somebody else."""
    attorney = demand.attorney.attorney if demand.attorney else None
    if attorney is None or attorney.user_id != by.pk:
        raise Refused(
            _("Only the attorney of record can sign electronically. Approve without a signature and have it signed by hand."),
            field="sign",
        )
    return f"/s/ {attorney.name}"


def _must_have_seen(demand: Demand, seen: str | None) -> None:
    if seen is not None and seen != fingerprint(demand):
        raise Conflict(
            _("The paper was changed after you opened it. Read it again, then approve."), theirs={}, revision=demand.revision
        )


def _must_approve(case: Case, user: User) -> None:
    if not may_approve(case, user):
        raise NotYours(_("Approval is an attorney's act: ask an approving member of this case."))


def _renewed(demand: Demand) -> Demand:
    """Bring the caller's object up to what was written."""
    demand.refresh_from_db()
    return demand
