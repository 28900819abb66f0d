"""The manifest inside a PDF that somebody brings, and what a Word file says: read with bounds, since the file may be anything.

Imports no engine.
"""

from __future__ import annotations

import re
import zlib

import pikepdf

NAME = "tecum-manifest.json"
"""What the embedded manifest is called."""
WORD_NAME = "tecum:{sha256}"
"""The identifier among a Word file's properties: the hash of the snapshot that it was made of. Word keeps it when people save."""
WORD_NAMES = re.compile(rb"<dc:identifier>tecum:([0-9a-f]{64})</dc:identifier>")
ZIPPED = b"PK\x03\x04"
"""How a Word file begins, as every zip."""
MANIFEST_LIMIT = 256 * 1024
"""Bytes that a manifest has at most; ours have about 5,000. What unpacks to more is not ours."""


def embedded_text(document: pikepdf.Pdf) -> str | None:
    """Return the manifest's text from an open PDF, None when there is none that could be ours. Never unpacks more than it may."""
    try:
        specification = document.attachments[NAME].obj
        stream = specification.EF.F
        if not isinstance(stream, pikepdf.Stream):
            return None
        raw = stream.read_raw_bytes()
        kind = str(stream.get("/Filter", ""))
        content = raw if not kind else _inflated(raw) if kind == "/FlateDecode" else b""
        return content.decode() if 0 < len(content) <= MANIFEST_LIMIT else None
    except (KeyError, AttributeError, ValueError, TypeError, zlib.error, pikepdf.PdfError):
        return None


def _inflated(raw: bytes) -> bytes:
    return zlib.decompressobj().decompress(raw, MANIFEST_LIMIT + 1)
