"""The feet of pages: how high their footnotes are, each laid out once, and whether they found room.

WeasyPrint 70 lays out all notes of a page again for each one that joins them or leaves them. A note of our papers is a plain block
with nothing between it and the next (styles/common.css), so the notes of a page are as high as each of them alone, added up. What is
drawn in the end is the engine's own layout of the area. Look at both whenever WeasyPrint is raised.

A note that does not fit is moved to the next page, and there the engine no longer asks whether it fits: notes are printed over the
text, or not at all. `papers.footnotes` refuses what would come to that before anything is laid out; `refuse_crowded` looks at the
laid-out pages, so that no such page leaves the house.
"""

from __future__ import annotations

from math import inf
from typing import Any

from django.utils.translation import gettext
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext, block

from discovery.papers.errors import PaperRefused

CALLED = 'class="footnote"'
"""How a note stands in the HTML of a section (papers.citing)."""
_SLACK = 0.5
"""CSS pixels by which boxes may touch: rounding."""

_update_area = LayoutContext._update_footnote_area


def _summed_area(context: Any) -> bool:
    """Stand in for `LayoutContext._update_footnote_area`: give the area the height of its notes, and the page the rest."""
    if context.in_column:
        overflows: bool = _update_area(context)
        return overflows
    area = context.current_footnote_area
    if area.height != "auto":
        context.page_bottom += area.margin_height()
    area.children = context.current_page_footnotes
    area.height = sum(_height(context, area, note) for note in area.children)
    context.page_bottom -= area.margin_height()
    return False  # an area without a height of its own never overflows


def _height(context: Any, area: Any, note: Any) -> float:
    """Return the height of one note in a column as wide as the area, laid out once for each width."""
    known: dict[float, float] = note.__dict__.setdefault("known_heights", {})
    if area.width not in known:
        alone = area.copy_with_children([note]).deepcopy()
        laid = block.block_level_layout(context, build.create_anonymous_boxes(alone), -inf, None, area.page)[0]
        known[area.width] = laid.height
    return known[area.width]


LayoutContext._update_footnote_area = _summed_area


def refuse_crowded(document: Any, markup: str) -> None:
    """Raise PaperRefused where a page's notes stand over its text, or one is missing: nothing of both may be printed."""
    wanted = markup.count(CALLED)
    if not wanted:
        return
    found = 0
    for number, page in enumerate(document.pages, start=1):
        sheet = page._page_box
        areas = [child for child in sheet.children if isinstance(child, boxes.FootnoteAreaBox)]
        found += sum(len(area.children) for area in areas)
        lowest = max((line.position_y + line.height for line in _lines(sheet.children[0])), default=0.0)
        if any(area.border_box_y() + _SLACK < max(lowest, sheet.content_box_y()) for area in areas):
            raise PaperRefused(
                gettext("The footnotes of page %(page)d find no room below its text: shorten them, or move some into the text.")
                % {"page": number}
            )
    if found != wanted:
        raise PaperRefused(
            gettext("Only %(found)d of %(wanted)d footnotes find room: shorten them, or move some into the text.")
            % {"found": found, "wanted": wanted}
        )


def _lines(root: Any) -> Any:
    return (box for box in root.descendants() if isinstance(box, boxes.LineBox))
