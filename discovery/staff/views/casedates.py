"""The due dates of a case: filtered by what the address says, in pages, as CSV, and a new one entered by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.deadlines import set_by_hand
from discovery.enums import DeadlineKind, DeadlineState
from discovery.models import Case, Deadline
from discovery.models.choices import translated
from discovery.staff.access import CaseMixin
from discovery.staff.due import Due, due_of
from discovery.staff.forms.deadlines import SIDES, NewDateForm, moment_of, person_name
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.sheets import csv_answer

if TYPE_CHECKING:
    from datetime import datetime

    from discovery.staff.forms.base import Label

ALL = "all"
STATES: dict[str, Label] = {
    DeadlineState.OPEN.value: gettext_lazy("Open"),
    DeadlineState.DONE.value: gettext_lazy("Done"),
    DeadlineState.VOID.value: gettext_lazy("No longer applies"),
    ALL: gettext_lazy("All"),
}
SIDE_WORDS = dict(SIDES)
SHOWN_ON_CASE = 10


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of the list with the moment it is due."""

    row: Deadline
    due: Due


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter to click: its value in the address, its words, how many dates it shows."""

    value: str
    label: Label
    count: int
    chosen: bool


class DateFilter:
    """Which dates of a case the address asks for: ?state=open|done|void|all, ?side=ours|theirs, ?kind=; nonsense is unset."""

    def __init__(self, case: Case, asked: Any) -> None:
        self.case = case
        state, side, kind = (str(asked.get(name, "")) for name in ("state", "side", "kind"))
        self.state = state if state in STATES else DeadlineState.OPEN.value
        self.side = side if side in SIDE_WORDS else ""
        self.kind = kind if kind in set(DeadlineKind) else ""

    def rows(self) -> QuerySet[Deadline]:
        """Return the dates; those without a date, which wait for a person, first."""
        rows = Deadline.objects.filter(case=self.case)
        if self.state != ALL:
            rows = rows.filter(state=self.state)
        if self.side:
            rows = rows.filter(ours=self.side == "ours")
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows.select_related("demand__responding_party__person", "owner", "confirmed_by").order_by(
            F("due_at").asc(nulls_first=True), "pk"
        )

    @cached_property
    def counts(self) -> Counter[tuple[str, bool, str]]:
        """How many dates there are by state, side and kind (one query)."""
        grouped = Deadline.objects.filter(case=self.case).order_by().values_list("state", "ours", "kind").annotate(n=Count("pk"))
        return Counter({(state, ours, kind): n for state, ours, kind, n in grouped})

    def count(self, **instead: str) -> int:
        """Return how many dates there would be with one filter set otherwise."""
        wanted = {"state": self.state, "side": self.side, "kind": self.kind, **instead}
        return sum(
            n
            for (state, ours, kind), n in self.counts.items()
            if wanted["state"] in {ALL, state}
            and (not wanted["side"] or (wanted["side"] == "ours") == ours)
            and wanted["kind"] in {"", kind}
        )

    def states(self) -> list[Chip]:
        """Return the states as chips."""
        return [Chip(value, label, self.count(state=value), value == self.state) for value, label in STATES.items()]

    def sides(self) -> list[Chip]:
        """Return who must act as chips."""
        words = {"": gettext_lazy("Both sides"), **SIDE_WORDS}
        return [Chip(value, label, self.count(side=value), value == self.side) for value, label in words.items()]

    def kinds(self) -> list[Chip]:
        """Return the kinds that this case has, and the chosen one."""
        words = translated(DeadlineKind)
        found = [Chip(value, str(label), self.count(kind=value), value == self.kind) for value, label in words]
        return [chip for chip in found if chip.count or chip.chosen]


def lines_of(rows: QuerySet[Deadline] | list[Deadline], now: datetime) -> list[DateLine]:
    """Return dates with their moments."""
    return [DateLine(row, due_of(row, now)) for row in rows]


def next_dates(case: Case) -> tuple[list[DateLine], bool]:
    """Return the next open dates of a case, and whether there are more (one query)."""
    rows = Deadline.objects.filter(case=case, state=DeadlineState.OPEN.value).select_related("demand__responding_party__person")
    found = list(rows.order_by(F("due_at").asc(nulls_first=True), "pk")[: SHOWN_ON_CASE + 1])
    return lines_of(found[:SHOWN_ON_CASE], timezone.now()), len(found) > SHOWN_ON_CASE


class CaseDates(CaseMixin):
    """All dates of a case; the address is the view."""

    template_name = "staff/dates/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show a page of them (a fixed number of queries)."""
        wanted = DateFilter(self.case, request.GET)
        page = paginate(wanted.rows(), request)
        context = {
            "case": self.case,
            "may_edit": self.may_edit_case,
            "filter": wanted,
            "page": page,
            "lines": lines_of(list(page.object_list), timezone.now()),
            "query": request.GET.urlencode(),
            "filtered": bool(wanted.side or wanted.kind or wanted.state != DeadlineState.OPEN),
        }
        return self.page(context)


class CaseDatesExport(CaseMixin):
    """The dates of a case as they are filtered, as CSV."""

    def get(self, request: HttpRequest, **_kwargs: object) -> StreamingHttpResponse:
        """Hand them out, row by row."""
        rows = DateFilter(self.case, request.GET).rows()
        return csv_answer("dates", _head(), _cells(rows))


def _head() -> tuple[str, ...]:
    return (
        _("Due"),
        _("Hour"),
        _("Time zone"),
        _("What"),
        _("To or from"),
        _("Who must act"),
        _("Kind"),
        _("Rests on"),
        _("State"),
        _("Overdue"),
        _("Confirmed by"),
        _("Done on"),
        _("Looked after by"),
        _("If missed"),
    )


def _cells(rows: QuerySet[Deadline]) -> Iterator[tuple[object, ...]]:
    now = timezone.now()
    for row in rows.iterator(chunk_size=2000):
        due = due_of(row, now)
        yield (
            due.day or "",
            f"{due.hour:%H:%M}" if due.hour else "",
            row.zone,
            row.title,
            row.demand.responding_party.person.name if row.demand is not None else "",
            SIDE_WORDS["ours" if row.ours else "theirs"],
            row.get_kind_display(),
            row.get_basis_display(),
            row.get_state_display(),
            _("yes") if due.overdue else "",
            person_name(row.confirmed_by) if row.confirmed_by is not None else "",
            row.done_on or "",
            person_name(row.owner) if row.owner is not None else "",
            row.consequence,
        )


class DateNew(CaseMixin):
    """Enter a date that no recorded fact gives."""

    template_name = "staff/record_form.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form."""
        self.require_editor()
        return self.show(NewDateForm())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Enter it and go to its page; or show the form again with everything typed."""
        self.require_editor()
        form = NewDateForm(request.POST)
        made = form.attempt(lambda: self.enter(form)) if form.is_valid() else None
        if made is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, _("The date is on record. A second person confirms it."))
        return HttpResponseRedirect(reverse("deadline-detail", args=[made.pk]))

    def enter(self, form: NewDateForm) -> Deadline:
        """Call the verb."""
        values = form.cleaned_data
        due = moment_of(values, self.case)
        told = {"ours": values["side"] == "ours", "kind": values["kind"]}
        return set_by_hand(self.case, values["title"], due, values["reason"], by=self.user, **told)

    def show(self, form: NewDateForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        dates = reverse("case-dates", args=[self.case.pk])
        crumbs = [
            (_("Cases"), reverse("case-list")),
            (self.case.name, reverse("case-detail", args=[self.case.pk])),
            (_("Dates"), dates),
        ]
        context = {"form": form, "heading": _("Enter a date by hand"), "crumbs": crumbs, "back": dates, "case": self.case}
        return self.page(context, status=status)
