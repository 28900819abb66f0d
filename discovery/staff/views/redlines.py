"""The redline of two wordings of a demand's text, on screen; the PDF prints the same comparison."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from discovery.domain.composing.approvable import FACT_NAMES
from discovery.domain.composing.redline import CHOICES, GROUPS, chosen, stated
from discovery.domain.errors import Refused
from discovery.domain.redline import compare, redline, rows_of
from discovery.domain.wordings import EARLIER, Wording, wordings_of
from discovery.models import Demand
from discovery.staff.access import StaffView, get_visible, may_edit
from discovery.staff.ids import choices_in
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.served import demand_url
from discovery.staff.views.review import PARTS, SET_WORDS, counts_of
from discovery.staff.views.serving import DEMANDS


class DemandRedline(StaffView):
    """Two wordings of one text: ?from= and ?to= name versions, 0 the text as it stands, -1 that of the paper it corrects."""

    template_name = "staff/demands/redline.html"

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers."""
        return get_visible(DEMANDS.all(), self.user, self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the comparison, or say why there is none."""
        demand = self.demand
        known = wordings_of(demand)
        context: dict[str, Any] = {
            "demand": demand,
            "case": demand.case,
            "back": demand_url(demand),
            "wordings": known,
            "earlier": EARLIER,
        }
        try:
            before, after = chosen(known, choices_in(request.GET, CHOICES))
        except Refused as refused:
            shown = {**context, "refused": str(refused), "several": len(known) > 1}
            return self.page(shown, status=UNPROCESSABLE if request.GET else 200)
        return self.page(
            {
                **context,
                "may_edit": may_edit(Demand.objects, self.user, demand),
                "earlier_url": demand_url(demand.supersedes) if before.number == EARLIER and demand.supersedes else "",
                "before": before,
                "after": after,
                "several": True,
                "facts": [(_(FACT_NAMES[name]), pieces) for name, pieces in stated(demand, before, after)],
                **compared(before, after),
            }
        )


def compared(before: Wording, after: Wording) -> dict[str, Any]:
    """Return what the page shows of two wordings: words outside the numbered texts, the parts, and how much changed."""
    titles = dict(PARTS)
    parts = [
        (titles[name], compare(list(rows_of(before.content, name)), list(rows_of(after.content, name))), name) for name in GROUPS
    ]
    words = [
        (label, redline(str(before.content.get(name, "")), str(after.content.get(name, ""))))
        for name, label in SET_WORDS.items()
        if before.content.get(name, "") != after.content.get(name, "")
    ]
    lines = [line for _title, found, _name in parts for line in found]
    shown = [(*part, any(line.how != "same" for line in part[1])) for part in parts if part[1]]
    return {"parts": shown, "words": words, "counts": counts_of(lines)}
