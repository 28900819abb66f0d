"""Rows of dates: what each says on Today, in the list and in the calendar, and its HTML, drawn without a template a row."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from discovery.enums import DeadlineKind, DeadlineState
from discovery.models.deadlines import BOUNDARIES
from discovery.staff.urgency import OVERDUE, PASSED, TODAY
from discovery.templatetags.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from discovery.staff.walls import MyCase

READ = (
    "pk",
    "case_id",
    "title",
    "kind",
    "ours",
    "state",
    "due_on",
    "due_at",
    "by_hour",
    "zone",
    "red",
    "confirmed_by_id",
    "owner__first_name",
    "owner__last_name",
    "owner__username",
    "demand__responding_party__person__name",
)
STATE_ICONS = {
    OVERDUE: "exclamation-triangle-fill",
    PASSED: "calendar-event",
    TODAY: "bell",
    "open": "clock",
    DeadlineState.DONE.value: "check-circle",
    DeadlineState.VOID.value: "slash-circle",
}
TONES = {
    OVERDUE: "late",
    PASSED: "withdrawn",
    TODAY: "in_review",
    DeadlineState.DONE.value: "approved",
    DeadlineState.VOID.value: "withdrawn",
}
LINE = (
    '<li class="date-row" data-row><span class="date-day">{when}</span><div class="date-body">'
    '<span class="date-what"><a data-open href="{url}" lang="en">{what}</a><span class="sub">{where}</span>{note}</span>'
    '<span class="date-marks">{marks}</span></div></li>\n'
)
CELLS = (
    '<tr data-row><th scope="row"><a data-open href="{url}" lang="en">{what}</a><span class="sub">{responder}</span></th>'
    '<td data-label="{due_label}" class="nowrap">{when}</td>'
    '<td data-label="{case_label}">{case}<span class="sub">{docket}</span></td>'
    '<td data-label="{side_label}">{side}</td>'
    '<td data-label="{owner_label}">{owner}</td>'
    '<td data-label="{status_label}"><span class="date-marks">{marks}</span></td></tr>\n'
)


class DateRow(NamedTuple):
    """A date with every word ready; `at` is the moment on the court's own clock."""

    pk: int
    url: str
    what: str
    responder: str
    case: MyCase
    ours: bool
    look: str
    """overdue, passed, today, open, done or void: derived from the clock, never stored (law 8)."""
    day: date | None
    at: datetime | None
    by_hour: bool
    zone: str
    ahead: int
    """How many of the court's days are left; below 0 it is late."""
    red: bool
    admits: bool
    """Whether what is not answered by then is admitted, without any motion."""
    confirmed: bool
    owner: str

    @property
    def hour(self) -> str:
        """The hour with its zone, when one was set."""
        return f"{self.at:%H:%M %Z}" if self.at is not None and self.by_hour else ""


class Reader:
    """Makes rows from what a query returns for READ: knows the cases, the moment, and what day it is in each zone."""

    def __init__(self, cases: Mapping[int, MyCase], now: datetime) -> None:
        self.cases, self.now = cases, now
        self.base = reverse("deadline-list")
        self._today: dict[str, tuple[ZoneInfo, date]] = {}

    def row(self, values: Sequence[Any]) -> DateRow:
        """Return the row of one tuple in the order of READ."""
        pk, case, title, kind, ours, state, day, at, by_hour, name, red, confirmed, first, last, username, responder = values
        zone, today = self._zone(name)
        ahead = (day - today).days if day else 0
        look = state
        if state == DeadlineState.OPEN and at is not None:
            late = PASSED if kind in BOUNDARIES else OVERDUE
            look = late if at < self.now else TODAY if ahead == 0 else state
        return DateRow(
            pk=pk,
            url=f"{self.base}{pk}/",
            what=title,
            responder=responder or "",
            case=self.cases[case],
            ours=ours,
            look=look,
            day=day,
            at=at.astimezone(zone) if at else None,
            by_hour=by_hour,
            zone=name,
            ahead=ahead,
            red=red,
            admits=red and kind == DeadlineKind.RESPONSE,
            confirmed=confirmed is not None,
            owner=f"{first or ''} {last or ''}".strip() or username or "",
        )

    def _zone(self, name: str) -> tuple[ZoneInfo, date]:
        found = self._today.get(name)
        if found is None:
            zone = ZoneInfo(name)
            found = self._today[name] = (zone, self.now.astimezone(zone).date())
        return found


def drawn_lines(rows: Iterable[DateRow], notes: Mapping[int, str]) -> SafeString:
    """Return the rows' lines for Today, every word escaped; `notes` holds what is to be said of some more, by id."""
    badge = _Badges()
    lines = [
        LINE.format(
            when=_when(row),
            url=row.url,
            what=escape(row.what),
            where=escape(" · ".join(filter(None, (row.responder, row.case.name)))),
            note=f'<span class="sub date-note">{escape(notes[row.pk])}</span>' if notes.get(row.pk) else "",
            marks="".join((badge.left(row), badge.red(row), badge.confirmed(row), badge.owner(row))),
        )
        for row in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped above


def drawn_cells(rows: Iterable[DateRow]) -> SafeString:
    """Return the rows of the list's table, every word escaped."""
    badge = _Badges()
    labels = {
        "due_label": escape(_("Due")),
        "case_label": escape(_("Case")),
        "side_label": escape(_("Whose turn")),
        "owner_label": escape(_("Owner")),
        "status_label": escape(_("Status")),
    }
    sides = {True: escape(_("Ours")), False: escape(_("Theirs"))}
    lines = [
        CELLS.format(
            when=_when(row),
            url=row.url,
            what=escape(row.what),
            responder=escape(row.responder),
            case=escape(row.case.name),
            docket=escape(row.case.docket),
            side=sides[row.ours],
            owner=escape(row.owner),
            marks="".join((badge.left(row), badge.red(row), badge.confirmed(row))),
            **labels,
        )
        for row in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped above


class _Badges:
    """The marks of a page's rows; the words and icons that repeat are made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, object], str] = {}

    def left(self, row: DateRow) -> str:
        """Say how late it is or how long is left; what is done or void says so."""
        if row.day is None and row.look == DeadlineState.OPEN:
            return self._badge("question-circle", "warn", _("needs a person"))
        return self._once((row.look, row.ahead), lambda: self._badge(STATE_ICONS[row.look], TONES.get(row.look, ""), left(row)))

    def red(self, row: DateRow) -> str:
        """Say what the mere passing of the day does."""
        if not row.red or row.day is None or row.look in {PASSED, DeadlineState.DONE, DeadlineState.VOID}:
            return ""
        return self._once(
            (f"red {row.look == OVERDUE} {row.ours} {row.admits}", row.day),
            lambda: self._badge("exclamation-circle", "late" if row.ours else "note", at_stake(row)),
        )

    def confirmed(self, row: DateRow) -> str:
        """Say that a second person agreed to the date."""
        return self._once(("confirmed", None), lambda: _mark("patch-check", _("confirmed"))) if row.confirmed else ""

    def owner(self, row: DateRow) -> str:
        """Say who looks after it."""
        return self._once(("owner", row.owner), lambda: _mark("person", row.owner)) if row.owner else ""

    def _once(self, key: tuple[str, object], make: Callable[[], str]) -> str:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found

    @staticmethod
    def _badge(name: str, tone: str, words: str) -> str:
        return f'<span class="status status-{tone or "plain"}">{icon(name)} {escape(words)}</span> '


def _mark(name: str, words: str) -> str:
    return f'<span class="date-mark">{icon(name)} {escape(words)}</span> '


def left(row: DateRow) -> str:
    """Return how long is left or how late it is, in words."""
    if row.look == OVERDUE:
        late = -row.ahead
        return ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late} if late else _("late since today")
    if row.look == PASSED:
        return _("passed")
    if row.look == TODAY:
        return _("today")
    if row.look == DeadlineState.OPEN:
        return ngettext("in %(n)d day", "in %(n)d days", row.ahead) % {"n": row.ahead}
    return str(_(DeadlineState(row.look).label))


def at_stake(row: DateRow) -> str:
    """Return what the passing of a red date does: it admits, Rule 36(a)(3), or closes the way for good."""
    if not row.admits:
        return _("lost for good") if row.look == OVERDUE else _("lost for good if missed")
    day = {"day": day_words(row.day, "SHORT_DATE_FORMAT")}
    return (_("deemed admitted on %(day)s") if row.look == OVERDUE else _("deemed admitted on %(day)s if not answered")) % day


def _when(row: DateRow) -> str:
    """Return day and hour as HTML."""
    if row.day is None:
        return f'<span class="quiet">{escape(_("no date"))}</span>'
    hour = f' <span class="quiet nowrap">{row.hour}</span>' if row.by_hour else ""
    return f'<time datetime="{row.day.isoformat()}">{escape(day_words(row.day))}</time>{hour}'


def day_words(day: date | None, form: str = "") -> str:
    """Return a day with its weekday as the reader's language writes it."""
    return _written(day, form or _("D j M Y"), get_language()) if day else ""


@lru_cache(maxsize=4096)
def _written(day: date, form: str, _language: str | None) -> str:
    """Return it from memory: days repeat from row to row, and writing one takes long."""
    return date_format(day, form)
