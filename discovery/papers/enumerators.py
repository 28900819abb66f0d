"""How deep an enumerated line stands: "(i)" under "(a)" is one level in, "(b)" after it is back out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

DEEPEST = 6
"""The last level that steps in: there are five kinds of enumerator. Deeper ones stand there too, so that text stays on the page."""
_OPENS = re.compile(r"([ \t]*)\(([ivxlc]{1,6}|[IVXLC]{1,6}|[a-zA-Z]|\d{1,3})\)[ \t]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Mark:
    """What an enumerator may be: each reading is a kind with its place in the sequence, "(i)" a first roman or a ninth letter."""

    readings: tuple[tuple[str, int], ...]
    typed_in: int
    """How far in it was typed, in spaces."""


@dataclass(slots=True)
class _Level:
    """A list that stands open: its kind, the number that it has come to, how far in it was typed."""

    kind: str
    number: int
    typed_in: int


def levels(lines: Iterable[str]) -> list[int]:
    """Return for each line the level of its enumerator, 1 for the outermost and `DEEPEST` at most; 0 for a line without one.

    A line that goes on with a list that stands open belongs to it, the deepest first; one that begins with "(a)", "(i)" or "(1)"
    opens a list inside, unless a list of its kind stands open and it was not typed further in: then that list begins anew.
    """
    marks = [_mark(line) for line in lines]
    open_lists: list[_Level] = []
    found = [0] * len(marks)
    enumerated = [(place, mark) for place, mark in enumerate(marks) if mark is not None]
    following: list[_Mark | None] = [mark for _place, mark in enumerated[1:]]
    for (place, mark), after in zip(enumerated, [*following, None], strict=False):
        _stand(open_lists, mark, after)
        found[place] = min(len(open_lists), DEEPEST)
    return found


def _stand(open_lists: list[_Level], mark: _Mark, after: _Mark | None) -> None:
    """Change the lists that stand open so that the last one is that of the mark."""
    for depth in range(len(open_lists), 0, -1):
        level = open_lists[depth - 1]
        if (level.kind, level.number + 1) in mark.readings and not _begins_inside(mark, level, after):
            del open_lists[depth:]
            level.number += 1
            return
    begins = mark.readings[0][1] == 1
    if not begins or not open_lists or mark.typed_in <= open_lists[-1].typed_in:
        for kind, number in mark.readings[: 1 if begins else None]:
            depth = next((depth for depth in range(len(open_lists), 0, -1) if open_lists[depth - 1].kind == kind), 0)
            if depth:
                open_lists[depth - 1 :] = [_Level(kind, number, mark.typed_in)]
                return
    open_lists.append(_Level(*mark.readings[0], mark.typed_in))


def _begins_inside(mark: _Mark, level: _Level, after: _Mark | None) -> bool:
    """Whether "(i)" after "(h)" begins a roman list inside: "(ii)" follows, or it was typed further in."""
    romans = [kind for kind, number in mark.readings if number == 1 and kind != level.kind]
    if not romans:
        return False
    return mark.typed_in > level.typed_in or (after is not None and (romans[0], 2) in after.readings)


def _mark(line: str) -> _Mark | None:
    opened = _OPENS.match(line)
    if opened is None:
        return None
    word, typed_in = opened[2], len(opened[1].expandtabs(4))
    if word.isdigit():
        return _Mark((("1", int(word)),), typed_in)
    case = "a" if word.islower() else "A"
    letter = ((case, ord(word.lower()) - ord("a") + 1),) if len(word) == 1 else ()
    number = _roman(word.lower())
    roman = ((f"roman {case}", number),) if number else ()
    # A first "(i)" is roman; any other letter that stands alone is a letter unless it goes on with a roman list.
    return _Mark(roman + letter if number == 1 else letter + roman, typed_in)


def _roman(word: str) -> int:
    """Return what a roman numeral counts, 0 for letters that are none."""
    if set(word) - set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
