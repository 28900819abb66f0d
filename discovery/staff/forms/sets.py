"""Forms of the schedule editor: a set's own fields, its numbered texts, texts pasted at once, exhibit lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.sets import NewText, split_texts
from discovery.models import Definition, Exhibit, Instruction, Person, Request, RequestSet
from discovery.staff.forms.base import StaffForm, dress

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from discovery.domain.sets import Item

    SetModelForm = forms.ModelForm[RequestSet]
    ExhibitModelForm = forms.ModelForm[Exhibit]
    PeopleField = forms.ModelMultipleChoiceField[Person]
else:
    SetModelForm = ExhibitModelForm = forms.ModelForm
    PeopleField = forms.ModelMultipleChoiceField

LABELS = {
    "definition": gettext_lazy("Term"),
    "instruction": gettext_lazy("Short label"),
    "request": gettext_lazy("Short label"),
}
MODELS: dict[str, type[Definition | Instruction | Request]] = {
    "definition": Definition,
    "instruction": Instruction,
    "request": Request,
}


def people_of(request_set: RequestSet, request: Request | None = None) -> QuerySet[Person]:
    """Return whom a request may name: custodians of those the set is directed to, and who is named in it already."""
    named = Q(custodianships__responding_party__demands__request_set=request_set)
    if request is not None and request.pk:
        named |= Q(named_in_requests=request)
    return Person.objects.filter(pk__in=Person.objects.filter(named).values("pk")).order_by("name", "pk")


class ItemForm(StaffForm, forms.Form):
    """One numbered text. The verb decides whether its words can stand, so that every way in is refused alike."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    label = forms.CharField(required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "{recipient} and {propounder} are filled in on each paper. A footnote: ^[its words], where its number is to stand."
        ),
    )

    def __init__(self, *args: Any, request_set: RequestSet, kind: str, item: Item | None = None, **kwargs: Any) -> None:
        start: dict[str, Any] = {}
        if item is not None:
            start = {"revision": item.revision, "label": item.label, "text": item.text}
        kwargs.setdefault("initial", start)
        kwargs.setdefault("auto_id", f"id_{kind}_{item.pk if item else 'new'}_%s")
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["label"].label = LABELS[kind]
        # Without the revision a save would overwrite what nobody looked at.
        self.fields["revision"].required = item is not None
        self.fields["label"].widget.attrs["maxlength"] = 160
        if not self.is_bound:
            self.fields["text" if item is not None else "label"].widget.attrs["autofocus"] = True
        if kind == "request":
            self._offer_custodians(request_set, item if isinstance(item, Request) else None)

    def _offer_custodians(self, request_set: RequestSet, request: Request | None) -> None:
        people = people_of(request_set, request)
        if not people.exists():
            return
        self.fields["custodians"] = PeopleField(
            queryset=people, required=False, label=_("Custodians named"), widget=forms.CheckboxSelectMultiple
        )
        dress(self.fields["custodians"])
        if request is not None:
            self.initial["custodians"] = [person.pk for person in request.custodians.all()]

    def place_conflict(self, theirs: Mapping[str, object], revision: int) -> None:
        """Show whom the stored text names, too."""
        if "custodians" in self.fields and isinstance(self.item, Request):
            theirs = {**theirs, "custodians": [person.pk for person in self.item.custodians.all()]}
        super().place_conflict(theirs, revision)

    def new_text(self) -> NewText:
        """Return what was typed, for the verb."""
        return NewText(self.cleaned_data["label"], self.cleaned_data["text"])

    def custodians(self) -> list[Person] | None:
        """Return the persons ticked, None when there was nobody to tick."""
        return list(self.cleaned_data["custodians"]) if "custodians" in self.fields else None


class PasteForm(StaffForm, forms.Form):
    """Several texts at once, one a paragraph."""

    text = forms.CharField(
        label=gettext_lazy("Texts"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One a paragraph: leave an empty line between two. Numbers typed in front are dropped; "
            "a short first line that ends in a colon becomes the label. A footnote: ^[its words]."
        ),
        error_messages={"required": gettext_lazy("Paste or write the texts first.")},
    )

    def clean_text(self) -> str:
        """Refuse what holds no text once its numbers are gone."""
        text: str = self.cleaned_data["text"]
        self.texts = split_texts(text)
        if not self.texts:
            raise forms.ValidationError(_("There is no text in this, only numbers or empty lines."))
        return text


class SetForm(StaffForm, SetModelForm):
    """A set's own fields."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    widths = {"period_from": 4, "period_to": 4, "period_open": 4}

    class Meta:
        model = RequestSet
        fields = [
            "name",
            "preamble",
            "period_from",
            "period_to",
            "period_open",
            "definitions_note",
            "request_heading",
        ]
        widgets = {
            "preamble": forms.Textarea(attrs={"rows": 5}),
            "definitions_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database would refuse."""
        values = super().clean() or {}
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("The period ends before it begins."))
        if end and values.get("period_open"):
            self.add_error("period_open", _("Either a last day or “to the date of production”, not both."))
        return values


class ExhibitForm(StaffForm, ExhibitModelForm):
    """An exhibit list: its letter, and one entry a line."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    widths = {"letter": 2, "title": 10}

    class Meta:
        model = Exhibit
        fields = ["letter", "title", "introduction", "lines"]
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "lines": forms.Textarea(attrs={"rows": 10}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_exhibit_{kwargs['instance'].pk or 'new'}_%s")
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision
            self.fields["revision"].required = True

    def clean_letter(self) -> str:
        """Refuse a letter that the set has already."""
        letter: str = self.cleaned_data["letter"].strip().upper()
        twins = self.instance.request_set.exhibits.filter(letter=letter).exclude(pk=self.instance.pk)
        if twins.exists():
            raise forms.ValidationError(_("There is an Exhibit %(letter)s already.") % {"letter": letter})
        return letter

    def clean_lines(self) -> str:
        """Refuse a list without an entry."""
        lines: str = self.cleaned_data["lines"]
        if not lines.strip():
            raise forms.ValidationError(_("Write at least one entry."))
        return lines
