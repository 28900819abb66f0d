"""The form of a calendar address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from discovery.domain.dates.feeds import make_feed
from discovery.models import CalendarFeed
from discovery.staff.forms.base import StaffForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    FeedModelForm = forms.ModelForm[CalendarFeed]
else:
    FeedModelForm = forms.ModelForm


class FeedForm(StaffForm, FeedModelForm):
    """Where it is used, which dates it holds, and whether it names anybody."""

    widths = {"label": 6, "scope": 6}

    class Meta:
        model = CalendarFeed
        fields = ["label", "scope", "minimal"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def store(self) -> tuple[CalendarFeed, str]:
        """Make the address; return it with its secret. Raises what the verb raises."""
        values = self.cleaned_data
        return make_feed(values["label"], by=self.user, scope=values["scope"], minimal=values["minimal"])
