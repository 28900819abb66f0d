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
_END_OF_SENTENCE = re.compile(r"[.?!][”\"’)]*[\s\u00a0]+(?=[“\"]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Place:
    """A citation at text[start:end]: `authority` is what it cites, None where an "Id." does not say that surely."""

    start: int
    end: int
    authority: int | None
    id: bool = False


class Places:
    """A finder of known citations: `words` says of each wording, as cited, which authority it is (any number)."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._authorities = {_plain(one): authority for one, authority in words.items() if one.strip()}
        # The longest first: "Rule 26(b)(1)(A)" is not "Rule 26(b)(1)".
        known = sorted(self._authorities, key=lambda one: (-len(one), one))
        literal = "|".join(re.escape(one).replace(r"\ ", r"[\s\u00a0]+") for one in known)
        cited = rf"(?P<cited>(?<!\w)(?:{literal})(?![\w(])(?!\.\d))|" if literal else ""
        self._pattern = re.compile(rf"{cited}(?P<id>{ID})|(?P<other>{NOT_AN_AUTHORITY})")

    def of(self, text: str) -> Iterator[Place]:
        """Yield the places in one run of text in order; an "Id." repeats what this very run cited before it."""
        last: int | None = None
        several, end = False, -FAR
        for found in self._pattern.finditer(text):
            if found["id"]:
                if last is not None or several:
                    yield Place(found.start(), found.end(), None if several else last, id=True)
            elif found["other"]:
                last, several = None, False
            else:
                authority = self._authorities[_plain(found["cited"])]
                several = last is not None and authority != last and _one_string(text[end : found.start()])
                last = authority
                yield Place(found.start(), found.end(), authority)
                end = found.end()


def _one_string(between: str) -> bool:
    """Whether two citations are of one string, "A; B": an "Id." after it may mean either."""
    return len(between) < FAR and ";" in between and not _END_OF_SENTENCE.search(between)


def _plain(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").split())
