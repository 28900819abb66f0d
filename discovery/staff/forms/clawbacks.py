"""Forms about claw-backs: the notice with the day by which to act, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.privilege.clawbacks import MOVES, note_clawback
from discovery.models import Clawback, Production
from discovery.staff.forms.base import RecordForm, StaffForm
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.methods import upload_field
from discovery.staff.forms.privilege_logs import responders_of


class ClawbackForm(RecordForm[Clawback]):
    """Notice of a claim of privilege over what was produced."""

    act_by = forms.DateField(
        label=gettext_lazy("act by"),
        widget=forms.DateInput,
        help_text=gettext_lazy(
            "The rule says “promptly” and names no number of days: the day is yours to set, and it becomes a date of the case."
        ),
    )
    upload = upload_field(gettext_lazy("the notice"))
    layout = (
        (gettext_lazy("The claim"), ("responding_party", "production", "pages", "basis")),
        (gettext_lazy("When"), ("noticed_on", "act_by")),
        (gettext_lazy("On file"), ("docket_entry", "upload", "note")),
    )
    widths = {"responding_party": 6, "production": 6, "noticed_on": 4, "act_by": 8, "docket_entry": 4}

    class Meta:
        model = Clawback
        fields = ["responding_party", "production", "pages", "basis", "noticed_on", "docket_entry", "note"]
        widgets = {"basis": forms.Textarea(attrs={"rows": 3}), "note": forms.Textarea(attrs={"rows": 2})}

    def narrow(self) -> None:
        """Offer the responding parties of this case and what they produced."""
        assert self.case is not None
        choose(self.fields["responding_party"], responders_of(self.case))
        produced = Production.objects.filter(case=self.case).order_by("-produced_on", "-pk")
        choose(self.fields["production"], produced)
        self.initial["noticed_on"] = self.initial.get("noticed_on") or CourtLaw(self.case.court).today()

    def store(self) -> Clawback:
        """Record the notice."""
        values = self.cleaned_data
        return note_clawback(self.instance, values["act_by"], by=self.user, upload=values["upload"])


class ClawbackActForm(StaffForm, forms.Form):
    """What was done with the material, or what came of the claim."""

    state = forms.ChoiceField(label=gettext_lazy("what was done"))
    acted_on = forms.DateField(label=gettext_lazy("on"), widget=forms.DateInput)
    docket_entry = forms.CharField(label=gettext_lazy("where it stands"), required=False, max_length=40)
    note = forms.CharField(label=gettext_lazy("note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    layout = (("", ("state", "acted_on", "docket_entry", "note")),)
    widths = {"state": 5, "acted_on": 3, "docket_entry": 4}

    def __init__(self, *args: Any, clawback: Clawback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose…")), *((state.value, _(state.label)) for state in MOVES[clawback.state])]
