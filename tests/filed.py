"""What the tests of rulings and of the papers of disputes share: a dispute that was filed, an order that was entered."""

from __future__ import annotations

from datetime import date
from typing import Any

from discovery.domain.disputes.orders import enter_order
from discovery.models import Demand, Dispute, DisputedRequest, Order
from tests.factories import World

FILED = date(2025, 8, 21)
ENTERED = date(2025, 8, 28)


def dispute_over(world: World, demand: Demand | None, *, numbers: tuple[int, ...] | None = None, **facts: Any) -> Dispute:
    """Return a dispute over requests of a demand (all, or some by number), as filed unless told otherwise, written as rows."""
    values = {
        "kind": "joint_letter",
        "status": "submitted",
        "title": "Joint letter",
        "moved_by": "Our Defendants",
        "opposed_by": "Witness Corp.",
        "submitted_on": FILED,
    }
    values |= {"number": Dispute.objects.filter(case=world.case).count() + 1, "recorded_by": world.alice}
    responder = demand.responding_party if demand is not None else None
    dispute = Dispute.objects.create(case=world.case, **{"responding_party": responder, **values, **facts})
    rows = demand.rows.order_by("number") if demand is not None else []
    for position, row in enumerate(rows, start=1):
        if numbers is None or row.number in numbers:
            DisputedRequest.objects.create(dispute=dispute, row=row, position=position)
    return dispute


def order_of(world: World, on: date = ENTERED, **facts: Any) -> Order:
    """Return an order of the court, entered through its verb."""
    return enter_order(Order(case=world.case, title=facts.pop("title", "Order"), entered_on=on, **facts), by=world.alice)
