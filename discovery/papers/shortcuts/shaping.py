"""Text: what Pango needs is made once a style, and a short paper's lines are drawn as they were shaped."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

LINES_KEPT = 400
"""Lines of a paper that are drawn as they were shaped; some ten pages, 2 MB."""
SEPARATORS = re.compile("[\n\r\u2029]")
"""What ends a paragraph, for Pango."""

engine_set_up = Layout.setup
engine_set_text = Layout.set_text
engine_deactivate = Layout.deactivate
engine_reactivate = Layout.reactivate
engine_font_key = line_break._font_style_cache_key  # noqa: SLF001  # what is replaced is not always public

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
