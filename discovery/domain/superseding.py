"""Superseding: a wrong paper is replaced by a corrected one and stays on record as it was (law 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.approval import thaw
from discovery.domain.dates.following import drop_dates_of
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.sets import write_set
from discovery.domain.transitions import move
from discovery.enums import WITH_PAGE, Act, DemandStatus
from discovery.models import Demand, PartyNotice, RequestSet, Subpoena, Testimony

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OF_DEMAND = ("kind", "attorney", "place", "necessity")
"""What the corrected demand takes over; it is dated, signed and approved anew."""


@verb
def supersede(demand: Demand, reason: str, *, by: User) -> Demand:
    """Replace an approved or served paper by a corrected one, which starts as a copy, and return the new draft.

    The old one keeps its text, its approval and its services, and is served no more; its open dates no longer apply. Raises
    Refused without a reason, and for a paper that was neither approved nor served: a draft is simply changed.
    """
    locked = lock_demand(demand)
    if not reason.strip():
        raise Refused(_("Say what is wrong with it; the reason stays on record."), field="reason")
    if locked.status not in {DemandStatus.APPROVED, DemandStatus.SERVED}:
        raise Refused(
            _("Only an approved or served paper is superseded; this is “%(now)s”.") % {"now": locked.get_status_display()}
        )
    move(locked, DemandStatus.SUPERSEDED)
    thaw(locked)
    corrected = _copy(locked, by=by)
    details: dict[str, object] = {"reason": reason.strip(), "by": corrected.pk}
    closed = drop_dates_of(locked, by=by)
    if closed:
        details["dates_closed"] = closed
    record(Act.SUPERSEDED, locked, case=locked.case, by=by, summary=lambda: str(locked), details=details)
    demand.refresh_from_db()
    return corrected


def corrected_by(demand: Demand) -> Demand | None:
    """Return the paper that replaced a demand: the newest, if it was replaced at all."""
    if demand.status != DemandStatus.SUPERSEDED:
        return None
    return demand.superseded_by.select_related("responding_party__person").order_by("-pk").first()


def told_of(demand: Demand) -> Q:
    """Return which event tells how a corrected paper came about: that of the one it replaces."""
    return Q(subject=f"demand:{demand.supersedes_id}", act=Act.SUPERSEDED.value)


def _copy(old: Demand, *, by: User) -> Demand:
    """Write the corrected demand on a set of its own: the old text stays frozen where it was served."""
    source = old.request_set
    request_set = RequestSet(
        case=old.case,
        kind=source.kind,
        propounded_by=source.propounded_by,
        name=(_("%(name)s (corrected)") % {"name": source.name})[:160],
        # Numbers are never reused: papers print the number of the one that this corrects (`set_names.number_of`).
        number=None,
    )
    write_set(request_set, by=by, start_from=source, clauses=())
    kept = {name: getattr(old, name) for name in OF_DEMAND}
    new = Demand(case=old.case, request_set=request_set, responding_party=old.responding_party, supersedes=old, **kept)
    new.save()
    subpoena = Subpoena.objects.filter(demand=old).first()
    if subpoena is not None:
        subpoena.demand = new
        subpoena.issue_date = None  # it is issued anew
        subpoena.save(force_insert=True)
        new.due_at = subpoena.compliance_at()
    testimony = Testimony.objects.filter(demand=old).first()
    if testimony is not None:
        testimony.demand = new
        testimony.save(force_insert=True)
        new.due_at = testimony.moment()
    if new.kind in WITH_PAGE:
        new.save(update_fields=["due_at"])
        PartyNotice.objects.create(demand=new)
    return new
