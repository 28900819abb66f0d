"""Closing a date: what was due was done, or it no longer applies. Parts of the verbs that say so; the rows come locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from discovery.enums import DeadlineState

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import User

    from discovery.models import Attachment, Deadline

DONE_FIELDS = ["done_on", "done_by", "done_note", "evidence"]
CLOSED_FIELDS = [
    "state",
    "next_reminder_at",
    "proposed_on",
    "proposed_derivation",
    "proposed_because",
    "revision",
    "changed_at",
]


def close_as_done(row: Deadline, day: date, note: str, *, by: User, evidence: Attachment | None = None) -> None:
    """Write that what was due was done: when, by whom recorded, and what shows it."""
    row.done_on, row.done_by, row.done_note, row.evidence = day, by, note.strip()[:300], evidence
    _close(row, DeadlineState.DONE, DONE_FIELDS)


def close_as_void(row: Deadline) -> None:
    """Write that a date no longer applies, as what it followed from is gone."""
    _close(row, DeadlineState.VOID, [])


def _close(row: Deadline, state: DeadlineState, told: list[str]) -> None:
    """A closed date reminds nobody and waits for no decision about another day."""
    row.state, row.next_reminder_at = state.value, None
    row.proposed_on, row.proposed_derivation, row.proposed_because = None, None, ""
    row.revision, row.changed_at = row.revision + 1, timezone.now()
    row.save(update_fields=[*CLOSED_FIELDS, *told])
