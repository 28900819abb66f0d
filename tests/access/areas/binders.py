"""Binders."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from discovery.domain.binders import Binding, add_tab, start_binder
from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.factories import World
from tests.papers.test_assembly import foreign

LINES: dict[str, Line] = {
    "binder-list": MEMBERS,
    "binder-new": EDITORS,
    "binder-detail": MEMBERS,
    "binder-edit": EDITORS,
    "binder-tab-move": ACT,
    "binder-tab-remove": ACT,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name."""
    binder = start_binder(world.case, Binding("Letter exhibits"), by=world.alice)
    tab = add_tab(binder, title="A scan", upload=SimpleUploadedFile("scan.pdf", foreign("One")), by=world.alice)
    found = {name: reverse(name, args=[world.case.pk]) for name in ("binder-list", "binder-new")}
    found |= {name: reverse(name, args=[binder.pk]) for name in ("binder-detail", "binder-edit")}
    return found | {name: reverse(name, args=[binder.pk, tab.pk]) for name in ("binder-tab-move", "binder-tab-remove")}
