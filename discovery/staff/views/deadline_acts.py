"""Acts on a due date that have a screen of their own: extend, set by order, enter by hand, done, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from discovery.domain.composing.printed import printed_date
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.deadlines import (
    AMOUNTS,
    approve_extension,
    date_by_hand,
    extend,
    extended,
    mark_done,
    reopen,
    set_by_court,
)
from discovery.domain.errors import Refused
from discovery.enums import Side
from discovery.models import Conferral, Extension
from discovery.staff.actor import by_htmx
from discovery.staff.daycount import DayCount, day_count
from discovery.staff.forms.deadlines import (
    ApprovalForm,
    CourtDateForm,
    DoneForm,
    ExtensionForm,
    HandForm,
    ReopenForm,
)
from discovery.staff.ids import ids_in
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.views.deadlines import DeadlineScreen

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label, StaffForm

AMOUNT_FIELDS = {"kind", *(name for names in AMOUNTS.values() for name in names)}
MOST_NAMES = 200
"""So many characters the field of those who agreed holds."""


class DateAct(DeadlineScreen):
    """An act with a page of its own: the date as it stands beside the form. Subclasses name form and words, and call the verb."""

    template_name = "staff/dates/act.html"
    form_class: ClassVar[type[StaffForm]]
    heading: ClassVar[Label] = ""
    lead: ClassVar[Label] = ""
    button: ClassVar[Label] = ""
    done: ClassVar[Label] = ""

    def form(self, *data: Any) -> Any:
        """Return the form, bound to what was sent."""
        return self.form_class(*data, deadline=self.deadline)

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form."""
        self.require_editor()
        return self.show(self.form())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Call the verb and go to the date; or show the form again with everything typed."""
        self.require_editor()
        form = self.form(request.POST, request.FILES)
        if form.is_valid() and form.attempt(lambda: self.act(form)) is not None:
            messages.success(request, str(self.done))
            return HttpResponseRedirect(self.home_url())
        del self.deadline
        return self.show(form, status=UNPROCESSABLE)

    def act(self, form: Any) -> object:
        """Call the verb; return something."""
        raise NotImplementedError

    def show(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page with the form."""
        words = {"heading": self.heading, "lead": self.lead, "button": self.button, "here": True}
        return self.page({**self.facts(), **words, "form": form, **more}, status=status)


class DeadlineExtend(DateAct):
    """Record an extension; the new date is shown before it is saved, at once with scripts, by a button without."""

    template_name = "staff/dates/extend.html"
    form_class = ExtensionForm
    heading = _("Extend")
    button = _("Record the extension")
    done = _("The extension is on record, with the old date and the new one.")

    def form(self, *data: Any) -> ExtensionForm:
        """Return the form of a new extension; what the conference tells at which it was agreed stands in it."""
        return ExtensionForm(*data, deadline=self.deadline, initial=self.told())

    def told(self) -> dict[str, Any]:
        """Return who agreed when, and where that stands: as the conference says that ?conferral= names."""
        asked = ids_in([self.request.GET.get("conferral", "")])[:1]
        held = Conferral.objects.visible_to(self.user).filter(pk__in=asked, case=self.deadline.case_id).first()
        if held is None:
            return {}
        theirs = held.attendees.filter(side=Side.THEIRS.value).values_list("name", flat=True)
        terms = f"Conference of {printed_date(held.held_on)}"
        return {"agreed_on": held.held_on, "agreed_with": ", ".join(theirs)[:MOST_NAMES], "terms": terms}

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Show where it leads, or save."""
        if "preview" not in request.POST:
            return super().post(request, **kwargs)
        self.require_editor()
        form = self.form(request.POST)
        count, said = self.preview(form)
        if by_htmx(request):
            context = {**self.facts(), "preview": count, "said": said, "form": form}
            return self.page(context, template="staff/dates/_extension_preview.html")
        return self.show(form, preview=count, said=said)

    def preview(self, form: ExtensionForm) -> tuple[DayCount | None, str]:
        """Return where the extension would put the date, or why it leads nowhere; other fields may still be empty."""
        form.is_valid()
        form.keep_errors_of(AMOUNT_FIELDS)
        values = form.cleaned_data
        amount = {name: values[name] for name in AMOUNT_FIELDS if values.get(name)}
        wanted = AMOUNTS.get(str(values.get("kind")), ())
        if form.errors or not wanted or any(name not in amount for name in wanted):
            return None, ""
        told = {
            "agreed_on": values.get("agreed_on") or CourtLaw(self.deadline.case.court).today(),
            "agreed_with": values.get("agreed_with") or "…",
            "terms": values.get("terms") or "…",
        }
        try:
            return day_count(extended(self.deadline, Extension(**amount, **told))), ""
        except Refused as refusal:
            return None, str(refusal)

    def act(self, form: Any) -> object:
        """Extend."""
        values = form.cleaned_data
        return extend(self.deadline, form.instance, by=self.user, upload=values["upload"], revision=values["revision"])


class ExtensionApprove(DateAct):
    """Record that the court approved an extension that waited for it."""

    form_class = ApprovalForm
    heading = _("Approved by the court")
    lead = _("The extension waits for the court. Once it is approved the date moves, and the approval stays on record.")
    button = _("Record the approval")
    done = _("Approved: the date has moved.")

    @cached_property
    def extension(self) -> Extension:
        """The extension of the address, of this date and of no other."""
        return get_object_or_404(Extension, pk=self.kwargs["extension_pk"], deadline=self.deadline)

    def act(self, form: Any) -> object:
        """Approve."""
        values = form.cleaned_data
        return approve_extension(self.extension, values["approved_on"], by=self.user, revision=values["revision"])

    def show(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show which extension it is, too."""
        return super().show(form, status=status, extension=self.extension, **more)


class DeadlineOrder(DateAct):
    """Put the date that a judge wrote in place of the computed one."""

    form_class = CourtDateForm
    heading = _("Set by the court")
    lead = _("The date stands as the judge wrote it, closed day or not, and is never computed again.")
    button = _("Record the court’s date")
    done = _("The court’s date is on record. A second person confirms it.")

    def act(self, form: Any) -> object:
        """Set it."""
        values = form.cleaned_data
        return set_by_court(self.deadline, form.moment(), values["source"], by=self.user, revision=values["revision"])


class DeadlineByHand(DateAct):
    """Give a date to a task for which the law gave none."""

    form_class = HandForm
    heading = _("Enter the date by hand")
    lead = _("The rules as recorded give no date. What you enter stands as it is and is never computed again.")
    button = _("Enter the date")
    done = _("The date is on record. A second person confirms it.")

    def act(self, form: Any) -> object:
        """Enter it."""
        values = form.cleaned_data
        return date_by_hand(self.deadline, form.moment(), values["reason"], by=self.user, revision=values["revision"])


class DeadlineDone(DateAct):
    """Record that what was due is done."""

    form_class = DoneForm
    heading = _("Mark as done")
    lead = _("When it was done, and what shows it: words, a file, or both.")
    button = _("Mark as done")
    done = _("Done, and on record.")

    def act(self, form: Any) -> object:
        """Mark it."""
        values = form.cleaned_data
        told = {"upload": values["upload"], "revision": values["revision"]}
        return mark_done(self.deadline, values["done_on"], values["done_note"], by=self.user, **told)


class DeadlineReopen(DateAct):
    """Take back that something is done."""

    form_class = ReopenForm
    heading = _("Reopen")
    lead = _("What was recorded as done stays in the history; the date is open again.")
    button = _("Reopen")
    done = _("Open again.")

    def act(self, form: Any) -> object:
        """Reopen it."""
        return reopen(self.deadline, form.cleaned_data["reason"], by=self.user)
