"""Drawing: the frames that hardly any box has."""

from __future__ import annotations

from typing import Any

from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import Box

engine_border = border.draw_border
engine_outline = border.draw_outline


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
