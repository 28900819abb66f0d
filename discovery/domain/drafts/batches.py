"""Batches: N rows x M papers asked for at once, one draft each, that come as one zip and as one PDF with bookmarks.

The story of one batch. Ana ticks 40 subpoenas and a set of requests and asks for the package and the notice: 80 drafts under one
batch, rung for after the commit; the set has neither paper, and she is told. Two subpoenas lack an attorney: their four drafts
are `failed` from the start and say so, the other 76 are made. She sees that the wrong cases were ticked and cancels: what still
waits is `cancelled`, what is being made is finished. When nothing is left to be made, a worker joins what is ready into one PDF
(`domain.drafts.merging`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.composing.composers import COMPOSERS, composer_of
from discovery.domain.drafts.bell import ring_after_commit, ring_to_merge_after_commit
from discovery.domain.drafts.drafting import draft_of, finished_papers, requeued
from discovery.domain.drafts.keeping import keep_snapshot
from discovery.domain.drafts.meanwhile import ChangedMeanwhile, Moment, moment_of, must_be_unchanged, undisturbed
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import PRINTED
from discovery.enums import PARTY_SETS, SUBPOENAS, Act, DemandKind, DraftState, PaperKind
from discovery.models import Batch, Case, Demand, Draft
from discovery.papers.snapshots import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH_LIMIT = 500
"""Drafts in one batch: rows times papers."""
ITSELF: dict[str, Collection[str]] = {
    PaperKind.SUBPOENA_PACKAGE.value: SUBPOENAS,
    PaperKind.DEPOSITION_NOTICE.value: (DemandKind.DEPOSITION.value,),
    PaperKind.REQUESTS.value: PARTY_SETS,
}
"""What a demand itself is printed as, by its kind; the other papers are about it."""
STOPPED = (DraftState.FAILED.value, DraftState.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class _Item:
    """One paper of one row: composed, or why it could not be."""

    demand: Demand
    paper: str
    composed: Paper | None
    refusal: str = ""


def request_batch(demands: Iterable[Demand], papers: Iterable[str], *, by: User) -> Batch:
    """Ask for papers of many demands: one draft each, one batch to watch and to download, one event a case.

    A demand that has no such paper is left out (`left_out` names it); what it has and cannot be composed becomes a failed draft
    that says why; the rest is made. Everything is composed before the transaction begins, which so holds the database for a
    moment only. Raises Refused for nothing chosen, when none has any of the papers, and for more than 500 drafts.
    """
    kinds = list(dict.fromkeys(papers))
    wanted = [demand.pk for demand in demands]
    if not wanted:
        raise Refused(_("Select at least one."))
    if not kinds or any(kind not in COMPOSERS or COMPOSERS[kind].subject != "demand" for kind in kinds):
        raise Refused(_("Choose at least one of the papers."), field="papers")
    if len(wanted) > BATCH_LIMIT:
        raise Refused(_too_many(1))
    having = {kind: _having(wanted, kind) for kind in kinds}
    pairs = [(pk, kind) for pk in wanted for kind in kinds if pk in having[kind]]
    if not pairs:
        raise Refused(_("None of those selected has any of these papers, or not yet. Choose another paper."), field="papers")
    if len(pairs) > BATCH_LIMIT:
        raise Refused(_too_many(len(kinds)))
    fetched = Demand.objects.select_related(*PRINTED).in_bulk(wanted)
    return _queue_batch([_composed(fetched[pk], kind) for pk, kind in pairs], kinds, by=by)


def left_out(demands: Iterable[Demand], papers: Iterable[str]) -> dict[str, list[Demand]]:
    """Return, by paper, the demands that have no such paper, or not yet (a query a paper).

    Of the papers that a demand itself is printed as, each kind has its own: nobody is left out of that of another kind.
    """
    rows, kinds = list(demands), list(dict.fromkeys(papers))
    found: dict[str, list[Demand]] = {}
    for kind in kinds:
        having = _having([row.pk for row in rows], kind)
        without = [row for row in rows if row.pk not in having and not _of_another_kind(row, kind, kinds)]
        if without:
            found[kind] = without
    return found


def _of_another_kind(demand: Demand, paper: str, chosen: list[str]) -> bool:
    """Whether a paper is what demands of another kind are printed as, while that of this one was chosen as well."""
    own = next((one for one, kinds in ITSELF.items() if demand.kind in kinds), "")
    return paper in ITSELF and paper != own and own in chosen


def _having(wanted: list[int], paper: str) -> frozenset[int]:
    """Return which demands have such a paper."""
    return frozenset(Demand.objects.filter(COMPOSERS[paper].of, pk__in=wanted).order_by().values_list("pk", flat=True))


def _too_many(kinds: int) -> str:
    if kinds == 1:
        return _("Select at most %(limit)d at once.") % {"limit": BATCH_LIMIT}
    return _("Select at most %(rows)d at once for %(kinds)d papers each: a batch has up to %(limit)d.") % {
        "rows": BATCH_LIMIT // kinds,
        "kinds": kinds,
        "limit": BATCH_LIMIT,
    }


def _composed(demand: Demand, paper: str) -> _Item:
    try:
        return _Item(demand, paper, composer_of(demand, paper).snapshot(demand, paper))
    except Refused as refused:
        return _Item(demand, paper, None, str(refused))


@verb
def _queue_batch(items: list[_Item], papers: list[str], *, by: User) -> Batch:
    """Write a batch with its drafts and its events."""
    kept = [keep_snapshot(item.composed) if item.composed is not None else None for item in items]
    made = finished_papers([snapshot for snapshot in kept if snapshot is not None])
    batch = Batch.objects.create(requested_by=by, papers=papers)
    drafts = []
    for item, snapshot in zip(items, kept, strict=True):
        finished = made.get(snapshot.pk) if snapshot is not None else None
        draft = draft_of(item.demand, item.paper, snapshot, by=by, batch=batch, made=finished)
        if snapshot is None:
            draft.state, draft.error, draft.finished_at = DraftState.FAILED.value, item.refusal, timezone.now()
        drafts.append(draft)
    drafts = Draft.objects.bulk_create(drafts)
    for case in {item.demand.case_id: item.demand.case for item in items}.values():
        count = sum(1 for draft in drafts if draft.case_id == case.pk)
        record(Act.BATCH_STARTED, batch, case=case, by=by, summary=lambda: str(batch), details={"drafts": count, "papers": papers})
    _ring_for(batch, drafts)
    return batch


@verb
def cancel_batch(batch: Batch, *, by: User) -> Batch:
    """Stop a batch: what waits is cancelled, what a worker has in hand is finished. Raises Refused when nothing waits any more."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    now = timezone.now()
    waiting = list(Draft.objects.filter(batch=batch, state=DraftState.QUEUED.value).values_list("pk", "case_id"))
    # The state is asked again in the update: a worker may have claimed one since.
    stopped = Draft.objects.filter(pk__in=[pk for pk, _case in waiting], state=DraftState.QUEUED.value)
    if not stopped.update(state=DraftState.CANCELLED.value, finished_at=now):
        raise Refused(_("Nothing of this batch waits any more: what is not finished is being made just now."))
    batch.cancelled_at = now
    batch.save(update_fields=["cancelled_at"])
    _record_by_case(Act.BATCH_CANCELLED, batch, {case for _pk, case in waiting}, by=by)
    _ring_for(batch, [])
    return batch


def retry_batch(batch: Batch, *, by: User) -> int:
    """Try again what failed or was cancelled; return how many were queued. What could not be composed is composed anew.

    Composed before the transaction, as for `request_batch`; once more when a case of the batch changed in between. Raises Refused
    when nothing is to be tried again, when nothing of it can be composed yet (the rows say why), and when the cases keep changing.
    """
    return undisturbed(partial(_composed_and_requeued, batch, by=by))


def _composed_and_requeued(batch: Batch, *, by: User) -> int:
    lacking = Draft.objects.filter(batch=batch, state__in=STOPPED, snapshot__isnull=True, demand__isnull=False)
    asked = list(lacking.order_by("pk").values_list("pk", "demand_id", "paper", "case_id"))
    moment = moment_of(case for _pk, _demand, _paper, case in asked)
    demands = Demand.objects.select_related(*PRINTED).in_bulk([demand for _pk, demand, _paper, _case in asked])
    anew = {pk: _composed(demands[demand], paper) for pk, demand, paper, _case in asked}
    return _requeue(batch, anew, moment, by=by)


@verb
def _requeue(batch: Batch, anew: dict[int, _Item], moment: Moment, *, by: User) -> int:
    """Write back into the queue what stopped; return how many. Raises Refused as `retry_batch`, ChangedMeanwhile."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    stopped = list(Draft.objects.filter(batch=batch, state__in=STOPPED).select_related("case").order_by("pk"))
    if not stopped:
        raise Refused(_("Every paper of this batch is made or being made."))
    queued = []
    for draft in stopped:
        item = anew.get(draft.pk)
        if draft.snapshot_id is None and item is None:
            raise ChangedMeanwhile(_("Somebody changed this batch at the same moment. Try again."))
        if draft.snapshot_id is None and item is not None:
            if item.composed is None:
                Draft.objects.filter(pk=draft.pk).update(state=DraftState.FAILED.value, error=item.refusal)
                continue
            draft.snapshot = keep_snapshot(item.composed)
            draft.approved_version = item.demand.version if item.demand.frozen else 0
        requeued(draft)
        queued.append(draft)
    must_be_unchanged(moment)
    if not queued:
        raise Refused(_("None of these can be made yet: each row says what it needs first."))
    Batch.objects.filter(pk=batch.pk).update(cancelled_at=None)
    _record_by_case(Act.DRAFT_RETRIED, batch, {draft.case_id for draft in queued}, by=by)
    ring_after_commit([draft.pk for draft in queued])
    return len(queued)


def _ring_for(batch: Batch, drafts: list[Draft]) -> None:
    """Ring for what waits; and for the joining, should nothing be left to wait for."""
    ring_after_commit([draft.pk for draft in drafts if draft.state == DraftState.QUEUED])
    ring_to_merge_after_commit(batch.pk)


def _record_by_case(act: Act, batch: Batch, cases: set[int], *, by: User) -> None:
    """Write a batch's act into the record of each case that it touches."""
    for case in Case.objects.filter(pk__in=cases).order_by("pk"):
        record(act, batch, case=case, by=by, summary=lambda: str(batch))
