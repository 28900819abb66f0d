"""The preservation demand (forms.md section 7): a letter that asks somebody to lose nothing of what may become evidence."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.letters import LETTER_STYLES, LetterFrame, letter_context
from discovery.papers.parts import Section, fill_template
from discovery.papers.passages import passages
from discovery.papers.snapshots import printed
from discovery.papers.standing import Unversioned

PARTS = ("letter",)


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A heading of the letter with its paragraphs; `points` stand below them as a list."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()


@printed
@dataclass(frozen=True, slots=True)
class PreservationPaper(Unversioned):
    """A preservation demand; DRAFT stands across it until it was sent."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("letter",)
    frame: LetterFrame
    opening: str
    sections: tuple[LetterPart, ...]
    reservation: str
    final: bool
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.frame.firm


def preservation_sections(paper: PreservationPaper) -> tuple[Section, ...]:
    """Return the letter's one section."""
    context = {
        **letter_context(paper.language, paper.frame, bookmark=paper.document_title),
        "opening": passages(paper.opening),
        "sections": [
            {
                "heading": one.heading,
                "passages": [passage for text in one.paragraphs for passage in passages(text)],
                "points": one.points,
            }
            for one in paper.sections
        ],
        "reservation": passages(paper.reservation),
    }
    return (Section("letter", fill_template("preservation.html", context), (*LETTER_STYLES, "preservation")),)
