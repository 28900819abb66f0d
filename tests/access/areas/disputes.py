"""Disputes: members read, editors write and act."""

from __future__ import annotations

from django.urls import reverse

from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.disputes import started
from tests.factories import World

LINES: dict[str, Line] = {
    "dispute-list": MEMBERS,
    "dispute-new": EDITORS,
    "dispute-detail": MEMBERS,
    "dispute-edit": EDITORS,
    "dispute-rows": EDITORS,
    "dispute-submit": EDITORS,
    "dispute-close": EDITORS,
    "dispute-authority": EDITORS,
    **{f"dispute-{act}": ACT for act in ("autosave", "make", "ready", "reopen", "authority-leave-out", "authority-forget")},
}


def addresses(world: World) -> dict[str, str]:
    """Return the addresses of a joint letter about a set that was served on the opponent."""
    dispute = started(world, list(world.served_set().rows.all()))
    of_case = {name: reverse(name, args=[world.case.pk]) for name in ("dispute-list", "dispute-new")}
    return of_case | {name: reverse(name, args=[dispute.pk]) for name in LINES if name not in of_case}
