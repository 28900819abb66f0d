"""One section's HTML as Word's blocks: paragraphs in named styles, tables, boxes side by side as tables, page breaks, footnotes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from discovery.papers.fitting import SAFETY, lines_needed
from discovery.papers.glyphs import advance
from discovery.papers.word.around import Around, Seen
from discovery.papers.word.cascade import Cascade
from discovery.papers.word.flow import Flow, Place, framed
from discovery.papers.word.inline import BREAK, FIXED_SPACE, TAB, Piece, pieces_of, runs_of, settled
from discovery.papers.word.looks import Look
from discovery.papers.word.notes import Bookmarks, Footnotes
from discovery.papers.word.paragraphs import Paragraph, Setting
from discovery.papers.word.style_names import BULLET, NUMBER, SIGNS, container_of, stays_with_next, style_of
from discovery.papers.word.tables import is_table, write_table
from discovery.papers.word.tables_of_contents import ENTRY, HEADINGS, is_entry, page_of

INLINE = {"inline", "inline-block", "inline-flex", "contents"}
FOOTNOTE_CLASS = "footnote"
DASHED = "caption-edge"
"""A dashed line that ends in an x, above and below the parties in New York; in the PDF it is drawn, no text."""
REQUEST_CLASSES = {"request-title", "request-heading", "request-line", "run-in"}
RESPONSE_CLASS = "response-title"
UNDERSCORE = 0.5
"""The width of an underscore, as a share of the type's size (Times New Roman)."""

DROP = 1.6
"""Of how much a stylesheet lowers a single-spaced block, how much it is here. CSS centers type in its line, so that a line of 12 pt
is 6 pt too high for one of 24 pt; Word and LibreOffice put four fifths of an exact line above the baseline, so it is 9.6 pt."""

HELD = 6
"""A single-spaced block on numbered paper that is no higher than so many numbered lines stays on one page."""


class Blocks:
    """Converts the elements of one section."""

    def __init__(self, cascade: Cascade, bookmarks: Bookmarks, footnotes: Footnotes, *, pitch: float = 0) -> None:
        """`pitch` is the distance of numbered lines in points, 0 on paper without any."""
        self.cascade, self.bookmarks, self.footnotes, self.pitch = cascade, bookmarks, footnotes, pitch
        self.counts_lines = bool(pitch)
        self.cells: dict[tuple[int, int, float, str, int], str] = {}  # the properties of cells that look alike
        self.commons: dict[Look, Look] = {}  # what most cells of a table have
        self._settings: dict[tuple[int, bool, bool, Place], Setting] = {}

    def seen(self, element: Any, around: Around) -> Seen:
        """Return an element's look."""
        return self.cascade.look(element, around.seen)

    def inside(self, element: Any, seen: Seen, around: Around) -> Around:
        """Return what an element's children stand in."""
        made = element.etree_element
        style = container_of(_classes(made), around.style)
        in_cell = made.tag if made.tag in {"td", "th"} else around.in_cell
        told = made.get("dir")
        rtl = told == "rtl" if told else around.rtl
        return Around(seen, style, in_cell, rtl, around.lowered or bool(self.pitch and seen[1].lowered), around.ordered)

    def block(self, element: Any, around: Around, flow: Flow, place: Place) -> None:
        """Write one block-level element."""
        seen = self.seen(element, around)
        look = seen[1]
        if look.display == "none":
            return
        if look.break_before:
            flow.turn()
        flow.space(self._even(look.margin[0], around.lowered))
        if self.pitch and look.lowered and not around.lowered:
            self._on_lines(element, seen, around, flow, place)
        else:
            self._inner(element, seen, around, flow, place)
            flow.space(self._even(look.margin[2], around.lowered))
        if look.break_after:
            flow.page_break = True

    def _even(self, length: float, lowered: bool) -> float:
        """Return a vertical distance, on numbered lines as whole ones, or half ones in a single-spaced block (papers.grid)."""
        step = self.pitch / (2 if lowered else 1)
        return round(length / step) * step if step else length

    def _inner(self, element: Any, seen: Seen, around: Around, flow: Flow, place: Place) -> None:
        if is_entry(element.etree_element):
            self._entry(element, seen, around, flow, place.inset(seen[1]))
        elif DASHED in _classes(element.etree_element):
            flow.add(_dashes(seen[1]))
        elif is_table(element, seen[1]) and not _loose_text(element):
            write_table(self, element, seen, around, flow, place)
        else:
            self._plain(element, seen, around, flow, place)

    def _on_lines(self, element: Any, seen: Seen, around: Around, flow: Flow, place: Place) -> None:
        """Write a single-spaced block so that its first line and what follows it stand on numbered lines (papers.grid)."""
        flow.pad(0)
        drop, start, was = seen[1].lowered * DROP, len(flow.out), (flow.solid, flow.used)
        above = flow.lower(drop)
        used, count = flow.used, len(flow.out)
        self._inner(element, seen, around, flow, place)
        if len(flow.out) == count:
            del flow.out[start:]
            flow.solid, flow.used = was
            return
        below = flow.above
        high = flow.used - used - above + below
        self._held_together(flow.out[count:], high - below)
        lines = max(high + max(0.0, seen[1].margin[2]), high - below + drop) / self.pitch
        wanted = math.ceil(lines - 1e-6) * self.pitch
        flow.pending, flow.solid = 0.0, 0.0
        flow.pad(max(0.0, wanted - high - drop + below))

    def _held_together(self, written: list[str | Paragraph], high: float) -> None:
        """Keep a short single-spaced block on one page: of one that is divided, an odd half would put the rest off its lines."""
        paragraphs = [one for one in written if isinstance(one, Paragraph)]
        if high > HELD * self.pitch or len(paragraphs) < len(written):
            return
        for one in paragraphs:
            last = one is paragraphs[-1]
            one.setting = replace(one.setting, together=True, with_next=one.setting.with_next or not last)

    def _plain(self, element: Any, seen: Seen, around: Around, flow: Flow, place: Place) -> None:
        look = seen[1]
        inner = self.inside(element, seen, around)
        if look.padding[0] and not look.border[0].width:
            flow.pad(self._even(look.padding[0], inner.lowered))
        start, above = len(flow.out), flow.above
        if look.display == "list-item":
            inner = replace(inner, ordered=(_marker(element, look),))
        counted, self.counts_lines = self.counts_lines, self.counts_lines or look.min_height > 0
        self.contents(element, inner, flow, place.inset(look))
        self.counts_lines = counted
        paragraphs = [one for one in flow.out[start:] if isinstance(one, Paragraph)]
        needs = look.min_height - sum(one.setting.before + one.height for one in paragraphs) + above
        if len(flow.out) == start and (look.min_height or any(border.width for border in look.border)):
            self.blank(element, inner, flow, place.inset(look))
            paragraphs = [one for one in flow.out[start:] if isinstance(one, Paragraph)]
            needs = look.min_height - sum(one.setting.before + one.height for one in paragraphs) + above
        if needs > 0 and paragraphs and len(paragraphs) == len(flow.out) - start:
            if look.at_foot or look.border[2].width:
                paragraphs[0].setting = replace(paragraphs[0].setting, before=paragraphs[0].setting.before + needs)
                flow.used += needs
            else:
                flow.pad(needs)
        framed(paragraphs, look)
        if look.together or look.with_next:
            for one in paragraphs:
                last = one is paragraphs[-1]
                one.setting = replace(
                    one.setting, together=one.setting.together or look.together, with_next=not last or look.with_next
                )
        if look.padding[2] and not look.border[2].width:
            flow.pad(self._even(look.padding[2], inner.lowered))

    def _entry(self, element: Any, seen: Seen, around: Around, flow: Flow, place: Place) -> None:
        """Write a line of a table of contents: the heading, dots, and the number of its page at the right."""
        made, look = element.etree_element, seen[1]
        title, _dots, page = (" ".join(part.text_content().split()) for part in made)  # Word draws the dots of its tab
        one = self._bare(element, self.inside(element, seen, around), place, own=True)
        one.style = style_of("", _classes(made), "", in_cell="")
        pieces = [Piece("text", look.type, title), TAB, Piece("raw", look.type, page_of(made, page))]
        one.runs, one.tabs = runs_of(pieces), (("right", place.left + place.room, "dot"),)
        one.lines = self._lines(pieces, look, place)
        flow.add(one)

    def contents(self, element: Any, around: Around, flow: Flow, place: Place) -> None:
        """Write what stands in a block: its own words as paragraphs, its blocks as blocks."""
        look = around.seen[1]
        made = element.etree_element
        pieces = [Piece("text", look.type, look.before + " ")] if look.before and not around.ordered else []
        pieces += pieces_of(made.text or "", look.type, look.spaces)
        whole = True
        for child in element.iter_children():
            if not isinstance(child.etree_element.tag, str):
                pieces += pieces_of(child.etree_element.tail or "", look.type, look.spaces)
                continue
            seen = self.seen(child, around)
            if seen[1].display in INLINE or child.etree_element.tag == "br":
                pieces += self.inline(child, seen, around)
            elif seen[1].display != "none":
                whole = False
                if self._paragraph(element, pieces, around, flow, place, own=False):
                    around = replace(around, ordered=())
                pieces = []
                self.block(child, around, flow, place)
                around = replace(around, ordered=())
            pieces += pieces_of(child.etree_element.tail or "", look.type, look.spaces)
        self._paragraph(element, pieces, around, flow, place, own=whole)

    def inline(self, element: Any, seen: Seen, around: Around) -> list[Piece]:
        """Return the pieces of an inline element."""
        made, look = element.etree_element, seen[1]
        if made.tag == "br":
            return [BREAK]
        inner = self.inside(element, seen, around)
        pieces = [Piece("text", look.type, look.before)] if look.before else []
        pieces += pieces_of(made.text or "", look.type, look.spaces)
        for child in element.iter_children():
            if isinstance(child.etree_element.tag, str):
                below = self.seen(child, inner)
                if below[1].display != "none":
                    pieces += [] if below[1].display in INLINE else [BREAK]
                    pieces += self.inline(child, below, inner)
            pieces += pieces_of(child.etree_element.tail or "", look.type, look.spaces)
        if FOOTNOTE_CLASS in _classes(made):
            line = look.line if self.pitch else None
            return [self.footnotes.add(pieces, replace(look.type, raised=""), line=line, bidi=inner.rtl)]
        return self._boxed(pieces, look) if look.display == "inline-block" else pieces

    def _boxed(self, pieces: list[Piece], look: Look) -> list[Piece]:
        """A box within a line: a blank becomes underscores, what fills one is underlined, a label is followed by a tab."""
        ruled = bool(look.border[2].width)
        words = settled(pieces)
        if ruled and not words:
            count = max(3, round((look.width or 60) / (look.type.size * UNDERSCORE)))
            return [Piece("text", replace(look.type, underline=False), "_" * count)]
        if ruled:
            before, after = _filling(words, look)
            around = ([Piece("text", look.type, before)] if before else [], [Piece("text", look.type, after)] if after else [])
            return [replace(one, type=replace(one.type or look.type, underline=True)) for one in (*around[0], *words, *around[1])]
        return [*words, TAB] if look.width and words else words

    def _paragraph(self, element: Any, pieces: list[Piece], around: Around, flow: Flow, place: Place, *, own: bool) -> bool:
        kept = settled(pieces)
        if not any(one.kind != "text" or one.text.strip() for one in kept):
            return False
        look = around.seen[1]
        one = self._bare(element, around, place, own=own)
        if around.ordered:
            self._mark(one, around.ordered[0], kept, look)
        one.runs = runs_of(kept)
        one.lines = self._lines(kept, look, place)
        if own:
            one.marks = self._marks(element, kept)
        flow.add(one)
        return True

    def _lines(self, kept: list[Piece], look: Look, place: Place) -> int:
        """Return how many lines a paragraph takes: counted where something must fit beside it, else no more than its breaks."""
        if not self.counts_lines:
            return 1 + sum(1 for piece in kept if piece.kind == "break")
        words = "".join({"text": piece.text, "break": "\n", "tab": "    "}.get(piece.kind, "") for piece in kept)
        room = max(place.room, 12.0) * SAFETY  # what a form's box keeps free is not wanted here
        return lines_needed(words, room, look.type.size, "bold" if look.type.bold else "regular")

    def _mark(self, one: Paragraph, mark: str, kept: list[Piece], look: Look) -> None:
        """Begin a list item with its bullet or number, hanging."""
        kept[:0] = [Piece("text", look.type, mark), TAB]
        if look.indent >= 0:
            hang = 18.0 if len(mark) < 3 else 24.0
            one.setting = replace(one.setting, first=-hang, left=max(one.setting.left, hang))

    def blank(self, element: Any, around: Around, flow: Flow, place: Place) -> None:
        """Write an empty paragraph where nothing stands: a line to write on, an empty cell."""
        flow.add(self._bare(element, around, place, own=True))

    def _bare(self, element: Any, around: Around, place: Place, *, own: bool) -> Paragraph:
        look, made = around.seen[1], element.etree_element
        classes = _classes(made)
        style = style_of(made.tag, classes, around.style, in_cell=around.in_cell)
        if made.tag == "li":
            style = BULLET if around.ordered and around.ordered[0] == "•" else NUMBER
        key = (around.seen[0], own, made.tag in {"td", "th"}, place)
        setting = self._settings.get(key)
        if setting is None:
            setting = self._settings[key] = self._setting(look, place, own=own, in_cell=key[2])
            if own and stays_with_next(style) and not around.in_cell:
                setting = self._settings[key] = replace(setting, with_next=True)
        return Paragraph(style, setting, look.type, bidi=around.rtl)

    def _setting(self, look: Look, place: Place, *, own: bool, in_cell: bool) -> Setting:
        return Setting(
            align="" if look.align == "left" else look.align,
            left=place.left,
            right=place.right,
            first=look.indent,
            line=look.line,
            exact=bool(self.pitch) and look.line is not None,
            with_next=own and look.with_next,
            together=own and look.together,
            shade="" if in_cell else look.background,
        )

    def _marks(self, element: Any, kept: list[Piece]) -> tuple[tuple[int, str], ...]:
        made = element.etree_element
        classes = set(_classes(made))
        if made.get(ENTRY) and made.tag in HEADINGS:
            return (*self._own_marks(made, classes, kept), self.bookmarks.entry(made.get(ENTRY)))
        return self._own_marks(made, classes, kept)

    def _own_marks(self, made: Any, classes: set[str], kept: list[Piece]) -> tuple[tuple[int, str], ...]:
        words = " ".join(piece.text for piece in kept if piece.kind == "text")
        if made.tag in {"h2", "h3", "h4"} and classes & REQUEST_CLASSES:
            return (self.bookmarks.request(words, response=RESPONSE_CLASS in classes),)
        if made.tag in {"h1", "h2"}:
            return (self.bookmarks.heading(made.get("data-bookmark") or words),)
        return ()


def _dashes(look: Look) -> Paragraph:
    """Return a line of dashes that ends in an x: a tab filled with them, so that it fits any width."""
    setting = Setting(line=look.min_height, with_next=look.with_next)
    right = ("right", look.width or 0.0, "hyphen")
    return Paragraph(SIGNS, setting, look.type, runs=[(None, "<w:tab/><w:t>x</w:t>")], tabs=(right,))


def _filling(words: list[Piece], look: Look) -> tuple[str, str]:
    """Return the spaces that make a filled blank as wide as it is in the PDF, before and after its words."""
    face = "bold" if look.type.bold else "regular"
    wide = sum(advance(sign, face) for one in words for sign in one.text) * look.type.size
    count = max(0, int(((look.outer_width or 0.0) - wide) / (look.type.size * advance(FIXED_SPACE, face))))
    before = count // 2 if look.align == "center" else 0
    return FIXED_SPACE * before, FIXED_SPACE * (count - before)


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _loose_text(element: Any) -> bool:
    """Whether words stand directly in a box that has its parts beside each other; they would find no cell."""
    made = element.etree_element
    return bool((made.text or "").strip()) or any((child.tail or "").strip() for child in made)


def _marker(element: Any, look: Look) -> str:
    """Return a list item's bullet, or its literal number."""
    if look.marker == "none":
        return look.before or ""
    if look.marker in {"disc", "circle", "square"}:
        return "•"
    made = element.etree_element
    start = int(made.getparent().get("start") or 1)
    number = start + sum(1 for one in made.itersiblings(preceding=True) if one.tag == made.tag)
    if look.marker in {"lower-alpha", "upper-alpha"}:
        letter = chr(ord("a") + (number - 1) % 26) * math.ceil(number / 26)
        return f"{letter if look.marker == 'lower-alpha' else letter.upper()}."
    return f"{number}."
