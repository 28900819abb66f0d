"""Where a text cites what: the places of known citations, and which of them an "Id." repeats.

Two ask here: composing, to tell which short citations are sure, and rendering, to mark the places whose pages a table of
authorities names (Civ. L.R. 7-4(a)(2), Cal. Rules of Court, rule 3.1113(f)). So both find the same places in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NOT_AN_AUTHORITY = (
    r"(?:Decl\.|Declaration|Dkt\.|ECF|Exs?\.|Exhibits?|Compl\.|Complaint|Answer|Dep\.|Tr\.)[\s\u00a0]+(?:(?:at|Nos?\.|¶¶?|of)[\s\u00a0]+)?"
    r"[¶A-Z\d]"
)
"""What the record is cited by: an "Id." after it repeats the record, not the authority before it."""
ID = r"(?<![\w.])[Ii]d\.(?![\w])"
FAR = 250
"""Characters: further apart two citations are not one string of them."""
END = ""
"""Where a wording ends in the tree of tokens: the number of its authority."""
_Tree = dict[str, "_Tree | int"]
_TOKEN = re.compile(r"[\s\u00a0]+|\w+|.", re.DOTALL)
_OTHERS = re.compile(rf"(?P<id>{ID})|(?P<other>{NOT_AN_AUTHORITY})")
_GOES_ON = re.compile(r"[\w(]|\.\d")
_END_OF_SENTENCE = re.compile(r"[.?!][”\"’)]*[\s\u00a0]+(?=[“\"]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Place:
    """A citation at text[start:end]: `authority` is what it cites, None where an "Id." does not say that surely."""

    start: int
    end: int
    authority: int | None
    id: bool = False


class Places:
    """A finder of known citations: `words` says of each wording, as cited, which authority it is (any number).

    The wordings are kept as a tree of their tokens, so that a text is walked once however many there are.
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        self._tree: _Tree = {}
        for one, authority in words.items():
            here = self._tree
            for token in _TOKEN.findall(one.strip()):
                here = here.setdefault(" " if token.isspace() else token, {})  # type: ignore[assignment]
            if one.strip():
                here[END] = authority

    def of(self, text: str) -> Iterator[Place]:
        """Yield the places in one run of text in order; an "Id." repeats what this very run cited before it."""
        last: int | None = None
        several, end = False, -FAR
        for place, kind in self._found(text):
            if kind == "id":
                if last is not None or several:
                    yield Place(place.start, place.end, None if several else last, id=True)
            elif kind == "other":
                last, several = None, False
            else:
                several = last is not None and place.authority != last and _one_string(text[end : place.start])
                last, end = place.authority, place.end
                yield place

    def _found(self, text: str) -> Iterator[tuple[Place, str]]:
        """Yield what is cited, each "Id.", and each reference to the record, in order."""
        others = {found.start(): (found.end(), str(found.lastgroup)) for found in _OTHERS.finditer(text)}
        tokens = [(found[0], found.start()) for found in _TOKEN.finditer(text)]
        done = 0
        for number, (_token, start) in enumerate(tokens):
            if start < done:
                continue
            found = self._longest(tokens, number, text)
            if found is not None:
                yield found, "cited"
                done = found.end
            elif start in others:
                done, kind = others[start]
                yield Place(start, done, None), kind

    def _longest(self, tokens: list[tuple[str, int]], first: int, text: str) -> Place | None:
        """Return the longest wording that stands at a token: "Rule 26(b)(1)(A)" is not "Rule 26(b)(1)"."""
        here: _Tree | None = self._tree
        longest: Place | None = None
        for number in range(first, len(tokens)):
            token, start = tokens[number]
            here = here.get(" " if token.isspace() else token)  # type: ignore[union-attr, assignment]
            if here is None:
                break
            end = start + len(token)
            if END in here and not _GOES_ON.match(text, end):
                longest = Place(tokens[first][1], end, here[END])  # type: ignore[arg-type]
        return longest


def _one_string(between: str) -> bool:
    """Whether two citations are of one string, "A; B": an "Id." after it may mean either."""
    return len(between) < FAR and ";" in between and not _END_OF_SENTENCE.search(between)
