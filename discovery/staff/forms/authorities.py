"""The form of one line of a table of authorities: which words of the text it is about, how it is listed, under which group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from discovery.domain.disputes.authorities import list_authority
from discovery.enums import AuthorityGroup
from discovery.models import Authority, Dispute
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm


class AuthorityForm(StaffForm, forms.Form):
    """Add an authority, or correct how one is listed; then its words are fixed."""

    words = forms.CharField(
        label=gettext_lazy("words in the text"),
        max_length=300,
        help_text=gettext_lazy("Just as they stand in the text: 329 U.S. 495, or Hickman, 329 U.S. at 510"),
    )
    listed = forms.CharField(
        label=gettext_lazy("as listed in the table"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Hickman v. Taylor, 329 U.S. 495 (1947). What is listed in the same words as another line shares that line. "
            "Ended with the word “passim”, this stands for the pages once more than five cite it. Some courts want the pages."
        ),
    )
    group = forms.ChoiceField(label=gettext_lazy("group"), choices=translated(AuthorityGroup))
    widths = {"words": 12, "listed": 12, "group": 5}

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            self.fields["words"].widget.attrs["readonly"] = True
            self.fields["words"].help_text = ""

    def store(self, dispute: Dispute, *, by: Any) -> Authority:
        """List it so."""
        values = self.cleaned_data
        return list_authority(dispute, values["words"], listed=values["listed"], group=values["group"], by=by)
