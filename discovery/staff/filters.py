"""Filters of the desk's list: which demands, in which order. A saved view is its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import F, Q
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.enums import DemandKind, DemandStatus
from discovery.models import Case, Demand, RespondingParty
from discovery.models.choices import translated
from discovery.staff.forms.base import dress

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

OFFERED = 200
"""How many rows a filter's list shows; the text search reaches the others."""

SORTS: dict[str, tuple[Any, ...]] = {
    "created": (F("created_at").asc(), F("id").asc()),
    "-created": (F("created_at").desc(), F("id").desc()),
    "due": (F("due_at").asc(nulls_last=True), F("id").desc()),
    "-due": (F("due_at").desc(nulls_last=True), F("id").asc()),
    "responder": (F("responding_party__person__name").asc(), F("id").desc()),
    "-responder": (F("responding_party__person__name").desc(), F("id").desc()),
    "status": (F("status").asc(), F("kind").asc(), F("created_at").desc(), F("id").desc()),
    "-status": (F("status").desc(), F("kind").desc(), F("created_at").asc(), F("id").asc()),
}
"""Each order runs along an index of Demand, forwards or backwards, so that the first page needs no sorting."""

NEWEST = "-created"


class PlainSelect(forms.Select):
    """A select without a template an option: 200 options through templates take longer than the whole list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select's HTML, every value escaped."""
        del renderer
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs({**self.attrs, "name": name}, attrs)), options)


class _FewRows(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """Offers the first rows, and the chosen one; all rows of the queryset stay valid in an address."""

    def __iter__(self) -> Iterator[Any]:
        yield "", _("All")
        field: Any = self.field
        named: Any = self.queryset.values_list("pk", field.naming)
        offered = list(named[:OFFERED])
        yield from offered
        chosen = str(getattr(field, "chosen", None) or "")
        if chosen.isdecimal() and len(chosen) < 19 and chosen not in {str(pk) for pk, _name in offered}:
            yield from named.filter(pk=chosen)


class FewRowsField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among many rows of which the list shows the first, by the column `naming`."""

    iterator = _FewRows
    widget = PlainSelect
    naming = "name"


class FewRowsFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Filters by one of many rows."""

    field_class = FewRowsField


class DemandFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Demands the user may see, by case, responding party, kind, status, due date and words."""

    text = django_filters.CharFilter(method="by_words", label=gettext_lazy("Search"))
    case = FewRowsFilter(queryset=Case.objects.none(), label=gettext_lazy("Case"))
    responding_party = FewRowsFilter(queryset=RespondingParty.objects.none(), label=gettext_lazy("Responding party"))
    kind = django_filters.ChoiceFilter(choices=translated(DemandKind), label=gettext_lazy("Kind"), empty_label=gettext_lazy("All"))
    status = django_filters.ChoiceFilter(
        choices=translated(DemandStatus), label=gettext_lazy("Status"), empty_label=gettext_lazy("All")
    )
    due_from = django_filters.DateFilter(method="by_due_from", label=gettext_lazy("Due from"))
    due_to = django_filters.DateFilter(method="by_due_to", label=gettext_lazy("Due to"))

    class Meta:
        model = Demand
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=Demand.objects.visible_to(user))
        self.filters["case"].queryset = Case.objects.visible_to(user)
        responders = RespondingParty.objects.visible_to(user).order_by("person__name", "pk")
        case = str(data.get("case", ""))
        if case.isdecimal() and len(case) < 19:
            responders = responders.filter(case_id=int(case))
        self.filters["responding_party"].queryset = responders
        for name in ("case", "responding_party"):
            self.form.fields[name].chosen = data.get(name)
        self.form.fields["responding_party"].naming = "person__name"
        for field in self.form.fields.values():
            dress(field)

    def by_words(self, rows: QuerySet[Demand], _name: str, words: str) -> QuerySet[Demand]:
        """Find words in the responder's, the set's and the case's name, and in the case number."""
        for word in words.split()[:8]:
            rows = rows.filter(
                Q(responding_party__person__name__icontains=word)
                | Q(request_set__name__icontains=word)
                | Q(case__name__icontains=word)
                | Q(case__docket_number__icontains=word)
            )
        return rows

    def by_due_from(self, rows: QuerySet[Demand], _name: str, day: date) -> QuerySet[Demand]:
        """Due on that day or later."""
        return rows.filter(due_at__gte=_midnight(day))

    def by_due_to(self, rows: QuerySet[Demand], _name: str, day: date) -> QuerySet[Demand]:
        """Due on that day or earlier."""
        return rows.filter(due_at__lt=_midnight(day + timedelta(days=1)))

    def sort(self) -> str:
        """Return the order that was asked for: a key of SORTS."""
        wanted = self.data.get("sort", NEWEST)
        return wanted if wanted in SORTS else NEWEST

    def sorted_rows(self) -> QuerySet[Demand]:
        """Return the filtered demands in order; none while a filter's value is wrong, so that nobody acts on too many."""
        rows: QuerySet[Demand] = self.qs if self.form.is_valid() else self.queryset.none()
        return rows.order_by(*SORTS[self.sort()])

    def chips(self) -> list[dict[str, str]]:
        """Return the filters in force: label, value as people read it, and the query string without it."""
        found = []
        values = self.form.cleaned_data if self.form.is_valid() else {}
        for name, value in values.items():
            if value in (None, ""):
                continue
            field = self.form.fields[name]
            shown = dict(field.choices).get(value, value) if name in {"kind", "status"} else value
            rest = self.data.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            found.append({"label": str(field.label), "value": str(localize(shown)), "without": rest.urlencode()})
        return found


def _midnight(day: date) -> datetime:
    """Return the first moment of a day in the reader's time zone."""
    start = datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
    return start.astimezone(UTC)
