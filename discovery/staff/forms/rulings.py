"""The form of an order's rulings: one line for each request of each dispute that is before the court."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.following import moving_from
from discovery.domain.disputes.ruling import RULING_FIELDS, Mended, RuledMeanwhile, Said, correct_rulings, place, rule
from discovery.domain.errors import Refused
from discovery.enums import RulingOutcome
from discovery.models import Dispute, Order, Ruling
from discovery.models.choices import translated
from discovery.staff.before_court import DisputeLines, RulingLine, lines_for
from discovery.staff.forms.base import StaffForm, dress

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.forms.boundfield import BoundField

ALL = ("outcome", "ordered_text", "comply_by")
"""What can be said at once for every request of a dispute."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its fields."""

    line: RulingLine
    outcome: BoundField
    ordered_text: BoundField
    comply_by: BoundField
    note: BoundField


@dataclass(frozen=True, slots=True)
class ShownDispute:
    """A dispute with its lines, and the fields that say one ruling for all of them."""

    dispute: Dispute
    lines: list[ShownLine]
    all: list[BoundField]


class RulingsForm(StaffForm, forms.Form):
    """What an order says: new rulings, and corrections of those it has."""

    def __init__(self, *args: Any, order: Order, user: User, decided: bool = False, **kwargs: Any) -> None:
        self.order, self.user = order, user
        super().__init__(*args, **kwargs)
        self.groups = lines_for(order, decided=decided)
        for group in self.groups:
            for line in group.lines:
                self._add_line(line)
            if len(group.lines) > 1 and (self.is_bound or sum(line.waits for line in group.lines) > 1):
                self._add_all(group)
        for field in self.fields.values():
            dress(field)

    def _add_line(self, line: RulingLine) -> None:
        stored = line.stands if line.own else None
        empty = _("Choose the ruling") if stored is not None else _("No ruling")
        for name, field in _fields(empty, line.key[1] is None).items():
            field.initial = getattr(stored, name) if stored is not None else None
            # What it was when the page was opened: only what was changed here is mended.
            field.show_hidden_initial = stored is not None
            self.fields[place(line.key, name)] = field
        stands = line.stands
        for name, value in (("seen", stands.pk if stands else 0), ("revision", stands.revision if stands else 0)):
            self.fields[place(line.key, name)] = forms.IntegerField(required=False, initial=value, widget=forms.HiddenInput)

    def _add_all(self, group: DisputeLines) -> None:
        for name, field in _fields(_("Say it for each")).items():
            if name in ALL:
                self.fields[f"{group.dispute.pk}-all-{name}"] = field

    @property
    def shown(self) -> Iterator[ShownDispute]:
        """The disputes with their fields, for the page."""
        for group in self.groups:
            lines = [ShownLine(line, *(self[place(line.key, name)] for name in RULING_FIELDS)) for line in group.lines]
            several = [f"{group.dispute.pk}-all-{name}" for name in ALL]
            yield ShownDispute(group.dispute, lines, [self[name] for name in several if name in self.fields])

    def clean(self) -> dict[str, Any]:
        """Refuse words without a ruling: they would be lost."""
        values = super().clean() or self.cleaned_data
        for group in self.groups:
            for line in group.lines:
                told = self._told(group, line)
                if not told["outcome"] and (line.own or told["ordered_text"] or told["comply_by"] or told["note"]):
                    self.add_error(place(line.key, "outcome"), _("Choose the ruling."))
        return values

    def store(self) -> list[Ruling]:
        """Record what is new and mend what was changed. Raises what the verbs raise, and Refused when there is neither."""
        said, mended = [], []
        for group in self.groups:
            for line in group.lines:
                told = self._told(group, line)
                seen = self.cleaned_data.get(place(line.key, "seen")) or 0
                if line.own and line.stands is not None and seen == line.stands.pk:
                    if any(place(line.key, name) in self.changed_data for name in RULING_FIELDS):
                        revision = self.cleaned_data.get(place(line.key, "revision"))
                        mended.append(Mended(ruling=line.stands, revision=revision, **told))
                elif told["outcome"]:
                    said.append(Said(dispute=group.dispute, row=self._row(group, line), seen=seen, **told))
        moving = moving_from(self.data)
        if said:
            return rule(self.order, said, by=self.user, mended=mended, moving=moving)
        if not mended:
            raise Refused(_("Nothing was chosen or changed. Choose at least one ruling."))
        return correct_rulings(self.order, mended, by=self.user, moving=moving)

    def _told(self, group: DisputeLines, line: RulingLine) -> dict[str, Any]:
        """Return what is said of a line: its own words, else those for all of the dispute that wait for a ruling."""
        told = {name: self.cleaned_data.get(place(line.key, name)) for name in RULING_FIELDS}
        # Ruled on since the page was opened, it waited then: said for it too, so that the other ruling is shown.
        stale = line.stands is not None and self.cleaned_data.get(place(line.key, "seen")) != line.stands.pk
        if (line.waits or stale) and not told["outcome"]:
            told |= {name: told[name] or self.cleaned_data.get(f"{group.dispute.pk}-all-{name}") for name in ALL}
        return {name: value if name == "comply_by" else value or "" for name, value in told.items()}

    def _row(self, group: DisputeLines, line: RulingLine) -> Any:
        return next((one.row for one in group.dispute.requests.all() if one.row_id == line.row_id), None)

    def place(self, error: Refused | ValidationError) -> None:
        """Show a ruling that somebody recorded meanwhile beside what was typed, ready to save again."""
        if not isinstance(error, RuledMeanwhile):
            super().place(error)
            return
        self.place_conflict(error.theirs, error.revision)
        data: Any = self.data
        for one in error.rulings:
            data[place((one.dispute_id, one.row_id), "seen")] = str(one.pk)
            data[place((one.dispute_id, one.row_id), "revision")] = str(one.revision)
        self.add_error(None, str(error))


def _fields(empty: str, whole: bool = False) -> dict[str, forms.Field]:
    return {
        "outcome": forms.ChoiceField(
            label=gettext_lazy("ruling on the whole") if whole else gettext_lazy("ruling"),
            required=False,
            choices=[("", empty), *translated(RulingOutcome)],
        ),
        "ordered_text": forms.CharField(
            label=gettext_lazy("what the order says"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("Needed when it is granted in part"),
        ),
        "comply_by": forms.DateField(label=gettext_lazy("comply by"), required=False),
        "note": forms.CharField(label=gettext_lazy("note"), required=False),
    }
