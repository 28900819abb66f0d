"""Counting what stands on finished pages: how many of them count towards a limit, by how many lines a paper is over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from discovery.papers import engine
from discovery.papers.parts import Section

SIDE = "data-side"
"""The attribute that says whose text an element holds: "ours" or "theirs"."""


def measure(pages: Iterable[Any], limit: int) -> dict[str, Any]:
    """Return what was counted on laid-out pages (those that count, in printing order) against a limit, 0 for none.

    Keys: "limit", "pages", "over_pages", "over_lines" (lines of text on the pages beyond the limit), "ours_lines", "theirs_lines"
    (lines of each side's text, for statements of equal length). Lines that stand beside each other count once. Call with
    `engine.LOCK` held.
    """
    sides: dict[int, str] = {}
    counted = [list(lines_of(page, sides)) for page in pages]
    beyond = counted[limit:] if limit else []
    return {
        "limit": limit,
        "pages": len(counted),
        "over_pages": len(beyond),
        "over_lines": sum(_rows(lines) for lines in beyond),
        "ours_lines": sum(_rows(lines, "ours") for lines in counted),
        "theirs_lines": sum(_rows(lines, "theirs") for lines in counted),
    }


def pages_that_count(made: Iterable[tuple[Section, Any]], names: Iterable[str]) -> list[Any]:
    """Return the pages of the sections of these names; `made` are sections with their laid-out documents."""
    wanted = set(names)
    return [page for section, document in made if section.name in wanted for page in document.pages]


def lines_of(page: Any, sides: dict[int, str] | None = None) -> Iterator[tuple[float, str]]:
    """Yield the lines of a page's text as (distance from the top in CSS px, side or ''): footnotes too, footers not.

    `sides` remembers whose text refers to which footnote, for a note that stands on the next page.
    """
    yield from _lines(page._page_box, "", {} if sides is None else sides)  # noqa: SLF001 - WeasyPrint shows its boxes nowhere else


def _lines(box: Any, side: str, sides: dict[int, str]) -> Iterator[tuple[float, str]]:
    for child in getattr(box, "children", ()):
        if isinstance(child, engine.MarginBox):
            continue
        told = side
        if child.element is not None:
            told = child.element.get(SIDE, sides.get(id(child.element), side))
        if isinstance(child, engine.LineBox):
            for call in child.descendants():
                if call.footnote is not None:
                    sides[id(call.footnote.element)] = told
            yield round(child.position_y, 1), told
        else:
            yield from _lines(child, told, sides)


def _rows(lines: Iterable[tuple[float, str]], side: str = "") -> int:
    return len({top for top, told in lines if not side or told == side})
