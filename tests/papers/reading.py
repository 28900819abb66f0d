"""Reads finished PDFs back, with libraries that had no part in making them."""

from __future__ import annotations

import io
import tempfile
from typing import Any, cast

import pikepdf
import pypdfium2
from pdfua import validate


def pages(pdf: bytes) -> list[str]:
    """Return each page's text in the order of the file, white space and end-of-line hyphenation marks made even."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return a text with every run of white space as one space; pdfium marks a hyphen at a line's end with U+FFFE."""
    return " ".join(text.replace("\ufffe", "-").replace("\xa0", " ").split())


def out_of_order(text: str, *parts: str) -> list[str]:
    """Return the parts that do not stand in a text after those before them; none, when they stand there one after the other."""
    place, astray = 0, []
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            astray.append(part)
        else:
            place = found + len(part)
    return astray


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Open a PDF."""
    return pikepdf.open(io.BytesIO(pdf))


def outline(pdf: bytes) -> list[Any]:
    """Return the bookmarks: a title, or (title, [children])."""

    def walk(items: Any) -> list[Any]:
        return [(item.title, walk(item.children)) if item.children else item.title for item in items]

    with opened(pdf) as document, document.open_outline() as tree:
        return walk(tree.root)


def findings(pdf: bytes) -> list[str]:
    """Return what pdfua finds wrong, warnings included."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return [f"{found.rule_id} {found.message}" for found in validate(file.name).findings]


def artifacts(pdf: bytes) -> list[list[str]]:
    """Return, for each page, the kinds of its artifacts that say their kind: "/Background", "/Pagination"."""
    found = []
    with opened(pdf) as document:
        for page in document.pages:
            kinds = [
                str(cast("pikepdf.Dictionary", step.operands[1])["/Type"])
                for step in pikepdf.parse_content_stream(page)
                if str(step.operator) == "BDC" and str(step.operands[0]) == "/Artifact"
            ]
            found.append(kinds)
    return found
