"""The home page: what is due, late or stuck over all cases, with no click at all."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.models import Case
from discovery.staff.access import StaffView
from discovery.staff.attention import QUEUES, tasks
from discovery.staff.pressing import pressing
from discovery.staff.urgency import BUCKETS, OVERDUE, SOON
from discovery.staff.views.cases import busiest_first
from discovery.staff.walls import MINE, Kept, MyCase, Walls

SHOWN_CASES = 10
READ: tuple[str, ...] = ("pk", "court__short_name", "open_demands")
BUSIEST = Kept(lambda: busiest_first(Case.objects.filter(pk__in=MINE)).values_list(*READ)[: SHOWN_CASES + 1])


class BusyCase(NamedTuple):
    """A case of the user with what is on its way in it."""

    case: MyCase
    court: str
    open_demands: int


class Home(StaffView):
    """What is due, what waits, my cases. The number of queries does not grow with the rows."""

    template_name = "staff/home.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show it; somebody without a case is told what to do first."""
        walls = Walls(self.user)
        if not walls.cases:
            return self.page({"cases": []})
        now = timezone.now()
        dates, waiting = pressing(walls, now), tasks(walls, now)
        busiest = [BusyCase(walls.cases[pk], *rest) for pk, *rest in BUSIEST.rows(walls) if pk in walls.cases]
        found = {section.key: section.total for section in dates.ours}
        return self.page(
            {
                "cases": busiest[:SHOWN_CASES],
                "more_cases": len(busiest) > SHOWN_CASES,
                "dates": dates,
                "tasks": waiting,
                "chips": [(BUCKETS[key], found.get(key, 0)) for key in (OVERDUE, *SOON)],
                "service": {section.key: section.total for section in waiting if section.key in QUEUES},
                "others": [*dates.others, *waiting],
            }
        )
