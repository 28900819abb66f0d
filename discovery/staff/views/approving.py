"""Submitting or approving every recipient of one set in one act: each by a verb call of its own, what is refused is named."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from discovery.domain.approval import approve_each, may_approve, submit_each
from discovery.models import Demand, RequestSet
from discovery.staff.access import StaffView, get_editable
from discovery.staff.ids import is_id
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.views.demand import OF_THE_PAGE
from discovery.staff.views.review import review_page

SEEN = "seen-"
"""Before the id of a demand: the field that carries what was read of it."""


class SubmitAll(StaffView):
    """The button over the recipients of a set."""

    def post(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Submit all that are drafted, name what was left, and go back to the set. Raises Http404 for strangers."""
        request_set: RequestSet = get_editable(RequestSet.objects.all(), self.user, pk)
        submitted, left = submit_each(request_set, by=self.user)
        if submitted:
            messages.success(request, _("Submitted for approval: %(names)s") % {"names": _names(submitted)})
        for one, why in left:
            messages.error(request, _("%(name)s was not submitted. %(why)s") % {"name": one.responding_party, "why": why})
        if not submitted and not left:
            messages.error(request, _("No recipient of this set is in draft any more."))
        return redirect("set-detail", pk=request_set.pk)


class ApproveAll(StaffView):
    """The button under the differing words of all recipients on a review page."""

    def post(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Approve them and go to the set; when none could be approved, show the page again, with the words as they are now.

        Raises Http404 for strangers, PermissionDenied for those who may not approve.
        """
        demand: Demand = get_editable(OF_THE_PAGE.all(), self.user, pk)
        if not may_approve(demand.case, self.user):
            raise PermissionDenied(_("Approval is an attorney's act: ask an approving member of this case."))
        approved, left = approve_each(demand.request_set, read_in(request.POST), by=self.user, sign="sign" in request.POST)
        if approved:
            messages.success(request, _("Approved and frozen; make their papers now: %(names)s") % {"names": _names(approved)})
        for one, why in left:
            messages.error(request, _("%(name)s was not approved. %(why)s") % {"name": one.responding_party, "why": why})
        if approved:
            return redirect("set-detail", pk=demand.request_set_id)
        if not left:
            messages.error(request, _("No recipient of this set is submitted any more."))
        return review_page(request, OF_THE_PAGE.get(pk=pk), status=UNPROCESSABLE)


def _names(demands: list[Demand]) -> str:
    return " · ".join(str(one.responding_party) for one in demands)


def read_in(typed: QueryDict) -> dict[int, str]:
    """Return, by demand, the fingerprint of what was read of it."""
    named = {name.removeprefix(SEEN): str(value) for name, value in typed.items() if name.startswith(SEEN)}
    return {int(pk): seen for pk, seen in named.items() if is_id(pk)}
