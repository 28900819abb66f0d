"""The deadline memo: one page that a person can follow day by day. Long counts stand in columns beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.parts import Section, fill_template, sides_line
from discovery.papers.snapshots import Caption, Labelled, printed
from discovery.papers.standing import OfTheOffice

PARTS = ("memo",)
ONE_COLUMN = 34
"""Lines of a count that fit the page in one column with its reasons."""
MUTED = ("skipped", "noted")
ROOMY = 20
"""Lines of a count that fit in the size of the text; more are set smaller."""
IN_COLUMNS = 50
"""Lines of a column when the count stands in several, where the reasons are short."""


@dataclass(frozen=True, slots=True)
class MemoDay:
    """One line of a memo's count: "Jul 2, 2025", "Wed", "counted 14 of 14", why, and the mark of its rule in the list of rules."""

    day: str
    weekday: str
    kind: str  # "counted" | "skipped" | "added" | "returned" | "noted"
    what: str
    why: str
    rule_mark: str


@dataclass(frozen=True, slots=True)
class DeadlineMemo:
    """How a due date was counted, day by day, as a memo to file."""

    heading: str  # "Objections to the subpoena"
    about: str  # "Meta Platforms, Inc." or ""
    due: str  # "Wednesday, July 2, 2025, by 5:00 PM PDT (America/Los_Angeles)"
    status: tuple[str, ...]  # "Confirmed by Bob on ...", "Extended ..."
    red: str  # "Deemed admitted on July 2, 2025." or ""
    inputs: tuple[Labelled, ...]
    days: tuple[MemoDay, ...]
    rules: tuple[Labelled, ...]  # mark and citation
    tally: str
    remarks: tuple[Labelled, ...]


@printed
@dataclass(frozen=True, slots=True)
class MemoPaper(OfTheOffice):
    """A deadline memo: a paper of the office, not of the court, so it has no approval and no DRAFT across it."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("memo",)
    caption: Caption
    memo: DeadlineMemo
    author: str
    created: str


def memo_sections(paper: MemoPaper) -> tuple[Section, ...]:
    """Return the memo's one section."""
    return (Section("memo", fill_template("deadline_memo.html", memo_context(paper)), ("common", "deadline_memo")),)


def memo_context(paper: MemoPaper) -> dict[str, Any]:
    """Return what the memo's template shows; every count is split here, since a table cannot flow into a next column."""
    days = paper.memo.days
    columns = columns_of(days)
    return {
        "language": paper.language,
        "title": paper.document_title,
        "caption": paper.caption,
        "sides": sides_line(paper.caption),
        "memo": paper.memo,
        "author": paper.author,
        "columns": [
            [{"day": one, "what": _short(one.what) if len(columns) > 1 else one.what, "muted": one.kind in MUTED} for one in column]
            for column in columns
        ],
        "layout": f"columns-{len(columns)}" + (" dense" if len(columns) == 1 and len(days) > ROOMY else ""),
    }


def columns_of(days: tuple[MemoDay, ...]) -> list[tuple[MemoDay, ...]]:
    """Return the lines of a count as columns of about equal length: one for a month, two or three for a quarter."""
    if len(days) <= ONE_COLUMN:
        return [days]
    number = min(3, -(-len(days) // IN_COLUMNS))
    number = max(number, 2)
    length = -(-len(days) // number)
    return [days[start : start + length] for start in range(0, len(days), length)]


def _short(what: str) -> str:
    """Return "46 of 90" for "counted 46 of 90": the column's head says what it is."""
    return what.removeprefix("counted ")
