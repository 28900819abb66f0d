"""Tables of contents: for papers that a rule wants to have one once they are longer than so many pages.

The text is laid out once, as a part of its own; its headings and the pages on which they landed become the contents, a part with
literal numbers in front of it, behind a first page with counsel and caption alone. A reference to a page in the flow would lay the
whole text out twice (docs/performance.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from discovery.papers.parts import Entry, LongForm, Section, court_section, style_of
from discovery.papers.snapshots import Caption

LEVELS = (2, 3)
"""The headings that a table of contents names: those of the parts, and those of the requests within them."""
WORTH_TRYING = 18_000
"""Characters of HTML: a text with fewer has less than ten pages on any of our papers."""


def with_contents(name: str, template: str, context: dict[str, Any], caption: Caption, *own: str) -> Section:
    """Return a section of court paper (as `court_section`) with a table of contents if it comes out long.

    Where no rule asks for one, or the text is short in any case, it is an ordinary section.
    """
    whole = court_section(name, template, context, caption, *own)
    return replace(whole, long_form=_long_form(whole, template, context, caption, *own))


def _long_form(whole: Section, template: str, context: dict[str, Any], caption: Caption, *own: str) -> LongForm | None:
    over = style_of(caption).contents_over
    if not over or len(whole.markup) < WORTH_TRYING:
        return None
    body = court_section(whole.name, template, {**context, "shows": "body"}, caption, *own)
    cover = court_section(f"{whole.name}-cover", template, {**context, "shows": "cover"}, caption, *own)
    cover = replace(cover, styles=(*cover.styles, "contents_cover"))

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
