"""Redlines: what changed between two versions of a set, text by text and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

LIKENESS = 0.5
"""Two texts with at least this share of words in common are one text that was changed; below, one went and one came."""

SAME_NUMBER = 0.25
"""The share that is enough for two texts left over under one number: a short request that was rewritten keeps few of its words."""

LONG = 6_000
"""Beyond this many words a text is compared line by line: word by word would keep the reader waiting."""

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
"""A word or mark with the space behind it: as tokens of their own, spaces would match everywhere and take the time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: "same", "added" or "removed"."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a set beside what it was: `how` is "same", "moved", "changed", "added" or "removed"; numbers 0 for none."""

    how: str
    number: int
    was: int
    label: list[Piece]
    text: list[Piece]


def redline(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other."""
    if before == after:
        return [Piece("same", after)] if after else []
    old, new = _units(before), _units(after)
    if len(old) + len(new) > LONG:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces


def compare(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[Line]:
    """Return one line a text, in today's order, texts that went where they stood. Rows hold number, label and text."""
    pairs = _pairs(before, after)
    taken = {was for was in pairs.values() if was is not None}
    lines: list[Line] = []
    gone = [place for place in range(len(before)) if place not in taken]
    for place, row in enumerate(after):
        was = pairs[place]
        while gone and (was is not None and gone[0] < was):
            lines.append(_removed(before[gone.pop(0)]))
        lines.append(_line(before[was] if was is not None else None, row))
    lines.extend(_removed(before[place]) for place in gone)
    return lines


def _pairs(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> dict[int, int | None]:
    """Find for each text of today which one it was: by the same words, by likeness, by number and some likeness."""
    left: dict[str, list[int]] = {}
    for place, row in enumerate(before):
        left.setdefault(row["text"], []).append(place)
    pairs: dict[int, int | None] = {}
    for place, row in enumerate(after):
        same = left.get(row["text"])
        pairs[place] = same.pop(0) if same else None
    free = sorted(place for places in left.values() for place in places)
    old = {place: _Words(before[place]) for place in free}
    for place in [place for place, was in pairs.items() if was is None]:
        new = _Words(after[place])
        likeness, _near, best = max(((new.likeness(old[was]), -abs(was - place), was) for was in free), default=(0.0, 0, -1))
        if likeness >= LIKENESS:
            pairs[place] = best
            free.remove(best)
    numbered = {before[was]["number"]: was for was in free}
    for place in [place for place, was in pairs.items() if was is None]:
        was = numbered.get(after[place]["number"])
        if was is not None and _Words(after[place]).common(old[was]) >= SAME_NUMBER:
            pairs[place] = was
    return pairs


class _Words:
    """A text's words, to see how much two texts have in common."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.label: str = row["label"]
        self.words = frozenset(re.findall(r"\w+", row["text"].lower()))

    def likeness(self, other: _Words) -> float:
        """Return the share of common words (0 to 1), a little more for the same label."""
        return self.common(other) + (0.3 if self.label and self.label == other.label else 0.0)

    def common(self, other: _Words) -> float:
        """Return the share of common words, 0 to 1."""
        return 2 * len(self.words & other.words) / ((len(self.words) + len(other.words)) or 1)


def _line(old: dict[str, Any] | None, new: dict[str, Any]) -> Line:
    if old is None:
        added = [Piece("added", new["text"])]
        return Line("added", new["number"], 0, [Piece("added", new["label"])] if new["label"] else [], added)
    changed = old["text"] != new["text"] or old["label"] != new["label"]
    moved = "moved" if old["number"] != new["number"] else "same"
    return Line(
        "changed" if changed else moved,
        new["number"],
        old["number"],
        redline(old["label"], new["label"]),
        redline(old["text"], new["text"]),
    )


def _removed(old: dict[str, Any]) -> Line:
    label = [Piece("removed", old["label"])] if old["label"] else []
    return Line("removed", 0, old["number"], label, [Piece("removed", old["text"])])


def _units(text: str) -> list[str]:
    return WORDS.findall(text)


def rows_of(content: dict[str, Any], part: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one part of a set's content; an exhibit is one text under its title, named by its letter."""
    for row in content[part]:
        if part == "exhibits":
            words = "\n".join(filter(None, (row["introduction"], *row["lines"])))
            yield {"number": row["letter"], "label": row["title"], "text": words}
        elif part == "requests" and row.get("custodians"):
            yield {**row, "text": f"{row['text']}\n[{', '.join(row['custodians'])}]"}
        else:
            yield row
