"""Runs in a process of its own: renders a share of a batch, ours or the bare engine's, and says how long it took."""

from __future__ import annotations

import json
import sys
import time

from weasyprint import HTML

from discovery.papers import engine, snapshots
from discovery.papers.composition import sections
from discovery.papers.rendering import preload, render
from tests.benchmarks import batches
from tests.benchmarks.measuring import peak_memory


def bare(content: str) -> bytes:
    """Lay out and write the whole paper with shared fonts and compiled styles, and nothing else."""
    shared = engine.engine()
    documents = [
        HTML(string=section.markup, url_fetcher=shared.fetcher).render(
            font_config=shared.fonts, stylesheets=[shared.styles[name] for name in section.styles], pdf_variant="pdf/ua-1"
        )
        for section in sections(snapshots.from_json(content))
    ]
    pages = [page for document in documents for page in document.pages]
    pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def work(way: str, options: str) -> None:
    """Render the share whose number stands in the arguments."""
    given = json.loads(options)
    place, count = int(sys.argv[1]), given["count"]

    def content(number: int) -> str:
        return snapshots.to_json(batches.paper_of(number, requests=given["requests"], differs=given["differs"]))

    preload()
    bare(content(10_000_000)) if way == "bare" else render(content(10_000_000 + place), release="b")
    began = time.perf_counter()
    for number in range(place * count, place * count + count):
        if way == "bare":
            bare(content(number))
        else:
            render(content(number), release="b")
    print(time.perf_counter() - began)  # the caller reads this line


def memory() -> None:
    """Render packages of many lengths and say the highest memory that this process ever had, in MB."""
    preload()
    for number in range(40):
        requests = (1, 20, 62, 330)[number % 4]
        render(snapshots.to_json(batches.paper_of(number, requests=requests, differs=number % 8 < 4)), release="b")
    print(peak_memory())  # the caller reads this line
