"""Tables of contents in Word files: where the PDF has one (papers.contents), with a field for each page that Word and others renew.

The numbers that are written are those of the PDF, whose pages break where Word's mostly do; a field that names its heading's
bookmark puts them right when somebody prints, or asks Word to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discovery.papers import engine
from discovery.papers.authorities import PASSIM
from discovery.papers.laying_out import laid_out
from discovery.papers.parts import Section

ENTRY = "data-contents"
"""On an entry and on its heading: the number that both share."""
OF_HEADINGS, OF_AUTHORITIES = ("entry-2", "entry-3"), "entry-authority"
"""The classes of their lines. The pages of an authority are the PDF's, literally: two on one page would be named twice."""
HEADINGS = ("h2", "h3")
"""What a table of contents names, as papers.contents does by the level of their bookmarks."""
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def in_long_form(made: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return a paper's sections as they are printed: one that comes out long as first page, contents and text."""
    if all(section.long_form is None for section in made):
        return made
    with engine.LOCK:
        return tuple(one.section for one in laid_out(made, None))


def link(documents: Iterable[Any]) -> None:
    """Give each entry of a table of contents, and its heading in the text after it, the number that they share.

    A text with more or fewer headings than entries is left alone: its contents keep plain numbers.
    """
    entries: list[Any] = []
    for document in documents:
        headings = list(document.iter(*HEADINGS))
        if entries and len(headings) == len(entries):
            for number, (entry, heading) in enumerate(zip(entries, headings, strict=True), start=1):
                entry.set(ENTRY, str(number))
                heading.set(ENTRY, str(number))
        entries = [one for one in document.iter("li") if _class(one) in OF_HEADINGS]


def is_entry(element: Any) -> bool:
    """Whether an element is a line of a table of contents or of authorities."""
    return element.tag == "li" and _class(element) in {*OF_HEADINGS, OF_AUTHORITIES}


def _class(element: Any) -> str:
    return element.get("class") or ""


def page_of(element: Any, page: str) -> str:
    """Return the runs that print the page of an entry: a field, or the number alone where its heading is not known."""
    number = element.get(ENTRY)
    if number:
        return FIELD.format(name=f"contents_{number}", page=page)
    return f"<w:r>{'<w:rPr><w:i/></w:rPr>' if page == PASSIM else ''}<w:t>{page}</w:t></w:r>"
