"""Forms of due dates: extending, what the court set, by hand, done, reopened, who looks after it, what was proposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from discovery.domain.dates.deadlines import AMOUNTS
from discovery.enums import DeadlineKind, ExtensionKind
from discovery.models import Case, Deadline, Extension
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    ExtensionModelForm = forms.ModelForm[Extension]
    UserField = forms.ModelChoiceField[User]
else:
    ExtensionModelForm = forms.ModelForm
    UserField = forms.ModelChoiceField

SIDES = (("ours", _("We must act")), ("theirs", _("The other side must act")))


class DateForm(StaffForm, forms.Form):
    """What each form of one due date carries: the revision at which it was opened."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        self.deadline = deadline
        super().__init__(*args, **kwargs)
        self.initial.setdefault("revision", deadline.revision)


class ExtensionForm(StaffForm, ExtensionModelForm):
    """An agreement that moves a date: by days, to a date, or tolled from a day through a day."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("how it is extended"), choices=translated(ExtensionKind), initial=ExtensionKind.DAYS.value, widget=forms.RadioSelect
    )
    upload = forms.FileField(label=_("evidence"), required=False, help_text=_("The e-mail or the stipulation: PDF, DOCX, EML, MSG"))
    layout = (
        (_("How far"), ("kind",)),
        ("", ("days",), "kind=days"),
        ("", ("to_date",), "kind=date"),
        ("", ("tolled_from", "tolled_to"), "kind=tolling"),
        (_("Who agreed, and where it stands"), ("agreed_on", "agreed_with", "terms", "upload", "needs_approval")),
    )
    widths = {"days": 3, "to_date": 4, "tolled_from": 4, "tolled_to": 4, "agreed_on": 4, "agreed_with": 8}

    class Meta:
        model = Extension
        fields = [
            "kind",
            "days",
            "to_date",
            "tolled_from",
            "tolled_to",
            "agreed_on",
            "agreed_with",
            "terms",
            "needs_approval",
        ]
        widgets = {"terms": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("revision", deadline.revision)
        self.fields["days"].widget.attrs["min"] = 1

    def clean(self) -> dict[str, Any]:
        """Leave out what is typed in the fields of another kind: they are hidden, so they are no error either."""
        values = super().clean() or self.cleaned_data
        wanted = AMOUNTS.get(str(values.get("kind")), ())
        for name in ("days", "to_date", "tolled_from", "tolled_to"):
            if name not in wanted:
                self.errors.pop(name, None)
                values[name] = None
        return values

    def validate_constraints(self) -> None:
        """Leave what an extension must say to the verb, which says it at the field."""

    def keep_errors_of(self, names: Iterable[str]) -> None:
        """Forget what is wrong with other fields: a preview asks for the amount alone."""
        for name in [name for name in self.errors if name not in names]:
            del self.errors[name]


class ApprovalForm(DateForm):
    """When the court approved an extension."""

    approved_on = forms.DateField(
        label=_("approved by the court on"), widget=forms.DateInput, help_text=_("The day of the order; the date moves then")
    )
    widths = {"approved_on": 4}


class MomentForm(DateForm):
    """A day, and an hour where one is set."""

    due = forms.DateField(label=_("date"), widget=forms.DateInput)
    hour = forms.TimeField(
        label=_("hour"), required=False, widget=forms.TimeInput, help_text=_("Empty for the end of the day, in the court’s zone")
    )
    widths = {"due": 4, "hour": 4}

    def moment(self) -> date | datetime:
        """Return the day, or the moment at the court."""
        return moment_of(self.cleaned_data, self.deadline.case)


class CourtDateForm(MomentForm):
    """A date that a judge wrote."""

    source = forms.CharField(
        label=_("which order sets it"), max_length=300, required=False, help_text=_("Dkt. 215, Order of June 30, 2025, page 3")
    )


class HandForm(MomentForm):
    """A date that a person found for a task without one."""

    reason = forms.CharField(
        label=_("where the date comes from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record"),
    )


class NewDateForm(StaffForm, forms.Form):
    """A task or a date that no recorded fact gives."""

    title = forms.CharField(label=_("what is due"), max_length=200)
    kind = forms.ChoiceField(label=_("kind"), choices=translated(DeadlineKind), initial=DeadlineKind.OTHER.value)
    side = forms.ChoiceField(label=_("who must act"), choices=SIDES, initial="ours", widget=forms.RadioSelect)
    due = forms.DateField(label=_("date"), widget=forms.DateInput)
    hour = forms.TimeField(
        label=_("hour"), required=False, widget=forms.TimeInput, help_text=_("Empty for the end of the day, in the court’s zone")
    )
    reason = forms.CharField(
        label=_("where the date comes from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record"),
    )
    layout = (("", ("title", "kind", "side", "due", "hour", "reason")),)
    widths = {"title": 8, "kind": 4, "due": 4, "hour": 4}


class DoneForm(DateForm):
    """That something is done: when, and what shows it."""

    done_on = forms.DateField(label=_("done on"), widget=forms.DateInput)
    done_note = forms.CharField(
        label=_("what shows it"), max_length=300, required=False, help_text=_("Bates OAI_0001–0420 received by SFTP; or attach it")
    )
    upload = forms.FileField(label=_("evidence"), required=False, help_text=_("PDF, DOCX, EML, MSG, an image or text"))
    widths = {"done_on": 4}


class ReopenForm(DateForm):
    """Why it is not done after all."""

    reason = forms.CharField(label=_("why it is not done"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MemberField(UserField):
    """A choice among users, named as colleagues know them."""

    def label_from_instance(self, user: User) -> str:
        """Return the user's name."""
        return person_name(user)


class OwnerForm(DateForm):
    """Who looks after a date: a member of the case."""

    owner = MemberField(label=_("looked after by"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(case_memberships__case=self.deadline.case_id).order_by("first_name", "username")
        self.initial.setdefault("owner", self.deadline.owner_id)


class DecisionForm(DateForm):
    """Whether a date moves as proposed, and why."""

    reason = forms.CharField(
        label=_("reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to keep the old date; stays on record"),
    )


def moment_of(values: dict[str, Any], case: Case) -> date | datetime:
    """Return the day of a form, or the moment at the case's court when an hour was given."""
    day: date = values["due"]
    return datetime.combine(day, values["hour"], case.court.zone) if values.get("hour") is not None else day


def person_name(user: User) -> str:
    """Return a user as colleagues know him or her."""
    return user.get_full_name() or user.get_username()
