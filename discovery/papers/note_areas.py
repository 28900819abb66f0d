"""The feet of pages: how high their footnotes are, each laid out once, and whether they found room.

Two steps of WeasyPrint 70 are completed here; look at them whenever it is raised.

- It lays out all notes of a page again for each one that joins them or leaves them. A note of our papers is a plain block with
  nothing between it and the next (styles/common.css), so the notes of a page are as high as each of them alone, added up. What is
  drawn in the end is the engine's own layout of the area.
- Where a paragraph does not fit, it first moves notes of earlier lines to the next page to make room, and then forgets the notes of
  the line that it made room for: they are not printed at all. In columns it moves the paragraph instead, which is right on every
  page: a note stands on the page of its line. So lines are laid out as if they stood in a column, which changes nothing else there.

Notes for which a page has no room at all are refused: by `papers.footnotes` before anything is laid out, and by `refuse_crowded`,
which looks at the laid-out pages, so that no page leaves the house with notes over its text or without one.
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

_update_area = LayoutContext._update_footnote_area  # noqa: SLF001 - WeasyPrint has no other door to where notes go
_lines_layout = block._linebox_layout  # noqa: SLF001


def _steady_lines(context: Any, *given: Any, **named: Any) -> Any:
    """Stand in for `block._linebox_layout`: let no note leave the page of its line."""
    if context.in_column:
        return _lines_layout(context, *given, **named)
    context.in_column = context.notes_stay = True
    try:
        return _lines_layout(context, *given, **named)
    finally:
        context.in_column = context.notes_stay = False


def _summed_area(context: Any) -> bool:
    """Stand in for `LayoutContext._update_footnote_area`: give the area the height of its notes, and the page the rest."""
    if context.in_column and not context.notes_stay:
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


LayoutContext.notes_stay = False
LayoutContext._update_footnote_area = _summed_area  # noqa: SLF001
block._linebox_layout = _steady_lines  # noqa: SLF001


def refuse_crowded(document: Any, markup: str) -> None:
    """Raise PaperRefused where a page's notes stand over its text, or one is missing: nothing of both may be printed."""
    wanted = markup.count(CALLED)
    if not wanted:
        return
    found = 0
    for number, page in enumerate(document.pages, start=1):
        sheet = page._page_box  # noqa: SLF001
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
