"""Extensions of due dates: recording one with its old and new day side by side, and the court's approval of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from discovery.domain.counting import CourtLaw
from discovery.domain.deadlines import AMOUNTS, approve_extension, extend, extended
from discovery.domain.errors import Refused
from discovery.domain.printed import printed_date
from discovery.enums import Side
from discovery.models import Conferral, Extension
from discovery.staff.actor import by_htmx
from discovery.staff.daycount import DayCount, day_count
from discovery.staff.forms.deadlines import ApprovalForm, ExtensionForm
from discovery.staff.views.deadlines import DateAct

AMOUNT_FIELDS = {"kind", *(name for names in AMOUNTS.values() for name in names)}
MOST_DIGITS, MOST_NAMES = 15, 200
"""What an id in an address and the field of those who agreed may hold."""


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
        asked = self.request.GET.get("conferral", "")
        if not asked.isdecimal() or len(asked) > MOST_DIGITS:
            return {}
        held = Conferral.objects.visible_to(self.user).filter(pk=asked, case=self.deadline.case_id).first()
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
