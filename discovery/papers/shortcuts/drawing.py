"""Drawing: lines of text, and the frames that hardly any box has."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from weasyprint.draw import border, text
from weasyprint.formatting_structure.boxes import Box
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

engine_first_line = text.draw_first_line
engine_border = border.draw_border
engine_outline = border.draw_outline

GLYPH = struct.Struct("=IiiiI")
"""A glyph as Pango stores it: its number in the font, its width, what it is moved by to the right and up, marks of clusters."""
assert ffi.sizeof("PangoGlyphInfo") == GLYPH.size  # read wrongly, every paper would be garbled
LEAST_SIZE = 1e-6
"""Text smaller than this is not drawn: a number in a PDF has six places."""

Info = tuple[int, int, int, int, int]


class _Unusual(Exception):
    """A line has what only the engine draws: pictures for letters, raised letters, letters that no font has."""


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
    """Draw a line of text. Glyphs are read in one piece, and what stands for each in the file is kept with its font.

    The engine reads every number of every glyph by itself: a seventh of a package's time.
    """
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        return engine_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)  # type: ignore[no-any-return]
    if not textbox.text.strip() or textbox.style["font_size"] < LEAST_SIZE:
        return []
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _index = textbox.pango_layout.get_first_line()
    try:
        shown = list(_shown(stream, textbox.pango_layout, line))
    except _Unusual:
        return engine_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)  # type: ignore[no-any-return]
    stream.set_text_matrix(*matrix.values)
    string = ""
    for font, size, piece in shown:
        if font is not None:
            if string:
                stream.show_text(string)
            string = ""
            stream.set_font_size(font, size)
        string += piece
    stream.show_text(string)
    return []


def _shown(stream: Any, layout: Any, line: Any) -> Iterator[tuple[str | None, float, str]]:
    """Yield for each run of a line the font to change to, or None, its size, and the text as it stands in the file."""
    run, previous = line.runs[0], None
    font: Any = None
    size = 0.0
    while run != ffi.NULL:
        item, run = run.data, run.next
        changes = item.item.analysis.font != previous
        if changes:
            previous = item.item.analysis.font
            font, size = stream.add_font(previous)
            if font.svg or font.png or font.colr or font.bitmap:
                raise _Unusual
        string = f"<{''.join(_pieces(stream, layout, item, font, size))}"
        yield font.hash if changes else None, size, string[:-1] if string[-1] == "<" else f"{string}>"


def _pieces(stream: Any, layout: Any, item: Any, font: Any, size: float) -> Iterator[str]:
    known: dict[Info, str] = font.__dict__.setdefault("pieces", {}).setdefault(size, {})
    count = item.glyphs.num_glyphs
    for place, info in enumerate(GLYPH.iter_unpack(ffi.buffer(item.glyphs.glyphs, count * GLYPH.size))):
        piece = known.get(info)
        if piece is None:
            piece = known[info] = _piece(stream, layout, item, font, size, place, info)
        yield piece


def _piece(stream: Any, layout: Any, item: Any, font: Any, size: float, place: int, info: Info) -> str:
    """Return what stands for a glyph in the file, with what moves the next one; tell the font its text and width."""
    glyph, width, right, up, _marks = info
    if glyph == pango.PANGO_GLYPH_EMPTY:
        return f">{-width / size}<"
    if up or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        raise _Unusual
    if glyph not in font.to_unicode:
        font.to_unicode[glyph] = _text_of(layout, item, place)
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    offset = right / size
    kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
    return f"{f'>{-offset}<' if offset else ''}{glyph:04x}{f'>{int(kerning)}<' if kerning else ''}"


def _text_of(layout: Any, item: Any, place: int) -> str:
    """Return the characters that a glyph stands for."""
    clusters, count = item.glyphs.log_clusters, item.glyphs.num_glyphs
    if item.item.analysis.level % 2:  # from right to left
        end = item.item.length if place == 0 else clusters[place - 1]
    else:
        end = item.item.length if place == count - 1 else clusters[place + 1]
    start = item.item.offset
    return layout.text.encode()[start + clusters[place] : start + end].decode()  # type: ignore[no-any-return]


def draw_border(stream: Any, box: Any) -> None:
    """Draw a box's borders, if it has any, or lines between columns, or a picture for a border."""
    style = box.style
    known: bool | None = style.__dict__.get("unframed")
    if known is None:
        known = style.unframed = (
            style["border_image_source"][0] == "none" and style["column_width"] == "auto" and style["column_count"] == "auto"
        )
    if known and not (box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width):
        return
    engine_border(stream, box)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw the outlines of a box and those in it: the engine asks each for its colour first."""
    if box.style["outline_width"]:
        engine_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, Box):
            draw_outline(stream, child)
