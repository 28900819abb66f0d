"""The words of a paragraph: text, breaks, tabs, fields and footnotes, white space collapsed as CSS does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discovery.papers.word.looks import Type
from discovery.papers.word.paragraphs import directed, text_runs

FIXED_SPACE = "\u00a0"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SPACE_IN_LINE = re.compile(r"[ \t\r\f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: "text", "break", "tab", or "raw" (a whole run as XML)."""

    kind: str
    type: Type | None = None
    text: str = ""


BREAK = Piece("break")
TAB = Piece("tab")


def pieces_of(text: str, made: Type, spaces: str) -> list[Piece]:
    """Return a text's pieces: where typed line ends are kept, each is a break; other runs of white space become one space."""
    if not text:
        return []
    if spaces not in {"pre-line", "pre-wrap", "pre"}:
        return [Piece("text", made, _SPACE.sub(FIXED_SPACE if spaces == "nowrap" else " ", text))]
    found: list[Piece] = []
    for line in text.split("\n"):
        kept = line if spaces != "pre-line" else _SPACE_IN_LINE.sub(" ", line)
        found += [Piece("text", made, kept), BREAK]
    return found[:-1]


def settled(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without the white space that CSS drops: at both ends, around breaks and tabs, and the second of two."""
    found: list[Piece] = []
    fresh = True  # at a line's beginning, or after a space
    for piece in pieces:
        if piece.kind == "text":
            text = piece.text.lstrip(" ") if fresh else piece.text
            if text:
                found.append(Piece("text", piece.type, text))
                fresh = text.endswith(" ")
        else:
            if piece.kind in {"break", "tab"}:
                _strip_end(found)
            found.append(piece)
            fresh = piece.kind in {"break", "tab"}
    _strip_end(found)
    while found and found[-1].kind in {"break", "tab"}:
        found.pop()
    return found


def _strip_end(found: list[Piece]) -> None:
    while found and found[-1].kind == "text":
        last = found.pop()
        text = last.text.rstrip(" ")
        if text:
            found.append(Piece("text", last.type, text))
            return


def runs_of(pieces: list[Piece]) -> list[tuple[Type | None, str]]:
    """Return settled pieces as runs, neighbours of one type joined; right-to-left stretches are runs of their own."""
    found: list[tuple[Type | None, str]] = []
    for piece in pieces:
        if piece.kind == "raw":
            found.append((piece.type, piece.text))
        elif piece.kind == "text":
            for text, right_to_left in directed(piece.text):
                _add(found, piece.type, ("<!--rtl-->" if right_to_left else "") + text_runs(text))
        else:
            _add(found, None, "<w:br/>" if piece.kind == "break" else "<w:tab/>")
    return found


def _add(found: list[tuple[Type | None, str]], made: Type | None, content: str) -> None:
    if found and not content.startswith("<!--"):
        last_type, last = found[-1]
        joins = not last.startswith(("<w:r>", "<!--")) and (made is None or last_type is None or made == last_type)
        if joins:
            found[-1] = (last_type if made is None else made, last + content)
            return
    found.append((made, content))
