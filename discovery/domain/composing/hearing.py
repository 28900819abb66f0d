"""When and where a motion is heard, as its papers print it; what is not recorded is a blank to fill in by hand."""

from __future__ import annotations

from discovery.domain.composing.printed import printed_date, spoken_hour
from discovery.enums import CourtKind
from discovery.models import Court, Dispute

DAY, HOUR, BLANK = "____________________", "__________", "__________"
ROOMS = {"courtroom": "Courtroom", "ctrm": "Courtroom", "department": "Department", "dept": "Department"}


def named_court(court: Court) -> str:
    """Return a court as running text names it: "United States District Court, Northern District of California"."""
    return f"{court.title}, {court.district}" if court.district else court.title


def when_and_where(dispute: Dispute, court: Court) -> str:
    """Return "August 28, 2025, at 10:00 a.m., or as soon after that as the matter may be heard, in Courtroom E of the ..."."""
    day = printed_date(dispute.hearing_on) or DAY
    hour = spoken_hour(dispute.hearing_at) if dispute.hearing_at is not None else HOUR
    where = ", ".join(line.strip() for line in court.address.splitlines() if line.strip())
    located = f", located at {where}" if where else ""
    kind, which = _room(dispute)
    room = f"{kind} {which or BLANK}"
    return f"{day}, at {hour}, or as soon after that as the matter may be heard, in {room} of the {named_court(court)}{located}"


def hearing_lines(dispute: Dispute) -> tuple[str, ...]:
    """Return the hearing as the caption names it below the case number.

    N.D. Cal. Civ. L.R. 7-2(b)(1) (expert knowledge, verify); Cal. Rules of Court, rule 3.1110(b): the first page of each paper
    (confirmed, text of the rule).
    """
    hour = spoken_hour(dispute.hearing_at) if dispute.hearing_at is not None else HOUR
    kind, which = _room(dispute)
    return (f"Date: {printed_date(dispute.hearing_on) or DAY}", f"Time: {hour}", f"{kind}: {which or BLANK}")


def before_judge(dispute: Dispute, court: Court) -> str:
    """Return ", before the Honorable Mary Magistrate" for running text; "" where it is not known who hears the motion."""
    name = judge_of(dispute, court)[0]
    return f", before {name.replace('Hon. ', 'the Honorable ', 1)}" if name else ""


def judge_of(dispute: Dispute, court: Court) -> tuple[str, str]:
    """Return who hears a motion in a court and the office: a magistrate judge of the case hears its discovery.

    A court of compliance elsewhere has judges that the case does not know.
    """
    case = dispute.case
    if court.pk != case.court_id:
        return "", "United States District Judge / Magistrate Judge"
    if court.kind != CourtKind.FEDERAL_DISTRICT:
        return case.judge, "Judge of the Superior Court"
    if case.magistrate_judge:
        return case.magistrate_judge, "United States Magistrate Judge"
    return case.judge, "United States District Judge"


def _room(dispute: Dispute) -> tuple[str, str]:
    """Return what a court calls its rooms, and which one it is: ("Department", "53"); superior courts sit in departments."""
    room = dispute.courtroom.strip()
    first, _space, rest = room.partition(" ")
    if rest and first.lower().rstrip(".") in ROOMS:
        return ROOMS[first.lower().rstrip(".")], rest
    return ("Department" if dispute.case.court.rule_set.startswith("CA-") else "Courtroom"), room
