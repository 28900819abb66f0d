"""Captions, the cases that they name, and the paper beside its forms."""

from __future__ import annotations

from django.urls import reverse

from discovery.models import RelatedCase
from tests.access.lines import ACT, EDITORS, Line
from tests.factories import World

LINES: dict[str, Line] = {
    **{f"related-{act}": EDITORS for act in ("new", "edit", "remove")},
    "caption-of-new": ACT,
    "caption-shown": ACT,
    "paper-preview": ACT,
    "paper-preview-of-new": ACT,
}


def addresses(world: World) -> dict[str, str]:
    """Return the addresses of one related case and of the captions beside the forms."""
    row = RelatedCase.objects.create(case=world.case, docket_number="3:24-cv-00007")
    return {
        "related-new": reverse("related-new", args=[world.case.pk]),
        "related-edit": reverse("related-edit", args=[world.case.pk, row.pk]),
        "related-remove": reverse("related-remove", args=[world.case.pk, row.pk]),
        "caption-of-new": reverse("caption-of-new"),
        "caption-shown": reverse("caption-shown", args=[world.case.pk]),
        "paper-preview": reverse("paper-preview", args=["subpoena", world.subpoena(name="Previewed").demand.pk]),
        "paper-preview-of-new": reverse("paper-preview-of-new", args=[world.case.pk, "preservation"]),
    }
