"""Pleading paper keeps to its numbered lines: read from the finished PDFs, over 200 generated papers with hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from discovery.law.paper_styles import PaperStyle, paper_style, paper_styles
from discovery.papers import engine, fontset, grid
from discovery.papers.errors import PaperRefused
from discovery.papers.layouts import LAYOUTS
from discovery.papers.rendering import render
from discovery.papers.snapshots import Paper, to_json
from tests.papers import samples
from tests.papers.generated import DOUBLE, SINGLE, STYLES, Words, generated
from tests.papers.positions import Character, characters, lines
from tests.papers.reading import findings, opened, pages

TOLERANCE = 0.5
PAPERS = 200
CALLS = 11
"""Points: smaller type is a footnote's number or the footer, which keep to no line."""


def numbered_lines(style: PaperStyle) -> list[float]:
    """Where the numbers' baselines are, from the style and the metrics of the font, in points from the top."""
    metrics = TTFont(fontset.FONTS / "LiberationSerif-Regular.ttf")["hhea"]
    ascent, descent = metrics.ascent / 2048 * 12, -metrics.descent / 2048 * 12
    first = style.top + (style.pitch - ascent - descent) / 2 + ascent
    return [first + number * style.pitch for number in range(style.lines)]


def off_grid(page: list[Character], style: PaperStyle) -> Iterator[str]:
    """Yield what is wrong on a page of numbered paper."""
    numbers = numbered_lines(style)
    halves = [*numbers, *(number + style.pitch / 2 for number in numbers)]
    in_footer = 792 - style.bottom + 8
    text = [one for one in page if one.size > CALLS and one.down < in_footer]
    for down, line in lines(text).items():
        away = min(abs(down - number) for number in halves)
        if away > TOLERANCE:
            yield f"{away:.2f} pt off a half line: {line[:40]}"
        away = min(abs(down - number) for number in numbers)
        if DOUBLE in line and away > TOLERANCE:
            yield f"{away:.2f} pt off a numbered line: {line[:40]}"
    for one in page:
        if one.left < style.left - 1 and one.down < in_footer:
            yield f"{one.text!r} in the text layer left of the text"


def problems(paper: Paper) -> list[str]:
    """Render a paper and return what is off its grid."""
    style = paper_style(paper.caption.style)  # type: ignore[attr-defined]
    rendered = render(to_json(paper), release="1")
    read = characters(rendered.pdf)
    return [f"page {number}: {wrong}" for number, page in enumerate(read, start=1) for wrong in off_grid(page, style)]


@pytest.mark.parametrize("batch", range(20))
def test_every_line_of_generated_papers_is_on_the_grid(batch: int) -> None:
    for seed in range(batch, PAPERS, 20):
        assert problems(generated(seed)) == [], f"paper {seed}"
