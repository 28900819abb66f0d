"""Challenging entries of a privilege log, and what came of it. The table says from where a challenge may go where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import printable
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, ChallengeOutcome, Side
from discovery.models import PrivilegeLog, PrivilegeLogEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OPEN = ChallengeOutcome.OPEN.value
MOVES: dict[str, tuple[str, ...]] = {
    "": (OPEN,),
    OPEN: (
        ChallengeOutcome.PRODUCED.value,
        ChallengeOutcome.UPHELD.value,
        ChallengeOutcome.OVERRULED.value,
        ChallengeOutcome.WITHDRAWN.value,
    ),
    ChallengeOutcome.WITHDRAWN.value: (OPEN,),
    ChallengeOutcome.OVERRULED.value: (ChallengeOutcome.PRODUCED.value,),
    ChallengeOutcome.UPHELD.value: (),
    ChallengeOutcome.PRODUCED.value: (),
}
"""From where a challenge may go where: what a court upheld, or what was produced, is not challenged again."""


@verb
def challenge_entries(log: PrivilegeLog, numbers: Iterable[int], note: str, challenged_on: date, *, by: User) -> int:
    """Record that entries are challenged, on a day and with a reason; return how many.

    Raises Refused for no number, one that the log does not have or that cannot be challenged now, no reason, a day ahead or
    before the log was served, a superseded version.
    """
    if not note.strip():
        raise Refused(_("Say what is wrong with these entries; the letter can take it from here."), field="note")
    return _move(log, numbers, OPEN, challenged_on, note.strip(), by=by)


@verb
def close_challenge(
    log: PrivilegeLog, numbers: Iterable[int], outcome: ChallengeOutcome, closed_on: date, *, by: User, note: str = ""
) -> int:
    """Record what came of the challenge of entries; return how many. Raises Refused as `challenge_entries`."""
    if outcome == ChallengeOutcome.OPEN:
        raise Refused(_("Say what came of the challenge."), field="outcome")
    return _move(log, numbers, outcome.value, closed_on, note.strip(), by=by)


def _move(log: PrivilegeLog, numbers: Iterable[int], to: str, day: date, note: str, *, by: User) -> int:
    current = (
        PrivilegeLog.objects.select_for_update(of=("self",))
        .select_related("case__court", "responding_party__person")
        .get(pk=log.pk)
    )
    field = "challenged_on" if to == OPEN else "closed_on"
    law = CourtLaw(current.case.court)
    must_be_past(day, law, field)
    printable(note, "note")
    _must_stand(current, day, field)
    entries = _chosen(current, sorted(set(numbers)), to)
    early = next((one for one in entries if to != OPEN and one.challenged_on and day < one.challenged_on), None)
    if early is not None:
        raise Refused(_("Entry %(number)d was challenged on %(day)s, after that day.") % _about(early), field=field)
    for entry in entries:
        entry.challenge = to
        if to == OPEN:
            entry.challenged_on, entry.challenge_note, entry.closed_on = day, note, None
        else:
            entry.closed_on = day
            entry.challenge_note = "\n".join(part for part in (entry.challenge_note, note) if part)
    PrivilegeLogEntry.objects.bulk_update(entries, ["challenge", "challenged_on", "challenge_note", "closed_on"], batch_size=500)
    act = Act.ENTRIES_CHALLENGED if to == OPEN else Act.CHALLENGE_CLOSED
    details = {"entries": [entry.number for entry in entries], "note": note, "on": str(day)}
    details |= {"outcome": to} if to != OPEN else {}
    summary = f"the privilege log of {current.responding_party}, version {current.number}"
    record(act, current, case=current.case, by=by, summary=summary, details=details, happened_at=noon(day, law))
    return len(entries)


def _about(entry: PrivilegeLogEntry) -> dict[str, object]:
    return {"number": entry.number, "day": formats.date_format(entry.challenged_on) if entry.challenged_on else ""}


def _must_stand(log: PrivilegeLog, day: date, field: str) -> None:
    if log.superseded:
        raise Refused(_("This version was superseded. Challenge the entries of the current one."))
    if log.side == Side.OURS and log.served_on is None:
        raise Refused(_("Our log was not served yet, so nobody can challenge it. Record its service first."))
    if log.served_on is not None and day < log.served_on and log.number == 1:
        raise Refused(
            _("The log was served on %(day)s, after that day.") % {"day": formats.date_format(log.served_on)}, field=field
        )


def _chosen(log: PrivilegeLog, numbers: list[int], to: str) -> list[PrivilegeLogEntry]:
    """Return the entries of these numbers. Raises Refused, naming them, for numbers that are not there or may not go there."""
    if not numbers:
        raise Refused(_("Select at least one."), field="numbers")
    found = {entry.number: entry for entry in log.entries.all() if entry.number in set(numbers)}
    missing = [number for number in numbers if number not in found]
    if missing:
        raise Refused(_("The log has no entry %(numbers)s.") % {"numbers": _listed(missing)}, field="numbers")
    stuck = [number for number in numbers if to not in MOVES[found[number].challenge]]
    if stuck:
        now = found[stuck[0]].get_challenge_display() or _("not challenged")
        raise Refused(
            _("Entry %(numbers)s cannot become “%(wanted)s”: now it is “%(now)s”. Take it out of the selection.")
            % {"numbers": _listed(stuck), "wanted": _(ChallengeOutcome(to).label), "now": now},
            field="numbers",
        )
    return [found[number] for number in numbers]


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers[:20]) + (" …" if len(numbers) > 20 else "")
