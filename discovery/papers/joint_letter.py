"""The joint discovery letter (forms.md section 6): caption, signatures, the statements of both sides, attestation.

Its parts and their order are the judge's format's. Each is laid out by itself, so that the pages that count can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.law.formats import PARTS
from discovery.papers.disputed import QuotedRequest, argued, quoted_context
from discovery.papers.measuring import measure, pages_that_count
from discovery.papers.parts import Section, caption_context, fill_template
from discovery.papers.passages import passages
from discovery.papers.snapshots import Caption, Signature, printed

__all__ = [
    "PARTS",
    "ArguedRequest",
    "JointLetter",
    "JointLetterPaper",
    "LetterSide",
    "PageLimit",
    "joint_letter_sections",
    "measured",
]


@dataclass(frozen=True, slots=True)
class PageLimit:
    """How long the letter may be, and what is counted."""

    format: str  # id of the format
    pages: int  # 0: no limit
    counts: tuple[str, ...]  # the parts whose pages count
    equal: bool  # whether the statements of both sides must be of equal length


@dataclass(frozen=True, slots=True)
class ArguedRequest:
    """What one side says on one request. Where `quoted` has no text the heading alone stands before the words."""

    heading: str  # "Request No. 3."
    quoted: QuotedRequest
    position: str


@dataclass(frozen=True, slots=True)
class LetterSide:
    """One side: who it is, its statement, and how it signs."""

    name: str  # "OpenAI Defendants"
    side: str  # "ours" | "theirs": whose lines are counted
    heading: str  # "OpenAI Defendants’ Statement"
    statement: str
    requests: tuple[ArguedRequest, ...]
    signature: Signature
    contact: tuple[str, ...]  # the lines under the name: address, telephone, e-mail


@dataclass(frozen=True, slots=True)
class JointLetter:
    """The words of the letter, as printed."""

    heading: str  # "JOINT LETTER BRIEF"
    dated: str
    addressee: tuple[str, ...]
    subject: tuple[str, ...]
    salutation: str
    introduction: str
    conferral: str  # the attestation of the conferences
    sides: tuple[LetterSide, ...]  # who moves, then who opposes
    closing: str
    attestation: str
    filer: str


@printed
@dataclass(frozen=True, slots=True)
class JointLetterPaper:
    """A joint discovery letter; DRAFT stands across it until it is ready."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]
    caption: Caption
    letter: JointLetter
    limit: PageLimit
    final: bool
    author: str
    created: str

    @property
    def keywords(self) -> tuple[str, ...]:
        """What stands in the PDF as its keywords."""
        return (f"format {self.limit.format}",)


def joint_letter_sections(paper: JointLetterPaper) -> tuple[Section, ...]:
    """Return the parts that the letter names, in its order."""
    context = _context(paper)
    return tuple(Section(part, fill_template(f"joint_{part}.html", context), _STYLES[part]) for part in paper.parts)


def measured(paper: JointLetterPaper, made: list[tuple[Section, Any]]) -> dict[str, Any]:
    """Return how many of the letter's pages count, against its limit, and how long each side's statement is."""
    return {**measure(pages_that_count(made, paper.limit.counts), paper.limit.pages), "equal": paper.limit.equal}


_STYLES = {
    "caption": ("common", "letter", "caption", "joint_letter"),
    "signatures": ("common", "letter", "joint_letter"),
    "argument": ("common", "letter", "joint_letter", "joint_argument"),
    "attestation": ("common", "letter", "joint_letter"),
}


def _context(paper: JointLetterPaper) -> dict[str, Any]:
    letter = paper.letter
    return {
        **caption_context(paper.language, paper.caption, letter.heading),
        "bookmark": paper.document_title,
        "letter": letter,
        "introduction": argued(letter.introduction),
        "sides": [
            {
                "name": side.name,
                "side": side.side,
                "heading": side.heading,
                "statement": argued(side.statement),
                "requests": [_request_context(one) for one in side.requests],
                "signature": side.signature,
                "contact": side.contact,
            }
            for side in letter.sides
        ],
        "closing": passages(letter.closing),
        # Who files attests, Civ. L.R. 5-1: our signer, with "/s/" once it was signed so.
        "attested": next((side.signature.signed for side in letter.sides if side.side == "ours"), ""),
    }


def _request_context(one: ArguedRequest) -> dict[str, Any]:
    """Return one request of a statement; `first` runs in behind its heading where the request is not quoted."""
    position = argued(one.position)
    return {
        **quoted_context(one.quoted),
        "heading": one.heading,
        "position": position,
        "first": position[0] if position else None,
        "rest": position[1:],
    }
