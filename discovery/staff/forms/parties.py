"""The form of a party: who, in which roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from discovery.domain.records import set_roles
from discovery.enums import Role
from discovery.models import CaseParty
from discovery.models.choices import translated
from discovery.staff.forms.choosing import PersonChoiceForm, new_kind_field, new_name_field


class PartyForm(PersonChoiceForm[CaseParty]):
    """A person's standing in a case, with one role or several (Plaintiff and Counterclaim-Defendant)."""

    new_name = new_name_field()
    new_kind = new_kind_field()
    roles = forms.MultipleChoiceField(
        label=_("roles"),
        choices=translated(Role),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    layout = (("", ("person", "new_name", "new_kind")), (_("In this case"), ("roles", "is_client", "position", "left_on")))
    widths = {"new_name": 8, "new_kind": 4, "position": 4, "left_on": 4}
    duplicates = {"person_once_per_case": ("person", _("This person is a party already: change that party’s roles instead."))}

    class Meta:
        model = CaseParty
        fields = ["person", "position", "is_client", "left_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            self.fields["roles"].initial = self._stored_roles()
        elif self.case is not None:
            self.fields["position"].initial = self.case.parties.count() + 1

    def store(self) -> CaseParty:
        """Store the party, then its roles when they differ: each is an act of its own."""
        party = super().store()
        roles = self.cleaned_data["roles"]
        if sorted(roles) != sorted(self._stored_roles()):
            set_roles(party, roles, by=self.user)
        return party

    def stored_values(self) -> dict[str, object]:
        """Return the stored roles as well."""
        return {**super().stored_values(), "roles": self._stored_roles()}

    def place_conflict(self, theirs: Mapping[str, object], revision: int) -> None:
        """Leave the person out, which this form cannot change."""
        super().place_conflict({name: value for name, value in theirs.items() if name != "person"}, revision)

    def _stored_roles(self) -> list[str]:
        return list(self.instance.roles.values_list("role", flat=True))
