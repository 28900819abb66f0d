"""Batches beside other engines: 200 drafts that differ, and 200 recipients of one Schedule A, in one process each.

Ours makes all 200; of the others, whose every paper takes as long as the one before, forty tell their pace.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from discovery.papers import snapshots
from discovery.papers.composition import sections
from discovery.papers.layouts import forget
from discovery.papers.rendering import preload, render
from discovery.papers.word.files import word_file
from tests.benchmarks.bare import bare
from tests.benchmarks.batches import BATCH, paper_of
from tests.benchmarks.engines import COLUMNS, FLAGS, chromium, convert, texts_of, whole_html
from tests.benchmarks.measuring import seconds
from tests.benchmarks.reportlab_paper import paper_of as reportlab_paper

SAMPLE = 40
KINDS = {"drafts that differ": (1, True), "recipients of one Schedule A": (62, False)}


@dataclass(frozen=True, slots=True)
class BatchHeading:
    """The head of the table of batches."""

    met: bool = True

    def printed(self) -> str:
        """Return the two lines that open the table."""
        names = (f"a batch of {BATCH}", "ours, snapshot to PDF", *COLUMNS[1:])
        return "\n| " + " | ".join(names) + " |\n|" + "---|" * len(names)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One kind of batch: by engine the papers a second, and how that stands to ours."""

    what: str
    paces: tuple[float, ...]
    met: bool = True

    def printed(self) -> str:
        """Return the row as Markdown: papers a second (times ours)."""
        told = (f"{pace:.1f} a second (×{pace / self.paces[0]:.2f})" for pace in self.paces)
        return f"| {self.what} | " + " | ".join(told) + " |"


def run() -> Iterator[BatchHeading | BatchRow]:
    """Yield the table."""
    yield BatchHeading()
    preload()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()

        def printed(content: str) -> None:
            page.set_content(whole_html(content))
            page.pdf(prefer_css_page_size=True, tagged=True)

        for what, (requests, differs) in KINDS.items():
            pages = render(_content(0, requests, differs), release="b").pages
            forget()
            acts: tuple[tuple[Callable[[str], object], int], ...] = (
                (lambda content: render(content, release="b"), BATCH),
                (lambda content: bare(sections(snapshots.from_json(content))), SAMPLE),
                (printed, SAMPLE),
            )
            paces = [_pace(act, count, requests, differs) for act, count in acts]
            paces.append(_office_pace(requests, differs))
            paces.append(_pace(lambda content: reportlab_paper(texts_of(content)), SAMPLE, requests, differs))
            yield BatchRow(f"{what}, {pages} pages each", tuple(paces))
        browser.close()


def _content(number: int, requests: int, differs: bool) -> str:
    return snapshots.to_json(paper_of(number, requests=requests, differs=differs))


def _pace(act: Callable[[str], object], count: int, requests: int, differs: bool) -> float:
    """Return how many papers a second an engine makes; one before it begins is not counted."""
    act(_content(1_000, requests, differs))
    contents = [_content(number, requests, differs) for number in range(count)]
    return count / seconds(lambda: [act(content) for content in contents])


def _office_pace(requests: int, differs: bool) -> float:
    """Return the pace of a LibreOffice that runs already: many files and one, by difference."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number in range(SAMPLE + 1):
            file = Path(folder) / f"{number}.docx"
            file.write_bytes(word_file(_content(number, requests, differs), release="b"))
            files.append(str(file))
        one = seconds(lambda: convert(folder, files[:1]))
        many = seconds(lambda: convert(folder, files))
    return SAMPLE / (many - one)
