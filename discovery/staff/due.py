"""A due moment as people read it: the day and hour at the court, how far off it is, and whether somebody is late.

"Overdue" is asked of the clock each time (law 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.enums import DeadlineState
from discovery.models import Deadline

DEEMED_ADMITTED = "deemed-admitted"
"""The consequence of a missed answer to requests for admission, as rule sets name it."""


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. `hour` is None where the day's end is meant; `away` says how far off it is, for open dates."""

    day: date | None
    hour: time | None
    zone: str
    overdue: bool
    away: str
    passed: bool
    """Whether it bounds what may be done and has gone by."""
    deemed: bool
    """Whether what is not answered by then is admitted, without any motion."""


def due_of(deadline: Deadline, now: datetime) -> Due:
    """Return when a deadline is due, at the court and as the clock stands."""
    if deadline.due_at is None or deadline.due_on is None:
        return Due(None, None, "", overdue=False, away="", passed=False, deemed=False)
    zone = ZoneInfo(deadline.zone)
    at = deadline.due_at.astimezone(zone)
    open_ = deadline.state == DeadlineState.OPEN
    overdue, passed = deadline.overdue(now), deadline.passed(now)
    return Due(
        deadline.due_on,
        at.time() if deadline.by_hour else None,
        f"{at.tzname()}, {deadline.zone}",
        overdue=overdue,
        away=_away((deadline.due_on - now.astimezone(zone).date()).days, overdue=overdue) if open_ and not passed else "",
        passed=passed,
        deemed=open_ and is_admission(deadline),
    )


def is_admission(deadline: Deadline) -> bool:
    """Whether missing the date admits what was asked: red, and the rule says so."""
    told = deadline.derivation or {}
    return deadline.red and (told.get("consequence_kind") == DEEMED_ADMITTED or deadline.consequence.startswith("Deemed admitted"))


def _away(days: int, *, overdue: bool) -> str:
    if overdue and days == 0:
        return _("since today")
    if overdue:
        return ngettext("for %(days)d day", "for %(days)d days", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
