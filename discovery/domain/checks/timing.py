"""Checks on when discovery may be sought, and on whom a party set may go to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import DISCOVERY, PARTY_SETS, Said, check
from discovery.enums import SUBPOENAS, TESTIMONY, DeadlineKind, DemandKind, DemandStatus, ScheduleKind, Severity
from discovery.law.refusals import LawRefused


@check("timing.before-conference", Severity.WARN, "Fed. R. Civ. P. 26(d)(1)", DISCOVERY)
def waits_for_the_conference(facts: Facts) -> Iterator[Said]:
    """Check 1: no discovery from any source before the parties have conferred under Rule 26(f), unless the court opened it."""
    opens, day = _opens(facts), _sought_on(facts)
    if opens is None or day is None or day >= opens:
        return
    subpoena = facts.demand.kind in SUBPOENAS
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


@check("timing.after-cutoff", Severity.WARN, "Fed. R. Civ. P. 16(b)(4); Civ. L.R. 37-3 (N.D. Cal.)", DISCOVERY - TESTIMONY)
def falls_due_before_the_cutoff(facts: Facts) -> Iterator[Said]:
    """Check 3: a response that falls due after the cut-off; the last safe day to serve is shown for each method."""
    cutoff = _cutoff(facts)
    due = _answer_due(facts) if cutoff is not None else None
    if cutoff is None or due is None or due <= cutoff:
        return
    subpoena = facts.demand.kind in SUBPOENAS
    last = _last_days(facts, cutoff)
    mend = _("Ask for an earlier day, or for leave to go beyond the cut-off.")
    if last and not subpoena:
        mend = _("The last day to serve: %(days)s.") % {"days": last}
    yield Said(
        _("The response falls due on %(due)s, after the cut-off of %(cutoff)s.")
        % {"due": formats.date_format(due), "cutoff": formats.date_format(cutoff)},
        mend,
        "compliance_date" if subpoena else "",
    )


def _cutoff(facts: Facts) -> date | None:
    """Return the last day for answers that the court set: of several (phases, later orders) the latest."""
    kinds = {ScheduleKind.FACT_CUTOFF.value, ScheduleKind.WRITTEN_CUTOFF.value}
    return max((day for kind, day in facts.schedule if kind in kinds), default=None)


def _answer_due(facts: Facts) -> date | None:
    """Return when the answer is due: the time for compliance, or the period of the rule from service (unserved: from today)."""
    demand, rules = facts.demand, facts.law.known_rules
    if demand.kind in SUBPOENAS:
        return facts.subpoena.compliance_date
    service = facts.service
    day = service.served_on if service is not None else facts.law.today(facts.now)
    events = rules.events_after("service", day, demand.kind) if rules else []
    for event in events:
        if event.task == DeadlineKind.RESPONSE:
            try:
                return facts.law.compute(event, day, method=service.method if service is not None else "none").due_on
            except LawRefused:
                return None
    return None


def _last_days(facts: Facts, cutoff: date) -> str:
    """Return the last day to serve for each method that makes a difference: "Personal delivery: July 26, 2025; Mail: ..."."""
    rules = facts.law.known_rules
    event = (
        next((one for one in rules.events_after("schedule:fact_cutoff", cutoff) if one.unit == "serve_by"), None) if rules else None
    )
    if event is None:
        return ""
    found: dict[date, str] = {}
    for method in facts.law.methods(cutoff):
        try:
            found.setdefault(facts.law.compute(event, cutoff, method=method.id).due_on, method.label)
        except LawRefused:
            continue
    return "; ".join(f"{label}: {formats.date_format(day)}" for day, label in sorted(found.items(), reverse=True))


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
    if demand.kind in SUBPOENAS:
        return facts.subpoena.issue_date
    if demand.status in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        return facts.now.astimezone(zone).date()
    return demand.approved_at.astimezone(zone).date() if demand.approved_at else None
