"""Ringing the bell: telling the workers that a draft waits. Nothing is lost when nobody hears it; the sweep rings again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

RENDER_TASK = "discovery.render_draft"
READ_TASK = "discovery.read_back"
MERGE_TASK = "discovery.merge_batch"
DATES_TASK = "discovery.recompute_dates"
MAIL_TASK = "discovery.send_reminders"
WORD_TASK = "discovery.make_word"


_WORKING_HERE: ContextVar[bool] = ContextVar("this process does the work itself", default=False)


@contextmanager
def working_here() -> Iterator[None]:
    """While open, no bell is rung for papers: this process makes them itself, as from a shell. What it leaves, the sweep finds."""
    token = _WORKING_HERE.set(True)
    try:
        yield
    finally:
        _WORKING_HERE.reset(token)


def ring_after_commit(draft_ids: list[int]) -> None:
    """Ring once for each draft when the transaction has been committed, so that no worker looks for a row not yet there."""
    transaction.on_commit(partial(ring, list(draft_ids)))


def ring(draft_ids: list[int]) -> None:
    """Ring now. A broker that cannot be reached is logged, not raised: the row is the queue of record (law 6)."""
    _send(RENDER_TASK, draft_ids)


def ring_to_read_after_commit(draft_id: int) -> None:
    """Ring when the transaction has been committed: a finished paper is to be read back (`domain.drafts.reading_back`)."""
    transaction.on_commit(partial(ring_to_read, [draft_id]))


def ring_to_read(draft_ids: list[int]) -> None:
    """Ring now for finished papers to be read back; a broker that is away is logged, not raised."""
    if draft_ids:
        _send(READ_TASK, draft_ids)


def _send(task: str, draft_ids: list[int]) -> None:
    if _WORKING_HERE.get():
        return
    try:
        with current_app.producer_pool.acquire(block=True) as producer:
            for draft_id in draft_ids:
                current_app.send_task(task, kwargs={"draft_id": draft_id}, producer=producer, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not hear of %d drafts (%s); the sweep will ring again.", len(draft_ids), error)


def ring_for_word_after_commit(draft_id: int) -> None:
    """Ring for the Word file of a finished paper when the transaction has been committed."""
    transaction.on_commit(partial(ring_for_word, [draft_id]))


def ring_for_word(draft_ids: list[int]) -> None:
    """Ring now for Word files beside finished papers; a broker that is away is logged, not raised."""
    if draft_ids:
        _send(WORD_TASK, draft_ids)


def ring_to_merge_after_commit(batch_id: int) -> None:
    """Ring when the transaction has been committed: the papers of a batch are to be joined, if all of them are finished."""
    transaction.on_commit(partial(ring_to_merge, [batch_id]))


def ring_to_merge(batch_ids: list[int]) -> None:
    """Ring now for batches to be joined; a broker that is away is logged, not raised."""
    if _WORKING_HERE.get():
        return
    try:
        for batch_id in batch_ids:
            current_app.send_task(MERGE_TASK, kwargs={"batch_id": batch_id}, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not hear of %d batches (%s); the sweep will ring again.", len(batch_ids), error)


def ring_for_dates_after_commit() -> None:
    """Ring once when the transaction has been committed: dates may rest on what it changed. Beat looks every few minutes anyway."""
    transaction.on_commit(ring_for_dates)


def ring_for_dates() -> None:
    """Ring now for dates to be computed again; a broker that is away is logged, not raised."""
    try:
        current_app.send_task(DATES_TASK, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not hear that dates are to be computed again (%s); beat will look.", error)


def ring_for_mail() -> None:
    """Ring now for reminders to be sent; a broker that is away is logged, not raised."""
    try:
        current_app.send_task(MAIL_TASK, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not hear that reminders wait (%s); beat will look.", error)
