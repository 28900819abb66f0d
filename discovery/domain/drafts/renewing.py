"""One change of the case, and every paper that has not gone out yet carries it: drafts are made anew, what was served never is.

The story of one change. On Monday the case is reassigned to another judge. Two subpoenas are in draft, each with its paper made;
one is approved and waits for the process server; one was served in June. Saving the judge's name asks for the two drafts anew,
with the new caption. The approved one stays as it was approved (law 2): the case's page lists it, and reopening changes it. The
served one stays, file and snapshot, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Max, Q

from discovery.domain.composing.composers import COMPOSERS, composer_of
from discovery.domain.composing.printed import caption_of
from discovery.domain.drafts.drafting import queue_composed
from discovery.domain.drafts.meanwhile import moment_of, undisturbed
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.enums import Act, DemandStatus, DisputeStatus, DraftState, ResponseStatus
from discovery.models import Case, CaseParty, Court, Demand, Draft, Event, PartyRole, Person, RelatedCase, ScheduleEntry
from discovery.models.drafts import SUBJECTS
from discovery.papers.errors import PaperRefused
from discovery.papers.snapshots import Caption, Paper, digest, from_json, to_json

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Captions = dict[int, Caption]

NOT_OUT: dict[str, Q] = {
    "demand": Q(demand__status__in=[DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value]),
    "dispute": Q(dispute__status__in=[DisputeStatus.DRAFT.value, DisputeStatus.READY.value]),
    "response": Q(response__status=ResponseStatus.DRAFT.value),
    "log": Q(log__isnull=False, log__served_on__isnull=True),
    "preservation": Q(preservation__isnull=False, preservation__sent_on__isnull=True),
    "deadline": Q(deadline__isnull=False),
    "binder": Q(binder__isnull=False),
}
"""Whose papers have not gone out, by what a draft is of. A production is recorded once it went out, so its letter stays."""
CHOSEN = [kind for kind, composer in COMPOSERS.items() if composer.choices]
"""Papers that print what somebody chose (a redline: which two versions); made anew they would print what is usual instead."""
STANDING = (DraftState.READY.value, DraftState.QUEUED.value, DraftState.RENDERING.value)


@dataclass(frozen=True, slots=True)
class OldCaption:
    """An approved paper that waits to be served with the caption as it was approved."""

    demand: Demand
    approved_at: datetime


def renewable(case: Case) -> list[Draft]:
    """Return the newest standing draft of each paper of the case that has not gone out, oldest first (1 query)."""
    whole = Q(**{f"{name}__isnull": True for name in SUBJECTS})
    for one in NOT_OUT.values():
        whole |= one
    rows = Draft.objects.filter(whole, case=case, state__in=STANDING, paper__in=COMPOSERS).exclude(paper__in=CHOSEN)
    rows = rows.select_related(*SUBJECTS).defer("timings", "measured", "manifest", "accessibility").order_by("queued_at", "pk")
    newest: dict[tuple[Any, ...], Draft] = {}
    for draft in rows:
        newest[(draft.paper, *(getattr(draft, f"{name}_id") for name in SUBJECTS))] = draft
    return list(newest.values())


def renew_papers(case: Case, *, by: User) -> list[Draft]:
    """Ask anew for each paper of the case that has not gone out and would now print something else; return the new drafts.

    Each is composed before the transaction that queues it, so that nobody waits for more than one row. A paper that can no longer
    be composed keeps its old draft; the event names it. Nothing approved or served is touched.
    """
    made, kept = [], []
    for draft in renewable(case):
        try:
            newer = undisturbed(partial(_renewed, draft, by=by))
        except (Refused, PaperRefused) as refusal:
            kept.append(f"{draft}: {refusal}")
        else:
            made += [newer] if newer is not None else []
    if made or kept:
        _tell(case, made, kept, by=by)
    return made


def newest_event() -> int:
    """Return the id of the newest event, to ask `renewed_since` after an act."""
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def renewed_since(event: int, *, by: User) -> tuple[int, list[str]]:
    """Return how many papers somebody's act had made anew since an event, and which kept their old draft and why (1 query)."""
    told = Event.objects.filter(pk__gt=event, act=Act.PAPERS_RENEWED.value, actor=by).order_by("pk")
    details = list(told.values_list("details", flat=True))
    return sum(len(one["drafts"]) for one in details), [kept for one in details for kept in one["kept"]]


def _renewed(draft: Draft, *, by: User) -> Draft | None:
    """Return the new draft of a paper, None for one that prints the same or went out meanwhile. Raises ChangedMeanwhile."""
    moment = moment_of([draft.case_id])
    if not _not_out(draft):
        return None
    composed = _composed_now(draft)
    if digest(to_json(composed)) == draft.snapshot_id:
        return None
    return queue_composed(draft.subject, draft.paper, composed, by=by, moment=moment)


@verb
def _tell(case: Case, made: list[Draft], kept: list[str], *, by: User) -> None:
    """Write into the record of the case which papers were made anew, and which could not be."""
    details = {"drafts": [draft.pk for draft in made], "kept": kept}
    record(Act.PAPERS_RENEWED, case, case=case, by=by, summary=lambda: f"{case.name}: {len(made)}", details=details)


def captions_before(row: models.Model) -> Captions:
    """Return, before a record is written, the captions that it may change: of the cases that have papers to make anew.

    Hand them to `renew_changed` once the record is written.
    """
    return {case.pk: caption_of(case) for case in _cases_of(row)}


def renew_changed(before: Captions, *, by: User) -> None:
    """Have the papers made anew, once the transaction is committed, of each case whose caption is not what it was.

    Part of the verb that wrote the record, which so holds the database no longer for it. Should the process die in between, the
    pages of these papers say that they were made before a change.
    """
    for case in Case.objects.filter(pk__in=before).select_related("court").order_by("pk"):
        if caption_of(case) != before[case.pk]:
            transaction.on_commit(partial(renew_papers, case, by=by), robust=True)


def with_old_caption(case: Case) -> list[OldCaption]:
    """Return the approved papers, not served yet, whose caption is no longer that of the case (constant queries)."""
    waiting = Demand.objects.filter(case=case, status=DemandStatus.APPROVED.value, approved_snapshot__isnull=False)
    found = list(waiting.select_related("approved_snapshot", "responding_party__person").order_by("pk"))
    if not found:
        return []
    now = caption_of(case)
    return [OldCaption(one, one.approved_at) for one in found if one.approved_at and _approved_caption(one) != now]


def made_before_a_change(draft: Draft) -> bool:
    """Whether a finished draft of a paper that has not gone out differs from what would be printed now."""
    if draft.state != DraftState.READY or draft.paper not in COMPOSERS or not _not_out(draft):
        return False
    try:
        return _printed_now(draft) != draft.snapshot_id
    except (Refused, PaperRefused):
        return False


def _not_out(draft: Draft) -> bool:
    if draft.paper in CHOSEN:
        return False
    named = [name for name in SUBJECTS if getattr(draft, f"{name}_id") is not None]
    return not named or (named[0] in NOT_OUT and Draft.objects.filter(NOT_OUT[named[0]], pk=draft.pk).exists())


def _printed_now(draft: Draft) -> str:
    """Return the hash of what the draft's paper would print now."""
    return digest(to_json(_composed_now(draft)))


def _composed_now(draft: Draft) -> Paper:
    """Return what the draft's paper would print now, of its row as it is stored."""
    composer = composer_of(draft.subject, draft.paper)
    row = composer.model._default_manager.select_related(*composer.rows).get(pk=draft.subject.pk)
    return composer.snapshot(row, draft.paper)


def _approved_caption(demand: Demand) -> Caption | None:
    assert demand.approved_snapshot is not None
    caption = getattr(from_json(demand.approved_snapshot.content), "caption", None)
    return caption if isinstance(caption, Caption) else None


def _cases_of(row: models.Model) -> Iterable[Case]:
    """Return the stored cases whose caption a record is printed in, if they have drafts that could be made anew."""
    named = _naming(row)
    if named is None:
        return []
    drafted = Draft.objects.filter(case=models.OuterRef("pk"), state__in=STANDING)
    return Case.objects.filter(named, models.Exists(drafted)).select_related("court").order_by("pk")


def _naming(row: models.Model) -> Q | None:
    """Return which cases print a record in their caption, None when none can."""
    if isinstance(row, Case):
        return Q(pk=row.pk)
    if isinstance(row, (CaseParty, ScheduleEntry, RelatedCase)):
        return Q(pk=row.case_id)
    if isinstance(row, PartyRole):
        return Q(pk=row.party.case_id)
    if isinstance(row, Court):
        return Q(court=row.pk)
    return Q(parties__person=row.pk) if isinstance(row, Person) and row.pk else None
