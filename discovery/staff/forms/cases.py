"""Forms of the case record: the case, its party groups, its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from discovery.domain.cases import open_case
from discovery.models import Case, CaseParty, Court, PartyGroup, RelatedCase, ScheduleEntry
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.letter_formats import as_the_judge_asks, offer_formats

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

    UserField = forms.ModelChoiceField[User]
else:
    UserField = forms.ModelChoiceField


class MemberField(UserField):
    """A member of the case, by the name people know."""

    def label_from_instance(self, obj: User) -> str:
        """Return the full name with the user name."""
        name = obj.get_full_name()
        return f"{name} ({obj.get_username()})" if name else obj.get_username()


class CaseForm(RecordForm[Case]):
    """A case with the caption its papers print; a new one is opened and belongs to who opens it."""

    layout = (
        (_("The action"), ("name", "court", "docket_number", "division", "filed_on", "judge", "magistrate_judge")),
        (
            _("Caption, as papers print it"),
            ("caption_form", "first_side", "first_label", "second_side", "second_label", "caption_tail"),
        ),
        (_("Joint discovery letters"), ("letter_format", "letter_pages")),
        (_("For the team"), ("supervisor", "notes")),
    )
    widths = {
        "supervisor": 6,
        "name": 6,
        "court": 6,
        "docket_number": 4,
        "division": 4,
        "filed_on": 4,
        "judge": 6,
        "magistrate_judge": 6,
        "first_side": 8,
        "first_label": 4,
        "second_side": 8,
        "second_label": 4,
        "caption_form": 8,
        "caption_tail": 8,
        "letter_format": 8,
        "letter_pages": 4,
    }
    duplicates = {
        "docket_number_once_per_court": ("docket_number", _("A case with this number is recorded in this court already.")),
    }

    class Meta:
        model = Case
        fields = [
            "name",
            "court",
            "docket_number",
            "division",
            "filed_on",
            "judge",
            "magistrate_judge",
            "caption_form",
            "first_side",
            "first_label",
            "second_side",
            "second_label",
            "caption_tail",
            "letter_format",
            "letter_pages",
            "supervisor",
            "notes",
        ]
        field_classes = {"supervisor": MemberField}

    def narrow(self) -> None:
        """Courts are public; who supervises belongs to the case."""
        choose(self.fields["court"], Court.objects.visible_to(self.user))
        sides: Label = _("From the parties and their roles. A side without a party prints what is typed below.")
        self.fields["caption_form"].required, self.fields["caption_form"].help_text = False, sides
        other: Label = _("Empty: as the roles say (AND RELATED COUNTERCLAIMS).")
        self.fields["caption_tail"].help_text = other
        self.fields["letter_pages"].validators.append(MinValueValidator(1))
        offer_formats(self, "letter_format", as_the_judge_asks(self.instance), stored=self.instance.letter_format)
        if self.is_new:
            self.fields.pop("supervisor")
        else:
            members = User.objects.filter(case_memberships__case=self.instance, is_active=True)
            choose(self.fields["supervisor"], members.order_by("last_name", "first_name", "username"))

    def store(self) -> Case:
        """Open a new case, change an old one."""
        if self.is_new:
            return open_case(self.instance, by=self.user)
        return super().store()


class GroupForm(RecordForm[PartyGroup]):
    """Parties that act together under a name."""

    widths = {"name": 6, "printed_name": 6}
    duplicates = {"group_name_once_per_case": ("name", _("A group with this name is recorded in this case already."))}

    class Meta:
        model = PartyGroup
        fields = ["name", "printed_name", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def narrow(self) -> None:
        """Only parties of this case."""
        choose(self.fields["members"], CaseParty.objects.filter(case=self.case).select_related("person"))


class ScheduleForm(RecordForm[ScheduleEntry]):
    """A date that a judge set."""

    widths = {"kind": 8, "day": 4, "phase": 4, "ordered_on": 4, "source": 4}
    duplicates = {
        "one_date_per_kind_and_phase": (
            "kind",
            _("A date for this is recorded already. Change that one, or name a phase (“Phase 2”) to tell them apart."),
        )
    }

    class Meta:
        model = ScheduleEntry
        fields = ["kind", "day", "phase", "ordered_on", "source", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint: Label = _("Only when the court set one for each phase")
        self.fields["phase"].help_text = hint


class RelatedForm(RecordForm[RelatedCase]):
    """Another action that the caption names."""

    widths = {"relation": 4, "docket_number": 4, "position": 4}
    duplicates = {"related_once_per_case": ("docket_number", _("This case number is recorded here already: change that line."))}

    class Meta:
        model = RelatedCase
        fields = ["relation", "docket_number", "position", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint: Label = _("Printed in brackets behind the number: Roe v. Doe")
        self.fields["name"].help_text = hint
        if self.is_new and self.case is not None:
            self.fields["position"].initial = self.case.related_cases.count() + 1
