"""Computing dates again when what lies outside a case changed: holidays, closures, rule sets. Nothing recorded moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from discovery.domain.counting import CourtLaw
from discovery.domain.events import record, verb
from discovery.domain.following import Move, add, plan_for, refresh
from discovery.enums import Act, MemberRole
from discovery.models import Case, Court

if TYPE_CHECKING:
    from collections.abc import Iterable

BECAUSE = "The law, the court’s record or its closures changed."


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
    """Compute a case's dates again: what would move waits for a person as "was / now"; what had no date gets one."""
    case = Case.objects.select_for_update(of=("self",)).select_related("court").get(pk=case.pk)
    law = CourtLaw(case.court)
    now = timezone.now()
    plan = plan_for(case, law)
    for move in plan.moves:
        _propose(move)
    for deadline, wanted in plan.quiet:
        refresh(deadline, wanted, now=now)
    added = add(case, plan.new, by=_owner(case), now=now) if plan.new else []
    Case.objects.filter(pk=case.pk).update(dates_stamp=law.stamp())
    if plan.moves or added:
        moved = [{"what": move.deadline.title, "was": str(move.old), "now": str(move.new)} for move in plan.moves]
        details = {"proposed": moved, "dates_added": added}
        record(Act.DATES_COMPUTED, case, case=case, by=None, summary=lambda: str(case), details=details)
    return plan.moves


def _propose(move: Move) -> None:
    row = move.deadline
    derivation = move.wanted.derivation if move.wanted else None
    if derivation is None:
        # The law now refuses: the recorded date stays, and its page says that it can no longer be derived.
        row.proposed_on, row.proposed_derivation = None, None
    else:
        row.proposed_on, row.proposed_derivation = derivation.due_on, derivation.to_data()
    row.proposed_because = BECAUSE
    row.save(update_fields=["proposed_on", "proposed_derivation", "proposed_because"])


def _owner(case: Case) -> User:
    """Return in whose name new dates are set: an owner of the case."""
    return User.objects.filter(case_memberships__case=case, case_memberships__role=MemberRole.OWNER.value).order_by("pk")[0]
