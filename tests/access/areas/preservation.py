"""Preservation demands."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import EDITORS, MEMBERS, Line
from tests.factories import World
from tests.preserving import written

LINES: dict[str, Line] = {
    "preservation-list": MEMBERS,
    "preservation-new": EDITORS,
    "preservation-detail": MEMBERS,
    "preservation-edit": EDITORS,
    "preservation-send": EDITORS,
    "preservation-acknowledge": EDITORS,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name: a letter that was not sent yet."""
    demand = written(world)
    found = {name: reverse(name, args=[world.case.pk]) for name in ("preservation-list", "preservation-new")}
    one = ("preservation-detail", "preservation-edit", "preservation-send", "preservation-acknowledge")
    return found | {name: reverse(name, args=[demand.pk]) for name in one}
