"""What stands on some rows, stage by stage: each stage is read in one query, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from discovery.domain.composing.printed import Marks
from discovery.domain.kept import THESE, THOSE, KeptQuery
from discovery.enums import DeadlineState
from discovery.models import (
    Commitment,
    ConferredRequest,
    DisputedRequest,
    Narrowing,
    Objection,
    PageTie,
    RequestResponse,
    RequestRow,
    Ruling,
)

T = TypeVar("T")
Values = Sequence[Any]
SHORT = 140
"""How much of a request's text stands for a label that it does not have."""
READ = (
    "pk",
    "revision",
    "number",
    "request__label",
    "beginning",
    "demand_id",
    "demand__kind",
    "demand__request_set_id",
    "demand__request_set__name",
    "demand__request_set__propounded_by__name",
    "demand__responding_party_id",
    "demand__responding_party__person__name",
    "owner_id",
    "owner__first_name",
    "owner__last_name",
    "owner__username",
    "next_step",
    "next_step_on",
    "deficiency",
    "deficiency_note",
)
"""What a line is made of; `beginning` is the first of the request's text."""


class Answer(NamedTuple):
    """What the answer that stands says."""

    kind: str
    withheld: str
    produce_by: date | None
    bates: str
    served_on: date | None
    response: int


class Pages(NamedTuple):
    """Pages in a row that are tied to a request."""

    first: str
    last: str
    pages: int


class Conferred(NamedTuple):
    """What the newest conference about a row came to."""

    outcome: str
    held_on: date
    conferral: int


class Promise(NamedTuple):
    """The open commitment about a row that is due first."""

    due_on: date | None
    due_at: datetime | None
    text: str
    deadline: int


class Disputed(NamedTuple):
    """The newest dispute that holds a row."""

    dispute: int
    title: str
    kind: str
    status: str


class Ruled(NamedTuple):
    """The newest ruling that stands on a row."""

    outcome: str
    entered_on: date
    order: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A line of the matrix: plain values, so that a screen, a sheet and a picture can be made of it."""

    pk: int
    revision: int
    number: int
    label: str
    demand: int
    demand_kind: str
    set_pk: int
    set_name: str
    responder_pk: int
    responder: str
    owner_pk: int | None
    owner: str
    next_step: str
    next_step_on: date | None
    deficiency: str
    deficiency_note: str
    answer: Answer | None
    grounds: tuple[str, ...]
    pages: tuple[Pages, ...]
    conferred: Conferred | None
    promise: Promise | None
    promise_overdue: bool
    narrowed_on: date | None
    dispute: Disputed | None
    ruling: Ruled | None


def _answers() -> QuerySet[RequestResponse, Any]:
    rows = RequestResponse.objects.filter(row_id__in=THESE, current=True).order_by()
    return rows.values_list("row_id", "kind", "withheld", "produce_by", "bates", "response__served_on", "response_id")


def _grounds() -> QuerySet[Objection, Any]:
    rows = Objection.objects.filter(answer__row_id__in=THESE, answer__current=True)
    return rows.order_by("position", "pk").values_list("answer__row_id", "ground")


def _ties() -> QuerySet[PageTie, Any]:
    rows = PageTie.objects.filter(row_id__in=THESE).order_by("bates_range__prefix", "first", "pk")
    return rows.values_list("row_id", "bates_range__prefix", "bates_range__digits", "first", "last")


def _conferences() -> QuerySet[ConferredRequest, Any]:
    rows = ConferredRequest.objects.filter(row_id__in=THESE).order_by("conferral__held_on", "conferral_id")
    return rows.values_list("row_id", "outcome", "conferral__held_on", "conferral_id")


def _promises() -> QuerySet[Any, Any]:
    """Return the open commitments, the first due at the beginning."""
    deadline = "commitment__deadline"
    rows = Commitment.rows.through.objects.filter(
        requestrow_id__in=THESE, commitment__released_on=None, commitment__deadline__state=DeadlineState.OPEN.value
    )
    names = ("requestrow_id", f"{deadline}__due_on", f"{deadline}__due_at", "commitment__text", f"{deadline}_id")
    return rows.order_by(F(f"{deadline}__due_at").asc(nulls_last=True), "commitment_id").values_list(*names)


def _narrowings() -> QuerySet[Narrowing, Any]:
    rows = Narrowing.objects.filter(row_id__in=THESE, superseded=False, agreed_on__isnull=False).order_by()
    return rows.values_list("row_id", "agreed_on")


def _disputes() -> QuerySet[DisputedRequest, Any]:
    rows = DisputedRequest.objects.filter(row_id__in=THESE).order_by("dispute_id")
    return rows.values_list("row_id", "dispute_id", "dispute__title", "dispute__kind", "dispute__status")


def _rulings() -> QuerySet[Ruling, Any]:
    """Return what stands on THESE rows, or on the whole of THOSE disputes; of one day's the one on the row itself last."""
    here = Q(row_id__in=THESE) | Q(row=None, dispute_id__in=THOSE)
    rows = Ruling.objects.filter(here, superseded=False).order_by("order__entered_on", F("row").asc(nulls_first=True), "pk")
    return rows.values_list("row_id", "dispute_id", "outcome", "order__entered_on", "order_id")


ROWS = KeptQuery(
    lambda: (
        RequestRow.objects.filter(pk__in=THESE)
        .annotate(beginning=Substr("request__text", 1, 2 * SHORT))
        .order_by()
        .values_list(*READ)
    )
)
ANSWERS, GROUNDS, TIES, CONFERENCES = (KeptQuery(build) for build in (_answers, _grounds, _ties, _conferences))
PROMISES, NARROWINGS, DISPUTES, RULINGS = (KeptQuery(build) for build in (_promises, _narrowings, _disputes, _rulings))


class Stages:
    """What stands on some rows (8 queries)."""

    def __init__(self, ids: Sequence[int], now: datetime) -> None:
        self.now = now
        self.answers = {pk: values[-1] for pk, values in _grouped(ANSWERS.of(ids), Answer._make).items()}
        self.grounds = _grouped(GROUNDS.of(ids), lambda values: str(values[0]))
        self.pages = _grouped(TIES.of(ids), _pages)
        self.conferred = _grouped(CONFERENCES.of(ids), Conferred._make)
        self.promises = _grouped(PROMISES.of(ids), Promise._make)
        self.narrowed = _grouped(NARROWINGS.of(ids), lambda values: values[0])
        self.disputes = _grouped(DISPUTES.of(ids), Disputed._make)
        self.rulings = _standing(ids, self.disputes)

    def line(self, values: Values) -> MatrixRow:
        """Return the line of one tuple in the order of READ."""
        pk, revision, number, label, beginning, demand, kind, set_pk, set_name, propounder, responder_pk, responder = values[:12]
        owner, first, last, username, step, step_on, deficiency, note = values[12:]
        promise = self.promises[pk][0] if pk in self.promises else None
        return MatrixRow(
            pk=pk,
            revision=revision,
            number=number,
            label=label or _shortened(Marks(responder, propounder)(beginning)),
            demand=demand,
            demand_kind=kind,
            set_pk=set_pk,
            set_name=set_name,
            responder_pk=responder_pk,
            responder=responder,
            owner_pk=owner,
            owner=f"{first or ''} {last or ''}".strip() or username or "",
            next_step=step,
            next_step_on=step_on,
            deficiency=deficiency,
            deficiency_note=note,
            answer=self.answers.get(pk),
            grounds=tuple(self.grounds.get(pk, ())),
            pages=tuple(self.pages.get(pk, ())),
            conferred=_newest(self.conferred, pk),
            promise=promise,
            promise_overdue=promise is not None and promise.due_at is not None and promise.due_at < self.now,
            narrowed_on=_newest(self.narrowed, pk),
            dispute=_newest(self.disputes, pk),
            ruling=self.rulings.get(pk),
        )


def _grouped(rows: Iterable[Values], make: Callable[[Values], T]) -> dict[int, list[T]]:
    """Return by row, which is the first of each tuple's values, what `make` makes of the others."""
    found: dict[int, list[T]] = {}
    for pk, *values in rows:
        found.setdefault(pk, []).append(make(values))
    return found


def _newest(by_row: dict[int, list[T]], pk: int) -> T | None:
    return by_row[pk][-1] if pk in by_row else None


def _pages(values: Values) -> Pages:
    prefix, digits, first, last = values
    return Pages(f"{prefix}{first:0{digits}d}", f"{prefix}{last:0{digits}d}", last - first + 1)


def _standing(ids: Sequence[int], disputes: dict[int, list[Disputed]]) -> dict[int, Ruled]:
    """Return the newest ruling that stands on each row; one on the whole of a dispute speaks of all its rows.

    Of two from one day the one on the row itself goes before the one on the whole.
    """
    within: dict[int, list[int]] = {}
    for pk, held in disputes.items():
        for one in held:
            within.setdefault(one.dispute, []).append(pk)
    found: dict[int, Ruled] = {}
    for row, dispute, *told in RULINGS.of(ids, those=within):
        for pk in [row] if row is not None else within[dispute]:
            found[pk] = Ruled._make(told)
    return found


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"


def lines_of(ids: Sequence[int], now: datetime) -> list[MatrixRow]:
    """Return the lines of these rows in this order (9 queries, however many rows there are)."""
    read = {values[0]: values for values in ROWS.of(ids)}
    stages = Stages(ids, now)
    return [stages.line(read[pk]) for pk in ids if pk in read]
