"""Checks on when discovery may be sought, and on whom a party set may go to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import EVERY_KIND, PARTY_SETS, Said, check
from discovery.enums import DemandKind, DemandStatus, ScheduleKind, Severity


@check("timing.before-conference", Severity.WARN, "Fed. R. Civ. P. 26(d)(1)", EVERY_KIND)
def waits_for_the_conference(facts: Facts) -> Iterator[Said]:
    """Check 1: no discovery from any source before the parties have conferred under Rule 26(f), unless the court opened it."""
    opens, day = _opens(facts), _sought_on(facts)
    if opens is None or day is None or day >= opens:
        return
    subpoena = facts.demand.kind == DemandKind.SUBPOENA_DOCUMENTS
    mend = _("Wait, or record the stipulation or order that allows it.")
    if facts.demand.kind == DemandKind.RFP:
        mend += " " + _("Rule 34 requests may be delivered early, 21 days after the summons was served: Rule 26(d)(2).")
    yield Said(
        _("%(day)s lies before discovery opens on %(opens)s.")
        % {"day": formats.date_format(day), "opens": formats.date_format(opens)},
        mend,
        "issue_date" if subpoena else "",
    )


@check("timing.to-a-non-party", Severity.WARN, "Fed. R. Civ. P. 33(a)(1), 34(a), 36(a)(1)", PARTY_SETS)
def goes_to_a_party(facts: Facts) -> Iterator[Said]:
    """The counterpart of check 14: Rules 33, 34 and 36 reach parties alone."""
    if facts.party is None:
        yield Said(
            _("%(name)s is no party of this case.") % {"name": facts.demand.responding_party},
            _("A subpoena under Rule 45 reaches a non-party; or correct the record of the parties."),
        )


def _opens(facts: Facts) -> date | None:
    """Return the day on which discovery opens: as the court ordered, else the day of the conference; None when neither is known."""
    for kind in (ScheduleKind.DISCOVERY_OPENS, ScheduleKind.RULE_26F):
        days = [day for word, day in facts.schedule if word == kind]
        if days:
            return min(days)
    return None


def _sought_on(facts: Facts) -> date | None:
    """Return the day on which discovery is sought: a subpoena's date of issue; for a party set approval, or today for a draft."""
    demand, zone = facts.demand, facts.demand.case.court.zone
    if demand.kind == DemandKind.SUBPOENA_DOCUMENTS:
        return facts.subpoena.issue_date
    if demand.status in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        return facts.now.astimezone(zone).date()
    return demand.approved_at.astimezone(zone).date() if demand.approved_at else None
