"""The page of a demand that is no subpoena: its facts, requests, service, responses and dates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from discovery.enums import WITH_PAGE
from discovery.models import Demand, Event
from discovery.staff.access import StaffView, get_visible, may_edit
from discovery.staff.conferences import of_demand
from discovery.staff.sentences import sentences
from discovery.staff.served import demand_url, served_context
from discovery.staff.views.serving import DEMANDS

EVENTS_SHOWN = 40


class DemandDetail(StaffView):
    """A demand under Rule 33, 34 or 36."""

    template_name = "staff/demands/detail.html"

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers."""
        return get_visible(DEMANDS.all(), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it; a subpoena has a page of its own."""
        demand = self.demand
        if demand.kind in WITH_PAGE:
            return HttpResponseRedirect(demand_url(demand))
        edits = may_edit(Demand.objects, self.user, demand)
        served = served_context(demand, may_edit=edits)
        responses = [one.pk for one, _words in served["responses"]]
        if served["our_draft"] is not None:
            responses.append(served["our_draft"].pk)
        others = demand.request_set.demands.exclude(pk=demand.pk).select_related("responding_party__person").order_by("pk")
        return self.page(
            {
                "demand": demand,
                "case": demand.case,
                "request_set": demand.request_set,
                "may_edit": edits,
                "requests": self.requests(),
                "others": list(others),
                "told": sentences(self.events(responses)),
                **served,
                **of_demand(demand, may_edit=edits),
            }
        )

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
        rows = Event.objects.filter(subject__in=subjects, case=demand.case_id).select_related("actor")
        return list(rows.order_by("-pk")[:EVENTS_SHOWN])
