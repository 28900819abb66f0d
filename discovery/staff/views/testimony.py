"""The fields of testimony: a subpoena to testify or a notice of deposition, the checks beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discovery.domain.checks import findings_for
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Conflict, Refused
from discovery.domain.testimony import change_testimony
from discovery.enums import TESTIMONY, DemandKind
from discovery.law.form_texts import form_text
from discovery.models import Demand, PartyNotice, Testimony
from discovery.staff.access import get_editable
from discovery.staff.actor import actor
from discovery.staff.findings import panel
from discovery.staff.forms.subpoenas import NoticeForm, attorneys_of
from discovery.staff.forms.testimony import IssuedForm, TestimonyForm
from discovery.staff.previewed import paper_of, preview_of
from discovery.staff.views.subpoenas import EDITABLE, SUBPOENAS, UNPROCESSABLE, about

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@login_required
@require_http_methods(["GET", "POST"])
def testimony_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 3 of the guided flow: where, when and how, the form's fields, the notice; the checks beside them."""
    demand = _edited(request, pk)
    demand.testimony.demand = demand
    subpoena = getattr(demand, "subpoena", None)
    # The forms write what was typed into their rows before anything is saved; the checks read what is stored.
    findings = findings_for(_edited(request, pk))
    posted = request.POST or None
    form = TestimonyForm(posted, instance=demand.testimony)
    issued = IssuedForm(posted, instance=subpoena) if subpoena is not None else None
    notice = NoticeForm(posted, instance=getattr(demand, "notice", None) or PartyNotice(demand=demand))
    if demand.kind == DemandKind.DEPOSITION:
        notice.fields.pop("serve_not_before")  # no subpoena follows the notice
    every = [one for one in (form, issued, notice) if one is not None]
    if request.method == "POST" and all(one.is_valid() for one in every) and _save(form, issued, notice, by=actor(request)):
        return _saved(request, demand)
    context = {
        **about(demand),
        "form": form,
        "issued_form": issued,
        "sections": [*(issued.sections if issued is not None else ()), *form.sections],
        "notice_form": notice,
        "form_title": _form_title(demand),
        "part": "testimony",
        **panel(demand, findings, back="form", may_override=demand.status in EDITABLE),
        "no_attorney": not attorneys_of(demand).exists(),
        "frozen": demand.status not in EDITABLE,
        "may_edit": True,
        "step": 3,
        **preview_of(demand if demand.status in EDITABLE else None),
    }
    status = UNPROCESSABLE if any(one.errors for one in every) else 200
    return render(request, "staff/subpoenas/testimony.html", context, status=status)


def _save(form: TestimonyForm, issued: IssuedForm | None, notice: NoticeForm, *, by: User) -> bool:
    """Write all forms through the verb. False when it refused; the forms then say why, at the field."""
    attorney = form.cleaned_data["attorney"]
    testimony = form.save(commit=False)
    try:
        with transaction.atomic():
            change_testimony(
                testimony,
                by=by,
                revision=form.cleaned_data["revision"],
                subpoena=issued.save(commit=False) if issued is not None else None,
                attorney_id=attorney.pk if attorney else None,
                notice=notice.save(commit=False),
            )
    except Conflict as conflict:
        stored = Testimony.objects.select_related("demand__notice", "demand__subpoena").get(pk=testimony.pk)
        form.place_conflict({**model_to_dict(stored), "attorney": stored.demand.attorney_id}, conflict.revision)
        form.add_error(None, str(conflict))
        notice.place_conflict(model_to_dict(stored.demand.notice), conflict.revision)
        if issued is not None:
            issued.place_conflict(model_to_dict(stored.demand.subpoena), conflict.revision)
    except (Refused, ValidationError) as refused:
        other = isinstance(refused, Refused) and issued is not None and refused.field in issued.fields
        (issued if other and issued is not None else form).place(refused)
    else:
        return True
    return False


def _saved(request: HttpRequest, demand: Demand) -> HttpResponse:
    if "make" not in request.POST:
        messages.success(request, _("Saved. The checks have been run again."))
        return redirect("testimony-form", pk=demand.pk)
    try:
        request_draft(_edited(request, demand.pk), paper_of(demand), by=actor(request))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("subpoena-detail", pk=demand.pk)


def _form_title(demand: Demand) -> str:
    if demand.kind == DemandKind.DEPOSITION:
        return _("Notice of deposition")
    return _("Form %(name)s") % {"name": form_text(demand.subpoena.form).name}


def _edited(request: HttpRequest, pk: int) -> Any:
    demand = get_editable(SUBPOENAS.all(), actor(request), pk)
    if demand.kind not in TESTIMONY:
        raise Http404
    return demand
