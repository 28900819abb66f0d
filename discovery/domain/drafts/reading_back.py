"""Reading a finished paper back for what a screen reader needs: a second step that never delays or fails the paper itself."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from discovery.domain.drafts.bell import ring_to_read
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.accessibility import report_on

logger = logging.getLogger(__name__)

READ_AGAIN = timedelta(days=1)
"""For so long a paper whose bell was lost is rung for again; older ones are read when somebody makes them again."""


def read_back(draft_id: int) -> Draft | None:
    """Store the report on a finished paper, and on every other draft that has the same file; twice gives one result.

    None when there is nothing to read: not finished, read before, or its file is gone.
    """
    draft = Draft.objects.filter(pk=draft_id, state=DraftState.READY.value, accessibility={}).first()
    if draft is None:
        return None
    try:
        with paper_storage().open(str(draft.file.name)) as file:
            report = report_on(file.read())
    except FileNotFoundError:
        logger.warning("The file of draft %d is gone, so it was not read back.", draft.pk)
        return None
    same = Draft.objects.filter(snapshot=draft.snapshot_id, file_sha256=draft.file_sha256, accessibility={})
    same.update(accessibility=report)
    draft.refresh_from_db()
    return draft


def sweep_unread(*, now: datetime | None = None) -> int:
    """Ring for finished papers of the last day that nobody read back; return how many. Runs with the sweep of drafts."""
    now = now or timezone.now()
    settled = now - timedelta(seconds=settings.SWEEP_SECONDS)
    unread = Draft.objects.filter(state=DraftState.READY.value, queued_at__gt=now - READ_AGAIN, finished_at__lte=settled)
    waiting = list(unread.filter(accessibility={}).order_by("queued_at").values_list("pk", flat=True)[:200])
    ring_to_read(waiting)
    return len(waiting)
