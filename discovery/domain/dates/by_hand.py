"""Dates that rest on what a person says: a promise, a letter that asks for an answer, a notice. Parts of the verbs for these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import put_date
from discovery.enums import Basis, DeadlineKind
from discovery.models import Deadline

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import User

    from discovery.models import Case

LONGEST_TITLE = 200


def shortened(title: str) -> str:
    """Return a title that was made of other words, cut to what a date's title holds."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def put_by_hand(
    case: Case,
    key: str,
    title: str,
    due: date | datetime,
    source: str,
    *,
    by: User,
    ours: bool,
    kind: str = DeadlineKind.OTHER.value,
    demand_id: int | None = None,
    note: str = "",
) -> Deadline:
    """Write a date that stands as it is and return it: it chases itself like any other, and is never computed again (law 4).

    `key` says what it stands for, once in a case; `note` says more than its source. Raises ValidationError.
    """
    row = Deadline(
        case=case,
        demand_id=demand_id,
        # What begins so was entered by a person: whatever becomes of its basis, `follow` leaves it alone.
        key=f"hand:{key}",
        kind=kind,
        title=title,
        ours=ours,
        basis=Basis.BY_HAND.value,
        set_by=by,
        zone=case.court.time_zone,
        note=note or source,
    )
    stand(row, due, source)
    row.full_clean(exclude=["set_by", "demand", "case"])
    row.save()
    return row


def stand(row: Deadline, due: date | datetime, source: str) -> None:
    """Put a date that stands as it is into a row, which is not saved."""
    put_date(row, CourtLaw(row.case.court).fixed(due, label=row.title, source=source), timezone.now())
