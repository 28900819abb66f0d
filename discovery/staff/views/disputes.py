"""The screens of disputes: the list of a case, starting one from requests, its page, writing it, the order of its requests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.disputes.disputing import add_rows, move_request, take_out
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, DisputeStatus
from discovery.models import Case, Dispute, DisputedRequest, RequestRow
from discovery.models.choices import translated
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.disputed import page_context
from discovery.staff.forms.disputes import DisputeForm, DisputeStartForm, served_rows
from discovery.staff.ids import ids_in
from discovery.staff.paging import paginate
from discovery.staff.previewed import preview_of
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen

DISPUTES = Dispute.objects.select_related(
    "case__court", "responding_party__person", "signer__attorney__firm", "signer__group", "paper"
)


def crumbs_of(case: Case, dispute: Dispute | None = None) -> list[Crumb]:
    """Return the way to a page of a case's disputes."""
    found: list[Crumb] = [
        (_("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (_("Disputes"), reverse("dispute-list", args=[case.pk])),
    ]
    return found if dispute is None else [*found, (dispute.title, reverse("dispute-detail", args=[dispute.pk]))]


class DisputeList(CaseMixin):
    """The disputes of a case, newest first; ?status= keeps one status."""

    template_name = "staff/disputes/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show a page of them (a fixed number of queries)."""
        rows = Dispute.objects.filter(case=self.case)
        counts = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
        status = request.GET.get("status", "")
        if status in set(DisputeStatus):
            rows = rows.filter(status=status)
        rows = rows.select_related("responding_party__person").annotate(n_requests=Count("requests")).order_by("-pk")
        chips = [(word, label, counts[word]) for word, label in translated(DisputeStatus) if word in counts]
        return self.page(
            {
                "case": self.case,
                "page": paginate(rows, request),
                "chips": chips,
                "status": status,
                "total": sum(counts.values()),
                "may_edit": self.may_edit_case,
            }
        )


class DisputeNew(CaseMixin, RecordScreen[Dispute]):
    """Start a dispute from requests: ?rows=1,2 names them, ?kind= the form it takes (product.md, task 8)."""

    template_name = "staff/disputes/new.html"
    form_class = DisputeStartForm
    heading = gettext_lazy("Start a letter or motion")

    @property
    def owning_case(self) -> Case:
        """The case of the address."""
        return self.case

    def row(self) -> Dispute | None:
        """A new one, for editors of the case."""
        self.require_editor()
        return None

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask, with the requests that the address names ticked."""
        self.require_editor()
        asked = self.request.GET
        initial: dict[str, Any] = {"rows": ids_in(asked.getlist("rows"))}
        if asked.get("kind") in set(DisputeKind):
            initial["kind"] = asked["kind"]
        return self.show(self.form_class(initial=initial, **self.form_kwargs()))

    def home_url(self) -> str:
        """The list of disputes."""
        return reverse("dispute-list", args=[self.case.pk])

    def after(self, row: Dispute) -> str:
        """Its own page, where its paper is made."""
        return reverse("dispute-detail", args=[row.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, this case, its disputes."""
        return crumbs_of(self.case)

    def saved_message(self, row: Dispute) -> str:
        """Say what comes next."""
        del row
        return _("Started, with what the record says filled in. Read it over, then make the PDF.")

    def more(self, form: Any) -> dict[str, Any]:
        """The requests to choose from, by demand; those chosen stay ticked."""
        chosen = {str(getattr(one, "pk", one)) for one in (form["rows"].value() or [])}
        return {"groups": grouped(served_rows(self.case), chosen), "chosen": len(chosen)}


def grouped(rows: Any, chosen: set[str]) -> list[dict[str, Any]]:
    """Return rows by demand, for boxes to tick."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        group = found.setdefault(row.demand_id, {"demand": row.demand, "rows": [], "open": False})
        ticked = str(row.pk) in chosen
        group["rows"].append((row, ticked))
        group["open"] = group["open"] or ticked
    if len(found) == 1:
        next(iter(found.values()))["open"] = True
    return list(found.values())


class DisputeScreen(StaffView):
    """A page of one dispute."""

    @cached_property
    def dispute(self) -> Dispute:
        """The dispute, for members. Raises Http404."""
        return get_visible(DISPUTES.all(), self.user, self.kwargs["pk"])

    @cached_property
    def editable(self) -> Dispute:
        """The dispute, for editors. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(DISPUTES.all(), self.user, self.kwargs["pk"])

    def home(self) -> str:
        """The dispute's page."""
        return reverse("dispute-detail", args=[self.kwargs["pk"]])

    def crumbs(self, dispute: Dispute) -> list[Crumb]:
        """Cases, the case, its disputes, this one."""
        return crumbs_of(dispute.case, dispute)


class DisputeDetail(DisputeScreen):
    """A dispute: where it is, what is missing, its requests, its papers with their pages."""

    template_name = "staff/disputes/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        edits = may_edit(Dispute.objects, self.user, self.dispute)
        return self.page({**page_context(self.dispute, may_edit=edits), "crumbs": crumbs_of(self.dispute.case)})


class DisputeEdit(DisputeScreen):
    """Write a draft: both sides' statements, and what they say on each request."""

    template_name = "staff/disputes/edit.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form, while it is a draft."""
        if self.editable.status != DisputeStatus.DRAFT:
            messages.info(
                request, _("This is “%(now)s”. Reopen it for changes first.") % {"now": self.editable.get_status_display()}
            )
            return HttpResponseRedirect(self.home())
        return self.show(DisputeForm(instance=self.editable, user=self.user, case=self.editable.case))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Write it and go back to its page; or show the form again with everything typed."""
        form = DisputeForm(request.POST, instance=self.editable, user=self.user, case=self.editable.case)
        if not form.is_valid() or form.attempt(form.store) is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.home())

    def show(self, form: DisputeForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        dispute = self.editable
        context = {"form": form, "dispute": dispute, "case": dispute.case, "crumbs": self.crumbs(dispute), "back": self.home()}
        context |= preview_of(dispute)
        return self.page(context, status=status)


class DisputeAutosave(DisputeScreen):
    """Write a draft while somebody types; the answer is the line below the form, and never touches the texts."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Write it; say when, or why not."""
        form = DisputeForm(request.POST, instance=self.editable, user=self.user, case=self.editable.case)
        saved = form.attempt(form.store) if form.is_valid() else None
        first = next((str(error) for errors in form.errors.values() for error in errors), "")
        context = {
            "saved": saved is not None,
            "at": timezone.localtime(),
            "why": first,
            # After a conflict the old revision stays, so that Save shows both texts.
            "revision": saved.revision if saved is not None else request.POST.get("revision", ""),
        }
        return render(request, "staff/disputes/_autosave.html", context)


class DisputeRows(DisputeScreen):
    """Which requests are in a draft, and in what order."""

    template_name = "staff/disputes/rows.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them, with those that could be added."""
        return self.show()

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Move, take out or add, through the verbs."""
        dispute = self.editable
        try:
            self.act(request, dispute)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.show(status=UNPROCESSABLE)
        return HttpResponseRedirect(reverse("dispute-rows", args=[dispute.pk]))

    def act(self, request: HttpRequest, dispute: Dispute) -> None:
        """Call the verb that the pressed button names."""
        if "add" in request.POST:
            wanted = RequestRow.objects.editable_by(self.user).filter(
                pk__in=ids_in(request.POST.getlist("rows")), case=dispute.case
            )
            add_rows(dispute, list(wanted.order_by("demand", "number")), by=self.user)
            return
        mine = DisputedRequest.objects.select_related("dispute").filter(dispute=dispute)
        for name in ("up", "down", "out"):
            if name in request.POST:
                entry = mine.filter(pk__in=ids_in([request.POST[name]])).first()
                if entry is None:
                    raise Refused(_("This request is not in it any more."))
                if name == "out":
                    take_out(entry, by=self.user)
                else:
                    move_request(entry, -1 if name == "up" else 1, by=self.user)

    def show(self, *, status: int = 200) -> HttpResponse:
        """Return the page."""
        dispute = self.editable
        named = ("row__request", "row__demand__responding_party__person", "row__demand__request_set")
        entries = list(dispute.requests.select_related(*named).order_by("position", "pk"))
        inside = {entry.row_id for entry in entries}
        others = [row for row in served_rows(dispute.case) if row.pk not in inside]
        context = {
            "dispute": dispute,
            "case": dispute.case,
            "entries": entries,
            "groups": grouped(others, set()),
            "crumbs": self.crumbs(dispute),
            "back": self.home(),
            "frozen": dispute.status != DisputeStatus.DRAFT,
        }
        return self.page(context, status=status)
