"""Laying out the sections of a paper in turn, or taking them from the cache; a long text gets its tables here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from discovery.law.paper_styles import paper_style
from discovery.papers import engine
from discovery.papers.errors import PaperBroken
from discovery.papers.layouts import LAYOUTS, key_of
from discovery.papers.parts import Section

Progress = Callable[[int], None]
TRIES = 3
"""How often a text is laid out at most whose numbers go on from its tables: once, unless the table comes out a page longer."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A section with its laid-out WeasyPrint document."""

    section: Section
    document: Any


def laid_out(made: tuple[Section, ...], progress: Progress | None, *, before: int = 0) -> list[Laid]:
    """Lay out every section, or take it from the cache; `before`: pages that stand before them. Call with `engine.LOCK` held.

    A section with a long form comes out as first page, tables and text when its text has more pages than the form allows.
    Raises PaperBroken for a form with another number of pages than it must have.
    """
    laid: list[Laid] = []
    done = before
    for section in made:
        found = _long(section, progress, done) or [_settled(section, progress, done)]
        done += sum(len(one.document.pages) for one in found)
        if progress is not None:
            progress(done)
        laid += found
    return laid


def _long(section: Section, progress: Progress | None, before: int) -> list[Laid]:
    """Return first page, tables and text of a section that is long enough for them, else nothing."""
    form = section.long_form
    if form is None:
        return []
    if not form.body.runs_on:
        text = _laid(form.body, progress, before)
        if len(text.document.pages) <= form.over:
            return []
        return [_laid(form.cover, None, before), _laid(form.tables(text.document, 1), None, before), text]
    # The text's numbers go on from those of the tables, whose length is known but for a page that the numbers may fill.
    ahead = before + 1 + len(_laid(form.tables(None, 1), None, before + 1).document.pages)
    for _time in range(TRIES):
        text = _laid(form.body, progress, ahead)
        if len(text.document.pages) <= form.over:
            return []
        tables = _laid(form.tables(text.document, ahead + 1), None, before + 1)
        needed = before + 1 + len(tables.document.pages)
        if needed == ahead:
            return [_laid(form.cover, None, before), tables, text]
        ahead = needed
    raise PaperBroken(gettext("The tables of this paper do not come out with the numbers of its pages; it was not printed."))


def _settled(section: Section, progress: Progress | None, before: int) -> Laid:
    """Return a section that prints the number of its own pages, or depends on it, once it comes out with that number."""
    laid = _laid(section, progress, before)
    if section.settled is None:
        return laid
    expected = 1
    for _time in range(TRIES):
        if len(laid.document.pages) == expected:
            return laid
        expected = len(laid.document.pages)
        laid = _laid(section.settled(expected), progress, before)
    raise PaperBroken(gettext("The tables of this paper do not come out with the numbers of its pages; it was not printed."))


def _laid(section: Section, progress: Progress | None, before: int) -> Laid:
    if section.runs_on:
        section = replace(section, markup=numbered_from(section.markup, before))

    def lay_out() -> Any:
        pitch = paper_style(section.paper_style).pitch if section.paper_style else 0
        return engine.engine().lay_out(section.markup, section.styles, pitch=pitch)

    def told(number: int) -> None:
        if progress is not None:
            progress(before + number)

    with engine.pages_told(told if progress is not None else None):
        # What is kept finished need not be kept laid out as well, but for pages of forms, which come in other company.
        keeps = not section.kept or section.pages is not None
        key = key_of(section.name, section.markup, section.styles, section.paper_style)
        document = LAYOUTS.get(key, lay_out) if keeps else lay_out()
    if section.pages is not None and len(document.pages) != section.pages:
        raise PaperBroken(
            gettext("The form came out with %(found)d pages instead of %(wanted)d; it was not printed.")
            % {"found": len(document.pages), "wanted": section.pages}
        )
    return Laid(section, document)


def numbered_from(markup: str, before: int) -> str:
    """Return a section's HTML with its pages numbered on after `before` pages: the number is known once those are laid out."""
    return (
        markup.replace("</head>", f"<style>@page :first {{ counter-reset: page {before + 1}; }}</style></head>", 1)
        if before
        else markup
    )
