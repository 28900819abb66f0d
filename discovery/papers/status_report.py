"""The report on the state of a case: a paper of the office for client or partner, landscape, tables with header cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.parts import Section, fill_template
from discovery.papers.passages import direction
from discovery.papers.snapshots import printed
from discovery.papers.standing import OfTheOffice

PARTS = ("report",)
LONG_WORD = 18
"""Letters of a word that a column always has room for."""


@dataclass(frozen=True, slots=True)
class StatusTable:
    """A table below a heading; `empty` is what stands there when it has no rows, `note` a line below it."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A part of the report: one responding party, or what concerns the whole case."""

    heading: str
    lines: tuple[str, ...]
    tables: tuple[StatusTable, ...]


@printed
@dataclass(frozen=True, slots=True)
class StatusPaper(OfTheOffice):
    """How a case stands: says what the record says, so it is never a draft."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("report",)
    title: str
    case_line: str
    court_line: str
    as_of: str
    recorded: str
    legend: str
    summary: StatusTable
    sections: tuple[StatusPart, ...]
    author: str
    created: str


def status_sections(paper: StatusPaper) -> tuple[Section, ...]:
    """Return the report's one section."""
    context = {
        "language": paper.language,
        "paper": paper,
        "summary": _table(paper.summary),
        "sections": [_part(part) for part in paper.sections],
    }
    return (Section("report", fill_template("status_report.html", context), ("common", "status_report")),)


def _part(part: StatusPart) -> dict[str, Any]:
    return {"heading": part.heading, "lines": part.lines, "tables": [_table(one) for one in part.tables]}


def _table(table: StatusTable) -> dict[str, Any]:
    """Return a table as the template shows it: a cell with a word that no column holds may be broken anywhere."""
    rows = [[(cell, any(len(word) > LONG_WORD for word in cell.split()), direction(cell)) for cell in row] for row in table.rows]
    return {"heading": table.heading, "columns": table.columns, "rows": rows, "empty": table.empty, "note": table.note}
