"""The redline of two wordings of a demand's text, request by request. What changed shows without colour, and in copied text too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.parts import Section, fill_template
from discovery.papers.passages import direction
from discovery.papers.snapshots import printed
from discovery.papers.standing import OfTheOffice

PARTS = ("redline",)
MARKS = {"added": ("{+", "+}"), "removed": ("[−", "−]")}
"""What stands around words that came or went: a screen reader and a copied text have neither underline nor strike."""


@dataclass(frozen=True, slots=True)
class RedlinePiece:
    """A stretch of text: "same", "added" or "removed"."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class RedlineEntry:
    """One text beside what it was: a request, a definition, an instruction."""

    heading: str  # "Request For Production No. 3"
    how: str  # "same" | "moved" | "changed" | "added" | "removed"
    state: str  # "changed; it was No. 4"
    label: tuple[RedlinePiece, ...]
    text: tuple[RedlinePiece, ...]


@dataclass(frozen=True, slots=True)
class RedlineGroup:
    """Definitions, instructions, requests ...: the entries that are printed, and a sentence on those that are not."""

    heading: str
    unchanged: str
    entries: tuple[RedlineEntry, ...]


@printed
@dataclass(frozen=True, slots=True)
class RedlinePaper(OfTheOffice):
    """A redline: a paper of the office that anybody may be shown, so it has no caption and nobody approves it."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("redline",)
    case_line: str
    court_line: str
    title: str
    subject: str  # "Schedule A to Meta Platforms, Inc."
    before: str  # "Version 1, approved June 18, 2025 by Alison L. Plessman"
    after: str
    tally: str  # "1 changed, 2 added"
    groups: tuple[RedlineGroup, ...]
    office: str
    created: str

    @property
    def author(self) -> str:
        """The firm."""
        return self.office


def redline_sections(paper: RedlinePaper) -> tuple[Section, ...]:
    """Return the redline's one section."""
    groups = [
        {"heading": group.heading, "unchanged": group.unchanged, "entries": [_entry(one) for one in group.entries]}
        for group in paper.groups
    ]
    markup = fill_template("redline.html", {"language": paper.language, "paper": paper, "groups": groups})
    return (Section("redline", markup, ("common", "redline")),)


def _entry(entry: RedlineEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "label": [_marked(piece) for piece in entry.label],
        "lines": [[_marked(piece) for piece in line] for line in _lines(entry.text)],
        "direction": direction("".join(piece.text for piece in entry.text)),
    }


def _lines(pieces: tuple[RedlinePiece, ...]) -> list[list[RedlinePiece]]:
    """Return the pieces as paragraphs: a line end inside a piece ends the paragraph, and the piece goes on in the next."""
    lines: list[list[RedlinePiece]] = [[]]
    for piece in pieces:
        for place, text in enumerate(piece.text.splitlines() or [""]):
            if place:
                lines.append([])
            if text:
                lines[-1].append(RedlinePiece(piece.how, text))
        if piece.text.endswith(("\n", "\r")):
            lines.append([])
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def _marked(piece: RedlinePiece) -> dict[str, str]:
    """Return a piece with its marks, the spaces at its ends outside of them."""
    core = piece.text.strip()
    if not core or piece.how == "same":
        return {"how": "same", "text": piece.text, "lead": "", "trail": ""}
    start = piece.text.index(core)
    opening, closing = MARKS[piece.how]
    lead, trail = piece.text[:start], piece.text[start + len(core) :]
    return {"how": piece.how, "text": f"{opening}{core}{closing}", "lead": lead, "trail": trail}
