"""A set's whole text as plain data: what approval freezes, what papers are composed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from discovery.enums import SetStatus
from discovery.models import RequestSet, SetVersion

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from discovery.models.requests import NumberedText

T = TypeVar("T", bound="NumberedText")


def content_of(request_set: RequestSet) -> dict[str, Any]:
    """Return the live text of a set: strings and lists only, in the order of numbers (5 queries, none for what is prefetched).

    Rows that were fetched with the set are read as they stand in memory, so a preview composes from what is not saved yet.
    """
    requests = _in_order(request_set.requests.all())
    prefetch_related_objects(requests, "custodians")
    return {
        "preamble": request_set.preamble,
        "definitions_note": request_set.definitions_note,
        "request_heading": request_set.request_heading,
        "period_from": request_set.period_from.isoformat() if request_set.period_from else "",
        "period_to": request_set.period_to.isoformat() if request_set.period_to else "",
        "period_open": request_set.period_open,
        "definitions": _texts(_in_order(request_set.definitions.all())),
        "instructions": _texts(_in_order(request_set.instructions.all())),
        "requests": [
            {
                "number": request.number,
                "label": request.label,
                "text": request.text,
                "custodians": sorted(person.name for person in request.custodians.all()),
            }
            for request in requests
        ],
        "exhibits": [
            {
                "letter": exhibit.letter,
                "title": exhibit.title,
                "introduction": exhibit.introduction,
                "lines": exhibit.entries(),
            }
            for exhibit in sorted(request_set.exhibits.all(), key=lambda one: one.letter)
        ],
    }


def freeze(request_set: RequestSet, *, by: User, at: datetime | None = None) -> SetVersion:
    """Freeze a set's text and return its version: a new one, or the latest when the text is the same (law 2).

    Part of the verb `approve`, which writes the event.
    """
    content = content_of(request_set)
    sha256 = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    RequestSet.objects.filter(pk=request_set.pk).update(status=SetStatus.FROZEN.value)
    request_set.status = SetStatus.FROZEN.value
    latest = request_set.versions.order_by("-number").first()
    if latest is not None and latest.sha256 == sha256:
        return latest
    last = request_set.versions.aggregate(last=Max("number"))["last"] or 0
    version = SetVersion(
        request_set=request_set,
        number=last + 1,
        content=content,
        sha256=sha256,
        approved_by=by,
        approved_at=at or timezone.now(),
    )
    version.save()
    return version


def _in_order(rows: Iterable[T]) -> list[T]:
    return sorted(rows, key=lambda row: row.number)


def _texts(rows: Iterable[NumberedText]) -> list[dict[str, Any]]:
    return [{"number": row.number, "label": row.label, "text": row.text} for row in rows]
