"""What the tests of Today, the list of dates and the calendar share: rows of dates at two courts three hours apart."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from discovery.enums import DeadlineKind, DeadlineState
from discovery.models import Case, CaseMembership, Court, Deadline
from tests.factories import World, make_court, make_user

NOW = datetime(2025, 7, 3, 5, 30, tzinfo=UTC)
"""Half past ten in the evening of July 2 in San Francisco; in New York July 3 has begun."""
TODAY = date(2025, 7, 2)
_numbers = itertools.count()


def new_york(world: World) -> Case:
    """Return a case in New York with the same members."""
    court = Court.objects.create(name="S.D.N.Y.", short_name="S.D.N.Y.", time_zone="America/New_York", rule_set="FRCP")
    case = Case.objects.create(court=court, docket_number="1:25-cv-00002", name="York v. Hudson", first_side="Y", second_side="H")
    for membership in world.case.memberships.all():
        CaseMembership.objects.create(case=case, user=membership.user, role=membership.role, may_approve=membership.may_approve)
    return case


def walled(world: World) -> Case:
    """Return a case that none of the four belongs to."""
    case = Case.objects.create(
        court=make_court(), docket_number="1:21-cv-00001", name="Walled v. Off", first_side="W", second_side="O"
    )
    CaseMembership.objects.create(case=case, user=make_user("walter"), role="owner")
    return case


def due(case: Case, title: str, day: date | int | None = TODAY, hour: time | None = None, **told: Any) -> Deadline:
    """Return a stored date of a case: on a day, or so many days after July 2; None for one that the law refused."""
    if isinstance(day, int):
        day = TODAY + timedelta(days=day)
    row = Deadline(case=case, title=title, key=f"row:{next(_numbers)}", zone=case.court.time_zone)
    row.set_by = case.memberships.order_by("pk")[0].user
    if day is None:
        row.refusal = {"template": "The calendar “%(calendar)s” ends before %(year)d.", "values": {"calendar": "x", "year": 2050}}
    else:
        row.due_on, row.by_hour, row.derivation = day, hour is not None, {}
        row.due_at = datetime.combine(day, hour or time(23, 59, 59), ZoneInfo(row.zone))
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    return row


def done(case: Case, title: str, day: date | int = TODAY) -> Deadline:
    """Return a date that was met."""
    who = case.memberships.order_by("pk")[0].user
    return due(case, title, day, state=DeadlineState.DONE.value, done_on=TODAY, done_by=who)


def all_buckets(case: Case) -> None:
    """Store a date of ours in each bucket, named after it, and some that belong to none of them."""
    named = {"overdue": -1, "today": 0, "in-3": 3, "in-10": 10, "in-30": 30, "later": 31}
    for title, ahead in named.items():
        due(case, title, ahead)
    due(case, "undated", None)
    due(case, "passed", -1, kind=DeadlineKind.COURT_DATE.value)
    due(case, "void", 0, state=DeadlineState.VOID.value)
    done(case, "done")
