"""Making papers: asking for a draft, claiming it, rendering it, storing it, trying again (law 6).

The story of one draft. At 9:00:00 Ana asks for the Meta package: `request_draft` composes and stores the snapshot, writes a row
`queued` and rings after the commit. At 9:00:00.004 a worker hears it and claims the row (`rendering`, attempt 1, a lease until
9:00:30 that a heartbeat renews every 10 s). It renders, moves the file into storage and marks the row `ready`, if the lease is
still its own. Had the machine lost power at 9:00:01, the sweep would have found the lease run out at 9:00:31 and rung again; the
third attempt that ends so is the last, and the row fails with the reason and a button to try again.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.composing.composers import COMPOSERS, case_of, composer_of, locked
from discovery.domain.drafts.bell import (
    ring,
    ring_after_commit,
    ring_for_word_after_commit,
    ring_to_merge_after_commit,
    ring_to_read_after_commit,
)
from discovery.domain.drafts.filing import store, stored_pdf
from discovery.domain.drafts.heartbeat import Heartbeat
from discovery.domain.drafts.keeping import keep_snapshot
from discovery.domain.drafts.meanwhile import Moment, must_be_unchanged
from discovery.domain.drafts.mishaps import told_of
from discovery.domain.drafts.provenance import record_of
from discovery.domain.drafts.reading_back import left_unread
from discovery.domain.drafts.word_files import WORD_FIELDS, why_no_word
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.enums import Act, DraftState
from discovery.models import Batch, Demand, Draft, Snapshot
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import Rendered, render
from discovery.papers.snapshots import Paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

REUSED = ("file", "file_sha256", "file_size", "pages", "release", "timings", "measured")
"""What a draft takes over from one that was made of the same snapshot; and its report, unless nobody could read it back."""


@verb
def request_draft(subject: models.Model, paper: str, *, by: User, choices: Mapping[str, int] | None = None) -> Draft:
    """Ask for a paper of a row (a demand, a deadline, a dispute ...) and return its draft: the one that was made or is being made
    of exactly this, else a new one. `choices` are for papers that have any (which two versions a redline compares).

    Raises Refused for a paper that such a row does not have, or saying what it lacks.
    """
    composer = composer_of(subject, paper)
    row = locked(subject, composer)
    return _queue(row, paper, keep_snapshot(composer.snapshot(row, paper, choices)), by=by)


@verb
def queue_composed(subject: models.Model, paper: str, composed: Paper, *, by: User, moment: Moment) -> Draft:
    """Queue a paper that was composed before this transaction began, as `request_draft` does.

    Raises ChangedMeanwhile when the case changed since the `moment` at which composing began.
    """
    row = locked(subject, composer_of(subject, paper))
    snapshot = keep_snapshot(composed)
    must_be_unchanged(moment)
    return _queue(row, paper, snapshot, by=by)


def _queue(subject: models.Model, paper: str, snapshot: Snapshot, *, by: User) -> Draft:
    """Return the draft of this very snapshot that waits or is made for the same subject, else a new one, queued and rung for.

    One that nobody could read back is made again: at once, of the same file, and read anew.
    """
    name = COMPOSERS[paper].subject
    same = Draft.objects.filter(snapshot=snapshot, paper=paper, **{name: subject})
    waiting = same.filter(state__in=[DraftState.QUEUED.value, DraftState.RENDERING.value]).first()
    if waiting is not None:
        return waiting
    made = finished_papers([snapshot]).get(snapshot.pk)
    if made is not None and getattr(made, f"{name}_id") == subject.pk and not left_unread(made):
        return made
    draft = draft_of(subject, paper, snapshot, by=by, batch=None, made=made)
    draft.save()
    record(Act.DRAFT_QUEUED, draft, case=draft.case, by=by, summary=lambda: str(draft), details={"snapshot": snapshot.pk})
    if draft.state == DraftState.QUEUED:
        ring_after_commit([draft.pk])
    elif made is not None and left_unread(made):
        ring_to_read_after_commit(draft.pk)
    return draft


@verb
def retry_draft(draft: Draft, *, by: User) -> Draft:
    """Queue a draft that failed or was cancelled again, with all its attempts; one that could not be composed is composed anew.

    Raises Refused when it did neither, and when it still lacks something.
    """
    if draft.state not in {DraftState.FAILED, DraftState.CANCELLED}:
        raise Refused(_("Only a paper that failed can be tried again."))
    if draft.snapshot_id is None:
        composer = composer_of(draft.subject, draft.paper)
        row = locked(draft.subject, composer)
        draft.snapshot = keep_snapshot(composer.snapshot(row, draft.paper))
        draft.approved_version = row.version if isinstance(row, Demand) and row.frozen else 0
    requeued(draft)
    record(Act.DRAFT_RETRIED, draft, case=draft.case, by=by, summary=lambda: str(draft))
    ring_after_commit([draft.pk])
    return draft


def requeued(draft: Draft) -> None:
    """Write a draft that failed or was cancelled back into the queue, and void what its batch was joined to; part of a verb.

    Raises Refused when somebody was quicker.
    """
    changed = Draft.objects.filter(pk=draft.pk, state__in=[DraftState.FAILED.value, DraftState.CANCELLED.value]).update(
        state=DraftState.QUEUED.value,
        snapshot=draft.snapshot,
        approved_version=draft.approved_version,
        attempts=0,
        error="",
        page=0,
        queued_at=timezone.now(),
        finished_at=None,
        lease="",
        lease_until=None,
    )
    if not changed:
        raise Refused(_("Only a paper that failed can be tried again."))
    if draft.batch_id is not None:
        Batch.objects.filter(pk=draft.batch_id).update(merged_file="", merged_size=0, merged_error="", merging_attempts=0)
    draft.refresh_from_db()


def render_draft(draft_id: int) -> Draft | None:
    """Render one draft, if it still waits: claim, render, store, mark ready or failed. Doing it twice gives one result.

    Returns the finished draft, or None when somebody else holds or finished it. Lets SystemExit and the like through, so that a
    worker told to stop leaves the row to the sweep.
    """
    draft = claim(draft_id)
    if draft is None:
        return None
    assert draft.snapshot is not None, "only a draft with a snapshot is ever queued"
    started = time.monotonic()
    with Heartbeat(draft) as heartbeat:
        try:
            rendered = render(draft.snapshot.content, progress=heartbeat.page, release=settings.RELEASE, files=stored_pdf)
            name = store(rendered)
        except PaperRefused as refusal:
            return fail(draft, str(refusal))
        except Exception as error:
            logger.exception("Draft %d could not be rendered.", draft.pk)
            return fail(draft, told_of(error))
    return finish(draft, rendered, name, seconds=time.monotonic() - started)


def claim(draft_id: int, *, now: datetime | None = None) -> Draft | None:
    """Take a queued draft for this worker; one conditional UPDATE decides between two. None when it is not to be had."""
    now = now or timezone.now()
    token = secrets.token_hex(16)
    taken = Draft.objects.filter(pk=draft_id, state=DraftState.QUEUED.value).update(
        state=DraftState.RENDERING.value,
        attempts=F("attempts") + 1,
        lease=token,
        lease_until=now + timedelta(seconds=settings.DRAFT_LEASE_SECONDS),
        started_at=now,
        page=0,
    )
    if not taken:
        return None
    return Draft.objects.select_related("snapshot", "case", "requested_by").get(pk=draft_id)


@verb
def finish(draft: Draft, rendered: Rendered, name: str, *, seconds: float) -> Draft | None:
    """Mark a draft ready, if this worker still holds it. None when the lease went to another worker meanwhile."""
    now = timezone.now()
    done = Draft.objects.filter(pk=draft.pk, state=DraftState.RENDERING.value, lease=draft.lease).update(
        state=DraftState.READY.value,
        lease="",
        lease_until=None,
        file=name,
        file_sha256=rendered.sha256,
        file_size=len(rendered.pdf),
        pages=rendered.pages,
        page=rendered.pages,
        release=settings.RELEASE,
        timings={**rendered.timings, "total": round(seconds, 4)},
        measured=rendered.measured,
        manifest=record_of(draft, rendered.manifest, made_at=now, sha256=rendered.sha256, pages=rendered.pages),
        accessibility={},
        finished_at=now,
        error="",
    )
    if not done:
        return None
    draft.refresh_from_db()
    record(
        Act.DRAFT_READY,
        draft,
        case=draft.case,
        by=None,
        summary=lambda: str(draft),
        details={"sha256": rendered.sha256, "pages": rendered.pages},
        happened_at=now,
    )
    if not why_no_word(draft.paper):
        ring_for_word_after_commit(draft.pk)
    ring_to_read_after_commit(draft.pk)
    _tell_batch(draft)
    return draft


@verb
def fail(draft: Draft, reason: str) -> Draft | None:
    """Mark a draft failed with its reason, if this worker still holds it."""
    done = Draft.objects.filter(pk=draft.pk, state=DraftState.RENDERING.value, lease=draft.lease).update(
        state=DraftState.FAILED.value, lease="", lease_until=None, error=reason, finished_at=timezone.now()
    )
    if not done:
        return None
    draft.refresh_from_db()
    record(Act.DRAFT_FAILED, draft, case=draft.case, by=None, summary=lambda: str(draft), details={"reason": reason})
    _tell_batch(draft)
    return draft


def _tell_batch(draft: Draft) -> None:
    """Ring for the joining of a batch when its last draft is finished."""
    if draft.batch_id is None:
        return
    unfinished = Draft.objects.filter(batch=draft.batch_id, state__in=[DraftState.QUEUED.value, DraftState.RENDERING.value])
    if not unfinished.exists():
        ring_to_merge_after_commit(draft.batch_id)


def sweep(*, now: datetime | None = None, everything: bool = False) -> int:
    """Give drafts whose worker fell silent back to the queue and ring for all that wait; return how many bells were rung.

    A draft that was tried as often as allowed fails, with the reason. Runs every few seconds on beat; a worker that
    starts says `everything`, so that it also hears of what was asked for a moment before.
    """
    now = now or timezone.now()
    expired = Draft.objects.filter(state=DraftState.RENDERING.value, lease_until__lt=now)
    for draft in expired.filter(attempts__gte=settings.DRAFT_MAX_ATTEMPTS).select_related("case"):
        fail(
            draft,
            _("The worker stopped %(count)d times while making this paper. Try again; if it stops again, look at the worker's log.")
            % {"count": draft.attempts},
        )
    # A draft whose batch was cancelled while it was being made, and whose worker fell silent, is not begun anew.
    expired.filter(batch__cancelled_at__gte=F("queued_at")).update(
        state=DraftState.CANCELLED.value, lease="", lease_until=None, finished_at=now
    )
    expired.filter(attempts__lt=settings.DRAFT_MAX_ATTEMPTS).update(state=DraftState.QUEUED.value, lease="", lease_until=None)
    # A draft younger than a sweep was rung for a moment ago; ringing for it again would only wake workers for nothing.
    settled = now if everything else now - timedelta(seconds=settings.SWEEP_SECONDS)
    waiting = list(
        Draft.objects.filter(Q(queued_at__lte=settled) | Q(attempts__gt=0), state=DraftState.QUEUED.value)
        .order_by("queued_at")
        .values_list("pk", flat=True)[:1000]
    )
    ring(waiting)
    return len(waiting)


def finished_papers(wanted: list[Snapshot]) -> dict[str, Draft]:
    """Return, by snapshot, the finished draft of this release whose file is still there."""
    ready = Draft.objects.filter(snapshot__in=wanted, state=DraftState.READY.value, release=settings.RELEASE).order_by("pk")
    return {str(draft.snapshot_id): draft for draft in ready if paper_storage().exists(str(draft.file.name))}


def draft_of(
    subject: models.Model, paper: str, snapshot: Snapshot | None, *, by: User, batch: Batch | None, made: Draft | None
) -> Draft:
    """Return a draft to be saved: queued, or ready at once with the file that was made of the same snapshot.

    Finished files are named by their content: the same snapshot under the same release is the same file (law 3). The report on it
    is the same, too; one that nobody could make is tried for anew (the sweep rings, if nobody does before).
    """
    draft = Draft(batch=batch, paper=paper, snapshot=snapshot, requested_by=by, **{COMPOSERS[paper].subject: subject})
    draft.case = case_of(subject)
    if isinstance(subject, Demand) and subject.frozen and draft.of_a_version:
        draft.approved_version = subject.version
    if made is not None:
        now = timezone.now()
        draft.state, draft.started_at, draft.finished_at = DraftState.READY.value, now, now
        for field in (*REUSED, *WORD_FIELDS):
            setattr(draft, field, getattr(made, field))
        draft.accessibility = {} if left_unread(made) else made.accessibility
        manifest = made.manifest.get("paper", {})
        draft.manifest = record_of(draft, manifest, made_at=made.finished_at or now, sha256=made.file_sha256, pages=made.pages)
    return draft
