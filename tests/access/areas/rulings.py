"""Orders, their rulings, motions of the others."""

from __future__ import annotations

from django.urls import reverse

from discovery.models import Dispute, Order
from tests.access.lines import EDITORS, MEMBERS, Line
from tests.factories import World

LINES: dict[str, Line] = {
    "order-list": MEMBERS,
    "order-rulings": EDITORS,
    "motion-new": EDITORS,
}


def addresses(world: World) -> dict[str, str]:
    """Return the addresses about one order, with a motion before the court."""
    order = Order.objects.create(case=world.case, title="Second order", entered_on="2025-08-28", recorded_by=world.alice)
    facts = {"title": "Motion to quash", "moved_by": "Witness Corp.", "kind": "motion_to_quash", "status": "submitted"}
    Dispute.objects.create(case=world.case, number=901, submitted_on="2025-08-21", recorded_by=world.alice, **facts)
    return {
        "order-list": reverse("order-list", args=[world.case.pk]),
        "order-rulings": reverse("order-rulings", args=[world.case.pk, order.pk]),
        "motion-new": reverse("motion-new", args=[world.case.pk]),
    }
