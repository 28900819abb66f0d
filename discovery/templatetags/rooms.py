"""The rooms of a case: the bar over each of its pages, with the room marked that the page belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from discovery.models import Case
    from discovery.staff.forms.base import Label

register = template.Library()


@dataclass(frozen=True, slots=True)
class Room:
    """A room: the name of its address, its icon and words, and how the names of the addresses in it begin."""

    name: str
    icon: str
    words: Label
    inside: tuple[str, ...] = ()


ROOMS = (
    Room("case-matrix", "grid-3x3", _("Matrix"), ("matrix-", "case-heat", "set-matrix", "row-")),
    Room("conferral-list", "telephone", _("Conferences"), ("conferral-", "commitment-", "narrowing-")),
    Room("dispute-list", "envelope-paper", _("Disputes"), ("dispute-",)),
    Room("order-list", "hammer", _("Orders"), ("order-", "motion-")),
    Room("production-list", "box-seam", _("Productions"), ("production-", "demand-coverage")),
    Room("log-list", "list-columns", _("Privilege logs"), ("log-", "clawback-")),
    Room("preservation-list", "snow", _("Preservation"), ("preservation-",)),
    Room("binder-list", "journal-text", _("Binders"), ("binder-",)),
    Room("case-dates", "list-check", _("Dates"), ("case-dates", "deadline-", "extension-")),
    Room("case-story", "clock-history", _("History"), ("case-story", "case-timeline")),
)
RECORD = Room("case-detail", "briefcase", pgettext_lazy("rooms of a case", "Record"), ("",))
"""The case's own page, and what stands on it: parties, counsel, sets, demands."""
NOWHERE = ("draft-", "batch-", "explain", "attachment-")
"""Papers and explanations belong to whatever they are about."""


@register.inclusion_tag("staff/_case_nav.html", takes_context=True)
def rooms(context: dict[str, Any], case: Case) -> dict[str, Any]:
    """Return the rooms of a case with their addresses; `current` is "page" for the room itself, "true" for a page inside it."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = match.url_name or "" if match else ""
    room = room_of(here)
    found = [
        (one, reverse(one.name, args=[case.pk]), ("page" if one.name == here else "true") if one is room else "")
        for one in (RECORD, *ROOMS)
    ]
    return {"rooms": found}


def room_of(name: str) -> Room | None:
    """Return the room that a page belongs to by the name of its address."""
    if not name or name.startswith(NOWHERE):
        return None
    return next((room for room in ROOMS if name == room.name or name.startswith(room.inside)), RECORD)
