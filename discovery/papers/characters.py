"""Which characters can be printed: a text is printed as typed or refused by name, never with boxes in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext

from discovery.papers.repertoire import Repertoire, repertoire

LAYOUT = "\n\r\t"
"""Control characters that stand for layout; a text area sends CR LF at the end of a line."""

_SUSPECT = re.compile(f"[^ -~{LAYOUT}]")
"""What is neither printable ASCII nor of `LAYOUT`: looked up one by one."""

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Explicit embeddings, overrides and isolates (UAX 9, 2.1-2.5): they can show words in another order than the one typed,
so a served text could read otherwise than the stored one. The marks U+200E and U+200F only hint and stay allowed."""

PICTOGRAPHS = range(0x1F000, 0x20000)
"""Emoji and game pieces: a font's black outline of one is not what the author saw, and sequences fall apart."""


COUNTED = 20
"""So many characters can be counted by eye."""
QUOTED = 40
"""So many characters before the one that is named are quoted, from the first whole word."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that cannot be printed: `position` counts characters from 1; `why` is a short English reason."""

    character: str
    code_point: str  # "U+1F600"
    name: str  # "GRINNING FACE", or "" when Unicode gives none
    position: int
    why: str
    before: str = ""  # the words just before it, where counting to its position is no way to find it


def unprintable(text: str) -> list[Unprintable]:
    """Return every character of `text` that cannot be printed, in order; an empty list when all can."""
    known = repertoire()
    found = []
    for suspect in _SUSPECT.finditer(text):
        character, position = suspect[0], suspect.start() + 1
        why = _why(character, known)
        if why:
            code = f"U+{ord(character):04X}"
            name = unicodedata.name(character, "")
            found.append(Unprintable(character, code, name, position, why, _before(text, position - 1)))
    return found


def describe(found: Unprintable) -> str:
    """Return one sentence for the person who typed it, naming the character, its position and what to do."""
    named = f"{found.code_point} {found.name}".rstrip()
    said = gettext("The character %(character)s at position %(position)d cannot be printed; remove or replace it.") % {
        "character": named,
        "position": found.position,
    }
    if found.before:
        said += " " + gettext("It stands after “%(words)s”.") % {"words": found.before}
    return said


def _before(text: str, place: int) -> str:
    """Return the last words before a place, without what is shown by no glyph; "" near the beginning of the text."""
    if place < COUNTED:
        return ""
    words = "".join(one for one in text[place - QUOTED : place] if unicodedata.category(one)[0] != "C" or one == "\n").split()
    return " ".join(words[1:] if len(words) > 1 else words)


def _why(character: str, known: Repertoire) -> str:
    """Return why one character cannot be printed, or '' when it can."""
    category = unicodedata.category(character)
    code = ord(character)
    by_category = {
        "Cc": "control character",
        "Cs": "half of a surrogate pair",
        "Co": "private use: no meaning that everybody shares",
        "Cn": "noncharacter" if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF else "not assigned",
    }
    if category in by_category:
        return by_category[category]
    if character in BIDI_CONTROLS:
        return "changes the order in which other characters are shown"
    if code in PICTOGRAPHS:
        return "pictograph"
    return "" if code in known else "in none of the fonts that papers are set in"
