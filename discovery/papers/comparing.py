"""Looking into a PDF that somebody brings, in a process of its own: `python -m discovery.papers.comparing FILE [OTHER]`.

The file may be broken or built to exhaust: the process has a limit on memory and processor time, its parent on the clock, and what
comes back is one line of JSON. With one file: its pages and its manifest; of a Word file the snapshot that it names. With two:
for each page of both a mark of its words and one of its picture, so that the parent says which differ.
"""

from __future__ import annotations

import hashlib
import json
import math
import resource
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from discovery.papers.embedded import WORD_NAMES, ZIPPED, embedded_text

MEMORY = 1_500 * 1024 * 1024
SECONDS = 25
MOST_PAGES = 1_000
WORD_TEXT, WORD_PROPERTIES = "word/document.xml", "docProps/core.xml"
MOST_PROPERTIES = 64 * 1024
"""Bytes of a Word file's properties that are read, however many there are; ours have about 900."""
MOST_PIXELS = 4_000_000
"""A page of US Letter at 72 dots an inch has 484,704; a larger page is drawn smaller."""


def restrict() -> None:
    """Limit this process: past the limits it ends, and the parent says that the file could not be read."""
    for what, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system that knows no such limit still has the parent's clock
            resource.setrlimit(what, (limit, limit))


def look(path: str) -> dict[str, Any]:
    """Return {"pages", "manifest"} of a PDF, or {"trouble": "encrypted" | "broken" | "long"}."""
    try:
        with pikepdf.open(path) as document:
            pages = len(document.pages)
            if pages > MOST_PAGES:
                return {"trouble": "long", "pages": pages}
            return {"pages": pages, "manifest": embedded_text(document)}
    except pikepdf.PasswordError:
        return {"trouble": "encrypted"}
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError):
        return {"trouble": "broken"}


def look_at_word(path: str) -> dict[str, Any]:
    """Return {"word": the snapshot that a Word file says it was made of, or ""}, {"trouble": "broken"} for another zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            archive.getinfo(WORD_TEXT)
            with archive.open(WORD_PROPERTIES) as properties:
                named = WORD_NAMES.search(properties.read(MOST_PROPERTIES))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return {"trouble": "broken"}
    return {"word": named[1].decode() if named else ""}


def marks_of(path: str) -> list[list[str]]:
    """Return for each page the SHA-256 of its words and of its picture. Raises pypdfium2.PdfiumError for a broken file."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_marks(page) for page in document]
    finally:
        document.close()


def _marks(page: Any) -> list[str]:
    width, height = page.get_size()
    scale = min(1.0, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    words = page.get_textpage().get_text_bounded()
    bitmap = page.render(scale=scale, draw_annots=True)
    picture = hashlib.sha256(f"{bitmap.width} {bitmap.height} ".encode())
    picture.update(bytes(bitmap.buffer))
    return [hashlib.sha256(words.encode("utf-8", "replace")).hexdigest(), picture.hexdigest()]


def main(paths: list[str]) -> None:
    """Print what was found, as JSON."""
    restrict()
    with Path(paths[0]).open("rb") as file:
        zipped = file.read(4) == ZIPPED
    found = look_at_word(paths[0]) if zipped else look(paths[0])
    if len(paths) > 1 and "trouble" not in found:
        try:
            found = {"marks": [marks_of(path) for path in paths]}
        except (pypdfium2.PdfiumError, MemoryError):
            found = {"trouble": "broken"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
