"""The ladder of reminders: so many days before a date, and once after it to the supervisor. Arithmetic alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

OVERDUE = -1
"""The last rung: the day after, when the supervisor hears of it."""
HOUR = time(7, 0)
"""When reminders go out, in the court's zone: before the working day begins."""


def rungs() -> tuple[int, ...]:
    """Return the days before the due day, in the order in which they come; OVERDUE is the last."""
    return (*settings.REMINDER_DAYS, OVERDUE)


def moment_of(rung: int, due_on: date, zone: str) -> datetime:
    """Return when a rung's reminder is due to go out."""
    return datetime.combine(due_on - timedelta(days=rung), HOUR, ZoneInfo(zone))


def next_rung(due_on: date, zone: str, after: datetime) -> tuple[int, datetime] | None:
    """Return the first rung whose moment lies after `after`, with that moment; None when the ladder is climbed."""
    for rung in rungs():
        moment = moment_of(rung, due_on, zone)
        if moment > after:
            return rung, moment
    return None


def rungs_passed(due_on: date, zone: str, first: datetime, now: datetime) -> list[int]:
    """Return the rungs whose moments lie from `first` to `now`: after a missed run the last of them is the one to send."""
    return [rung for rung in rungs() if first <= moment_of(rung, due_on, zone) <= now]
