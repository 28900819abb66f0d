"""Reading a set's texts word by word: defined terms, capitalised words that nothing explains, references to other texts.

Nothing here knows a row or a screen. A text is read once (`read`) into words that know where they stand; terms are compared by
the stem of each word, so that "Document" covers "Documents" and "Concerning" covers "Concern".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from discovery.domain.checks.lexicon import DETERMINERS, ORDINARY, RELATORS, SMALL, TITLES, TOO_COMMON, stem

WORD = re.compile(r"[^\W\d_](?:[\w&’'-]|\.(?=\w))*")
STARTS = frozenset('.?!;:\n•“"')
"""What before a word makes its capital letter say nothing: a sentence, a line, a list or a quotation begins there."""
QUOTED = re.compile(r"[“\"]([^“”\"\n]{1,80})[”\"]")
CORPORATE = frozenset({"inc", "llc", "l.l.c", "corp", "ltd", "llp", "l.p", "lp", "co", "plc", "gmbh", "s.a", "n.a", "p.c"})
LONGEST = 12
"""Words that a term has at most."""


class Word(NamedTuple):
    """One word of a text: as written, its stem, from where to where, and whether it opens a sentence, line or quotation."""

    plain: str
    stem: str
    start: int
    end: int
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter first and small letters after it; acronyms are not."""
        return self.plain[0].isupper() and not self.plain.isupper()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its words: the places of those with a capital letter (`marked`), the stems of those without (`small`)."""

    text: str
    words: tuple[Word, ...]
    marked: tuple[int, ...]
    small: frozenset[str]

    def adjacent(self, first: int) -> bool:
        """Whether word `first` and the next one stand side by side."""
        gap = self.text[self.words[first].end : self.words[first + 1].start]
        return gap.isspace() and "\n" not in gap

    def after(self, number: int, width: int) -> str:
        """Return the characters that follow a word."""
        end = self.words[number].end
        return self.text[end : end + width]


@lru_cache(maxsize=1024)
def read(text: str) -> Wording:
    """Return a text with its words. Kept for the next run: between two looks at a form most texts are the same."""
    words: list[Word] = []
    marked: list[int] = []
    small: set[str] = set()
    end = 0
    for found in WORD.finditer(text):
        plain, start = found[0], found.start()
        if plain[-1] in "’'-":
            plain = plain.rstrip("’'-")
        opens = not words or (text[end:start] != " " and _opens(text, words[-1], start))
        end = start + len(plain)
        word = Word(plain, stem(plain), start, end, opens)
        if plain.islower():
            small.add(word.stem)
        else:
            marked.append(len(words))
        words.append(word)
    return Wording(text, tuple(words), tuple(marked), frozenset(small))


def _opens(text: str, last: Word, start: int) -> bool:
    """Whether a word after `last` is the first of a sentence, line or list entry, or stands after an opening quotation mark."""
    gap = text[last.end : start]
    if not STARTS.isdisjoint(gap):
        return True
    # "(a) Documents": the letter of a list, in brackets.
    return gap.startswith(")") and len(last.plain) <= 4 and text[last.start - 1 : last.start] == "("


class Terms:
    """A set of terms of one or more words each, compared by their stems."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self.single: set[str] = set()

    def add(self, term: str) -> None:
        """Add one term."""
        stems = tuple(word.stem for word in read(term).words)[:LONGEST]
        if not stems:
            return
        if len(stems) == 1:
            self.single.add(stems[0])
        known = self._by_first.setdefault(stems[0], [])
        if stems not in known:
            known.append(stems)
            known.sort(key=len, reverse=True)

    def add_all(self, terms: Iterable[str]) -> None:
        """Add several terms."""
        for term in terms:
            self.add(term)

    def add_names(self, names: Iterable[str]) -> None:
        """Add names whole, and each word of them that is no ordinary word: "Musk" of "Elon Musk", not "Fund" of "Startup Fund"."""
        for name in names:
            self.add(name)
            for word in read(name).words:
                if word.stem not in ORDINARY:
                    self.add(word.plain)

    def length_at(self, wording: Wording, place: int) -> int:
        """Return how many words the longest term that begins at a word of a text has, 0 for none."""
        words = wording.words
        for stems in self._by_first.get(words[place].stem, ()):
            end = place + len(stems)
            if end > len(words) or any(words[place + n].stem != one for n, one in enumerate(stems)):
                continue
            if all(wording.text[words[n].end : words[n + 1].start].strip(" \n-’'s,.") == "" for n in range(place, end - 1)):
                return len(stems)
        return 0


def quoted_terms(text: str) -> list[str]:
    """Return what stands in quotation marks with a capital letter in it: terms that the text introduces ("Musk", "xAI")."""
    return [term for term in (found.strip(" ,.;") for found in QUOTED.findall(text)) if not term.islower()]


def terms_of_label(label: str) -> list[str]:
    """Return the terms that a definition's label names: "You, Your, Meta" or "Identify (a person)"."""
    bare = re.sub(r"\([^)]*\)", " ", label)
    return [part for part in (one.strip(" “”\"'") for one in re.split(r"[,;/]|\bor\b|\band\b", bare)) if part]


def defined_by(text: str) -> list[str]:
    """Return the terms that a definition defines: those quoted before "means" and the like, not those it mentions after."""
    head = re.split(r"\b(?:means?|refers?|includes?|has|have|shall|is|are)\b", text, maxsplit=1)
    return quoted_terms(head[0]) if len(head) > 1 else []


def unexplained(wording: Wording, terms: Terms, names: Terms, lower: frozenset[str]) -> Iterator[str]:
    """Yield the capitalised terms of a text that neither the set defines nor the case's record names, as they are written.

    Only what reads like a term: ordinary words with a capital letter in the middle of a sentence ("the Merger Agreement").
    Proper names that no record knows (a product, a town) are left alone. `lower` holds the stems that the set writes small.
    """
    words, done = wording.words, 0
    for place in wording.marked:
        if place < done:
            continue
        known = max(terms.length_at(wording, place), names.length_at(wording, place))
        if known or not _candidate(words[place]):
            done = place + known
            continue
        done = _run_end(wording, place, terms, names)
        if _reads_like_a_term(wording, place, done, lower, names):
            yield wording.text[words[place].start : words[done - 1].end]


def _candidate(word: Word) -> bool:
    return word.capital and not word.opens and word.stem not in TOO_COMMON and word.plain.lower() not in SMALL


def _run_end(wording: Wording, place: int, terms: Terms, names: Terms) -> int:
    """Return where the run of capitalised words that begins here ends: "Letter of Intent" is one."""
    words, end = wording.words, place + 1
    while words[place].stem not in RELATORS and end < len(words) and wording.adjacent(end - 1):
        joined = words[end].plain == "of" and end + 1 < len(words) and wording.adjacent(end)
        ahead = end + joined
        if (
            not _candidate(words[ahead])
            or words[ahead].stem in RELATORS
            or terms.length_at(wording, ahead)
            or names.length_at(wording, ahead)
        ):
            break
        end = ahead + 1
    return end


def _reads_like_a_term(wording: Wording, place: int, end: int, lower: frozenset[str], names: Terms) -> bool:
    words = wording.words
    before = words[place - 1] if place and wording.adjacent(place - 1) else None
    if before is not None and _part_of_a_name(before, names):
        return False
    follows = wording.after(end - 1, 4)
    if re.match(r"\s+(?:\d|[Nn]os?\.|#)", follows) or _goes_on_as_a_name(wording, end, names):
        return False
    run = [word for word in words[place:end] if word.plain != "of"]
    if all(word.stem in ORDINARY for word in run):
        return True
    # A word that the set writes small elsewhere is an ordinary one; "the", "any" or "such" before it tells it from a name.
    determined = before is not None and before.plain.lower() in DETERMINERS
    return determined and all(word.stem in ORDINARY or word.stem in lower for word in run)


def _part_of_a_name(before: Word, names: Terms) -> bool:
    """Whether the word before a run makes it one name with it: "California Legislature", "Ms. Grant"."""
    return before.plain.lower() in TITLES or (
        before.plain[0].isupper() and (before.stem in names.single or before.stem in TOO_COMMON)
    )


def _goes_on_as_a_name(wording: Wording, end: int, names: Terms) -> bool:
    """Whether the words after a run make it a name: "Superior Court", "Acme Products, Inc."."""
    if end >= len(wording.words):
        return False
    following = wording.words[end]
    if following.plain == "of" and end + 1 < len(wording.words) and wording.words[end + 1].capital:
        following = wording.words[end + 1]
        return following.stem in TOO_COMMON or following.stem in names.single
    if following.plain.lower().rstrip(".") in CORPORATE and following.plain[0].isupper():
        return True
    side_by_side = wording.adjacent(end - 1) and following.plain[0].isupper()
    return side_by_side and (following.stem in TOO_COMMON or following.stem in names.single or not following.capital)
