"""The cover letter of a production: what is sent, its page numbers, which requests it answers, and what is reserved."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.letters import LETTER_STYLES, LetterFrame, letter_context
from discovery.papers.parts import Section, fill_template
from discovery.papers.passages import passages
from discovery.papers.snapshots import Labelled, printed
from discovery.papers.standing import OfTheOffice

PARTS = ("letter",)


@dataclass(frozen=True, slots=True)
class LetterRange:
    """Pages in a row, as printed."""

    first: str  # "META000001"
    last: str
    pages: str  # "250"


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """A request with the pages that answer it."""

    request: str  # "Request For Production No. 3"
    pages: str  # "META000001–META000250; META000300"


@dataclass(frozen=True, slots=True)
class AnsweredSet:
    """The requests of one set that the volume answers."""

    heading: str  # "Set One of Jane Roe, served on June 18, 2025"
    requests: tuple[AnsweredRequest, ...]


@printed
@dataclass(frozen=True, slots=True)
class CoverLetterPaper(OfTheOffice):
    """Everything that a cover letter prints."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("letter",)
    frame: LetterFrame
    opening: str
    facts: tuple[Labelled, ...]
    ranges: tuple[LetterRange, ...]
    total: str  # "251 pages"
    sets: tuple[AnsweredSet, ...]
    designation: str  # "" when the volume has none
    reservation: str  # privilege and claw-back, with its rules
    instructions: str
    author: str
    created: str


def cover_letter_sections(paper: CoverLetterPaper) -> tuple[Section, ...]:
    """Return the letter's one section."""
    context = {
        **letter_context(paper.language, paper.frame, bookmark=paper.document_title),
        "opening": passages(paper.opening),
        "facts": paper.facts,
        "ranges": paper.ranges,
        "total": paper.total,
        "sets": paper.sets,
        "designation": passages(paper.designation),
        "reservation": passages(paper.reservation),
        "instructions": passages(paper.instructions),
    }
    return (Section("letter", fill_template("cover_letter.html", context), (*LETTER_STYLES, "cover_letter")),)
