"""Days in American words, as papers and explanations write them."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written(day: date) -> str:
    """Return a day as "July 2, 2025"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def day_words(day: date) -> str:
    """Return a day with its weekday: "Wednesday, July 2, 2025"."""
    return f"{WEEKDAYS[day.weekday()]}, {written(day)}"
