"""Shortcuts: steps of the pinned engine taken faster, to the very same paper.

Each replaces one function of WeasyPrint 70 or pydyf 0.13 with what it cost, measured, in its docstring. `tests/papers/
test_shortcuts.py` holds each against the original; look at them whenever one of the two is raised.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import pydyf
from weasyprint.css import PAGE_MARGIN_BOXES, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.document import Page
from weasyprint.draw.color import get_color
from weasyprint.layout import background, inline, percent, table
from weasyprint.layout import page as pages
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

LEVEL = 6
"""How hard streams are compressed, 1 to 9. pydyf's 9 takes 2.7 times as long for files that are 2 % smaller."""

LINES_KEPT = 1_000
"""Lines of a paper that are drawn as they were shaped; some thirty pages, 5 MB."""
SEPARATORS = re.compile("[\n\r\u2029]")
"""What ends a paragraph, for Pango."""
PARENTS = object()
"""Stands for the style of the parent element."""
MARGIN_BOXES = tuple(f"@{name}" for name in sorted(PAGE_MARGIN_BOXES))
CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")

engine_written = pydyf._to_bytes  # noqa: SLF001  # what is replaced is not always public
engine_missing = ComputedStyle.__missing__
engine_set_up = Layout.setup
engine_set_text = Layout.set_text
engine_deactivate = Layout.deactivate
engine_reactivate = Layout.reactivate
engine_font_key = line_break._font_style_cache_key  # noqa: SLF001
engine_backgrounds = background.layout_box_backgrounds
engine_paint = Page.paint
engine_used_length = percent.resolve_one_percentage

FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
"""What makes OpenType features, in the order in which the engine takes them."""


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return the references of a PDF's pages, built once for as many pages as there are.

    WeasyPrint asks pydyf for them at every tagged box, and pydyf builds the whole list each time: under the profiler, a log of
    3,000 rows spent a quarter of its writing on that, and the share grows with the pages.
    """
    kids = pdf.pages["Kids"]
    known: tuple[int, tuple[bytes, ...]] = getattr(pdf, "known_references", (-1, ()))
    if known[0] != len(kids):
        known = len(kids), tuple(f"{number} 0 R".encode() for number in kids[::3])
        pdf.known_references = known
    return known[1]


def written(item: Any) -> bytes:
    """Return an item as it stands in a PDF. What pages are full of, bytes, text and numbers, is asked for first."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]  # its kind was just asked
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    return engine_written(item)  # type: ignore[no-any-return]


def _given_by(key: str) -> frozenset[str]:
    """Return by which rules a style may be given: a physical length also by the logical one, in either direction of writing."""
    logical = PHYSICAL_FUNCTIONS.get(key)
    return frozenset({key} | ({logical(block="ttb", inline=inline) for inline in ("ltr", "rtl")} if logical else set()))


@cache
def _simply(key: str) -> tuple[frozenset[str], Any] | None:
    """Return which rules may give a style and what it is without any (`PARENTS` or a value); None if that is to be computed."""
    if key in {"position", "float", "display", "page"} or key[:2] == "__" or key[:16] == "text_decoration_":
        return None
    if key in INHERITED:
        return _given_by(key), PARENTS
    if key not in INITIAL_NOT_COMPUTED:
        return _given_by(key), INITIAL_VALUES[key]
    if key in PHYSICAL_FUNCTIONS and key.endswith("_width"):
        return _given_by(key) | _given_by(key.replace("width", "style")), 0  # the border that nobody asks for
    return None


def missing(style: Any, key: str) -> Any:
    """Return an element's computed style that is asked for the first time, and keep it.

    Nine of ten are given by no rule. WeasyPrint takes each through all that a rule could ask for: a tenth of a package's time.
    """
    simply = _simply(key)
    if simply is None or not simply[0].isdisjoint(style.cascaded):
        return engine_missing(style, key)
    value = simply[1]
    if value is PARENTS:
        value = INITIAL_VALUES[key] if style.parent_style is None else style.parent_style[key]
    style[key] = value
    return value


class _Shaping(NamedTuple):
    """What Pango needs to shape text of one style: made once a style, where the engine makes it for every line."""

    size: float
    context: Any
    description: Any
    language: Any


def _context(style: Any) -> tuple[Any, Any]:
    """Return the Pango context for a style's direction and language, and the language; each is made once for all papers."""
    override = style["font_language_override"]
    spoken = LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]
    key = (style["direction"], spoken)
    known: dict[tuple[str, str | None], tuple[Any, Any]] = style.font_config.__dict__.setdefault("contexts", {})
    if key not in known:
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        language = pango.pango_language_get_default()
        if spoken:
            language = pango.pango_language_from_string(unicode_to_char_p(spoken)[0])
            pango.pango_context_set_language(context, language)
        known[key] = context, language
    return known[key]


def shaping(style: Any) -> _Shaping | None:
    """Return what Pango needs for a style, kept with the style; None for one with features or lines, which are the engine's."""
    size = style["font_size"]
    known: _Shaping | None = style.__dict__.get("shaping")
    if known is not None and known.size == size:
        return known
    if style["text_decoration_line"] != "none" or font_features(*(style[name] for name in FEATURES)):
        return None
    context, language = _context(style)
    made = style.shaping = _Shaping(size, context, get_font_description(style), language)
    return made


def set_up(layout: Any, style: Any) -> None:
    """Give a line of text its Pango layout. Contexts and descriptions made anew for every line took a twentieth of a package."""
    ready = shaping(style)
    if ready is None:
        engine_set_up(layout, style)
        return
    layout.style, layout.first_line_direction, layout.language = style, 0, ready.language
    layout.layout = ffi.gc(pango.pango_layout_new(ready.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, ready.description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None


class _Kept:
    """How many lines of the paper that is being laid out are kept as they were shaped. Guarded by `engine.LOCK`."""

    lines = 0


def lay_out_begins() -> None:
    """Begin to count the kept lines anew: another paper is laid out."""
    _Kept.lines = 0


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Give a line its text, in the mode in which it will be drawn if that is all the same: changing it later shapes it again."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, not SEPARATORS.search(text))
    engine_set_text(layout, text, justify)


def deactivate(layout: Any) -> None:
    """Let go of a line's Pango layout, but for the first lines of a paper, which are drawn as they were shaped.

    The engine shapes every line twice, so as not to hold it from layout to drawing: 5 kB a line. For a paper of some pages that is
    little, and the second time was a twentieth of a package. A justified line is another one when it is drawn.
    """
    if "drawn" in layout.__dict__ or layout.justification_spacing or _Kept.lines >= LINES_KEPT:
        engine_deactivate(layout)
    else:
        _Kept.lines += 1


def reactivate(layout: Any, style: Any) -> None:
    """Make a line ready to be drawn: it is, where it was kept."""
    if "layout" not in layout.__dict__:
        engine_reactivate(layout, style)
    layout.drawn = True


def font_key(style: Any, include_size: bool = False) -> str:
    """Return what tells fonts of styles apart, spelled out once a style."""
    known: tuple[Any, str] | None = style.__dict__.get("font_key")
    told = (style["font_size"], style["line_height"])
    if not include_size:
        return engine_font_key(style)  # type: ignore[no-any-return]  # the engine has no types
    if known is None or known[0] != told:
        known = style.font_key = (told, engine_font_key(style, include_size=True))
    return known[1]


def _bare(style: Any) -> bool:
    """Return whether a style paints nothing behind a box: no colour, picture, shadow, round corner or picture as border."""
    known: bool | None = style.__dict__.get("bare")
    if known is None:
        known = style.bare = (
            all(style[name][0] == "none" for name in ("border_image_source", "mask_border_source"))
            and all(kind == "none" for kind, _picture in style["background_image"])
            and not style["box_shadow"]
            and get_color(style, "background_color").alpha == 0
            and all((0, "px") in style[f"border_{corner}_radius"] for corner in CORNERS)
        )
    return known


def backgrounds(page: Any, box: Any, fetch: Any, layout_children: bool = True, style: Any = None) -> None:
    """Settle what is painted behind a box and those in it: nothing, for nearly all."""
    if style is not None or box is page or not _bare(box.style):
        engine_backgrounds(page, box, fetch, layout_children, style)
        return
    box.background = None
    box.border_top_left_radius = box.border_top_right_radius = (0, 0)
    box.border_bottom_right_radius = box.border_bottom_left_radius = (0, 0)
    if layout_children:
        for child in box.all_children():
            backgrounds(page, child, fetch)


def set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Compute the styles of a page and its margin boxes. The engine looks for these among all elements, anew for each page."""
    root, base_url = html.etree_element, html.base_url
    style_for.add_page_declarations(page_type)
    style_for.set_computed_styles(page_type, root=root, parent=root, base_url=base_url)
    given = style_for.get_cascaded_styles()
    for box in MARGIN_BOXES:
        if (page_type, box) in given:
            style_for.set_computed_styles(page_type, pseudo_type=box, root=root, parent=page_type, base_url=base_url)


def paint(page: Any, stream: Any, scale: float = 1) -> None:
    """Paint a page, and keep what was written as few long texts: as the engine keeps it, 40 times 40 bytes, a page has 0.1 MB.

    What marks content stays as it is, for what is marked anew before writing (papers.finishing).
    """
    engine_paint(page, stream, scale)
    stream.stream = list(_gathered(stream.stream))


def _gathered(items: list[Any]) -> Iterator[Any]:
    """Yield a stream's items, those together that stand between marks: an operator is preceded by its tag and properties."""
    marks = [at for at, item in enumerate(items) if item == b"BDC"]
    begun = 0
    for mark in [*marks, len(items) + 2]:
        if mark - 2 > begun:
            yield b"\n".join(written(item) for item in items[begun : mark - 2])
        yield from items[mark - 2 : mark + 1]
        begun = mark + 1


def used_length(box: Any, name: str, refer_to: Any) -> None:
    """Set a box's used length from its computed one. Nearly all are plain pixels."""
    value = box.style[name]
    if type(value) is Dimension and value.unit == "px":
        setattr(box, name, value.value)
    else:
        engine_used_length(box, name, refer_to)


Replaced = tuple[Any, str, Any]
_OURS: tuple[Replaced, ...] = (
    (pydyf.PDF, "page_references", property(page_references)),
    (pydyf, "_to_bytes", written),
    (pydyf, "zlib", SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)), compress=zlib.compress)),
    (ComputedStyle, "__missing__", missing),
    (Layout, "setup", set_up),
    (Layout, "set_text", set_text),
    (Layout, "deactivate", deactivate),
    (Layout, "reactivate", reactivate),
    (line_break, "_font_style_cache_key", font_key),
    (background, "layout_box_backgrounds", backgrounds),
    (pages, "set_page_type_computed_styles", set_page_styles),
    (Page, "paint", paint),
    (percent, "resolve_one_percentage", used_length),
    (inline, "resolve_one_percentage", used_length),
    (table, "resolve_one_percentage", used_length),
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
