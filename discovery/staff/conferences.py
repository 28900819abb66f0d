"""Conferences and commitments as pages show them: who met, about what, what came of it, and how each promise stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.domain.conferrals.commitments import BROKEN, KEPT, OPEN, RELEASED, standing
from discovery.domain.service.served_rows import rows_named
from discovery.enums import ConferralOutcome, DeadlineKind, DeadlineState, DemandStatus, Side
from discovery.models import Attendee, Case, Commitment, Conferral, ConferredRequest, Deadline, Demand
from discovery.models.base import CaseBoundQuerySet
from discovery.staff.due import Due, due_of

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

STANDINGS: dict[str, tuple[str, str, Label]] = {
    KEPT: ("approved", "check-circle-fill", _("kept")),
    RELEASED: ("withdrawn", "slash-circle", _("released")),
    BROKEN: ("late", "exclamation-triangle-fill", _("not kept in time")),
    OPEN: ("note", "hourglass-split", _("open")),
}
"""The tone, icon and words of how a commitment stands."""
OUTCOME_LOOKS: dict[str, tuple[str, str]] = {
    ConferralOutcome.AGREED.value: ("approved", "check-circle"),
    ConferralOutcome.NARROWED.value: ("note", "scissors"),
    ConferralOutcome.WILL_SUPPLEMENT.value: ("note", "plus-circle"),
    ConferralOutcome.TO_CONSIDER.value: ("warn", "hourglass-split"),
    ConferralOutcome.OPEN.value: ("warn", "circle"),
    ConferralOutcome.IMPASSE.value: ("late", "x-circle"),
    ConferralOutcome.DROPPED.value: ("withdrawn", "dash-circle"),
}
"""The tone and icon of each outcome; the word always stands beside them."""
SHOWN_OF_DEMAND = 5


@dataclass(frozen=True, slots=True)
class OutcomeMark:
    """An outcome with its look and on how many requests a conference came to it."""

    tone: str
    icon: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """A conference of a list."""

    row: Conferral
    minutes: int
    ours: list[Attendee]
    theirs: list[Attendee]
    about: str
    outcomes: list[OutcomeMark]


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A commitment with the moment it is due and how it stands."""

    row: Commitment
    due: Due
    tone: str
    icon: str
    words: Label
    about: str
    open: bool


def conferences() -> CaseBoundQuerySet[Conferral]:
    """Return conferences with what a line of them shows (3 queries however many there are)."""
    said = ConferredRequest.objects.select_related("row__demand__responding_party__person").order_by(
        "row__demand", "row__number", "pk"
    )
    return Conferral.objects.prefetch_related("attendees", Prefetch("requests", said))


def conference_line(row: Conferral) -> ConferenceLine:
    """Return a conference that was fetched by `conferences`."""
    people, said = list(row.attendees.all()), list(row.requests.all())
    counted = Counter(one.outcome for one in said)
    return ConferenceLine(
        row,
        minutes_of(row),
        [one for one in people if one.side == Side.OURS],
        [one for one in people if one.side == Side.THEIRS],
        rows_named(one.row for one in said),
        [outcome_mark(outcome, counted[outcome.value]) for outcome in ConferralOutcome if counted[outcome.value]],
    )


def outcome_mark(outcome: ConferralOutcome, count: int = 1) -> OutcomeMark:
    """Return an outcome's look."""
    tone, icon = OUTCOME_LOOKS[outcome.value]
    return OutcomeMark(tone, icon, str(dict(_outcome_words())[outcome.value]), count)


def _outcome_words() -> list[tuple[str, Any]]:
    return list(ConferredRequest._meta.get_field("outcome").choices or ())


def minutes_of(row: Conferral) -> int:
    """Return how long a conference lasted; 0 when that is not on record."""
    if row.started is None or row.ended is None:
        return 0
    return (row.ended.hour - row.started.hour) * 60 + row.ended.minute - row.started.minute


def commitments() -> QuerySet[Commitment]:
    """Return commitments with what a line of them shows (2 queries), the earliest due first."""
    found = Commitment.objects.select_related("deadline__evidence", "conferral", "case")
    return found.prefetch_related("rows__demand__responding_party__person").order_by(
        F("deadline__due_at").asc(nulls_first=True), "pk"
    )


def commitment_lines(rows: Iterable[Commitment], now: datetime | None = None) -> list[CommitmentLine]:
    """Return commitments that were fetched by `commitments`."""
    now = now or timezone.now()
    lines = []
    for row in rows:
        stands = standing(row, now)
        tone, icon, words = STANDINGS[stands]
        about = rows_named(row.rows.all())
        lines.append(CommitmentLine(row, due_of(row.deadline, now), tone, icon, words, about, stands in {OPEN, BROKEN}))
    return lines


def served_demands(case: Case) -> QuerySet[Demand]:
    """Return the demands of a case that have rows, for choosing among them."""
    rows = Demand.objects.filter(Exists(case.rows.filter(demand=OuterRef("pk"))), case=case)
    return rows.select_related("responding_party__person", "request_set").order_by("responding_party__person__name", "pk")


def held_about(demand: Demand) -> Exists:
    """Return the condition on conferences that some request of a demand was talked about."""
    return Exists(ConferredRequest.objects.filter(conferral=OuterRef("pk"), row__demand=demand))


def promised_about(demand: Demand) -> Exists:
    """Return the condition on commitments that some request of a demand is concerned."""
    return Exists(Commitment.rows.through.objects.filter(commitment=OuterRef("pk"), requestrow__demand=demand))


def dates_that_may_move(demands: Iterable[Demand | int]) -> QuerySet[Deadline]:
    """Return the open dates of demands but what was promised about them, the earliest first: a conference may extend them."""
    dates = Deadline.objects.filter(demand__in=list(demands), state=DeadlineState.OPEN.value, due_on__isnull=False)
    dates = dates.exclude(kind=DeadlineKind.COMMITMENT.value)  # they stand in a panel of their own
    return dates.select_related("demand__responding_party__person").order_by(F("due_at").asc(), "pk")


def of_demand(demand: Demand, *, may_edit: bool) -> dict[str, Any]:
    """Return what the panel of conferences on a demand's page shows (at most 7 queries); nothing before it was served."""
    if demand.status != DemandStatus.SERVED:
        return {"confers": False}
    held = list(conferences().filter(held_about(demand))[: SHOWN_OF_DEMAND + 1])
    promised = commitments().filter(
        Exists(Commitment.rows.through.objects.filter(commitment=OuterRef("pk"), requestrow__demand=demand))
    )
    return {
        "confers": True,
        "may_confer": may_edit,
        "conferences": [conference_line(row) for row in held[:SHOWN_OF_DEMAND]],
        "more_conferences": len(held) > SHOWN_OF_DEMAND,
        "commitments": commitment_lines(promised),
    }
