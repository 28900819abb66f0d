"""A manifest inside its PDF: an associated file (ISO 32000-2, 14.13), with the dates of the paper and not of the clock.

PDF/UA-1 (ISO 14289-1, 7.11) asks of embedded files that their specification has both F and UF, and a description helps
everybody. PDF/A-3 (ISO 19005-3, 6.8) asks for the relationship, the media type and an entry of the catalog's AF.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import pydyf

from discovery.papers.embedded import NAME
from discovery.papers.file_information import pdf_date

DESCRIPTION = "What this paper was made of and with (Tecum)"


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
