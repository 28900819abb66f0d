"""What every form of the staff's screens does: look, sections, and showing a verb's refusal at the field it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.forms.boundfield import BoundField
from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.dates.following import MovesToAccept, moving_from
from discovery.domain.errors import Conflict, Refused
from discovery.domain.records import add_record, change_record
from discovery.models import Case
from discovery.models.base import Recorded
from discovery.staff.moves import MoveRow, move_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict
    from django.utils.functional import _StrPromise as StrPromise

    Label = str | StrPromise

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")

REASON, SEEN = "moving_reason", "moving_seen"
"""What a form carries about moving dates (`following.moving_from` reads them)."""
WIDGET_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.FileInput, "form-control"),
    (forms.Textarea, "form-control"),
    (forms.widgets.Input, "form-control"),
)


class StaffBoundField(BoundField):
    """A field on the page: its width in the form's grid, and what somebody else stored meanwhile."""

    form: StaffForm

    @property
    def width(self) -> str:
        """The CSS class of its width: twelfths of the form."""
        return f"w-{self.form.widths[self.name]}c" if self.name in self.form.widths else ""

    @property
    def theirs(self) -> str | None:
        """What is stored now, when it differs from what was typed here and two people saved at once; else None."""
        return self.form.theirs.get(self.name)

    @property
    def choose_again(self) -> bool:
        """Whether a file was sent here with a form that comes back: no browser keeps it."""
        return isinstance(self.field, forms.FileField) and bool(self.form.files.get(self.html_name))

    @property
    def aria_describedby(self) -> str | None:
        """Read the note about the file out, too."""
        ids = super().aria_describedby
        return f"{ids} {self.auto_id}_again".strip() if ids is not None and self.choose_again else ids


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under a heading; `when` ("field=value") shows it for that choice only."""

    heading: Label
    fields: list[BoundField]
    when: str = ""


class StaffForm(forms.BaseForm):
    """Mixin for forms. Class attributes: `layout` (heading, field names[, when]) and `widths` (field name to twelfths)."""

    bound_field_class = StaffBoundField
    layout: ClassVar[Sequence[tuple[Any, ...]]] = ()
    widths: ClassVar[Mapping[str, int]] = {}
    apart: ClassVar[Sequence[str]] = ()
    """Fields that the page shows in a place of its own."""
    duplicates: ClassVar[Mapping[str, tuple[str, Label]]] = {}
    """Constraint name to (field, sentence): what to say, and where, when the database's rule would be broken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, str] = {}
        self.moves: list[MoveRow] = []
        self.moves_seen = ""
        for field in self.fields.values():
            dress(field)

    @property
    def sections(self) -> list[Section]:
        """The visible fields in the groups of `layout`; what it leaves out stands in one group before the others."""
        placed = {REASON, *self.apart, *(name for group in self.layout for name in group[1])}
        rest = [bound for bound in self.visible_fields() if bound.name not in placed]
        groups = [Section("", rest)] if rest else []
        for heading, names, *when in self.layout:
            present = [self[name] for name in names if name in self.fields]
            if present:
                groups.append(Section(heading, present, when[0] if when else ""))
        return groups

    def place(self, error: Refused | ValidationError) -> None:
        """Show at its field why a verb refused; for a Conflict also what the other one stored, ready to save again.

        MovesToAccept is a question and no error: the table of the dates that would move, and the reason to give for it.
        """
        if isinstance(error, MovesToAccept):
            self.place_moves(error)
        elif isinstance(error, Conflict):
            self.place_conflict(error.theirs, error.revision)
            self.add_error(None, str(error))
        elif isinstance(error, Refused):
            self.add_error(error.field if error.field in self.fields else None, str(error))
        else:
            self.add_error(None, error)

    def place_moves(self, asked: MovesToAccept) -> None:
        """Show which dates would move and ask for the reason; the next save accepts exactly this table.

        Only who was shown this very table and gave no reason reads that as an error.
        """
        self.is_valid()  # before the reason, which nobody could give yet, joins the fields
        self.fields[REASON] = forms.CharField(
            label=_("Why the dates move"),
            help_text=_("It stays on record beside the old and the new dates."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        dress(self.fields[REASON])
        self.moves, self.moves_seen = move_rows(asked.moves), asked.fingerprint
        if self.data.get(SEEN) == asked.fingerprint:
            self.add_error(REASON, str(asked))

    @property
    def moving_words(self) -> str:
        """The reason typed before, while no table is shown: it is carried along until one is."""
        return "" if self.moves else str(self.data.get(REASON, ""))

    def place_conflict(self, theirs: Mapping[str, object], revision: int) -> None:
        """Keep what was typed in the fields, show `theirs` beside them, and carry the newest revision for the next save."""
        for name, value in theirs.items():
            if name in self.fields and name != "revision" and self.fields[name].has_changed(value, self[name].data):
                self.theirs[name] = shown(self.fields[name], value)
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("revision")] = str(revision)
        self.data = data

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Run a verb in one transaction; on refusal nothing is stored, the form says why, and None comes back."""
        try:
            with transaction.atomic():
                return act()
        except (Refused, ValidationError) as error:
            self.place(error)
            return None

    def add_error(self, field: str | None, error: ValidationError | str) -> None:  # type: ignore[override]
        """Add an error, at the field that `duplicates` names when a constraint speaks, and never at a field not shown."""
        for name, one in self._placed(field, error):
            super().add_error(name, one)

    def _placed(self, field: str | None, error: ValidationError | str) -> Iterator[tuple[str | None, ValidationError]]:
        found = error if isinstance(error, ValidationError) else ValidationError(error)
        by_field = found.error_dict if hasattr(found, "error_dict") else {field or NON_FIELD_ERRORS: found.error_list}
        for name, errors in by_field.items():
            for one in errors:
                place, sentence = self._duplicate(one)
                if sentence:
                    yield place, ValidationError(str(sentence))
                else:
                    yield (name if name in self.fields else None), one

    def _duplicate(self, error: ValidationError) -> tuple[str | None, Label]:
        message = str(error.message)
        together = tuple((error.params or {}).get("unique_check", ()))
        instance = getattr(self, "instance", None)
        for constraint in instance._meta.constraints if instance is not None else ():
            fields = getattr(constraint, "fields", ())
            if constraint.name in self.duplicates and (constraint.name in message or (together and together == tuple(fields))):
                field, sentence = self.duplicates[constraint.name]
                return (field if field in self.fields else None), sentence
        return None, ""


class RecordForm(StaffForm, forms.ModelForm[M], Generic[M]):
    """A form for one record, stored through the verbs. `case` is the case whose record it is, None for firm-wide records."""

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.case = user, case
        self.is_new = self.instance._state.adding
        if case is not None and self.is_new and hasattr(self.instance, "case_id"):
            setattr(self.instance, "case", case)  # noqa: B010 - a model of which the type checker knows no case
        if isinstance(self.instance, Recorded) and not self.is_new:
            self.fields["revision"] = forms.IntegerField(required=False, initial=self.instance.revision, widget=forms.HiddenInput)
        self.narrow()

    def narrow(self) -> None:
        """Limit the choices of every select to rows of this case that the user may see: override where there are selects."""

    def links(self) -> dict[str, Iterable[models.Model]]:
        """Return the many-to-many values that go with the record."""
        names = {field.name for field in self.instance._meta.many_to_many}
        return {name: self.cleaned_data[name] for name in names & set(self.cleaned_data)}

    def store(self) -> M:
        """Add or change the record through its verb. Raises what the verb raises."""
        moving = moving_from(self.data)
        if self.is_new:
            return add_record(self.instance, by=self.user, links=self.links(), moving=moving)
        revision = self.cleaned_data.get("revision")
        return change_record(self.instance, by=self.user, revision=revision, links=self.links(), moving=moving)

    def save(self, commit: bool = True) -> M:  # noqa: ARG002 - Django's signature
        """Refuse: rows are written by verbs; call `store` through `attempt`."""
        raise TypeError("Records are stored by verbs: form.attempt(form.store).")

    def stored_values(self) -> dict[str, object]:
        """Return what is stored now in fields that the record's own columns do not hold; many-to-many by default."""
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return {
            field.name: list(getattr(stored, field.name).values_list("pk", flat=True))
            for field in stored._meta.many_to_many
            if field.name in self.fields
        }

    def place_conflict(self, theirs: Mapping[str, object], revision: int) -> None:
        """Show the record's columns and its links."""
        super().place_conflict({**theirs, **self.stored_values()}, revision)


class RemovalForm(StaffForm, forms.Form):
    """The form of a screen that asks before it removes: empty, until dates would move."""


def dress(field: forms.Field) -> None:
    """Give a field's widget the classes of the design, and dates the browser's own picker."""
    widget = field.widget
    if isinstance(widget, forms.DateInput) and not isinstance(widget, forms.HiddenInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"
        widget.attrs.pop("cols", None)
    for kind, css in WIDGET_CLASSES:
        if isinstance(widget, kind):
            widget.attrs["class"] = " ".join(filter(None, (widget.attrs.get("class", ""), css)))
            return


def shown(field: forms.Field, value: object) -> str:
    """Return a stored value as a person reads it: a choice by its label, a row by its name, a date in the reader's form."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(field.label_from_instance(row) for row in field.queryset.filter(pk__in=value))  # type: ignore[union-attr]
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=value).first() if field.queryset is not None and value else None
        return field.label_from_instance(row) if row is not None else ""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ()) or ()}
    if isinstance(value, (list, tuple, set)):
        return ", ".join(choices.get(str(one), str(one)) for one in value)
    if choices:
        return choices.get(str(value), str(value or ""))
    return "" if value is None else str(formats.localize(value))
