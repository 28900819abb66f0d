"""Our way beside other engines, on the same words in the same run: papers of 5, 25, 100 and 300 pages.

Every column starts from the same set of requests. Ours is the whole way, from the row to the stored PDF; the bare engine gets our
HTML, Chromium the same HTML in a page that stays open, LibreOffice our Word file, ReportLab the same paragraphs (untagged: it
has no structure tree, no PDF/UA and no pleading grid). Memory is the peak of a process that makes that one paper.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from playwright.sync_api import Page, sync_playwright

from discovery.domain.composing.subpoena import compose
from discovery.domain.demo.loading import load_demo
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.models import Case, Demand, Request
from discovery.papers import fontset, snapshots
from discovery.papers.composition import sections
from discovery.papers.rendering import render
from discovery.papers.subpoena_snapshot import subpoena_from_json
from discovery.papers.word.files import word_file
from tests.benchmarks.bare import bare
from tests.benchmarks.measuring import seconds
from tests.benchmarks.reportlab_paper import paper_of

SIZES = {5: 5, 25: 5, 100: 3, 300: 2}
"""Pages, and how many rounds are measured."""
TEXT = (
    "All Documents and Communications concerning any proposal, offer, plan or discussion to buy, fund, lend to, merge with or "
    "otherwise take part in the business that the Requests describe, including drafts, models, term sheets, notes of meetings "
    "and messages sent by any means, whether or not the proposal was made in writing, and every reply to it (run {run}, {number})."
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
KIND = "service_copy"


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of the table of engines."""

    met: bool = True

    def printed(self) -> str:
        """Return the two lines that open the table."""
        names = ("pages", *COLUMNS)
        return "\n| " + " | ".join(names) + " |\n|" + "---|" * len(names)


@dataclass(frozen=True, slots=True)
class EngineRow:
    """One size: by engine the median seconds, how that stands to ours, the peak memory in MB and the size of the file in kB."""

    pages: int
    cells: tuple[tuple[float, float, int, int], ...]
    met: bool = True

    def printed(self) -> str:
        """Return the row as Markdown: seconds (times ours), MB, kB."""
        told = [f"{took:.2f} s (×{share:.2f}), {memory} MB, {size} kB" for took, share, memory, size in self.cells]
        return f"| {self.pages} | " + " | ".join(told) + " |"


def run() -> Iterator[Heading | EngineRow]:
    """Yield the table, made from a draft of the demo case whose requests are as many as the pages need."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs an event loop in this thread
    owner = User.objects.filter(username="engines").first() or User.objects.create_superuser("engines", "e@example.com", "x")
    case = Case.objects.filter(name="Musk v. Altman").first() or load_demo(owner=owner)
    demand = case.demands.get(responding_party__person__name="Excession LLC")
    yield Heading()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        for pages, rounds in SIZES.items():
            yield _row(_Paper(demand, owner, page, pages), rounds)
        browser.close()


class _Paper:
    """One paper of about so many pages, made anew with other words for each measurement."""

    def __init__(self, demand: Demand, owner: User, page: Page, pages: int) -> None:
        self.demand, self.owner, self.page = demand, owner, page
        self.runs = itertools.count()
        self._write(20)
        few = render(self._content(), release="benchmark").pages
        self._write(120)
        many = render(self._content(), release="benchmark").pages
        self.requests = max(1, round(20 + (pages - few) * 100 / (many - few)))
        self.pages = render(self._written(), release="benchmark").pages

    def _write(self, count: int) -> None:
        """Give the set so many requests with words of this run."""
        run = next(self.runs)
        found = Request.objects.filter(request_set=self.demand.request_set)
        found.delete()
        Request.objects.bulk_create(
            Request(request_set=self.demand.request_set, number=number, text=TEXT.format(run=run, number=number))
            for number in range(1, count + 1)
        )

    def _content(self) -> str:
        return snapshots.to_json(compose(Demand.objects.get(pk=self.demand.pk), KIND))

    def _written(self) -> str:
        self._write(self.requests)
        return self._content()

    def ours(self) -> int:
        """From the row to the stored PDF; return its size in bytes."""
        made = render_draft(request_draft(Demand.objects.get(pk=self.demand.pk), KIND, by=self.owner).pk)
        assert made is not None
        assert made.state == "ready", made.error
        return made.file_size

    def bare(self) -> int:
        return len(bare(sections(snapshots.from_json(self._content()))))

    def chromium(self) -> int:
        self.page.set_content(whole_html(self._content()))
        return len(self.page.pdf(prefer_css_page_size=True, tagged=True))

    def reportlab(self) -> int:
        return len(paper_of(texts_of(self._content())))

    def word(self) -> bytes:
        word: bytes = word_file(self._content(), release="benchmark")
        return word


COLUMNS = (
    "ours, row to stored PDF",
    "bare WeasyPrint",
    "Chromium, one warm page",
    "LibreOffice from the .docx",
    "ReportLab, untagged",
)


def _row(paper: _Paper, rounds: int) -> EngineRow:
    """Measure the engines in turn, round by round; LibreOffice's start is taken out (one file and three, by difference)."""
    taken: dict[str, list[float]] = {name: [] for name in COLUMNS}
    sizes: dict[str, int] = {}
    acts: dict[str, Callable[[], int]] = dict(
        zip(
            (COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[4]), (paper.ours, paper.bare, paper.chromium, paper.reportlab), strict=True
        )
    )
    for _round in range(rounds):
        paper._written()
        for name, act in acts.items():
            taken[name].append(seconds(lambda act=act, name=name: sizes.update({name: act()})))  # type: ignore[misc]
        took, size = _libreoffice(paper.word())
        taken[COLUMNS[3]].append(took)
        sizes[COLUMNS[3]] = size
    ours = taken[COLUMNS[0]]
    memory = _memories(paper)
    cells = tuple(
        (
            statistics.median(taken[name]),
            statistics.median(a / b for a, b in zip(taken[name], ours, strict=True)),
            memory[name],
            sizes[name] // 1000,
        )
        for name in COLUMNS
    )
    return EngineRow(paper.pages, cells)


def whole_html(content: str) -> str:
    """Return a paper's sections as one HTML text with its stylesheets inside, for an engine that wants one."""
    made = sections(snapshots.from_json(content))
    names = dict.fromkeys(name for section in made for name in section.styles)
    sheets = "".join((fontset.STYLES / f"{name}.css").read_text(encoding="utf-8") for name in names)
    bodies = "".join(
        f'<div style="break-before: page">{section.markup.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]}</div>'
        for section in made
    )
    return f'<!doctype html><html lang="en-US"><head><title>Paper</title><style>{sheets}</style></head><body>{bodies}</body></html>'


def _libreoffice(word: bytes) -> tuple[float, int]:
    """Return the seconds for one file in a LibreOffice that runs already, and the size of its PDF."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number in range(3):
            file = Path(folder) / f"{number}.docx"
            file.write_bytes(word)
            files.append(str(file))
        one = seconds(lambda: convert(folder, files[:1]))
        three = seconds(lambda: convert(folder, files))
        return max(0.0, (three - one) / 2), (Path(folder) / "0.pdf").stat().st_size


def convert(folder: str, files: list[str]) -> None:
    """Let LibreOffice make a PDF of each file, all in one start."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [_office(), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files], check=True, capture_output=True
    )


def texts_of(content: str) -> list[str]:
    """Return the paragraphs of a subpoena's schedule, for an engine that knows nothing of HTML."""
    schedule = subpoena_from_json(content).schedule
    texts = [schedule.preamble, *(item.text for item in schedule.definitions), *(item.text for item in schedule.instructions)]
    return texts + [part for request in schedule.requests for part in (request.heading, request.text)]


def _memories(paper: _Paper) -> dict[str, int]:
    """Return each engine's peak memory in MB for this one paper, each in a process of its own (Chromium: all of its processes)."""
    content = paper._written()
    return {
        COLUMNS[0]: _peak(["tests.benchmarks.alone", "ours"], content),
        COLUMNS[1]: _peak(["tests.benchmarks.alone", "bare"], content),
        COLUMNS[2]: _chromium_memory(paper),
        COLUMNS[3]: _office_memory(paper.word()),
        COLUMNS[4]: _peak(["tests.benchmarks.reportlab_paper"], json.dumps(texts_of(content))),
    }


def _peak(module: list[str], content: str) -> int:
    """Return the peak memory in MB of a process that makes one paper of what it reads."""
    command = [sys.executable, "-m", *module]
    return int(subprocess.run(command, input=content, capture_output=True, text=True, check=True).stdout.split()[-1])


_CHILD = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); " + (
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000)"
)
"""Started by a small process, since getrusage hands down the memory of the one that starts another."""


def _office_memory(word: bytes) -> int:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "0.docx"
        file.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [_office(), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
        started = subprocess.run([sys.executable, "-c", _CHILD, *command], check=True, capture_output=True, text=True)
    return int(started.stdout)


def _chromium_memory(paper: _Paper) -> int:
    """Return what all processes of the browser hold in MB (proportional set size) just after printing."""
    paper.chromium()
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _descends_from_us(int(folder.name)):
            try:
                rollup = (folder / "smaps_rollup").read_text()
            except OSError:
                continue
            if "chrom" in (folder / "comm").read_text():
                total += int(rollup.partition("Pss:")[2].split()[0])
    return total // 1000


def _descends_from_us(pid: int) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


def chromium() -> str:
    """Return where Chromium is."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found is not None, "the table of engines needs Chromium"
    return found


def _office() -> str:
    found = shutil.which("soffice")
    assert found is not None, "the table of engines needs LibreOffice"
    return found
