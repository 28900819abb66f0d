"""Forms of preservation demands: writing one, recording that it was sent, recording the acknowledgment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.preserving import (
    PRESERVATION_FIELDS,
    acknowledge_preservation,
    change_preservation,
    send_preservation,
    write_preservation,
)
from discovery.enums import AddressKind, PersonKind
from discovery.models import Appearance, Person, PreservationDemand
from discovery.staff.forms.base import RecordForm, StaffForm, dress
from discovery.staff.forms.choosing import choose, new_address, new_kind_field, new_name_field, new_person
from discovery.staff.forms.methods import upload_field
from discovery.staff.forms.responders import address_fields

NEW = ("new_name", "new_kind", *address_fields("new"))


class PreservationForm(RecordForm[PreservationDemand]):
    """To whom, what happened, whose records, where, of which time, by when to answer."""

    new_name = new_name_field()
    new_kind = new_kind_field()
    layout = (
        (gettext_lazy("To whom"), ("recipient", "new_name", "new_kind")),
        (gettext_lazy("Address of the new person"), tuple(address_fields("new"))),
        (gettext_lazy("Why"), ("facts", "claims")),
        (gettext_lazy("What to keep"), ("custodians", "systems", "period_from", "period_to")),
        (gettext_lazy("The letter"), ("dated", "acknowledge_by", "via", "signer")),
    )
    widths = {
        "new_name": 8,
        "new_kind": 4,
        "new_city": 5,
        "new_state": 4,
        "new_postal_code": 3,
        "custodians": 6,
        "systems": 6,
        "period_from": 4,
        "period_to": 4,
        "dated": 4,
        "acknowledge_by": 4,
        "via": 4,
    }
    duplicates = {"preservation_period_forward": ("period_to", gettext_lazy("The period ends before it begins. Check both days."))}

    class Meta:
        model = PreservationDemand
        fields = PRESERVATION_FIELDS
        widgets = {
            "facts": forms.Textarea(attrs={"rows": 6}),
            "claims": forms.Textarea(attrs={"rows": 3}),
            "custodians": forms.Textarea(attrs={"rows": 5}),
            "systems": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "recipient": gettext_lazy("With counsel on record, the letter goes to counsel"),
            "dated": gettext_lazy("Empty: the day it is sent"),
            "acknowledge_by": gettext_lazy("Becomes a date of the case once the letter was sent"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            for name, field in address_fields("new").items():
                dress(field)
                self.fields[name] = field
        else:
            for name in ("new_name", "new_kind"):
                self.fields.pop(name)

    def narrow(self) -> None:
        """Persons the user may see, lawyers of this case; a new one may be written down instead."""
        assert self.case is not None
        choose(self.fields["recipient"], Person.objects.visible_to(self.user))
        choose(self.fields["signer"], Appearance.objects.filter(case=self.case).select_related("attorney", "group"))
        signer = self.fields["signer"]
        assert isinstance(signer, forms.ModelChoiceField)
        signer.empty_label = _("Our usual signer")
        self.fields["recipient"].required = not self.is_new

    def clean(self) -> dict[str, Any]:
        """Ask for one recipient; line ends become plain ones."""
        values = super().clean() or self.cleaned_data
        for name in ("facts", "claims", "custodians", "systems"):
            if name in values:
                values[name] = values[name].replace("\r\n", "\n")
        if self.is_new:
            self._one_recipient(values)
        return values

    def _one_recipient(self, values: dict[str, Any]) -> None:
        chosen, name = values.get("recipient"), values.get("new_name")
        if not chosen and not name and not {"recipient", "new_name"} & set(self.errors):
            lacking = ValidationError(_("Choose a person, or write the name of a new one below."), code="required")
            self.add_error("recipient", lacking)
        if chosen and name:
            self.add_error("new_name", _("Either choose a recorded person or name a new one, not both."))
        if values.get("new_street") and not values.get("new_city"):
            self.add_error("new_city", _("An address needs its city."))
        if values.get("new_street") and not name and "new_name" not in self.errors:
            self.add_error("new_name", _("Name the person whose address this is."))

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the recipient to `clean`: a new one is written down only with the letter."""
        return {*super()._get_validation_exclusions(), "recipient"}  # type: ignore[misc]

    def store(self) -> PreservationDemand:
        """Write it, after the new person."""
        if not self.is_new:
            return change_preservation(self.instance, by=self.user, revision=self.cleaned_data["revision"])
        values = self.cleaned_data
        if values.get("recipient") is None:
            kind = values.get("new_kind") or PersonKind.ENTITY.value
            self.instance.recipient = new_person(values["new_name"], kind, by=self.user)
            place = AddressKind.RESIDENCE if kind == PersonKind.NATURAL else AddressKind.BUSINESS
            new_address(self.instance.recipient, place, values, "new", by=self.user)
        return write_preservation(self.instance, by=self.user)


class PreservationSendForm(StaffForm, forms.Form):
    """When it was sent, and whether it was signed electronically."""

    sent_on = forms.DateField(label=gettext_lazy("sent on"), widget=forms.DateInput)
    electronically = forms.BooleanField(
        label=gettext_lazy("our signer signed it electronically"),
        required=False,
        help_text=gettext_lazy("The paper then says “/s/” and the name. Leave it empty for a signature by hand."),
    )
    upload = upload_field(gettext_lazy("the letter as it went out"))
    widths = {"sent_on": 4}

    def store(self, demand: PreservationDemand, *, by: Any) -> PreservationDemand:
        """Record it."""
        values = self.cleaned_data
        signs, upload = values["electronically"], values["upload"]
        return send_preservation(demand, values["sent_on"], by=by, electronically=signs, upload=upload)


class PreservationAcknowledgeForm(StaffForm, forms.Form):
    """When and how the recipient acknowledged it."""

    acknowledged_on = forms.DateField(label=gettext_lazy("acknowledged on"), widget=forms.DateInput)
    said = forms.CharField(
        label=gettext_lazy("what shows it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("E-mail of counsel of June 10, 2025"),
    )
    widths = {"acknowledged_on": 4}

    def store(self, demand: PreservationDemand, *, by: Any) -> PreservationDemand:
        """Record it."""
        return acknowledge_preservation(demand, self.cleaned_data["acknowledged_on"], self.cleaned_data["said"], by=by)
