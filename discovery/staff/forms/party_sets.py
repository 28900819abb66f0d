"""Forms of party sets: to whom a new one goes and from what it starts; what its paper states; why one is replaced."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.composing.requests import over_the_limit
from discovery.domain.errors import Refused
from discovery.domain.party_sets import next_number
from discovery.enums import DemandKind
from discovery.models import Appearance, CaseParty, Demand
from discovery.staff.forms.base import StaffForm
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.setlog import LOGGED
from discovery.staff.forms.starting import StartingForm
from discovery.staff.forms.subpoenas import attorneys_of
from discovery.staff.ids import is_id

if TYPE_CHECKING:
    AppearanceField = forms.ModelChoiceField[Appearance]
    PartiesField = forms.ModelMultipleChoiceField[CaseParty]
    DemandModelForm = forms.ModelForm[Demand]
else:
    AppearanceField = forms.ModelChoiceField
    PartiesField = forms.ModelMultipleChoiceField
    DemandModelForm = forms.ModelForm

FIRST_HOUR = time(10)
"""The hour that a stated day has when nobody states another."""


class NewSetForm(StartingForm):
    """What is asked of which parties, in which set, from what."""

    widths = {"propounded_by": 6, "number": 6}

    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked"),
        choices=[(kind.value, gettext_lazy(kind.label)) for kind in LOGGED],
        widget=forms.RadioSelect,
        initial=DemandKind.RFP.value,
    )
    recipients = PartiesField(
        queryset=CaseParty.objects.none(),
        label=gettext_lazy("Responding parties"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one responding party.")},
        help_text=gettext_lazy("One text; each of them gets a paper, a clock and answers of its own."),
    )
    number = forms.IntegerField(
        label=gettext_lazy("set number"),
        required=False,
        min_value=1,
        max_value=999,
    )
    name = forms.CharField(
        label=gettext_lazy("Name in lists"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Empty: what is asked, and the number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = CaseParty.objects.filter(case=self.case, is_client=False, left_on__isnull=True)
        self.fields["number"].help_text = self._next_numbers()
        choose(self.fields["recipients"], others.select_related("person").order_by("position", "pk"))

    def _next_numbers(self) -> str:
        """Say which number comes next in each kind, for the group that the form starts with."""
        chosen = self.data.get("propounded_by") or getattr(self.initial.get("propounded_by"), "pk", None)
        group = self._field("propounded_by", forms.ModelChoiceField).queryset.filter(pk=chosen if is_id(str(chosen)) else 0).first()
        numbers = {kind.name: next_number(self.case, kind, group) for kind in LOGGED}
        return _("Empty: the next, which is %(RFP)d for production, %(ROG)d for interrogatories, %(RFA)d for admissions.") % numbers

    @property
    def demand_kind(self) -> DemandKind:
        """What is asked."""
        return DemandKind(self.cleaned_data["kind"])

    def place(self, error: Refused | ValidationError) -> None:
        """Show a refusal where this form asks for what the verb refused."""
        places = {"person": "recipients", "responding_party": "recipients", "text": "pasted", "label": "pasted"}
        if isinstance(error, Refused):
            field = places.get(error.field, error.field)
            self.add_error(field if field in self.fields else None, str(error))
        elif "set_number_once" in str(error) or "number" in getattr(error, "error_dict", {}):
            self.add_error("number", _("A set of this kind has this number already: numbers are never used twice."))
        else:
            self.add_error(None, ValidationError(error.messages))


class SetPaperForm(StaffForm, DemandModelForm):
    """What the paper of a set states beside its texts. A draft may leave all of it empty: blanks are printed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    attorney = AppearanceField(queryset=Appearance.objects.none(), required=False, label=gettext_lazy("Attorney of record"))
    due_day = forms.DateField(
        label=gettext_lazy("To be done on"),
        required=False,
        help_text=gettext_lazy("Empty: the days that the rules give. New York’s notice states day and hour."),
    )
    due_hour = forms.TimeField(label=gettext_lazy("at"), required=False)
    layout = (
        (gettext_lazy("Signed"), ("attorney", "dated")),
        (gettext_lazy("Where and when"), ("place", "due_day", "due_hour")),
        (gettext_lazy("Above the number that the rules allow"), ("necessity",)),
    )
    widths = {"attorney": 8, "dated": 4, "due_day": 8, "due_hour": 4}

    class Meta:
        model = Demand
        fields = ["attorney", "dated", "place", "necessity"]
        widgets = {"place": forms.Textarea(attrs={"rows": 3}), "necessity": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "dated": gettext_lazy("Empty: a line to fill in."),
            "place": gettext_lazy("As the opening paragraph prints it. Empty: at the attorney’s office."),
            "necessity": gettext_lazy("Printed in the declaration."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demand = self.instance
        choose(self.fields["attorney"], attorneys_of(demand))
        self.initial["revision"] = demand.revision
        if demand.due_at is not None:
            stated = demand.due_at.astimezone(demand.case.court.zone)
            self.initial["due_day"], self.initial["due_hour"] = stated.date(), stated.time()
        if demand.kind != DemandKind.RFP:
            for name in ("place", "due_day", "due_hour"):
                del self.fields[name]
        if not demand.necessity and over_the_limit(demand, demand.request_set.requests.count()) is None:
            del self.fields["necessity"]

    def clean(self) -> dict[str, Any]:
        """Put the stated day and hour together; an hour alone says nothing."""
        values = super().clean() or {}
        day, hour, dated = values.get("due_day"), values.get("due_hour"), values.get("dated")
        if hour and not day and "due_day" in self.fields:
            self.add_error("due_day", _("State the day, too; or empty the hour."))
        if day and dated and day < dated:
            self.add_error("due_day", _("This lies before the date of the paper. Check both dates."))
        if "due_day" in self.fields:
            zone = self.instance.case.court.zone
            self.instance.due_at = datetime.combine(day, hour or FIRST_HOUR, zone) if day else None
        return values

    def place_conflict(self, theirs: Any, revision: int) -> None:
        """Show what is stored now beside what was typed."""
        super().place_conflict({name: value for name, value in theirs.items() if name in self.fields}, revision)


class SupersedeForm(StaffForm, forms.Form):
    """What is wrong with a paper that a corrected one replaces."""

    reason = forms.CharField(label=gettext_lazy("What is wrong with it"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
