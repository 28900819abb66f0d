"""The declaration of counsel on the conferences about a demand: numbered paragraphs, the outcome of each conference by request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.parts import Section, court_context, court_section
from discovery.papers.passages import passages
from discovery.papers.snapshots import Caption, CounselBlock, Labelled, printed
from discovery.papers.standing import OfTheOffice

PARTS = ("declaration",)


@dataclass(frozen=True, slots=True)
class ConferredItem:
    """What a conference came to on one request."""

    heading: str  # "Request For Production No. 3"
    outcome: str  # "Counsel reached an impasse."
    note: str  # what was said, or ""


@dataclass(frozen=True, slots=True)
class HeldConference:
    """One conference, as a numbered paragraph with its facts and its requests below."""

    title: str  # "Conference of July 8, 2025"
    told: str  # "On July 8, 2025, from 2:00 p.m. to 2:45 p.m. (45 minutes), counsel conferred by video conference."
    source: str  # how the declarant knows it, when not at first hand, or ""
    people: tuple[Labelled, ...]  # for whom, and who
    requests: tuple[ConferredItem, ...]


@dataclass(frozen=True, slots=True)
class NarrowedItem:
    """A narrower text that was agreed."""

    heading: str
    told: str  # "Proposed by ... on ...; agreed by ... on ...; superseded since."
    text: str


@dataclass(frozen=True, slots=True)
class PromisedItem:
    """A commitment and whether it was kept."""

    told: str  # "On July 8, 2025, Witness Corp. committed to the following by July 22, 2025:"
    text: str
    stands: str  # "This was done on July 20, 2025."


@printed
@dataclass(frozen=True, slots=True)
class DeclarationPaper(OfTheOffice):
    """A declaration under 28 U.S.C. 1746, made from the log; to be read, corrected and signed by hand by who declares."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("declaration",)
    caption: Caption
    counsel: CounselBlock
    title: str  # "DECLARATION OF OLIVE OURS ..."
    declarant: str
    opening: tuple[str, ...]  # numbered: who declares, what was asked for
    conferences: tuple[HeldConference, ...]
    narrowings: tuple[NarrowedItem, ...]
    commitments: tuple[PromisedItem, ...]
    certification: tuple[str, ...]  # numbered
    oath: str
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.declarant


def declaration_sections(paper: DeclarationPaper) -> tuple[Section, ...]:
    """Return the declaration's one section."""
    context = declaration_context(paper)
    return (court_section("declaration", "declaration.html", context, paper.caption, "declaration"),)


def declaration_context(paper: DeclarationPaper) -> dict[str, Any]:
    """Return what the template shows, every paragraph with its number in the one count that runs through the paper."""
    number = iter(range(1, 10_000))
    return {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Declaration"),
        "declarant": paper.declarant,
        "opening": [(next(number), text) for text in paper.opening],
        "conferences": [
            {
                "number": next(number),
                "held": held,
                "people": held.people,
                "requests": [{"heading": one.heading, "outcome": one.outcome, "note": passages(one.note)} for one in held.requests],
            }
            for held in paper.conferences
        ],
        "narrowings": [(next(number), one, passages(one.text)) for one in paper.narrowings],
        "commitments": [(next(number), one, passages(one.text)) for one in paper.commitments],
        "certification": [(next(number), text) for text in paper.certification],
        "oath": paper.oath,
    }
