"""Party sets: what the paper of a set states beside its texts, and the number that the next set has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.enums import PARTY_SETS, Act, DemandKind, DemandStatus, SetKind
from discovery.law.set_forms import SetWords, set_form
from discovery.models import Appearance, Case, Demand, PartyGroup, RequestSet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ASKS_FOR = {
    DemandKind.RFP: SetKind.DOCUMENTS,
    DemandKind.ROG: SetKind.INTERROGATORIES,
    DemandKind.RFA: SetKind.ADMISSIONS,
}
"""What a set of each vehicle asks for."""
STATED = ["attorney", "dated", "due_at", "place", "necessity"]


def words_here(case: Case, kind: DemandKind) -> SetWords:
    """Return what the court of a case calls a set of a kind."""
    return set_form(case.court.rule_set).words(kind.value)


def next_number(case: Case, kind: DemandKind, group: PartyGroup | None) -> int:
    """Return the number that the next set of a kind has: one more than the highest that was ever given."""
    sets = RequestSet.objects.filter(case=case, kind=ASKS_FOR[kind].value, demands__kind=kind.value)
    if group is not None:
        sets = sets.filter(propounded_by=group)
    return (sets.aggregate(last=Max("number"))["last"] or 0) + 1


@verb
def change_party_set(demand: Demand, *, by: User, revision: int | None, attorney_id: int | None = None) -> Demand:
    """Write what the paper states beside the texts: who signs, its date, the stated time, place and manner, why so many.

    Raises ValidationError by field, Refused (approved already, unprintable, an attorney of another case), Conflict.
    """
    locked = lock_demand(demand)
    if locked.kind not in PARTY_SETS:
        raise Refused(_("A subpoena states these on its form."))
    if locked.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This paper was approved. Reopen it for changes first."))
    all_printable(demand)
    if attorney_id is not None:
        demand.attorney = Appearance.objects.filter(case=locked.case, pk=attorney_id).first()
        if demand.attorney is None:
            raise Refused(_("Choose an attorney who appears in this case."), field="attorney")
    demand.full_clean(exclude=["case", "request_set", "responding_party"])
    claim_revision(demand, revision)
    demand.save(update_fields=STATED)
    record(Act.DEMAND_CHANGED, demand, case=locked.case, by=by, summary=lambda: str(demand))
    return demand
