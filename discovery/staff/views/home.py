"""The home page: what is due, late or stuck over all cases, with no click at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.models import Case
from discovery.staff.access import StaffView
from discovery.staff.attention import tasks
from discovery.staff.pressing import pressing
from discovery.staff.urgency import BUCKETS, OVERDUE, SOON
from discovery.staff.views.cases import busiest_first
from discovery.staff.walls import Walls

SHOWN_CASES = 10
CASE = ("pk", "name", "docket_number", "court__short_name", "open_demands")


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
        shown = list(busiest_first(walls.hold(Case.objects.all(), "pk")).values_list(*CASE, named=True)[: SHOWN_CASES + 1])
        found = {section.key: section.total for section in dates.ours}
        return self.page(
            {
                "cases": shown[:SHOWN_CASES],
                "more_cases": len(shown) > SHOWN_CASES,
                "dates": dates,
                "tasks": waiting,
                "chips": [(BUCKETS[key], found.get(key, 0)) for key in (OVERDUE, *SOON)],
                "others": [*dates.others, *waiting],
            }
        )
