"""Commitments: promises with a date. Each is a deadline like any other, so it chases itself on Today, in feeds and reminders."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import printed_date
from discovery.domain.dates.by_hand import put_by_hand, shortened
from discovery.domain.dates.closing import close_as_void
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable, printable
from discovery.domain.service.served_rows import lock_rows, rows_named
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, DeadlineKind, DeadlineState, Side
from discovery.models import Case, Commitment, Deadline, RequestRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KEPT, RELEASED, BROKEN, OPEN = "kept", "released", "broken", "open"
"""How a commitment stands; "broken" is asked of the clock, never stored (law 8)."""
WHO = {Side.OURS.value: "Our side", Side.THEIRS.value: "The other side"}


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment to be recorded, with the day or moment it is due and the requests it concerns."""

    commitment: Commitment
    due: date | datetime
    rows: Sequence[RequestRow] = ()


@verb
def commit(commitment: Commitment, due: date | datetime, rows: Iterable[RequestRow], *, by: User) -> Commitment:
    """Record a promise that was made outside a conference, or added to one on record; its due date becomes a deadline.

    Raises Refused for a promise ahead of today, due before it was made, rows or a conference of another case; ValidationError.
    """
    made = promise(commitment, due, rows, by=by)
    moment = noon(made.promised_on, CourtLaw(made.case.court))
    told = told_of(made)
    record(Act.COMMITTED, made, case=made.case, by=by, summary=made.deadline.title, details=told, happened_at=moment)
    return made


def promise(commitment: Commitment, due: date | datetime, rows: Iterable[RequestRow], *, by: User) -> Commitment:
    """Write a commitment with its deadline; part of the verbs that record one. Raises as `commit` does."""
    case = commitment.case
    law = CourtLaw(case.court)
    commitment.text, commitment.promised_by = commitment.text.strip(), commitment.promised_by.strip()
    must_be_past(commitment.promised_on, law, "promised_on")
    if (due.date() if isinstance(due, datetime) else due) < commitment.promised_on:
        raise Refused(_("It cannot be due before it was promised. Check both days."), field="due")
    if commitment.conferral is not None and commitment.conferral.case_id != case.pk:
        raise Refused(_("Choose a conference of this case."), field="conferral")
    concerned = lock_rows(case, rows, field="rows")
    all_printable(commitment)
    commitment.recorded_by = by
    commitment.full_clean(exclude=["deadline", "recorded_by", "case"])
    commitment.deadline = _deadline(commitment, due, list(concerned.values()), by=by)
    commitment.save()
    commitment.rows.set(concerned.values())
    return commitment


@verb
def release_commitment(commitment: Commitment, reason: str, *, by: User) -> Commitment:
    """Close a commitment that will not be kept and need not be: its deadline no longer applies.

    Raises Refused without a reason, when it was kept (its deadline is done), or released before.
    """
    stored = Commitment.objects.select_for_update(of=("self",)).select_related("case__court", "deadline").get(pk=commitment.pk)
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=stored.deadline_id)
    if stored.released_on is not None:
        raise Refused(_("This commitment was released already."))
    if row.state == DeadlineState.DONE:
        raise Refused(_("This commitment was kept. If that is wrong, reopen its date first."))
    why = reason.strip()
    if not why:
        raise Refused(_("Say why it need not be kept; the reason stays on record."), field="reason")
    printable(why, "reason")
    stored.released_on, stored.released_because = CourtLaw(stored.case.court).today(), why[:300]
    stored.revision, stored.changed_at = stored.revision + 1, timezone.now()
    stored.save(update_fields=["released_on", "released_because", "revision", "changed_at"])
    close_as_void(row)
    details = {"reason": stored.released_because, "due": str(row.due_on)}
    record(Act.COMMITMENT_RELEASED, stored, case=stored.case, by=by, summary=row.title, details=details)
    commitment.refresh_from_db()
    return stored


def standing(commitment: Commitment, now: datetime) -> str:
    """Return how a commitment stands: KEPT, RELEASED, BROKEN (its moment has passed) or OPEN."""
    if commitment.released_on is not None:
        return RELEASED
    if commitment.deadline.state == DeadlineState.DONE:
        return KEPT
    return BROKEN if commitment.deadline.overdue(now) else OPEN


def who_promised(commitment: Commitment) -> str:
    """Return who made a promise, for the record: in the program's own language."""
    return commitment.promised_by or WHO[commitment.side]


def told_of(commitment: Commitment) -> dict[str, object]:
    """Return what a commitment says, for the record of events."""
    return {
        "who": who_promised(commitment),
        "side": commitment.side,
        "what": commitment.text,
        "promised_on": str(commitment.promised_on),
        "due": str(commitment.deadline.due_on),
        "rows": sorted(commitment.rows.values_list("pk", flat=True)),
    }


def _deadline(commitment: Commitment, due: date | datetime, rows: list[RequestRow], *, by: User) -> Deadline:
    """Return the saved deadline of a promise: it rests on what was said, so it is never computed again (law 4)."""
    case: Case = commitment.case
    demands = {row.demand_id for row in rows}
    title = f"{who_promised(commitment)} promised: {commitment.text}"
    source = f"Promised on {printed_date(commitment.promised_on)}"
    if commitment.conferral is not None:
        source += f" at the conference of {printed_date(commitment.conferral.held_on)}"
    about = rows_named(rows)
    return put_by_hand(
        case,
        f"commitment:{secrets.token_hex(12)}",
        shortened(title),
        due,
        source,
        by=by,
        ours=commitment.side == Side.OURS,
        kind=DeadlineKind.COMMITMENT.value,
        demand_id=next(iter(demands)) if len(demands) == 1 else None,
        note=f"{source}: {about}." if about else f"{source}.",
    )
