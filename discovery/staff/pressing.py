"""The home page's dates: ours by urgency, theirs that we wait for, those without a date, those that would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from discovery.domain.counting import stored_words
from discovery.models import Deadline
from discovery.staff.attention import SHOWN, Kind, Look, Section, first_of
from discovery.staff.date_rows import READ, DateRow, Reader, day_words, drawn_lines
from discovery.staff.urgency import BUCKETS, LATER, OVERDUE, SOON, UNDATED, Tally, open_dates, tally

if TYPE_CHECKING:
    from discovery.staff.walls import Walls

BY_TIME = ("due_at", "pk")
OTHERS = {
    "theirs": Look(_("Waiting on others"), _("Waiting on others"), "hourglass-split", "info"),
    UNDATED: Look(_("Without a date: a person decides"), _("No date"), "question-circle", "warn"),
    "proposed": Look(_("Another date is proposed"), _("Proposed"), "arrow-repeat", "warn"),
}
PROPOSED = ~Q(proposed_because="")
"""Holidays, closures or rules changed outside the case; it says so also when they now give no date at all."""


@dataclass
class Pressing:
    """The sections of both columns: what our side must act on, and what waits for others or for a decision."""

    ours: list[Section]
    others: list[Section]
    open: int
    """How many dates are open in all, near or far."""


def pressing(walls: Walls, now: datetime) -> Pressing:
    """Return the dates of the home page (6 queries, fewer while there is nothing of a kind)."""
    every = walls.hold(Deadline.objects.order_by())
    counted = tally(every, now)
    rows, reader = open_dates(every), Reader(walls.cases, now)
    ours = [
        _section(key, shown, counted.count(key, ours=True), f"whose=ours&bucket={key}")
        for key, shown in _first_of_ours(rows.filter(ours=True), counted, reader).items()
    ]
    others = []
    waiting = counted.count(OVERDUE, *SOON, LATER, ours=False)
    if waiting:
        theirs = _read(rows.filter(ours=False, due_at__isnull=False), reader)
        others.append(_section("theirs", theirs, waiting, "whose=theirs"))
    if counted.count(UNDATED):
        others.append(_undated(rows.filter(due_at__isnull=True), counted.count(UNDATED), reader))
    others += _proposed(rows.filter(PROPOSED), reader)
    return Pressing(ours, others, sum(counted.counts.values()))


def _first_of_ours(rows: QuerySet[Deadline], counted: Tally, reader: Reader) -> dict[str, list[DateRow]]:
    """Return the first rows of each bucket that has any (2 queries): what is late, and the first days of what is to come."""
    found: dict[str, list[DateRow]] = {key: [] for key in (OVERDUE, *SOON) if counted.count(key, ours=True)}
    if OVERDUE in found:
        found[OVERDUE] = _read(rows.filter(due_at__lt=counted.now), reader)
    if counted.days:
        coming = rows.filter(counted.first_days(SHOWN), due_at__gte=counted.now, due_at__lt=counted.horizon)
        numbered = coming.annotate(place=Window(RowNumber(), partition_by=["zone", "due_on"], order_by=BY_TIME))
        for values in numbered.filter(place__lte=SHOWN).order_by(*BY_TIME).values_list(*READ):
            row = reader.row(values)
            assert row.at is not None
            assert row.day is not None
            shown = found.setdefault(counted.bucket(row.zone, row.day), [])
            if len(shown) < SHOWN:
                shown.append(row)
    return found


def _read(rows: QuerySet[Deadline], reader: Reader) -> list[DateRow]:
    return [reader.row(values) for values in rows.order_by(*BY_TIME).values_list(*READ)[:SHOWN]]


def _section(key: str, rows: list[DateRow], total: int, query: str, notes: dict[int, str] | None = None) -> Section:
    bucket = BUCKETS.get(key)
    look = Look(bucket.title, bucket.short, bucket.icon, bucket.tone) if bucket else OTHERS[key]
    return Section(key, look, f"{reverse('deadline-list')}?{query}", drawn_lines(rows, notes or {}), len(rows), total)


def _undated(rows: QuerySet[Deadline], total: int, reader: Reader) -> Section:
    """Return what the law as recorded gives no date for, each with the reason (one query)."""
    found = list(rows.order_by("pk").values_list(*READ, "refusal")[:SHOWN])
    notes = {values[0]: stored_words(refusal) for *values, refusal in found}
    return _section(UNDATED, [reader.row(values[:-1]) for values in found], total, f"bucket={UNDATED}", notes)


def _proposed(rows: QuerySet[Deadline], reader: Reader) -> list[Section]:
    """Return what would move since holidays, closures or rules changed, each as it was and as it would be (one query)."""
    found, total = first_of(Kind(rows, "", BY_TIME, (*READ, "proposed_on", "proposed_because")))
    shown, notes = [], {}
    for *values, proposed, because in found:
        row = reader.row(values)
        shown.append(row)
        words = say("was %(was)s, would be %(now)s") if proposed else say("was %(was)s, and no date follows any more")
        notes[row.pk] = f"{words % {'was': day_words(row.day), 'now': day_words(proposed)}}. {because}"
    return [_section("proposed", shown, total, "bucket=proposed", notes)] if total else []
