"""The submitted recipients of one set on the review page: how each one's paper differs, what its checks say, what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.approval import fingerprint_of
from discovery.domain.checks import Finding, findings_for
from discovery.domain.composing.approvable import live
from discovery.domain.redline import Piece, redline
from discovery.enums import DemandStatus, Severity
from discovery.models import Demand, RequestSet
from discovery.staff.served import demand_url
from discovery.staff.views.demand import OF_THE_PAGE

NOT_PRINTED = {"paper", "language", "document_title", "parts", "approval", "created", "edition", "style"}
"""What a snapshot holds beside the words on its pages: its title in the file repeats the title of the paper."""
NAMES = {
    "title": gettext_lazy("Title"),
    "parties": gettext_lazy("Parties and number"),
    "addressed_to": gettext_lazy("Addressed to"),
    "preamble": gettext_lazy("Opening paragraph"),
    "definitions": gettext_lazy("Definition"),
    "instructions": gettext_lazy("Instruction"),
    "requests": gettext_lazy("Request"),
    "exhibits": gettext_lazy("Exhibit"),
    "signature": gettext_lazy("Signature"),
    "counsel": gettext_lazy("Counsel"),
    "caption": gettext_lazy("Caption"),
    "necessity": gettext_lazy("Declaration"),
    "certificate": gettext_lazy("Certificate of service"),
    "form": gettext_lazy("Form"),
    "schedule": gettext_lazy("Schedule"),
    "documents": gettext_lazy("Documents to bring"),
    "notice": gettext_lazy("Notice"),
    "examination": gettext_lazy("Testimony"),
}
"""What people call a part of a snapshot, by the name of its field."""
OTHER = gettext_lazy("Other words")
MARKS = ("number", "letter")
"""By which of its own fields an entry of a list is told from the others."""

ENTRY = re.compile(r"[0-9]+|[A-Z]{1,2}")

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One submitted demand of the set: `seen` is the fingerprint of what the page shows of it."""

    demand: Demand
    url: str
    seen: str
    differs: list[tuple[str, list[Piece]]]
    blocking: list[Finding]
    warnings: int
    signs: bool

    @property
    def name(self) -> str:
        """Who must answer."""
        return str(self.demand.responding_party)


def submitted_with(demand: Demand, user_pk: int) -> list[Recipient]:
    """Return the submitted demands of a demand's set, the read one first, or nothing for fewer than two.

    Each one's paper is composed and checked, so what this costs grows with the recipients; their texts are read once.
    """
    waiting = {
        one.pk: one
        for one in OF_THE_PAGE.filter(request_set=demand.request_set_id, status=DemandStatus.IN_REVIEW.value).order_by("pk")
    }
    if len(waiting) < 2:
        return []
    texts = _with_texts(demand.request_set)
    for one in waiting.values():
        one.request_set, one.case = texts, demand.case
    base = _words_of(live(demand))
    ours = waiting.pop(demand.pk, None)
    rows = [ours, *waiting.values()] if ours is not None else list(waiting.values())
    return [_recipient(one, base, user_pk) for one in rows]


def told_reopened(demand: Demand, back: list[Demand]) -> str:
    """Return in a sentence whose papers went back to draft with this one, since they share its text; "" for nobody's."""
    others = [str(one.responding_party) for one in back if one.pk != demand.pk]
    return _("They share the text, so they are drafts again, too: %(names)s") % {"names": " · ".join(others)} if others else ""


def _with_texts(request_set: RequestSet) -> RequestSet:
    prefetch_related_objects([request_set], "definitions", "instructions", "requests__custodians", "exhibits")
    return request_set


def _recipient(demand: Demand, base: dict[Place, str], user_pk: int) -> Recipient:
    paper = live(demand)
    open_ = [one for one in findings_for(demand) if one.override is None]
    return Recipient(
        demand=demand,
        url=demand_url(demand),
        seen=fingerprint_of(paper),
        differs=differences(base, _words_of(paper)),
        blocking=[one for one in open_ if one.severity == Severity.REFUSE],
        warnings=sum(one.severity == Severity.WARN for one in open_),
        signs=demand.attorney is not None and demand.attorney.attorney.user_id == user_pk,
    )


def differences(base: dict[Place, str], other: dict[Place, str]) -> list[tuple[str, list[Piece]]]:
    """Return every printed text that is not the same in both, with its name: nothing that differs is left out."""
    places = dict.fromkeys((*base, *other))
    return [
        (_named(place), redline(base.get(place, ""), other.get(place, "")))
        for place in places
        if base.get(place, "") != other.get(place, "")
    ]


def _words_of(paper: Any) -> dict[Place, str]:
    """Return every printed text of a snapshot by where it stands."""
    return dict(_words(asdict(paper)))


def _words(told: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(told, dict):
        for name, value in told.items():
            if name not in NOT_PRINTED:
                yield from _words(value, (*place, name))
    elif isinstance(told, tuple) and any(isinstance(one, dict) for one in told):
        for order, one in enumerate(told):
            mark = next((str(one[name]) for name in MARKS if one.get(name)), f"#{order}")
            yield from _words(one, (*place, mark))
    elif isinstance(told, tuple):
        yield place, "\n".join(map(str, told))
    else:
        yield place, str(told)


def _named(place: Place) -> str:
    """Return what people call a place: its innermost part that has a name, and the number or letter of the entry in it."""
    for depth in range(len(place) - 1, -1, -1):
        if place[depth] in NAMES and (depth == 0 or place[depth] != "documents"):  # a certificate lists documents, too
            mark = place[depth + 1] if len(place) > depth + 1 else ""
            return f"{NAMES[place[depth]]} {mark}" if ENTRY.fullmatch(mark) else str(NAMES[place[depth]])
    return str(OTHER)
