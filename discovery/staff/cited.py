"""The authorities of a motion as its page shows them: by group, with what seems missing and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from discovery.domain.composing.authorities import Line, Listing
from discovery.enums import AuthorityGroup


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One authority; `lacks` says what seems missing, `state` what was decided: "", "corrected", "added", "left_out"."""

    line: Line
    lacks: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of the table (enums.AuthorityGroup) with its lines."""

    label: str
    lines: tuple[ShownLine, ...]


def shown_groups(listing: Listing) -> list[ShownGroup]:
    """Return the lines by group, in the order of the table."""
    lacking = {"name": _("no name"), "court": _("no court"), "year": _("no year")}
    return [
        ShownGroup(
            _(AuthorityGroup(group).label),
            tuple(ShownLine(one, tuple(lacking[lack] for lack in one.lacks), _state(one)) for one in lines),
        )
        for group, lines in groupby(listing.lines, key=lambda one: one.group)
    ]


def _state(one: Line) -> str:
    if one.row is None:
        return ""
    if one.left_out:
        return "left_out"
    return "corrected" if one.found else "added"
