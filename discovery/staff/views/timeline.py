"""The timeline of a case: every act, newest first."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.enums import Act
from discovery.models import Event
from discovery.staff.access import CaseMixin
from discovery.staff.paging import paginate
from discovery.staff.sentences import sentences

GROUPS = ("record", "member", "set", "item", "demand", "draft")


class CaseTimeline(CaseMixin):
    """Who did what when, by day; ?text= searches what it was about, ?act= keeps one act."""

    template_name = "staff/cases/timeline.html"

    def get(self, request: HttpRequest, *, case_pk: int) -> HttpResponse:
        """Show a page of it."""
        del case_pk
        rows = Event.objects.filter(case=self.case).select_related("actor").order_by("-number")
        text, act = request.GET.get("text", "").strip(), request.GET.get("act", "")
        if text:
            rows = rows.filter(summary__icontains=text)
        if act in set(Act):
            rows = rows.filter(act=act)
        page = paginate(rows, request)
        told = sentences(page.object_list)
        days = [(day, list(acts)) for day, acts in groupby(told, key=lambda one: timezone.localtime(one.recorded_at).date())]
        choices = Event._meta.get_field("act").choices
        return self.page({"case": self.case, "page": page, "days": days, "text": text, "act": act, "acts": choices})
