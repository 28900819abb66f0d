"""How papers grow: milliseconds a page at 1,000 pages beside 25, and what a worker holds that makes papers of 100 pages."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from discovery.papers import snapshots
from discovery.papers.layouts import LAYOUTS
from discovery.papers.rendering import render
from tests.benchmarks.measuring import Row
from tests.papers import samples

SHORT, MIDDLE, LONG = 25, 100, 1_000
TEXT = (
    "All Documents and Communications concerning any proposal, offer, plan or discussion to buy, fund, lend to, merge with or "
    "otherwise take part in the business that the Requests describe, including drafts, models, term sheets, notes of meetings "
    "and messages sent by any means, whether or not the proposal was made in writing, and every reply to it."
)


def run() -> Iterator[Row]:
    """Yield the rows: two short papers around the long one, so that a busier minute does not decide."""
    yield _time_a_page()
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
    LAYOUTS.clear()
    began = time.process_time()
    pages = render(content, release="benchmark").pages
    return (time.process_time() - began) * 1000 / pages, pages


def _worker() -> Row:
    content = schedule_of(MIDDLE)
    assert snapshots.from_json(content)
    peak, empty = (_peak(what, content) for what in ("several", "parsed"))
    return Row(f"memory of a worker on papers of {MIDDLE} pages, MB at its peak", peak, 130, f"{empty} MB before the first paper")


def _peak(what: str, content: str) -> int:
    """Return the peak memory in MB of a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.alone", what]
    return int(subprocess.run(command, input=content, capture_output=True, text=True, check=True).stdout.split()[-1])
