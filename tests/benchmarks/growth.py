"""How papers grow: ms a page at 1,000 pages beside 25; a table of contents at 100; what a worker holds that makes those."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from discovery.papers import snapshots
from discovery.papers.composition import sections
from discovery.papers.dispute_papers import OutlinePaper, OutlinePart, QuotedRequest
from discovery.papers.finishing import Finisher
from discovery.papers.laying_out import laid_out
from discovery.papers.layouts import LAYOUTS, forget
from discovery.papers.parts import Section
from discovery.papers.rendering import preload, render
from tests.benchmarks.measuring import Row, ratio
from tests.papers import samples

SHORT, MIDDLE, LONG = 25, 100, 1_000
TEXT = (
    "All Documents and Communications concerning any proposal, offer, plan or discussion to buy, fund, lend to, merge with or "
    "otherwise take part in the business that the Requests describe, including drafts, models, term sheets, notes of meetings "
    "and messages sent by any means, whether or not the proposal was made in writing, and every reply to it."
)


def run() -> Iterator[Row]:
    """Yield the rows, as a worker stands: two short papers around the long one, so that a busier minute does not decide."""
    preload()
    yield _time_a_page()
    yield _contents()
    yield _worker()


def schedule_of(pages: int) -> str:
    """Return the snapshot of a Schedule A of about so many pages."""
    few, many = (render(_schedule(count), release="benchmark").pages for count in (20, 120))
    return _schedule(max(1, round(20 + (pages - few) * 100 / (many - few))))


def _schedule(requests: int) -> str:
    made = samples.schedule(requests=samples.requests(requests, TEXT), definitions=(), instructions=(), exhibits=())
    return samples.canonical(parts=("schedule",), schedule=made)


def _time_a_page() -> Row:
    short, long = schedule_of(SHORT), schedule_of(LONG)
    first, _pages = _milliseconds_a_page(short)
    grown, pages = _milliseconds_a_page(long)
    again, _pages = _milliseconds_a_page(short)
    base = statistics.mean((first, again))
    return Row(
        f"growth: processor ms a page at {LONG:,} pages / at {SHORT}",
        grown / base,
        1.3,
        f"{grown:.1f} / {base:.1f} ms a page, {pages} pages",
    )


def _milliseconds_a_page(content: str) -> tuple[float, int]:
    forget()
    began = time.process_time()
    pages = render(content, release="benchmark").pages
    return (time.process_time() - began) * 1000 / pages, pages


def _outline(requests: int) -> OutlinePaper:
    """Return the outline of a motion to compel about so many requests, on the paper of N.D. Cal., which asks for contents."""
    quoted = tuple(
        QuotedRequest(f"Request For Production No. {number}:", f"{TEXT} ({number})", "", "", (), TEXT * 2, TEXT)
        for number in range(1, requests + 1)
    )
    notice = samples.notice()
    return OutlinePaper(
        paper="motion_outline",
        language="en-US",
        document_title="Motion",
        parts=("outline",),
        caption=samples.caption(style="cand-28"),
        counsel=notice.counsel,
        title="Motion to compel",
        before=(OutlinePart("I. INTRODUCTION", (TEXT,)),),
        requests_heading="II. THE REQUESTS",
        requests=quoted,
        after=(OutlinePart("III. CONCLUSION", (TEXT,)),),
        signature=samples.signature(),
        authorities=(),
        limit=0,
        submitted=True,
        created=samples.paper().created,
    )


def _contents() -> Row:
    """The same text with its table of contents and its first page by itself, and in one piece without."""
    (made,) = sections(_outline(130))
    pages: dict[bool, int] = {}

    def written(*, contents: bool) -> None:
        LAYOUTS.clear()
        laid = laid_out((made if contents else replace(made, long_form=None),), None)
        pages[contents] = _draw([(one.section, one.document) for one in laid])

    figure, a, b = ratio(lambda: written(contents=True), lambda: written(contents=False), pairs=3)
    scale = f"{a:.2f} s / {b:.2f} s, {pages[True]} / {pages[False]} pages"
    return Row(f"table of contents on / off at {pages[False]} pages", figure, 1.25, scale)


def _draw(laid: list[tuple[Section, Any]]) -> int:
    """Draw laid-out sections as one PDF; return its pages."""
    pages = [page for _section, document in laid for page in document.pages]
    styles = tuple(section.paper_style for section, document in laid for _page in document.pages)
    laid[0][1].copy(pages).write_pdf(pdf_variant="pdf/ua-1", finisher=Finisher(draft=False, styles=styles))
    return len(pages)


def _worker() -> Row:
    content = schedule_of(MIDDLE)
    assert snapshots.from_json(content)
    peak, empty = (_peak(what, content) for what in ("several", "parsed"))
    return Row(f"memory of a worker on papers of {MIDDLE} pages, MB at its peak", peak, 130, f"{empty} MB before the first paper")


def _peak(what: str, content: str) -> int:
    """Return the peak memory in MB of a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.alone", what]
    return int(subprocess.run(command, input=content, capture_output=True, text=True, check=True).stdout.split()[-1])
