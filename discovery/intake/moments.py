"""Dates and times as privilege logs write them. What cannot be read with certainty is no date: it stays as it was typed."""

from __future__ import annotations

import re
from datetime import date, datetime

DAY_FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%m/%d/%Y",  # American order: 25/12/2023 is none, so it is not guessed at
    "%m/%d/%y",
    "%m-%d-%Y",
    "%m.%d.%Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
)
WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
CLOCK = r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]([:.][0-5][0-9])?( ?[AaPp]\.?[Mm]\.?)?"
ZONE = r"( ?\(?(UTC|GMT|Z|[AECMP][SD]?T|[+-][0-9]{2}:?[0-9]{2})\)?)?"
READABLE_TIME = f"^{CLOCK}{ZONE}$"
"""What can be read as a time of day, as a regular expression that Python and both databases understand alike."""
_TIME = re.compile(READABLE_TIME)
_TIME_AFTER_DAY = re.compile(rf"^(?P<day>.+?)(?:T|,?\s+)(?P<time>{CLOCK}{ZONE})$")
EARLIEST, LATEST = 1900, 2100


def day_of(text: str) -> date | None:
    """Return the day that a text names, or None when it cannot be told: a range, another order, a slip."""
    day = WEEKDAY.sub("", split_moment(text)[0])
    day = re.sub(r"\s+", " ", day).replace("Sept.", "Sep.").replace("Sept ", "Sep ").strip()
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(day, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if EARLIEST <= found.year <= LATEST else None
    return None


def split_moment(text: str) -> tuple[str, str]:
    """Return "12/05/2023 4:42 PM" as day and time; the time is "" where none follows the day."""
    found = _TIME_AFTER_DAY.match(text.strip())
    return (found["day"], found["time"]) if found else (text.strip(), "")


def is_time(text: str) -> bool:
    """Whether a text can be read as a time of day."""
    return bool(_TIME.match(text))
