"""The deficiency letter and the meet-and-confer letter (forms.md section 7): by request or group, what we hold, propose and ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.disputed import QuotedRequest, argued, quoted_context
from discovery.papers.letters import LETTER_STYLES, LetterFrame, letter_context
from discovery.papers.parts import Section, fill_template
from discovery.papers.snapshots import printed
from discovery.papers.standing import Unversioned

PARTS = ("letter",)


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One request, or several under one theme: quoted, with our position, what we propose and what we ask."""

    heading: str  # "Request For Production No. 3" or "Custodians (Nos. 5, 29)"
    requests: tuple[QuotedRequest, ...]
    position: str
    proposal: str
    question: str


@printed
@dataclass(frozen=True, slots=True)
class DisputeLetterPaper(Unversioned):
    """A letter to the other side about its answers; DRAFT stands across it until it is ready."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("letter",)
    frame: LetterFrame
    introduction: str
    items: tuple[LetterItem, ...]
    closing: str
    answer_by: str  # "August 1, 2025" or ""
    exhibits: tuple[str, ...]  # "Exhibit A: Schedule A as served on June 18, 2025", one each
    final: bool
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.frame.firm


def dispute_letter_sections(paper: DisputeLetterPaper) -> tuple[Section, ...]:
    """Return the letter's one section."""
    context: dict[str, Any] = {
        **letter_context(paper.language, paper.frame, bookmark=paper.document_title),
        "introduction": argued(paper.introduction),
        "items": [
            {
                "heading": item.heading,
                "grouped": len(item.requests) > 1,
                "requests": [quoted_context(one) for one in item.requests],
                "position": argued(item.position),
                "proposal": argued(item.proposal),
                "question": argued(item.question),
            }
            for item in paper.items
        ],
        "end_text": argued(paper.closing),
        "answer_by": paper.answer_by,
        "exhibits": paper.exhibits,
    }
    return (Section("letter", fill_template("dispute_letter.html", context), (*LETTER_STYLES, "dispute_letter")),)
