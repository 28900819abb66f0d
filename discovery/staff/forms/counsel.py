"""Forms of counsel: firms, attorneys, appearances."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.models import Appearance, Attorney, CaseParty, Firm, PartyGroup
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.choosing import choose


class FirmForm(RecordForm[Firm]):
    """A law firm's office."""

    widths = {"name": 8, "telephone": 4, "city": 5, "state": 4, "postal_code": 3}
    duplicates = {"firm_office_once": ("name", _("You recorded this office already."))}

    class Meta:
        model = Firm
        fields = ["name", "telephone", "street", "city", "state", "postal_code"]


class AttorneyForm(RecordForm[Attorney]):
    """A lawyer, with what a signature block must give (Rule 26(g)(1))."""

    widths = {"name": 6, "firm": 6, "email": 6, "telephone": 6, "bar": 3, "bar_number": 3}

    class Meta:
        model = Attorney
        fields = ["name", "firm", "email", "telephone", "bar", "bar_number"]
        help_texts = {"telephone": _("Empty: the firm’s number is printed")}

    def narrow(self) -> None:
        """Only firms the user may see."""
        choose(self.fields["firm"], Firm.objects.visible_to(self.user))


class AppearanceForm(RecordForm[Appearance]):
    """An attorney of record in the case, and for whom: a party group or single parties."""

    layout = (
        ("", ("attorney", "admission")),
        (_("Appears for"), ("group", "parties")),
        (_("Service and order"), ("accepts_email", "position")),
    )
    widths = {"attorney": 7, "admission": 5, "group": 6, "position": 4}
    duplicates = {"attorney_once_per_case": ("attorney", _("This attorney appears in this case already: change that appearance."))}

    class Meta:
        model = Appearance
        fields = ["attorney", "admission", "group", "parties", "accepts_email", "position"]
        widgets = {"parties": forms.CheckboxSelectMultiple}

    def narrow(self) -> None:
        """Attorneys the user may see; groups and parties of this case only."""
        choose(self.fields["attorney"], Attorney.objects.visible_to(self.user).select_related("firm"))
        choose(self.fields["group"], PartyGroup.objects.filter(case=self.case))
        choose(self.fields["parties"], CaseParty.objects.filter(case=self.case).select_related("person"))
        attorneys = cast("forms.ModelChoiceField[Attorney]", self.fields["attorney"])
        attorneys.label_from_instance = lambda obj: f"{obj.name} ({obj.firm.name})"  # type: ignore[method-assign]
        if self.is_new and self.case is not None:
            self.fields["position"].initial = self.case.appearances.count() + 1

    def clean(self) -> dict[str, Any]:
        """An attorney appears for somebody."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("group") and not cleaned.get("parties") and not {"group", "parties"} & set(self.errors):
            self.add_error("group", gettext("Say for whom: choose a group, or tick the parties."))
        return cleaned
