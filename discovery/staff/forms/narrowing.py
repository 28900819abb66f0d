"""Forms of narrower texts and of commitments made outside a conference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from discovery.domain.conferrals.commitments import commit
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.domain.dates.counting import CourtLaw
from discovery.models import Commitment, Conferral, Narrowing, RequestRow
from discovery.staff.forms.base import RecordForm, StaffForm
from discovery.staff.forms.choosing import choose


class NarrowingForm(RecordForm[Narrowing]):
    """A narrower text of a request: who proposed it and when, and, if it was agreed, by whom and when."""

    layout = (
        ("", ("text",)),
        (pgettext_lazy("a narrower text", "Proposed"), ("proposed_by", "proposed_on", "conferral")),
        (_("Agreed: empty while it is only proposed"), ("agreed_by", "agreed_on", "source")),
    )
    widths = {"proposed_by": 8, "proposed_on": 4, "agreed_by": 8, "agreed_on": 4}
    duplicates = {
        "narrowing_says_who_agreed": ("agreed_by", _("Say who agreed to it.")),
        "narrowing_agreed_after": ("agreed_on", _("It cannot have been agreed before it was proposed. Check both days.")),
    }

    class Meta:
        model = Narrowing
        fields = ["text", "proposed_by", "proposed_on", "conferral", "agreed_by", "agreed_on", "source"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10, "lang": "en"})}

    def narrow(self) -> None:
        """Offer the conferences about this request; a new text starts from the one in force."""
        choose(self.fields["conferral"], Conferral.objects.filter(requests__row=self.instance.row_id))
        assert self.case is not None
        self.initial["proposed_on"] = self.initial.get("proposed_on") or CourtLaw(self.case.court).today()

    def store(self) -> Narrowing:
        """Record it."""
        return propose_narrowing(self.instance, by=self.user)


class AgreeForm(StaffForm, forms.Form):
    """Who agreed to a proposed text, when, and where that stands."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    agreed_by = forms.CharField(label=_("agreed by"), max_length=200)
    agreed_on = forms.DateField(label=_("agreed on"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("where it stands"), max_length=200, required=False, help_text=_("E-mail of August 1, 2025; Dkt. 230")
    )
    widths = {"agreed_by": 8, "agreed_on": 4}


class CommitmentForm(RecordForm[Commitment]):
    """A promise that was made outside a conference, or that its record left out."""

    due = forms.DateField(label=_("due on"), widget=forms.DateInput)
    rows = forms.ModelMultipleChoiceField(
        label=_("requests"), queryset=RequestRow.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    layout = (
        (_("Who promised what"), ("side", "promised_by", "text")),
        (_("When"), ("promised_on", "due", "conferral")),
        (_("Which requests it concerns"), ("rows",)),
    )
    widths = {"side": 4, "promised_by": 8, "promised_on": 4, "due": 4}

    class Meta:
        model = Commitment
        fields = ["side", "promised_by", "text", "promised_on", "conferral"]

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        """Offer the conferences of the case, and the requests that the address names."""
        assert self.case is not None
        choose(self.fields["conferral"], Conferral.objects.filter(case=self.case))
        found = RequestRow.objects.filter(case=self.case, pk__in=self.offered)
        choose(self.fields["rows"], found.select_related("demand__responding_party__person"))
        if not self.offered:
            self.fields.pop("rows")
        self.initial["rows"] = self.offered
        self.initial["promised_on"] = self.initial.get("promised_on") or CourtLaw(self.case.court).today()

    def store(self) -> Commitment:
        """Record it with its deadline."""
        return commit(self.instance, self.cleaned_data["due"], self.cleaned_data.get("rows", ()), by=self.user)

    def links(self) -> dict[str, Any]:
        """Leave the requests to the verb."""
        return {}


class ReleaseForm(StaffForm, forms.Form):
    """Why a commitment need not be kept."""

    reason = forms.CharField(
        label=_("why it need not be kept"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        help_text=_("It stays on record."),
    )
