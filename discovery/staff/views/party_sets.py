"""Party sets from the start to the paper: who is asked what, what the paper states, the acts that move it on, its replacement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.approval import approve, reopen, return_to_draft, submit, withdraw
from discovery.domain.checks import findings_for
from discovery.domain.demands import start_party_set
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import NotYours, Refused
from discovery.domain.party_sets import change_party_set, next_number
from discovery.domain.records import add_record
from discovery.domain.sets import add_items
from discovery.domain.superseding import supersede
from discovery.enums import PARTY_SETS, DemandStatus, PaperKind
from discovery.models import Demand, RequestSet, RespondingParty
from discovery.staff.access import CaseMixin, StaffView, get_editable
from discovery.staff.findings import panel
from discovery.staff.forms.party_sets import NewSetForm, SetPaperForm, SupersedeForm
from discovery.staff.forms.starting import offered_sets
from discovery.staff.forms.subpoenas import NoteForm, ReasonForm, attorneys_of
from discovery.staff.ids import is_id
from discovery.staff.previewed import preview_of
from discovery.staff.served import demand_url
from discovery.staff.views.demand import OF_THE_PAGE, DemandDetail

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

EDITABLE = {DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value}
UNPROCESSABLE = 422


class SetNew(CaseMixin):
    """Step 1: what is asked of whom, and what the set starts from."""

    template_name = "staff/demands/new_set.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form; with ?sets= the sets to start from that the search finds."""
        self.require_editor()
        if "sets" in request.GET:
            found = offered_sets(self.user, self.case, request.GET["sets"].strip())
            return render(request, "staff/subpoenas/_set_options.html", {"sets": found})
        known = {name: request.GET.get(name, "") for name in ("kind", "from")}
        start = {"start_from": known["from"]} if is_id(known["from"]) else {}
        if known["kind"] in PARTY_SETS:
            start["kind"] = known["kind"]
        return self.shown(NewSetForm(case=self.case, user=self.user, initial=start))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Start the set with a demand for each responding party."""
        self.require_editor()
        form = NewSetForm(request.POST, case=self.case, user=self.user)
        request_set = form.attempt(lambda: self.start(form)) if form.is_valid() else None
        if request_set is None:
            return self.shown(form, UNPROCESSABLE)
        return redirect("set-detail", pk=request_set.pk)

    def start(self, form: NewSetForm) -> RequestSet:
        """Record who must answer, start the set, add what was pasted: all of it or nothing."""
        values, kind = form.cleaned_data, form.demand_kind
        number = values["number"] or next_number(self.case, kind, values["propounded_by"])
        request_set = RequestSet(
            case=self.case,
            propounded_by=values["propounded_by"],
            number=number,
            name=values["name"].strip() or _("%(what)s, set %(number)d") % {"what": _(kind.label), "number": number},
        )
        known = {one.person_id: one for one in RespondingParty.objects.filter(case=self.case).select_related("person")}
        responders = [
            known.get(party.person_id) or add_record(RespondingParty(case=self.case, person=party.person), by=self.user)
            for party in values["recipients"]
        ]
        start_party_set(
            request_set, responders, kind, by=self.user, start_from=values["start_from"], clauses=list(form.chosen_clauses())
        )
        if form.texts:
            add_items(request_set, "request", form.texts, by=self.user)
        return request_set

    def shown(self, form: NewSetForm, status: int = 200) -> HttpResponse:
        """Return the page."""
        return self.page({"case": self.case, "form": form, "step": 1}, status=status)


class PartySetScreen(StaffView):
    """A screen of one party set, for editors of its case."""

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers and subpoenas, PermissionDenied for readers."""
        return get_editable(OF_THE_PAGE.filter(kind__in=PARTY_SETS), self.user, self.kwargs["pk"])


class SetPaper(PartySetScreen):
    """Step 3: what the paper states beside the texts, the checks beside it."""

    template_name = "staff/demands/paper_form.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form."""
        return self.shown(SetPaperForm(instance=self.demand))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Write it; with "make" the paper is asked for at once."""
        demand = self.demand
        form = SetPaperForm(request.POST, instance=demand)
        if not form.is_valid() or form.attempt(lambda: self.save(form)) is None:
            return self.shown(form, UNPROCESSABLE)
        if "make" in request.POST:
            try:
                request_draft(demand, PaperKind.REQUESTS.value, by=self.user)
            except Refused as refused:
                messages.error(request, str(refused))
            return redirect("demand-detail", pk=demand.pk)
        messages.success(request, _("Saved. The checks have been run again."))
        return redirect("demand-paper", pk=demand.pk)

    def save(self, form: SetPaperForm) -> Demand:
        """Run the verb on what was typed."""
        attorney = form.cleaned_data["attorney"]
        revision = form.cleaned_data["revision"]
        return change_party_set(form.instance, by=self.user, revision=revision, attorney_id=attorney.pk if attorney else None)

    def shown(self, form: SetPaperForm, status: int = 200) -> HttpResponse:
        """Return the page; the checks read what is stored, not what was typed."""
        stored = OF_THE_PAGE.get(pk=self.demand.pk)
        editable = stored.status in EDITABLE
        return self.page(
            {
                "demand": stored,
                "case": stored.case,
                "request_set": stored.request_set,
                "form": form,
                **panel(stored, findings_for(stored), back="paper", may_override=editable),
                "no_attorney": not attorneys_of(stored).exists(),
                "frozen": not editable,
                "may_edit": True,
                "step": 3,
                **preview_of(stored if editable else None),
            },
            status=status,
        )


class SetAct(DemandDetail):
    """A button on the page of a party set: runs a verb; a refusal comes back on the page with what was typed."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]
    done: ClassVar[Label] = ""
    form_class: ClassVar[type[NoteForm | ReasonForm] | None] = None
    form_name: ClassVar[str] = ""

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Run the verb: override."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Run it and go back to the page."""
        demand = get_editable(OF_THE_PAGE.all(), self.user, self.kwargs["pk"])
        if demand.kind not in PARTY_SETS:
            raise Http404
        form = self.form_class(request.POST) if self.form_class else None
        told = form.cleaned_data if form is not None and form.is_valid() else {}
        try:
            self.act(demand, told)
        except Refused as refused:
            return self.refused(request, refused, form)
        messages.success(request, str(self.done))
        return redirect("demand-detail", pk=demand.pk)

    def refused(self, request: HttpRequest, refused: Refused, form: NoteForm | ReasonForm | None) -> HttpResponse:
        """Show the page again with the reason: at the field it concerns, else on top."""
        if form is not None and refused.field:
            form.place(refused)
            return self.shown(status=UNPROCESSABLE, **{self.form_name: form})
        messages.error(request, str(refused))
        return self.shown(status=403 if isinstance(refused, NotYours) else UNPROCESSABLE)


class SetSubmit(SetAct):
    """Ask for approval."""

    done = gettext_lazy("Submitted for approval.")

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Submit it."""
        del told
        return submit(demand, by=self.user)


class SetReturn(SetAct):
    """Return a submitted paper with a note."""

    done = gettext_lazy("Returned with your note.")
    form_class = NoteForm
    form_name = "note_form"

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Return it."""
        return return_to_draft(demand, told.get("note", ""), by=self.user)


class SetApprove(SetAct):
    """Approve what was read, signed as /s/ Name when that was ticked."""

    done = gettext_lazy("Approved. The text is frozen; make the paper now.")

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Freeze it."""
        del told
        return approve(demand, by=self.user, sign="sign" in self.request.POST, seen=self.request.POST.get("seen", ""))


class SetReopen(SetAct):
    """Open an approved paper for changes."""

    done = gettext_lazy("Reopened. The approved version stays on record.")

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Reopen it."""
        del told
        return reopen(demand, by=self.user)


class SetWithdraw(SetAct):
    """Withdraw, with the reason."""

    done = gettext_lazy("Withdrawn; it stays on record.")
    form_class = ReasonForm
    form_name = "reason_form"

    def act(self, demand: Demand, told: dict[str, Any]) -> object:
        """Withdraw it."""
        return withdraw(demand, told.get("reason", ""), by=self.user)


class Supersede(StaffView):
    """Replace an approved or served paper, a subpoena's or a party set's, by a corrected one: asks what is wrong with it."""

    template_name = "staff/demands/supersede.html"

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(OF_THE_PAGE.all(), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        return self.shown(SupersedeForm())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Replace it and go to the corrected draft."""
        form = SupersedeForm(request.POST)
        form.is_valid()
        corrected = form.attempt(lambda: supersede(self.demand, form.cleaned_data["reason"], by=self.user))
        if corrected is None:
            return self.shown(form, UNPROCESSABLE)
        messages.success(request, _("This is the corrected draft, a copy to change. The earlier paper stays on record as it was."))
        return redirect(demand_url(corrected))

    def shown(self, form: SupersedeForm, status: int = 200) -> HttpResponse:
        """Return the page."""
        demand = self.demand
        may = demand.status in {DemandStatus.APPROVED.value, DemandStatus.SERVED.value}
        back = demand_url(demand)
        crumbs = [
            (_("Cases"), reverse("case-list")),
            (demand.case.name, reverse("case-detail", args=[demand.case_id])),
            (demand.responding_party, back),
        ]
        context = {"demand": demand, "case": demand.case, "form": form, "back": back, "may": may, "crumbs": crumbs}
        return self.page(context, status=status)
