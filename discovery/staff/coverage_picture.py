"""A row of page numbers as a picture: which part of what was produced a request has, and where numbers are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discovery.law.bates import Pages, within

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
        wanted = list(pages)
        spans = []
        for block in self.there:
            scale = block.width / len(block.pages)
            spans += [
                (block.x + (one.first - block.pages.first) * scale, block.x + (one.last + 1 - block.pages.first) * scale)
                for one in within(wanted, [block.pages])
            ]
        return _drawn(spans)

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
