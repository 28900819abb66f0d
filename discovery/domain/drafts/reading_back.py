"""Reading a finished paper back for what a screen reader needs: a second step that never delays or fails the paper itself."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from discovery.domain.drafts.bell import ring_to_read
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import BEGUN, paper_storage
from discovery.papers.accessibility import UNREAD, report_on, unread_report

logger = logging.getLogger(__name__)

READ_AGAIN = timedelta(days=1)
"""For so long a paper whose bell was lost is rung for again; older ones are read when somebody makes them again."""
PATIENCE = timedelta(minutes=5)
"""How long a worker may be at one before the next is rung for; the largest paper that was ever measured took it a minute."""


def read_back(draft_id: int) -> Draft | None:
    """Store the report on a finished paper, and on every other draft that has the same file; twice gives one result.

    None when there is nothing to read: not finished, read before, begun as often as may be, begun by another worker at this moment,
    or its file is gone.
    """
    may_begin = Draft.objects.filter(_begun(*range(settings.DRAFT_MAX_ATTEMPTS)), state=DraftState.READY.value)
    draft = may_begin.filter(pk=draft_id).first()
    if draft is None or not _begin(draft):
        return None
    try:
        with paper_storage().open(str(draft.file.name)) as file:
            report = report_on(file.read())
    except FileNotFoundError:
        logger.warning("The file of draft %d is gone, so it was not read back.", draft.pk)
        return None
    _same(draft, given_up=True).update(accessibility=report)
    draft.refresh_from_db()
    return draft


def left_unread(draft: Draft) -> bool:
    """Whether nobody reads a finished paper back any more by itself: workers gave up on it, or a day went by without a report.

    Made again, such a paper is a draft of its own, which is read anew; what comes of it is told of the old one, too.
    """
    if draft.report:
        return bool(draft.report["failed"] == [UNREAD])
    return draft.queued_at <= timezone.now() - READ_AGAIN


def sweep_unread(*, now: datetime | None = None) -> int:
    """Ring for finished papers of the last day that nobody read back and return how many; give up on some.

    Given up are those that were begun as often as may be, by workers that the kernel killed for want of memory, say: their reports
    tell that nobody could read them, so nothing is rung for ever. Runs with the sweep of drafts.
    """
    now = now or timezone.now()
    settled, most = now - timedelta(seconds=settings.SWEEP_SECONDS), settings.DRAFT_MAX_ATTEMPTS
    of_today = Draft.objects.filter(state=DraftState.READY.value, queued_at__gt=now - READ_AGAIN, finished_at__lte=settled)
    silent = of_today.filter(_begun(most), finished_at__lte=now - PATIENCE * most)
    silent.update(accessibility=unread_report(most))
    due = Q()
    for count in range(most):
        due |= _begun(count) & Q(finished_at__lte=now - PATIENCE * count)
    waiting = list(of_today.filter(due).order_by("queued_at").values_list("pk", flat=True)[:200])
    ring_to_read(waiting)
    return len(waiting)


def _begun(*counts: int) -> Q:
    """Return the condition that a draft has no report and was begun so many times: the count stands in the report's place."""
    found = Q()
    for count in counts:
        found |= Q(accessibility={BEGUN: count} if count else {})
    return found


def _same(draft: Draft, *, given_up: bool = False) -> QuerySet[Draft]:
    """Return the drafts without a report that have this one's file; with those that workers gave up on, when asked for."""
    every = _begun(*range(settings.DRAFT_MAX_ATTEMPTS + 1))
    if given_up:
        every |= Q(accessibility=unread_report(settings.DRAFT_MAX_ATTEMPTS))
    return Draft.objects.filter(every, state=DraftState.READY.value, snapshot=draft.snapshot_id, file_sha256=draft.file_sha256)


def _begin(draft: Draft) -> bool:
    """Count an attempt before it is made, since a killed worker tells nothing; False when another worker was quicker."""
    begun = {BEGUN: draft.accessibility.get(BEGUN, 0) + 1}
    taken = Draft.objects.filter(pk=draft.pk, accessibility=draft.accessibility).update(accessibility=begun)
    if taken:
        _same(draft).update(accessibility=begun)
    return bool(taken)
