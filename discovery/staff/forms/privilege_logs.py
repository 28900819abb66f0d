"""Forms about privilege logs: importing one, beginning our own, its entries, its service, challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.attachments import MEGABYTE
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.privilege.challenges import MOVES, OPEN
from discovery.domain.privilege.logs import change_entries, fingerprint
from discovery.domain.privilege.versions import numbers_in
from discovery.enums import ChallengeOutcome, LogKind
from discovery.intake.moments import day_of
from discovery.intake.privilege_logs import basis_of
from discovery.models import CaseParty, PrivilegeLogEntry, RespondingParty
from discovery.models.choices import translated
from discovery.staff.forms.base import RecordForm, StaffForm
from discovery.staff.forms.choosing import choose

if TYPE_CHECKING:
    from discovery.models import Case, PrivilegeLog

    ResponderField = forms.ModelChoiceField[RespondingParty]
else:
    ResponderField = forms.ModelChoiceField

ENDINGS = ("csv", "xlsx")
NUMBERS_HINT = gettext_lazy("Entry numbers and ranges: 7, 12-15")


def responders_of(case: Case) -> Any:
    """Return the responding parties of a case by name, as a select offers them."""
    return RespondingParty.objects.filter(case=case).select_related("person").order_by("person__name", "pk")


class LogImportForm(StaffForm, forms.Form):
    """Whose log, of which kind, served when, and its file. Nothing is written before the preview is confirmed."""

    responding_party = ResponderField(queryset=RespondingParty.objects.none(), label=gettext_lazy("log of"))
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=translated(LogKind))
    served_on = forms.DateField(
        label=gettext_lazy("served on"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Empty for our own log that is still in the making"),
    )
    upload = forms.FileField(
        label=gettext_lazy("the file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=format_lazy(
            gettext_lazy("CSV or XLSX with a line of headings; up to {rows} rows and {limit} MB"),
            rows=f"{settings.LOG_ROWS:,}",
            limit=settings.ATTACHMENT_MEGABYTES,
        ),
    )
    note = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    layout = (
        (gettext_lazy("Whose log"), ("responding_party", "kind", "served_on")),
        (gettext_lazy("The file"), ("upload", "note")),
    )
    widths = {"responding_party": 5, "kind": 4, "served_on": 3}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        choose(self.fields["responding_party"], responders_of(case))

    def clean_upload(self) -> Any:
        """Refuse by name and size before the file is read."""
        upload = self.cleaned_data["upload"]
        if str(upload.name).lower().rpartition(".")[2] not in ENDINGS:
            raise ValidationError(_("This kind of file is not taken. Taken are: CSV, XLSX. Save an .xls or .ods as .xlsx first."))
        if upload.size > settings.ATTACHMENT_MEGABYTES * MEGABYTE:
            raise ValidationError(
                _("The file has %(size)d MB; at most %(limit)d MB are taken. Split it.")
                % {"size": -(-upload.size // MEGABYTE), "limit": settings.ATTACHMENT_MEGABYTES}
            )
        return upload

    def told(self) -> dict[str, Any]:
        """Return what the form says, as plain data that can wait for the confirmation."""
        values = self.cleaned_data
        return {
            "responding_party": values["responding_party"].pk,
            "kind": values["kind"],
            "served_on": values["served_on"].isoformat() if values["served_on"] else "",
            "note": values["note"],
        }


class LogStartForm(StaffForm, forms.Form):
    """Beginning the log of our own client."""

    responding_party = ResponderField(
        queryset=RespondingParty.objects.none(),
        label=gettext_lazy("log of"),
        help_text=gettext_lazy("Our clients from whom discovery is sought"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=translated(LogKind))
    note = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    layout = (("", ("responding_party", "kind", "note")),)
    widths = {"responding_party": 6, "kind": 6}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = CaseParty.objects.filter(case=case, is_client=True).values("person_id")
        rows = responders_of(case).filter(person_id__in=clients)
        choose(self.fields["responding_party"], rows)
        if not rows.exists():
            self.fields["responding_party"].help_text = _(
                "No set is recorded as served on our client. Record it first, on the page of the case: “Record a served set”."
            )


class LogServedForm(StaffForm, forms.Form):
    """On which day our log was served."""

    served_on = forms.DateField(label=gettext_lazy("served on"), widget=forms.DateInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    layout = (("", ("served_on",)),)
    widths = {"served_on": 4}


class NumbersForm(StaffForm, forms.Form):
    """Entries by number, as `EntriesField` reads them: the selection of the list, which can be written down as well."""

    numbers = forms.CharField(label=gettext_lazy("entries"), help_text=NUMBERS_HINT)

    def clean_numbers(self) -> list[int]:
        """Read "7, 12-15"."""
        found = sorted(numbers_in(self.cleaned_data["numbers"]))
        if not found:
            raise ValidationError(_("Write entry numbers and ranges: 7, 12-15."))
        return found


class ChallengeForm(NumbersForm):
    """Challenging entries."""

    challenged_on = forms.DateField(label=gettext_lazy("challenged on"), widget=forms.DateInput)
    note = forms.CharField(
        label=gettext_lazy("why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One reason for all of them; letters can take it from here"),
    )
    layout = (("", ("numbers", "challenged_on", "note")),)
    widths = {"numbers": 8, "challenged_on": 4}


class CloseForm(NumbersForm):
    """What came of the challenge of entries."""

    outcome = forms.ChoiceField(label=gettext_lazy("what came of it"))
    closed_on = forms.DateField(label=gettext_lazy("on"), widget=forms.DateInput)
    note = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    layout = (("", ("numbers", "outcome", "closed_on", "note")),)
    widths = {"numbers": 6, "outcome": 3, "closed_on": 3}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(outcome, _(ChallengeOutcome(outcome).label)) for outcome in MOVES[OPEN]]
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose…")), *words]


class LogEntryForm(RecordForm[PrivilegeLogEntry]):
    """An entry of our own log, by document, from metadata, or by category."""

    layout = (
        (
            gettext_lazy("The document"),
            ("number", "bates_first", "bates_last", "documents", "attachments", "document_type", "custodian"),
        ),
        (gettext_lazy("When and who"), ("sent", "sent_time", "author", "sender", "recipients", "cc", "bcc", "subject")),
        (gettext_lazy("The claim"), ("basis_text", "withheld", "requests", "description")),
    )
    widths = {
        "number": 3,
        "bates_first": 3,
        "bates_last": 3,
        "documents": 3,
        "attachments": 3,
        "document_type": 4,
        "custodian": 5,
        "sent": 4,
        "sent_time": 3,
        "author": 5,
        "sender": 6,
        "recipients": 6,
        "cc": 6,
        "bcc": 6,
        "basis_text": 5,
        "withheld": 3,
        "requests": 4,
    }
    duplicates = {"entry_number_once": ("number", gettext_lazy("This log has an entry of that number. Choose another one."))}

    class Meta:
        model = PrivilegeLogEntry
        fields = [
            "number",
            "bates_first",
            "bates_last",
            "documents",
            "attachments",
            "document_type",
            "custodian",
            "sent",
            "sent_time",
            "author",
            "sender",
            "recipients",
            "cc",
            "bcc",
            "subject",
            "basis_text",
            "withheld",
            "requests",
            "description",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 1}) for name in ("author", "sender", "recipients", "cc", "bcc", "subject")
        } | {"description": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "sent": gettext_lazy("date"),
            "sent_time": gettext_lazy("time"),
            "basis_text": gettext_lazy("privilege"),
        }
        help_texts = {
            "number": gettext_lazy("Empty: the next one"),
            "sent": gettext_lazy("12/05/2023; a range for a category"),
            "sender": gettext_lazy("An asterisk (*) marks an attorney"),
            "basis_text": gettext_lazy("Attorney-Client; Work Product"),
            "description": gettext_lazy("Enough to assess the claim, nothing that is privileged itself: Rule 26(b)(5)(A)(ii)"),
            "requests": gettext_lazy("3, 5-7"),
        }

    def __init__(self, *args: Any, log: PrivilegeLog, **kwargs: Any) -> None:
        self.log = log
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        """Show the fields of this kind of log; carry what the entry said when the form was opened."""
        self.fields["number"].required = False
        if self.log.kind == LogKind.CATEGORY:
            for name in ("attachments", "sent_time", "subject"):
                self.fields.pop(name)
        else:
            self.fields.pop("documents")
        if not self.is_new:
            seen = fingerprint(self.instance)
            self.fields["revision"] = forms.IntegerField(required=False, initial=seen, widget=forms.HiddenInput)

    def stored_values(self) -> dict[str, object]:
        """An entry has no links that its form shows."""
        return {}

    def store(self) -> PrivilegeLogEntry:
        """Add the entry, or change it; what can be read of its date and privilege is read as an import reads it."""
        entry = self.instance
        entry.sent_on, entry.basis = day_of(entry.sent), basis_of(entry.basis_text)
        seen = self.cleaned_data.get("revision") if not self.is_new else None
        [stored] = change_entries(self.log, [entry], by=self.user, seen=seen)
        return stored


def today_at(case: Case) -> Any:
    """Return the day it is at the case's court, which forms begin with."""
    return CourtLaw(case.court).today()
