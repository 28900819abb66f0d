"""Where a demand may go from where it is. The table refuses; nobody writes `status` but `move`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.enums import DemandStatus
from discovery.models import Demand

ALLOWED: dict[str, tuple[str, ...]] = {
    DemandStatus.DRAFT.value: (DemandStatus.IN_REVIEW.value, DemandStatus.APPROVED.value, DemandStatus.WITHDRAWN.value),
    DemandStatus.IN_REVIEW.value: (DemandStatus.DRAFT.value, DemandStatus.APPROVED.value, DemandStatus.WITHDRAWN.value),
    DemandStatus.APPROVED.value: (
        DemandStatus.DRAFT.value,
        DemandStatus.SERVED.value,
        DemandStatus.WITHDRAWN.value,
        DemandStatus.SUPERSEDED.value,
    ),
    DemandStatus.SERVED.value: (DemandStatus.WITHDRAWN.value, DemandStatus.SUPERSEDED.value),
    DemandStatus.WITHDRAWN.value: (),
    DemandStatus.SUPERSEDED.value: (),
}


def move(demand: Demand, to: DemandStatus, *, source: DemandStatus | None = None) -> None:
    """Change the status of the stored row and of the object, if the table allows it from where the row stands now.

    `source` narrows it to one status to come from.

    Raises Refused, saying where the demand is, otherwise; of two who move at once the second is refused.
    """
    sources = [origin for origin, targets in ALLOWED.items() if to.value in targets and source in {None, origin}]
    moved = Demand.objects.filter(pk=demand.pk, status__in=sources).update(status=to.value)
    demand.refresh_from_db(fields=["status"])
    if not moved:
        raise Refused(
            _("This is “%(now)s”; it cannot become “%(wanted)s” from there.")
            % {"now": demand.get_status_display(), "wanted": _(to.label)}
        )
