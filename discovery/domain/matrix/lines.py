"""The matrix: a line for each request and responding party with every stage of its life, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf

from discovery.domain.matrix.chips import CONDITIONS, Chip
from discovery.domain.matrix.stages import MatrixRow, lines_of
from discovery.enums import DeadlineState, DemandStatus
from discovery.models import Case, RequestResponse, RequestRow

NOBODY = 0
"""The owner of rows that nobody looks after."""
RESPONDER = "demand__responding_party__person__name"
THEN = (RESPONDER, "demand_id", "number", "pk")
SORTS: Mapping[str, str] = {
    "responder": RESPONDER,
    "number": "number",
    "answer": "answer_kind",
    "deficiency": "deficient_in",
    "commitment": "promised_for",
    "next": "next_step_on",
    "owner": "owner__first_name",
}
"""What the matrix sorts by; in equal places rows stand by responding party and number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a case are asked for, and in which order (a key of SORTS, "-" before it for the other way round)."""

    demand: int | None = None
    request_set: int | None = None
    responder: int | None = None
    owner: int | None = None
    chip: Chip | None = None
    text: str = ""
    sort: str = "responder"


def standing_rows(case: Case) -> QuerySet[RequestRow]:
    """Return the rows that ask for an answer: those of demands that were served and neither withdrawn nor superseded."""
    return RequestRow.objects.filter(case=case, demand__status=DemandStatus.SERVED.value)


def narrowed_rows(case: Case, wanted: Wanted) -> QuerySet[RequestRow]:
    """Return the rows that are asked for, whatever their chip: over these the chips are counted."""
    conditions = {
        "demand": wanted.demand,
        "demand__request_set": wanted.request_set,
        "demand__responding_party": wanted.responder,
    }
    rows = standing_rows(case).filter(**{name: value for name, value in conditions.items() if value is not None})
    if wanted.owner is not None:
        rows = rows.filter(owner=None if wanted.owner == NOBODY else wanted.owner)
    for word in wanted.text.split()[:8]:
        rows = rows.filter(_holds(word))
    return rows


def wanted_rows(case: Case, wanted: Wanted, now: datetime) -> QuerySet[RequestRow]:
    """Return the rows that are asked for, in order."""
    rows = narrowed_rows(case, wanted)
    if wanted.chip is not None:
        rows = rows.filter(CONDITIONS[wanted.chip](now))
    return _sorted(rows, wanted.sort)


def matrix(rows: QuerySet[RequestRow], now: datetime) -> list[MatrixRow]:
    """Return the lines of these rows in their order (10 queries, however many rows there are)."""
    return lines_of(list(rows.values_list("pk", flat=True)), now)


def _holds(word: str) -> Q:
    """Whether a row says a word: in its label, its text, its set's or responder's name, its next step, or as its number."""
    names = ("request__label", "request__text", "next_step", "deficiency_note", "demand__request_set__name", RESPONDER)
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": word})
    return found | Q(number=int(word)) if word.isascii() and word.isdecimal() and len(word) < 9 else found


def _sorted(rows: QuerySet[RequestRow], asked: str) -> QuerySet[RequestRow]:
    key = asked.removeprefix("-")
    if key == "answer":
        standing = RequestResponse.objects.filter(row=OuterRef("pk"), current=True).values("kind")[:1]
        rows = rows.annotate(answer_kind=Subquery(standing))
    if key == "commitment":
        still = Q(commitments__released_on=None, commitments__deadline__state=DeadlineState.OPEN.value)
        rows = rows.annotate(promised_for=Min("commitments__deadline__due_at", filter=still))
    if key == "deficiency":
        rows = rows.annotate(deficient_in=NullIf("deficiency", Value("")))
    name = SORTS.get(key, RESPONDER)
    first = F(name).desc(nulls_last=True) if asked.startswith("-") else F(name).asc(nulls_last=True)
    return rows.order_by(first, *THEN)
