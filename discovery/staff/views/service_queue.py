"""The queues of service over all cases: ready to serve; served, proof missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.staff.access import StaffView
from discovery.staff.paging import paginate
from discovery.staff.service_queue import ready, ready_rows, unproven, unproven_rows
from discovery.staff.walls import Walls

if TYPE_CHECKING:
    from discovery.staff.service_queue import Waits

READY, UNPROVEN = "ready", "unproven"
FIRST = 25
"""Rows of each queue while both are shown."""


class ServiceQueue(StaffView):
    """Both queues, or with ?queue= one of them in pages (a fixed number of queries, however many rows there are)."""

    template_name = "staff/service_queue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        walls, now = Walls(self.user), timezone.now()
        chosen = request.GET.get("queue", "")
        chosen = chosen if chosen in {READY, UNPROVEN} else ""
        here, per_page = request.get_full_path(), 50 if chosen else FIRST
        sources: dict[str, Any] = {READY: ready(walls), UNPROVEN: unproven(walls)}
        totals = {key: rows.count() for key, rows in sources.items()}
        context: dict[str, Any] = {"queue": chosen, "totals": totals, "has_cases": bool(walls.cases)}
        for key, rows in sources.items():
            if chosen in {"", key}:
                page = paginate(rows, request, per_page=per_page) if chosen else rows[:FIRST]
                context[f"{key}_rows"] = self.rows(key, page, walls, now, here)
                context["page"] = page if chosen else None
        return self.page(context)

    @staticmethod
    def rows(key: str, page: Any, walls: Walls, now: Any, here: str) -> list[Waits]:
        """Return what a queue shows."""
        return (ready_rows if key == READY else unproven_rows)(page, walls, now, here)
