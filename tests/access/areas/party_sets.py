"""Party sets drafted here, and papers that are replaced."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.factories import World
from tests.party_sets import drafted

ACTS = ("submit", "return", "approve", "approve-all", "reopen", "withdraw")

LINES: dict[str, Line] = {
    "set-new": EDITORS,
    "demand-paper": EDITORS,
    "demand-review": MEMBERS,
    "demand-supersede": EDITORS,
    **{f"demand-{act}": ACT for act in ACTS},
}


def addresses(world: World) -> dict[str, str]:
    """Return an address of each, for a set that is drafted."""
    demand = drafted(world)
    found = {name: reverse(name, args=[demand.pk]) for name in LINES if name != "set-new"}
    return {**found, "set-new": reverse("set-new", args=[world.case.pk])}
