"""Shortcuts: steps of the pinned engine taken faster, to the very same paper.

Each replaces one function of WeasyPrint 70 or pydyf 0.13 with what it cost, measured, in its docstring. `tests/papers/
test_shortcuts.py` holds each against the original; look at them whenever one of the two is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import draw
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.document import Document, Page
from weasyprint.draw import border, text
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import absolute, background, block, column, grid, inline, percent, table
from weasyprint.layout import float as floats
from weasyprint.layout import page as pages
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from discovery.papers.shortcuts.drawing import draw_border, draw_first_line, draw_outline
from discovery.papers.shortcuts.lengths import used_length, used_lengths
from discovery.papers.shortcuts.shaping import deactivate, font_key, lay_out_begins, reactivate, set_text, set_up
from discovery.papers.shortcuts.styles import backgrounds, begin, begin_anonymous, in_normal_flow, missing, set_page_styles
from discovery.papers.shortcuts.writing import COMPRESSION, page_references, paint, write_pdf, written

__all__ = ["engine_alone", "lay_out_begins"]

Replaced = tuple[Any, str, Any]
_OURS: tuple[Replaced, ...] = (
    (pydyf.PDF, "page_references", property(page_references)),
    (pydyf, "_to_bytes", written),
    (pydyf, "zlib", COMPRESSION),
    (ComputedStyle, "__init__", begin),
    (ComputedStyle, "__missing__", missing),
    (AnonymousStyle, "__init__", begin_anonymous),
    (Box, "is_in_normal_flow", in_normal_flow),
    (Layout, "setup", set_up),
    (Layout, "set_text", set_text),
    (Layout, "deactivate", deactivate),
    (Layout, "reactivate", reactivate),
    (line_break, "_font_style_cache_key", font_key),
    (background, "layout_box_backgrounds", backgrounds),
    (pages, "set_page_type_computed_styles", set_page_styles),
    (Page, "paint", paint),
    (Document, "write_pdf", write_pdf),
    (text, "draw_first_line", draw_first_line),
    *((module, "draw_border", draw_border) for module in (border, draw)),
    *((module, "draw_outline", draw_outline) for module in (border, draw)),
    *((layout, "resolve_one_percentage", used_length) for layout in (percent, inline, table)),
    *(
        (layout, "resolve_percentages", used_lengths)
        for layout in (percent, inline, pages, floats, grid, absolute, block, column, table)
    ),
)
_ENGINES: tuple[Replaced, ...] = tuple((owner, name, getattr(owner, name)) for owner, name, _ours in _OURS)


def _take(ways: tuple[Replaced, ...]) -> None:
    for owner, name, way in ways:
        setattr(owner, name, way)


_take(_OURS)


@contextmanager
def engine_alone() -> Iterator[None]:
    """While open, the engine goes all of its own ways: what tests and benchmarks compare with. Call with the engine's lock."""
    _take(_ENGINES)
    try:
        yield
    finally:
        _take(_OURS)
