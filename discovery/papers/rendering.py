"""Snapshot to PDF: reads nothing but the snapshot, so the same snapshot under the same release has the same bytes."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from discovery.law.form_texts import form_text, form_texts
from discovery.papers import engine
from discovery.papers.archiving import archive_of, make_archive
from discovery.papers.assembly import Part, joined
from discovery.papers.composition import measured, sections
from discovery.papers.embedded import NAME
from discovery.papers.embedding import DESCRIPTION, embed
from discovery.papers.errors import PaperRefused
from discovery.papers.file_information import About, Attached
from discovery.papers.finishing import Finisher
from discovery.papers.laying_out import Laid, Progress, laid_out
from discovery.papers.layouts import FINISHED, FinishedPart, key_of
from discovery.papers.manifest import manifest_of, to_text
from discovery.papers.parts import Enclosed, Section, templates_noted
from discovery.papers.printable import read_paper
from discovery.papers.snapshots import Paper, digest
from discovery.papers.stamping import stamped
from discovery.papers.subpoena import rule_section

LONG = 20
"""Pages from which on a drawn part is worth looking for what it left behind: 30 ms beside a second of layout."""
Files = Callable[[str], bytes]
"""Reads a stored PDF by its SHA-256; raises PaperRefused when it is gone."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF: its bytes, number of pages, SHA-256 (64 hexadecimal digits), and seconds spent in each stage.

    Stages: "compose" (snapshot to HTML), "layout", "write" (drawing, tagging, fonts), "total".
    """

    pdf: bytes
    pages: int
    sha256: str
    timings: dict[str, float]
    measured: dict[str, Any] = field(default_factory=dict)
    """What was counted on the finished pages, for papers with a limit."""
    manifest: dict[str, Any] = field(default_factory=dict)
    """What it was made of and with, as it is embedded (papers.manifest)."""


@dataclass(slots=True)
class _Making:
    """One paper on its way to bytes."""

    paper: Paper
    content: str
    release: str
    templates: set[str]
    progress: Progress | None
    files: Files | None
    laying: float = 0.0  # seconds of layout

    def lay_out(self, made: tuple[Section, ...], before: int = 0) -> list[Laid]:
        """Lay sections out after `before` pages; the seconds that it takes are added up."""
        began = time.perf_counter()
        laid = laid_out(made, self.progress, before=before)
        self.laying += time.perf_counter() - began
        return laid

    def manifest(self, made: tuple[Section, ...]) -> dict[str, Any]:
        """Return the paper's manifest, once everything has been laid out."""
        return manifest_of(self.paper, self.content, made, frozenset(self.templates), self.release)


def render(canonical_json: str, *, progress: Progress | None = None, release: str, files: Files | None = None) -> Rendered:
    """Render a snapshot (canonical JSON, `snapshots.to_json`) as a tagged PDF (PDF/UA-1).

    `progress(n)` hears the number of the page being laid out, counted over the whole paper, never decreasing; a part that
    was laid out before is heard once, with its last page. `release` is the program's version, written as the PDF's
    creator. `files` reads what a binder encloses.
    Raises PaperRefused, with a message for the person who asked, when a character cannot be printed, a part or form edition is
    unknown or the snapshot cannot be read; PaperBroken when a form does not come out as it must.
    """
    began = time.perf_counter()
    paper = read_paper(canonical_json)
    with templates_noted() as templates, engine.LOCK, _fetching_refused():
        made = sections(paper)
        composed = time.perf_counter()
        making = _Making(paper, canonical_json, release, templates, progress, files)
        # A paper for the archive is written in one piece: what it is joined from would have to be archives too.
        join = any(section.kept for section in made) and not archive_of(made)
        pdf, pages, counted, manifest = _joined(making, made) if join else _whole(making, made)
    ended = time.perf_counter()
    timings = {
        "compose": composed - began,
        "layout": making.laying,
        "write": ended - composed - making.laying,
        "total": ended - began,
    }
    return Rendered(pdf, pages, hashlib.sha256(pdf).hexdigest(), timings, counted, manifest)


def preload() -> None:
    """Do at a worker's start what its first paper would wait for: engine, fonts, stylesheets and the page of Rule 45."""
    with engine.LOCK:
        laid_out(tuple(rule_section(form_text(edition)) for edition in form_texts()), None)
    # What is loaded stays for good: the collector need not look at it again in the middle of every paper.
    gc.collect()
    gc.freeze()


def _whole(making: _Making, made: tuple[Section, ...]) -> tuple[bytes, int, dict[str, Any], dict[str, Any]]:
    """Lay out and draw a paper as one; return its bytes, its pages, what was counted on them, and its manifest."""
    paper = making.paper
    laid = making.lay_out(made)
    counted = measured(paper, [(one.section, one.document) for one in laid])
    manifest = making.manifest(tuple(one.section for one in laid))
    text, archive = to_text(manifest), archive_of(made)
    about = _about(paper, making.release)

    def last(pdf: Any) -> None:
        embed(pdf, text, datetime.fromisoformat(about.created))
        if archive:
            make_archive(pdf, archive)

    identifier = digest(f"{making.release}\n{making.content}")[:32]
    pdf, pages = _drawn(laid, _metadata(about), draft=not paper.final, identifier=identifier, last=last)
    return pdf, pages, counted, manifest


def _joined(making: _Making, made: tuple[Section, ...]) -> tuple[bytes, int, dict[str, Any], dict[str, Any]]:
    """Draw a paper part by part, take those from the cache that many papers share, join them and what they enclose.

    Return its bytes, its pages, the names of enclosed files for which it cannot claim PDF/UA, and its manifest. Whether a part was
    kept shows in no byte: it is the same PDF either way.
    """
    paper = making.paper
    parts: list[Part] = []
    before = 0
    for run in runs(made):

        def draw(run: tuple[Section, ...] = run, before: int = before) -> FinishedPart:
            laid = making.lay_out(run, before)
            metadata = engine.Metadata(title=run[0].name, lang=paper.language)
            return FinishedPart(*_drawn(laid, metadata, draft=not paper.final, identifier="part"))

        key = _key_of_run(paper, run, before)
        if making.progress is not None and key in FINISHED:
            making.progress(before + FINISHED.get(key, draw).pages)
        drawn = FINISHED.get(key, draw) if run[0].kept else draw()
        before += drawn.pages
        enclosed = run[-1].encloses
        if drawn.pages >= LONG and making.laying:
            gc.collect()  # a laid-out page has about 1 MB in cycles, which the join would otherwise come on top of
        parts.append(Part(drawn.pdf, (enclosed.name,) if enclosed is not None else (), title=run[0].name))
        if enclosed is not None:
            parts.append(_enclosed(enclosed, making.files, before))
            before += len(enclosed.stamps)
    manifest = making.manifest(made)
    about = _about(paper, making.release)
    attached = Attached(NAME, DESCRIPTION, to_text(manifest).encode(), "application/json")
    whole = joined(parts, about, attached)
    return whole.pdf, whole.pages, {"untagged": list(whole.untagged)} if whole.untagged else {}, manifest


def _enclosed(enclosed: Enclosed, files: Files | None, before: int) -> Part:
    """Return an enclosed file, stamped, under the bookmark of the sheet before it; `before`: pages that stand before it."""
    if files is None:
        raise PaperRefused(gettext("“%(name)s” cannot be read from here.") % {"name": enclosed.name})
    pdf = files(enclosed.sha256)
    if hashlib.sha256(pdf).hexdigest() != enclosed.sha256:
        raise PaperRefused(gettext("The stored file of “%(name)s” was changed and is not bound.") % {"name": enclosed.name})
    stamps = enclosed.stamps
    if enclosed.numbered:
        stamps = tuple(f"{text} | Page {number}" if text else "" for number, text in enumerate(stamps, start=before + 1))
    if any(stamps):
        pdf = stamped(pdf, stamps, kind=enclosed.kind, name=enclosed.name)
    return Part(pdf, (enclosed.name, ""), title=enclosed.name)


def runs(made: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """Return a paper's sections as the runs that are drawn together: neighbours kept under one name, and what lies between."""
    return tuple(tuple(run) for _kept, run in groupby(made, key=lambda section: section.kept))


def _key_of_run(paper: Paper, run: tuple[Section, ...], before: int) -> str:
    """Return under what a run's finished pages are kept: everything that shows on them."""
    first = before if any(section.runs_on for section in run) else 0
    return key_of(run[0].kept, paper.language, paper.final, first, *((s.name, s.markup, s.styles, s.paper_style) for s in run))


def _drawn(
    laid: list[Laid], metadata: Any, *, draft: bool, identifier: str, last: Callable[[Any], None] | None = None
) -> tuple[bytes, int]:
    """Draw laid-out sections as one PDF; return its bytes and its pages. `last` is done to the pydyf PDF before it is written."""
    pages = [page for one in laid for page in one.document.pages]
    whole = laid[0].document.copy(pages)
    whole.metadata = metadata
    finisher = Finisher(draft=draft, styles=tuple(one.section.paper_style for one in laid for _page in one.document.pages))

    def finish(document: Any, pdf: Any) -> None:
        finisher(document, pdf)
        if last is not None:
            last(pdf)

    pdf: bytes = whole.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), finisher=finish)
    return pdf, len(pages)


def _about(paper: Paper, release: str) -> About:
    """Return what the PDF says of itself. Raises PaperRefused for a date that is none, or without a zone."""
    try:
        created = datetime.fromisoformat(paper.created)
    except ValueError as error:
        raise PaperRefused(gettext("The snapshot’s date “%(date)s” cannot be read.") % {"date": paper.created}) from error
    if created.tzinfo is None:
        raise PaperRefused(gettext("The snapshot’s date “%(date)s” has no time zone.") % {"date": paper.created})
    stamp = created.isoformat(timespec="seconds")
    return About(paper.document_title, paper.language, f"Tecum {release}", stamp, paper.author, tuple(paper.keywords))


def _metadata(about: About) -> Any:
    """Return the same as the engine takes it."""
    return engine.Metadata(
        title=about.title,
        authors=[about.author] if about.author else [],
        keywords=list(about.keywords),
        generator=about.creator,
        created=about.created,
        modified=about.created,
        lang=about.language,
    )


@contextmanager
def _fetching_refused() -> Iterator[None]:
    """Turn the fetcher's fatal error (a BaseException) into ours: a job must record it, not die of it."""
    try:
        yield
    except engine.OutsideRead as error:
        raise PaperRefused(gettext("The paper refers to something outside itself and was not printed.")) from error
