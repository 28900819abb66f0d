"""Where text stands on the pages of a finished PDF, read from the file itself by pdfium: no layout engine of ours is asked."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Character:
    """One character: its origin in points from the page's left and top edge, the size of its type."""

    text: str
    left: float
    down: float
    size: float


def characters(pdf: bytes) -> list[list[Character]]:
    """Return the printed characters of each page; white space and combining marks, which a font places, are left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [list(_of_page(page)) for page in document]
    finally:
        document.close()


def _of_page(page: pypdfium2.PdfPage) -> Iterator[Character]:
    height = page.get_height()
    text_page = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        letter = chr(code)
        if pdfium.FPDFText_IsGenerated(text_page, at) == 1 or letter.isspace() or unicodedata.category(letter)[0] in "MC":
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
        yield Character(letter, x.value, height - y.value, _size(text_page, at))


def _size(text_page: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the size of a character as printed: the font's, scaled by the text's matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, at, matrix)
    size: float = pdfium.FPDFText_GetFontSize(text_page, at) * abs(matrix.d)
    return size


def lines(page: list[Character]) -> dict[float, str]:
    """Return a page's lines: the characters that stand within a fifth of a point of one height, by that height."""
    found: dict[float, str] = {}
    for one in sorted(page, key=lambda character: character.down):
        at = next((known for known in reversed(found) if one.down - known < 0.2), one.down)
        found[at] = found.get(at, "") + one.text
    return found
