"""Attempts at service, and the queues of what is to be served or proved."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import EDITORS, EVERYONE, Line
from tests.factories import World

LINES: dict[str, Line] = {"attempt-new": EDITORS, "service-queue": EVERYONE}


def addresses(world: World) -> dict[str, str]:
    """Return an address of each, within one case."""
    return {"attempt-new": reverse("attempt-new", args=[world.served_subpoena().pk]), "service-queue": reverse("service-queue")}
