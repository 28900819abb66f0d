"""Tables of contents: for papers that a rule wants to have one once they are longer than so many pages.

The text is laid out once, as a part of its own; its headings and the pages on which they landed become the contents, a part with
literal numbers in front of it, behind a first page with counsel and caption alone. A reference to a page in the flow would lay the
whole text out twice (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from discovery.papers.parts import COURT_STYLES, Section, fill_template, court_section, style_of
from discovery.papers.snapshots import Caption

LEVELS = (2, 3)
"""The headings that a table of contents names: those of the parts, and those of the requests within them."""
WORTH_TRYING = 18_000
"""Characters of HTML: a text with fewer has less than ten pages on any of our papers."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """A paper in its long form: first page, contents, text; taken when the text has more than `over` pages."""

    cover: Section
    body: Section
    over: int
    contents: Callable[[tuple[Entry, ...]], Section]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading, its level (2 or 3) and the number of its page, as printed there."""

    level: int
    title: str
    page: int


def long_form(name: str, template: str, context: dict[str, Any], caption: Caption, *own: str) -> LongForm | None:
    """Return the long form of a court paper, or None where no rule asks for one or the text is short in any case."""
    over = style_of(caption).contents_over
    body = court_section(name, template, {**context, "shows": "body"}, caption, *own)
    if not over or len(body.markup) < WORTH_TRYING:
        return None
    cover = court_section(f"{name}-cover", template, {**context, "shows": "cover"}, caption, *own)

    def contents(entries: tuple[Entry, ...]) -> Section:
        made = court_section("contents", "contents.html", {**context, "entries": entries}, caption)
        return replace(made, styles=(*made.styles, "contents"))

    return LongForm(cover, body, over, contents)


def entries_of(document: Any) -> tuple[Entry, ...]:
    """Return the headings of a laid-out text with their pages, which are numbered from 1."""
    return tuple(
        Entry(level, title, number)
        for number, page in enumerate(document.pages, start=1)
        for level, title, _place, _state in page.bookmarks
        if level in LEVELS
    )
