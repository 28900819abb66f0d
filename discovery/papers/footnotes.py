"""Footnotes in typed text: `^[words of the note]`, brackets within it allowed where they are balanced.

In a paper such a note is a real footnote: `<span class="footnote">`, which the stylesheets float to the foot of the page and Word
files carry as a footnote. What is not balanced is no note and stays as typed.

A note stands on the page of its line where the notes of a few lines that stay together (widows, orphans, the line below a heading)
find room on one page. Longer ones go on over the next pages, if they can; what never can is refused by its first words.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from django.utils.translation import gettext

from discovery.papers.errors import PaperRefused
from discovery.papers.fitting import lines_needed
from discovery.papers.glyphs import advance

OPENING = "^["
BRACKET = re.compile(r"[\[\]]")
MOST_LINES = 30
"""Half lines of pleading paper, 12 pt each: a note that takes more than half of a page is text, and stands there."""
MOST_TOGETHER = 3 * MOST_LINES
"""Half lines of the notes called within `TOGETHER` lines: what fills pages without a line of text is no note."""
TOGETHER = 4
"""Lines of text that a page break may keep together: two above it, two below it, as widows and orphans are set."""
WIDTH, SIZE = 468.0, 12.0
"""Points: the column of our court papers and letters, and the type of a note (Cal. Rules of Court 2.104: 12 point)."""


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text's pieces in order, each with whether it is the words of a note.

    "A^[see [1]] b" gives ("A", False), ("see [1]", True), (" b", False). Raises PaperRefused for a note that is too long, and for
    notes that are too long together.
    """
    done = 0
    near = _Near()
    closings = _closings(text)
    at = text.find(OPENING)
    while at >= 0:
        end = closings.get(at + 1, -1)
        note = text[at + len(OPENING) : end].strip() if end >= 0 else ""
        if note:
            near.add(text[done:at], note)
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


class _Near:
    """The notes called within the last few lines of one text, and how many lines they take together."""

    def __init__(self) -> None:
        self._notes: deque[tuple[float, int, str]] = deque()
        self._at, self._lines = 0.0, 0

    def add(self, before: str, note: str) -> None:
        """Take in a note, called after these words. Raises PaperRefused when it is too long, alone or with its neighbours."""
        lines = lines_needed(note, WIDTH, SIZE, stop_after=MOST_LINES)
        if lines > MOST_LINES:
            raise PaperRefused(
                gettext("The footnote “%(words)s…” takes more than %(lines)d lines: move it into the text.")
                % {"words": _first(note), "lines": MOST_LINES}
            )
        self._at += sum(advance(character, "regular") for character in before) * SIZE
        self._notes.append((self._at, lines, note))
        self._lines += lines
        while self._notes[0][0] < self._at - TOGETHER * WIDTH:
            self._lines -= self._notes.popleft()[1]
        if self._lines > MOST_TOGETHER:
            raise PaperRefused(
                gettext(
                    "The footnotes from “%(words)s…” on take more than %(lines)d lines for %(text)d lines of text: "
                    "shorten them, or move some into the text."
                )
                % {"words": _first(self._notes[0][2]), "lines": MOST_TOGETHER, "text": TOGETHER}
            )


def _first(note: str) -> str:
    return note[:60].rstrip()
