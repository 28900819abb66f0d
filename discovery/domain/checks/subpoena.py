"""Checks on a Rule 45 subpoena for documents. Each cites the rule; ../law/rules.md section 4 numbers them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import Said, check
from discovery.domain.checks.service import parties_without_counsel
from discovery.enums import SUBPOENAS, WITH_PAGE, CourtKind, DemandStatus, Severity
from discovery.law.rulesets import rule_set


@check("subpoena.nothing-commanded", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)")
def commands_something(facts: Facts) -> Iterator[Said]:
    """A subpoena must command production or permit inspection."""
    if not facts.subpoena.production and not facts.subpoena.inspection:
        yield Said(_("The subpoena commands nothing."), _("Tick production or inspection."), "production")


@check("subpoena.no-requests", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)")
def asks_for_something(facts: Facts) -> Iterator[Said]:
    """Schedule A must name what is to be produced."""
    if facts.subpoena.production and not facts.requests:
        yield Said(_("Schedule A has no request."), _("Add at least one request."), "")


@check("subpoena.no-place", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)")
def names_a_place(facts: Facts) -> Iterator[Said]:
    """A subpoena states a specified place."""
    if facts.subpoena.production and not facts.subpoena.has_place():
        yield Said(
            _("The place of compliance has no address."),
            _("Give a street and city, an e-mail address, or both."),
            "place_street",
        )


@check("subpoena.no-time", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)")
def names_a_time(facts: Facts) -> Iterator[Said]:
    """A subpoena states a specified time."""
    if facts.subpoena.production and facts.subpoena.compliance_at() is None:
        yield Said(_("Date or hour of compliance is missing."), _("State both."), "compliance_date")


@check("subpoena.no-premises", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)")
def names_premises_and_time(facts: Facts) -> Iterator[Said]:
    """A command to permit inspection states the premises, the day and the hour."""
    subpoena = facts.subpoena
    if not subpoena.inspection:
        return
    if not subpoena.inspection_place.strip():
        yield Said(_("The premises to inspect are not named."), _("Give their address."), "inspection_place")
    if subpoena.inspection_date is None or subpoena.inspection_time is None:
        yield Said(_("Date or hour of inspection is missing."), _("State both."), "inspection_date")


@check("subpoena.own-client", Severity.REFUSE, "Fed. R. Civ. P. 34, 45", SUBPOENAS)
def asks_somebody_else(facts: Facts) -> Iterator[Said]:
    """Discovery is sought from others; a client may have been entered after the subpoena was started."""
    party = facts.party
    if party is not None and party.is_client:
        yield Said(
            _("%(name)s is our own client in this case.") % {"name": party.person.name},
            _("Direct the subpoena to somebody else, or correct the party's record."),
            "",
        )


@check("subpoena.issuing-court", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(2)", SUBPOENAS)
def issues_from_the_case_court(facts: Facts) -> Iterator[Said]:
    """A subpoena issues from the court where the action is pending."""
    if facts.subpoena.issuing_court_id != facts.demand.case.court_id:
        yield Said(
            _("The issuing court is %(issuing)s, but the case is pending in %(pending)s.")
            % {"issuing": facts.subpoena.issuing_court, "pending": facts.demand.case.court},
            _("Choose the court of the case; the district of the recipient is the compliance court."),
            "issuing_court",
        )


@check("subpoena.federal-form", Severity.REFUSE, "Fed. R. Civ. P. 1, 45(a)(1)", SUBPOENAS)
def issues_from_a_federal_court(facts: Facts) -> Iterator[Said]:
    """The forms AO 88, 88A and 88B are those of the United States district courts; a state's court has its own (Cal.: SUBP-010)."""
    court = facts.demand.case.court
    if court.kind != CourtKind.FEDERAL_DISTRICT:
        yield Said(
            _("The form is that of the United States district courts, and the case is pending in %(court)s.") % {"court": court},
            _("Use that court's own form of subpoena, and record its service here."),
            "",
        )


@check("subpoena.zone", Severity.WARN, "Fed. R. Civ. P. 45(a)(1)(A)(iii)", SUBPOENAS)
def prints_its_zone(facts: Facts) -> Iterator[Said]:
    """The hour is printed as typed; the zone beside it should be the one that the clock is kept in."""
    subpoena = facts.subpoena
    if subpoena.compliance_date is None or subpoena.compliance_time is None:
        return
    printed = subpoena.printed_zone.strip()
    if not printed:
        yield Said(
            _("The hour of compliance is printed without a time zone."), _("Add it as it should be printed."), "printed_zone"
        )
        return
    zone = ZoneInfo(subpoena.compliance_zone)
    year = subpoena.compliance_date.year
    names = {datetime(year, month, 1, tzinfo=zone).tzname() for month in (1, 7)}
    if printed.isupper() and len(printed) <= 4 and printed not in names:
        yield Said(
            _("“%(printed)s” is printed, but the hour is kept in %(zone)s.") % {"printed": printed, "zone": zone.key},
            _("Make both say the same: deadlines are counted in the zone that is kept."),
            "printed_zone",
        )


@check("subpoena.summer-time", Severity.NOTE, "Fed. R. Civ. P. 45(a)(1)(A)(iii)", SUBPOENAS)
def says_summer_time_rightly(facts: Facts) -> Iterator[Said]:
    """PST in July is a common slip (the Meta subpoena has it): it is printed as typed, and noted."""
    moment = facts.subpoena.compliance_at()
    printed = facts.subpoena.printed_zone.strip()
    if moment is None or not printed:
        return
    zone = ZoneInfo(facts.subpoena.compliance_zone)
    names = {datetime(moment.year, month, 1, tzinfo=zone).tzname() for month in (1, 7)}
    if printed in names and printed != moment.tzname():
        yield Said(
            _("On that day the clock shows %(right)s, not %(printed)s.") % {"right": moment.tzname(), "printed": printed},
            _("It is printed as you typed it; the hour is counted in %(zone)s.") % {"zone": zone.key},
            "printed_zone",
        )


@check("subpoena.no-attorney", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(3), 26(g)(1)", WITH_PAGE)
def has_an_attorney(facts: Facts) -> Iterator[Said]:
    """An attorney of record issues and signs it, or the clerk does for one."""
    if facts.demand.attorney is None:
        yield Said(
            _("No attorney of record is named."),
            _("Choose one; add an appearance to the case if the list is empty."),
            "attorney",
        )


@check("subpoena.no-issue-date", Severity.REFUSE, "Fed. R. Civ. P. 45(a)(3)", SUBPOENAS)
def has_an_issue_date(facts: Facts) -> Iterator[Said]:
    """The form carries the date of issue."""
    if facts.subpoena.issue_date is None:
        yield Said(_("The date of issue is missing."), _("State it."), "issue_date")


@check("subpoena.no-compliance-court", Severity.WARN, "Fed. R. Civ. P. 45(d)(2)(B)(i)", SUBPOENAS)
def names_the_compliance_court(facts: Facts) -> Iterator[Said]:
    """Motions go to the district where compliance is required: record which one it is."""
    if facts.subpoena.compliance_court is None:
        yield Said(
            _("The court for the place of compliance is not recorded."),
            _("Choose the district of the place of compliance: motions to compel or to quash go there."),
            "compliance_court",
        )


@check("subpoena.short-time", Severity.WARN, "Fed. R. Civ. P. 45(d)(3)(A)(i)", SUBPOENAS)
def allows_reasonable_time(facts: Facts) -> Iterator[Said]:
    """Check 6: less than 14 days to comply."""
    subpoena = facts.subpoena
    if subpoena.issue_date is None or subpoena.compliance_date is None:
        return
    days = (subpoena.compliance_date - subpoena.issue_date).days
    floor = facts.limit("subpoena-days") or rule_set("FRCP").limit("subpoena-days", subpoena.issue_date)
    if floor is not None and 0 <= days < floor.number:
        message = ngettext(
            "Only %(days)d day lies between issue and compliance.",
            "Only %(days)d days lie between issue and compliance.",
            days,
        )
        yield Said(
            message % {"days": days},
            _("Allow 14 days, or be ready to show why less is reasonable: a short time is a ground to quash."),
            facts.day_field,
        )


@check("subpoena.past", Severity.WARN, "Fed. R. Civ. P. 45(d)(3)(A)(i)", SUBPOENAS)
def is_not_past(facts: Facts) -> Iterator[Said]:
    """A time for compliance that has passed is right only for recording an old paper."""
    moment = facts.subpoena.compliance_at()
    if moment is not None and moment < facts.now and facts.demand.status != DemandStatus.SERVED:
        yield Said(
            _("The time for compliance has passed."),
            _("Right if you are recording an old paper; otherwise choose a later date."),
            facts.day_field,
        )


@check("subpoena.to-a-party", Severity.WARN, "Fed. R. Civ. P. 34, 45")
def goes_to_a_non_party(facts: Facts) -> Iterator[Said]:
    """Check 14: a party's own documents are asked for under Rule 34, which gives it 30 days."""
    party = facts.party
    if party is not None:
        yield Said(
            _("%(name)s is a party of this case.") % {"name": party.person.name},
            _("Serve requests under Rule 34 instead; a subpoena would cut the 30 days short."),
            "",
        )


@check("subpoena.no-notice-date", Severity.WARN, "Fed. R. Civ. P. 45(a)(4)")
def has_a_notice(facts: Facts) -> Iterator[Said]:
    """Check 4: every party gets notice and a copy before the subpoena is served."""
    notice = getattr(facts.demand, "notice", None)
    if notice is None or notice.dated is None:
        yield Said(
            _("The notice to all parties has no date."),
            _("Date the notice: it must be served on every party before the subpoena is served."),
            "notice-dated",
        )


@check("subpoena.notice-order", Severity.WARN, "Fed. R. Civ. P. 45(a)(4)", SUBPOENAS)
def notices_first(facts: Facts) -> Iterator[Said]:
    """Check 4: notice is dated, then served on the parties, then the subpoena is served."""
    notice = getattr(facts.demand, "notice", None)
    if notice is None:
        return
    days = [
        (notice.dated, _("the date of the notice")),
        (notice.served_on, _("the day it was served on the parties")),
        (notice.serve_not_before, _("the day from which the subpoena is to be served")),
    ]
    known = [(day, name) for day, name in days if day is not None]
    for (earlier, first), (later, second) in itertools.pairwise(known):
        if later < earlier:
            yield Said(
                _("On the notice, %(second)s lies before %(first)s.") % {"first": first, "second": second},
                _("Every party must have the notice before the subpoena is served: check the dates."),
                "notice-dated",
            )


@check("subpoena.service-list", Severity.WARN, "Fed. R. Civ. P. 5(a)(1)(C), 45(a)(4)", WITH_PAGE)
def serves_every_party(facts: Facts) -> Iterator[Said]:
    """Check 22: the notice goes to every party; one without counsel on record is listed itself, at its own address."""
    yield from parties_without_counsel(facts)


@check("subpoena.clerk-signs", Severity.NOTE, "Fed. R. Civ. P. 45(a)(3)", SUBPOENAS)
def says_who_signs(facts: Facts) -> Iterator[Said]:
    """A subpoena that the clerk signs is issued signed but otherwise in blank."""
    if facts.subpoena.issuer == "clerk":
        yield Said(
            _("The clerk is to sign."),
            _("Have the clerk issue it signed; an attorney of the court may sign instead."),
            "issuer",
        )
