"""What every letter prints around its text: letterhead, date, how it goes, to whom, what about, salutation, closing, signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.passages import passages

LETTER_STYLES = ("common", "letter")
"""The stylesheets of a paper on `_letter.html`; what a kind has of its own comes after them."""


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """A letter without its text (forms.md section 7): every value as printed."""

    firm: str
    address_lines: tuple[str, ...]
    telephone: str
    email: str
    dated: str  # "August 1, 2025", or "" for a blank to fill in by hand
    via: str  # "Via E-mail" or ""
    addressees: tuple[str, ...]  # a block each: name, firm, street lines, joined by newlines
    subject: tuple[str, ...]  # the lines after "Re:"
    salutation: str  # "Counsel:", "Dear Judge Hixson:"
    closing: str  # "Very truly yours,"
    signed: str  # "/s/ Name" or ""
    signer: str
    signer_for: str  # "Attorneys for OpenAI Defendants"


def letter_context(language: str, frame: LetterFrame, *, bookmark: str) -> dict[str, Any]:
    """Return what `_letter.html` prints around the text; the paper adds what its own block shows."""
    return {
        "language": language,
        "bookmark": bookmark,
        "letter": frame,
        "addressees": [passages(block) for block in frame.addressees],
    }
