"""The report on the state of a case: a paper of the office for client or partner, landscape, tables with header cells."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.parts import Section, fill_template
from discovery.papers.snapshots import printed

PARTS = ("report",)


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
class StatusPaper:
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

    @property
    def final(self) -> bool:
        """A paper of the office: no DRAFT across it."""
        return True

    @property
    def keywords(self) -> tuple[str, ...]:
        """None."""
        return ()


def status_sections(paper: StatusPaper) -> tuple[Section, ...]:
    """Return the report's one section."""
    context = {"language": paper.language, "paper": paper}
    return (Section("report", fill_template("status_report.html", context), ("common", "status_report")),)
