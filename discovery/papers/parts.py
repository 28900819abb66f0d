"""The blocks that papers share, as their templates show them: court title and caption, counsel, certificate, numbered texts.

Templates see strings, tuples and frozen data; Django's settings are not needed.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.translation import gettext

from discovery.law.court_words import METHODS, CourtWords, pieces, words_of_title
from discovery.law.paper_styles import PaperStyle, paper_style
from discovery.papers.errors import PaperRefused
from discovery.papers.fitting import shorten
from discovery.papers.glyphs import advance
from discovery.papers.passages import direction, passages
from discovery.papers.short_titles import short_title
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, NumberedItem

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "papers"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A stored PDF that is bound into a paper: its hash, its name in bookmarks and refusals, and what is stamped on each page.

    There are as many `stamps` as pages, "" for none; `kind` is "exhibit" or "bates". With `numbered` each stamp goes on with the
    number of the page in the whole: "Exhibit A, page 1 of 2 | Page 4".
    """

    sha256: str
    name: str
    stamps: tuple[str, ...]
    kind: str
    numbered: bool = False


TYPE_SIZE = 12
"""Points of the text of court papers (styles/court_paper.css)."""
LEVEL_IN = 24
"""Points by which a level of a table of contents steps in (styles/contents.css)."""
ONE_LINE = 300
"""Points: less than the narrowest text has beside the dashes and the number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: a heading, its level (2 or 3) and the number of its page, as printed there."""

    level: int
    title: str
    page: int

    @property
    def dots_at(self) -> int:
        """How many points right of the line's beginning the dashes begin; 0 for a title that may not fit on one line."""
        wide = sum(advance(character) for character in self.title) * TYPE_SIZE
        return math.ceil(wide) + LEVEL_IN * (self.level - 2) if wide <= ONE_LINE else 0


@dataclass(frozen=True, slots=True)
class LongForm:
    """A paper in its long form, first page, tables and text: taken when the text has more than `over` pages (papers.contents).

    `tables` makes the tables of contents and authorities from the laid-out text and the number of its first page; of no text (None)
    those that are about as long. Where tables and text run on, their numbers go on from the first page.
    """

    cover: Section
    body: Section
    over: int
    tables: Callable[[Any, int], Section]


@dataclass(frozen=True, slots=True)
class Section:
    """One separately laid-out run of pages: `styles` are stylesheet names, `pages` the number that a form must have.

    `runs_on`: its page numbers go on from the section before, instead of beginning with 1.
    """

    name: str
    markup: str
    styles: tuple[str, ...]
    pages: int | None = None
    runs_on: bool = False
    paper_style: str = ""
    """The id of the paper style whose numbered lines and rules its pages have, "" for none (law/paper_styles)."""
    kept: str = ""
    """Named where many papers have the same: its finished pages, with those of its neighbours of the same name, are kept as a PDF
    and joined to each paper instead of being laid out and drawn again. "": drawn for each."""
    encloses: Enclosed | None = None
    """What follows its pages; such a section has a `kept` of its own."""
    long_form: LongForm | None = None
    """How it is laid out where a rule wants a table of contents in a long paper."""
    settled: Callable[[int], Section] | None = None
    """Makes it anew for the number of its own pages, which it prints; as it stands it is made for one page."""


def caption_context(language: str, caption: Caption, title: str) -> dict[str, Any]:
    """Return what the shared court title and caption (`_caption.html`) print on the paper called `title`."""
    style = style_of(caption)
    return {
        "language": language,
        "caption": caption,
        "paper_style": style.id,  # in the markup, so that equal words on other paper are another layout (papers.layouts)
        "caption_layout": style.caption,
        "clerk_space": style.clerk_space,
        "first_side": before_label(caption.first_side),
        "first_direction": direction(caption.first_side),
        "second_side": before_label(caption.second_side),
        "second_direction": direction(caption.second_side),
        "more_sides": [
            {
                "first_side": before_label(pair.first_side),
                "first_label": pair.first_label,
                "first_direction": direction(pair.first_side),
                "second_side": before_label(pair.second_side),
                "second_label": pair.second_label,
                "second_direction": direction(pair.second_side),
            }
            for pair in caption.more_sides
        ],
        "title": passages(title),
    }


def before_label(side: str) -> str:
    """Return the names of a side as they stand above its label, with a comma: "ELON MUSK, et al.," (Dkt. 230, Plaintiffs)."""
    names = side.rstrip()
    return names if not names or names.endswith((",", ";", ":")) else f"{names},"


def sides_line(caption: Caption) -> str:
    """Return the sides on one line: "ELON MUSK, et al. v. SAMUEL ALTMAN, et al.", without the commas that a caption has."""
    return f"{caption.first_side.rstrip(' ,')} v. {caption.second_side.rstrip(' ,')}"


def style_of(caption: Caption) -> PaperStyle:
    """Return the paper style of a caption's court. Raises PaperRefused for one that this release lacks."""
    try:
        return paper_style(caption.style)
    except LookupError as error:
        raise PaperRefused(
            gettext("This release has no paper style “%(style)s”: choose another one in the court’s record.")
            % {"style": caption.style}
        ) from error


COURT_STYLES = ("common", "caption", "court_paper")
"""The stylesheets of a paper on `_court_paper.html`; what a kind has of its own comes after them."""


def court_context(language: str, caption: Caption, counsel: CounselBlock, title: str, *, bookmark: str) -> dict[str, Any]:
    """Return what `_court_paper.html` prints around a paper's text: counsel, court title, caption, footer.

    "signature" (a Signature) and "certificate" (`certificate_context`) are added where the paper has them.
    """
    style = style_of(caption)
    return {
        **caption_context(language, caption, title),
        "counsel": counsel,
        "counsel_first": style.counsel_first,
        "contact": None if style.counsel_first else counsel,  # then who signs gives it, Fed. R. Civ. P. 11(a)
        "bookmark": bookmark,
        "foot_title": foot_title(title, caption),
        "foot_case": foot_case(caption),
    }


def court_section(name: str, template: str, context: dict[str, Any], caption: Caption, *own: str, shared: bool = True) -> Section:
    """Return a section on the paper of the court.

    Numbered paper has the last word on lines and margins, so its stylesheet comes after the paper's `own` ones; `shared` is False
    for a paper with sheets of its own throughout (Schedule A).
    """
    style = style_of(caption)
    sheets = [*(COURT_STYLES if shared else ("common", "caption")), *own]
    if style.lines:
        sheets += ["pleading", *([style.sheet] if style.sheet != "pleading" else [])]
    return Section(name, fill_template(template, context), tuple(sheets), paper_style=style.id)


def court_words(caption: Caption) -> CourtWords:
    """Return what papers say of service and oaths in a caption's court, by its title."""
    return words_of_title(caption.court_name, caption.court_district)


def certificate_context(certificate: Certificate, caption: Caption) -> dict[str, Any]:
    """Return what the shared certificate of service (`_certificate.html`) prints, in the words of the caption's court."""
    words = court_words(caption).service
    address = ", ".join(line.strip() for line in certificate.declarant_address.splitlines() if line.strip())
    known = {
        "declarant": certificate.declarant,
        "address": address,
        "date": certificate.served_on,
        "place": certificate.executed_at,
    }
    return {
        "words": words,
        "declarant": certificate.declarant,
        "address": address,
        "served_on": certificate.served_on,
        "documents": certificate.documents,
        "oath": pieces(words.oath, known),
        "methods": [{"label": words.method(name), "chosen": name == certificate.method} for name in METHODS],
        "recipients": [
            {
                "name": passages(recipient.name),
                "address": passages(recipient.address),
                "email": recipient.email,
                "represents": passages(recipient.represents),
            }
            for recipient in certificate.recipients
        ],
    }


def items_context(items: tuple[NumberedItem, ...]) -> list[dict[str, Any]]:
    """Return numbered texts as `_numbered.html` prints them."""
    return [
        {
            "number": str(item.number),
            "heading": item.heading,
            "passages": passages(item.text),
            "direction": direction(item.heading + item.text),
        }
        for item in items
    ]


def foot_title(title: str, caption: Caption) -> str:
    """Return a paper's title as the footer has room for it: one line on numbered paper, whose footer is in a narrow margin.

    Cal. Rules of Court 2.110 takes "some clear and concise abbreviation".
    """
    return short_title(title, 460, 10, 1 if style_of(caption).lines else 2)


def foot_case(caption: Caption) -> str:
    """Return the footer's case number, "" where the style has none."""
    if not style_of(caption).footer_case:
        return ""
    return shorten(f"{caption.number_label.upper()}: {caption.case_number.upper()}", 460, 10, 1)


_USED: ContextVar[set[str] | None] = ContextVar("templates used by this paper", default=None)


class _PaperEngine(Engine):
    """A template engine that says which templates a paper took: its own, those it extends and those they include."""

    def find_template(self, name: str, dirs: Any = None, skip: Any = None) -> Any:
        """Find a template and note its name; `extends` and `include` come here too, each time they are filled in."""
        used = _USED.get()
        if used is not None:
            used.add(str.__str__(name))  # a plain text: the name in a template is marked as safe for HTML
        return super().find_template(name, dirs, skip)


@contextmanager
def templates_noted() -> Iterator[set[str]]:
    """While open, collect the names of the templates that are filled in."""
    used: set[str] = set()
    token = _USED.set(used)
    try:
        yield used
    finally:
        _USED.reset(token)


@cache
def template_sha256(name: str) -> str:
    """Return the SHA-256 of a template of papers as 64 hexadecimal digits."""
    return hashlib.sha256((TEMPLATES / name).read_bytes()).hexdigest()


@cache
def _templates() -> Engine:
    """The papers' own template engine: nothing of the site's (no settings, no context processors, no other folder)."""
    return _PaperEngine(dirs=[str(TEMPLATES)], autoescape=True, builtins=["discovery.papers.citing"])


def fill_template(template: str, context: dict[str, Any]) -> str:
    """Return a paper's template filled in; everything typed is escaped."""
    return _templates().get_template(template).render(Context(context, autoescape=True))
