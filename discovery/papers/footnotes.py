"""Footnotes in typed text: `^[words of the note]`, brackets within it allowed where they are balanced.

In a paper such a note is a real footnote: `<span class="footnote">`, which the stylesheets float to the foot of the page and Word
files carry as a footnote. What is not balanced is no note and stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext

from discovery.papers.errors import PaperRefused
from discovery.papers.fitting import lines_needed

OPENING = "^["
BRACKET = re.compile(r"[\[\]]")
MOST_LINES = 30
"""Half lines of pleading paper, 12 pt each: a note that takes more than half of a page is text, and stands there."""
WIDTH, SIZE = 468.0, 12.0
"""Points: the column of our court papers and letters, and the type of a note (Cal. Rules of Court 2.104: 12 point)."""


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text's pieces in order, each with whether it is the words of a note.

    "A^[see [1]] b" gives ("A", False), ("see [1]", True), (" b", False). Raises PaperRefused for a note that is too long.
    """
    done = 0
    closings = _closings(text)
    at = text.find(OPENING)
    while at >= 0:
        end = closings.get(at + 1, -1)
        note = text[at + len(OPENING) : end].strip() if end >= 0 else ""
        if note:
            _refuse_long(note)
            yield text[done:at], False
            yield note, True
            done = end + 1
        at = text.find(OPENING, end + 1 if end >= 0 else at + len(OPENING))
    if done < len(text):
        yield text[done:], False


def _closings(text: str) -> dict[int, int]:
    """Return where each bracket closes that does, by where it opens; one walk, however many are left open."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place in BRACKET.finditer(text):
        if place[0] == "[":
            opened.append(place.start())
        elif opened:
            found[opened.pop()] = place.start()
    return found


def _refuse_long(note: str) -> None:
    if lines_needed(note, WIDTH, SIZE, stop_after=MOST_LINES) > MOST_LINES:
        raise PaperRefused(
            gettext("The footnote “%(words)s…” takes more than %(lines)d lines: move it into the text.")
            % {"words": note[:60].rstrip(), "lines": MOST_LINES}
        )
