"""The layout engine of a process: one font configuration, stylesheets compiled once, one lock.

A fresh font configuration for each paper would leak 0.25 MB each time and cost a tenth of the time (docs/performance.md);
Pango's font map is not safe for threads, so layout and drawing take turns within a process. Scale with processes.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

# WeasyPrint looks for its fonts as it is imported, so ours must be in place first.
# isort: off
from discovery.papers import fontset
from discovery.papers.fetcher import PapersFetcher
from weasyprint import CSS
from weasyprint.document import DocumentMetadata
from weasyprint.formatting_structure import boxes
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.ffi import harfbuzz, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError
from discovery.papers import shortcuts
from discovery.papers.grid import grid
from discovery.papers.note_areas import refuse_crowded
from discovery.papers.paper_html import PaperHTML
# isort: on

Metadata: Any = DocumentMetadata
LineBox: Any = boxes.LineBox
MarginBox: Any = boxes.MarginBox
OutsideRead: type[BaseException] = FatalURLFetchingError
"""Raised by the fetcher through the engine, which swallows every ordinary exception."""

STYLES = (
    "common",
    "caption",
    "pleading",
    "pleading_25",
    "ao88b",
    "rule45",
    "addendum",
    "schedule_a",
    "court_paper",
    "contents",
    "contents_cover",
    "contents_roman",
    "notice",
    "deadline_memo",
    "letter",
    "declaration",
    "joint_letter",
    "joint_argument",
    "dispute_letter",
    "certificate_of_service",
    "dispute_chart",
    "dispute_motion",
    "cover_letter",
    "preservation",
    "status_report",
    "privilege_log",
    "response",
    "requests",
    "verification",
    "redline",
    "binder",
    "binder_pages",
)

LOCK = threading.RLock()
"""Held while a paper is laid out or drawn."""


def system_versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of the system's own libraries that shape and place text: Pango and HarfBuzz."""
    number = int(pango.pango_version())
    return ("pango", f"{number // 10000}.{number // 100 % 100}.{number % 100}"), ("harfbuzz", _harfbuzz_version())


def _harfbuzz_version() -> str:
    """Find HarfBuzz's version by asking whether it is at least this: the engine's bindings have no other question."""
    found = [0, 0, 0]
    for place in range(3):
        while found[place] < 1000:
            tried = [*found[:place], found[place] + 1, 0, 0][:3]
            if not harfbuzz.hb_version_atleast(*tried):
                break
            found[place] += 1
    return ".".join(str(part) for part in found)


class Engine:
    """Fonts, stylesheets and fetcher, shared by every paper of this process."""

    def __init__(self) -> None:
        self.fetcher = PapersFetcher()
        self.fonts = FontConfiguration()
        self.styles = {name: self._compile(fontset.STYLES / f"{name}.css") for name in STYLES}

    def _compile(self, path: Path) -> Any:
        return CSS(filename=path, font_config=self.fonts, url_fetcher=self.fetcher)

    def lay_out(self, markup: str, styles: tuple[str, ...], *, pitch: float = 0) -> Any:
        """Lay out one HTML text with the named stylesheets, in that order; return a WeasyPrint `Document`.

        `pitch` is the distance in points of the numbered lines that the text keeps to, 0 for paper without any.

        Reads nothing but `markup`: every address in it goes through `papers.fetcher`. Call with `LOCK` held. Raises PaperRefused
        where footnotes find no room.
        """
        source = PaperHTML(markup, self.fetcher)
        shortcuts.lay_out_begins()
        with grid(pitch):
            document = source.render(
                font_config=self.fonts,
                stylesheets=[self.styles[name] for name in styles],
                pdf_variant="pdf/ua-1",
            )
        refuse_crowded(document, markup)
        return document


@cache
def engine() -> Engine:
    """Return this process's engine; the first call costs about 0.1 s (see `layouts.preload`)."""
    return Engine()


_PAGE = re.compile(r"Step 5 - Creating layout - Page (\d+)")


class _PageListener(logging.Handler):
    """Hears WeasyPrint say which page it is laying out, and tells one thread's listener."""

    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self._told, self._thread = told, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        found = _PAGE.match(record.getMessage()) if record.thread == self._thread else None
        if found:
            self._told(int(found[1]))


@contextmanager
def pages_told(told: Callable[[int], None] | None) -> Iterator[None]:
    """While open, call `told(n)` with the number of each page (from 1) that this thread lays out.

    WeasyPrint has no callback: it logs "Step 5 - Creating layout - Page %d". The handler is attached only here, and the
    logger's own settings are put back. Call with `LOCK` held, so that two renders do not undo each other's settings.
    """
    if told is None:
        yield
        return
    handler = _PageListener(told)
    level, propagate = PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    PROGRESS_LOGGER.addHandler(handler)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)
        PROGRESS_LOGGER.setLevel(level)
        PROGRESS_LOGGER.propagate = propagate
