"""One declaration of a stylesheet, applied to a look: `margin: 5pt 0 0 36pt`, `font-weight: bold`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from discovery.papers.word.lengths import points
from discovery.papers.word.looks import FACES, SIDES, Border, Look

INHERITED = ("type", "line", "align", "indent", "spaces", "marker")
"""What an element has from the one it stands in."""

_FIELDS = {"line-height": "line", "text-align": "align", "text-indent": "indent", "white-space": "spaces"}
"""Properties that a stylesheet may set back to `inherit`, with their fields."""

Applied = Callable[[Look, str, Look], Look]


def apply(look: Look, name: str, value: str, above: Look) -> Look:
    """Return the look with one declaration applied; what a Word file cannot show leaves it as it is."""
    side = next((side for side in SIDES if name.endswith(f"-{side}")), "")
    family = name.split("-", maxsplit=1)[0]
    if family in {"margin", "padding"}:
        return _box(look, family, side, value)
    if family == "border" and name in {"border", *(f"border-{side}" for side in SIDES)}:
        return _borders(look, side, value)
    if value == "inherit" and name in _FIELDS:
        return _with(look, **{_FIELDS[name]: getattr(above, _FIELDS[name])})
    known = _KNOWN.get(name)
    return known(look, value, above) if known else look


def _with(look: Look, **changed: Any) -> Look:
    return replace(look, **changed)


def _box(look: Look, family: str, side: str, value: str) -> Look:
    size = look.type.size
    given = [points(part, size=size) or 0.0 for part in value.split()]
    if side:
        sides = list(getattr(look, family))
        sides[SIDES.index(side)] = given[0]
        return _with(look, **{family: tuple(sides)})
    top, right, bottom, left = (given[min(index, len(given) - 1)] if index < 2 else None for index in range(4))
    bottom = given[2] if len(given) > 2 else top
    left = given[3] if len(given) > 3 else right
    return _with(look, **{family: (top, right, bottom, left)})


def _borders(look: Look, side: str, value: str) -> Look:
    parts = value.split()
    drawn = not {"none", "hidden", "0"} & set(parts)
    width = next((found for found in (points(part) for part in parts) if found is not None), 1.5) if drawn else 0.0
    color = next((_hex(part) for part in parts if part.startswith("#")), "000000")
    border = Border(width, color, "double" in parts)
    sides = list(look.border)
    for index, one in enumerate(SIDES):
        if side in {"", one}:
            sides[index] = border
    return replace(look, border=(sides[0], sides[1], sides[2], sides[3]))


def _hex(color: str) -> str:
    digits = color.lstrip("#").lower()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits[:3])


def _typed(**how: Callable[[str], object]) -> Applied:
    def applied(look: Look, value: str, _above: Look) -> Look:
        changed: dict[str, Any] = {name: made(value) for name, made in how.items()}
        return replace(look, type=replace(look.type, **changed))

    return applied


def _size(look: Look, value: str, above: Look) -> Look:
    size = points(value, size=above.type.size, of=above.type.size)
    return look if size is None else replace(look, type=replace(look.type, size=size))


def _line(look: Look, value: str, _above: Look) -> Look:
    if value.replace(".", "", 1).isdigit() and value != "0":
        return replace(look, line=float(value) * look.type.size)
    return replace(look, line=points(value, size=look.type.size, of=look.type.size))


def _font(look: Look, value: str, above: Look) -> Look:
    """The shorthand: `bold 12pt/24pt "Liberation Serif"`."""
    for part in value.split():
        size, _slash, line = part.partition("/")
        if points(size) is not None and size[:1].isdigit():
            look = _size(look, size, above)
            look = _line(look, line, above) if line else look
        elif part in {"bold", "italic"}:
            look = replace(look, type=replace(look.type, bold=part == "bold" or look.type.bold, italic=part == "italic"))
    return look


def _decoration(look: Look, value: str, _above: Look) -> Look:
    return replace(look, type=replace(look.type, underline="underline" in value, strike="line-through" in value))


def _width(look: Look, value: str, _above: Look) -> Look:
    if value.endswith("%"):
        return replace(look, share=float(value[:-1]), width=None)
    return replace(look, width=points(value, size=look.type.size), share=None)


def _min_width(look: Look, value: str, above: Look) -> Look:
    return _width(look, value, above) if look.width is None and points(value) else look


def _height(look: Look, value: str, _above: Look) -> Look:
    return replace(look, min_height=points(value, size=look.type.size) or 0.0)


def _valign(look: Look, value: str, _above: Look) -> Look:
    if value in {"super", "sub"}:
        return replace(look, type=replace(look.type, raised=f"{value}script"))
    lower = points(value)
    if lower is not None:
        return replace(look, lowered=max(0.0, -lower))
    return replace(look, valign=value)


def _indent(look: Look, value: str, _above: Look) -> Look:
    return replace(look, indent=points(value, size=look.type.size) or 0.0)


def _background(look: Look, value: str, _above: Look) -> Look:
    return replace(look, background=_hex(value) if value.startswith("#") else "")


def _flex_direction(look: Look, value: str, _above: Look) -> Look:
    return replace(look, display="block") if value.startswith("column") and look.display == "flex" else look


def _list_style(look: Look, value: str, _above: Look) -> Look:
    return replace(look, marker=value.split(maxsplit=1)[0])


def _set(name: str, made: Callable[[str], object] = str) -> Applied:
    def applied(look: Look, value: str, _above: Look) -> Look:
        return _with(look, **{name: made(value)})

    return applied


def _aligned(value: str) -> str:
    return {"start": "", "end": "right"}.get(value, value)


def _face(value: str) -> str:
    first = value.split(",", maxsplit=1)[0].strip(" \"'")
    return FACES.get(first, first)


def _is(*words: str) -> Callable[[str], object]:
    return lambda value: value in words


_KNOWN: dict[str, Applied] = {
    "display": _set("display"),
    "font-weight": _typed(bold=_is("bold", "bolder", "600", "700", "800", "900")),
    "font-style": _typed(italic=_is("italic", "oblique")),
    "font-variant-caps": _typed(small_caps=_is("small-caps", "all-small-caps")),
    "text-transform": _typed(caps=_is("uppercase")),
    "font-family": _typed(face=_face),
    "color": _typed(color=lambda value: "" if _hex(value) == "000000" or not value.startswith("#") else _hex(value)),
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "font-size": _size,
    "line-height": _line,
    "font": _font,
    "text-align": _set("align", _aligned),
    "text-indent": _indent,
    "white-space": _set("spaces"),
    "width": _width,
    "min-width": _min_width,
    "box-sizing": _set("border_box", _is("border-box")),
    "height": _height,
    "min-height": _height,
    "vertical-align": _valign,
    "justify-content": _set("at_foot", _is("flex-end", "end")),
    "break-before": _set("break_before", _is("page", "always", "left", "right")),
    "break-inside": _set("together", _is("avoid", "avoid-page")),
    "break-after": lambda look, value, _above: replace(
        look, break_after=value in {"page", "always"}, with_next=value.startswith("avoid")
    ),
    "background": _background,
    "background-color": _background,
    "flex-direction": _flex_direction,
    "list-style": _list_style,
    "list-style-type": _list_style,
}
