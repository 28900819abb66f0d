"""The same paragraphs as ReportLab sets them, for the table of engines: no tags, no PDF/UA, no numbered lines, and no Django."""

from __future__ import annotations

import io
import json
import sys
from html import escape

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.benchmarks.measuring import peak_memory


def paper_of(texts: list[str]) -> bytes:
    """Return the PDF of some paragraphs, double spaced."""
    style = ParagraphStyle("text", fontName="Times-Roman", fontSize=12, leading=24)
    into = io.BytesIO()
    SimpleDocTemplate(into, pagesize=letter).build([Paragraph(escape(text), style) for text in texts if text])
    return into.getvalue()


if __name__ == "__main__":
    paper_of(json.loads(sys.stdin.read()))
    print(peak_memory())
