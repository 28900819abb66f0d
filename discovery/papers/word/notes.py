"""What a document numbers once for all its sections: bookmarks and footnotes."""

from __future__ import annotations

import re

from discovery.papers.word.inline import Piece, runs_of, settled
from discovery.papers.word.looks import Type
from discovery.papers.word.paragraphs import Paragraph, Setting
from discovery.papers.word.style_names import FOOTNOTE

_NUMBER = re.compile(r"\b(?:no|nos)\.\s*(\d+)", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(\d+)\D*$")
LONGEST = 40
"""Word's limit for a bookmark's name."""
REFERENCE = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
OWN_NUMBER = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'


class Bookmarks:
    """Names of bookmarks, each given once: "request_12", "response_12", "definitions"."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def request(self, heading: str, *, response: bool) -> tuple[int, str]:
        """Return number and name for the heading of a request, of a topic of a deposition, or of the response to one."""
        found = _NUMBER.search(heading) or _LAST_NUMBER.search(heading)
        kind = "response" if response else "topic" if "topic" in heading.lower() else "request"
        return self._named(f"{kind}_{found[1]}") if found else self.heading(heading)

    def heading(self, words: str) -> tuple[int, str]:
        """Return number and name for another heading."""
        plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
        return self._named(plain if plain[:1].isalpha() else f"part_{plain}".rstrip("_"))

    def entry(self, number: str) -> tuple[int, str]:
        """Return number and name for a heading that a table of contents refers to."""
        return self._named(f"contents_{number}")

    def _named(self, wanted: str) -> tuple[int, str]:
        name, count = wanted[: LONGEST - 5].rstrip("_"), 1
        while name in self._given:
            count += 1
            name = f"{wanted[: LONGEST - 5].rstrip('_')}_{count}"
        self._given[name] = len(self._given) + 1
        return self._given[name], name


class Footnotes:
    """The footnotes of a document, numbered by Word as their references stand."""

    def __init__(self) -> None:
        self.made: list[Paragraph] = []

    def add(self, pieces: list[Piece], made: Type, *, line: float | None, bidi: bool) -> Piece:
        """Keep a note and return its reference; `line` is the height of its lines on numbered paper, None for the font's own."""
        note = Paragraph(FOOTNOTE, Setting(line=line, exact=line is not None), made, bidi=bidi)
        note.runs = [(None, OWN_NUMBER), *runs_of([Piece("text", made, "\u00a0"), *settled(pieces)])]
        self.made.append(note)
        return Piece("raw", made, REFERENCE.format(number=len(self.made)))
