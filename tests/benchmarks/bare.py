"""The bare engine: what our papers are compared with."""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint import HTML

from discovery.papers import engine, shortcuts
from discovery.papers.parts import Section


def bare(made: Iterable[Section]) -> bytes:
    """Lay out and write sections with the same shared fonts and compiled styles, going all of the engine's own ways."""
    shared = engine.engine()
    with shortcuts.engine_alone():
        documents = [
            HTML(string=section.markup, url_fetcher=shared.fetcher).render(
                font_config=shared.fonts, stylesheets=[shared.styles[name] for name in section.styles], pdf_variant="pdf/ua-1"
            )
            for section in made
        ]
        pages = [page for document in documents for page in document.pages]
        pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
