"""The checks of a demand as a page: everything they say by weight, who overrode what and why, and the override itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discovery.domain.checks import checks_for, findings_for
from discovery.domain.errors import Refused
from discovery.domain.locking import PRINTED
from discovery.domain.overrides import override_finding
from discovery.enums import WITH_PAGE, DemandStatus
from discovery.models import Demand
from discovery.staff.access import get_editable, get_visible, may_edit
from discovery.staff.actor import actor
from discovery.staff.findings import by_weight, panel
from discovery.staff.forms.subpoenas import OverrideForm

DEMANDS = Demand.objects.select_related(*PRINTED, "subpoena__compliance_court", "approved_by")
OPEN = {DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value}
BACK = {
    "form": "subpoena-form",
    "detail": "subpoena-detail",
    "review": "subpoena-review",
    "paper": "demand-paper",
    "set": "demand-detail",
    "set-review": "demand-review",
}
"""The pages of a demand that show its checks, by what an override says it came from."""
OF_SUBPOENAS = ("form", "detail", "review")
UNPROCESSABLE = 422


@login_required
@require_GET
def demand_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything the checks say about a demand, and what was overridden since it was started."""
    return _page(request, get_visible(DEMANDS.all(), actor(request), pk))


@login_required
@require_POST
def finding_override(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a warning aside with a reason, then go back to the page it was read on."""
    demand = get_editable(DEMANDS.all(), actor(request), pk)
    form = OverrideForm(request.POST)
    form.is_valid()
    told = form.cleaned_data
    try:
        with transaction.atomic():
            override_finding(demand, told.get("check", ""), told.get("reason", ""), by=actor(request), seen=told.get("seen", ""))
    except Refused as refused:
        if refused.field:
            form.place(refused)
        else:
            messages.error(request, str(refused))
        return _page(request, get_editable(DEMANDS.all(), actor(request), pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Overridden. Who, when and why stays on record."))
    came_from = told.get("back", "")
    fits = (came_from in OF_SUBPOENAS) == (demand.kind in WITH_PAGE)
    name = BACK.get(came_from, "demand-checks") if fits else "demand-checks"
    return redirect(f"{reverse(name, args=[pk])}#findings")


def _page(request: HttpRequest, demand: Demand, *, bound: OverrideForm | None = None, status: int = 200) -> HttpResponse:
    findings = findings_for(demand)
    edits = may_edit(Demand.objects, actor(request), demand)
    shown = panel(demand, findings, back="checks", may_override=edits and demand.status in OPEN, may_mend=edits, bound=bound)
    in_force = {finding.override.pk for finding in findings if finding.override is not None}
    lapsed = demand.overrides.exclude(pk__in=in_force).select_related("by").order_by("-pk")
    context = {
        **shown,
        "demand": demand,
        "case": demand.case,
        "request_set": demand.request_set,
        "groups": by_weight(shown["finding_rows"]),
        "lapsed": list(lapsed),
        "ran": len(checks_for(demand.kind)),
        "is_subpoena": demand.kind in WITH_PAGE,
        "is_open": demand.status in OPEN,
    }
    return render(request, "staff/subpoenas/checks.html", context, status=status)
