"""The verification of a response: the party swears to the answers (forms.md section 4, item 4)."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.parts import Section, court_context, court_section
from discovery.papers.passages import passages
from discovery.papers.snapshots import Caption, CounselBlock, printed
from discovery.papers.standing import OfTheOffice

PARTS = ("verification",)


@printed
@dataclass(frozen=True, slots=True)
class VerificationPaper(OfTheOffice):
    """A verification on a paper of its own, which the party signs by hand."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("verification",)
    caption: Caption
    counsel: CounselBlock
    title: str  # "VERIFICATION OF JOHN DOE’S RESPONSES AND OBJECTIONS TO ..."
    text: str
    verified_by: str  # a natural person, who swears in person; "": the officer or agent writes name and title by hand
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.counsel.firm


def verification_sections(paper: VerificationPaper) -> tuple[Section, ...]:
    """Return the one section of a verification."""
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Verification"),
        "verification": passages(paper.text),
        "verified_by": paper.verified_by,
    }
    return (court_section("verification", "verification.html", context, paper.caption, "verification"),)
