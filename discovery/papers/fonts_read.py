"""The fonts of a finished PDF, as its pages name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

KNOWN_ENCODINGS = (pikepdf.Name.WinAnsiEncoding, pikepdf.Name.MacRomanEncoding, pikepdf.Name.MacExpertEncoding)


def fonts_of(document: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Yield, for each font, the first page that names it and what is wrong with it: its name, or "" for nothing."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages, start=1):
        resources = page.obj.get("/Resources")
        fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(fonts, pikepdf.Dictionary):
            continue
        for font in (fonts[name] for name in fonts.keys()):  # noqa: SIM118 - a PDF dictionary
            if isinstance(font, pikepdf.Dictionary) and font.objgen not in seen:
                if font.is_indirect:
                    seen.add(font.objgen)
                yield number, "" if _embedded(font) and _readable(font) else str(font.get("/BaseFont", "?")).lstrip("/")


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == pikepdf.Name.Type3:
        return True
    inner = font.get("/DescendantFonts")
    described = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else font
    descriptor = described.get("/FontDescriptor")
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in files)


def _readable(font: Any) -> bool:
    """Whether its glyphs have characters: by a map to Unicode, or by an encoding that is itself one (ISO 14289-1, 7.21.7)."""
    return isinstance(font.get("/ToUnicode"), pikepdf.Stream) or font.get("/Encoding") in KNOWN_ENCODINGS
