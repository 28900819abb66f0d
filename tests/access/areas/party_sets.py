"""Party sets drafted here, and papers that are replaced."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.factories import World
from tests.party_sets import drafted

ACTS = ("submit", "return", "approve", "approve-all", "reopen", "withdraw")

LINES: dict[str, Line] = {
    "set-new": EDITORS,
    "set-submit-all": ACT,
    "demand-paper": EDITORS,
    "demand-review": MEMBERS,
    "demand-supersede": EDITORS,
    **{f"demand-{act}": ACT for act in ACTS},
}


def addresses(world: World) -> dict[str, str]:
    """Return an address of each, for a set that is drafted."""
    demand = drafted(world)
    found = {name: reverse(name, args=[demand.pk]) for name in LINES if not name.startswith("set-")}
    of_set = {"set-submit-all": reverse("set-submit-all", args=[demand.request_set_id])}
    return {**found, **of_set, "set-new": reverse("set-new", args=[world.case.pk])}
