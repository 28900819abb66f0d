"""A calendar as calendar programs read it: RFC 5545, with the hints of RFC 7986 on how often to look. Plain data in, bytes out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

EVERY = timedelta(hours=1)
"""How often a calendar program is asked to look again."""
PRODUCT = "-//Tecum//Due dates//EN"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What a TEXT may not hold (RFC 5545, 3.3.11); a line break is written as \\n."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of a calendar. The same `uid` with a higher `sequence` replaces what a program knew (RFC 5545, 3.8.7.4)."""

    uid: str
    sequence: int
    changed_at: datetime
    day: date
    at: datetime | None
    """The moment, for what is due at an hour; None for a whole day."""
    summary: str
    description: str
    url: str
    category: str
    cancelled: bool


def fingerprint(name: str, entries: Sequence[Entry]) -> str:
    """Return a hash that changes when the calendar does: what was asked for before need not be written again."""
    return hashlib.sha256(repr((PRODUCT, name, list(entries))).encode()).hexdigest()[:32]


def calendar(name: str, entries: Sequence[Entry]) -> bytes:
    """Return the calendar: lines end with CRLF and are folded at 75 octets; the same data give the same bytes."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(_clean(name)))
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for entry in entries:
        made.add_component(_event(entry))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry) -> Event:
    """Return one entry. A whole day says when it ends, which some programs insist on; a moment takes no time.

    DTSTAMP is when the entry was last changed, not now: a calendar that did not change is then the same, byte for byte.
    """
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    if entry.at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    else:
        event.add("dtstart", entry.at.astimezone(UTC))
    event.add("summary", _clean(entry.summary))
    event.add("description", _clean(entry.description))
    event.add("url", entry.url)
    event.add("categories", [_clean(entry.category)])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _clean(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n"))
