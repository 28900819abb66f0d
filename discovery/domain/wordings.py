"""The wordings of a demand's text: each approved version, and as it stands now, with what was agreed since it was served.

Before those of a corrected paper stands the text of the paper that it corrects, so that what was corrected can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from discovery.domain.composing.printed import Marks
from discovery.domain.content import content_of
from discovery.models import Demand, Narrowing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NOW = 0
"""The number that stands for the text as it is now; versions count from 1."""
EARLIER = -1
"""The number that stands for the text of the paper that this one corrects, as it was approved or served."""
TEXTS = ("definitions", "instructions", "requests", "exhibits")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: `number` of the version, NOW or EARLIER; `moment` is the approval's, or that of the last change."""

    number: int
    content: dict[str, Any]
    moment: datetime
    approved_by: str = ""
    agreed: tuple[date, ...] = ()
    """The days on which narrower texts in it were agreed, the earliest first."""


def wordings_of(demand: Demand) -> list[Wording]:
    """Return every wording, oldest first, names filled in; the present one only where it differs from the latest version.

    A corrected paper has that of the earlier paper before its own, if its text is on record.
    """
    fill = Marks(demand.responding_party.person.name, demand.request_set.propounded_by.name)
    versions = demand.request_set.versions.select_related("approved_by").order_by("number")
    found = [
        Wording(
            one.number,
            _filled(one.content, fill),
            one.approved_at,
            _name(one.approved_by),
        )
        for one in versions
    ]
    now = _now(demand, fill)
    if not found or found[-1].content != now.content:
        found.append(now)
    return [*_earlier(demand), *found]


def _earlier(demand: Demand) -> list[Wording]:
    """Return the wording of the paper that a demand corrects; none when it corrects none, or when no text of it was recorded."""
    old = demand.supersedes
    version = old.approved_version if old is not None else None
    if old is None or version is None or not any(version.content[name] for name in TEXTS):
        return []
    fill = Marks(old.responding_party.person.name, old.request_set.propounded_by.name)
    return [Wording(EARLIER, _filled(version.content, fill), version.approved_at, _name(version.approved_by))]


def _now(demand: Demand, fill: Marks) -> Wording:
    content = _filled(content_of(demand.request_set), fill)
    moment = demand.request_set.changed_at
    agreed: set[date] = set()
    for one in Narrowing.objects.filter(row__demand=demand, superseded=False, agreed_on__isnull=False).select_related("row"):
        moment = max(moment, one.changed_at)
        agreed |= {one.agreed_on} if one.agreed_on else set()
        for request in content["requests"]:
            if request["number"] == one.row.number:
                request["text"] = one.text
    return Wording(NOW, content, moment, agreed=tuple(sorted(agreed)))


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _filled(content: dict[str, Any], fill: Marks) -> dict[str, Any]:
    """Return a set's text as this demand prints it: names stand where the text of the set has marks."""
    texts = {name: [_each(row, fill) for row in content[name]] for name in TEXTS}
    return {**content, **texts, "preamble": fill(content["preamble"]), "definitions_note": fill(content["definitions_note"])}


def _each(row: dict[str, Any], fill: Marks) -> dict[str, Any]:
    return {**row, **{name: fill(row[name]) for name in ("label", "text", "introduction") if name in row}}
