"""The screens of binders: those of a case, a new one, one with its exhibits, and what was made of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from discovery.domain.binders import Binding, move_tab, remove_tab
from discovery.domain.errors import Refused
from discovery.enums import PaperKind
from discovery.models import Binder, BinderTab, Case, Draft
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.forms.binders import BinderForm, TabForm
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, Crumb

BINDERS = Binder.objects.select_related("case__court")
MADE_SHOWN = 20
STEPS = {"up": -1, "down": 1}


def crumbs_of(case: Case, binder: Binder | None = None) -> list[Crumb]:
    """Return the way to a page of a case's binders."""
    found: list[Crumb] = [
        (_("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (_("Binders"), reverse("binder-list", args=[case.pk])),
    ]
    return found if binder is None else [*found, (binder.title, reverse("binder-detail", args=[binder.pk]))]


class BinderList(CaseMixin):
    """The binders of a case, newest first."""

    template_name = "staff/binders/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show a page of them (a fixed number of queries)."""
        made = Count("drafts", filter=Q(drafts__paper=PaperKind.BINDER.value), distinct=True)
        rows = Binder.objects.filter(case=self.case).annotate(exhibits=Count("tabs", distinct=True), made=made)
        context = {"case": self.case, "crumbs": crumbs_of(self.case)[:2], "may_edit": self.may_edit_case}
        return self.page({**context, "page": paginate(rows.order_by("-pk"), request)})


class BinderNew(CaseMixin):
    """Start a binder."""

    template_name = "staff/record_form.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask what it is for."""
        self.require_editor()
        return self.show(BinderForm())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Start it, or show the form again with everything typed."""
        self.require_editor()
        form = BinderForm(request.POST)
        binder = form.start(self.case, by=self.user) if form.is_valid() else None
        if binder is None:
            return self.show(form, status=UNPROCESSABLE)
        return HttpResponseRedirect(reverse("binder-detail", args=[binder.pk]))

    def show(self, form: BinderForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        back = reverse("binder-list", args=[self.case.pk])
        context = {"form": form, "heading": _("Start a binder"), "crumbs": crumbs_of(self.case), "back": back, "case": self.case}
        return self.page(context, status=status)


class BinderEdit(StaffView):
    """Change what a binder is called or how it is stamped."""

    template_name = "staff/record_form.html"

    @cached_property
    def binder(self) -> Binder:
        """The binder. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(BINDERS.all(), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show what it is."""
        initial = {name: getattr(self.binder, name) for name in Binding.__dataclass_fields__}
        return self.show(BinderForm(initial=initial))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Change it, or show the form again with everything typed."""
        binder, form = self.binder, BinderForm(request.POST)
        if not form.is_valid() or form.change(binder, by=self.user) is None:
            return self.show(form, status=UNPROCESSABLE)
        return HttpResponseRedirect(reverse("binder-detail", args=[binder.pk]))

    def show(self, form: BinderForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        case = self.binder.case
        context = {
            "form": form,
            "heading": _("Title and stamps"),
            "crumbs": crumbs_of(case, self.binder),
            "back": reverse("binder-detail", args=[self.binder.pk]),
            "case": case,
        }
        return self.page(context, status=status)


class BinderDetail(StaffView):
    """A binder: its exhibits in order, a new one, and what was made of it. POST adds an exhibit."""

    template_name = "staff/binders/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        binder = get_visible(BINDERS.all(), self.user, self.kwargs["pk"])
        edits = may_edit(Binder.objects, self.user, binder)
        return self.show(binder, TabForm(binder=binder) if edits else None)

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Add an exhibit, or show the page again with everything typed."""
        binder = get_editable(BINDERS.all(), self.user, self.kwargs["pk"])
        form = TabForm(request.POST, request.FILES, binder=binder)
        tab = form.add(by=self.user) if form.is_valid() else None
        if tab is None:
            return self.show(binder, form, status=UNPROCESSABLE)
        messages.success(request, _("Exhibit %(label)s was added.") % {"label": tab.label})
        return HttpResponseRedirect(reverse("binder-detail", args=[binder.pk]))

    def show(self, binder: Binder, form: TabForm | None, *, status: int = 200) -> HttpResponse:
        """Return the page (a fixed number of queries)."""
        made = list(Draft.objects.filter(binder=binder).select_related("requested_by").order_by("-pk")[:MADE_SHOWN])
        newest = next((draft for draft in made if draft.paper == PaperKind.BINDER and draft.measured.get("untagged")), None)
        context: dict[str, Any] = {
            "case": binder.case,
            "binder": binder,
            "crumbs": crumbs_of(binder.case),
            "tabs": list(binder.tabs.select_related("draft", "attachment")),
            "form": form,
            "made": made,
            "untagged": newest.measured["untagged"] if newest is not None else [],
        }
        return self.page(context, status=status)


class TabAct(StaffView):
    """An act on one exhibit of a binder; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Do it and go back to the binder. Raises Http404 for strangers, PermissionDenied for readers."""
        binder = get_editable(BINDERS.all(), self.user, self.kwargs["binder_pk"])
        tab = get_editable(BinderTab.objects.select_related("binder"), self.user, self.kwargs["pk"], binder=binder)
        try:
            self.act(tab)
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("binder-detail", args=[binder.pk]))

    def act(self, tab: BinderTab) -> None:
        """Call the verb: override."""
        raise NotImplementedError


class TabMove(TabAct):
    """Move an exhibit up or down."""

    def act(self, tab: BinderTab) -> None:
        """Move it. Raises Http404 for a way there is not."""
        steps = STEPS.get(self.request.POST.get("way", ""))
        if steps is None:
            raise Http404
        move_tab(tab, steps, by=self.user)


class TabRemove(TabAct):
    """Take an exhibit out."""

    def act(self, tab: BinderTab) -> None:
        """Take it out."""
        remove_tab(tab, by=self.user)
