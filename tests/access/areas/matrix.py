"""The matrix, what is done from it, and its pictures."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import ACT, MEMBERS, Line
from tests.factories import World

READ = ("case-matrix", "matrix-csv", "matrix-xlsx", "case-heat")
LINES: dict[str, Line] = {
    **dict.fromkeys(READ, MEMBERS),
    "set-matrix": MEMBERS,
    "matrix-act": ACT,
    "matrix-undo": ACT,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name, all within one case."""
    found = {name: reverse(name, args=[world.case.pk]) for name in (*READ, "matrix-act", "matrix-undo")}
    return found | {"set-matrix": reverse("set-matrix", args=[world.served_set(1).request_set_id])}
