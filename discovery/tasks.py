"""Celery tasks: each fetches an id and calls one verb. Unknown keyword arguments are tolerated after a deployment."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_ready

from discovery.domain.dates import recomputing, reminders
from discovery.domain.drafts import drafting, merging, reading_back, word_files
from discovery.papers import rendering

logger = logging.getLogger(__name__)


@shared_task(name="discovery.render_draft")
def render_draft(*, draft_id: int, **_later: Any) -> None:
    """Render one draft; a bell that rings twice, or for a draft that is gone, does nothing."""
    if drafting.render_draft(draft_id) is None:
        logger.info("Draft %d was not waiting.", draft_id)


@shared_task(name="discovery.make_word")
def make_word(*, draft_id: int, **_later: Any) -> None:
    """Make the Word file beside a finished PDF; one that is there, or a draft that is gone, is left alone."""
    if not word_files.make_word(draft_id):
        logger.info("Draft %d waits for no Word file.", draft_id)


@shared_task(name="discovery.read_back")
def read_back(*, draft_id: int, **_later: Any) -> None:
    """Read a finished paper back for what a screen reader needs; twice does nothing."""
    reading_back.read_back(draft_id)


@shared_task(name="discovery.merge_batch")
def merge_batch(*, batch_id: int, **_later: Any) -> None:
    """Join the papers of a batch into one PDF; a bell that rings twice, or too early, does nothing."""
    if merging.merge_batch(batch_id) is None:
        logger.info("Batch %d was not waiting to be joined.", batch_id)


@shared_task(name="discovery.sweep_drafts")
def sweep_drafts(**_later: Any) -> None:
    """Ring again for drafts and batches that nobody claimed, whose worker fell silent, that nobody read back or put into Word."""
    drafting.sweep()
    reading_back.sweep_unread()
    word_files.sweep_wordless()
    merging.sweep_merges()


@shared_task(name="discovery.recompute_dates")
def recompute_dates(**_later: Any) -> None:
    """Compute the dates of cases again whose court, closures or rules changed since."""
    recomputing.recompute_stale()


@shared_task(name="discovery.remind")
def remind(**_later: Any) -> None:
    """Queue the reminders whose moment has come."""
    reminders.due_reminders()


@shared_task(name="discovery.send_reminders")
def send_reminders(**_later: Any) -> None:
    """Send the reminders that wait."""
    reminders.send_reminders()


@worker_process_init.connect
def warm_up(**_signal: Any) -> None:
    """Load engine, fonts and stylesheets before the first paper is asked for."""
    rendering.preload()


@worker_ready.connect
def sweep_at_start(**_signal: Any) -> None:
    """Ring at once for what waits since the last worker stopped, instead of after the first beat."""
    drafting.sweep(everything=True)
