"""Attempts at service: each is written down once, with what came of it, and stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.domain.printing import all_printable
from discovery.domain.service.serving import must_be_issued, must_be_past, noon
from discovery.enums import Act, DemandStatus
from discovery.models import ServiceAttempt

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SERVABLE = {DemandStatus.APPROVED.value, DemandStatus.SERVED.value}
"""A paper that may have been carried out of the office; after service an attempt before it is still written down."""


@verb
def log_attempt(attempt: ServiceAttempt, *, by: User) -> ServiceAttempt:
    """Record that somebody tried to serve a demand, and what came of it. Returns the attempt; it is never changed.

    Raises Refused for a demand that is not approved, a day ahead or before issue, and a text that cannot be printed: attempts
    are printed on the proof of service. An attempt that succeeded is not yet a service: `serve` records that.
    """
    locked = lock_demand(attempt.demand)
    if locked.status not in SERVABLE:
        raise Refused(
            _("Nobody can have tried to serve a paper that is not approved. Have it approved first; now it is “%(now)s”.")
            % {"now": locked.get_status_display()}
        )
    law = CourtLaw(locked.case.court)
    must_be_past(attempt.tried_on, law, "tried_on")
    subpoena = getattr(locked, "subpoena", None)
    if subpoena is not None:
        must_be_issued(subpoena, attempt.tried_on, "tried_on")
    all_printable(attempt)
    attempt.demand, attempt.recorded_by = locked, by
    attempt.full_clean(exclude=["demand", "recorded_by"])
    attempt.save()
    facts = {"tried_on": attempt.tried_on, "outcome": attempt.outcome, "place": attempt.place, "server": attempt.server}
    record(
        Act.ATTEMPT_LOGGED,
        locked,
        case=locked.case,
        by=by,
        summary=lambda: str(locked),
        details={name: str(value) for name, value in facts.items() if value},
        happened_at=noon(attempt.tried_on, law, attempt.tried_time),
    )
    return attempt
