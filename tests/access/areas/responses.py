"""The addresses of responses: a draft of ours to interrogatories that were served on our client."""

from __future__ import annotations

from django.urls import reverse

from discovery.domain.answers.by_request import start_response
from discovery.enums import DemandKind
from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.factories import World

LINES: dict[str, Line] = {
    "response-start": ACT,
    "response-answers": MEMBERS,
    "response-frame": EDITORS,
    "response-serve": EDITORS,
    "response-verify": EDITORS,
}


def addresses(world: World) -> dict[str, str]:
    """Return one of each."""
    response = start_response(world.set_served_on_us(kind=DemandKind.ROG), by=world.alice)
    found = {f"response-{act}": reverse(f"response-{act}", args=[response.pk]) for act in ("answers", "frame", "serve", "verify")}
    return {**found, "response-start": reverse("response-start", args=[response.demand_id])}
