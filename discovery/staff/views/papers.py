"""The list of papers: every version that was made or is being made, over all cases."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from discovery.domain.drafts.word_files import WITHOUT_WORD
from discovery.enums import DraftState
from discovery.models import Batch, Draft
from discovery.models.choices import translated
from discovery.models.drafts import NAMED
from discovery.staff.access import StaffView
from discovery.staff.paging import paginate, sort_rows

SORTS = {"when": ["queued_at"], "responder": ["demand__responding_party__person__name"], "case": ["case__name"], "pages": ["pages"]}


class PaperList(StaffView):
    """Papers of the user's cases, newest first."""

    template_name = "staff/papers/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?state= keeps one state, ?text= searches what they are about, and cases; the chips count what is found."""
        text, state = request.GET.get("text", "").strip(), request.GET.get("state", "")
        rows = Draft.objects.visible_to(self.user)
        if text:
            rows = rows.filter(
                Q(demand__responding_party__person__name__icontains=text)
                | Q(response__demand__responding_party__person__name__icontains=text)
                | Q(log__responding_party__person__name__icontains=text)
                | Q(preservation__recipient__name__icontains=text)
                | Q(deadline__title__icontains=text)
                | Q(dispute__title__icontains=text)
                | Q(production__volume__icontains=text)
                | Q(binder__title__icontains=text)
                | Q(case__name__icontains=text)
            )
        counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
        states = [(word, label, counts.get(word, 0)) for word, label in translated(DraftState)]
        if state in set(DraftState):
            rows = rows.filter(state=state)
        rows = rows.select_related(*NAMED, "requested_by").defer("timings", "manifest", "accessibility")
        ordered, sort = sort_rows(rows, request, SORTS, default="-when")
        return self.page(
            {
                "page": paginate(ordered, request),
                "sort": sort,
                "text": text,
                "state": state,
                "wordless": set(WITHOUT_WORD),
                "states": states,
                "total": sum(counts.values()),
                "batches": list(Batch.objects.visible_to(self.user).annotate(made=Count("drafts"))[:5]),
            }
        )
