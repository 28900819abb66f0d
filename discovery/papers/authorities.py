"""Tables of authorities: what a paper cites, marked where it is cited, with the pages on which the marks landed.

The snapshot says what is cited and in which words; here these words are found in the finished HTML of the text and get an anchor
each. The text is laid out once: the anchors' pages are read from it and printed as literal numbers (papers.contents).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from discovery.enums import AuthorityGroup
from discovery.law.cited_places import Places

GROUPS = {
    AuthorityGroup.CASES.value: "Cases",
    AuthorityGroup.STATUTES.value: "Constitutions and Statutes",
    AuthorityGroup.RULES.value: "Rules",
    AuthorityGroup.OTHER.value: "Other Authorities",
}
"""The headings of the table in the order in which they stand there."""
ROOMS = (24, 48, 72, 96, 132)
"""The widths of the column of pages, in points; styles/contents.css has each: the engine lays no other flexible row out right."""
PASSIM, OFTEN = "passim", 5
"""What stands for the pages of an authority that more than so many cite, where whoever listed it ended the listing with that word.

A convention (expert knowledge, verify): no rule on record has it, and a court may want the pages, so nobody gets it unasked.
"""
MARK = re.compile(r"authority-(\d+)-\d+")
Pages = Mapping[int, Sequence[int]]
"""By the place of an authority in its snapshot, the numbers of the pages that cite it."""

_PIECE = re.compile(r"(?P<tag><[^>]*>)|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|\w+);)|(?P<text>[^<&]+|[<&])")
_BEGINS = re.compile(r"<(?:h[1-6]|div|li|section)\b")
"""What begins another text: an "Id." there repeats nothing that stands before it."""
_BLOCK = re.compile(r"</?(?:p|div|ul|ol|li|section|h[1-6]|table|tr|td|br)\b")
_PASSIM = re.compile(r",?\s+passim\.?$")
_WORD = re.compile(r"[^\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class PrintedAuthority:
    """One authority: its group (enums.AuthorityGroup), how the table lists it, the wordings that cite it in the text.

    `listed` is "" for what is cited and not listed: an "Id." after it is not one of the authority before.
    """

    group: str
    listed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """A line of the table: what is listed, and its pages as printed, "3, 4, 7", or "passim"."""

    title: str
    pages: str

    @property
    def passim(self) -> bool:
        """Whether a word stands in place of its pages."""
        return self.pages == PASSIM

    @property
    def room(self) -> int:
        """Points that its pages take at the right: 12 point digits are 6 wide, commas and spaces 3; what needs more wraps."""
        needed = 36 if self.passim else sum(6 if character.isdigit() else 3 for character in self.pages)
        return next((room for room in ROOMS if needed < room), ROOMS[-1])


@dataclass(frozen=True, slots=True)
class AuthorityPart:
    """A heading of the table with the lines below it."""

    heading: str
    entries: tuple[AuthorityEntry, ...]


def marked(markup: str, authorities: Sequence[PrintedAuthority]) -> str:
    """Return the HTML of a text with an anchor around the first word of each place that cites an authority which is listed."""
    if not any(one.listed for one in authorities):
        return markup
    places = Places({words: number for number, one in enumerate(authorities) for words in one.words})
    made: list[str] = []
    done = count = 0
    for run in _runs(markup):
        text = "".join(words for words, _at in run)
        starts = _Starts(run)
        for place in places.of(text):
            if place.authority is None or not authorities[place.authority].listed:
                continue
            count += 1
            first = _WORD.match(text, place.start)
            assert first is not None, "a citation begins with a word"
            begin, end = starts.within(place.start, first.end())
            made += [markup[done:begin], f'<span id="authority-{place.authority}-{count}">', markup[begin:end], "</span>"]
            done = end
    made.append(markup[done:])
    return "".join(made)


def pages_of(document: Any, first: int) -> dict[int, list[int]]:
    """Return on which pages of a laid-out text each authority is cited; its first page has the number `first`."""
    found: dict[int, list[int]] = {}
    for number, page in enumerate(document.pages, start=first):
        for authority in sorted({int(mark[1]) for name in page.anchors if (mark := MARK.fullmatch(name))}):
            found.setdefault(authority, []).append(number)
    return found


def pages_guessed(markup: str) -> dict[int, list[int]]:
    """Return as many pages for each authority as its marks may at most land on, to see how long the table comes out."""
    found: dict[int, list[int]] = {}
    for mark in MARK.finditer(markup):
        cited = found.setdefault(int(mark[1]), [])
        cited.append(10 + len(cited))
    return found


def table_of(authorities: Sequence[PrintedAuthority], pages: Pages) -> tuple[AuthorityPart, ...]:
    """Return the table: by group, in the snapshot's order; what is listed in the same words is one line with the pages of all."""
    order = list(GROUPS)
    listed: dict[tuple[int, str], set[int]] = {}
    passim = set()
    for number, one in enumerate(authorities):
        if one.listed and pages.get(number):
            line = order.index(one.group), _PASSIM.sub("", one.listed)
            listed.setdefault(line, set()).update(pages[number])
            if line[1] != one.listed:
                passim.add(line)
    lines = sorted(listed.items(), key=lambda line: line[0][0])  # stable: within a group as the snapshot has them
    return tuple(
        AuthorityPart(
            GROUPS[order[group]],
            tuple(AuthorityEntry(line[1], _told(on, passim=line in passim)) for line, on in part),
        )
        for group, part in groupby(lines, key=lambda line: line[0][0])
    )


def _told(pages: set[int], *, passim: bool) -> str:
    return PASSIM if passim and len(pages) > OFTEN else ", ".join(str(page) for page in sorted(pages))


Piece = tuple[str, tuple[int, int]]
"""Words as read, and where they stand in the HTML."""


def _runs(markup: str) -> Iterator[list[Piece]]:
    """Yield the texts of an HTML body, each as its pieces; what is one text for its reader is one run."""
    run: list[Piece] = []
    for found in _PIECE.finditer(markup, max(0, markup.find("<body"))):
        if found["tag"]:
            if _BEGINS.match(found[0]) and run:
                yield run
                run = []
            elif _BLOCK.match(found[0]):
                run.append(("\n", (found.end(), found.end())))
        else:
            run.append((html.unescape(found[0]) if found["entity"] else found[0], found.span()))
    if run:
        yield run


class _Starts:
    """Where the characters of a run stand in the HTML."""

    def __init__(self, run: Iterable[Piece]) -> None:
        self._run: list[tuple[int, int, int, int]] = []
        at = 0
        for words, (begin, end) in run:
            self._run.append((at, at + len(words), begin, end))
            at += len(words)
        self._next = 0

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the HTML of run[start:end], as far as it reaches without a tag between. Ask in ascending order."""
        while self._run[self._next][1] <= start:
            self._next += 1
        here = self._next
        at, stop, begin, close = self._run[here]
        first = begin + start - at if close - begin == stop - at else begin
        last = first
        while here < len(self._run) and self._run[here][0] < end and (last == first or self._run[here][2] == last):
            at, stop, begin, close = self._run[here]
            last = close if end >= stop else begin + end - at
            here += 1
        return first, last
