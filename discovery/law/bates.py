"""Bates numbers: page ranges as people type them, and their arithmetic. Nothing is guessed: what is unclear is refused.

A Bates number is a prefix and a number stamped with a fixed count of digits: META000250. Pages under one prefix form one row of
numbers; everything here keeps prefixes apart. Widely used, in no rule: Rule 34(b)(2)(E)(i) alone asks that what is produced be
organized and labelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from discovery.law.refusals import LawRefused, gettext_noop

MOST_DIGITS = 18
"""What a 64-bit column holds in full."""
LONGEST_PREFIX = 40
LONGEST_PIECE = 2 * (LONGEST_PREFIX + MOST_DIGITS) + 20
"""Longer than any range that is kept: looked at no further."""

_ONE = re.compile(r"(?P<prefix>.*?)(?P<number>[0-9]+)", re.DOTALL)
_PIECES = re.compile(r"[;,\r\n]+")
_PREFIX = re.compile(r"[\w .&/#()-]*")
_BETWEEN = re.compile(r"\s*(?:[\u2012-\u2015\u2212]|\.{2,}|\u2026|\s-+\s|\s(?:to|through|thru)\s)\s*", re.IGNORECASE)
"""What stands between the two ends when it cannot belong to a prefix: any dash but the hyphen, " - ", " to ", ".."."""


class RangeRefused(LawRefused):
    """What was typed is no range of pages; `str()` says why and how to write it."""


@dataclass(frozen=True, slots=True, order=True)
class Pages:
    """Pages in a row under one prefix, both ends included. `digits` is how many are stamped at least."""

    prefix: str
    first: int
    last: int
    digits: int = 6

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("Pages run forward.")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        one = label(self.prefix, self.digits, self.first)
        return one if self.first == self.last else f"{one}–{label(self.prefix, self.digits, self.last)}"

    def meets(self, other: Pages) -> bool:
        """Whether they have a page in common."""
        return self.prefix == other.prefix and self.first <= other.last and other.first <= self.last

    def common(self, other: Pages) -> Pages | None:
        """Return the pages that both hold, or None."""
        if not self.meets(other):
            return None
        return replace(self, first=max(self.first, other.first), last=min(self.last, other.last))


def label(prefix: str, digits: int, page: int) -> str:
    """Return a page's number as it is stamped: META000001."""
    return f"{prefix}{page:0{digits}d}"


def parse_ranges(text: str) -> list[Pages]:
    """Return the ranges that somebody typed, in their order: "META000001-META000250; META000300", one a line or with ; or ,.

    A range is written in full, or with the number alone as its second end: "META000001 - 250". Raises RangeRefused, naming the
    piece: no number, more than 18 digits, prefixes or digits that differ, an end before its start, two that overlap, unclear.
    """
    found = [parse_range(piece) for piece in _PIECES.split(text) if piece.strip()]
    for one, other in overlaps(found):
        raise RangeRefused(
            gettext_noop("%(one)s and %(other)s overlap: a page has one number and stands in one range. Write each page once."),
            one=one,
            other=other,
        )
    return found


def parse_range(text: str) -> Pages:
    """Return one range, or a single page. Raises RangeRefused as `parse_ranges`."""
    piece = " ".join(text[: 4 * LONGEST_PIECE].split())
    if len(piece) > LONGEST_PIECE:
        raise RangeRefused(gettext_noop("“%(piece)s” is too long for a range. Write one range a line."), piece=f"{piece[:60]}…")
    start, end = _ends(piece)
    prefix, number, digits = _number(start, piece)
    if end is None:
        return Pages(prefix, number, number, digits)
    other, last, _digits = _number(end, piece)
    if other not in {"", prefix}:
        raise RangeRefused(
            gettext_noop("The two ends of “%(piece)s” have different prefixes, “%(one)s” and “%(other)s”. Write a range for each."),
            piece=piece,
            one=prefix,
            other=other,
        )
    typed = end.removeprefix(other).strip()
    if typed != f"{last:0{digits}d}" and not (other == "" and typed == str(last)):
        raise RangeRefused(
            gettext_noop("The two ends of “%(piece)s” have different counts of digits. Write both as they are stamped."),
            piece=piece,
        )
    if last < number:
        raise RangeRefused(
            gettext_noop("“%(piece)s” runs backward: its last page comes before its first. Write the lower number first."),
            piece=piece,
        )
    return Pages(prefix, number, last, digits)


def _number(text: str, piece: str) -> tuple[str, int, int]:
    found = _ONE.fullmatch(text.strip())
    if found is None:
        raise RangeRefused(
            gettext_noop("“%(piece)s” has no number at its end. Write the Bates number as it is stamped: META000001."), piece=piece
        )
    prefix, number = found["prefix"], found["number"]
    if len(number) > MOST_DIGITS:
        raise RangeRefused(gettext_noop("“%(piece)s” has a number of more than 18 digits. Check it."), piece=piece)
    if len(prefix) > LONGEST_PREFIX:
        raise RangeRefused(gettext_noop("“%(piece)s” has a prefix of more than 40 characters. Check it."), piece=piece)
    if not _PREFIX.fullmatch(prefix):
        raise RangeRefused(
            gettext_noop("“%(piece)s” is not clear. Write each range in full: META000001 to META000250."), piece=piece
        )
    return prefix, int(number), len(number)


def _ends(piece: str) -> tuple[str, str | None]:
    """Split a range where it parts, which a hyphen alone does not say: prefixes have hyphens too."""
    parts = _BETWEEN.split(piece)
    if len(parts) == 2 and all(parts):
        return parts[0], parts[1]
    if len(parts) > 1:
        raise RangeRefused(
            gettext_noop("“%(piece)s” is not clear. Write each range in full: META000001 to META000250."), piece=piece
        )
    return _at_hyphen(piece)


def _at_hyphen(piece: str) -> tuple[str, str | None]:
    halves = [(piece[:at], piece[at + 1 :]) for at, char in enumerate(piece) if char == "-" and at]
    known = [(start, end) for start, end in halves if _ONE.fullmatch(start) and _ONE.fullmatch(end)]
    for start, end in known:
        if _split(start)[0] == _split(end)[0]:
            return start, end
    for start, end in known:
        prefix, stamped = _split(end)
        if len(stamped) == len(_split(start)[1]):
            return start, end
        if prefix == "":
            if len(stamped) < len(_split(start)[1]):
                return start, end
            raise RangeRefused(
                gettext_noop("“%(piece)s” is not clear. Write each range in full: META000001 to META000250."), piece=piece
            )
    return piece, None


def _split(text: str) -> tuple[str, str]:
    found = _ONE.fullmatch(text)
    assert found is not None, "Asked for halves that end in a number only."
    return found["prefix"], found["number"]


def overlaps(ranges: Iterable[Pages]) -> Iterator[tuple[Pages, Pages]]:
    """Yield neighbours that have a page in common, by prefix and first page; nothing when no two do."""
    reach: Pages | None = None
    for one in sorted(ranges):
        if reach is not None and reach.meets(one):
            yield reach, one
        if reach is None or reach.prefix != one.prefix or one.last > reach.last:
            reach = one


def union(ranges: Iterable[Pages]) -> list[Pages]:
    """Return the same pages in as few ranges as there can be, sorted; what touches is joined."""
    found: list[Pages] = []
    for one in sorted(ranges):
        if found and found[-1].prefix == one.prefix and one.first <= found[-1].last + 1:
            found[-1] = replace(found[-1], last=max(found[-1].last, one.last))
        else:
            found.append(one)
    return found


def without(ranges: Iterable[Pages], taken: Iterable[Pages]) -> list[Pages]:
    """Return the pages of `ranges` that are not among those taken. Linear once sorted, as all of these are."""
    away: dict[str, list[Pages]] = {}
    for one in union(taken):
        away.setdefault(one.prefix, []).append(one)
    found: list[Pages] = []
    passed = dict.fromkeys(away, 0)
    for whole in union(ranges):
        others, at, start = away.get(whole.prefix, []), passed.get(whole.prefix, 0), whole.first
        while at < len(others) and others[at].first <= whole.last:
            if others[at].first > start:
                found.append(replace(whole, first=start, last=others[at].first - 1))
            start = max(start, others[at].last + 1)
            if others[at].last > whole.last:
                break  # it may take pages of the next one, too
            at += 1
        passed[whole.prefix] = at
        if start <= whole.last:
            found.append(replace(whole, first=start))
    return found


def parted(ranges: Iterable[Pages], bounds: Iterable[Pages]) -> list[tuple[Pages, Pages]]:
    """Return the pages of `ranges` that stand in the bounds, in pieces: (bound, its piece). The bounds do not overlap."""
    wanted, limits = union(ranges), sorted(bounds)
    found: list[tuple[Pages, Pages]] = []
    at = 0
    for limit in limits:
        while at < len(wanted) and (wanted[at].prefix, wanted[at].last) < (limit.prefix, limit.first):
            at += 1
        here = at
        while here < len(wanted) and (both := limit.common(wanted[here])) is not None:
            found.append((limit, both))
            here += 1
    return found


def within(ranges: Iterable[Pages], bounds: Iterable[Pages]) -> list[Pages]:
    """Return the pages of `ranges` that also stand in `bounds`; the bounds' digits."""
    return [piece for _bound, piece in parted(ranges, union(bounds))]


def gaps(ranges: Iterable[Pages]) -> list[Pages]:
    """Return the pages that are missing between the first and the last of each prefix."""
    ends: dict[str, Pages] = {}
    joined = union(ranges)
    for one in joined:
        ends[one.prefix] = replace(ends.get(one.prefix, one), last=one.last)
    return without(ends.values(), joined)


def count(ranges: Iterable[Pages]) -> int:
    """Return how many pages there are, each counted once."""
    return sum(len(one) for one in union(ranges))


def listed(ranges: Iterable[Pages]) -> str:
    """Return ranges as one line: "META000001–META000250; META000300"; "" for none."""
    return "; ".join(str(one) for one in ranges)
