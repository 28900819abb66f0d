"""A row of page numbers as a picture: which part of what was produced a request has, and where numbers are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discovery.law.bates import Pages, parted

WIDTH = 1000
GAP = 12
"""A gap has one width, however many numbers are missing: it is told in words, and must not hide what is there."""
LEAST = 2
"""The least width of anything that is there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the picture, in thousandths of its width. Text, so that no language puts commas into it."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class _Block:
    pages: Pages
    x: float
    width: float

    def span(self, piece: Pages) -> tuple[float, float]:
        """Return from where to where pages of this block stand."""
        scale = self.width / len(self.pages)
        return self.x + (piece.first - self.pages.first) * scale, self.x + (piece.last + 1 - self.pages.first) * scale


class Axis:
    """The numbers of what was produced, side by side, with their gaps."""

    def __init__(self, produced: Iterable[Pages], gaps: Iterable[Pages]) -> None:
        there, missing = list(produced), list(gaps)
        room = max(WIDTH - GAP * len(missing), WIDTH // 2)
        gap = (WIDTH - room) / len(missing) if missing else 0.0
        total = sum(len(one) for one in there) or 1
        self.there: list[_Block] = []
        self.missing: list[_Block] = []
        at = 0.0
        for one in sorted([*there, *missing]):
            hole = one in missing
            width = gap if hole else room * len(one) / total
            (self.missing if hole else self.there).append(_Block(one, at, width))
            at += width

    def bars(self, pages: Iterable[Pages]) -> list[Bar]:
        """Return where pages stand; what touches on the screen is one bar, so there are never more than its width."""
        blocks = {block.pages: block for block in self.there}
        return _drawn(blocks[bound].span(piece) for bound, piece in parted(pages, blocks))

    def gaps(self) -> list[Bar]:
        """Return where numbers are missing."""
        return _drawn((one.x, one.x + one.width) for one in self.missing)


def _drawn(spans: Iterable[tuple[float, float]]) -> list[Bar]:
    joined: list[list[int]] = []
    for start, end in spans:
        left = min(round(start), WIDTH - LEAST)
        right = max(round(end), left + LEAST)
        if joined and left <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], right)
        else:
            joined.append([left, right])
    return [Bar(str(left), str(right - left)) for left, right in joined]
