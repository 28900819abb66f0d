"""The home page's dates: ours by urgency, theirs that we wait for, those without a date, those that would move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from discovery.domain.dates.counting import stored_words
from discovery.models import Deadline
from discovery.models.deadlines import BOUNDARIES
from discovery.staff.attention import SHOWN, Look, Section, first_of
from discovery.staff.date_rows import READ, DateRow, Reader, day_words, drawn_lines
from discovery.staff.urgency import BUCKETS, LATER, OVERDUE, SOON, UNDATED, Tally, open_dates, still_to_do, tally_of
from discovery.staff.walls import MINE, NOW, THESE, Kept, written

if TYPE_CHECKING:
    from discovery.staff.walls import Walls

OTHERS = {
    "theirs": Look(_("Waiting on others"), _("Waiting on others"), "hourglass-split", "info"),
    UNDATED: Look(_("Without a date: a person decides"), _("No date"), "question-circle", "warn"),
    "proposed": Look(_("Another date is proposed"), _("Proposed"), "arrow-repeat", "warn"),
}
PROPOSED = Q(proposed_derivation__isnull=False)
"""Holidays, closures or rules changed outside the case; it says so also when they now give no date at all."""


@dataclass
class Pressing:
    """The sections of both columns: what our side must act on, and what waits for others or for a decision."""

    ours: list[Section]
    others: list[Section]
    open: int
    """How many dates are open in all, near or far."""


def _coming() -> QuerySet[Deadline, tuple[Any, ...]]:
    """Return the query for the first of ours on each of the days that are asked for: the days of a mass service hold thousands."""
    rows = open_dates(Deadline.objects.filter(case_id__in=MINE, ours=True, due_on__in=THESE, due_at__gte=NOW))
    numbered = rows.annotate(place=Window(RowNumber(), partition_by=["zone", "due_on"], order_by=BY_TIME))
    return numbered.filter(place__lte=SHOWN).order_by(*BY_TIME).values_list(*READ)


def _first_dates(condition: Q, order: Sequence[str], *read: str) -> Kept:
    """Return the query for the first open dates of a kind."""
    return Kept(
        lambda: open_dates(Deadline.objects.filter(condition, case_id__in=MINE)).order_by(*order).values_list(*READ, *read)[:SHOWN]
    )


BY_TIME = ("due_at", "pk")
LATE = _first_dates(Q(ours=True, due_at__lt=NOW) & ~Q(kind__in=BOUNDARIES), BY_TIME)
COMING = Kept(_coming)
THEIRS = _first_dates(Q(ours=False, due_at__isnull=False) & still_to_do(NOW), BY_TIME)
WITHOUT = _first_dates(Q(due_at__isnull=True), ("pk",), "refusal")
MOVING = Kept(
    lambda: first_of(
        open_dates(Deadline.objects.filter(PROPOSED, case_id__in=MINE)), BY_TIME, *READ, "proposed_on", "proposed_because"
    )
)


def pressing(walls: Walls, now: datetime) -> Pressing:
    """Return the dates of the home page (6 queries)."""
    counted = tally_of(walls, now)
    reader = Reader(walls.cases, now)
    ours = [
        _section(key, shown, counted.count(key, ours=True), f"whose=ours&bucket={key}")
        for key, shown in _first_of_ours(walls, counted, reader).items()
    ]
    theirs = [reader.row(values) for values in THEIRS.rows(walls, moments={NOW: now})]
    others = []
    if theirs:
        waiting = counted.count(OVERDUE, *SOON, LATER, ours=False)
        others.append(_section("theirs", theirs, waiting, "whose=theirs"))
    others += _undated(WITHOUT.rows(walls), counted.count(UNDATED), reader)
    others += _proposed(MOVING.rows(walls), reader)
    return Pressing(ours, others, counted.count(*BUCKETS, UNDATED))


def _first_of_ours(walls: Walls, counted: Tally, reader: Reader) -> dict[str, list[DateRow]]:
    """Return the first rows of each bucket that has any (2 queries): what is late, and the first days of what is to come."""
    found: dict[str, list[DateRow]] = {key: [] for key in (OVERDUE, *SOON) if counted.count(key, ours=True)}
    if OVERDUE in found:
        found[OVERDUE] = [reader.row(values) for values in LATE.rows(walls, moments={NOW: counted.now})]
    if not counted.days:
        return found
    for values in COMING.rows(walls, written(counted.first_days(SHOWN)), {NOW: counted.now}):
        row = reader.row(values)
        assert row.day is not None
        # A day may be asked for on account of another zone, where it belongs to another bucket.
        shown = found.get(counted.bucket(row.zone, row.day))
        if shown is not None and len(shown) < SHOWN:
            shown.append(row)
    return found


def _section(key: str, rows: list[DateRow], total: int, query: str, notes: dict[int, str] | None = None) -> Section:
    bucket = BUCKETS.get(key)
    look = Look(bucket.title, bucket.short, bucket.icon, bucket.tone) if bucket else OTHERS[key]
    return Section(key, look, f"{reverse('deadline-list')}?{query}", drawn_lines(rows, notes or {}), len(rows), total)


def _undated(found: list[tuple[Any, ...]], total: int, reader: Reader) -> list[Section]:
    """Return what the law as recorded gives no date for, each with the reason."""
    rows = [reader.row(values[:-1]) for values in found]
    notes = {values[0]: stored_words(values[-1]) for values in found}
    return [_section(UNDATED, rows, total, f"bucket={UNDATED}", notes)] if rows else []


def _proposed(found: list[tuple[Any, ...]], reader: Reader) -> list[Section]:
    """Return what would move since holidays, closures or rules changed, each as it was and as it would be."""
    rows, notes = [], {}
    for *values, proposed, because, _total in found:
        row = reader.row(values)
        rows.append(row)
        words = say("was %(was)s, would be %(now)s") if proposed else say("was %(was)s, and no date follows any more")
        notes[row.pk] = f"{words % {'was': day_words(row.day), 'now': day_words(proposed)}}. {because}"
    return [_section("proposed", rows, found[0][-1], "bucket=proposed", notes)] if rows else []
