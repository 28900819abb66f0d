"""The chips over the matrix: what each one says of a row, written once, as a condition that the database decides.

A condition goes into `rows.filter(...)` and into a count over all rows at once, so that the number on a chip and the rows behind
it cannot differ. Each holds for rows of `RequestRow`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from discovery.domain.kept import NOW, THESE, KeptQuery
from discovery.enums import AnswerKind, ConferralOutcome, DeadlineState, RulingOutcome, Vocabulary, Withholding
from discovery.enums.vocabulary import gettext_noop
from discovery.models import Commitment, ConferredRequest, DisputedRequest, PageTie, RequestResponse, RequestRow, Ruling

_ = gettext_noop

PROMISED = (AnswerKind.PRODUCE.value, AnswerKind.PARTIAL.value)
"""Answers that say documents will come."""
IN_PART = (AnswerKind.PARTIAL.value, AnswerKind.QUALIFIED.value)
"""Answers that meet a part of the request and refuse the rest."""


class Chip(Vocabulary):
    """What a row can be picked out by."""

    UNANSWERED = "unanswered", _("Unanswered")
    OBJECTION_ONLY = "objection_only", _("Objection only")
    PARTIAL = "partial", _("Partial")
    NOTHING_PRODUCED = "nothing_produced", _("Nothing produced")
    DEFICIENT = "deficient", _("Deficient")
    IMPASSE = "impasse", _("Impasse")
    RESOLVED = "resolved", _("Resolved")
    COMMITMENT_OVERDUE = "commitment_overdue", _("Commitment overdue")


def unanswered(_now: datetime) -> Q:
    """No served answer stands on the row, or the one that stands says nothing to it."""
    return ~Q(Exists(_answers().exclude(kind=AnswerKind.SILENT.value)))


def objection_only(_now: datetime) -> Q:
    """The answer that stands only objects."""
    return Q(Exists(_answers().filter(kind=AnswerKind.OBJECTION.value)))


def partial(_now: datetime) -> Q:
    """The answer that stands promises a part of what was asked, or admits a part."""
    return Q(Exists(_answers().filter(kind__in=IN_PART)))


def nothing_produced(_now: datetime) -> Q:
    """The answer that stands says documents will be produced, and no page is tied to the row."""
    return Q(Exists(_answers().filter(kind__in=PROMISED))) & ~Q(_tied())


def deficient(_now: datetime) -> Q:
    """Somebody noted what is wrong with the answer and nobody took it back."""
    return ~Q(deficiency="")


def impasse(now: datetime) -> Q:
    """The newest conference about the row ended in impasse, and nothing has resolved it since."""
    return _conferred(ConferralOutcome.IMPASSE) & ~resolved(now)


def resolved(_now: datetime) -> Q:
    """Ruled on, produced in full, or dropped.

    Ruled on: a ruling stands on the row, or on the whole of a dispute that holds it, and does not put the matter off.
    Produced in full: the answer that stands promises all of it, withholds nothing that it speaks of, pages are tied, and no
    deficiency is noted. Dropped: the newest conference about the row says that it is not pursued.
    """
    full = _answers().filter(kind=AnswerKind.PRODUCE.value).exclude(withheld=Withholding.YES.value)
    return _ruled() | (Q(Exists(full)) & Q(_tied()) & Q(deficiency="")) | _conferred(ConferralOutcome.DROPPED)


def commitment_overdue(now: datetime) -> Q:
    """A promise about the row was not released, its date is open and has passed by the clock."""
    late = Commitment.rows.through.objects.filter(
        requestrow_id=OuterRef("pk"),
        commitment__released_on=None,
        commitment__deadline__state=DeadlineState.OPEN.value,
        commitment__deadline__due_at__lt=now,
    )
    return Q(Exists(late))


CONDITIONS: Mapping[Chip, Callable[[datetime], Q]] = {
    Chip.UNANSWERED: unanswered,
    Chip.OBJECTION_ONLY: objection_only,
    Chip.PARTIAL: partial,
    Chip.NOTHING_PRODUCED: nothing_produced,
    Chip.DEFICIENT: deficient,
    Chip.IMPASSE: impasse,
    Chip.RESOLVED: resolved,
    Chip.COMMITMENT_OVERDUE: commitment_overdue,
}


class Total(Vocabulary):
    """How far the rows have come, in the order of a request's life."""

    ALL = "all", _("Requests")
    ANSWERED = "answered", _("Answered")
    PRODUCED = "produced", _("With pages")
    CONFERRED = "conferred", _("Conferred about")
    DISPUTED = "disputed", _("In a dispute")
    RULED = "ruled", _("Ruled on")


def _counts(now: Any) -> dict[str, Count]:
    """Return what counts rows: all, by how far they have come, by chip."""
    reached = {
        Total.ALL: None,
        Total.ANSWERED: ~unanswered(now),
        Total.PRODUCED: Q(_tied()),
        Total.CONFERRED: Q(Exists(ConferredRequest.objects.filter(row=OuterRef("pk")))),
        Total.DISPUTED: Q(Exists(DisputedRequest.objects.filter(row=OuterRef("pk")))),
        Total.RULED: _ruled(),
    }
    counts = {f"total_{word.value}": Count("pk", filter=condition) for word, condition in reached.items()}
    return counts | {f"chip_{chip.value}": Count("pk", filter=condition(now)) for chip, condition in CONDITIONS.items()}


def _counted() -> QuerySet[RequestRow, tuple[int, ...]]:
    """Return the query that counts THESE rows."""
    counts = _counts(NOW)
    return RequestRow.objects.filter(pk__in=THESE).order_by().values("case_id").annotate(**counts).values_list(*counts)


COUNTS = KeptQuery(_counted)


def totals_and_chips(ids: Iterable[int], now: datetime) -> tuple[dict[Total, int], dict[Chip, int]]:
    """Count these rows of one case by how far they have come and by chip (one query)."""
    words = [*Total, *Chip]
    numbers = next(iter(COUNTS.of(ids, now)), (0,) * len(words))
    found = dict(zip(words, numbers, strict=True))
    return {word: found[word] for word in Total}, {chip: found[chip] for chip in Chip}


def counts_by_demand(rows: QuerySet[RequestRow], now: datetime) -> dict[int, dict[Total | Chip, int]]:
    """Count rows by demand, how far they have come and chip (one query)."""
    words: list[Total | Chip] = [*Total, *Chip]
    counts = _counts(now)
    found = rows.order_by().values("demand_id").annotate(**counts).values_list("demand_id", *counts)
    return {demand: dict(zip(words, numbers, strict=True)) for demand, *numbers in found}


def _answers() -> QuerySet[RequestResponse]:
    """Return the answer that stands on the row of the outer query."""
    return RequestResponse.objects.filter(row=OuterRef("pk"), current=True)


def _tied() -> Exists:
    return Exists(PageTie.objects.filter(row=OuterRef("pk")))


def _conferred(outcome: ConferralOutcome) -> Q:
    """Whether the newest conference about the row came to this."""
    newest = ConferredRequest.objects.filter(row=OuterRef("pk")).order_by("-conferral__held_on", "-conferral_id")
    return Q(Exact(Coalesce(Subquery(newest.values("outcome")[:1]), Value("")), outcome.value))


def _ruled() -> Q:
    put_off = RulingOutcome.DEFERRED.value
    on_row = Ruling.objects.filter(row=OuterRef("pk"), superseded=False).exclude(outcome=put_off)
    whole = Ruling.objects.filter(dispute__requests__row=OuterRef("pk"), row=None, superseded=False).exclude(outcome=put_off)
    return Q(Exists(on_row)) | Q(Exists(whole))
