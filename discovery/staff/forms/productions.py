"""Forms about productions: a volume with its pages and its requests in one go, a range more, ties in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.productions.coverage import ANSWERED_BY_PAGES, ranges_of
from discovery.domain.productions.producing import (
    Tie,
    add_ranges,
    correct_production,
    log_production,
    tie_pages,
    typed_ranges,
    untie_pages,
)
from discovery.domain.service.rows import WITH_TEXTS, with_texts
from discovery.law.bates import Pages, listed
from discovery.models import BatesRange, Demand, Production, RequestRow, RespondingParty
from discovery.staff.forms.base import RecordForm, Section, StaffForm, dress
from discovery.staff.forms.methods import name_stored, upload_field

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.forms.boundfield import BoundField

    RowsField = forms.ModelMultipleChoiceField[RequestRow]
else:
    RowsField = forms.ModelMultipleChoiceField

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request to tie pages to; `tick` and `pages` are its fields in the form of a new volume, `tied` what it has."""

    row: RequestRow
    label: str
    text: str
    tick: BoundField | None = None
    pages: BoundField | None = None
    tied: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class RequestGroup:
    """The requests of one demand."""

    demand: Demand
    lines: list[RequestLine]
    open: bool


def rows_for(responding_party: RespondingParty) -> list[tuple[RequestRow, dict[str, Any]]]:
    """Return the requests directed to a party that pages can answer, with their texts (1 query)."""
    rows = RequestRow.objects.filter(demand__responding_party=responding_party, demand__kind__in=ANSWERED_BY_PAGES)
    return with_texts(rows.select_related(*WITH_TEXTS).order_by("demand__pk", "number"))


def grouped(lines: list[RequestLine], first: int | None) -> list[RequestGroup]:
    """Return requests by demand, the demand `first` before the others; one group alone, or that one, stands open."""
    groups: dict[int, RequestGroup] = {}
    several = len({line.row.demand_id for line in lines}) > 1
    for line in lines:
        demand = line.row.demand
        group = groups.setdefault(demand.pk, RequestGroup(demand, [], not several or demand.pk == first))
        group.lines.append(line)
    return sorted(groups.values(), key=lambda group: group.demand.pk != first)


def ranges_field(**kwargs: Any) -> forms.CharField:
    """Return the field for Bates ranges."""
    return forms.CharField(
        label=gettext_lazy("pages, as they are stamped"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("META000001-META000250; several with ; or one a line. The second end may be the number alone."),
        **kwargs,
    )


class PagesTyped(StaffForm):
    """Mixin: a field with ranges is cleaned to `Pages`."""

    def read_pages(self, name: str) -> list[Pages]:
        """Return the ranges typed in a field. Raises ValidationError, saying how to write them."""
        try:
            return typed_ranges(self.cleaned_data[name], field=name)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ProductionForm(PagesTyped, RecordForm[Production]):
    """A volume; a new one is tied to requests in the same step."""

    ranges = ranges_field()
    upload = upload_field(gettext_lazy("cover letter"))
    layout = (
        (gettext_lazy("What came"), ("ranges", "produced_on", "medium", "volume")),
        (gettext_lazy("More about it"), ("confidentiality", "sha256", "upload", "note")),
    )
    widths = {"produced_on": 3, "medium": 5, "volume": 4, "confidentiality": 4, "sha256": 8}
    duplicates = {
        "volume_once_per_responder": ("volume", gettext_lazy("A volume of this name is recorded for this party; open that one."))
    }

    class Meta:
        model = Production
        fields = ["produced_on", "medium", "volume", "confidentiality", "sha256", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "note": gettext_lazy("For us: never printed"),
            "confidentiality": gettext_lazy("As stamped: CONFIDENTIAL"),
            "volume": gettext_lazy("Its own name: META-VOL001"),
        }

    def __init__(self, *args: Any, demand: Demand | None = None, **kwargs: Any) -> None:
        self.demand = demand
        self.found: list[tuple[RequestRow, dict[str, Any]]] = []
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        """A new volume: today, the next name, and its requests to tick. A stored one: its ranges."""
        name_stored(self.fields["upload"], self.instance.paper)
        if not self.is_new:
            self.initial["ranges"] = one_a_line(self.instance)
            return
        responder = self.instance.responding_party
        self.initial["produced_on"] = self.initial.get("produced_on") or CourtLaw(self.instance.case.court).today()
        self.initial["volume"] = self.initial.get("volume") or next_volume(responder)
        last = BatesRange.objects.filter(production__responding_party=responder).order_by("-production_id", "-last").first()
        if last is not None:
            self.fields["ranges"].help_text = _("The last page on record is %(page)s. Write it as META000001-META000250.") % {
                "page": last.label(last.last)
            }
        self.found = rows_for(responder)
        for row, text in self.found:
            self._add_row(row, text["label"])

    def _add_row(self, row: RequestRow, words: str) -> None:
        name = _("No. %(number)d %(label)s") % {"number": row.number, "label": words}
        tick = forms.BooleanField(label=name, required=False)
        pages = forms.CharField(
            label=_("Pages that answer no. %(number)d") % {"number": row.number}, required=False, max_length=LONGEST
        )
        pages.widget.attrs |= {"placeholder": _("all of it"), "spellcheck": "false"}
        for key, field in ((f"row_{row.pk}", tick), (f"pages_{row.pk}", pages)):
            dress(field)
            self.fields[key] = field

    @property
    def sections(self) -> list[Section]:
        """The volume's own fields: its requests stand in a table of their own."""
        return [section for section in super().sections if section.heading]

    def groups(self) -> list[RequestGroup]:
        """Return the requests to tick, by demand."""
        lines = [
            RequestLine(row, text["label"], text["text"], self[f"row_{row.pk}"], self[f"pages_{row.pk}"])
            for row, text in self.found
        ]
        groups = grouped(lines, self.demand.pk if self.demand is not None else None)
        bad = {name for name in self.errors if name.startswith("pages_")}
        ticked = {
            line.row.pk
            for line in lines
            if self.is_bound and ((line.tick and line.tick.value()) or (line.pages and line.pages.value()))
        }
        return [
            RequestGroup(
                group.demand,
                group.lines,
                group.open or any(f"pages_{line.row.pk}" in bad or line.row.pk in ticked for line in group.lines),
            )
            for group in groups
        ]

    def clean_ranges(self) -> list[Pages]:
        """Read the ranges."""
        return self.read_pages("ranges")

    def clean(self) -> dict[str, Any]:
        """Read the pages of each request; one with pages is ticked by that."""
        values = super().clean() or self.cleaned_data
        self.ties: list[Tie] = []
        for row, _text in self.found:
            name = f"pages_{row.pk}"
            try:
                pages = self.read_pages(name) if values.get(name) else []
            except forms.ValidationError as error:
                self.add_error(name, error)
                continue
            if values.get(f"row_{row.pk}") or pages:
                self.ties.append(Tie(row, tuple(pages)))
        return values

    def stored_values(self) -> dict[str, object]:
        """Return the ranges on record."""
        return {"ranges": one_a_line(self.instance)}

    def store(self) -> Production:
        """Record the volume with its ties, or mend its record."""
        values = self.cleaned_data
        if self.is_new:
            return log_production(self.instance, values["ranges"], self.ties, by=self.user, upload=values["upload"])
        return correct_production(
            self.instance, values["ranges"], by=self.user, revision=values["revision"], upload=values["upload"]
        )


class RangesForm(PagesTyped, forms.Form):
    """Pages that came later under the same volume."""

    ranges = ranges_field()

    def __init__(self, *args: Any, production: Production, user: User, **kwargs: Any) -> None:
        self.production, self.user = production, user
        super().__init__(*args, **kwargs)
        self.fields["ranges"].label = _("pages to add")

    def clean_ranges(self) -> list[Pages]:
        """Read them."""
        return self.read_pages("ranges")

    def store(self) -> Production:
        """Add them."""
        return add_ranges(self.production, self.cleaned_data["ranges"], by=self.user)


class TieForm(PagesTyped, forms.Form):
    """Pages of a volume, and the requests they answer or do not answer."""

    pages = forms.CharField(
        label=gettext_lazy("which pages"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Empty: all pages of this volume. Or META000001-META000020; META000031"),
    )
    rows = RowsField(queryset=RequestRow.objects.none(), label=gettext_lazy("requests"), required=False)
    act = forms.ChoiceField(choices=[("tie", ""), ("untie", "")], widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, production: Production, user: User, **kwargs: Any) -> None:
        self.production, self.user = production, user
        super().__init__(*args, **kwargs)
        rows = self.fields["rows"]
        assert isinstance(rows, forms.ModelMultipleChoiceField)
        rows.queryset = RequestRow.objects.filter(
            demand__responding_party=production.responding_party, demand__kind__in=ANSWERED_BY_PAGES
        ).select_related("demand__responding_party__person")

    def clean_pages(self) -> list[Pages]:
        """Read them."""
        return self.read_pages("pages")

    def groups(self, tied: Mapping[int, list[Pages]], first: int | None) -> list[RequestGroup]:
        """Return the requests by demand with what each is tied to now."""
        chosen = {str(value) for value in self["rows"].value() or ()}
        lines = [
            RequestLine(row, text["label"], text["text"], tied=listed(tied.get(row.pk, ())), chosen=str(row.pk) in chosen)
            for row, text in rows_for(self.production.responding_party)
        ]
        groups = grouped(lines, first)
        return [RequestGroup(one.demand, one.lines, one.open or _matters(one)) for one in groups]

    def store(self) -> int:
        """Tie or untie; return how many requests it changed."""
        values = self.cleaned_data
        act = untie_pages if values["act"] == "untie" else tie_pages
        return act(self.production, values["rows"], values["pages"], by=self.user)


def _matters(group: RequestGroup) -> bool:
    return any(line.tied or line.chosen for line in group.lines)


def one_a_line(production: Production) -> str:
    """Return the ranges of a production as its form shows them."""
    return "\n".join(str(one) for one in ranges_of(production))


def next_volume(responding_party: RespondingParty) -> str:
    """Return the name that would come after the party's last volume: META-VOL002 after META-VOL001; "" without one."""
    last = Production.objects.filter(responding_party=responding_party).order_by("-pk").values_list("volume", flat=True).first()
    stem = (last or "").rstrip("0123456789")
    number = (last or "")[len(stem) :]
    return f"{stem}{int(number) + 1:0{len(number)}d}" if number and len(number) < 10 else ""
