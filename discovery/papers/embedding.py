"""A manifest inside its PDF: an associated file (ISO 32000-2, 14.13), with the dates of the paper and not of the clock.

PDF/UA-1 (ISO 14289-1, 7.11) asks of embedded files that their specification has both F and UF, and a description helps
everybody. PDF/A-3 (ISO 19005-3, 6.8) asks for the relationship, the media type and an entry of the catalog's AF.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime
from typing import Any

import pikepdf
import pydyf

from discovery.papers.manifest import NAME

DESCRIPTION = "What this paper was made of and with (Tecum)"
MANIFEST_LIMIT = 256 * 1024
"""Bytes that a manifest has at most; ours have about 5,000. What unpacks to more is not ours."""


def embed(pdf: Any, text: str, moment: datetime) -> None:
    """Put a manifest into a pydyf PDF, as data that belongs to the whole document."""
    content = text.encode()
    stamp = pydyf.String(pdf_date(moment))
    checksum = f"<{hashlib.md5(content, usedforsecurity=False).hexdigest()}>"  # what the format asks for, not a protection
    params = pydyf.Dictionary({"CheckSum": checksum, "Size": len(content), "CreationDate": stamp, "ModDate": stamp})
    file = pydyf.Stream([content], {"Type": "/EmbeddedFile", "Subtype": "/application#2fjson", "Params": params}, compress=True)
    pdf.add_object(file)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(NAME),
            "UF": pydyf.String(NAME),
            "Desc": pydyf.String(DESCRIPTION),
            "EF": pydyf.Dictionary({"F": file.reference, "UF": file.reference}),
            "AFRelationship": "/Data",
        }
    )
    pdf.add_object(specification)
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    names["EmbeddedFiles"] = pydyf.Dictionary({"Names": pydyf.Array([pydyf.String(NAME), specification.reference])})
    pdf.catalog["AF"] = pydyf.Array([specification.reference])


def pdf_date(moment: datetime) -> str:
    """Return a moment as PDF writes it: D:20250618093000-07'00'."""
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


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
