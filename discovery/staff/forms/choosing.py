"""Selects whose choices stop at the wall, and choosing a person who is recorded already or writing down a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.records import add_record
from discovery.enums import AddressKind, PersonKind
from discovery.models import Address, Person
from discovery.models.choices import translated
from discovery.staff.forms.base import RecordForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

M = TypeVar("M", bound=models.Model)
ADDRESS_PARTS = ("street", "city", "state", "postal_code")


def choose(field: forms.Field, rows: models.QuerySet[Any]) -> None:
    """Let a select offer these rows and no others: anything else posted is “not one of the available choices”."""
    select = cast("forms.ModelChoiceField[Any]", field)
    select.queryset = rows
    if select.empty_label is not None:
        select.empty_label = _("Choose…") if select.required else _("None")


class PersonChoiceForm(RecordForm[M]):
    """A record about a person: one from the list, or a new one written down in the same form (`new_name`)."""

    new_kind_default = PersonKind.ENTITY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields and self.is_new:
            self.fields["person"].required = False

    def narrow(self) -> None:
        """Only persons the user may see; a stored record keeps its person."""
        if self.is_new:
            choose(self.fields["person"], Person.objects.visible_to(self.user))
        else:
            for name in ("person", "new_name", "new_kind"):
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of the two: chosen or new."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_new and "person" not in self.errors:
            chosen, name = cleaned.get("person"), cleaned.get("new_name")
            if not chosen and not name and "new_name" not in self.errors:
                self.add_error("person", _("Choose a person, or write the name of a new one below."))
            if chosen and name:
                self.add_error("new_name", _("Either choose a recorded person or name a new one, not both."))
        return cleaned

    def settle_person(self) -> None:
        """Write down the new person, if one was named, and put the person into the record. Runs inside `attempt`."""
        if self.is_new and not self.cleaned_data.get("person"):
            kind = self.cleaned_data.get("new_kind") or self.new_kind_default.value
            self.instance.person = new_person(self.cleaned_data["new_name"], kind, by=self.user)  # type: ignore[attr-defined]

    def store(self) -> M:
        """Write down the person first."""
        self.settle_person()
        return super().store()


def new_name_field() -> forms.CharField:
    """Return the field for the name of a person who is not recorded yet."""
    return forms.CharField(
        label=gettext_lazy("or somebody new: name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As papers print it: Meta Platforms, Inc."),
    )


def new_kind_field() -> forms.ChoiceField:
    """Return the field for the kind of a person who is not recorded yet."""
    return forms.ChoiceField(
        label=gettext_lazy("kind of the new one"),
        choices=translated(PersonKind),
        initial=PersonKind.ENTITY.value,
        required=False,
    )


def new_person(name: str, kind: str, *, by: User, agent: Person | None = None) -> Person:
    """Write down a person. Raises ValidationError as `add_record`."""
    return add_record(Person(name=name, kind=kind, registered_agent=agent), by=by)


def new_address(person: Person, kind: AddressKind, cleaned: Mapping[str, Any], prefix: str, *, by: User) -> Address | None:
    """Write down a person's address from the form's `<prefix>_street` ... fields; None when no street is given."""
    values = {part: cleaned.get(f"{prefix}_{part}") or "" for part in ADDRESS_PARTS}
    if not values["street"]:
        return None
    return add_record(Address(person=person, kind=kind.value, **values), by=by)
