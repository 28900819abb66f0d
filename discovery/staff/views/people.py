"""Persons, firms and attorneys: lists and forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.enums import PersonKind
from discovery.models import Attorney, Firm, Person
from discovery.models.choices import translated
from discovery.staff.access import StaffView, editable_ids, get_editable
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.counsel import AttorneyForm, FirmForm
from discovery.staff.forms.persons import PersonForm, row_sets
from discovery.staff.paging import paginate, sort_rows
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen


class PersonList(StaffView):
    """Persons of the user's cases, and those the user recorded."""

    template_name = "staff/people/persons.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches names and addresses, ?kind= keeps one kind."""
        text, kind = request.GET.get("text", "").strip(), request.GET.get("kind", "")
        rows = Person.objects.visible_to(self.user)
        if text:
            hits = Person.objects.filter(
                Q(name__icontains=text)
                | Q(other_names__icontains=text)
                | Q(email__icontains=text)
                | Q(addresses__street__icontains=text)
                | Q(addresses__city__icontains=text)
            )
            rows = rows.filter(pk__in=hits.values("pk"))
        if kind in set(PersonKind):
            rows = rows.filter(kind=kind)
        rows = rows.select_related("registered_agent").prefetch_related("addresses")
        ordered, sort = sort_rows(rows, request, {"name": ["name"], "kind": ["kind", "name"]}, default="name")
        page = paginate(ordered, request)
        return self.page(
            {
                "page": page,
                "sort": sort,
                "text": text,
                "kind": kind,
                "kinds": translated(PersonKind),
                "editable": editable_ids(Person.objects, self.user, page.object_list),
            }
        )


class CounselScreen(StaffView):
    """Firms and attorneys share a list page."""

    template_name = "staff/people/counsel.html"


class AttorneyList(CounselScreen):
    """Attorneys of the user's cases, and those the user recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches names, firms and e-mail addresses."""
        text = request.GET.get("text", "").strip()
        rows = Attorney.objects.visible_to(self.user).select_related("firm")
        if text:
            rows = rows.filter(Q(name__icontains=text) | Q(firm__name__icontains=text) | Q(email__icontains=text))
        ordered, sort = sort_rows(rows, request, {"name": ["name"], "firm": ["firm__name", "name"]}, default="name")
        page = paginate(ordered, request)
        editable = editable_ids(Attorney.objects, self.user, page.object_list)
        return self.page({"page": page, "sort": sort, "text": text, "what": "attorneys", "editable": editable})


class FirmList(CounselScreen):
    """Firms of the user's cases, and those the user recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches names and cities."""
        text = request.GET.get("text", "").strip()
        seen = Attorney.objects.visible_to(self.user)
        rows = Firm.objects.visible_to(self.user).annotate(seen=Count("attorneys", filter=Q(attorneys__in=seen)))
        if text:
            rows = rows.filter(Q(name__icontains=text) | Q(city__icontains=text))
        ordered, sort = sort_rows(rows, request, {"name": ["name"], "city": ["city", "name"]}, default="name")
        page = paginate(ordered, request)
        editable = editable_ids(Firm.objects, self.user, page.object_list)
        return self.page({"page": page, "sort": sort, "text": text, "what": "firms", "editable": editable})


class PersonScreen(RecordScreen[Person]):
    """A person with addresses and relations on one form."""

    template_name = "staff/people/person_form.html"
    form_class = PersonForm

    def crumbs(self) -> list[Crumb]:
        """Persons."""
        return [(gettext("Persons"), reverse("person-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("person-list")

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Store person, addresses and relations together or not at all."""
        form = PersonForm(request.POST, **self.form_kwargs())
        rows = row_sets(request.POST, form.instance, self.user)
        valid = [form.is_valid(), *(one.is_valid() for one in rows.values())]

        def store() -> Person:
            person = form.store()
            for one in rows.values():
                one.store(person, by=self.user)
            return person

        person = form.attempt(store) if all(valid) else None
        if person is None:
            return self.page({**self.shown_with(form), "row_sets": rows}, status=UNPROCESSABLE)
        messages.success(request, self.saved_message(person))
        return HttpResponseRedirect(self.back_url())

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """The rows below the person."""
        return {"row_sets": row_sets(None, form.instance, self.user)}


class PersonNew(PersonScreen):
    """Write down a person."""

    heading = _("Add a person")

    def row(self) -> Person | None:
        """Anyone signed in may write down a person."""
        return None


class PersonEdit(PersonScreen):
    """Change a person."""

    heading = _("Edit the person")

    def row(self) -> Person:
        """A person the user may change: it stands in no case where he may not."""
        found: Person = get_editable(Person.objects, self.user, self.kwargs["pk"])
        return found


class FirmScreen(RecordScreen[Firm]):
    """A firm's office."""

    form_class = FirmForm

    def crumbs(self) -> list[Crumb]:
        """Firms."""
        return [(gettext("Firms"), reverse("firm-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("firm-list")


class FirmNew(FirmScreen):
    """Write down a firm."""

    heading = _("Add a firm")

    def row(self) -> Firm | None:
        """Anyone signed in may."""
        return None

    def after(self, row: Firm) -> str:
        """Take the new firm along to the form that asked for it."""
        return took_along(self, "firm", row)


class FirmEdit(FirmScreen):
    """Change a firm."""

    heading = _("Edit the firm")

    def row(self) -> Firm:
        """A firm the user may change."""
        found: Firm = get_editable(Firm.objects, self.user, self.kwargs["pk"])
        return found


class AttorneyScreen(RecordScreen[Attorney]):
    """An attorney."""

    template_name = "staff/people/attorney_form.html"
    form_class = AttorneyForm

    def crumbs(self) -> list[Crumb]:
        """Attorneys."""
        return [(gettext("Attorneys"), reverse("attorney-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("attorney-list")


class AttorneyNew(AttorneyScreen):
    """Write down an attorney."""

    heading = _("Add an attorney")

    def row(self) -> Attorney | None:
        """Anyone signed in may."""
        return None

    def after(self, row: Attorney) -> str:
        """Take the new attorney along to the form that asked for it."""
        return took_along(self, "attorney", row)


class AttorneyEdit(AttorneyScreen):
    """Change an attorney."""

    heading = _("Edit the attorney")

    def row(self) -> Attorney:
        """An attorney the user may change."""
        found: Attorney = get_editable(Attorney.objects, self.user, self.kwargs["pk"])
        return found


def took_along(screen: RecordScreen[Any], name: str, row: models.Model) -> str:
    """Return the address to go back to, with the new row chosen there, when another form asked for it by ?next=."""
    back = screen.back_url()
    if back == screen.home_url():
        return back
    return f"{back}{'&' if '?' in back else '?'}{name}={row.pk}"
