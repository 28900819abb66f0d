"""When something is due, in the words of a working day: overdue, today, in 3, 10 or 30 days. The day is the court's, never ours.

A worked story: it is 22:30 in San Francisco on July 2, so July 3 has begun in New York. A response due in New York on July 2 is
overdue, and one due there on July 3 is due today; in California the first is still due today and the second tomorrow. Each row
carries its court's zone, so open rows are counted by zone and day, and each zone is asked what day it is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from discovery.enums import DeadlineState
from discovery.models import Deadline
from discovery.models.deadlines import BOUNDARIES
from discovery.staff.walls import HORIZON, MINE, NOW, Kept

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label
    from discovery.staff.walls import Walls

OVERDUE, TODAY, IN_3, IN_10, IN_30, LATER = "overdue", "today", "in-3", "in-10", "in-30", "later"
UNDATED, PASSED = "undated", "passed"


class Bucket(NamedTuple):
    """Open dates of one urgency: from `first` through `last` days after the court's today."""

    key: str
    title: Label
    short: Label
    icon: str
    tone: str
    first: int = 0
    last: int = 0


BUCKETS = {
    bucket.key: bucket
    for bucket in (
        Bucket(OVERDUE, _("Overdue"), _("Overdue"), "exclamation-triangle-fill", "bad"),
        Bucket(TODAY, _("Due today"), _("Today"), "bell", "warn"),
        Bucket(IN_3, _("In the next 3 days"), _("3 days"), "calendar-event", "warn", 1, 3),
        Bucket(IN_10, _("In 4 to 10 days"), _("10 days"), "calendar-event", "info", 4, 10),
        Bucket(IN_30, _("In 11 to 30 days"), _("30 days"), "calendar-event", "mute", 11, 30),
        Bucket(LATER, _("Later"), _("Later"), "calendar-event", "mute", 31, 31),
    )
}
SOON = (TODAY, IN_3, IN_10, IN_30)
AHEAD = BUCKETS[IN_30].last


@dataclass
class Tally:
    """How many open dates there are, ours and theirs, by urgency."""

    now: datetime
    counts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    days: Counter[tuple[str, date]] = field(default_factory=Counter)
    """Ours that come up within the horizon, by zone and day."""
    zones: set[str] = field(default_factory=set)

    @property
    def horizon(self) -> datetime:
        """The moment after which everything counts as later, whatever the zone."""
        return self.now + timedelta(days=AHEAD + 1, hours=2)

    def count(self, *keys: str, ours: bool | None = None) -> int:
        """Return how many there are in the buckets together; of both sides unless one is named."""
        sides = (True, False) if ours is None else (ours,)
        return sum(self.counts[key, side] for key in keys for side in sides)

    def today(self, zone: str) -> date:
        """Return the day it is in a zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()

    def bucket(self, zone: str, day: date) -> str:
        """Return the bucket of a day that is not overdue."""
        ahead = (day - self.today(zone)).days
        return next((key for key in SOON if ahead <= BUCKETS[key].last), LATER)

    def within(self, key: str) -> Q:
        """Return the condition of a bucket's rows: by the moment for what is overdue, else by each zone's own day."""
        if key in {OVERDUE, PASSED}:
            return Q(due_at__lt=self.now) & (Q(kind__in=BOUNDARIES) if key == PASSED else ~Q(kind__in=BOUNDARIES))
        if key == UNDATED:
            return Q(due_at__isnull=True)
        bucket = BUCKETS[key]
        days = [
            Q(due_on__gte=today + timedelta(days=bucket.first), zone__in=zones)
            & (Q() if key == LATER else Q(due_on__lte=today + timedelta(days=bucket.last)))
            for today, zones in self._zones_by_day().items()
        ]
        # The moments say the same less exactly, but along the index.
        least = max(self.now, self.now + timedelta(days=bucket.first - 1, hours=-2))
        most = Q() if key == LATER else Q(due_at__lt=self.now + timedelta(days=bucket.last + 1, hours=2))
        return Q(due_at__gte=least) & most & reduce(or_, days, Q(pk__in=[]))

    def first_days(self, least: int) -> set[date]:
        """Return the first days of each bucket to come that hold `least` of ours, or all there are."""
        wanted = set()
        for key in SOON:
            found = 0
            for (zone, day), count in sorted(self.days.items(), key=lambda one: (one[0][1], one[0][0])):
                if found < least and self.bucket(zone, day) == key:
                    wanted.add(day)
                    found += count
        return wanted

    def _zones_by_day(self) -> dict[date, list[str]]:
        found: dict[date, list[str]] = {}
        for zone in sorted(self.zones):
            found.setdefault(self.today(zone), []).append(zone)
        return found


def still_to_do(now: datetime) -> Q:
    """Return the condition of open dates that are not passed boundaries: nobody can do anything about those."""
    return Q(due_at__isnull=True) | Q(due_at__gte=now) | ~Q(kind__in=BOUNDARIES)


def open_dates(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Return those that are still to be done, in no order."""
    return rows.filter(state=DeadlineState.OPEN.value).order_by()


def counts(rows: QuerySet[Deadline], now: datetime, horizon: datetime) -> QuerySet[Deadline, tuple[Any, ...]]:
    """Return the query that counts open dates by side, zone and urgency: a row for each day to come within the horizon."""
    urgency = Case(
        When(due_at__lt=now, kind__in=BOUNDARIES, then=Value(PASSED)),
        When(due_at__lt=now, then=Value(OVERDUE)),
        When(due_at__gte=horizon, then=Value(LATER)),
        When(due_at__isnull=True, then=Value(UNDATED)),
        default=Value(""),
        output_field=CharField(),
    )
    day = Case(When(due_at__gte=now, due_at__lt=horizon, then=F("due_on")), default=None, output_field=DateField())
    return open_dates(rows).annotate(urgency=urgency, day=day).values_list("ours", "zone", "urgency", "day").annotate(n=Count("pk"))


COUNTS = Kept(lambda: counts(Deadline.objects.filter(case_id__in=MINE), NOW, HORIZON))


def tally_of(walls: Walls, now: datetime) -> Tally:
    """Count all open dates of the user's cases by urgency (one query)."""
    found = Tally(now)
    return _counted(found, COUNTS.rows(walls, moments={NOW: now, HORIZON: found.horizon}))


def tally(rows: QuerySet[Deadline], now: datetime) -> Tally:
    """Count the open ones of these dates by urgency (one query)."""
    found = Tally(now)
    return _counted(found, counts(rows, now, found.horizon))


def _counted(found: Tally, rows: Iterable[tuple[Any, ...]]) -> Tally:
    for ours, zone, urgency, day, count in rows:
        found.zones.add(zone)
        found.counts[urgency or found.bucket(zone, day), bool(ours)] += count
        if ours and day:
            found.days[zone, day] += count
    return found


def titles() -> Iterator[tuple[str, Label]]:
    """Yield each bucket of the list of dates with its title, in the order of its chips."""
    for bucket in BUCKETS.values():
        yield bucket.key, bucket.title
    yield UNDATED, _("Without a date")
    yield PASSED, _("Passed, nothing to be done")
