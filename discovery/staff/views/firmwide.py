"""Courts and the clause library: everyone reads them, staff keeps them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.enums import ClauseKind
from discovery.models import Clause, Court, CourtClosure
from discovery.models.choices import translated
from discovery.staff.access import StaffView, get_editable, get_visible
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.firmwide import ClauseForm, ClosureForm, CourtForm
from discovery.staff.paging import paginate, sort_rows
from discovery.staff.records import Crumb, RecordScreen, RemoveRecord

M = TypeVar("M", bound=models.Model)


class CourtList(StaffView):
    """All courts."""

    template_name = "staff/courts/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches the names."""
        text = request.GET.get("text", "").strip()
        rows = Court.objects.visible_to(self.user).annotate(closure_count=models.Count("closures"))
        if text:
            rows = rows.filter(Q(name__icontains=text) | Q(short_name__icontains=text) | Q(district__icontains=text))
        columns = {"short": ["short_name"], "name": ["name"], "state": ["state", "short_name"]}
        ordered, sort = sort_rows(rows, request, columns, default="short")
        return self.page({"page": paginate(ordered, request), "sort": sort, "text": text, "keeps": self.user.is_staff})


class ClauseList(StaffView):
    """The clause library."""

    template_name = "staff/library/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it: ?kind= keeps one kind, ?text= searches labels and texts; the chips count what the search finds."""
        text, kind = request.GET.get("text", "").strip(), request.GET.get("kind", "")
        rows = Clause.objects.visible_to(self.user)
        if text:
            rows = rows.filter(Q(label__icontains=text) | Q(text__icontains=text))
        counts = dict(rows.order_by().values_list("kind").annotate(n=models.Count("pk")))
        kinds = [(word, label, counts.get(word, 0)) for word, label in translated(ClauseKind)]
        if kind in set(ClauseKind):
            rows = rows.filter(kind=kind)
        page = paginate(rows.order_by("kind", "position", "label", "pk"), request)
        return self.page(
            {
                "page": page,
                "text": text,
                "kind": kind,
                "kinds": kinds,
                "total": sum(counts.values()),
                "keeps": self.user.is_staff,
            }
        )


class KeptByStaff(RecordScreen[M]):
    """A record that staff alone writes."""

    rows: Any
    is_new = False

    def row(self) -> Any:
        """The record, for staff. Raises PermissionDenied for others."""
        if self.is_new:
            if not self.user.is_staff:
                raise PermissionDenied(gettext("This is kept by the firm’s staff; ask the administrator."))
            return None
        return get_editable(self.rows, self.user, self.kwargs["pk"])


class CourtScreen(KeptByStaff[Court]):
    """A court."""

    rows, form_class = Court.objects, CourtForm

    def crumbs(self) -> list[Crumb]:
        """Courts."""
        return [(gettext("Courts"), reverse("court-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("court-list")


class CourtNew(CourtScreen):
    """Add a court."""

    heading, is_new = _("Add a court"), True


class CourtEdit(CourtScreen):
    """Change a court."""

    template_name = "staff/courts/court_form.html"
    heading = _("Edit the court")


class ClosureList(StaffView):
    """The days on which a court was closed beside its calendar: everyone reads them."""

    template_name = "staff/courts/closures.html"

    def get(self, request: HttpRequest, *, court_pk: int) -> HttpResponse:
        """Show them, the latest first."""
        court = get_visible(Court.objects, self.user, court_pk)
        page = paginate(CourtClosure.objects.visible_to(self.user).filter(court=court).order_by("-day"), request)
        return self.page({"court": court, "page": page, "keeps": self.user.is_staff})


class ClosureScreen(KeptByStaff[CourtClosure]):
    """A closure of the court of the address; dates that it moves are proposed to the teams of its cases."""

    rows, form_class = CourtClosure.objects, ClosureForm

    @cached_property
    def court(self) -> Court:
        """The court of the address. Raises PermissionDenied unless the user keeps the firm's records."""
        found: Court = get_editable(Court.objects, self.user, self.kwargs["court_pk"])
        return found

    def row(self) -> Any:
        """A closure of this court and of no other."""
        court = self.court
        return None if self.is_new else get_editable(CourtClosure.objects, self.user, self.kwargs["pk"], court=court)

    def form_kwargs(self) -> dict[str, Any]:
        """Tie a new closure to its court."""
        kwargs = super().form_kwargs()
        return kwargs if self.found else {**kwargs, "instance": CourtClosure(court=self.court)}

    def home_url(self) -> str:
        """The court's closures."""
        return reverse("closure-list", args=[self.court.pk])

    def crumbs(self) -> list[Crumb]:
        """Courts, the court's closures."""
        return [(gettext("Courts"), reverse("court-list")), (self.court.short_name, self.home_url())]

    def remove_url(self) -> str:
        """The screen that asks before it removes."""
        return reverse("closure-remove", args=[self.court.pk, self.found.pk]) if self.found else ""

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """Which court it is."""
        del form
        return {"court": self.court}


class ClosureNew(ClosureScreen):
    """Add a closure."""

    heading, is_new = _("Add a closure"), True


class ClosureEdit(ClosureScreen):
    """Change a closure."""

    heading = _("Edit the closure")


class ClosureRemove(RemoveRecord[CourtClosure], ClosureScreen):
    """Remove a closure."""

    heading = _("Remove the closure")
    consequence = _("Dates that were counted around this day are counted again; what would move waits for the teams.")


class ClauseScreen(KeptByStaff[Clause]):
    """A clause of the library."""

    rows, form_class = Clause.objects, ClauseForm

    def crumbs(self) -> list[Crumb]:
        """The library."""
        return [(gettext("Library"), reverse("clause-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("clause-list")


class ClauseNew(ClauseScreen):
    """Add a clause."""

    heading, is_new = _("Add a clause"), True


class ClauseEdit(ClauseScreen):
    """Change a clause."""

    heading = _("Edit the clause")
