"""When and where a motion is heard, as its papers print it; what is not recorded is a blank to fill in by hand."""

from __future__ import annotations

from discovery.domain.composing.printed import printed_date, spoken_hour
from discovery.models import Court, Dispute

DAY, HOUR, ROOM = "____________________", "__________", "Courtroom __________"


def named_court(court: Court) -> str:
    """Return a court as running text names it: "United States District Court, Northern District of California"."""
    return f"{court.title}, {court.district}" if court.district else court.title


def when_and_where(dispute: Dispute, court: Court) -> str:
    """Return "August 28, 2025, at 10:00 a.m., or as soon after that as the matter may be heard, in Courtroom E of the ..."."""
    day = printed_date(dispute.hearing_on) or DAY
    hour = spoken_hour(dispute.hearing_at) if dispute.hearing_at is not None else HOUR
    where = ", ".join(line.strip() for line in court.address.splitlines() if line.strip())
    located = f", located at {where}" if where else ""
    room = dispute.courtroom.strip() or ROOM
    return f"{day}, at {hour}, or as soon after that as the matter may be heard, in {room} of the {named_court(court)}{located}"


def hearing_lines(dispute: Dispute) -> tuple[str, ...]:
    """Return the hearing as the caption names it below the case number.

    N.D. Cal. Civ. L.R. 7-2(b)(1), Cal. Rules of Court, rule 3.1110(b) (expert knowledge, verify).
    """
    hour = spoken_hour(dispute.hearing_at) if dispute.hearing_at is not None else HOUR
    return (
        f"Date: {printed_date(dispute.hearing_on) or DAY}",
        f"Time: {hour}",
        f"Courtroom: {dispute.courtroom.strip().removeprefix('Courtroom ') or '__________'}",
    )
