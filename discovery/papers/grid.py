"""The grid of pleading paper: every line of text on a numbered line, every line of a single-spaced block on a half line.

CSS alone cannot hold it: a block whose height is no whole number of lines moves everything below it, and a line with a character
of a fallback font grows by a tenth of a point. So two steps of WeasyPrint's layout are completed here, while a paper with a
numbered style is laid out and at no other time:

- a block with the class `on-grid` ends at a numbered line (what CSS Rhythmic Sizing calls block-step-size), on the page where it
  ends; a part of it that goes on over a page begins at that page's first line anyway;
- a line is as high as its block's `line-height`, whatever fonts stand in it.

Both wrap functions of the pinned release and cost nothing that can be measured (docs/performance.md); look at them whenever
WeasyPrint is raised. Example: a quotation of five single-spaced lines is 60 pt high; its box becomes 72 pt, three numbered lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block, inline

ON_GRID = "on-grid"
"""The class of blocks that end at a numbered line."""


class _Grid:
    """The state of this process's layout. Guarded by `engine.LOCK`."""

    pitch = 0.0
    """Distance of numbered lines in CSS pixels while a numbered paper is laid out, else 0."""


_container_layout = block.block_container_layout
_line_verticality = inline.line_box_verticality


def _stepped_layout(context: Any, box: Any, *given: Any, **named: Any) -> Any:
    result = _container_layout(context, box, *given, **named)
    made, resume_at = result[0], result[1]
    if _Grid.pitch and made is not None and resume_at is None and _is_on_grid(box):
        high = made.margin_height()
        made.height += math.ceil(high / _Grid.pitch - 1e-6) * _Grid.pitch - high
    return result


def _is_on_grid(box: Any) -> bool:
    return box.element is not None and ON_GRID in (box.element.get("class") or "").split()


def _even_verticality(line: Any) -> Any:
    lowest, highest = _line_verticality(line)
    if not _Grid.pitch:
        return lowest, highest
    top = -line.baseline
    return top + line.margin_height(), top


block.block_container_layout = _stepped_layout
inline.line_box_verticality = _even_verticality


@contextmanager
def grid(pitch: float) -> Iterator[None]:
    """While open, blocks and lines keep to lines `pitch` points apart; 0 leaves layout alone. Call with the engine's lock."""
    before, _Grid.pitch = _Grid.pitch, pitch / 0.75
    try:
        yield
    finally:
        _Grid.pitch = before
