"""The form of a member: who is inside the wall, and what he or she may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.cases import add_member, change_member
from discovery.enums import MemberRole
from discovery.models import CaseMembership
from discovery.models.choices import translated
from discovery.staff.forms.base import RecordForm

if TYPE_CHECKING:
    from collections.abc import Mapping


class MemberForm(RecordForm[CaseMembership]):
    """Who belongs to the case. The user is typed, not picked from a list: nobody learns here who else works in the firm."""

    user_name = forms.CharField(label=_("user name or e-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("role"), choices=translated(MemberRole), initial=MemberRole.EDITOR.value, widget=forms.RadioSelect
    )
    may_approve = forms.BooleanField(
        label=_("may approve papers"),
        required=False,
        help_text=_("For attorneys: approval is the attorney’s act (Rule 26(g), Rule 45(a)(3)); readers cannot approve"),
    )
    layout = (("", ("user_name", "role", "may_approve")),)

    class Meta:
        model = CaseMembership
        fields = ["role", "may_approve"]

    def narrow(self) -> None:
        """A stored member stays the same person."""
        if not self.is_new:
            self.fields.pop("user_name")

    def clean_user_name(self) -> User:
        """Find who signs in with this name or address."""
        name = self.cleaned_data["user_name"]
        found = User.objects.filter(Q(username=name) | Q(email__iexact=name), is_active=True).distinct()[:2]
        if len(found) != 1:
            raise forms.ValidationError(gettext("Nobody signs in with this name. Ask the administrator for an account."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Approving is not for readers."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") == MemberRole.READER and cleaned.get("may_approve"):
            self.add_error("may_approve", gettext("A reader cannot approve: make this member editor or owner first."))
        return cleaned

    def place(self, error: Any) -> None:
        """The verbs speak of the user; the form's field is `user_name`."""
        if getattr(error, "field", "") == "user" and "user_name" in self.fields:
            error.field = "user_name"
        super().place(error)

    def store(self) -> CaseMembership:
        """Let in, or change what the member may do."""
        values: Mapping[str, Any] = self.cleaned_data
        if self.is_new:
            assert self.case is not None
            return add_member(self.case, values["user_name"], values["role"], by=self.user, may_approve=values["may_approve"])
        return change_member(self.instance, values["role"], by=self.user, may_approve=values["may_approve"])
