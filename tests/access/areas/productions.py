"""Productions and coverage."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import EDITORS, MEMBERS, Line
from tests.factories import World
from tests.producing import logged

LINES: dict[str, Line] = {
    "production-list": MEMBERS,
    "production-new": EDITORS,
    "production-detail": MEMBERS,
    "production-edit": EDITORS,
    "production-ranges": EDITORS,
    "production-tie": EDITORS,
    "demand-coverage": MEMBERS,
    "demand-coverage-export": MEMBERS,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name."""
    demand = world.served_set(2)
    production = logged(world, demand, "ACCESS000001-ACCESS000010", demand.rows.all())
    found = {name: reverse(name, args=[production.pk]) for name in LINES if name.startswith("production-")}
    found |= {name: reverse(name, args=[demand.pk]) for name in LINES if name.startswith("demand-")}
    return found | {name: reverse(name, args=[world.case.pk]) for name in ("production-list", "production-new")}
