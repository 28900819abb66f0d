"""The grid of pleading paper: every line of text on a numbered line, every line of a single-spaced block on a half line.

CSS alone cannot hold it: a block whose height is no whole number of lines moves everything below it, and a line with a character
of a fallback font grows by a tenth of a point. So a few steps of WeasyPrint's layout are completed here, while a paper with a
numbered style is laid out and at no other time:

- a single-spaced block is set lower by a quarter of the pitch, so that its baselines meet half lines, and ends at a numbered line
  (what CSS Rhythmic Sizing calls block-step-size) on the page where it ends; a part of it that goes on over a page begins at that
  page's first line anyway. The stylesheet says which blocks these are: `vertical-align: -6pt` on lines 24 pt apart, which means
  nothing for a block elsewhere. (`position: relative` would lower it too, but is painted, and so copied, after everything else.) A
  block within such a block stays in it;
- a line is as high as its block's `line-height`, whatever fonts stand in it;
- margins, borders and paddings above and below a block are whole lines: half lines within a single-spaced block;
- a cell of a table is a whole number of lines high.

All wrap functions of the pinned release and cost nothing that can be measured (docs/performance.md); look at them whenever
WeasyPrint is raised. Example: a quotation of five single-spaced lines is 60 pt high; its box becomes 72 pt, three numbered lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, percent, table

_POINT = 0.75
"""Points in a CSS pixel, the engine's unit."""
_SLACK = 1e-6


class _Grid:
    """The state of this process's layout. Guarded by `engine.LOCK`."""

    pitch = 0.0
    """Distance of numbered lines in CSS pixels while a numbered paper is laid out, else 0."""
    around = 0
    """How many single-spaced blocks stand around what is being laid out."""


_container_layout = block.block_container_layout
_line_verticality = inline.line_box_verticality


def _single_spaced(box: Any) -> bool:
    """Return whether the stylesheet sets a block lower by a quarter of the pitch."""
    lowered = box.style["vertical_align"]
    return isinstance(lowered, (int, float)) and abs(lowered + _Grid.pitch / 4) < _SLACK


def _stepped_layout(context: Any, box: Any, bottom_space: float, *given: Any, **named: Any) -> Any:
    if not _Grid.pitch:
        return _container_layout(context, box, bottom_space, *given, **named)
    single = _single_spaced(box)
    _Grid.around += single
    try:
        result = _container_layout(context, box, bottom_space, *given, **named)
    finally:
        _Grid.around -= single
    made, resume_at = result[0], result[1]
    if made is None:
        return result
    if single and not _Grid.around:
        for child in made.children:
            child.translate(dy=_Grid.pitch / 4)
    if resume_at is not None:
        return result
    if isinstance(box, boxes.TableCellBox):
        made.height += _up(made.border_height(), _step()) - made.border_height()
    elif single and not _Grid.around:
        _end_at_a_line(context, made, bottom_space)
    return result


def _end_at_a_line(context: Any, made: Any, bottom_space: float) -> None:
    """Let a block end at a numbered line, its bottom margin included where the page has room for that."""
    high = made.border_height()
    if not high:
        return
    wanted = _up(high + max(0.0, made.margin_bottom), _Grid.pitch)
    if context.overflows_page(bottom_space, made.border_box_y() + wanted):
        wanted = _up(high, _Grid.pitch)
    made.height += wanted - high
    made.margin_bottom = 0


def _step() -> float:
    return _Grid.pitch / 2 if _Grid.around else _Grid.pitch


def _up(length: float, step: float) -> float:
    return math.ceil(length / step - _SLACK) * step


def _nearest(length: float, step: float) -> float:
    return round(length / step) * step


def _even_verticality(line: Any) -> Any:
    lowest, highest = _line_verticality(line)
    if not _Grid.pitch:
        return lowest, highest
    top = -line.baseline
    return top + line.margin_height(), top


def _stepped_percentages(box: Any, containing_block: Any) -> None:
    percent.resolve_percentages(box, containing_block)
    if not _Grid.pitch or isinstance(box, boxes.FootnoteAreaBox) or not isinstance(box, boxes.BlockLevelBox):
        return
    inner = _Grid.pitch / 2 if _single_spaced(box) else _step()
    for margin, step in (("margin_top", _step()), ("margin_bottom", inner)):
        given = getattr(box, margin)
        if given != "auto":
            setattr(box, margin, _nearest(given, step))
    for side in ("top", "bottom"):
        border = getattr(box, f"border_{side}_width")
        edge = border + getattr(box, f"padding_{side}")
        setattr(box, f"padding_{side}", max(_nearest(edge, inner), _up(border, inner)) - border)


def _stepped_cells(box: Any, containing_block: Any) -> None:
    percent.resolve_percentages(box, containing_block)
    if _Grid.pitch and isinstance(box, boxes.TableCellBox):
        box.padding_top = _up(box.border_top_width + box.padding_top, _step()) - box.border_top_width


block.block_container_layout = _stepped_layout
block.resolve_percentages = _stepped_percentages
inline.line_box_verticality = _even_verticality
table.resolve_percentages = _stepped_cells


@contextmanager
def grid(pitch: float) -> Iterator[None]:
    """While open, blocks and lines keep to lines `pitch` points apart; 0 leaves layout alone. Call with the engine's lock."""
    before, _Grid.pitch = _Grid.pitch, pitch / _POINT
    try:
        yield
    finally:
        _Grid.pitch = before
