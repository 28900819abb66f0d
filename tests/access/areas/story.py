"""The story of a case, the page of a row, and why a status is what it is."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import MEMBERS, Line
from tests.factories import World

LINES: dict[str, Line] = {"case-story": MEMBERS, "row-detail": MEMBERS, "explain": MEMBERS}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name."""
    demand = world.served_set()
    row = demand.rows.order_by("number")[0]
    return {
        "case-story": reverse("case-story", args=[world.case.pk]),
        "row-detail": reverse("row-detail", args=[row.pk]),
        "explain": reverse("explain", args=["demand", demand.pk]),
    }
