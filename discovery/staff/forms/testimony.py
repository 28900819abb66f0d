"""Forms of testimony: whom to depose and from what, where and when, what the forms AO 88A and AO 88 print besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.sets import NewText, split_texts
from discovery.enums import DemandKind, SetKind
from discovery.models import Appearance, Court, Demand, RequestSet, Subpoena, Testimony
from discovery.staff.forms.base import StaffForm
from discovery.staff.forms.starting import NewSubpoenaForm
from discovery.staff.forms.subpoenas import attorneys_of, zone_choices

if TYPE_CHECKING:
    TestimonyModelForm = forms.ModelForm[Testimony]
    SubpoenaModelForm = forms.ModelForm[Subpoena]
    AppearanceField = forms.ModelChoiceField[Appearance]
    SetField = forms.ModelChoiceField[RequestSet]
else:
    TestimonyModelForm = SubpoenaModelForm = forms.ModelForm
    AppearanceField = SetField = forms.ModelChoiceField

TRIAL_LACKS = ("remote", "officer", "recording", "day_to_day", "conferral")
"""What belongs to depositions alone: no officer takes testimony in court."""


class NewTestimonyForm(NewSubpoenaForm):
    """Who is to testify (somebody known to the case, or somebody new), about what, and what to bring."""

    nobody = gettext_lazy("Choose who is to testify, or name somebody new below.")

    bring = forms.CharField(
        label=gettext_lazy("Documents to bring"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a paragraph; printed as a schedule of its own. Empty: nothing is to be brought."),
    )

    def __init__(self, *args: Any, kind: DemandKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["recipient"].label = _("Who is to testify")
        self.fields["name"].help_text = _("Empty: “Testimony of” and the name.")
        self.fields["pasted"].label = _("Paste topics")
        self.fields["pasted"].help_text = _(
            "For an organization, Rule 30(b)(6): one a paragraph, an empty line between two. A natural person needs none."
        )
        if kind == DemandKind.SUBPOENA_TRIAL:
            for name in ("pasted", "start_from", "clauses"):
                self.fields.pop(name)

    @property
    def has_topics(self) -> bool:
        """Whether this vehicle can describe matters for examination."""
        return "pasted" in self.fields

    def clean_bring(self) -> str:
        """Split what is to be brought once."""
        typed: str = self.cleaned_data["bring"]
        self.documents: list[NewText] = split_texts(typed)
        if typed.strip() and not self.documents:
            raise forms.ValidationError(_("There is no text in this, only numbers or empty lines."))
        return typed


class TestimonyForm(StaffForm, TestimonyModelForm):
    """Where, when and how somebody is to testify. A draft may be incomplete."""

    __test__ = False  # pytest would take it for a test by its name

    revision = forms.IntegerField(widget=forms.HiddenInput)
    attorney = AppearanceField(queryset=Appearance.objects.none(), required=False, label=gettext_lazy("Attorney of record"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    documents = SetField(
        queryset=RequestSet.objects.none(),
        required=False,
        label=gettext_lazy("Set of documents to bring"),
        help_text=gettext_lazy("Printed as Schedule B; as Schedule A where there are no topics."),
    )

    layout = (
        (gettext_lazy("Place"), ("place", "remote", "courtroom")),
        (gettext_lazy("Date and time"), ("day", "hour", "zone", "printed_zone")),
        (gettext_lazy("How it is taken"), ("officer", "recording", "day_to_day", "conferral")),
        (gettext_lazy("Documents"), ("documents", "bring")),
        (gettext_lazy("Signed"), ("attorney",)),
    )
    widths = {"courtroom": 4, "day": 3, "hour": 3, "zone": 6, "printed_zone": 6, "officer": 6, "recording": 6, "attorney": 6}

    class Meta:
        model = Testimony
        fields = [
            "place",
            "remote",
            "courtroom",
            "day",
            "hour",
            "zone",
            "printed_zone",
            "officer",
            "recording",
            "day_to_day",
            "conferral",
            "documents",
            "bring",
        ]
        widgets = {
            "place": forms.Textarea(attrs={"rows": 2}),
            "conferral": forms.Textarea(attrs={"rows": 3}),
            "bring": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"bring": gettext_lazy("As the form prints it; empty: it refers to the schedule of the documents.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demand: Demand = self.instance.demand
        self.initial["revision"] = demand.revision
        self.initial["attorney"] = demand.attorney_id
        zones, attorney, documents = self.fields["zone"], self.fields["attorney"], self.fields["documents"]
        assert isinstance(zones, forms.ChoiceField)
        assert isinstance(attorney, forms.ModelChoiceField)
        assert isinstance(documents, forms.ModelChoiceField)
        zones.choices = zone_choices(self.instance.zone)
        attorney.queryset = attorneys_of(demand)
        attorney.required = demand.attorney_id is not None
        attorney.error_messages["required"] = _("Name the attorney who signs it, Rule 26(g)(1).")
        documents.queryset = RequestSet.objects.filter(case=demand.case_id, kind=SetKind.DOCUMENTS.value)
        trial = demand.kind == DemandKind.SUBPOENA_TRIAL
        for name in TRIAL_LACKS if trial else ("courtroom",):
            self.fields.pop(name)
        if demand.kind == DemandKind.DEPOSITION:
            self.fields.pop("bring")  # a notice has no box for it: it lists a schedule


class IssuedForm(StaffForm, SubpoenaModelForm):
    """What the subpoena's form prints besides: court, addressee, who issues it. Its names do not meet those of TestimonyForm."""

    layout = (
        (gettext_lazy("To"), ("issuing_court", "compliance_court", "addressee")),
        (gettext_lazy("Issued"), ("issue_date", "issuer", "representing")),
    )
    widths = {"issuing_court": 6, "compliance_court": 6, "issue_date": 3, "issuer": 3, "representing": 6}

    class Meta:
        model = Subpoena
        fields = ["issuing_court", "compliance_court", "addressee", "issue_date", "issuer", "representing"]
        widgets = {"addressee": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("issuing_court", "compliance_court"):
            court = self.fields[name]
            assert isinstance(court, forms.ModelChoiceField)
            court.queryset = Court.objects.order_by("short_name")
