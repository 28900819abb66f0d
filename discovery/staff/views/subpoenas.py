"""One subpoena: its page, the form's fields, its schedule, and the buttons that move it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discovery.domain.approval import approve, may_approve, reopen, return_to_draft, submit, withdraw
from discovery.domain.checks import findings_for
from discovery.domain.composing.subpoena import PARTS
from discovery.domain.demands import certify_notice, change_subpoena
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Conflict, NotYours, Refused
from discovery.domain.superseding import corrected_by, told_of
from discovery.enums import TESTIMONY, WITH_PAGE, DemandStatus, PaperKind
from discovery.models import Demand, Draft, Event, PartyNotice, Subpoena
from discovery.staff.access import get_editable, get_visible, may_edit
from discovery.staff.actor import actor
from discovery.staff.conferences import of_demand
from discovery.staff.findings import panel
from discovery.staff.forms.subpoenas import (
    CertificateForm,
    NoteForm,
    NoticeForm,
    PaperForm,
    ReasonForm,
    SubpoenaForm,
    attorneys_of,
    papers_of,
)
from discovery.staff.previewed import preview_of
from discovery.staff.recipients import told_reopened
from discovery.staff.sentences import sentences
from discovery.staff.served import served_context
from discovery.staff.views.drafts import status_context
from discovery.staff.views.sets import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

SUBPOENAS = Demand.objects.filter(kind__in=WITH_PAGE).select_related(
    "case__court",
    "request_set__propounded_by",
    "responding_party__person__registered_agent",
    "attorney__attorney__firm",
    "subpoena__issuing_court",
    "subpoena__compliance_court",
    "testimony__documents",
    "notice",
    "approved_by",
)
EDITABLE = {DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value}
PRINTED_AS = {*PARTS, PaperKind.DEPOSITION_NOTICE.value}
EVENTS_SHOWN = 40
UNPROCESSABLE = 422


@login_required
@require_GET
def subpoena_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a subpoena: facts left, the paper right, and what may be done next."""
    demand = _seen(request, pk)
    if request.GET.get("part") == "history":
        return render(request, "staff/subpoenas/_history.html", {"demand": demand, "drafts": _drafts(demand)})
    return _page(request, demand)


@login_required
@require_GET
def subpoena_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 4 of the guided flow: Schedule A, every text opened in place."""
    demand = _seen(request, pk)
    editable = may_edit(Demand.objects, actor(request), demand)
    context = {**document(demand.request_set, editable=editable), **about(demand), "step": 2, "may_edit": editable}
    others = demand.request_set.demands.exclude(pk=demand.pk).count()
    context |= preview_of(demand if context["editable"] else None)
    return render(request, "staff/subpoenas/schedule.html", {**context, "shared_with": others})


@login_required
@require_http_methods(["GET", "POST"])
def subpoena_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 5 of the guided flow: the fields of form AO 88B, the checks beside them."""
    demand = _edited(request, pk)
    if demand.kind in TESTIMONY:
        return redirect("testimony-form", pk=pk)
    subpoena = demand.subpoena
    subpoena.demand = demand
    notice = getattr(demand, "notice", None) or PartyNotice(demand=demand)
    # The forms write what was typed into their rows before anything is saved; the checks read what is stored.
    findings = findings_for(_edited(request, pk))
    form = SubpoenaForm(request.POST or None, instance=subpoena)
    notice_form = NoticeForm(request.POST or None, instance=notice)
    valid = form.is_valid() and notice_form.is_valid() if request.method == "POST" else False
    if valid and _save(form, notice_form, by=actor(request)):
        return _saved(request, demand)
    context = {
        **about(demand),
        "form": form,
        "notice_form": notice_form,
        **panel(demand, findings, back="form", may_override=demand.status in EDITABLE),
        "no_attorney": not attorneys_of(demand).exists(),
        "form_title": _("Form AO 88B"),
        "part": "subpoena",
        "frozen": demand.status not in EDITABLE,
        "step": 3,
        **preview_of(demand if demand.status in EDITABLE else None),
    }
    status = UNPROCESSABLE if form.errors or notice_form.errors else 200
    return render(request, "staff/subpoenas/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def notice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who served the notice when and how; possible after approval too, its certificate prints it."""
    demand = _edited(request, pk)
    notice = getattr(demand, "notice", None)
    if notice is None:
        raise Http404
    notice.demand = demand
    form = CertificateForm(request.POST or None, instance=notice)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        revision = form.cleaned_data["revision"]
        if form.attempt(lambda: certify_notice(changed, by=actor(request), revision=revision)) is not None:
            messages.success(request, _("The certificate of service has been recorded."))
            return redirect("subpoena-detail", pk=pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "staff/subpoenas/notice.html", {**about(demand), "form": form}, status=status)


@login_required
@require_POST
def subpoena_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for approval."""
    return _act(request, pk, submit, _("Submitted for approval."))


@login_required
@require_POST
def subpoena_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an approved paper for changes, and those of other recipients that share its text."""

    def verb(demand: Demand, *, by: User) -> object:
        told = told_reopened(demand, reopen(demand, by=by))
        if told:
            messages.warning(request, told)
        return demand

    return _act(request, pk, verb, _("Reopened. The approved version stays on record."))


@login_required
@require_POST
def subpoena_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, signed as /s/ Name when that was ticked."""

    def verb(demand: Demand, *, by: User) -> object:
        return approve(demand, by=by, sign="sign" in request.POST, seen=request.POST.get("seen", ""))

    return _act(request, pk, verb, _("Approved. The text is frozen; make the paper now."))


@login_required
@require_POST
def subpoena_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a submitted paper with a note."""
    form = NoteForm(request.POST)
    form.is_valid()

    def verb(demand: Demand, *, by: User) -> object:
        return return_to_draft(demand, form.cleaned_data["note"], by=by)

    return _act(request, pk, verb, _("Returned with your note."), form, "note_form")


@login_required
@require_POST
def subpoena_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw, with the reason."""
    form = ReasonForm(request.POST)
    form.is_valid()

    def verb(demand: Demand, *, by: User) -> object:
        return withdraw(demand, form.cleaned_data["reason"], by=by)

    return _act(request, pk, verb, _("Withdrawn; it stays on record."), form, "reason_form")


@login_required
@require_POST
def subpoena_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a paper; the page shows how far it is."""
    demand = _edited(request, pk)
    form = PaperForm(request.POST, papers=papers_of(demand))
    if not form.is_valid():
        messages.error(request, _("Choose one of the papers."))
        return redirect("subpoena-detail", pk=pk)
    return _make(request, demand, form.cleaned_data["paper"])


def _act(
    request: HttpRequest,
    pk: int,
    verb: Callable[..., object],
    done: str,
    form: NoteForm | ReasonForm | None = None,
    name: str = "",
) -> HttpResponse:
    """Run a verb on a subpoena; a refusal comes back on its page, at the field with what was typed."""
    demand = _edited(request, pk)
    try:
        verb(demand, by=actor(request))
    except Refused as refused:
        demand = _edited(request, pk)
        status = 403 if isinstance(refused, NotYours) else UNPROCESSABLE
        if form is not None and refused.field:
            form.place(refused)
            return _page(request, demand, status=status, **{name: form})
        messages.error(request, str(refused))
        return _page(request, demand, status=status)
    messages.success(request, done)
    return redirect("subpoena-detail", pk=pk)


def _make(request: HttpRequest, demand: Demand, paper: str) -> HttpResponse:
    try:
        request_draft(demand, paper, by=actor(request))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("subpoena-detail", pk=demand.pk)


def _save(form: SubpoenaForm, notice_form: NoticeForm, *, by: User) -> bool:
    """Write both forms through the verb. False when it refused; the forms then say why, at the field."""
    subpoena, notice = form.save(commit=False), notice_form.save(commit=False)
    attorney = form.cleaned_data["attorney"]
    try:
        with transaction.atomic():
            change_subpoena(
                subpoena,
                by=by,
                revision=form.cleaned_data["revision"],
                attorney_id=attorney.pk if attorney else None,
                notice=notice,
            )
    except Conflict as conflict:
        stored = Subpoena.objects.select_related("demand__notice").get(pk=subpoena.pk)
        theirs = {**model_to_dict(stored), "attorney": stored.demand.attorney_id}
        form.place_conflict(theirs, conflict.revision)
        form.add_error(None, str(conflict))
        notice_form.place_conflict(model_to_dict(stored.demand.notice), conflict.revision)
    except (Refused, ValidationError) as refused:
        form.place(refused)
    else:
        return True
    return False


def _saved(request: HttpRequest, demand: Demand) -> HttpResponse:
    if "make" in request.POST:
        fresh = _edited(request, demand.pk)
        return _make(request, fresh, PaperKind.SUBPOENA_PACKAGE.value)
    messages.success(request, _("Saved. The checks have been run again."))
    return redirect("subpoena-form", pk=demand.pk)


def _page(request: HttpRequest, demand: Demand, *, status: int = 200, **forms: Any) -> HttpResponse:
    drafts = _drafts(demand)
    # Beside the facts stands the subpoena itself, not the newest paper about it (a proof, a declaration).
    live = next((draft for draft in drafts if draft.paper in PRINTED_AS), None)
    rights = _rights(demand, actor(request))
    served = served_context(demand, may_edit=rights["may_edit"])
    findings = findings_for(demand) if demand.status in EDITABLE else []
    context = {
        **about(demand),
        **rights,
        **served,
        **of_demand(demand, may_edit=rights["may_edit"]),
        "requests": demand.request_set.requests.count(),
        **panel(demand, findings, back="detail", may_override=rights["may_change"]),
        "drafts": drafts,
        "told": sentences(_events(demand, [draft.pk for draft in drafts], [one.pk for one, _words in served["responses"]])),
        "papers": papers_of(demand),
        "corrected": corrected_by(demand),
        "note_form": NoteForm(),
        "reason_form": ReasonForm(),
        **(status_context(live) if live is not None else {}),
        **forms,
    }
    return render(request, "staff/subpoenas/detail.html", context, status=status)


def _rights(demand: Demand, user: User) -> dict[str, bool]:
    """Return what the user may do with the subpoena as it stands."""
    edits = may_edit(Demand.objects, user, demand)
    approves = edits and may_approve(demand.case, user)
    where = DemandStatus(demand.status)
    open_ = where in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}
    return {
        "may_edit": edits,
        "may_change": edits and open_,
        "may_submit": edits and where == DemandStatus.DRAFT,
        "may_review": approves and open_,
        "may_return": approves and where == DemandStatus.IN_REVIEW,
        "may_reopen": approves and where == DemandStatus.APPROVED,
        "may_supersede": edits and where in {DemandStatus.APPROVED, DemandStatus.SERVED},
        "may_withdraw": edits and where not in {DemandStatus.WITHDRAWN, DemandStatus.SUPERSEDED},
    }


def _seen(request: HttpRequest, pk: int) -> Demand:
    return get_visible(SUBPOENAS.all(), actor(request), pk)


def _edited(request: HttpRequest, pk: int) -> Demand:
    return get_editable(SUBPOENAS.all(), actor(request), pk)


def about(demand: Demand) -> dict[str, Any]:
    """Return what every page of a subpoena, or of a notice of deposition, says about it."""
    return {
        "demand": demand,
        "case": demand.case,
        "subpoena": getattr(demand, "subpoena", None),
        "testimony": getattr(demand, "testimony", None),
        "of_testimony": demand.kind in TESTIMONY,
        "request_set": demand.request_set,
        "notice": getattr(demand, "notice", None),
    }


def _drafts(demand: Demand) -> list[Draft]:
    rows = Draft.objects.filter(demand=demand).select_related("requested_by", "demand__responding_party__person")
    return list(rows.order_by("-queued_at", "-pk"))


def _events(demand: Demand, drafts: list[int], responses: list[int]) -> list[Event]:
    """Return the subpoena's newest events: its own, its set's, its notice's, its papers' and its responses'."""
    subjects = [f"demand:{demand.pk}", f"requestset:{demand.request_set_id}", f"partynotice:{demand.pk}"]
    subjects += [f"draft:{pk}" for pk in drafts[:EVENTS_SHOWN]]
    subjects += [f"response:{pk}" for pk in responses]
    rows = Event.objects.filter(Q(subject__in=subjects) | told_of(demand), case=demand.case_id).select_related("actor")
    return list(rows.order_by("-pk")[:EVENTS_SHOWN])
