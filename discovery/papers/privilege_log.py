"""A privilege log: a landscape table that may have thousands of rows, laid out a run of rows at a time.

One table of thousands of rows would be built as a whole before its first page is laid out, and nothing could be told while that
lasts; so each run of rows is a table of its own with its own header, laid out by itself and joined to the others, and the pages are
numbered on from the run before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discovery.papers.parts import Section, fill_template, sides_line
from discovery.papers.passages import direction
from discovery.papers.snapshots import Caption, printed
from discovery.papers.standing import Unversioned

PARTS = ("log",)
RUN = 200
"""Rows of one run."""
WIDE = 13
"""More columns than these go on legal paper."""
LETTER, LEGAL = (792, 612), (1008, 612)
MARGIN = 36
TALL = 1_200
"""Characters of a cell: an entry that may be longer than half a page goes on over the page instead of leaving one white, and
WeasyPrint prints no header above a row that must not break and fills the page."""
AROUND = 6.5
"""Points of a cell that are padding and border, in styles/privilege_log.css."""


@dataclass(frozen=True, slots=True)
class LogColumn:
    """A column as it is printed: its heading, and its share of the width beside the others."""

    heading: str
    weight: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry: a cell for each column."""

    cells: tuple[str, ...]


@printed
@dataclass(frozen=True, slots=True)
class LogPaper(Unversioned):
    """A version of a privilege log."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("log",)
    caption: Caption
    title: str  # "NON-PARTY 8VC PRIVILEGE LOG (Case No. 4:24-cv-04722-YGR)"
    about: tuple[str, ...]  # "Version 2, served September 5, 2025", "118 entries"
    legend: str  # "* denotes an attorney"
    columns: tuple[LogColumn, ...]
    lines: tuple[LogLine, ...]
    served: bool  # or theirs: what came is printed as it came
    author: str
    created: str

    @property
    def final(self) -> bool:
        """Our log is a draft until it was served."""
        return self.served


def log_sections(paper: LogPaper) -> tuple[Section, ...]:
    """Return a section for each run of rows; the first one has the title."""
    size = LEGAL if len(paper.columns) > WIDE else LETTER
    shared = {
        "language": paper.language,
        "bookmark": paper.title,
        "paper": paper,
        "sides": sides_line(paper.caption),
        "foot": paper.title,
        "size": size,
        "columns": list(widths(paper.columns, size[0] - 2 * MARGIN)),
    }
    starts = range(0, max(len(paper.lines), 1), RUN)
    return tuple(
        Section(
            f"log-{start // RUN + 1}",
            fill_template("privilege_log.html", {**shared, "first": start == 0, "rows": list(_rows(paper, start))}),
            ("common", "privilege_log"),
            runs_on=True,
        )
        for start in starts
    )


def widths(columns: tuple[LogColumn, ...], room: int) -> Iterator[tuple[str, str]]:
    """Yield each column's heading with the width of its text in points, as CSS writes it."""
    total = sum(column.weight for column in columns) or 1
    for column in columns:
        yield column.heading, f"{room * column.weight / total - AROUND:.2f}"


def _rows(paper: LogPaper, start: int) -> Iterator[tuple[list[tuple[str, str]], bool]]:
    for line in paper.lines[start : start + RUN]:
        yield [(cell, direction(cell)) for cell in line.cells], any(len(cell) > TALL for cell in line.cells)
