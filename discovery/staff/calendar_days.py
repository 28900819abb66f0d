"""The calendar's days: what is due on each, whether the courts are closed and why, which of them is today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.dates.counting import CourtLaw
from discovery.enums import DeadlineState
from discovery.law.closed_days import WEEKEND
from discovery.law.refusals import LawRefused
from discovery.models import Court, Deadline
from discovery.staff.date_rows import READ, STATE_ICONS, DateRow, Reader, day_words, left
from discovery.templatetags.icons import icon

if TYPE_CHECKING:
    from discovery.staff.walls import Walls

ONE = timedelta(days=1)
MONTH, WEEK, AGENDA = "month", "week", "agenda"
AGENDA_DAYS = 14
SHOWN = {MONTH: 4, WEEK: 25, AGENDA: 30}
"""How many entries of a day each view shows; the rest is a count that leads on."""
ENTRY = (
    '<li class="cal-entry cal-{look}" data-row><a data-open href="{url}">{icon} <span>{hour}<span lang="en">{what}</span>'
    '<span class="visually-hidden">, {state}</span><span class="cal-case"> · {case}</span></span></a></li>\n'
)
DAY = (
    '<{tag} class="cal-day{looks}"{current}><div class="cal-head"><a href="{agenda}"><time datetime="{iso}">'
    '<span class="cal-number" aria-hidden="true">{number}</span><span class="cal-full">{words}</span></time></a>'
    "{today}{names}</div>{entries}{more}</{tag}>\n"
)
MORE = '<a class="cal-more" href="{url}">{hidden}<span class="visually-hidden"> {words}</span></a>'


class Span(NamedTuple):
    """The days that a view shows, and from which day its neighbours are shown."""

    first: date
    last: date
    previous: date
    following: date

    def days(self) -> list[date]:
        """Return each day."""
        return [self.first + ONE * number for number in range((self.last - self.first).days + 1)]


@dataclass
class Day:
    """One day of the calendar."""

    day: date
    today: bool
    outside: bool
    """Whether it belongs to the month before or after the one that is shown."""
    closed: bool
    """Whether every court shown is closed."""
    names: list[str]
    """Holidays and closures by name; weekends are shaded without a word."""
    rows: list[DateRow] = field(default_factory=list)
    total: int = 0

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)

    @property
    def bare(self) -> bool:
        """Whether there is nothing to say of it."""
        return not self.rows and not self.names


def span_of(view: str, day: date) -> Span:
    """Return the days that a view of a day shows: whole weeks for the month, as the reader's language begins them."""
    begins = int(get_format("FIRST_DAY_OF_WEEK"))
    week = day - ONE * ((day.isoweekday() - begins) % 7)
    if view == WEEK:
        return Span(week, week + 6 * ONE, day - 7 * ONE, day + 7 * ONE)
    if view == AGENDA:
        return Span(day, day + (AGENDA_DAYS - 1) * ONE, day - AGENDA_DAYS * ONE, day + AGENDA_DAYS * ONE)
    first = day.replace(day=1)
    following = (first + 31 * ONE).replace(day=1)
    start, end = first - ONE * ((first.isoweekday() - begins) % 7), following - ONE
    return Span(start, end + ONE * (6 - (end - start).days % 7), (first - ONE).replace(day=1), following)


class Closings:
    """When the courts of the shown cases are closed (2 queries)."""

    def __init__(self, courts: Iterable[int]) -> None:
        found = Court.objects.filter(pk__in=set(courts)).prefetch_related("closures").order_by("short_name")
        self.laws = [CourtLaw(court) for court in found]
        self.unknown: dict[str, LawRefused] = {}
        """Courts whose holidays are not recorded for a day that was asked for, with the reason."""

    def of(self, day: date) -> tuple[bool, list[str]]:
        """Return whether all are closed on a day, and the names of holidays and closures, with the court where they differ."""
        reasons = {law.court.short_name: self._reason(law, day) for law in self.laws}
        named: dict[str, list[str]] = {}
        for court, reason in reasons.items():
            if reason and reason not in WEEKEND:
                named.setdefault(reason, []).append(court)
        several = len(self.laws) > 1
        names = [
            f"{name} ({', '.join(courts)})" if several and len(courts) < len(self.laws) else name for name, courts in named.items()
        ]
        return all(reasons.values()) if reasons else day.weekday() >= 5, names

    def _reason(self, law: CourtLaw, day: date) -> str:
        try:
            reason = law.closed(day)
        except LawRefused as refusal:
            self.unknown.setdefault(law.court.short_name, refusal)
            return WEEKEND[day.weekday() - 5] if day.weekday() >= 5 else ""
        return reason.name if reason else ""

    def todays(self, now: datetime) -> Counter[date]:
        """Return which day it is at the courts, and at how many."""
        return Counter(law.today(now) for law in self.laws)


def days_of(
    rows: QuerySet[Deadline], view: str, day: date, walls: Walls, closings: Closings, now: datetime
) -> tuple[Span, list[Day]]:
    """Return the days of a view with their entries (one query): of each day the first, what is done last."""
    span = span_of(view, day)
    todays = closings.todays(now)
    days = {}
    for one in span.days():
        closed, names = closings.of(one)
        days[one] = Day(one, one in todays, view == MONTH and one.month != day.month, closed, names)
    states = [DeadlineState.OPEN.value, DeadlineState.DONE.value]
    numbered = (
        rows.filter(due_on__gte=span.first, due_on__lte=span.last, state__in=states)
        .annotate(
            place=Window(RowNumber(), partition_by=["due_on"], order_by=["-state", "due_at", "pk"]),
            total=Window(Count("pk"), partition_by=["due_on"]),
        )
        .filter(Q(place__lte=SHOWN[view]))
        .order_by("due_on", "place")
    )
    reader = Reader(walls.cases, now)
    for *values, total in numbered.values_list(*READ, "total"):
        row = reader.row(values)
        assert row.day is not None
        days[row.day].rows.append(row)
        days[row.day].total = total
    return span, list(days.values())


def drawn_weeks(days: Sequence[Day], view: str, query: str) -> SafeString:
    """Return the days in table rows of seven."""
    cells = [_day(day, "td", view, query) for day in days]
    rows = ("".join(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return mark_safe("".join(f"<tr>{row}</tr>\n" for row in rows))  # noqa: S308 - each part is escaped below


def drawn_agenda(days: Iterable[Day], query: str) -> SafeString:
    """Return as list items the days of which there is something to say."""
    return mark_safe("".join(_day(day, "li", AGENDA, query) for day in days if not day.bare))  # noqa: S308 - escaped below


def _day(day: Day, tag: str, view: str, query: str) -> str:
    """Return a day's cell, every word escaped; `query` is what the address says of case and side."""
    looks = {"closed": day.closed, "outside": day.outside, "today": day.today, "bare": day.bare}
    iso, words, query = day.day.isoformat(), escape(day_words(day.day)), escape(query)
    agenda = f"?view={AGENDA}&amp;day={iso}{query}"
    more = f"{reverse('deadline-list')}?due_from={iso}&amp;due_to={iso}{query}" if view == AGENDA else agenda
    hidden = ngettext("%(n)d more", "%(n)d more", day.hidden) % {"n": day.hidden} if day.hidden else ""
    return DAY.format(
        tag=tag,
        looks="".join(f" cal-{look}" for look, so in looks.items() if so),
        current=' aria-current="date"' if day.today else "",
        agenda=agenda,
        iso=iso,
        number=day.day.day,
        words=words,
        today=f'<span class="cal-now">{escape(_("Today"))}</span>' if day.today else "",
        names="".join(f'<span class="cal-name" lang="en">{escape(name)}</span>' for name in day.names),
        entries=f'<ul class="cal-entries">{drawn(day.rows)}</ul>' if day.rows else "",
        more=MORE.format(url=more, hidden=escape(hidden), words=words) if hidden else "",
    )


def drawn(rows: Iterable[DateRow]) -> str:
    """Return a day's entries, every word escaped."""
    lines = [
        ENTRY.format(
            look=row.look if row.ours or row.look == DeadlineState.DONE else f"{row.look} cal-theirs",
            url=row.url,
            icon=icon(STATE_ICONS[row.look] if row.ours or row.look != DeadlineState.OPEN else "hourglass-split"),
            hour=_hour(row),
            what=escape(row.what),
            state=escape(left(row) if row.ours else _("theirs, %(state)s") % {"state": left(row)}),
            case=escape(" · ".join(filter(None, (row.responder, row.case.name)))),
        )
        for row in rows
    ]
    return "".join(lines)


def _hour(row: DateRow) -> str:
    if not row.by_hour:
        return ""
    hour, zone = row.hour.split(" ", 1)
    return f'<span class="cal-hour">{hour}<span class="cal-zone"> {zone}</span></span> '
