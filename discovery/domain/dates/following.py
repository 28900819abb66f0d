"""Which deadlines follow from the facts of a case, what is stored, and what would move. `follow` is part of the verbs that record.

A worked story: Meta was served on June 18. `serve` writes the service and asks `follow`, which adds three deadlines: objections,
compliance and privilege log on July 2. Two days later the proof shows June 20. Who corrects the service is shown the table "July 2
-> July 3" (the fourteenth day was a Friday before the holiday ...) and accepts it with a reason; until then nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.dates.consequences import Wanted, wanted_of
from discovery.domain.dates.counting import CourtLaw, kept
from discovery.domain.dates.ladder import next_rung
from discovery.domain.errors import Refused
from discovery.domain.locking import lock_dates
from discovery.enums import Basis, DeadlineState
from discovery.law.derivations import Derivation
from discovery.law.refusals import LawRefused
from discovery.models import Case, Deadline, Demand

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

PINNED = (Basis.ORDERED.value, Basis.BY_HAND.value)
"""What a judge wrote or a person entered is never recomputed (law 4)."""


@dataclass(frozen=True, slots=True)
class Move:
    """A stored deadline that the facts now give another date, or none: `wanted` is None when nothing asks for it any more."""

    deadline: Deadline
    wanted: Wanted | None

    @property
    def old(self) -> date | None:
        """The day that is stored."""
        return self.deadline.due_on

    @property
    def new(self) -> date | None:
        """The day that the facts give now."""
        return self.wanted.derivation.due_on if self.wanted and self.wanted.derivation else None

    @property
    def old_at(self) -> datetime | None:
        """The moment that is stored."""
        return self.deadline.due_at.astimezone(UTC) if self.deadline.due_at else None

    @property
    def new_at(self) -> datetime | None:
        """The moment that the facts give now: the hour alone may move."""
        moment = self.wanted.derivation.due_at if self.wanted and self.wanted.derivation else None
        return moment.astimezone(UTC) if moment else None


@dataclass(frozen=True, slots=True)
class Moving:
    """A person's word that dates may move: the reason, and the fingerprint of the table that was shown."""

    reason: str
    seen: str


class MovesToAccept(Refused):
    """Recorded dates would move. The screen shows old and new and asks once; the act is then tried again with a Moving."""

    def __init__(self, moves: list[Move]) -> None:
        super().__init__(_("Dates would move. Look at the table, give the reason, and save again."), field="moving_reason")
        self.moves = moves
        self.fingerprint = fingerprint(moves)


@dataclass(slots=True)
class Plan:
    """What `follow` would do."""

    new: list[Wanted]
    moves: list[Move]
    quiet: list[tuple[Deadline, Wanted | None]]
    """Stored deadlines whose day stays: their trail or title is brought up to date, or a date comes where there was none.

    None for a task without a date that nothing asks for any more.
    """


def follow(case: Case, *, by: User, moving: Moving | None = None, now: datetime | None = None) -> dict[str, Any]:
    """Bring the case's deadlines up to its facts and return what changed, for the event of the verb that calls.

    New ones are added. Raises MovesToAccept when recorded dates would move and nobody has accepted exactly that table, Refused
    when the reason is missing. A move that is proposed already (`recompute`) waits for its own decision and holds nobody up.
    """
    now = now or timezone.now()
    law = CourtLaw(case.court)
    plan = plan_for(case, law, stored=lock_dates(case.pk))
    plan.moves = [move for move in plan.moves if move.deadline.proposed_derivation != proposal_of(move)]
    if plan.moves:
        if moving is None or moving.seen != fingerprint(plan.moves):
            raise MovesToAccept(plan.moves)
        if not moving.reason.strip():
            refusal = MovesToAccept(plan.moves)
            refusal.args = (_("Say why the dates move; the reason stays on record."),)
            raise refusal
    told: dict[str, Any] = {"dates_added": add(case, plan.new, by=by, now=now)}
    if plan.moves:
        told["dates_moved"] = [apply(move, by=by, now=now) for move in plan.moves]
        told["moved_because"] = moving.reason.strip() if moving else ""
    for deadline, wanted in plan.quiet:
        refresh(deadline, wanted, now=now)
    Case.objects.filter(pk=case.pk).update(dates_stamp=law.stamp())
    return {name: value for name, value in told.items() if value}


def proposal_of(move: Move) -> dict[str, Any]:
    """Return what is stored as proposed: the derivation of another date, why the law gives none, or that nothing is due."""
    if move.wanted is None:
        return {"void": True}
    if move.wanted.derivation is None:
        assert move.wanted.refusal is not None
        return {"refusal": kept(move.wanted.refusal)}
    return move.wanted.derivation.to_data()


def plan_for(case: Case, law: CourtLaw | None = None, *, stored: QuerySet[Deadline] | None = None) -> Plan:
    """Return what the facts ask for beside what is stored (a fixed number of queries): `stored` is locked when it is written."""
    law = law or CourtLaw(case.court)
    dates = case.deadlines.all() if stored is None else stored
    found = {one.key: one for one in dates.select_related("demand__responding_party__person").prefetch_related("extensions")}
    plan = Plan([], [], [])
    for wanted in wanted_of(case, law):
        deadline = found.pop(wanted.key, None)
        if deadline is None:
            plan.new.append(wanted)
        else:
            _compare(deadline, _extended(deadline, wanted, law), plan)
    for deadline in found.values():
        by_hand = deadline.basis == Basis.BY_HAND or deadline.key.startswith("hand:")  # entered by hand, then set by the court
        if by_hand or deadline.state != DeadlineState.OPEN:
            continue
        if deadline.due_on is None:
            plan.quiet.append((deadline, None))
        else:
            plan.moves.append(Move(deadline, None))
    return plan


def _compare(deadline: Deadline, wanted: Wanted, plan: Plan) -> None:
    new = wanted.derivation
    if deadline.basis in PINNED:
        return
    if deadline.state == DeadlineState.VOID or (deadline.due_on is None and not _same_refusal(deadline, wanted)):
        plan.quiet.append((deadline, wanted))
    elif deadline.due_on is None:
        return
    elif new is None or (new.due_on, new.due_at) != (deadline.due_on, _at_zone(deadline.due_at, new)):
        plan.moves.append(Move(deadline, wanted))
    elif deadline.derivation != new.to_data() or deadline.title != wanted.title or deadline.proposed_derivation is not None:
        plan.quiet.append((deadline, wanted))


def _same_refusal(deadline: Deadline, wanted: Wanted) -> bool:
    """Whether a task without a date has none still, for the same reason."""
    return wanted.refusal is not None and (deadline.refusal, deadline.title) == (kept(wanted.refusal), wanted.title)


def _at_zone(moment: datetime | None, derivation: Derivation) -> datetime | None:
    """Return a stored moment in the derivation's zone: equal moments are equal whatever zone they are written in."""
    return moment.astimezone(derivation.due_at.tzinfo) if moment and derivation.due_at else moment


def _extended(deadline: Deadline, wanted: Wanted, law: CourtLaw) -> Wanted:
    """Return what is wanted with the deadline's agreements laid over it, in the order in which they came into force."""
    if wanted.derivation is None:
        return wanted
    derivation, extended = wanted.derivation, False
    try:
        for extension in sorted(deadline.extensions.all(), key=lambda one: (one.recorded_at, one.pk)):
            if extension.in_force:
                derivation, extended = law.extended(derivation, extension), True
    except LawRefused as refusal:
        return replace(wanted, derivation=None, refusal=refusal)
    if not extended:
        return wanted
    return replace(wanted, derivation=derivation, basis=Basis.EXTENDED.value, rule_day=wanted.derivation.due_on)


# Writing what was planned ------------------------------------------------------------------------------------------------


def add(case: Case, new: list[Wanted], *, by: User, now: datetime) -> list[str]:
    """Write new deadlines and return them as the record of events tells them."""
    rows = []
    for wanted in new:
        row = Deadline(case=case, key=wanted.key, set_by=by)
        _fill(row, wanted, now)
        rows.append(row)
    Deadline.objects.bulk_create(rows)
    return [f"{row.title}: {row.due_on or 'no date'}" for row in rows]


def apply(move: Move, *, by: User, now: datetime) -> dict[str, str]:
    """Write one accepted move and return it for the record: a second person has to confirm the new date anew."""
    row, was = move.deadline, {"date": row_words(move.deadline), "confirmed": str(move.deadline.confirmed_by or "")}
    _fill_or_void(row, move.wanted, now)
    row.set_by, row.confirmed_by, row.confirmed_at = by, None, None
    _write(row, now)
    return {"what": row.title, "old": was["date"], "new": str(move.new or "none"), "confirmed_before": was["confirmed"]}


def row_words(row: Deadline) -> str:
    """Return a stored day for the record."""
    return str(row.due_on or "none")


def refresh(row: Deadline, wanted: Wanted | None, *, now: datetime) -> None:
    """Bring a deadline's trail up to date where no date moves; one that was void or had no date is open again."""
    if row.state == DeadlineState.VOID:
        row.state = DeadlineState.OPEN.value
    _fill_or_void(row, wanted, now)
    _write(row, now)


def _write(row: Deadline, now: datetime) -> None:
    row.revision += 1
    row.changed_at = now
    row.proposed_on, row.proposed_derivation, row.proposed_because = None, None, ""
    row.save()


def _fill_or_void(row: Deadline, wanted: Wanted | None, now: datetime) -> None:
    if wanted is None:
        row.state, row.next_reminder_at = DeadlineState.VOID.value, None
    else:
        _fill(row, wanted, now)


def _fill(row: Deadline, wanted: Wanted, now: datetime) -> None:
    """Write what is wanted into a row; it is not saved."""
    derivation = wanted.derivation
    row.demand, row.event, row.kind, row.ours = wanted.demand, wanted.event, wanted.kind, wanted.ours
    row.title, row.basis = wanted.title, wanted.basis
    row.zone = row.case.court.time_zone
    if derivation is None:
        assert wanted.refusal is not None
        row.refusal, row.due_on, row.due_at, row.derivation = kept(wanted.refusal), None, None, None
        row.computed_on, row.next_reminder_at = None, None
        return
    put_date(row, derivation, now)
    row.computed_on = wanted.rule_day or derivation.due_on
    row.consequence, row.red = derivation.consequence, derivation.red


def put_date(row: Deadline, derivation: Derivation, now: datetime) -> None:
    """Write a derivation's date into a row, with the moment of its next reminder; the row is not saved."""
    assert derivation.due_at is not None, "A court has a zone."
    row.next_reminder_at = _next_reminder(row, derivation.due_on, now)
    row.refusal = None
    row.due_on, row.due_at = derivation.due_on, derivation.due_at
    row.by_hour = derivation.due_at.second == 0
    row.derivation = derivation.to_data()


def _next_reminder(row: Deadline, due_on: date, now: datetime) -> datetime | None:
    """Return when to remind of a row that will be due on a day; a reminder that the sweep has not come by for yet is kept."""
    if row.state != DeadlineState.OPEN:
        return None
    if row.due_on == due_on and row.next_reminder_at is not None and row.next_reminder_at <= now:
        return row.next_reminder_at
    rung = next_rung(due_on, row.zone, now)
    return rung[1] if rung else None


def fingerprint(moves: list[Move]) -> str:
    """Return the hash of a table of moves: a person accepts the table that was shown and no other."""
    table = sorted((move.deadline.key, str(move.old_at), str(move.new_at)) for move in moves)
    return hashlib.sha256(repr(table).encode()).hexdigest()[:32]


def drop_dates_of(demand: Demand, *, by: User) -> list[str]:
    """Close the open dates of a demand that was withdrawn and return what they were, for the event of that verb.

    What an order of the court says of it stands until the court says otherwise.
    """
    now = timezone.now()
    open_ones = lock_dates(demand.case_id).filter(demand=demand, state=DeadlineState.OPEN.value)
    rows = list(open_ones.exclude(basis__in=PINNED).exclude(key__startswith="order:"))
    for row in rows:
        apply(Move(row, None), by=by, now=now)
    return [f"{row.title}: {row_words(row)}" for row in rows]


def moving_from(data: Mapping[str, Any]) -> Moving | None:
    """Return what a form says about moving dates: None while no table was shown."""
    seen = str(data.get("moving_seen", ""))
    return Moving(str(data.get("moving_reason", "")), seen) if seen else None
