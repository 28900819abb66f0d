"""Typed text as paragraphs: every line that somebody typed is printed as a line of its own, with its indentation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from discovery.papers.enumerators import levels

_RUN = re.compile(r"^ +| {2,}")
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed paragraph; `style` is the CSS classes that say how it is set."""

    text: str
    style: str

    @property
    def direction(self) -> str:
        """The value of the HTML attribute `dir`: "rtl" or "ltr"."""
        return direction(self.text)


def lines_of(text: str) -> list[str]:
    """Return the lines that were typed, whatever line ends the browser or the file used; blank edges are dropped."""
    return _LINE_END.split(text.strip("\r\n\u2028\u2029"))


def passages(text: str) -> tuple[Passage, ...]:
    """Return a text's paragraphs, one for each typed line that is not blank.

    A blank line becomes space above the next paragraph. A line that opens with an enumerator, "(i)", "(a)" or "(1)",
    hangs from it, and one inside another is a level further in; the line that leads to it with a colon stays on its page.
    Spaces inside a line are printed as typed.
    """
    found: list[Passage] = []
    gap = False
    lines = lines_of(text)
    for line, level in zip(lines, levels(lines), strict=True):
        if not line.strip():
            gap = bool(found)
            continue
        hangs = ["enumerated"] * (level > 0) + [f"level-{level}"] * (level > 1)
        style = " ".join(["passage", *hangs, *["gap"] * gap])
        if level and found and found[-1].text.endswith(":"):
            found[-1] = replace(found[-1], style=f"{found[-1].style} lead")
        found.append(Passage(spaced(line.strip(" \t") if level else line.rstrip()), style))
        gap = False
    return tuple(found)


def spaced(line: str) -> str:
    """Return a line whose runs of spaces survive HTML: all but the last of a run become no-break spaces,
    all of a run that opens the line; a tab counts as four.

    Not `white-space: pre-wrap`: with it WeasyPrint 70 ends a line early when a bold term stands in the text.
    """
    return _RUN.sub(lambda run: "\u00a0" * (len(run[0]) - bool(run.start())) + " " * bool(run.start()), line.replace("\t", "    "))


def direction(text: str) -> str:
    """Return "rtl" when the first strong character is right-to-left (UAX 9, rules P2 and P3), else "ltr"."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "ltr"
