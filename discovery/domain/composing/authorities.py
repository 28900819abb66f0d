"""What a motion cites, as its table of authorities lists it: read from its present words, with what people decided about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from discovery.enums import AuthorityGroup
from discovery.law.citations import Read, read
from discovery.law.cited_places import Places
from discovery.models import Authority
from discovery.papers.authorities import PrintedAuthority
from discovery.papers.dispute_papers import OutlinePart, QuotedRequest

ORDER = [group.value for group in AuthorityGroup]
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One authority: `words` are what a decision about it names it by; `row` is that decision, None for it as it was found.

    `lacks`: "name", "court", "year"; `found`: whether it was read here, or added by a person; `cited`: how often, 0 where its words
    do not stand in the text (any more).
    """

    words: str
    group: str
    listed: str
    wordings: tuple[str, ...]
    cited: int
    lacks: tuple[str, ...] = ()
    found: bool = True
    row: Authority | None = None

    @property
    def left_out(self) -> bool:
        """Whether somebody decided that the table does not list it."""
        return self.row is not None and self.row.left_out


@dataclass(frozen=True, slots=True)
class Listing:
    """The authorities in the order of the table, and short citations that only a person can tie to one."""

    lines: tuple[Line, ...]
    unsure: tuple[str, ...]

    @property
    def printed(self) -> tuple[PrintedAuthority, ...]:
        """The same as the snapshot has it: what is left out, and what nobody can tie, is cited and not listed."""
        listed = tuple(PrintedAuthority(one.group, "" if one.left_out else one.listed, one.wordings) for one in self.lines)
        untied = tuple(words for words in self.unsure if not words.startswith("…"))
        return (*listed, PrintedAuthority(AuthorityGroup.OTHER.value, "", untied)) if untied else listed

    @property
    def in_table(self) -> int:
        """How many the table lists."""
        return sum(bool(one.cited) and not one.left_out for one in self.lines)


def listing_of(
    before: Iterable[OutlinePart], requests: Iterable[QuotedRequest], after: Iterable[OutlinePart], rows: Sequence[Authority]
) -> Listing:
    """Return what the texts of a motion cite, corrected by `rows`."""
    texts = [*texts_of(before), *_quoted(requests), *texts_of(after)]
    return listing(read(texts), rows, texts)


def listing(found: Read, rows: Sequence[Authority], texts: Sequence[str]) -> Listing:
    """Return what was read with what people decided: corrected, left out, added."""
    decided = {row.words: row for row in rows}
    lines = []
    for one in found.authorities:
        row = decided.pop(one.key, None)
        listed, group = (row.listed, row.group) if row is not None else (one.listed, one.group.value)
        lines.append(Line(one.key, group, listed, tuple(one.words), one.cited, () if row is not None else one.lacks, row=row))
    if decided:
        # Words that a person named are that person's authority, wherever else they were read.
        lines = [replace(one, wordings=tuple(words for words in one.wordings if words not in decided)) for one in lines]
        lines += [Line(words, row.group, row.listed, (words,), 0, found=False, row=row) for words, row in decided.items()]
        lines = [one for one in _counted(lines, texts) if one.cited or not one.found]
    lines.sort(key=lambda line: (ORDER.index(line.group), _natural(line.listed)))
    unsure = tuple(words for words in found.unsure if not any(added in words for added in decided))
    return Listing(tuple(lines), unsure)


def texts_of(parts: Iterable[OutlinePart]) -> Iterator[str]:
    """Yield the runs of text of a paper's parts, as the paper prints them."""
    for part in parts:
        yield part.heading
        yield "\n".join(part.paragraphs)
        yield from part.points


def _quoted(requests: Iterable[QuotedRequest]) -> Iterator[str]:
    for one in requests:
        yield from (one.text, one.narrowed)
        for answer in one.answers:
            yield "\n".join((answer.text, *answer.objections))
        yield from (one.reasons, one.proposal)


def _counted(lines: Sequence[Line], texts: Iterable[str]) -> list[Line]:
    """Return the lines with how often each is cited."""
    places = Places({words: number for number, one in enumerate(lines) for words in one.wordings})
    counts = Counter(place.authority for text in texts for place in places.of(text))
    return [replace(one, cited=counts[number]) for number, one in enumerate(lines)]


def _natural(text: str) -> list[tuple[int, str]]:
    """Return a key that sorts "Rule 9" before "Rule 26", and names as people read them."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece.casefold()) for piece in _NUMBER.split(text)]
