"""A page that stands for a paper of the docket in the demo case: what it is and what it says in our own words, never its text."""

from __future__ import annotations

from typing import Any

from discovery.papers import engine
from discovery.papers.letters import LETTER_STYLES
from discovery.papers.parts import fill_template
from discovery.papers.passages import passages


def stand_in(title: str, where: str, told: str) -> bytes:
    """Return a one-page PDF (PDF/UA-1) that says for which filed paper it stands and what that paper is known to say."""
    context: dict[str, Any] = {"title": title, "where": where, "told": passages(told)}
    with engine.LOCK:
        document = engine.engine().lay_out(fill_template("stand_in.html", context), LETTER_STYLES)
        document.metadata.title = title
        document.metadata.lang = "en-US"
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
