"""What is done to the rows selected in the matrix: the fields of each act, and the verb it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from discovery.domain.matrix.acts import Done, assign_rows, set_deficiency, set_next_step
from discovery.enums import Deficiency
from discovery.models import Case
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from discovery.domain.matrix.acts import Chosen
    from discovery.staff.forms.base import Label


class RowsForm(StaffForm, forms.Form):
    """An act on rows. `members` are the people of the case by id."""

    act: ClassVar[str]
    icon: ClassVar[str]
    title: ClassVar[Label]
    button: ClassVar[Label]
    said: ClassVar[Label]

    def __init__(self, data: QueryDict | None, *, members: Mapping[int, str], **kwargs: Any) -> None:
        self.members = members
        super().__init__(data, auto_id=f"bulk_{self.act}_%s", **kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill the choices in: override where there are any."""

    def store(self, case: Case, chosen: Chosen, *, by: User) -> Done:
        """Call the verb: override."""
        raise NotImplementedError


class AssignForm(RowsForm):
    """Who looks after rows."""

    act, icon = "assign", "person-check"
    title, button = _("Assign"), _("Assign")
    said = ngettext_lazy("%(n)d request assigned.", "%(n)d requests assigned.", "n")
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def offer(self) -> None:
        """Offer the people of the case."""
        choices = [("", _("Nobody")), *((str(pk), name) for pk, name in self.members.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def store(self, case: Case, chosen: Chosen, *, by: User) -> Done:
        """Assign them."""
        owner = self.cleaned_data["owner"]
        return assign_rows(case, chosen, User.objects.get(pk=owner) if owner else None, by=by)


class DeficiencyForm(RowsForm):
    """What is wrong with the answers to rows."""

    act, icon = "deficiency", "exclamation-triangle"
    title, button = _("Deficiency"), _("Note it")
    said = ngettext_lazy("Deficiency noted for %(n)d request.", "Deficiency noted for %(n)d requests.", "n")
    deficiency = forms.ChoiceField(label=_("Deficiency"), choices=[("", _("None")), *translated(Deficiency)], required=False)
    deficiency_note = forms.CharField(
        label=_("What is wrong"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Letters may quote it.")
    )

    def store(self, case: Case, chosen: Chosen, *, by: User) -> Done:
        """Note it."""
        told = self.cleaned_data
        return set_deficiency(case, chosen, told["deficiency"], told["deficiency_note"], by=by)


class NextStepForm(RowsForm):
    """What comes next for rows."""

    act, icon = "next", "arrow-right-circle"
    title, button = _("Next step"), _("Set it")
    said = ngettext_lazy("Next step set for %(n)d request.", "Next step set for %(n)d requests.", "n")
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_step_on = forms.DateField(label=pgettext_lazy("the last day", "By"), required=False, widget=forms.DateInput)

    def store(self, case: Case, chosen: Chosen, *, by: User) -> Done:
        """Set it."""
        told = self.cleaned_data
        return set_next_step(case, chosen, told["next_step"], told["next_step_on"], by=by)


ACTS: Mapping[str, type[RowsForm]] = {form.act: form for form in (AssignForm, DeficiencyForm, NextStepForm)}
