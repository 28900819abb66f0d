"""The history of a case as it happened: the picture and the list of all steps; and the page of one request's row."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from discovery.domain.composing.composers import case_of
from discovery.domain.matrix.stories import stories_of, story_of
from discovery.domain.redline import redline
from discovery.domain.service.rows import WITH_TEXTS, served_texts
from discovery.models import RequestRow, RespondingParty
from discovery.staff.access import CaseMixin, StaffView, get_visible, may_edit
from discovery.staff.explaining import KINDS, explain
from discovery.staff.ids import is_id
from discovery.staff.story_picture import MOST_LANES, picture_of
from discovery.staff.story_steps import told, told_by_day


class CaseStory(CaseMixin):
    """What happened in a case, by day; ?responder= and ?number= narrow it down."""

    template_name = "staff/story/case.html"

    def get(self, request: HttpRequest, *, case_pk: int) -> HttpResponse:
        """Show it."""
        del case_pk
        responders = list(RespondingParty.objects.filter(case=self.case, demands__rows__isnull=False).distinct())
        responder, number = request.GET.get("responder", ""), request.GET.get("number", "").strip()
        rows = RequestRow.objects.filter(case=self.case)
        if is_id(responder):
            rows = rows.filter(demand__responding_party_id=int(responder))
        if is_id(number):
            rows = rows.filter(number=int(number))
        stories = stories_of(self.case, rows)
        days = told_by_day(stories)
        context: dict[str, Any] = {
            "case": self.case,
            "days": days[::-1],
            "picture": picture_of(days),
            "most_lanes": MOST_LANES,
            "stories": stories,
            "responders": responders,
            "responder": responder,
            "number": number,
            "filtered": bool(responder or number),
        }
        return self.page(context)


class RowDetail(StaffView):
    """One request to one responding party: its words, where it stands, and how it came there."""

    template_name = "staff/story/row.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        del request
        row = get_visible(RequestRow.objects.select_related("case__court", *WITH_TEXTS), self.user, pk)
        story = story_of(row)
        served = served_texts(row.demand)[row.number]
        agreed = next((one for one in story.row.narrowings.all() if one.agreed_on and not one.superseded), None)
        proposed = [one for one in story.row.narrowings.all() if one.agreed_on is None and not one.superseded]
        numbers = RequestRow.objects.filter(demand=row.demand_id).order_by("number")
        answer = next((one for one in story.row.answers.all() if one.current), None)
        context: dict[str, Any] = {
            "row": row,
            "case": row.case,
            "demand": row.demand,
            "served": served,
            "answer": answer,
            "agreed": agreed,
            "redline": redline(served["text"], agreed.text) if agreed else [],
            "proposed": proposed,
            "steps": [told(step, row) for step in story.steps],
            "now": story.now,
            "before": numbers.filter(number__lt=row.number).last(),
            "after": numbers.filter(number__gt=row.number).first(),
            "may_edit": may_edit(RequestRow.objects, self.user, row),
        }
        return self.page(context)


class Explain(StaffView):
    """Why a badge says what it says: a piece for the dialog, or a page of its own."""

    template_name = "staff/story/explain.html"

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Show it."""
        if kind not in KINDS:
            raise Http404
        told = KINDS[kind]
        rows: Any = told.model._default_manager
        row = get_visible(rows.select_related(*told.rows), self.user, pk)
        template = "staff/story/_explain.html" if request.headers.get("HX-Request") else ""
        return self.page({"told": explain(kind, row), "case": case_of(row)}, template=template)
