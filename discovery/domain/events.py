"""Writing events: each verb calls `record` once, inside its own transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils import timezone, translation

from discovery.enums import Act
from discovery.models import Case, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def record(
    act: Act,
    subject: models.Model,
    *,
    case: Case | None,
    by: User | None,
    summary: str | Callable[[], str] = "",
    details: Mapping[str, object] | None = None,
    happened_at: datetime | None = None,
) -> Event:
    """Append one event to the case's chain (or to chain 0 when the act belongs to no case) and return it.

    Must run inside the verb's transaction. Two verbs on one case wait for each other here, so that numbers have no gap and
    each event carries the hash of the one before it. `by` is None for what a worker did. A summary that names kinds or roles is
    given as a function: the record is kept in English, whatever language the actor's screen speaks.
    """
    assert connection.in_atomic_block, "An event is written in the transaction of its verb."
    chain = case.pk if case is not None else 0
    wait_for_chain(chain)
    last = Event.objects.filter(chain=chain).order_by("-number").values_list("number", "sha256").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    now = timezone.now()
    event = Event(
        case=case,
        chain=chain,
        number=number,
        act=act.value,
        actor=by,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        summary=in_english(summary)[:300],
        details=dict(details or {}),
        happened_at=happened_at or now,
        recorded_at=now,
        previous=previous,
    )
    event.sha256 = link(event)
    event.save()
    return event


def in_english(words: str | Callable[[], str]) -> str:
    """Return a text for the record: in the program's own language."""
    if isinstance(words, str):
        return words
    with translation.override("en"):
        return words()


def link(event: Event) -> str:
    """Return the hash that ties an event to the one before it: SHA-256 over its content and the previous hash."""
    body = [
        event.previous,
        event.chain,
        event.number,
        event.act,
        event.actor_id,
        event.subject,
        event.summary,
        event.details,
        event.happened_at.astimezone(UTC).isoformat(),
        event.recorded_at.astimezone(UTC).isoformat(),
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_links(chain: int) -> Iterator[Event]:
    """Yield the events of a chain whose number or hash does not follow from the one before: somebody changed the record."""
    number, previous = 0, ""
    for event in Event.objects.filter(chain=chain).order_by("number").iterator():
        number += 1
        if event.number != number or event.previous != previous or event.sha256 != link(event):
            yield event
        number, previous = event.number, event.sha256


def wait_for_chain(chain: int) -> None:
    """Let one transaction at a time append to a chain. SQLite's IMMEDIATE transactions already exclude each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x7EC, chain % 2**31])


verb = transaction.atomic
"""Decorates every verb: its rows and its one event are written together or not at all."""
