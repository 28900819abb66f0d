"""Proof: verifying a paper, the report on its accessibility, two wordings beside each other."""

from __future__ import annotations

from django.urls import reverse

from discovery.domain.drafts.drafting import request_draft
from tests.access.lines import EVERYONE, MEMBERS, Line
from tests.factories import World

LINES: dict[str, Line] = {
    # Everybody may ask what a file is; the answer knows only papers of the asker's cases (tests/domain/test_verifying.py).
    "paper-verify": EVERYONE,
    "draft-accessibility": MEMBERS,
    "demand-redline": MEMBERS,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name, all within one case."""
    demand = world.subpoena(name="Schedule of proof").demand
    draft = request_draft(demand, "subpoena", by=world.alice)
    return {
        "paper-verify": reverse("paper-verify"),
        "draft-accessibility": reverse("draft-accessibility", args=[draft.pk]),
        "demand-redline": reverse("demand-redline", args=[demand.pk]),
    }
