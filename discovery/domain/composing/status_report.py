"""Composing the report on the state of a case: its rows -> snapshot, in a number of queries that does not grow with them.

Two moments stand in it. "As of" is the day on which somebody asks, since what is overdue or due soon is a question to the
calendar (law 8): the same record on the same day is the same report. The PDF's own date is that of the last recorded act.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from discovery.domain.composing.printed import court_line, printed_date, stamped
from discovery.domain.composing.status_dates import date_tables
from discovery.domain.composing.status_demands import party_parts, totals_table
from discovery.domain.composing.status_papers import court_tables, log_table, preservation_table
from discovery.enums import MAKING_PAPERS, PaperKind
from discovery.models import Case, Event
from discovery.papers.status_report import PARTS, StatusPaper, StatusPart

STATUS_ROWS = ("court",)
"""What the report is composed from, fetched with the case in one query."""


def compose_status(case: Case, paper: str = PaperKind.STATUS_REPORT.value, *, now: datetime | None = None) -> StatusPaper:
    """Return the snapshot of the report as of `now`, the moment of asking by default (the clock is read once, here)."""
    moment = now or timezone.now()
    today = moment.astimezone(case.court.zone).date()
    last = _last_change(case)
    judges = [
        f"Judge: {case.judge}" if case.judge else "",
        f"Magistrate Judge: {case.magistrate_judge}" if case.magistrate_judge else "",
    ]
    parts = party_parts(case, moment)
    sections: list[StatusPart] = [
        StatusPart("Dates", (), date_tables(case, moment)),
        *parts,
        StatusPart("Disputes and orders", (), court_tables(case)),
        StatusPart("Privilege and preservation", (), (log_table(case), preservation_table(case))),
    ]
    return StatusPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Report on the state of {case.name}, {printed_date(today)}",
        parts=PARTS,
        title="Report on the state of the case",
        case_line=f"{case.name}, No. {case.docket_number}",
        court_line=". ".join(part for part in (court_line(case.court), *judges) if part),
        as_of=f"As of {printed_date(today)}",
        recorded=f"Last change of the record: {printed_date(last.astimezone(case.court.zone).date())}.",
        legend="PRIVILEGED AND CONFIDENTIAL. PREPARED BY COUNSEL.",
        summary=totals_table(case, moment),
        sections=tuple(sections),
        author="Report of the office",
        created=stamped(last),
    )


def _last_change(case: Case) -> datetime:
    """Return when something about the case was recorded last (1 query); that this very report was made is nothing about it."""
    acts: Any = Event.objects.filter(case=case).exclude(act__in=MAKING_PAPERS).order_by("-number")
    found: datetime | None = acts.values_list("recorded_at", flat=True).first()
    return found or case.changed_at
