"""The wordings of a demand's text: each approved version, and as it stands now, with what was agreed since it was served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from discovery.domain.content import content_of
from discovery.models import Demand, Narrowing

NOW = 0
"""The number that stands for the text as it is now; versions count from 1."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: `number` of the version, NOW for as it stands; `moment` is the approval's, or that of the last change."""

    number: int
    content: dict[str, Any]
    moment: datetime
    approved_by: str = ""


def wordings_of(demand: Demand) -> list[Wording]:
    """Return every wording, oldest first; the present one only where it differs from the latest version."""
    versions = demand.request_set.versions.select_related("approved_by").order_by("number")
    found = [
        Wording(one.number, one.content, one.approved_at, one.approved_by.get_full_name() or one.approved_by.get_username())
        for one in versions
    ]
    now = _now(demand)
    if not found or found[-1].content != now.content:
        found.append(now)
    return found


def _now(demand: Demand) -> Wording:
    content = content_of(demand.request_set)
    moment = demand.request_set.changed_at
    for one in Narrowing.objects.filter(row__demand=demand, superseded=False, agreed_on__isnull=False).select_related("row"):
        moment = max(moment, one.changed_at)
        for request in content["requests"]:
            if request["number"] == one.row.number:
                request["text"] = one.text
    return Wording(NOW, content, moment)
