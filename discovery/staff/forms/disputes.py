"""Forms of disputes: starting one from requests, writing it, recording that it went out, closing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.composing.letters import disputed_of
from discovery.domain.disputes.disputing import (
    DISPUTE_FIELDS,
    POSITION_FIELDS,
    change_dispute,
    close_dispute,
    start_dispute,
    submit_dispute,
)
from discovery.domain.disputes.summaries import TITLE, wants_summary
from discovery.domain.errors import Refused
from discovery.domain.printing import printable
from discovery.domain.service.rows import with_texts
from discovery.enums import DemandStatus, DisputeKind, DisputeStatus
from discovery.models import Appearance, Case, Dispute, DisputedRequest, RequestRow
from discovery.staff.forms.base import RecordForm, StaffBoundField, StaffForm, dress
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.letter_formats import as_for_the_case, offer_formats
from discovery.staff.forms.methods import upload_field

if TYPE_CHECKING:
    from discovery.domain.attachments import Upload

    RowsField = forms.ModelMultipleChoiceField[RequestRow]
else:
    RowsField = forms.ModelMultipleChoiceField

POSITION_LABELS = {
    "theme": gettext_lazy("Theme"),
    "our_position": gettext_lazy("Our position"),
    "their_position": gettext_lazy("Their position"),
    "proposal": gettext_lazy("What we propose"),
    "question": gettext_lazy("What we ask"),
}
HEARING = ("hearing_on", "hearing_at", "courtroom")
LONG_TEXTS = ("introduction", "our_statement", "their_statement", "closing")


def served_rows(case: Case) -> Any:
    """Return the rows of a case about which there can be a dispute, with what a list of them shows."""
    rows = RequestRow.objects.filter(case=case, demand__status=DemandStatus.SERVED.value)
    named = ("request", "demand__responding_party__person", "demand__request_set")
    return rows.select_related(*named).order_by("demand__responding_party__person__name", "demand", "number")


class DisputeStartForm(RecordForm[Dispute]):
    """From which requests, in what form: everything else is prefilled from the rows."""

    rows = RowsField(queryset=RequestRow.objects.none(), widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Requests"))
    layout = (
        (gettext_lazy("What to make"), ("kind", "title")),
        (gettext_lazy("Joint letter"), ("format", "page_limit"), "kind=joint_letter"),
    )
    widths = {"kind": 5, "title": 7, "format": 9, "page_limit": 3}

    class Meta:
        model = Dispute
        fields = ["kind", "title", "format", "page_limit"]

    def narrow(self) -> None:
        """Offer the rows of this case that were served, and the formats that there are."""
        assert self.case is not None
        choose(self.fields["rows"], served_rows(self.case))
        offer_formats(self, "format", as_for_the_case(self.case))
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: named after the requests")
        self.fields["page_limit"].help_text = _("Empty: as the case or the format says")
        self.fields["page_limit"].validators.append(MinValueValidator(1))

    def store(self) -> Dispute:
        """Start it."""
        return start_dispute(self.instance, list(self.cleaned_data["rows"]), by=self.user)


@dataclass(frozen=True, slots=True)
class Argued:
    """One request on the form: its words as served, and its fields by name."""

    entry: DisputedRequest
    text: str
    fields: dict[str, StaffBoundField]


class DisputeForm(RecordForm[Dispute]):
    """Everything that a draft says: both sides' statements and what they say on each request."""

    layout = (
        (
            gettext_lazy("Head"),
            ("title", "dated", "moved_by", "opposed_by", "side", "signer", "addressed_to", "exhibits", "answer_by"),
        ),
        (gettext_lazy("Format"), ("format", "page_limit")),
        (gettext_lazy("Hearing"), HEARING),
    )
    widths = {
        "hearing_on": 3,
        "hearing_at": 3,
        "courtroom": 6,
        "title": 8,
        "dated": 4,
        "moved_by": 4,
        "opposed_by": 4,
        "side": 4,
        "signer": 6,
        "addressed_to": 8,
        "answer_by": 4,
        "exhibits": 8,
        "format": 8,
        "page_limit": 4,
    }
    duplicates = {
        "dispute_hearing_hour_has_day": ("hearing_on", gettext_lazy("Say on which day, too: an hour alone is no hearing."))
    }

    class Meta:
        model = Dispute
        fields = DISPUTE_FIELDS
        help_texts = {"hearing_on": gettext_lazy("Empty: the notice of motion leaves day, hour and courtroom blank")}
        widgets = {
            "hearing_at": forms.TimeInput(),
            "addressed_to": forms.Textarea(attrs={"rows": 5}),
            "exhibits": forms.Textarea(attrs={"rows": 3}),
            **{name: forms.Textarea(attrs={"rows": 8}) for name in LONG_TEXTS},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = disputed_of(self.instance)
        for entry in self.entries:
            for name in POSITION_FIELDS:
                field = _position_field(name)
                dress(field)
                self.fields[f"r{entry.pk}-{name}"] = field
                self.initial[f"r{entry.pk}-{name}"] = getattr(entry, name)

    def narrow(self) -> None:
        """Offer counsel of this case; what belongs to joint letters and to letters stands only there."""
        case = self.instance.case
        joint = self.instance.kind == DisputeKind.JOINT_LETTER
        choose(self.fields["signer"], Appearance.objects.filter(case=case).select_related("attorney", "group"))
        offer_formats(self, "format", as_for_the_case(case), stored=self.instance.format)
        self.fields["page_limit"].validators.append(MinValueValidator(1))
        hint = _("A paragraph that begins with *Background.* between asterisks has these words in bold.")
        # Only a joint letter prints its notes as footnotes (templates/papers/joint_argument.html).
        note = _("A footnote: ^[its words], where its number is to stand.") if joint else ""
        for name in ("our_statement", "their_statement"):
            self.fields[name].help_text = f"{hint} {note}".strip()
        if not joint:
            self.fields.pop("format")
            self.fields["page_limit"].help_text = _("Pages of text. Empty: as the rules of the court say, if they are recorded")
            if self.instance.kind != DisputeKind.MOTION_TO_COMPEL:
                self.fields.pop("page_limit")
        self._tell_of_summary()
        if self.instance.kind != DisputeKind.MOTION_TO_COMPEL:
            for name in HEARING:
                self.fields.pop(name)
        letter = self.instance.kind in {DisputeKind.DEFICIENCY_LETTER, DisputeKind.CONFERRAL_LETTER}
        for name in ("our_statement", "their_statement", "side") if letter else ("answer_by", "exhibits"):
            self.fields.pop(name)
        if letter:
            self.fields["addressed_to"].help_text = _(
                "An empty line begins the next addressee; an e-mail address prints “Via E-mail”"
            )

    def _tell_of_summary(self) -> None:
        rules = wants_summary(self.instance)
        if rules is not None:
            words = _(
                "A paragraph that begins with %(title)s opens the memorandum under a heading of its own. One of more than "
                "%(n)d pages must have such a summary, %(rule)s."
            )
            self.fields["introduction"].help_text = words % {"title": TITLE, "n": rules.summary_over, "rule": rules.summary_rule}

    @property
    def arguments(self) -> list[Argued]:
        """The requests with their fields, in order."""
        texts = [served["text"] for _row, served in with_texts(entry.row for entry in self.entries)]
        return [
            Argued(entry, text, {name: self[f"r{entry.pk}-{name}"] for name in POSITION_FIELDS})  # type: ignore[misc]
            for entry, text in zip(self.entries, texts, strict=True)
        ]

    @property
    def texts(self) -> dict[str, StaffBoundField]:
        """The long texts that this kind has, by name."""
        return {name: self[name] for name in LONG_TEXTS if name in self.fields}  # type: ignore[misc]

    def stored_values(self) -> dict[str, object]:
        """Return what is stored now on the single requests."""
        entries = DisputedRequest.objects.filter(dispute=self.instance)
        return {f"r{entry.pk}-{name}": getattr(entry, name) for entry in entries for name in POSITION_FIELDS}

    def positions(self) -> Mapping[int, Mapping[str, str]]:
        """Return what was typed on the single requests; Windows line ends of browsers become plain ones."""
        return {
            entry.pk: {name: self.cleaned_data[f"r{entry.pk}-{name}"].replace("\r\n", "\n") for name in POSITION_FIELDS}
            for entry in self.entries
        }

    def clean(self) -> dict[str, Any]:
        """Make the line ends of long texts plain: what is compared and counted is what was typed."""
        values = super().clean() or self.cleaned_data
        for name in (*LONG_TEXTS, "addressed_to", "exhibits"):
            if name in values:
                values[name] = values[name].replace("\r\n", "\n")
        for entry in self.entries:
            for name in POSITION_FIELDS:
                self._print(f"r{entry.pk}-{name}", values)
        return values

    def _print(self, name: str, values: dict[str, Any]) -> None:
        """Say at its field that a text cannot be printed; the verb would refuse it without knowing the field."""
        try:
            printable(values.get(name, ""))
        except Refused as refusal:
            self.add_error(name, str(refusal))

    def store(self) -> Dispute:
        """Write it."""
        return change_dispute(self.instance, by=self.user, revision=self.cleaned_data["revision"], positions=self.positions())


def _position_field(name: str) -> forms.CharField:
    if name == "theme":
        return forms.CharField(label=POSITION_LABELS[name], max_length=160, required=False)
    return forms.CharField(label=POSITION_LABELS[name], required=False, widget=forms.Textarea(attrs={"rows": 4}))


class SubmitForm(StaffForm, forms.Form):
    """When it was sent or filed, where it stands on the docket, and the paper as it went out."""

    submitted_on = forms.DateField(label=gettext_lazy("sent or filed on"), widget=forms.DateInput)
    docket_entry = forms.CharField(
        label=gettext_lazy("where it stands"), max_length=40, required=False, help_text=gettext_lazy("Dkt. 230")
    )
    upload = upload_field(gettext_lazy("the paper as it went out"))
    electronically = forms.BooleanField(
        label=gettext_lazy("our signer signed it electronically"),
        required=False,
        help_text=gettext_lazy("The paper then says “/s/” and the name. Leave it empty for a signature by hand."),
    )
    widths = {"submitted_on": 4, "docket_entry": 4}

    def store(self, dispute: Dispute, *, by: Any) -> Dispute:
        """Record it."""
        upload: Upload | None = self.cleaned_data["upload"]
        day, entry = self.cleaned_data["submitted_on"], self.cleaned_data["docket_entry"]
        signs = self.cleaned_data["electronically"]
        return submit_dispute(dispute, day, by=by, docket_entry=entry, upload=upload, electronically=signs)


class CloseForm(StaffForm, forms.Form):
    """How a dispute ended without a ruling."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        widget=forms.RadioSelect,
        choices=[
            (DisputeStatus.RESOLVED.value, gettext_lazy("Resolved between counsel")),
            (DisputeStatus.WITHDRAWN.value, gettext_lazy("Withdrawn")),
        ],
    )
    closed_on = forms.DateField(label=gettext_lazy("on"), widget=forms.DateInput, required=False)
    reason = forms.CharField(label=gettext_lazy("how it came to this"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    widths = {"closed_on": 4}

    def store(self, dispute: Dispute, *, by: Any) -> Dispute:
        """Close it."""
        values = self.cleaned_data
        outcome = DisputeStatus(values["outcome"])
        return close_dispute(dispute, outcome, values["reason"], by=by, closed_on=values["closed_on"])
