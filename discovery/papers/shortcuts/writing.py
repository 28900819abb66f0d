"""What is written to the file: operators, references of pages, streams."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint.document import Document, Page

LEVEL = 6
"""How hard streams are compressed, 1 to 9. pydyf's 9 takes 2.7 times as long for files that are 2 % smaller."""

engine_written = pydyf._to_bytes  # noqa: SLF001  # what is replaced is not always public
engine_paint = Page.paint
engine_write_pdf = Document.write_pdf


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return the references of a PDF's pages, built once for as many pages as there are.

    WeasyPrint asks pydyf for them at every tagged box, and pydyf builds the whole list each time: under the profiler, a log of
    3,000 rows spent a quarter of its writing on that, and the share grows with the pages.
    """
    kids = pdf.pages["Kids"]
    known: tuple[int, tuple[bytes, ...]] = getattr(pdf, "known_references", (-1, ()))
    if known[0] != len(kids):
        known = len(kids), tuple(f"{number} 0 R".encode() for number in kids[::3])
        pdf.known_references = known
    return known[1]


def written(item: Any) -> bytes:
    """Return an item as it stands in a PDF. What pages are full of, bytes, text and numbers, is asked for first."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]  # its kind was just asked
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    return engine_written(item)  # type: ignore[no-any-return]


COMPRESSION = SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)), compress=zlib.compress)
"""Stands for zlib in pydyf."""


def paint(page: Any, stream: Any, scale: float = 1) -> None:
    """Paint a page, and keep what was written as few long texts: as the engine keeps it, 40 times 40 bytes, a page has 0.1 MB.

    What marks content stays as it is, for what is marked anew before writing (papers.finishing).
    """
    engine_paint(page, stream, scale)
    stream.stream = list(_gathered(stream.stream))


def _gathered(items: list[Any]) -> Iterator[Any]:
    """Yield a stream's items, those together that stand between marks: an operator is preceded by its tag and properties."""
    marks = [at for at, item in enumerate(items) if item == b"BDC"]
    begun = 0
    for mark in [*marks, len(items) + 2]:
        if mark - 2 > begun:
            yield b"\n".join(written(item) for item in items[begun : mark - 2])
        yield from items[mark - 2 : mark + 1]
        begun = mark + 1


def write_pdf(document: Any, *given: Any, **named: Any) -> Any:
    """Write a document while the collector rests: it would look at every laid-out page for the little that drawing leaves behind.

    A look in the middle of a hundred pages took a tenth of the time of drawing them.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return engine_write_pdf(document, *given, **named)
    finally:
        if collects:
            gc.enable()
