"""The page of a demand that is no subpoena: its facts, requests, service, responses and dates."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from discovery.domain.approval import may_approve
from discovery.domain.checks import findings_for
from discovery.domain.superseding import corrected_by, told_of
from discovery.enums import PARTY_SETS, WITH_PAGE, DemandStatus, PaperKind
from discovery.models import Demand, Draft, Event
from discovery.staff.access import StaffView, get_visible, may_edit
from discovery.staff.conferences import of_demand
from discovery.staff.findings import panel
from discovery.staff.forms.subpoenas import NoteForm, ReasonForm
from discovery.staff.previewed import printed_together
from discovery.staff.sentences import sentences
from discovery.staff.served import demand_url, served_context
from discovery.staff.views.drafts import status_context
from discovery.staff.views.serving import DEMANDS

EVENTS_SHOWN = 40
OF_THE_PAGE = DEMANDS.select_related(
    "attorney__attorney__firm", "approved_by", "approved_snapshot", "supersedes__responding_party__person"
)


class DemandDetail(StaffView):
    """A demand under Rule 33, 34 or 36."""

    template_name = "staff/demands/detail.html"

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers."""
        return get_visible(OF_THE_PAGE.all(), self.user, self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it; a subpoena has a page of its own."""
        if self.demand.kind in WITH_PAGE:
            return HttpResponseRedirect(demand_url(self.demand))
        if request.GET.get("part") == "papers":
            drafts = drafts_of(self.demand)
            return self.page({"demand": self.demand, "drafts": drafts}, template="staff/demands/_papers_made.html")
        return self.shown()

    def shown(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        """Return the page; `forms` come back with what was typed."""
        demand = self.demand
        edits = may_edit(Demand.objects, self.user, demand)
        served = served_context(demand, may_edit=edits)
        responses = [one.pk for one, _words in served["responses"]]
        if served["our_draft"] is not None:
            responses.append(served["our_draft"].pk)
        others = demand.request_set.demands.exclude(pk=demand.pk).select_related("responding_party__person").order_by("pk")
        context = {
            "demand": demand,
            "case": demand.case,
            "request_set": demand.request_set,
            "may_edit": edits,
            "requests": self.requests(),
            "others": (directed := list(others)),
            "together": printed_together([demand, *directed]) if edits else [],
            "told": sentences(self.events(responses)),
            **served,
            **of_demand(demand, may_edit=edits),
            **self.paper(edits=edits),
            **forms,
        }
        return self.page(context, status=status)

    def paper(self, *, edits: bool) -> dict[str, Any]:
        """Return what the page says of the set's paper and of what may be done with it; nothing for one made elsewhere."""
        demand, where = self.demand, DemandStatus(self.demand.status)
        open_ = where in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}
        if demand.kind not in PARTY_SETS or not (open_ or demand.approved_snapshot_id):
            return {"corrected": corrected_by(demand)}
        approves = edits and may_approve(demand.case, self.user)
        drafts = drafts_of(demand)
        # A draft is not shown as the paper of what was approved since, nor an older version beside a text that is reopened.
        version = 0 if open_ else demand.version
        live = next((one for one in drafts if one.paper == PaperKind.REQUESTS and one.approved_version == version), None)
        return {
            "corrected": corrected_by(demand),
            "made_here": True,
            "may_change": edits and open_,
            "may_submit": edits and where == DemandStatus.DRAFT,
            "may_review": approves and open_,
            "may_reopen": approves and where == DemandStatus.APPROVED,
            "may_withdraw": edits and where not in {DemandStatus.WITHDRAWN, DemandStatus.SUPERSEDED},
            "may_supersede": edits and where in {DemandStatus.APPROVED, DemandStatus.SERVED},
            "may_copy": edits and where in {DemandStatus.APPROVED, DemandStatus.SERVED},
            "drafts": drafts,
            "lacks_paper": live is None and where == DemandStatus.APPROVED,
            "note_form": NoteForm(),
            "reason_form": ReasonForm(),
            **panel(demand, findings_for(demand) if open_ else [], back="set", may_override=edits and open_),
            **(status_context(live) if live is not None else {}),
        }

    def requests(self) -> list[Any]:
        """Return the texts as they were served, or as they stand in a draft: number, label, text."""
        frozen = self.demand.approved_version
        if frozen is not None:
            return list(frozen.content["requests"])
        return list(self.demand.request_set.requests.order_by("number").values("number", "label", "text"))

    def events(self, responses: list[int]) -> list[Event]:
        """Return the newest events: the demand's own, its set's and its responses'."""
        demand = self.demand
        subjects = [f"demand:{demand.pk}", f"requestset:{demand.request_set_id}", *(f"response:{pk}" for pk in responses)]
        rows = Event.objects.filter(Q(subject__in=subjects) | told_of(demand), case=demand.case_id).select_related("actor")
        return list(rows.order_by("-pk")[:EVENTS_SHOWN])


def drafts_of(demand: Demand) -> list[Draft]:
    """Return the papers that were made of a demand, the newest first (1 query)."""
    return list(Draft.objects.filter(demand=demand).select_related("requested_by").order_by("-queued_at", "-pk"))
