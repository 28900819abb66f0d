"""Whether a motion is noticed for a day that its court's rules allow: advice, the court decides (Civ. L.R. 7-2(a))."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.dates.counting import CourtLaw, in_words
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, Side
from discovery.law.refusals import LawRefused
from discovery.law.rulesets import RuleSet
from discovery.models import Court, Demand, Dispute

EARLIEST, NOTICE = "motion-hearing", "notice-of-motion"
"""How rule sets call the days between a motion and its hearing: on from the filing (Civ. L.R. 7-2(a)), or back from the
hearing (Cal. Code Civ. Proc. 1005(b))."""


def must_hang_together(dispute: Dispute) -> None:
    """Raise Refused for an hour without its day, and for a hearing before the motion."""
    if dispute.hearing_at is not None and dispute.hearing_on is None:
        raise Refused(_("Say on which day, too: an hour alone is no hearing."), field="hearing_on")
    if dispute.hearing_on is not None and dispute.dated is not None and dispute.hearing_on < dispute.dated:
        raise Refused(
            _("The motion is dated %(day)s; it cannot be heard before. Check both days.")
            % {"day": formats.date_format(dispute.dated)},
            field="hearing_on",
        )


def hearing_advice(dispute: Dispute, *, today: date | None = None) -> list[str]:
    """Return what to think of before a motion of ours goes out, each a sentence; empty for what is no motion to compel of ours."""
    if dispute.kind != DisputeKind.MOTION_TO_COMPEL or dispute.side != Side.OURS:
        return []
    law = CourtLaw(hearing_court(dispute))
    if dispute.hearing_on is None:
        return [_("No hearing is set: its day, hour and courtroom are left blank in the notice, to fill in by hand.")]
    found = [_closed(law, dispute.hearing_on), _too_early(law, dispute, today)]
    if dispute.hearing_at is None or not dispute.courtroom.strip():
        found.append(_("The hour or the courtroom is missing; the notice leaves it blank."))
    return [one for one in found if one]


def hearing_court(dispute: Dispute) -> Court:
    """Return the court that hears a motion: about a subpoena the court of compliance, if one is recorded (1 query)."""
    rows = Demand.objects.filter(rows__disputed__dispute=dispute, subpoena__compliance_court__isnull=False)
    demand = rows.select_related("subpoena__compliance_court").order_by("pk").first()
    court = demand.subpoena.compliance_court if demand is not None else None
    return court if court is not None else dispute.case.court


def _closed(law: CourtLaw, day: date) -> str:
    try:
        why = law.closed(day)
    except LawRefused:
        return ""
    if why is None:
        return ""
    return _("%(court)s is closed on %(day)s: choose another day.") % {
        "court": law.court.short_name,
        "day": formats.date_format(day),
    }


def _too_early(law: CourtLaw, dispute: Dispute, today: date | None) -> str:
    assert dispute.hearing_on is not None
    filed = dispute.submitted_on or dispute.dated or today or law.today()
    rules = law.known_rules
    if rules is None:
        return in_words(law.refusal())
    try:
        if _knows(rules, EARLIEST, filed):
            return _after(law, dispute.hearing_on, filed)
        if _knows(rules, NOTICE, filed):
            return _back(law, dispute.hearing_on, filed)
    except LawRefused as refusal:
        return in_words(refusal)
    return _(
        "How long before its hearing a motion must be filed is not recorded for %(court)s. Look it up in the local rules, and in "
        "the judge’s own."
    ) % {"court": law.court.short_name}


def _knows(rules: RuleSet, event: str, day: date) -> bool:
    return any(one.id == event and one.since <= day <= one.until for one in rules.events)


def _after(law: CourtLaw, hearing: date, filed: date) -> str:
    earliest = law.compute(EARLIEST, filed)
    if hearing >= earliest.due_on:
        return ""
    rule = law.rules.event(EARLIEST, filed).rule
    return _(
        "Filed on %(filed)s, the motion can be heard on %(earliest)s at the earliest (%(rule)s); %(hearing)s is too early."
    ) % {
        "filed": formats.date_format(filed),
        "earliest": formats.date_format(earliest.due_on),
        "rule": rule,
        "hearing": formats.date_format(hearing),
    }


def _back(law: CourtLaw, hearing: date, filed: date) -> str:
    latest = law.compute(NOTICE, hearing)
    if filed <= latest.due_on:
        return ""
    rule = law.rules.event(NOTICE, filed).rule
    return _(
        "To be heard on %(hearing)s, the motion is served and filed by %(latest)s, and earlier by the days for the method of "
        "service (%(rule)s); %(filed)s is too late."
    ) % {
        "hearing": formats.date_format(hearing),
        "latest": formats.date_format(latest.due_on),
        "rule": rule,
        "filed": formats.date_format(filed),
    }
