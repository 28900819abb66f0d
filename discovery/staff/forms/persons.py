"""The form of a person, with addresses and relations in formsets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.errors import Refused
from discovery.domain.records import add_record, change_record, remove_record
from discovery.models import Address, Person, Relation
from discovery.staff.forms.base import RecordForm, StaffForm
from discovery.staff.forms.choosing import choose

if TYPE_CHECKING:
    from django.contrib.auth.models import User

M = TypeVar("M", bound=models.Model)


class PersonForm(RecordForm[Person]):
    """A natural person or an organization."""

    layout = (
        ("", ("name", "kind", "description", "other_names")),
        (_("How to reach"), ("email", "telephone", "registered_agent")),
        (_("For the team"), ("notes",)),
    )
    widths = {"name": 8, "kind": 4, "email": 6, "telephone": 6}
    duplicates = {"person_not_own_agent": ("registered_agent", _("Nobody is his own registered agent: leave this empty."))}

    class Meta:
        model = Person
        fields = ["name", "kind", "description", "other_names", "email", "telephone", "registered_agent", "notes"]
        widgets = {"other_names": forms.Textarea(attrs={"rows": "2"})}

    def narrow(self) -> None:
        """Agents are persons the user may see."""
        choose(self.fields["registered_agent"], Person.objects.visible_to(self.user))


class RowForm(StaffForm, forms.ModelForm[M]):
    """One row of a formset."""

    def __init__(self, *args: Any, user: User, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.narrow(user)
        if self.instance.pk is None:
            self.instance.person = person  # type: ignore[attr-defined]

    def narrow(self, user: User) -> None:
        """Limit the choices: override where there are selects."""

    def has_changed(self) -> bool:
        """A new row whose kind alone was chosen is a blank one."""
        return bool(set(self.changed_data) - {"kind"}) if self.instance.pk is None else super().has_changed()


class AddressForm(RowForm[Address]):
    """An address of the person."""

    widths = {"kind": 4, "street": 8, "city": 4, "state": 3, "postal_code": 2, "country": 3}

    class Meta:
        model = Address
        fields = ["kind", "street", "city", "state", "postal_code", "country"]


class RelationForm(RowForm[Relation]):
    """How the person stands to another."""

    widths = {"kind": 3, "other": 4, "title": 3, "since": 2}
    duplicates = {
        "relation_once": ("other", _("This relation is recorded already.")),
        "relation_to_another": ("other", _("Choose somebody else: nobody stands in a relation to himself.")),
    }

    class Meta:
        model = Relation
        fields = ["kind", "other", "title", "since"]

    def narrow(self, user: User) -> None:
        """Only persons the user may see."""
        choose(self.fields["other"], Person.objects.visible_to(user))


class RowFormSet(BaseFormSet):  # type: ignore[type-arg]
    """The rows of one kind below a person; stored through the verbs, each row an act."""

    def __init__(self, *args: Any, rows: models.QuerySet[Any], **kwargs: Any) -> None:
        self.rows = {str(row.pk): row for row in rows}
        super().__init__(*args, **kwargs)

    def initial_form_count(self) -> int:
        """Return how many forms stand for stored rows."""
        return int(super().initial_form_count()) if self.is_bound else len(self.rows)

    def stored_row(self, index: int | None) -> models.Model | None:
        """Return the row of a form: by the id it carries, so that rows added or removed meanwhile never shift onto others."""
        if index is None:
            return None
        if self.is_bound:
            return self.rows.get(self.data.get(f"{self.add_prefix(index)}-id", ""))
        return list(self.rows.values())[index] if index < len(self.rows) else None

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Give each stored row to its form."""
        row, kwargs = self.stored_row(index), super().get_form_kwargs(index)
        return kwargs if row is None else {**kwargs, "instance": row}

    def add_fields(self, form: Any, index: int | None) -> None:
        """Carry the row's id."""
        super().add_fields(form, index)
        row = self.stored_row(index)
        if row is None:
            form.fields.pop("DELETE")  # an unwanted new row is left blank
            return
        form.fields["id"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.pk, required=False)
        form.fields["DELETE"].label = _("Remove this row")
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def store(self, person: Person, *, by: User) -> None:
        """Store what differs; the person is stored by now. Raises Refused when a row is wrong, and shows why at that row."""
        for form in self.forms:
            form.instance.person = person
            try:
                self._store_row(form, by)
            except (Refused, ValidationError) as error:
                form.place(error)
                raise Refused(gettext("One of the rows below needs another look.")) from error

    def _store_row(self, form: Any, by: User) -> None:
        leaving = form.cleaned_data.get("DELETE", False)
        if form.instance.pk is None:
            if form.has_changed() and not leaving:
                add_record(form.instance, by=by)
        elif leaving:
            remove_record(form.instance, by=by)
        elif set(form.changed_data) - {"id"}:
            change_record(form.instance, by=by)


def _formset(form: type[RowForm[Any]]) -> Callable[..., RowFormSet]:
    return cast("Callable[..., RowFormSet]", forms.formset_factory(form, formset=RowFormSet, extra=1, can_delete=True))


AddressFormSet = _formset(AddressForm)
RelationFormSet = _formset(RelationForm)


def row_sets(data: Mapping[str, Any] | None, person: Person, user: User) -> dict[str, RowFormSet]:
    """Return the formsets of a person's addresses and relations."""
    common: dict[str, Any] = {"form_kwargs": {"user": user, "person": person}}
    stored = person.pk is not None
    return {
        "addresses": AddressFormSet(
            data, prefix="addresses", rows=person.addresses.all() if stored else Address.objects.none(), **common
        ),
        "relations": RelationFormSet(
            data,
            prefix="relations",
            rows=person.relations.filter(other__in=Person.objects.visible_to(user)) if stored else Relation.objects.none(),
            **common,
        ),
    }
