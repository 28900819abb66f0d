"""Courts and the clause library: everyone reads them, staff keeps them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.enums import ClauseKind
from discovery.models import Clause, Court
from discovery.models.choices import translated
from discovery.staff.access import StaffView, get_editable
from discovery.staff.forms.firmwide import ClauseForm, CourtForm
from discovery.staff.paging import paginate, sort_rows
from discovery.staff.records import Crumb, RecordScreen

M = TypeVar("M", bound=models.Model)


class CourtList(StaffView):
    """All courts."""

    template_name = "staff/courts/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches the names."""
        text = request.GET.get("text", "").strip()
        rows = Court.objects.visible_to(self.user)
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

    heading = _("Edit the court")


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
