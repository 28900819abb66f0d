"""Requests against responding parties: the same request side by side, and the whole case as a picture, a mark for each stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.matrix.stages import MatrixRow
from discovery.enums import AnswerKind, ConferralOutcome, DisputeStatus, RulingOutcome, Withholding
from discovery.staff.matrix_rows import Badge, answer_badge, badge_of

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

STAGES: Sequence[tuple[str, Label]] = (
    ("answer", gettext_lazy("Answer")),
    ("pages", gettext_lazy("Production")),
    ("conference", gettext_lazy("Conference")),
    ("dispute", gettext_lazy("Dispute")),
    ("ruling", gettext_lazy("Ruling")),
)
"""The stages of the picture, in the order of the marks in each field."""
TONES: Mapping[str, str] = {
    "approved": "good",
    "ready": "good",
    "warn": "warn",
    "refuse": "bad",
    "late": "bad",
    "note": "info",
    "served": "info",
    "plain": "calm",
    "dropped": "calm",
    "withdrawn": "calm",
}


class Mark(NamedTuple):
    """One stage of one request: its tone, a sign of its own beside the colour, and what it means."""

    tone: str
    icon: str
    words: str


NOT_REACHED = "dash-lg"


@dataclass(frozen=True, slots=True)
class Field:
    """One request to one responding party."""

    row: MatrixRow
    marks: list[Mark]

    @property
    def told(self) -> str:
        """The stages that were reached, in words."""
        return "; ".join(mark.words for mark in self.marks if mark.words)


class Column(NamedTuple):
    """A demand: whom it is directed to."""

    demand: int
    responder: str


@dataclass(slots=True)
class Line:
    """A request with a field for each demand, None where that one does not hold it."""

    number: int
    label: str
    fields: list[Field | None]


@dataclass(slots=True)
class Grid:
    """A set: its requests against those it was directed to."""

    set_pk: int
    name: str
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def grids(rows: Iterable[MatrixRow]) -> list[Grid]:
    """Return a grid for each set, in the order in which the sets first appear."""
    by_set: dict[int, list[MatrixRow]] = {}
    for row in rows:
        by_set.setdefault(row.set_pk, []).append(row)
    return [_grid(found) for found in by_set.values()]


def _grid(rows: Sequence[MatrixRow]) -> Grid:
    columns = {row.demand: Column(row.demand, row.responder) for row in rows}
    places = {demand: place for place, demand in enumerate(columns)}
    lines: dict[int, Line] = {}
    for row in sorted(rows, key=lambda row: row.number):
        line = lines.setdefault(row.number, Line(row.number, row.label, [None] * len(columns)))
        line.fields[places[row.demand]] = Field(row, marks(row))
    return Grid(rows[0].set_pk, rows[0].set_name, list(columns.values()), list(lines.values()))


def marks(row: MatrixRow) -> list[Mark]:
    """Return a mark for each of STAGES."""
    return [
        _mark(answer_badge(row)),
        _produced(row),
        _mark(badge_of(ConferralOutcome(row.conferred.outcome)) if row.conferred else None),
        _mark(badge_of(DisputeStatus(row.dispute.status)) if row.dispute else None),
        _mark(badge_of(RulingOutcome(row.ruling.outcome)) if row.ruling else None),
    ]


def _mark(badge: Badge | None) -> Mark:
    return Mark(TONES[badge.tone], badge.icon, badge.words) if badge else Mark("none", NOT_REACHED, "")


def _produced(row: MatrixRow) -> Mark:
    if row.pages:
        return Mark("good", "box-seam", _("pages produced"))
    if row.answer and row.answer.kind in {AnswerKind.PRODUCE, AnswerKind.PARTIAL}:
        return Mark("bad", "inbox", _("nothing produced"))
    return Mark("none", NOT_REACHED, "")


def legend() -> list[tuple[Label, list[Mark]]]:
    """Return what each mark means, stage by stage."""
    words = {"conference": ConferralOutcome, "dispute": DisputeStatus, "ruling": RulingOutcome}
    answers = [Mark("warn", "hourglass", _("No answer yet")), *(_mark(badge_of(kind)) for kind in AnswerKind)]
    produced = [Mark("good", "box-seam", _("pages produced")), Mark("bad", "inbox", _("promised, nothing produced"))]
    told: dict[str, list[Mark]] = {"answer": answers, "pages": produced}
    told |= {stage: [_mark(badge_of(word)) for word in vocabulary] for stage, vocabulary in words.items()}
    return [(label, told[stage]) for stage, label in STAGES]


class Cell(NamedTuple):
    """What one responding party said to a request, and what the court said."""

    row: MatrixRow
    answer: Badge
    withheld: Badge | None
    ruling: Badge | None


def beside(grid: Grid) -> Iterator[tuple[Line, list[Cell | None]]]:
    """Yield each request with what everybody answered."""
    for line in grid.lines:
        yield line, [_cell(one.row) if one else None for one in line.fields]


def _cell(row: MatrixRow) -> Cell:
    withheld = badge_of(Withholding(row.answer.withheld)) if row.answer else None
    ruling = badge_of(RulingOutcome(row.ruling.outcome)) if row.ruling else None
    return Cell(row, answer_badge(row), withheld, ruling)
