"""The blocks that papers share, as their templates show them: court title and caption, counsel, certificate, numbered texts.

Templates see strings, tuples and frozen data; Django's settings are not needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from discovery.law.paper_styles import paper_style
from discovery.papers.fitting import shorten
from discovery.papers.passages import direction, passages
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, NumberedItem

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "papers"

METHODS = (
    ("personal", "By personal delivery (Fed. R. Civ. P. 5(b)(2)(A)–(B))"),
    ("mail", "By United States mail, to the last known address (Fed. R. Civ. P. 5(b)(2)(C))"),
    ("overnight", "By overnight delivery (Fed. R. Civ. P. 5(b)(2)(F), as consented to in writing)"),
    ("email", "By e-mail (Fed. R. Civ. P. 5(b)(2)(E), as consented to in writing)"),
    ("ecf", "By filing with the court’s CM/ECF system, to registered users (Fed. R. Civ. P. 5(b)(2)(E))"),
)
"""The boxes of a certificate of service, in the order of the rule."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A stored PDF that is bound into a paper: its hash, its name in bookmarks and refusals, and what is stamped on each page.

    There are as many `stamps` as pages, "" for none; `kind` is "exhibit" or "bates".
    """

    sha256: str
    name: str
    stamps: tuple[str, ...]
    kind: str


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


def caption_context(language: str, caption: Caption, title: str) -> dict[str, Any]:
    """Return what the shared court title and caption (`_caption.html`) print on the paper called `title`."""
    return {
        "language": language,
        "caption": caption,
        "first_direction": direction(caption.first_side),
        "second_direction": direction(caption.second_side),
        "title": passages(title),
    }


COURT_STYLES = ("common", "caption", "court_paper")
"""The stylesheets of a paper on `_court_paper.html`; what a kind has of its own comes after them."""


def court_context(language: str, caption: Caption, counsel: CounselBlock, title: str, *, bookmark: str) -> dict[str, Any]:
    """Return what `_court_paper.html` prints around a paper's text: counsel, court title, caption, footer.

    "signature" (a Signature) and "certificate" (`certificate_context`) are added where the paper has them.
    """
    return {
        **caption_context(language, caption, title),
        "counsel": counsel,
        "bookmark": bookmark,
        "foot_title": foot_title(title),
        "foot_case": foot_case(caption),
    }


def court_section(name: str, template: str, context: dict[str, Any], caption: Caption, *own: str) -> Section:
    """Return a section on the paper of the court: the style's stylesheet and the paper's `own` ones come after the shared ones."""
    style = paper_style(caption.style)
    sheets = COURT_STYLES if style.sheet in COURT_STYLES else (*COURT_STYLES, style.sheet)
    return Section(name, fill_template(template, context), (*sheets, *own), paper_style=style.id)


def certificate_context(certificate: Certificate) -> dict[str, Any]:
    """Return what the shared certificate of service (`_certificate.html`) prints."""
    return {
        "declarant": certificate.declarant,
        "address": ", ".join(line.strip() for line in certificate.declarant_address.splitlines() if line.strip()),
        "served_on": certificate.served_on,
        "documents": certificate.documents,
        "executed_at": certificate.executed_at,
        "methods": [{"label": label, "chosen": key == certificate.method} for key, label in METHODS],
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


def foot_title(title: str) -> str:
    """Return a paper's title as the footer has room for it."""
    return shorten(title, 460, 10, 2)


def foot_case(caption: Caption) -> str:
    """Return the footer's case number."""
    return shorten(f"CASE NO.: {caption.case_number.upper()}", 460, 10, 1)


@cache
def _templates() -> Engine:
    """The papers' own template engine: nothing of the site's (no settings, no context processors, no other folder)."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, builtins=["discovery.papers.citing"])


def fill_template(template: str, context: dict[str, Any]) -> str:
    """Return a paper's template filled in; everything typed is escaped."""
    return _templates().get_template(template).render(Context(context, autoescape=True))
