"""Which characters the vendored fonts have, from a list beside them: reading the fonts for it took 18 MB of every worker.

`python -m discovery.papers.repertoire` writes the list anew after a font was changed; a test holds it against the fonts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from textwrap import fill

from fontTools.ttLib import TTFont

from discovery.papers.fontset import FONTS, faces

LIST = FONTS / "REPERTOIRE.txt"
HEAD = "# The characters that at least one family has in its regular face, as ranges of code points."


class Repertoire:
    """A set of code points, as ranges that do not touch, in order."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.ranges = tuple(ranges)
        self._firsts = tuple(first for first, _last in self.ranges)

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self._firsts, code) - 1
        return at >= 0 and code <= self.ranges[at][1]


@cache
def repertoire() -> Repertoire:
    """Return the code points that papers can be printed with, as the list has them."""
    lines = [line for line in LIST.read_text().splitlines() if not line.startswith("#")]
    found = (item.partition("-") for line in lines for item in line.split())
    return Repertoire((int(first, 16), int(last or first, 16)) for first, _dash, last in found)


def read_from_fonts() -> Repertoire:
    """Return the same from the fonts themselves."""
    codes: set[int] = set()
    for face in faces():
        if face.style == "regular":
            with TTFont(face.path, lazy=True) as font:
                codes |= font.getBestCmap().keys()
    return Repertoire(_ranges(sorted(codes)))


def _ranges(codes: list[int]) -> Iterator[tuple[int, int]]:
    first = codes[0]
    for code, following in pairwise([*codes, -1]):
        if following != code + 1:
            yield first, code
            first = following


def as_text(known: Repertoire) -> str:
    """Return the list as it is stored."""
    items = (f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in known.ranges)
    return f"{HEAD}\n{fill(' '.join(items), 120, break_on_hyphens=False)}\n"


if __name__ == "__main__":
    LIST.write_text(as_text(read_from_fonts()))
