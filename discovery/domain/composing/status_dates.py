"""What a report says of due dates: overdue, within 14 days, within 30, and those for which there is no date yet (1 query)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from discovery.domain.composing.printed import printed_date, printed_hour
from discovery.enums import DeadlineState
from discovery.models import Case, Deadline
from discovery.papers.status_report import StatusTable

SOON, LATER = timedelta(days=14), timedelta(days=30)
COLUMNS = ("Due", "What", "Who must act", "Concerns", "Confirmed")
UNDATED_COLUMNS = ("What", "Who must act", "Concerns")


def date_tables(case: Case, now: datetime) -> tuple[StatusTable, ...]:
    """Return the tables, the most pressing first; a boundary that has passed is no date to be late with."""
    today, zone = now.astimezone(case.court.zone).date(), case.court.zone
    near = Q(due_at__isnull=True) | Q(due_on__lte=today + LATER)
    rows = Deadline.objects.filter(near, case=case, state=DeadlineState.OPEN.value)
    found = list(rows.select_related("demand__responding_party__person").order_by(F("due_at").asc(nulls_last=True), "pk"))
    late = [row for row in found if row.overdue(now)]
    ahead = [row for row in found if row.due_at is not None and row.due_at >= now]
    soon = [row for row in ahead if row.due_on is not None and row.due_on <= today + SOON]
    later = [row for row in ahead if row not in soon]
    undated = [row for row in found if row.due_at is None]
    tables = [
        StatusTable("Overdue", COLUMNS, tuple(_line(row, zone) for row in late), "Nothing is overdue."),
        StatusTable("Due within 14 days", COLUMNS, tuple(_line(row, zone) for row in soon), "Nothing is due."),
        StatusTable("Due within 30 days", COLUMNS, tuple(_line(row, zone) for row in later), "Nothing more is due."),
    ]
    if undated:
        lines = tuple((row.title, _who(row), _about(row)) for row in undated)
        tables.append(StatusTable("Without a date yet", UNDATED_COLUMNS, lines, ""))
    return tuple(tables)


def _line(row: Deadline, zone: ZoneInfo) -> tuple[str, ...]:
    assert row.due_at is not None
    hour = f", {printed_hour(row.due_at.astimezone(zone).time())}" if row.by_hour else ""
    return (f"{printed_date(row.due_on)}{hour}", row.title, _who(row), _about(row), "Yes" if row.confirmed else "No")


def _who(row: Deadline) -> str:
    return "Our side" if row.ours else "The other side"


def _about(row: Deadline) -> str:
    return row.demand.responding_party.person.name if row.demand is not None else "–"
