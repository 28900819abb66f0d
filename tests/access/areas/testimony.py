"""Starting testimony, and the fields of it."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import EDITORS, Line
from tests.factories import World

LINES: dict[str, Line] = {"testimony-new": EDITORS, "testimony-form": EDITORS}


def addresses(world: World) -> dict[str, str]:
    """Return an address of each, within one case."""
    return {
        "testimony-new": reverse("testimony-new", args=[world.case.pk, "deposition"]),
        "testimony-form": reverse("testimony-form", args=[world.examination().pk]),
    }
