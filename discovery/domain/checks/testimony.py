"""Checks on testimony: depositions on notice and by subpoena, attendance at hearing or trial. ../law/rules.md sections 1 and 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.checks.facts import CLOSED, Facts
from discovery.domain.checks.places import CLOSE, MILES, OWN_PLACES, UNITED_STATES
from discovery.domain.checks.registry import Said, check
from discovery.domain.service.serving import commands_production
from discovery.enums import (
    DEPOSITIONS,
    SUBPOENAS,
    TESTIMONY,
    DemandKind,
    DemandStatus,
    PersonKind,
    ScheduleKind,
    Severity,
)
from discovery.law.distances import miles_between
from discovery.law.refusals import LawRefused
from discovery.law.witness_fees import attendance_on
from discovery.models import Demand, Testimony

COMMANDED = SUBPOENAS & TESTIMONY
ON_NOTICE = frozenset({DemandKind.DEPOSITION})
RULE_34_DAYS = 30
"""Rule 30(b)(2) with 34(b)(2)(A): a party has 30 days for the documents of a rider to its notice."""
SHORT_NOTICE = 14
"""Rule 32(a)(5)(A): less than 14 days' notice and a pending motion for a protective order make the deposition unusable."""
ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b")


def _testimony(facts: Facts) -> Testimony:
    found: Testimony = facts.demand.testimony
    return found


@check("testimony.no-place", Severity.REFUSE, "Fed. R. Civ. P. 30(b)(1), 45(a)(1)(A)(iii)", TESTIMONY)
def says_where(facts: Facts) -> Iterator[Said]:
    """A notice and a subpoena state a specified place."""
    if not _testimony(facts).place.strip():
        yield Said(_("The place is missing."), _("Give street and city; for a remote deposition how it is joined."), "place")


@check("testimony.no-time", Severity.REFUSE, "Fed. R. Civ. P. 30(b)(1), 45(a)(1)(A)(iii)", TESTIMONY)
def says_when(facts: Facts) -> Iterator[Said]:
    """A notice and a subpoena state day and hour."""
    own = _testimony(facts)
    if own.day is None or own.hour is None:
        yield Said(_("Day or hour of the testimony is missing."), _("State both."), "day")


@check("testimony.no-recording", Severity.REFUSE, "Fed. R. Civ. P. 30(b)(3)(A), 45(a)(1)(B)", DEPOSITIONS)
def says_how_it_is_recorded(facts: Facts) -> Iterator[Said]:
    """The method of recording belongs on the notice and on a subpoena for a deposition."""
    if not _testimony(facts).recording.strip():
        yield Said(
            _("The method of recording is missing."),
            _("State it: stenographic, audio, audiovisual means, or several."),
            "recording",
        )


@check("testimony.no-matters", Severity.REFUSE, "Fed. R. Civ. P. 30(b)(6)", DEPOSITIONS)
def names_the_matters(facts: Facts) -> Iterator[Said]:
    """An organization testifies on matters that are described; without them nobody can be designated."""
    if facts.demand.responding_party.person.kind != PersonKind.NATURAL and not facts.requests:
        yield Said(
            _("%(name)s is an organization, and no matter for examination is described.") % {"name": facts.demand.responding_party},
            _("Add the topics with reasonable particularity; or depose a person by name."),
        )


@check("testimony.matters-for-a-person", Severity.WARN, "Fed. R. Civ. P. 30(b)(6)", TESTIMONY)
def asks_persons_freely(facts: Facts) -> Iterator[Said]:
    """Topics bind organizations; a natural person is examined on anything relevant. A trial has no topics at all."""
    natural = facts.demand.responding_party.person.kind == PersonKind.NATURAL
    if facts.requests and (natural or facts.demand.kind == DemandKind.SUBPOENA_TRIAL):
        yield Said(
            _("Matters for examination are described, but only an organization at a deposition designates somebody for them."),
            _("Take them out, unless they are meant as a courtesy."),
        )


@check("testimony.own-client", Severity.REFUSE, "Fed. R. Civ. P. 30(b)(1)", ON_NOTICE)
def deposes_somebody_else(facts: Facts) -> Iterator[Said]:
    """Discovery is sought from others."""
    party = facts.party
    if party is not None and party.is_client:
        yield Said(
            _("%(name)s is our own client in this case.") % {"name": party.person.name},
            _("Direct the notice to somebody else, or correct the party's record."),
        )


@check("testimony.non-party-on-notice", Severity.WARN, "Fed. R. Civ. P. 30(a)(1), 45", ON_NOTICE)
def subpoenas_non_parties(facts: Facts) -> Iterator[Said]:
    """A notice compels a party and its officers, directors and managing agents; anybody else is compelled by subpoena."""
    if facts.party is None:
        yield Said(
            _("%(name)s is no party of this case: a notice alone does not compel attendance.")
            % {"name": facts.demand.responding_party},
            _("Serve a subpoena (AO 88A) too, unless the deponent is a party’s officer, director or managing agent."),
        )


@check("testimony.short-notice", Severity.WARN, "Fed. R. Civ. P. 30(b)(1), 32(a)(5)(A)", DEPOSITIONS)
def gives_reasonable_notice(facts: Facts) -> Iterator[Said]:
    """Reasonable written notice to every other party; below 14 days it may not be usable."""
    day, noticed = _testimony(facts).day, _noticed_on(facts)
    if day is not None and timedelta(0) <= day - noticed < timedelta(days=SHORT_NOTICE):
        yield Said(
            _("Only %(days)d days lie between the notice and the deposition.") % {"days": (day - noticed).days},
            _("Give 14 days or more: with less, a pending motion for a protective order makes the deposition unusable."),
            "day",
        )


@check("testimony.past", Severity.WARN, "Fed. R. Civ. P. 30(b)(1)", ON_NOTICE)
def lies_ahead(facts: Facts) -> Iterator[Said]:
    """A day that has passed is right only for recording an old notice (for subpoenas: `subpoena.past`)."""
    day = _testimony(facts).day
    if day is not None and day < facts.law.today(facts.now) and facts.demand.status != DemandStatus.SERVED:
        yield Said(
            _("The day of the deposition has passed."),
            _("Right if you are recording an old paper; otherwise choose a later date."),
            "day",
        )


@check("testimony.rider", Severity.WARN, "Fed. R. Civ. P. 30(b)(2), 34(b)(2)(A)", ON_NOTICE)
def gives_30_days_for_documents(facts: Facts) -> Iterator[Said]:
    """Check 16: documents asked of a party with its notice are a Rule 34 request, with its 30 days."""
    own, noticed = _testimony(facts), _noticed_on(facts)
    if own.asks_documents and facts.party is not None and own.day is not None and 0 <= (own.day - noticed).days < RULE_34_DAYS:
        yield Said(
            _("The documents are due in %(days)d days; a party has 30.") % {"days": (own.day - noticed).days},
            _("Choose a later day, or ask for the documents by themselves."),
            "day",
        )


@check("testimony.too-many", Severity.WARN, "Fed. R. Civ. P. 30(a)(2)(A)(i)", DEPOSITIONS)
def keeps_to_ten(facts: Facts) -> Iterator[Said]:
    """Check 15: deposition no. 11 needs leave or a stipulation. Each organization counts once, however many it designates."""
    limit = facts.limit("depositions")
    others = list(_others(facts))
    number = len({row.responding_party_id for row in others} | {facts.demand.responding_party_id})
    if limit is not None and number > limit.number:
        yield Said(
            _("This is deposition no. %(number)d of this side; %(limit)d are allowed.") % {"number": number, "limit": limit.number},
            _("Have what lifts the limit: %(leave)s (%(rule)s).") % {"leave": limit.leave, "rule": limit.rule},
        )


@check("testimony.second", Severity.WARN, "Fed. R. Civ. P. 30(a)(2)(A)(ii)", DEPOSITIONS)
def deposes_once(facts: Facts) -> Iterator[Said]:
    """Check 15: a second deposition of the same person needs leave or a stipulation."""
    same = facts.demand.responding_party_id
    # A notice and the subpoena that goes with it are one deposition, of one day.
    day = _testimony(facts).day
    if any(row.responding_party_id == same and (day is None or row.testimony.day != day) for row in _others(facts)):
        yield Said(
            _("Another deposition of %(name)s is on record in this case.") % {"name": facts.demand.responding_party},
            _("A second one needs a stipulation or leave."),
        )


@check("testimony.one-day", Severity.NOTE, "Fed. R. Civ. P. 30(d)(1)", DEPOSITIONS)
def tells_the_hours(facts: Facts) -> Iterator[Said]:
    """Check 15: one day of seven hours, for each designee."""
    limit = facts.limit("deposition-hours")
    if limit is not None:
        yield Said(
            _("The deposition is limited to one day of %(hours)d hours, for each designee.") % {"hours": limit.number},
            _("More needs what lifts the limit: %(leave)s (%(rule)s).") % {"leave": limit.leave, "rule": limit.rule},
        )


@check("testimony.after-cutoff", Severity.WARN, "Fed. R. Civ. P. 16(b)(4)", DEPOSITIONS)
def comes_before_the_cutoff(facts: Facts) -> Iterator[Said]:
    """Check 3: a deposition after the end of depositions, or of discovery."""
    day = _testimony(facts).day
    for kind in (ScheduleKind.DEPOSITIONS_END, ScheduleKind.FACT_CUTOFF):
        ends = [end for word, end in facts.schedule if word == kind]
        if ends:
            if day is not None and day > max(ends):
                yield Said(
                    _("%(day)s lies after the cut-off of %(cutoff)s.")
                    % {"day": formats.date_format(day), "cutoff": formats.date_format(max(ends))},
                    _("Choose an earlier day, or ask for leave to go beyond the cut-off."),
                    "day",
                )
            return


@check("testimony.remote", Severity.NOTE, "Fed. R. Civ. P. 30(b)(4)", DEPOSITIONS)
def may_be_remote(facts: Facts) -> Iterator[Said]:
    """Remote means need a stipulation or an order."""
    if _testimony(facts).remote:
        yield Said(
            _("A deposition by remote means rests on a stipulation or an order."), _("Record which one, or ask for it."), "remote"
        )


@check("testimony.notice-undated", Severity.WARN, "Fed. R. Civ. P. 30(b)(1), 45(a)(4)", TESTIMONY)
def dates_its_notice(facts: Facts) -> Iterator[Said]:
    """Check 4: of a deposition every other party has notice; of production before trial it has it before service."""
    notice = getattr(facts.demand, "notice", None)
    needed = facts.demand.kind in DEPOSITIONS or commands_production(facts.demand)
    if needed and (notice is None or notice.dated is None):
        yield Said(_("The notice to all parties has no date."), _("Date it: every other party must have it."), "notice-dated")


@check("testimony.over-100-miles", Severity.WARN, "Fed. R. Civ. P. 45(c)(1)(A)", COMMANDED)
def lies_within_100_miles(facts: Facts) -> Iterator[Said]:
    """Check 7: the witness is commanded within 100 miles of home, work or business; the ZIP codes of the record are measured."""
    codes = ZIP.findall(_testimony(facts).place)
    if not codes or _testimony(facts).remote:
        return
    own = [row for row in facts.addresses if row.kind in OWN_PLACES and row.country.strip().lower() in UNITED_STATES]
    measured = [(miles, row) for row in own if (miles := miles_between(codes[-1], row.postal_code)) is not None]
    miles, nearest = min(measured, key=lambda pair: pair[0], default=(0.0, None))
    if nearest is not None and miles > CLOSE:
        yield Said(
            _("The place (%(place)s) lies about %(miles)d miles from the nearest address of %(name)s (%(city)s).")
            % {"place": codes[-1], "miles": round(miles), "name": facts.demand.responding_party, "city": nearest.city},
            _("Choose a place within %(miles)d miles; a party, its officer, or a witness at trial may be farther within the state.")
            % {"miles": MILES},
            "place",
        )


@check("testimony.fees", Severity.NOTE, "Fed. R. Civ. P. 45(b)(1)", COMMANDED)
def tells_the_fees(facts: Facts) -> Iterator[Said]:
    """Attendance is commanded, so fees are tendered with the subpoena."""
    own = _testimony(facts)
    if facts.demand.status == DemandStatus.SERVED:
        return
    try:
        fee = attendance_on(own.day or facts.law.today(facts.now)).amount
    except LawRefused:
        fee = "?"
    yield Said(
        _("One day’s attendance ($%(fee)s) and the mileage are tendered when it is served.") % {"fee": fee},
        _("None when it is issued for the United States. Have the check ready for the server."),
    )


@check("testimony.fees-missing", Severity.WARN, "Fed. R. Civ. P. 45(b)(1)", COMMANDED)
def tendered_the_fees(facts: Facts) -> Iterator[Said]:
    """Service without the fees does not compel attendance."""
    if facts.service is not None and not facts.service.attendance_fee:
        yield Said(
            _("No witness fee is on record as tendered with the subpoena."),
            _("Record it with the service, or serve again with the fees: without them attendance is not compelled."),
        )


def _noticed_on(facts: Facts) -> date:
    """Return the day of the notice: as it was served on the parties, as it is dated, else today."""
    notice = getattr(facts.demand, "notice", None)
    given = (notice.served_on or notice.dated) if notice is not None else None
    day: date = given or facts.law.today(facts.now)
    return day


def _others(facts: Facts) -> list[Demand]:
    """Return the other depositions of the same side in the case (1 query): one group's count is one side's, Rule 30(a)(2)(A)(i)."""
    rows = Demand.objects.filter(
        case=facts.demand.case_id, kind__in=DEPOSITIONS, request_set__propounded_by=facts.set.propounded_by_id
    )
    return list(rows.exclude(pk=facts.demand.pk).exclude(status__in=CLOSED).select_related("testimony"))
