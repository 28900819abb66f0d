"""The screens of a record: add, change, remove. A subclass names its form, its words and where it leads back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.dates.following import MovesToAccept, moving_from
from discovery.domain.drafts.renewing import newest_event, renewed_since
from discovery.domain.errors import Refused
from discovery.domain.records import remove_record
from discovery.staff.access import CaseMixin, StaffView, Walled, get_editable
from discovery.staff.forms.base import RecordForm, RemovalForm

if TYPE_CHECKING:
    from discovery.models import Case
    from discovery.staff.forms.base import Label

M = TypeVar("M", bound=models.Model)
Crumb = tuple[object, str]

UNPROCESSABLE = 422


class RecordScreen(StaffView, Generic[M]):
    """What adding, changing and removing share."""

    template_name = "staff/record_form.html"
    form_class: ClassVar[type[RecordForm[Any]]]
    heading: ClassVar[Label] = ""
    saved: ClassVar[Label] = ""

    @property
    def owning_case(self) -> Case | None:
        """The case whose record it is; None for records of the whole firm."""
        return None

    def back_url(self) -> str:
        """Where saving and cancelling lead: the address that ?next= names, else `home_url`."""
        wanted = self.request.POST.get("next") or self.request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(wanted, {self.request.get_host()}, require_https=self.request.is_secure()):
            return wanted
        return self.home_url()

    def home_url(self) -> str:
        """Where the record is listed: override."""
        raise NotImplementedError

    def crumbs(self) -> list[Crumb]:
        """The way to this screen, as (words, address)."""
        return []

    def row(self) -> M | None:
        """The record to change, or None for a new one. Raises Http404 or PermissionDenied: override."""
        raise NotImplementedError

    @cached_property
    def found(self) -> M | None:
        """The record, fetched once through the wall."""
        return self.row()

    def remove_url(self) -> str:
        """Where the record can be removed; '' when there is nothing to remove."""
        return ""

    def form_kwargs(self) -> dict[str, Any]:
        """What the form is built with beside its data."""
        kwargs: dict[str, Any] = {"user": self.user, "case": self.owning_case}
        if self.found is not None:
            kwargs["instance"] = self.found
        return kwargs

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form."""
        initial = {name: value for name, value in self.request.GET.items() if name != "next"} if self.found is None else {}
        return self.show(self.form_class(initial=initial, **self.form_kwargs()))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Store through the verb and go back; or show the form again with everything typed and what is wrong with it."""
        form = self.form_class(request.POST, request.FILES, **self.form_kwargs())
        before = newest_event()
        row = form.attempt(form.store) if form.is_valid() else None
        if row is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, self.saved_message(row))
        self.tell_renewed(before)
        return HttpResponseRedirect(self.after(row))

    def tell_renewed(self, before: int) -> None:
        """Say which papers are made anew because the act changed what captions print; `before` is the newest event before it."""
        count, kept = renewed_since(before, by=self.user)
        if count:
            told = ngettext(
                "%(count)d paper that has not gone out is being made anew with the new caption.",
                "%(count)d papers that have not gone out are being made anew with the new caption.",
                count,
            )
            messages.info(self.request, told % {"count": count})
        if kept:
            messages.warning(self.request, _("Not made anew: %(papers)s") % {"papers": "; ".join(kept)})

    def after(self, row: M) -> str:
        """Where a stored record leads."""
        del row
        return self.back_url()

    def saved_message(self, row: M) -> str:
        """Say what was stored."""
        return _("Saved: %(row)s.") % {"row": row}

    def show(self, form: RecordForm[Any], *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        return self.page({**self.shown_with(form), **self.more(form)}, status=status)

    def shown_with(self, form: RecordForm[Any]) -> dict[str, Any]:
        """What the page of every record shows."""
        return {
            "form": form,
            "heading": self.heading,
            "crumbs": self.crumbs(),
            "back": self.back_url(),
            "next": self.request.POST.get("next") or self.request.GET.get("next") or "",
            "remove": self.remove_url(),
            "case": self.owning_case,
            "row": self.found,
        }

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """What else the page shows."""
        del form
        return {}


class CaseRecordScreen(CaseMixin, RecordScreen[M]):
    """A record of one case: editors of the case only; back to its section on the case's page."""

    section: ClassVar[str] = ""
    rows: ClassVar[Any]
    case_lookup: ClassVar[str] = "case"
    is_new: ClassVar[bool] = False
    remove_name: ClassVar[str] = ""

    @property
    def owning_case(self) -> Case:
        """The case of the address."""
        return self.case

    def row(self) -> M | None:
        """The record of this case and of no other. Raises Http404, or PermissionDenied for readers."""
        self.require_editor()
        if self.is_new:
            return None
        return get_editable(cast("Walled[M]", self.rows), self.user, self.kwargs["pk"], **{self.case_lookup: self.case})

    def home_url(self) -> str:
        """The record's section of the case's page."""
        return f"{reverse('case-detail', args=[self.case.pk])}#{self.section}"

    def crumbs(self) -> list[Crumb]:
        """Cases, this case."""
        return [(_("Cases"), reverse("case-list")), (self.case.name, reverse("case-detail", args=[self.case.pk]))]

    def remove_url(self) -> str:
        """The screen that asks before it removes."""
        if self.found is None or not self.remove_name:
            return ""
        return reverse(self.remove_name, args=[self.case.pk, self.found.pk])


class RemoveRecord(RecordScreen[M]):
    """Ask, then remove; a record that something refers to stays, and the page says what refers to it."""

    template_name = "staff/record_remove.html"
    consequence: ClassVar[Label] = ""

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        return self.ask(RemovalForm())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Remove, or say why not; dates that would move are asked about once."""
        assert self.found is not None
        name, form, before = str(self.found), RemovalForm(request.POST), newest_event()
        try:
            self.remove(self.found)
        except MovesToAccept as asked:
            form.place(asked)
            return self.ask(form, status=UNPROCESSABLE)
        except Refused as refusal:
            return self.ask(form, str(refusal), status=UNPROCESSABLE)
        messages.success(request, _("Removed: %(row)s.") % {"row": name})
        self.tell_renewed(before)
        return HttpResponseRedirect(self.home_url())

    def remove(self, row: M) -> None:
        """Call the verb."""
        remove_record(row, by=self.user, moving=moving_from(self.request.POST))

    def ask(self, form: RemovalForm, refusal: str = "", *, status: int = 200) -> HttpResponse:
        """Return the page that asks."""
        assert self.found is not None
        return self.page(
            {
                "form": form,
                "row": self.found,
                "heading": self.heading,
                "consequence": self.consequence,
                "refusal": refusal,
                "crumbs": self.crumbs(),
                "back": self.home_url(),
                "case": self.owning_case,
            },
            status=status,
        )


class RemoveCaseRecord(RemoveRecord[M], CaseRecordScreen[M]):
    """Remove a record of one case."""
