"""The last touch before a PDF is written: numbered lines, DRAFT across every page, footers and notes marked as what they are.

All follow ISO 14289-1 (PDF/UA-1), 7.1: what is not part of the text is an artifact, so a screen reader does not read it.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pydyf

from discovery.papers.errors import PaperBroken
from discovery.papers.glyphs import outline
from discovery.papers.note_tags import mark_notes
from discovery.papers.pleading import draw_lines, draw_under

DRAFT_SIZE = 170.0
"""Points; the word is then about 480 pt long, on a page diagonal of 1,000 pt."""
DRAFT_GRAY = 0.9
"""Light enough to read 8-point type over it, dark enough to survive a photocopy."""


class Finisher:
    """WeasyPrint's `finisher=`: called with the document and the pydyf PDF after drawing, before writing."""

    def __init__(self, *, draft: bool, styles: tuple[str, ...]) -> None:
        self._draft = draft
        self._styles = styles  # by page

    def __call__(self, document: Any, pdf: Any) -> None:
        """Mark footers as artifacts, footnotes as notes; draw the lines of pleading paper, and DRAFT unless the text is approved.

        Raises PaperBroken when a glyph is missing: characters are checked before layout, so this would be our defect.
        """
        _refuse_missing_glyphs(document)
        _mark_footers(pdf)
        _scope_headers(pdf)
        mark_notes(pdf)
        draw_lines(pdf, self._styles)
        if self._draft:
            _draw_draft(document, pdf)


def _refuse_missing_glyphs(document: Any) -> None:
    missing = sorted({code for font in document.fonts.values() for code in font.missing})
    if missing:
        named = ", ".join(f"U+{code:04X}" for code in missing)
        raise PaperBroken(f"The fonts have no glyph for {named} as it is used in this paper.")


def _objects(pdf: Any, array: Any) -> list[Any]:
    """Return the objects that a pydyf array of references (b"12 0 R") names; other items are marked-content numbers."""
    return [pdf.objects[_number(item)] for item in array if isinstance(item, bytes)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _mark_footers(pdf: Any) -> None:
    """Turn footers' marked content into pagination artifacts.

    WeasyPrint 70 tags the text of margin boxes and builds structure elements for it, but links them to no parent. Here
    every element that the tree does not reach is emptied, its content re-marked and its place in the parent tree voided.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    reached: set[int] = set()
    waiting = _objects(pdf, root["K"])
    while waiting:
        element = waiting.pop()
        if element.number not in reached:
            reached.add(element.number)
            waiting += [kid for kid in _objects(pdf, element.get("K", ())) if isinstance(kid, pydyf.Dictionary)]
    parents = pdf.objects[_number(root["ParentTree"])]["Nums"]
    pages = pdf.pages["Kids"][::3]
    for index, page_number in enumerate(pages):
        table = parents[2 * index + 1]
        loose = {mcid for mcid, reference in enumerate(table) if _number(reference) not in reached}
        if not loose:
            continue
        _remark(pdf.objects[_number(pdf.objects[page_number]["Contents"])], loose)
        for mcid in loose:
            table[mcid] = b"null"
    _empty_loose_elements(pdf, reached)


def _scope_headers(pdf: Any) -> None:
    """Say that header cells head columns (all of ours do): WeasyPrint 70 leaves /Scope out (ISO 14289-1, 7.5)."""
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH" and "A" in element:
            element["A"]["Scope"] = "/Column"


def _empty_loose_elements(pdf: Any, reached: set[int]) -> None:
    """Leave nothing of the elements that hung in the air; an empty dictionary costs six bytes and breaks no numbering."""
    for element in pdf.objects:
        is_element = isinstance(element, pydyf.Dictionary) and element.get("Type") == "/StructElem"
        if is_element and element.number not in reached:
            element.clear()


def _remark(stream: Any, loose: set[int]) -> None:
    """Rewrite `/P <</MCID 7>> BDC` as `/Artifact <</Type /Pagination /Subtype /Footer>> BDC` for the given MCIDs."""
    content = stream.stream
    for at, item in enumerate(content):
        if item == b"BDC":
            properties = content[at - 1]
            if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in loose:
                content[at - 2] = "/Artifact"
                content[at - 1] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})


@cache
def _draft_operators(width: float, height: float) -> bytes:
    """Return the content stream that draws DRAFT from corner to corner, centered, on a page of that size in points."""
    path, ems = outline("DRAFT")
    slope = math.atan2(height, width)
    cosine, sine = math.cos(slope) * DRAFT_SIZE, math.sin(slope) * DRAFT_SIZE
    along, up = ems / 2, 0.33  # the middle of the word: half its width, half the height of a capital
    x = width / 2 - along * cosine + up * sine
    y = height / 2 - along * sine - up * cosine
    return "\n".join(
        [
            "/Artifact <</Type /Background>> BDC",
            "q",
            f"{DRAFT_GRAY} g",
            f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.4f} {y:.4f} cm",
            *path,
            "f",
            "Q",
            "EMC",
        ]
    ).encode()


def _draw_draft(document: Any, pdf: Any) -> None:
    """Put one shared content stream before each page's own: glyph outlines, so the text layer stays clean."""
    streams: dict[tuple[float, float], Any] = {}
    for page, page_number in zip(document.pages, pdf.pages["Kids"][::3], strict=True):
        size = (page.width * 0.75, page.height * 0.75)  # CSS pixels to points
        if size not in streams:
            streams[size] = pydyf.Stream([_draft_operators(*size)], compress=True)
            pdf.add_object(streams[size])
        draw_under(pdf.objects[page_number], streams[size])
