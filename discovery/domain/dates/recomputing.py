"""Computing dates again when what lies outside a case changed: holidays, closures, rule sets. Nothing recorded moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import PINNED, Move, add, plan_for, proposal_of, refresh
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_dates
from discovery.enums import Act, DeadlineState, MemberRole
from discovery.models import Case, Court

if TYPE_CHECKING:
    from collections.abc import Iterable

BECAUSE = gettext_noop("The law, the court’s record or its closures changed.")
"""Why a date is proposed, as it is stored; screens translate it."""


def stale_cases(courts: Iterable[Court]) -> list[Case]:
    """Return the cases with deadlines that were computed with other holidays, closures or rules than stand recorded now."""
    found: list[Case] = []
    for court in courts:
        stamp = CourtLaw(court).stamp()
        rows = Case.objects.filter(~Q(dates_stamp=stamp), court=court, deadlines__isnull=False).distinct()
        found += list(rows.select_related("court").order_by("pk"))
    return found


def recompute_stale(limit: int = 200) -> int:
    """Compute the dates of stale cases again, at most `limit`; return how many. Runs on beat and after a court's record changed."""
    cases = stale_cases(Court.objects.all())[:limit]
    for case in cases:
        recompute(case)
    return len(cases)


@verb
def recompute(case: Case) -> list[Move]:
    """Compute a case's dates again: what would move waits for a person as "was / now"; what had no date gets one.

    Returns what is newly proposed. What a judge wrote stays whatever the law says, and what is done is over.
    """
    stored = lock_dates(case.pk)
    case = Case.objects.select_related("court").get(pk=case.pk)
    law = CourtLaw(case.court)
    now = timezone.now()
    plan = plan_for(case, law, stored=stored)
    proposed = [move for move in plan.moves if _may_move(move) and _propose(move)]
    for deadline, wanted in plan.quiet:
        refresh(deadline, wanted, now=now)
    added = add(case, plan.new, by=_owner(case), now=now) if plan.new else []
    Case.objects.filter(pk=case.pk).update(dates_stamp=law.stamp())
    if proposed or added:
        moved = [{"what": move.deadline.title, "was": str(move.old), "now": str(move.new)} for move in proposed]
        details = {"proposed": moved, "dates_added": added}
        record(Act.DATES_COMPUTED, case, case=case, by=None, summary=lambda: str(case), details=details)
    return proposed


def _may_move(move: Move) -> bool:
    return move.deadline.basis not in PINNED and move.deadline.state == DeadlineState.OPEN


def _propose(move: Move) -> bool:
    """Lay a proposal beside the recorded date, which stays until a person decides. False when it lies there already."""
    row, proposal = move.deadline, proposal_of(move)
    if row.proposed_derivation == proposal:
        return False
    row.proposed_on, row.proposed_derivation, row.proposed_because = move.new, proposal, BECAUSE
    row.revision += 1
    row.save(update_fields=["proposed_on", "proposed_derivation", "proposed_because", "revision"])
    return True


def _owner(case: Case) -> User:
    """Return in whose name new dates are set: an owner of the case."""
    return User.objects.filter(case_memberships__case=case, case_memberships__role=MemberRole.OWNER.value).order_by("pk")[0]
