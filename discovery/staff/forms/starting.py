"""The form that starts a subpoena: to whom, and from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.errors import Refused
from discovery.domain.sets import ITEM_KINDS, NewText, split_texts
from discovery.enums import ClauseKind, PersonKind
from discovery.models import Case, CaseParty, Clause, PartyGroup, Person, RequestSet, RespondingParty
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm
from discovery.staff.ids import is_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    ClausesField = forms.ModelMultipleChoiceField[Clause]
    GroupField = forms.ModelChoiceField[PartyGroup]
    SetModelChoiceField = forms.ModelChoiceField[RequestSet]
else:
    ClausesField = forms.ModelMultipleChoiceField
    GroupField = SetModelChoiceField = forms.ModelChoiceField

OFFERED_SETS = 100
"""How many sets the list to start from shows at once; the search finds the others."""

NEW_FIELDS = (
    "new_kind",
    "new_name",
    "new_agent",
    "new_street",
    "new_city",
    "new_state",
    "new_postal_code",
)


class SetField(SetModelChoiceField):
    """A set to start from, shown with its case."""

    def label_from_instance(self, obj: RequestSet) -> str:
        """Return the name of the set and of its case."""
        return f"{obj.case.name}: {obj.name}"


def offered_sets(user: User, case: Case, words: str = "", chosen: int | None = None) -> list[RequestSet]:
    """Return sets to start from: this case's first, then the newest of the other cases the user may see (2 queries at most)."""
    rows = RequestSet.objects.visible_to(user).select_related("case")
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(case__name__icontains=words)
    own = list(rows.filter(case=case)[:OFFERED_SETS])
    others = list(rows.exclude(case=case)[: OFFERED_SETS - len(own)])
    found = own + others
    if chosen and chosen not in {one.pk for one in found}:
        found.extend(rows.model.objects.visible_to(user).select_related("case").filter(pk=chosen))
    return found


class StartingForm(StaffForm, forms.Form):
    """From what a set starts: another set, clauses of the library, pasted texts; and on whose behalf it asks."""

    texts: Sequence[NewText] = ()
    """What was pasted, split."""

    propounded_by = GroupField(queryset=PartyGroup.objects.none(), label=gettext_lazy("On whose behalf"))
    start_from = SetField(queryset=RequestSet.objects.none(), required=False, label=gettext_lazy("Copy another set"))
    clauses = ClausesField(queryset=Clause.objects.none(), required=False, label=gettext_lazy("Take clauses from the library"))
    pasted = forms.CharField(
        label=gettext_lazy("Paste requests"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a paragraph, an empty line between two; typed numbers are dropped."),
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        groups = PartyGroup.objects.filter(case=case)
        self._field("propounded_by", forms.ModelChoiceField).queryset = groups
        # We ask on behalf of our clients: their group is chosen where there is one, or the only group there is.
        likely = list(groups.filter(members__is_client=True).distinct()[:2]) or list(groups[:2])
        if len(likely) == 1:
            self.initial.setdefault("propounded_by", likely[0])
        clauses = self._field("clauses", forms.ModelMultipleChoiceField)
        clauses.queryset = Clause.objects.visible_to(user)
        start = self._field("start_from", SetField)
        start.queryset = RequestSet.objects.visible_to(user).select_related("case")
        chosen = str(self["start_from"].value() or "")
        offered = offered_sets(user, case, chosen=int(chosen) if is_id(chosen) else None)
        start.widget.choices = [("", _("Nothing: begin empty")), *((one.pk, start.label_from_instance(one)) for one in offered)]

    def _field(self, name: str, kind: type[Any]) -> Any:
        field = self.fields[name]
        assert isinstance(field, kind)
        return field

    def clauses_by_kind(self) -> list[tuple[str, str, list[Clause]]]:
        """Return the library for the screen: kind, its label, its clauses."""
        rows = list(Clause.objects.visible_to(self.user))
        return [
            (kind, str(label), [row for row in rows if row.kind == kind])
            for kind, label in translated(ClauseKind)
            if kind in ITEM_KINDS
        ]

    def ticked(self) -> set[str]:
        """Return the ids of the clauses ticked so far."""
        return {str(getattr(one, "pk", one)) for one in self["clauses"].value() or []}

    def clean_pasted(self) -> str:
        """Split the pasted text once; a text that is all numbers and blanks says so."""
        pasted: str = self.cleaned_data["pasted"]
        self.texts = split_texts(pasted)
        if pasted.strip() and not self.texts:
            raise forms.ValidationError(_("There is no text in this, only numbers or empty lines."))
        return pasted

    def chosen_clauses(self) -> QuerySet[Clause]:
        """Return the clauses ticked, in the library's order."""
        chosen: QuerySet[Clause] = self.cleaned_data.get("clauses", Clause.objects.none())
        return chosen.order_by("kind", "position", "label")


class NewSubpoenaForm(StartingForm):
    """To whom (somebody known to the case, or somebody new) and from what (a set, clauses, pasted texts)."""

    nobody = gettext_lazy("Choose who is to produce, or name somebody new below.")
    widths = {
        "new_kind": 4,
        "new_name": 8,
        "new_street": 5,
        "new_city": 3,
        "new_state": 2,
        "new_postal_code": 2,
        "propounded_by": 6,
        "name": 6,
    }

    recipient = forms.ChoiceField(label=gettext_lazy("Responding party"), required=False)
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=translated(PersonKind), initial=PersonKind.ENTITY.value, required=False
    )
    new_name = forms.CharField(label=gettext_lazy("Name, as papers print it"), max_length=200, required=False)
    new_agent = forms.CharField(
        label=gettext_lazy("Registered agent"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who takes service for an organization, if known. The address is then the agent's."),
    )
    new_street = forms.CharField(label=gettext_lazy("Street"), max_length=200, required=False)
    new_city = forms.CharField(label=gettext_lazy("City"), max_length=100, required=False)
    new_state = forms.CharField(label=gettext_lazy("State"), max_length=40, required=False)
    new_postal_code = forms.CharField(label=gettext_lazy("ZIP"), max_length=12, required=False)
    name = forms.CharField(
        label=gettext_lazy("Name in lists"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Empty: “Schedule A to” and the name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field("recipient", forms.ChoiceField).choices = list(self._recipients())

    def _recipients(self) -> Iterator[tuple[str, Any]]:
        yield "", _("Somebody new, named below")
        known = RespondingParty.objects.filter(case=self.case).select_related("person").order_by("person__name", "pk")
        options = [(f"responder-{one.pk}", one.person.name) for one in known]
        if options:
            yield _("Responding parties of this case"), options
        taken = {one.person_id for one in known}
        parties = CaseParty.objects.filter(case=self.case, is_client=False).select_related("person")
        others = [(f"party-{one.pk}", one.person.name) for one in parties if one.person_id not in taken]
        if others:
            yield _("Parties of this case"), others

    def clean(self) -> dict[str, Any]:
        """One recipient, not two and not none; nobody of our own."""
        values = super().clean() or {}
        known, new = values.get("recipient"), values.get("new_name")
        if known and new:
            self.add_error("new_name", _("Either somebody known or somebody new: empty one of the two."))
        elif not known and not new and "recipient" not in self.errors:
            self.add_error("recipient", str(self.nobody))
        if new and CaseParty.objects.filter(case=self.case, is_client=True, person__name__iexact=new.strip()).exists():
            self.add_error(
                "new_name", _("%(name)s is our own client in this case; discovery is sought from others.") % {"name": new}
            )
        if new and RespondingParty.objects.filter(case=self.case, person__name__iexact=new.strip()).exists():
            self.add_error("new_name", _("This name is in the list above already: choose it there."))
        self._address(values)
        return values

    def _address(self, values: dict[str, Any]) -> None:
        begun = [name for name in NEW_FIELDS[3:] if values.get(name)]
        for name in ("new_street", "new_city") if begun else ():
            if not values.get(name):
                self.add_error(name, _("An address needs street and city; or leave it all empty for now."))
        if not values.get("new_name") and (begun or values.get("new_agent")):
            self.add_error("new_name", _("Whose address is this? Write the name."))
        if values.get("new_agent") and values.get("new_kind") == PersonKind.NATURAL:
            self.add_error("new_agent", _("Organizations have registered agents; a natural person is served in person."))

    def place(self, error: Refused | ValidationError) -> None:
        """Show a refusal where this form asks for what the verb refused."""
        if isinstance(error, Refused):
            who = "recipient" if self.cleaned_data.get("recipient") else "new_name"
            places = {"person": who, "responding_party": who, "text": "pasted", "label": "pasted"}
            self.add_error(places.get(error.field), str(error))
        else:
            self.add_error(None, ValidationError(error.messages))

    def person(self) -> Person:
        """Return the new person, not saved."""
        return Person(kind=self.cleaned_data["new_kind"] or PersonKind.ENTITY.value, name=self.cleaned_data["new_name"].strip())
