"""Used lengths: nearly all are plain pixels, the same for every box of a style."""

from __future__ import annotations

from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import percent

engine_used_length = percent.resolve_one_percentage
engine_used_lengths = percent.resolve_percentages

LEAST = ("min_width", "min_height")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *("width", "max_width", "height", "max_height"),
    *LEAST,
)
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def used_length(box: Any, name: str, refer_to: Any) -> None:
    """Set a box's used length from its computed one. Nearly all are plain pixels."""
    value = box.style[name]
    if type(value) is Dimension and value.unit == "px":
        setattr(box, name, value.value)
    else:
        engine_used_length(box, name, refer_to)


def used_lengths(box: Any, containing_block: Any) -> None:
    """Set a box's used lengths: those of its style, if none depends on the box around it.

    The engine works seventeen lengths out for every box and every line: a tenth of a package's layout.
    """
    style = box.style
    if "used" not in style.__dict__:
        style.used = _plain_lengths(style)
    known: dict[str, Any] | None = style.used
    if known is None:
        engine_used_lengths(box, containing_block)
    else:
        box.__dict__.update(known)


def _plain_lengths(style: Any) -> dict[str, Any] | None:
    """Return the used lengths of a style whose lengths are pixels or "auto" and whose box is the content's; None for another."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return None
    used: dict[str, Any] = {}
    for name in LENGTHS:
        value = style[name]
        if type(value) is Dimension and value.unit == "px":
            used[name] = value.value
        elif type(value) is str and value == "auto":
            used[name] = 0 if name in LEAST else "auto"
        else:
            return None
    return used | {name: style[name] for name in BORDERS}
