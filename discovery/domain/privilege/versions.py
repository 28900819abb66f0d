"""Two versions of a privilege log beside each other: which entry is which, what changed or vanished, which challenge goes along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from discovery.enums import ChallengeOutcome
from discovery.models import PrivilegeLogEntry, RequestRow, RespondingParty

CONTENT = (
    "bates_first",
    "bates_last",
    "documents",
    "attachments",
    "sent",
    "sent_time",
    "document_type",
    "custodian",
    "author",
    "sender",
    "recipients",
    "cc",
    "bcc",
    "subject",
    "basis",
    "basis_text",
    "description",
    "withheld",
    "requests",
)
"""What an entry says; the rest is what became of it."""
CARRIED = ("challenge", "challenged_on", "challenge_note", "closed_on")
TOLD = 500
"""Entry numbers of each kind that the record of a new version names; beyond that it gives their count."""


@dataclass(slots=True)
class Comparison:
    """A new version beside the one before it, as entry numbers."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    vanished: list[int] = field(default_factory=list)
    carried: int = 0
    lost: list[int] = field(default_factory=list)
    """Entries that vanished while their challenge was open."""

    def told(self) -> dict[str, Any]:
        """Return what the record of events keeps of it."""
        found: dict[str, Any] = {}
        for name in ("added", "changed", "vanished", "lost"):
            numbers = getattr(self, name)
            if numbers:
                found[name], found[f"{name}_total"] = numbers[:TOLD], len(numbers)
        return found | ({"challenges_carried": self.carried} if self.carried else {})


def carry_over(old: Sequence[PrivilegeLogEntry], new: Sequence[PrivilegeLogEntry]) -> Comparison:
    """Lay the challenges of a log's version on the entries of the next one, and return what changed; nothing is saved.

    An entry is the same one if its first Bates number is, and if neither version gives one, if its entry number is: the numbers of
    a log that was sorted anew move, the stamps stay.
    """
    found = Comparison()
    same = _same_entries(old, new)
    for entry in new:
        before = same.get(entry.number)
        if before is None:
            found.added.append(entry.number)
            continue
        if any(getattr(before, name) != getattr(entry, name) for name in CONTENT):
            found.changed.append(entry.number)
        if before.challenge:
            found.carried += 1
            for name in CARRIED:
                setattr(entry, name, getattr(before, name))
    met = {before.number for before in same.values()}
    gone = [entry for entry in old if entry.number not in met]
    found.vanished = [entry.number for entry in gone]
    found.lost = [entry.number for entry in gone if entry.challenge == ChallengeOutcome.OPEN]
    return found


def _same_entries(old: Sequence[PrivilegeLogEntry], new: Sequence[PrivilegeLogEntry]) -> dict[int, PrivilegeLogEntry]:
    """Return, by the number of a new entry, the old one that it is: by Bates number first, what remains by entry number."""
    repeated = {bates for rows in (old, new) for bates, times in Counter(one.bates_first for one in rows).items() if times > 1}
    stamped = {one.bates_first: one for one in old if one.bates_first and one.bates_first not in repeated}
    same = {one.number: stamped[one.bates_first] for one in new if one.bates_first in stamped}
    met = {before.number for before in same.values()}
    by_number = {one.number: one for one in old if one.number not in met}
    for one in new:
        before = by_number.get(one.number)
        if one.number in same or before is None:
            continue
        if not before.bates_first or not one.bates_first or before.bates_first == one.bates_first:
            same[one.number] = before
    return same


_NUMBERS = re.compile(r"(\d{1,10})(?:\s*(?:-|–|to|through)\s*(\d{1,10}))?")


def numbers_in(text: str) -> set[int]:
    """Return the numbers that a text names: "3, 5-7" is 3, 5, 6 and 7; a range that runs backward names its ends."""
    found: set[int] = set()
    for first, last in _NUMBERS.findall(text):
        start, end = int(first), int(last or first)
        found |= set(range(start, end + 1)) if start <= end <= start + 5000 else {start, end}
    return found


def tie_to_rows(responder: RespondingParty, entries: Iterable[PrivilegeLogEntry]) -> int:
    """Tie saved entries to the requests that they name and return how many ties were made; part of the verbs that write entries.

    A number that several of the party's demands have is tied to none: which one is meant is for a person to say.
    """
    rows = RequestRow.objects.filter(demand__responding_party=responder).values_list("number", "pk")
    several = Counter(number for number, _pk in rows)
    known = {number: pk for number, pk in rows if several[number] == 1}
    through = PrivilegeLogEntry.rows.through
    ties = [
        through(privilegelogentry_id=entry.pk, requestrow_id=known[number])
        for entry in entries
        if entry.requests
        for number in sorted(numbers_in(entry.requests) & set(known))
    ]
    through._default_manager.bulk_create(ties, batch_size=2000, ignore_conflicts=True)
    return len(ties)
