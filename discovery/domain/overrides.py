"""Setting a warning aside: the attorney decides (law 9), and the record keeps who did, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.checks import Finding, findings_for
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_demand
from discovery.enums import Act, DemandStatus, Severity
from discovery.models import Demand, FindingOverride

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def override_finding(demand: Demand, check: str, reason: str, *, by: User, seen: str) -> FindingOverride:
    """Set a warning of a check aside, with the reason. `seen` is the fingerprint of the finding that was read.

    The override holds while the check says the same; when the facts or the text change so that it says something else, the
    warning is back. Raises Refused without a reason, once the paper is approved, when the check no longer says what was read,
    for findings that stop an approval or are mere notes, and when somebody overrode it already.
    """
    locked = lock_demand(demand)
    if locked.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        raise Refused(_("This paper was approved: what stood beside it then stays as it was."))
    finding = _said_now(locked, check, seen)
    if finding.severity == Severity.REFUSE:
        raise Refused(_("This would make the paper void or the record false, so it cannot be overridden: mend it."))
    if finding.severity != Severity.WARN:
        raise Refused(_("A note stops nothing; there is nothing to override."))
    if finding.override is not None:
        raise Refused(_("%(who)s has overridden this already.") % {"who": finding.override.by})
    why = reason.replace("\r\n", "\n").strip()
    if not why:
        raise Refused(_("Say why this is right as it stands; the reason stays on record."), field="reason")
    row = FindingOverride(demand=locked, check_id=check, fingerprint=seen, said=finding.said, reason=why, by=by)
    row.save()
    record(
        Act.FINDING_OVERRIDDEN,
        locked,
        case=locked.case,
        by=by,
        summary=f"{finding.said} ({locked.responding_party})",
        details={"check": check, "said": finding.said, "reason": why, "rule": finding.rule},
    )
    return row


def _said_now(demand: Demand, check: str, seen: str) -> Finding:
    found = next((one for one in findings_for(demand) if one.check == check and one.fingerprint == seen), None)
    if found is None:
        raise Refused(_("The check says something else now: the paper or the case was changed. Read it again."))
    return found
