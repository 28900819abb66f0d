"""Footnotes in the structure tree: the note a Note with an identifier, its number a label, the number in the text a reference.

WeasyPrint 70 calls all three what their HTML element is called, a span.
"""

from __future__ import annotations

from typing import Any

# WeasyPrint looks for its fonts as it is imported, so ours must be in place first.
# isort: off
import pydyf
from discovery.papers import fontset  # noqa: F401
from weasyprint.pdf import tags
# isort: on

_tag_of = tags._get_pdf_tag  # noqa: SLF001 - WeasyPrint has no other door to what it calls a box in the structure tree


def _tag_with_notes(tag: str | None) -> str:
    """Name a note's number where it is referred to and where it stands (ISO 32000-1, 14.8.4.4.1)."""
    if tag is not None and tag.endswith("::footnote-call"):
        return "Reference"
    if tag is not None and tag.endswith("::footnote-marker"):
        return "Lbl"
    named: str = _tag_of(tag)
    return named


tags._get_pdf_tag = _tag_with_notes  # noqa: SLF001


def mark_notes(pdf: Any) -> None:
    """Make a Note with an identifier of every footnote in the structure tree (ISO 14289-1, 7.9): the span with a label in it."""
    count = 0
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/Lbl" and element.get("Type") == "/StructElem":
            parent = pdf.objects[int(element["P"].split()[0])]
            if parent.get("S") == "/Span":
                count += 1
                parent["S"] = "/Note"
                parent["ID"] = pydyf.String(f"note-{count}")
