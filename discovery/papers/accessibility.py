"""The report on a finished paper: what a machine can check of PDF/UA-1 (ISO 14289-1), read back from the file itself.

A second reader beside `pdfua`, which stays with the tests: it is young (0.1), knows fewer of these rules, and what is told to a
user should not hang on it. The tests hold both to the same papers, sound and broken. Whether a heading says what its section is
about, or whether the order of reading makes sense, no program can tell; the report claims no more than it checked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.utils.translation import gettext_lazy

from discovery.papers.assembly import MALFORMED
from discovery.papers.fonts_read import fonts_of
from discovery.papers.structure import Element, PageMarks, Tree, read_marks, read_tree

MOST_PAGES = 3_000
"""Pages whose content is read; the largest paper that was ever measured has a third of that."""
MOST_FINDINGS = 200
"""A paper that is wrong on every line is not described line by line."""

UNREAD = "unread"
"""What alone fails of a paper that nobody could read back: whether anything else does is not known."""
SENTENCES = {
    "readable": gettext_lazy("The file cannot be read: %(what)s."),
    UNREAD: gettext_lazy("A worker began %(what)s times to read it back and never came to an end. It may need more memory."),
    "identified": gettext_lazy("The file does not say that it follows PDF/UA-1."),
    "marked": gettext_lazy("The file is not tagged: a screen reader finds no structure in it."),
    "title": gettext_lazy("The file has no title, or does not ask for it to be shown."),
    "language": gettext_lazy("The file does not say in which language it is."),
    "roles": gettext_lazy("The structure has an element of an unknown type: %(what)s."),
    "headings": gettext_lazy("The headings are out of order: %(what)s."),
    "lists": gettext_lazy("A list is not built as a list: %(what)s."),
    "tables": gettext_lazy("A table’s header cells do not tell what its cells are: %(what)s."),
    "figures": gettext_lazy("A picture has no words in its place."),
    "tagged": gettext_lazy("Something on the page is neither tagged nor marked as decoration: %(what)s."),
    "fonts": gettext_lazy("A font is not in the file, or does not say which characters it shows: %(what)s."),
    "tabs": gettext_lazy("The tab key does not follow the structure on this page."),
    "annotations": gettext_lazy("A link or note on the page has no description."),
    "bookmarks": gettext_lazy("The file has no bookmarks."),
    "files": gettext_lazy("An embedded file has no name that every reader knows."),
    "whole": gettext_lazy("Only the first %(what)s pages were read."),
}
"""What each rule says when it is not kept; the reader's language is chosen where it is shown."""

CLAUSES = {
    "identified": "5",
    "marked": "6.2, 7.1",
    "title": "7.1",
    "language": "7.2",
    "roles": "7.1",
    "headings": "7.4.2",
    "lists": "7.6",
    "tables": "7.5",
    "figures": "7.3",
    "tagged": "7.1",
    "fonts": "7.21",
    "tabs": "7.18.3",
    "annotations": "7.18.1",
    "files": "7.11",
}
"""The clause of ISO 14289-1 behind each rule; bookmarks are recommended (7.17), and we want them."""

HEADING = re.compile(r"H([1-6])")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
DESCRIBED_OTHERWISE = ("/Widget", "/Popup")


@dataclass(frozen=True, slots=True)
class Defect:
    """A rule that is not kept, on a page (0: the file as a whole)."""

    rule: str
    page: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with its tree and the marks of its pages."""

    document: pikepdf.Pdf
    tree: Tree
    marks: list[PageMarks]

    def having(self, *roles: str) -> Iterator[Element]:
        return (element for element in self.tree.elements if element.role in roles)


def report_on(pdf: bytes) -> dict[str, Any]:
    """Return the report on a PDF as plain data: "clean", "findings" (rule, page, what) and what was "counted"."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return _report(document)
    except (*MALFORMED, pikepdf.PasswordError) as error:
        return _told([Defect("readable", what=str(error))], {})


def unread_report(attempts: int) -> dict[str, Any]:
    """Return the report on a PDF that nobody could read back in so many attempts: what it is like is not known."""
    return _told([Defect(UNREAD, what=str(attempts))], {})


def sentence(finding: dict[str, Any]) -> str:
    """Return what a finding of a report says, in the reader's language."""
    return str(SENTENCES[finding["rule"]]) % {"what": finding["what"]}


def _report(document: pikepdf.Pdf) -> dict[str, Any]:
    marks = [read_marks(page) for page in list(document.pages)[:MOST_PAGES]]
    read = _Read(document, read_tree(document), marks)
    found = [defect for check in CHECKS for defect in check(read)]
    return _told(found, _counted(read))


def _told(found: list[Defect], counted: dict[str, int]) -> dict[str, Any]:
    findings = [{"rule": one.rule, "page": one.page, "what": one.what} for one in found[:MOST_FINDINGS]]
    rules = sorted({one.rule for one in found})
    return {"standard": "PDF/UA-1", "clean": not found, "failed": rules, "findings": findings, "counted": counted}


def _counted(read: _Read) -> dict[str, int]:
    def count(*roles: str) -> int:
        return sum(1 for _element in read.having(*roles))

    with read.document.open_outline() as outline:
        bookmarks = _outline_size(outline.root)
    return {
        "pages": len(read.document.pages),
        "headings": sum(1 for element in read.tree.elements if HEADING.fullmatch(element.role)),
        "paragraphs": count("P"),
        "lists": count("L"),
        "list_items": count("LI"),
        "tables": count("Table"),
        "figures": count("Figure"),
        "artifacts": sum(page.artifacts for page in read.marks),
        "bookmarks": bookmarks,
    }


def _outline_size(items: Any) -> int:
    return sum(1 + _outline_size(item.children) for item in items)


def _catalog(read: _Read) -> Iterator[Defect]:
    """What the file says of itself as a whole."""
    root = read.document.Root
    metadata = root.get("/Metadata")
    said = metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""
    if not re.search(r"""pdfuaid:part(=["']|>)\s*1""", said):
        yield Defect("identified")
    info = root.get("/MarkInfo")
    if not read.tree.elements or not isinstance(info, pikepdf.Dictionary) or not _true(info, "/Marked"):
        yield Defect("marked")
    wishes = root.get("/ViewerPreferences")
    shown = isinstance(wishes, pikepdf.Dictionary) and _true(wishes, "/DisplayDocTitle")
    if not shown or not str(read.document.docinfo.get("/Title", "")).strip():
        yield Defect("title")
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield Defect("language")
    if len(read.document.pages) > MOST_PAGES:
        yield Defect("whole", what=str(MOST_PAGES))


def _true(held: Any, key: str) -> bool:
    return held.get(key) is True


def _roles(read: _Read) -> Iterator[Defect]:
    yield from (Defect("roles", page, name or "?") for name, page in read.tree.strange)


def _headings(read: _Read) -> Iterator[Defect]:
    """Levels go down one at a time, from 1, and up as they like; each has words."""
    level = 0
    for element in read.tree.elements:
        found = HEADING.fullmatch(element.role)
        if found is None:
            continue
        deeper = int(found[1])
        if deeper > level + 1:
            yield Defect("headings", element.page, f"H{deeper} after H{level}" if level else f"H{deeper} comes first")
        if not element.filled():
            yield Defect("headings", element.page, f"an empty H{deeper}")
        level = deeper


def _lists(read: _Read) -> Iterator[Defect]:
    allowed = {"L": ("LI", "L", "Caption"), "LI": ("Lbl", "LBody")}
    inside = {"LI": "L", "LBody": "LI"}
    for element in read.tree.elements:
        role = element.role
        if role in allowed:
            wrong = [kid.role for kid in element.kids if kid.role not in allowed[role]]
            if wrong or not element.kids:
                yield Defect("lists", element.page, f"{role} holds {', '.join(sorted(set(wrong))) or 'nothing'}")
        if role == "LI" and not any(kid.role == "LBody" for kid in element.kids):
            yield Defect("lists", element.page, "LI without LBody")
        if role in inside and (element.parent is None or element.parent.role != inside[role]):
            yield Defect("lists", element.page, f"{role} outside {inside[role]}")


def _tables(read: _Read) -> Iterator[Defect]:
    for table in read.having("Table"):
        grouped = [kid for kid in table.kids if kid.role in {"THead", "TBody", "TFoot"}]
        rows = [kid for group in (table, *grouped) for kid in group.kids if kid.role == "TR"]
        cells = [cell for row in rows for cell in row.kids]
        heads = [cell for cell in cells if cell.role == "TH"]
        strange = sorted({cell.role for cell in cells} - {"TH", "TD"})
        if not rows:
            yield Defect("tables", table.page, "no rows")
        if strange:
            yield Defect("tables", table.page, f"TR holds {', '.join(strange)}")
        if rows and not heads:
            yield Defect("tables", table.page, "no header cells")
        if any(head.attribute("/Scope") is None and head.attribute("/Headers") is None for head in heads):
            yield Defect("tables", table.page, "header cells without a scope")
    for row in read.having("TR"):
        if row.parent is None or row.parent.role not in {"Table", "THead", "TBody", "TFoot"}:
            yield Defect("tables", row.page, "TR outside Table")


def _figures(read: _Read) -> Iterator[Defect]:
    for figure in read.having("Figure", "Formula"):
        if not (figure.text("/Alt") or figure.text("/ActualText")):
            yield Defect("figures", figure.page)


def _tagged(read: _Read) -> Iterator[Defect]:
    for number, marks in enumerate(read.marks, start=1):
        if marks.loose:
            yield Defect("tagged", number, f"{marks.loose} marks outside the structure")
        lost = [mcid for mcid in marks.mcids if (number, mcid) not in read.tree.claimed]
        if lost and read.tree.elements:
            yield Defect("tagged", number, f"{len(lost)} that belong to no element")
        if marks.mixed:
            yield Defect("tagged", number, f"{marks.mixed} decorations inside text")


def _fonts(read: _Read) -> Iterator[Defect]:
    yield from (Defect("fonts", page, name) for page, name in fonts_of(read.document) if name)


def _annotations(read: _Read) -> Iterator[Defect]:
    for number, page in enumerate(read.document.pages, start=1):
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array) or not len(notes):
            continue
        if page.obj.get("/Tabs") != pikepdf.Name.S:
            yield Defect("tabs", number)
        for note in notes:
            kind = str(note.get("/Subtype", ""))
            if kind not in DESCRIBED_OTHERWISE and not str(note.get("/Contents", "")).strip():
                yield Defect("annotations", number)


def _bookmarks(read: _Read) -> Iterator[Defect]:
    with read.document.open_outline() as outline:
        if not outline.root:
            yield Defect("bookmarks")


def _files(read: _Read) -> Iterator[Defect]:
    for specification in read.document.attachments.values():
        if "/F" not in specification.obj or "/UF" not in specification.obj:
            yield Defect("files")


CHECKS: tuple[Callable[[_Read], Iterator[Defect]], ...] = (
    _catalog,
    _roles,
    _headings,
    _lists,
    _tables,
    _figures,
    _tagged,
    _fonts,
    _annotations,
    _bookmarks,
    _files,
)
