"""Calendars as programs read them: valid for two parsers, folded, escaped, the same bytes for the same data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from discovery.papers.ics import Entry, calendar, fingerprint

ENTRY = Entry(
    uid="deadline-7@ab12.tecum",
    sequence=3,
    changed_at=datetime(2025, 6, 18, 16, 30, tzinfo=UTC),
    day=date(2025, 7, 2),
    at=None,
    summary="Objections to the subpoena (Witness Corp.), Roe v. Doe",
    description="Rule: Fed. R. Civ. P. 45(d)(2)(B)\nhttps://tecum.example.com/dates/7/",
    url="https://tecum.example.com/dates/7/",
    category="Objections",
    cancelled=False,
)
BY_THE_HOUR = replace(ENTRY, uid="deadline-8@ab12.tecum", at=datetime(2025, 7, 3, 0, 0, tzinfo=UTC))
HARD = [
    "Réponse aux demandes de Société générale d’Énergie ; l’échéance, prorogée \\ deux fois – « à l’amiable »" * 2,
    "法院命令：在三十天内答复所有文件请求，并附上特权日志；逾期视为放弃异议。" * 4,
    "証拠開示請求への回答、異議の申立て。한국어 문서 제출 요구에 대한 답변" * 4,
    'Line one\nLine two\r\nLine three; with, all: \\signs\\n and "quotes" 🗓',
    "BEGIN:VEVENT\nUID:forged\nEND:VEVENT",
    "control \x07\x00\x1b characters\rgone",
]


def read(data: bytes) -> Any:
    """Return the calendar as icalendar reads it, having found nothing to complain of."""
    found = icalendar.Calendar.from_ical(data)
    assert (found.errors, [event.errors for event in found.events]) == ([], [[] for _event in found.events])
    return found


def test_a_calendar_is_written_line_by_line() -> None:
    assert calendar("Tecum: Phone", [ENTRY, BY_THE_HOUR]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tecum//Due dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Tecum: Phone",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        "SUMMARY:Objections to the subpoena (Witness Corp.)\\, Roe v. Doe",
        "DTSTART;VALUE=DATE:20250702",
        "DTEND;VALUE=DATE:20250703",
        "DTSTAMP:20250618T163000Z",
        "UID:deadline-7@ab12.tecum",
        "SEQUENCE:3",
        "CATEGORIES:Objections",
        "DESCRIPTION:Rule: Fed. R. Civ. P. 45(d)(2)(B)\\nhttps://tecum.example.com/d",
        " ates/7/",
        "LAST-MODIFIED:20250618T163000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://tecum.example.com/dates/7/",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:Objections to the subpoena (Witness Corp.)\\, Roe v. Doe",
        "DTSTART:20250703T000000Z",
        "DTSTAMP:20250618T163000Z",
        "UID:deadline-8@ab12.tecum",
        "SEQUENCE:3",
        "CATEGORIES:Objections",
        "DESCRIPTION:Rule: Fed. R. Civ. P. 45(d)(2)(B)\\nhttps://tecum.example.com/d",
        " ates/7/",
        "LAST-MODIFIED:20250618T163000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://tecum.example.com/dates/7/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("text", HARD, ids=["french", "chinese", "japanese-korean", "signs", "forged", "control"])
def test_any_text_comes_through_folded_and_escaped(text: str) -> None:
    data = calendar(text, [replace(ENTRY, summary=text, description=text, category=text)])

    lines = data.split(b"\r\n")
    assert (max(len(line) for line in lines) <= 75, data.count(b"\n"), data.count(b"\r")) == (True, len(lines) - 1, len(lines) - 1)
    assert [line.decode() for line in lines] != []  # no fold cuts through a character
    expected = "".join(one for one in text.replace("\r\n", "\n") if one == "\n" or one >= " ")
    event = read(data).events[0]
    assert (str(event["summary"]), str(event["description"]), str(event["uid"])) == (expected, expected, ENTRY.uid)
    assert [str(one) for one in event["categories"].cats] == [expected]
    other = vobject.readOne(data.decode())
    assert len(other.vevent_list) == 1
    assert (other.vevent.summary.value, other.vevent.description.value) == (expected, expected)


def test_two_parsers_agree_on_days_moments_and_states() -> None:
    data = calendar("Tecum", [ENTRY, replace(BY_THE_HOUR, cancelled=True)])

    whole, moment = read(data).events
    assert (whole.start, whole.end, str(whole["status"])) == (date(2025, 7, 2), date(2025, 7, 3), "CONFIRMED")
    assert (moment.start, str(moment["status"])) == (datetime(2025, 7, 3, tzinfo=UTC), "CANCELLED")
    other = vobject.readOne(data.decode()).vevent_list
    assert [event.dtstart.value for event in other] == [date(2025, 7, 2), datetime(2025, 7, 3, tzinfo=UTC)]
    assert [(event.status.value, event.sequence.value) for event in other] == [("CONFIRMED", "3"), ("CANCELLED", "3")]


def test_the_fingerprint_changes_with_anything_that_is_written() -> None:
    changed = {
        "uid": "x",
        "sequence": 4,
        "changed_at": ENTRY.changed_at + timedelta(seconds=1),
        "day": date(2025, 7, 3),
        "at": ENTRY.changed_at,
        "summary": "x",
        "description": "x",
        "url": "x",
        "category": "x",
        "cancelled": True,
    }
    prints = {fingerprint("Tecum", [replace(ENTRY, **{name: value})]) for name, value in changed.items()}  # type: ignore[arg-type]
    prints |= {fingerprint("Tecum", [ENTRY]), fingerprint("Other", [ENTRY]), fingerprint("Tecum", [])}
    assert len(prints) == len(changed) + 3
    assert fingerprint("Tecum", [replace(ENTRY)]) == fingerprint("Tecum", [ENTRY])
