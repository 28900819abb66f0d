"""The line numbers and vertical rules of pleading paper, drawn under a page's own text.

One content stream for all pages of one style, its digits drawn as outlines: nothing of it is in the text layer. It is marked as an
artifact (ISO 14289-1, 7.1: pagination and layout artifacts), so it is not read aloud either.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pydyf

from discovery.law.paper_styles import PaperStyle, paper_style
from discovery.papers.glyphs import baseline, outline

SIZE = 12
"""Points: the numbers have the size of the text, so a number and its line stand on one baseline."""
PAGE_HEIGHT = 792
RULE = 0.5
"""Width of the vertical rules, in points."""


def baselines(style: PaperStyle) -> tuple[float, ...]:
    """Return where the numbered lines stand: points from the page's top edge to each baseline."""
    within = baseline(style.pitch, SIZE)
    return tuple(style.top + number * style.pitch + within for number in range(style.lines))


def draw_lines(pdf: Any, styles: tuple[str, ...]) -> None:
    """Put numbers and rules under every page whose style has any; `styles` are the ids by page, "" for none."""
    streams: dict[str, Any] = {}
    for name, page_number in zip(styles, pdf.pages["Kids"][::3], strict=True):
        if not name or not paper_style(name).lines:
            continue
        if name not in streams:
            streams[name] = pydyf.Stream([_operators(name)], compress=True)
            pdf.add_object(streams[name])
        draw_under(pdf.objects[page_number], streams[name])


def draw_under(page: Any, stream: Any) -> None:
    """Let a page draw `stream` before everything that it draws now."""
    own = page["Contents"]
    page["Contents"] = pydyf.Array([stream.reference, *(own if isinstance(own, list) else [own])])


@cache
def _operators(name: str) -> bytes:
    """Return the content stream of one style's numbers and rules."""
    style = paper_style(name)
    drawn = ["/Artifact <</Type /Pagination>> BDC", "q", "0 g"]
    for number, down in enumerate(baselines(style), start=1):
        path, ems = outline(str(number), "regular")
        x, y = style.numbers_right - ems * SIZE, PAGE_HEIGHT - down
        drawn += ["q", f"{SIZE} 0 0 {SIZE} {x:.3f} {y:.3f} cm", *path, "f", "Q"]
    drawn += [f"{x - RULE / 2:.3f} 0 {RULE} {PAGE_HEIGHT} re" for x in (*style.left_rules, *style.right_rules)]
    return "\n".join([*drawn, "f", "Q", "EMC"]).encode()
