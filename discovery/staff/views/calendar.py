"""The calendar: month, week and agenda of the dates of all the user's cases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.counting import in_words
from discovery.models import Deadline
from discovery.staff.access import StaffView
from discovery.staff.calendar_days import AGENDA, MONTH, WEEK, Closings, Span, days_of, drawn_agenda, drawn_weeks
from discovery.staff.date_filters import day_of
from discovery.staff.date_rows import day_words
from discovery.staff.filters import OfferedField, PlainSelect
from discovery.staff.forms.base import dress
from discovery.staff.walls import Walls

if TYPE_CHECKING:
    from django.db.models import QuerySet

VIEWS = {MONTH: gettext_lazy("Month"), WEEK: gettext_lazy("Week"), AGENDA: gettext_lazy("Agenda")}
SIDES = [("all", gettext_lazy("Both sides")), ("ours", gettext_lazy("Ours")), ("theirs", gettext_lazy("Theirs"))]
EARLIEST, LATEST = date(1971, 1, 1), date(2200, 1, 1)


class CalendarForm(forms.Form):
    """Which cases and whose dates."""

    case = OfferedField(label=gettext_lazy("Case"), required=False)
    whose = forms.ChoiceField(label=gettext_lazy("Whose turn"), choices=SIDES, required=False, widget=PlainSelect)

    def __init__(self, data: QueryDict, walls: Walls) -> None:
        super().__init__(data)
        case = self.fields["case"]
        assert isinstance(case, OfferedField)
        case.offer({str(one.pk): one.name for one in walls.cases.values()}, str(data.get("case", "")), _("All cases"))
        for one in self.fields.values():
            dress(one)


class Calendar(StaffView):
    """A month, a week or some days on end; ?view=, ?day=, ?case=, ?whose= say what is shown."""

    template_name = "staff/calendar.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it (a fixed number of queries); nonsense in the address means the month of the courts' today."""
        walls, now = Walls(self.user), timezone.now()
        form = CalendarForm(request.GET, walls)
        values = form.cleaned_data if form.is_valid() else {}
        case, whose = values.get("case", ""), values.get("whose", "")
        view = request.GET.get("view", MONTH)
        view = view if view in VIEWS else MONTH
        closings = Closings([walls.cases[int(case)].court] if case else [one.court for one in walls.cases.values()])
        today = max(closings.todays(now).most_common(), default=(timezone.localdate(), 0), key=lambda one: one[1])[0]
        day = day_of(request.GET.get("day", "")) or today
        day = min(max(day, EARLIEST), LATEST)
        rows = self._rows(walls, case, whose) if form.is_valid() else Deadline.objects.none()
        span, days = days_of(rows, view, day, walls, closings, now)
        query = "".join(f"&{name}={value}" for name, value in (("case", case), ("whose", whose)) if value)
        return self.page(
            {
                "form": form,
                "view": view,
                "views": VIEWS.items(),
                "day": day,
                "today": today,
                "title": _title(view, day, span),
                "span": span,
                "days": days,
                "lines": drawn_agenda(days, query) if view == AGENDA else drawn_weeks(days, view, query),
                "heads": [(one.day.weekday(), WEEKDAYS[one.day.weekday()]) for one in days[:7]],
                "any": any(one.total for one in days),
                "unknown": [f"{court}: {in_words(refusal)}" for court, refusal in closings.unknown.items()],
                "query": query,
                "cases": walls.cases,
            }
        )

    def _rows(self, walls: Walls, case: str, whose: str) -> QuerySet[Deadline]:
        rows = walls.hold(Deadline.objects.order_by())
        if case:
            rows = rows.filter(case_id=int(case))
        if whose in {"ours", "theirs"}:
            rows = rows.filter(ours=whose == "ours")
        return rows


def _title(view: str, day: date, span: Span) -> str:
    if view == MONTH:
        return day_words(day, "YEAR_MONTH_FORMAT")
    return _("%(first)s to %(last)s") % {"first": day_words(span.first), "last": day_words(span.last)}
