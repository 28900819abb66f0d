"""Filters of the desk's list: which demands, in which order. A saved view is its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import django_filters
from django import forms
from django.db.models import F, Model, Q
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.enums import DemandKind, DemandStatus
from discovery.models import CaseMembership, Demand, RequestSet, RespondingParty, Service
from discovery.models.base import EDITING_ROLES
from discovery.models.choices import translated
from discovery.staff.forms.base import dress
from discovery.staff.ids import is_id

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)

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


def query_without(query: QueryDict, *names: str, **instead: str) -> str:
    """Return a list's query string without some of its values and without the page, with others instead."""
    rest = query.copy()
    for name in (*names, "page"):
        rest.pop(name, None)
    for name, value in instead.items():
        rest[name] = value
    return rest.urlencode()


class PlainSelect(forms.Select):
    """A select without a template an option: 200 options through templates take longer than the whole list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select's HTML, every value escaped."""
        del renderer
        chosen = str(value or "")
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) == chosen else ""}>{escape(str(label))}</option>'
            for key, label in self.choices
        )
        attributes = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return mark_safe(f"<select{attributes}>{options}</select>")  # noqa: S308 - each part is escaped above


class OfferedField(forms.ChoiceField):
    """A choice among rows that are known already: the list offers the first and the chosen one, any of them is valid."""

    widget = PlainSelect
    default_error_messages = {"invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"]}
    rows: Mapping[str, str] = {}

    def offer(self, rows: Mapping[str, str], chosen: str, every: str = "") -> None:
        """Take the rows, name by id, and what to call them together."""
        self.rows = rows
        offered = dict(islice(rows.items(), OFFERED))
        if chosen in rows:
            offered.setdefault(chosen, rows[chosen])
        self.choices = [("", every or _("All")), *offered.items()]

    def valid_value(self, value: Any) -> bool:
        """Whether it is one of the rows, offered or not."""
        return str(value) in self.rows


class OfferedFilter(django_filters.Filter):  # type: ignore[misc]
    """Filters by one of the rows of an `OfferedField`."""

    field_class = OfferedField


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case the user is a member of, as the list needs it."""

    pk: int
    name: str
    docket: str
    editable: bool


def known_cases(user: User) -> dict[int, KnownCase]:
    """Return the cases inside the user's walls by id, in the order of their names (one query)."""
    rows = CaseMembership.objects.filter(user=user).order_by("case__name", "case_id")
    found = rows.values_list("case_id", "case__name", "case__docket_number", "role")
    return {pk: KnownCase(pk, name, docket, role in EDITING_ROLES) for pk, name, docket, role in found}


class DemandFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Demands the user may see, by case, responding party, kind, status, due date and words.

    The user's cases are asked for first, so that the database walks an index of the list instead of joining memberships.
    """

    text = django_filters.CharFilter(method="by_words", label=gettext_lazy("Search"))
    case = OfferedFilter(field_name="case_id", label=gettext_lazy("Case"))
    responding_party = OfferedFilter(field_name="responding_party_id", label=gettext_lazy("Responding party"))
    kind = django_filters.ChoiceFilter(
        choices=translated(DemandKind), label=gettext_lazy("Kind"), empty_label=gettext_lazy("All"), widget=PlainSelect
    )
    status = django_filters.ChoiceFilter(
        choices=translated(DemandStatus), label=gettext_lazy("Status"), empty_label=gettext_lazy("All"), widget=PlainSelect
    )
    due_from = django_filters.DateFilter(method="by_due_from", label=gettext_lazy("Due from"))
    due_to = django_filters.DateFilter(method="by_due_to", label=gettext_lazy("Due to"))
    proof = django_filters.ChoiceFilter(
        choices=[("missing", gettext_lazy("missing"))], method="by_proof", label=gettext_lazy("Proof of service")
    )

    class Meta:
        model = Demand
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        self.cases = known_cases(user)
        super().__init__(data, queryset=self.walled(Demand.objects.all()))
        case, responder = (str(data.get(name, "")) for name in ("case", "responding_party"))
        self.form.fields["case"].offer({str(known.pk): known.name for known in self.cases.values()}, case)
        self.form.fields["responding_party"].offer(self._responders(case, responder), responder)
        for field in self.form.fields.values():
            dress(field)

    def _responders(self, case: str, chosen: str) -> dict[str, str]:
        """Return the first responding parties of the chosen case or of all, and the chosen one (one query, seldom two)."""
        rows = self.walled(RespondingParty.objects.order_by("person__name", "pk"))
        if is_id(case):
            rows = rows.filter(case_id=int(case))
        named = rows.values_list("pk", "person__name")
        found = {str(pk): name for pk, name in named[:OFFERED]}
        if is_id(chosen) and chosen not in found:
            found |= {str(pk): name for pk, name in named.filter(pk=int(chosen))}
        return found

    def walled(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Return the rows of the user's cases."""
        return rows.filter(case_id__in=list(self.cases))

    def by_words(self, rows: QuerySet[Demand], _name: str, words: str) -> QuerySet[Demand]:
        """Find words in the responder's, the set's and the case's name, and in the case number."""
        for word in words.split()[:8]:
            cases = [case.pk for case in self.cases.values() if word.casefold() in f"{case.name}\n{case.docket}".casefold()]
            if len(cases) < len(self.cases):
                responders = self.walled(RespondingParty.objects.filter(person__name__icontains=word)).order_by()
                sets = self.walled(RequestSet.objects.filter(name__icontains=word)).order_by()
                rows = rows.filter(
                    Q(responding_party__in=responders.values("pk")) | Q(request_set__in=sets.values("pk")) | Q(case_id__in=cases)
                )
        return rows

    def by_due_from(self, rows: QuerySet[Demand], _name: str, day: date) -> QuerySet[Demand]:
        """Due on that day or later."""
        return rows.filter(due_at__gte=_midnight(day))

    def by_due_to(self, rows: QuerySet[Demand], _name: str, day: date) -> QuerySet[Demand]:
        """Due on that day or earlier."""
        return rows.filter(due_at__lt=_midnight(day + timedelta(days=1)))

    def by_proof(self, rows: QuerySet[Demand], _name: str, _missing: str) -> QuerySet[Demand]:
        """Served, and the proof of the service that counts is not on file."""
        return rows.filter(
            status=DemandStatus.SERVED.value, pk__in=Service.objects.filter(superseded=False, proof=None).values("demand_id")
        )

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
            shown = self._named(name, value)
            found.append({"label": str(field.label), "value": str(localize(shown)), "without": query_without(self.data, name)})
        return found

    def _named(self, name: str, value: Any) -> object:
        if name == "case":
            case = self.cases[int(value)]
            return f"{case.name}, {case.docket}"
        if name in {"responding_party", "kind", "status", "proof"}:
            return dict(self.form.fields[name].choices).get(value, value)
        return value


def _midnight(day: date) -> datetime:
    """Return the first moment of a day in the reader's time zone."""
    start = datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
    return start.astimezone(UTC)
