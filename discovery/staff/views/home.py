"""The home page: what needs attention over all cases, with no click at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.models import Case
from discovery.staff.access import StaffView
from discovery.staff.attention import due_dates, tasks
from discovery.staff.views.cases import busiest_first

SHOWN_CASES = 10


class Home(StaffView):
    """What waits, what is due, my cases. The number of queries does not grow with the rows."""

    template_name = "staff/home.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show it; somebody without a case is told what to do first."""
        cases = busiest_first(Case.objects.visible_to(self.user).select_related("court"))
        shown = list(cases[: SHOWN_CASES + 1])
        if not shown:
            return self.page({"cases": []})
        return self.page(
            {
                "cases": shown[:SHOWN_CASES],
                "more_cases": len(shown) > SHOWN_CASES,
                "tasks": tasks(self.user),
                "due": due_dates(self.user, timezone.now()),
            }
        )
