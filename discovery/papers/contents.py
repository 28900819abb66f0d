"""Tables of contents and of authorities: for papers that a rule wants to have them once they are longer than so many pages.

The text is laid out once, as a part of its own; its headings, its citations and the pages on which they landed become the tables,
a part with literal numbers in front of it, behind a first page with counsel and caption alone. A reference to a page in the flow
would lay the whole text out twice (docs/performance.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from discovery.papers.authorities import PrintedAuthority, marked, pages_guessed, pages_of, table_of
from discovery.papers.parts import Entry, LongForm, Section, court_section, style_of
from discovery.papers.snapshots import Caption

LEVELS = (2, 3)
"""The headings that a table of contents names: those of the parts, and those of the requests within them."""
WORTH_TRYING = 18_000
"""Characters of HTML: a text with fewer has less than ten pages on any of our papers."""
_HEADING = re.compile(r"<h([23])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def with_contents(
    name: str,
    template: str,
    context: dict[str, Any],
    caption: Caption,
    *own: str,
    authorities: Sequence[PrintedAuthority] = (),
) -> Section:
    """Return a section of court paper (as `court_section`) with its tables, of contents and of authorities, if it comes out long.

    Where no rule asks for them, or the text is short in any case, it is an ordinary section.
    """
    whole = court_section(name, template, context, caption, *own)
    return replace(whole, long_form=_long_form(whole, template, context, caption, *own, authorities=authorities))


def _long_form(
    whole: Section,
    template: str,
    context: dict[str, Any],
    caption: Caption,
    *own: str,
    authorities: Sequence[PrintedAuthority],
) -> LongForm | None:
    style = style_of(caption)
    over = style.contents_over
    if not over or len(whole.markup) < WORTH_TRYING:
        return None
    onward = style.contents_numerals == "arabic"
    body = court_section(whole.name, template, {**context, "shows": "body"}, caption, *own)
    body = replace(body, markup=marked(body.markup, authorities), runs_on=onward)
    cover = court_section(f"{whole.name}-cover", template, {**context, "shows": "cover"}, caption, *own)
    cover = replace(cover, styles=(*cover.styles, "contents_cover"))

    def tables(document: Any, first: int) -> Section:
        guessed = document is None
        entries = _guessed(body.markup) if guessed else entries_of(document, first)
        cited = table_of(authorities, pages_guessed(body.markup) if guessed else pages_of(document, first))
        made = court_section("contents", "contents.html", {**context, "entries": entries, "authorities": cited}, caption)
        numerals = () if onward else ("contents_roman",)
        return replace(made, styles=(*made.styles, "contents", *numerals), runs_on=onward)

    return LongForm(cover, body, over, tables)


def entries_of(document: Any, first: int = 1) -> tuple[Entry, ...]:
    """Return the headings of a laid-out text with their pages, which are numbered from `first`."""
    return tuple(
        Entry(level, title, number)
        for number, page in enumerate(document.pages, start=first)
        for level, title, _place, _state in page.bookmarks
        if level in LEVELS
    )


def _guessed(markup: str) -> tuple[Entry, ...]:
    """Return the headings of a text before it is laid out, to see how long its contents come out."""
    return tuple(Entry(int(level), html.unescape(_TAG.sub("", title)), 10) for level, title in _HEADING.findall(markup))
