"""Computed styles: what no rule gives is there at once, or one step away."""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint.css import PAGE_MARGIN_BOXES, AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

PARENTS = object()
"""Stands for the style of the parent element."""
MARGIN_BOXES = tuple(f"@{name}" for name in sorted(PAGE_MARGIN_BOXES))
CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")

SETTLED = frozenset({"position", "float", "display"})
"""Styles that the engine settles together."""
HANDED_DOWN = frozenset({"page", *(f"text_decoration_{what}" for what in ("line", "color", "style", "thickness"))})
"""Styles that do not inherit, but are those of the parent where no rule gives them."""
FIRST = frozenset({"first-line", "first-letter"})
"""Styles of these are handed on as a whole, so what nobody asked for must not be in them."""
ASKED = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_{what}" for side in ("top", "right", "bottom", "left") for what in ("width", "style")),
    *(f"border_{corner}_radius" for corner in CORNERS),
    *("width", "min_width", "max_width", "height", "min_height", "max_height", "box_sizing", "overflow", "opacity", "transform"),
    *("counter_reset", "counter_set", "counter_increment", "content", "anchor", "string_set", "continue", "appearance"),
    *(
        "bookmark_level",
        "bookmark_state",
        "bookmark_label",
        "column_width",
        "column_count",
        "max_lines",
        "z_index",
        "vertical_align",
    ),
    *("break_before", "break_after", "break_inside", "box_decoration_break", "outline_style", "outline_color", "outline_offset"),
    *("border_image_source", "mask_border_source", "background_image", "background_color", "box_shadow", "unicode_bidi", "clear"),
)
"""Styles that every box is asked for and hardly any is given."""

engine_begin = ComputedStyle.__init__
engine_begin_anonymous = AnonymousStyle.__init__
engine_missing = ComputedStyle.__missing__
engine_backgrounds = background.layout_box_backgrounds
engine_in_normal_flow = Box.is_in_normal_flow


def _given_by(key: str) -> frozenset[str]:
    """Return by which rules a style may be given: a physical length also by the logical one, in either direction of writing."""
    logical = PHYSICAL_FUNCTIONS.get(key)
    return frozenset({key} | ({logical(block="ttb", inline=inline) for inline in ("ltr", "rtl")} if logical else set()))


@cache
def _simply(key: str) -> tuple[frozenset[str], Any] | None:
    """Return which rules may give a style and what it is without any (`PARENTS` or a value); None if that is to be computed."""
    if key in SETTLED or key[:2] == "__":
        return None
    if key in INHERITED or key in HANDED_DOWN:
        return _given_by(key), PARENTS
    if key not in INITIAL_NOT_COMPUTED:
        return _given_by(key), INITIAL_VALUES[key]
    if key == "outline_width" or (key in PHYSICAL_FUNCTIONS and key.endswith("_width")):
        return _given_by(key) | _given_by(key.replace("width", "style")), 0  # the border that nobody asks for
    return None


@cache
def _without_rules() -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return what is asked of every style as it is without any rule, and which of that each rule may give."""
    values: dict[str, Any] = {}
    gives: dict[str, tuple[str, ...]] = {}
    for key in ASKED:
        simply = _simply(key)
        if simply is not None and simply[1] is not PARENTS:
            values[key] = simply[1]
            for rule in simply[0]:
                gives[rule] = (*gives.get(rule, ()), key)
    return values, gives


def begin(style: Any, parent_style: Any, cascaded: dict[str, Any], pseudo_type: str | None, *given: Any) -> None:
    """Make an element's computed style, with what no rule gives of what will be asked: that took as long as what rules give."""
    engine_begin(style, parent_style, cascaded, pseudo_type, *given)
    if pseudo_type in FIRST:
        return
    values, gives = _without_rules()
    style.update(values)
    for rule in cascaded:
        for key in gives.get(rule, ()):
            style.pop(key, None)
    if parent_style is None or "position" in cascaded or "float" in cascaded:
        return
    for key in ("position", "float") if "display" in cascaded else ("position", "float", "display"):
        style[key] = style.specified[key] = INITIAL_VALUES[key]


def begin_anonymous(style: Any, parent_style: Any) -> None:
    """Make the style of a box without an element, likewise: it has no rules at all."""
    engine_begin_anonymous(style, parent_style)
    style.update(_without_rules()[0])


def missing(style: Any, key: str) -> Any:
    """Return an element's computed style that is asked for the first time, and keep it.

    Nine of ten are given by no rule. WeasyPrint takes each through all that a rule could ask for: a tenth of a package's time.
    """
    simply = _simply(key)
    if simply is None or not simply[0].isdisjoint(style.cascaded):
        return engine_missing(style, key)
    value = simply[1]
    if value is PARENTS:
        if style.parent_style is None:
            return engine_missing(style, key)
        value = style.parent_style[key]
    style[key] = value
    return value


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


def in_normal_flow(box: Any) -> bool:
    """Return whether a box is in normal flow, asked once a style: boxes are asked ten times each."""
    style = box.style
    told = (style["float"], style["position"])
    known: tuple[Any, bool] | None = style.__dict__.get("in_flow")
    if known is None or known[0] != told:
        known = style.in_flow = (told, engine_in_normal_flow(box))
    return known[1]


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
