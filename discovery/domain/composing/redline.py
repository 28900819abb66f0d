"""Composing a redline: two wordings of a demand's text -> snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from discovery.domain.composing.approvable import FACT_NAMES, facts_of
from discovery.domain.composing.printed import case_line, court_line, printed_date, stamped
from discovery.domain.errors import Refused
from discovery.domain.number_ranges import ranges
from discovery.domain.redline import Line, Piece, compare, redline, rows_of
from discovery.domain.wordings import EARLIER, NOW, Wording, wordings_of
from discovery.enums import PaperKind
from discovery.models import Demand
from discovery.papers import redline as papers

CHOICES = ("from", "to")
GROUPS = {"definitions": "Definitions", "instructions": "Instructions", "requests": "Requests", "exhibits": "Exhibits"}
NAMES = {"definitions": "Definition No. {}", "instructions": "Instruction No. {}", "exhibits": "Exhibit {}"}
WORDS = {
    "preamble": "Preamble",
    "definitions_note": "Note on the definitions",
    "period_from": "Relevant period from",
    "period_to": "Relevant period to",
}
STATES = {"same": "unchanged", "moved": "the same words", "changed": "changed", "added": "added", "removed": "removed"}
TALLY = ("changed", "added", "removed", "moved")
TALLIED = {"moved": "renumbered"}


def chosen(known: Sequence[Wording], choices: Mapping[str, int] | None) -> tuple[Wording, Wording]:
    """Return the two of a demand's wordings to compare: those named "from" and "to", else the last two.

    Raises Refused when there is only one, for a number that there is none of, and for twice the same.
    """
    if len(known) < 2:
        raise Refused(_("There is only one wording of this text, so there is nothing to compare. Approve it, or change it, first."))
    by_number = {one.number: one for one in known}
    numbers = [(choices or {}).get(name, one.number) for name, one in zip(CHOICES, known[-2:], strict=True)]
    for number in numbers:
        if number == EARLIER and number not in by_number:
            raise Refused(_("This corrects no earlier paper whose text is on record, so there is nothing to compare it with."))
        if number not in by_number:
            raise Refused(_("There is no version %(number)d of this text.") % {"number": number})
    if numbers[0] == numbers[1]:
        raise Refused(_("Choose two different versions."))
    return by_number[numbers[0]], by_number[numbers[1]]


def compose_redline(
    demand: Demand, paper: str = PaperKind.REDLINE.value, choices: Mapping[str, int] | None = None
) -> papers.RedlinePaper:
    """Return the snapshot of the redline of two wordings. Raises Refused as `chosen` does."""
    before, after = chosen(wordings_of(demand), choices)
    case = demand.case
    heading = str(after.content["request_heading"])
    lines = {name: compare(list(rows_of(before.content, name)), list(rows_of(after.content, name))) for name in GROUPS}
    groups = [
        _facts(demand, before, after),
        _words(before.content, after.content),
        *(_group(name, lines[name], heading) for name in GROUPS if lines[name]),
    ]
    subject = f"{demand.request_set.name}, directed to {demand.responding_party.person.name}"
    return papers.RedlinePaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Redline: {subject}, {_short(before)} to {_short(after)}",
        parts=papers.PARTS,
        case_line=case_line(case),
        court_line=court_line(case.court),
        title="REDLINE",
        subject=subject,
        before=_described(before, case.court.zone),
        after=_described(after, case.court.zone),
        tally=_tally([line for found in lines.values() for line in found]),
        groups=tuple(group for group in groups if group.entries or group.unchanged),
        office=demand.attorney.attorney.firm.name if demand.attorney is not None else "",
        created=stamped(max(before.moment, after.moment)),
    )


SHORT = {NOW: "as it stands", EARLIER: "the paper it corrects"}


def _short(wording: Wording) -> str:
    return SHORT.get(wording.number, f"version {wording.number}")


def _described(wording: Wording, zone: ZoneInfo) -> str:
    if wording.agreed:
        return f"As it stands, with the narrower text agreed on {' and '.join(printed_date(day) for day in wording.agreed)}"
    day = printed_date(wording.moment.astimezone(zone).date())
    if wording.number == EARLIER:
        return f"The paper that this one corrects, as approved on {day} by {wording.approved_by}"
    if wording.number == NOW:
        return f"As it stands, last changed on {day}"
    return f"Version {wording.number}, approved on {day} by {wording.approved_by}"


def stated(demand: Demand, before: Wording, after: Wording) -> list[tuple[str, list[Piece]]]:
    """Return what a corrected paper states otherwise beside its texts, by its name in `FACT_NAMES`: place, day, title ...

    Only against the paper that it corrects, and of the wording approved last or as it stands: of others these are not kept apart.
    """
    last = demand.approved_version
    approved = last is not None and after.number == last.number
    if before.number != EARLIER or demand.supersedes is None or not (approved or after.number == NOW):
        return []
    old, new = facts_of(demand.supersedes, approved=True), facts_of(demand, approved=approved)
    return [(name, redline(old[name], words)) for name, words in new.items() if name in old and old[name] != words]


def _facts(demand: Demand, before: Wording, after: Wording) -> papers.RedlineGroup:
    """Return what the paper states beside its texts, where a correction changed it."""
    entries = tuple(
        papers.RedlineEntry(FACT_NAMES[name], "changed", "changed", (), _pieces(pieces))
        for name, pieces in stated(demand, before, after)
    )
    return papers.RedlineGroup("What the paper states", "", entries)


def _words(before: Mapping[str, Any], after: Mapping[str, Any]) -> papers.RedlineGroup:
    """Return what changed outside the numbered texts."""
    told = {name: (_word(before, name), _word(after, name)) for name in WORDS}
    entries = tuple(
        papers.RedlineEntry(WORDS[name], "changed", "changed", (), _pieces(redline(old, new)))
        for name, (old, new) in told.items()
        if old != new
    )
    return papers.RedlineGroup("Preamble and period", "", entries)


def _word(content: Mapping[str, Any], name: str) -> str:
    """Return one text of a set that has no number; days as papers print them."""
    value = str(content.get(name, ""))
    return printed_date(date.fromisoformat(value)) if value and name.startswith("period_") else value


def _group(name: str, lines: list[Line], heading: str) -> papers.RedlineGroup:
    """Return one kind of text: every request, and of the others those that changed with a sentence on the rest."""
    named = heading.rstrip(": ").replace("{number}", "{}") if name == "requests" else NAMES[name]
    whole = name == "requests"
    rest = [line.number for line in lines if line.how == "same" and not whole]
    numbers = ", ".join(map(str, rest)) if name == "exhibits" else ranges(rest, "–")
    entries = tuple(_entry(line, named) for line in lines if whole or line.how != "same")
    return papers.RedlineGroup(GROUPS[name], f"Unchanged: {numbers}." if rest else "", entries)


def _entry(line: Line, named: str) -> papers.RedlineEntry:
    state = STATES[line.how]
    if line.was and line.number and line.was != line.number:
        state = f"{state}; it was No. {line.was}"
    if "{}" not in named:  # a heading that somebody wrote without a number
        named = f"{named} {{}}"
    heading = named.replace("{}", str(line.number or line.was))
    return papers.RedlineEntry(heading, line.how, state, _pieces(line.label), _pieces(line.text))


def _pieces(pieces: list[Piece]) -> tuple[papers.RedlinePiece, ...]:
    return tuple(papers.RedlinePiece(piece.how, piece.text) for piece in pieces)


def _tally(lines: list[Line]) -> str:
    counted = ((how, sum(line.how == how for line in lines)) for how in TALLY)
    return ", ".join(f"{number} {TALLIED.get(how, how)}" for how, number in counted if number) or "no numbered text changed"
