"""Snapshot to PDF: reads nothing but the snapshot, so the same snapshot under the same release has the same bytes."""

from __future__ import annotations

import gc
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from discovery.law.form_texts import form_text, form_texts
from discovery.law.paper_styles import paper_style
from discovery.papers import engine
from discovery.papers.assembly import Part, joined
from discovery.papers.characters import describe, unprintable
from discovery.papers.composition import measured, sections
from discovery.papers.errors import PaperBroken, PaperRefused
from discovery.papers.file_information import About
from discovery.papers.finishing import Finisher
from discovery.papers.layouts import FINISHED, LAYOUTS, FinishedPart, key_of
from discovery.papers.parts import Enclosed, Section
from discovery.papers.snapshots import Paper, digest, from_json
from discovery.papers.stamping import stamped
from discovery.papers.subpoena import rule_section

Progress = Callable[[int], None]
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


def render(canonical_json: str, *, progress: Progress | None = None, release: str, files: Files | None = None) -> Rendered:
    """Render a snapshot (canonical JSON, `snapshots.to_json`) as a tagged PDF (PDF/UA-1).

    `progress(n)` hears the number of the page being laid out, counted over the whole paper, never decreasing; a part that
    was laid out before is heard once, with its last page. `release` is the program's version, written as the PDF's
    creator. `files` reads what a binder encloses.
    Raises PaperRefused, with a message for the person who asked, when a character cannot be printed, a part or form edition is
    unknown or the snapshot cannot be read; PaperBroken when a form does not come out as it must.
    """
    began = time.perf_counter()
    paper = _read(canonical_json)
    _refuse_unprintable(paper)
    _refuse_unnamed(paper)
    made = sections(paper)
    composed = time.perf_counter()
    with engine.LOCK, _fetching_refused():
        if any(section.kept for section in made):
            pdf, count, laying, counted = _joined(paper, made, progress, release, files)
        else:
            pdf, count, laying, counted = _whole(paper, made, progress, release, digest(f"{release}\n{canonical_json}")[:32])
    ended = time.perf_counter()
    timings = {
        "compose": composed - began,
        "layout": laying,
        "write": ended - composed - laying,
        "total": ended - began,
    }
    return Rendered(pdf, count, hashlib.sha256(pdf).hexdigest(), timings, counted)


def html(canonical_json: str) -> str:
    """Return the paper's text as HTML fragments, `<article class="part part-...">` each, for a sandboxed preview.

    The same templates as the PDF's; everything typed is escaped, and there is no script, style or address in it.
    Raises PaperRefused as `render` does.
    """
    paper = _read(canonical_json)
    _refuse_unprintable(paper)
    return "\n".join(f'<article class="part part-{section.name}">{_body(section.markup)}</article>' for section in sections(paper))


def _body(markup: str) -> str:
    """Return what stands between <body> and </body> of one of our own templates."""
    return _BODY.sub(r"\1", markup)


_BODY = re.compile(r".*?<body[^>]*>(.*)</body>.*", re.DOTALL)


def preload() -> None:
    """Do at a worker's start what its first paper would wait for: engine, fonts, stylesheets and the page of Rule 45."""
    with engine.LOCK:
        _lay_out(tuple(rule_section(form_text(edition)) for edition in form_texts()), None)


def _read(canonical_json: str) -> Paper:
    try:
        return from_json(canonical_json)
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        raise PaperRefused(gettext("The stored text of this paper cannot be read: %(why)s") % {"why": error}) from error


def _refuse_unprintable(paper: Paper) -> None:
    for place, text in _texts(paper, ""):
        found = unprintable(text)
        if found:
            raise PaperRefused(f"{place[:1].upper()}{place[1:]}: {describe(found[0])}")


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _refuse_unnamed(paper: Paper) -> None:
    """PDF/UA-1 wants a title and a language (ISO 14289-1, 7.1 and 7.2)."""
    if not paper.document_title.strip():
        raise PaperRefused(gettext("The paper has no title."))
    if not _LANGUAGE.fullmatch(paper.language):
        raise PaperRefused(gettext("The paper’s language “%(language)s” is no language tag.") % {"language": paper.language})


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a snapshot with words that say where it stands: "schedule, requests 3, text"."""
    if isinstance(value, str):
        if value:
            yield place, value
    elif is_dataclass(value):
        for one in fields(value):
            name = one.name.replace("_", " ")
            yield from _texts(getattr(value, one.name), f"{place}, {name}" if place else name)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{place} {number}")


def _whole(
    paper: Paper, made: tuple[Section, ...], progress: Progress | None, release: str, identifier: str
) -> tuple[bytes, int, float, dict[str, Any]]:
    """Lay out and draw a paper as one; return its bytes, its pages, the seconds of layout, and what was counted on its pages."""
    began = time.perf_counter()
    documents = _lay_out(made, progress)
    counted = measured(paper, list(zip(made, documents, strict=True)))
    laying = time.perf_counter() - began
    pdf, pages = _drawn(documents, made, _metadata(paper, release), draft=not paper.final, identifier=identifier)
    return pdf, pages, laying, counted


def _joined(
    paper: Paper, made: tuple[Section, ...], progress: Progress | None, release: str, files: Files | None
) -> tuple[bytes, int, float, dict[str, Any]]:
    """Draw a paper part by part, take those from the cache that many papers share, join them and what they enclose.

    Return its bytes, its pages, the seconds of layout, and the names of enclosed files for which it cannot claim PDF/UA.
    Whether a part was kept shows in no byte: it is the same PDF either way.
    """
    about = _about(paper, release)
    parts: list[Part] = []
    laying, before = 0.0, 0
    for run in runs(made):

        def draw(run: tuple[Section, ...] = run, before: int = before) -> FinishedPart:
            nonlocal laying
            began = time.perf_counter()
            documents = _lay_out(run, progress, before=before)
            laying += time.perf_counter() - began
            metadata = engine.Metadata(title=run[0].name, lang=paper.language)
            return FinishedPart(*_drawn(documents, run, metadata, draft=not paper.final, identifier="part"))

        key = _key_of_run(paper, run, before)
        if progress is not None and key in FINISHED:
            progress(before + FINISHED.get(key, draw).pages)
        drawn = FINISHED.get(key, draw) if run[0].kept else draw()
        before += drawn.pages
        enclosed = run[-1].encloses
        if drawn.pages >= LONG and laying:
            gc.collect()  # a laid-out page has about 1 MB in cycles, which the join would otherwise come on top of
        parts.append(Part(drawn.pdf, (enclosed.name,) if enclosed is not None else (), title=run[0].name))
        if enclosed is not None:
            parts.append(_enclosed(enclosed, files))
            before += len(enclosed.stamps)
    whole = joined(parts, about)
    return whole.pdf, whole.pages, laying, {"untagged": list(whole.untagged)} if whole.untagged else {}


def _enclosed(enclosed: Enclosed, files: Files | None) -> Part:
    """Return an enclosed file, stamped, under the bookmark of the sheet before it."""
    if files is None:
        raise PaperRefused(gettext("“%(name)s” cannot be read from here.") % {"name": enclosed.name})
    pdf = files(enclosed.sha256)
    if hashlib.sha256(pdf).hexdigest() != enclosed.sha256:
        raise PaperRefused(gettext("The stored file of “%(name)s” was changed and is not bound.") % {"name": enclosed.name})
    if any(enclosed.stamps):
        pdf = stamped(pdf, enclosed.stamps, kind=enclosed.kind, name=enclosed.name)
    return Part(pdf, (enclosed.name, ""), title=enclosed.name)


def runs(made: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """Return a paper's sections as the runs that are drawn together: neighbours kept under one name, and what lies between."""
    return tuple(tuple(run) for _kept, run in groupby(made, key=lambda section: section.kept))


def _key_of_run(paper: Paper, run: tuple[Section, ...], before: int) -> str:
    """Return under what a run's finished pages are kept: everything that shows on them."""
    first = before if any(section.runs_on for section in run) else 0
    shows = [paper.language, paper.final, first, *((s.markup, s.styles, s.paper_style) for s in run)]
    return key_of(run[0].kept, repr(shows))


def _drawn(documents: list[Any], made: tuple[Section, ...], metadata: Any, *, draft: bool, identifier: str) -> tuple[bytes, int]:
    """Draw laid-out sections as one PDF; return its bytes and its pages."""
    pages = [page for document in documents for page in document.pages]
    whole = documents[0].copy(pages)
    whole.metadata = metadata
    pdf: bytes = whole.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=identifier.encode(),
        finisher=Finisher(draft=draft, styles=_styles_of_pages(made, documents)),
    )
    return pdf, len(pages)


def _lay_out(made: tuple[Section, ...], progress: Progress | None, *, before: int = 0) -> list[Any]:
    """Lay out every section, or take it from the cache; check the forms' page counts. `before`: pages that stand before them."""
    documents: list[Any] = []
    done = before
    for section in made:
        markup = numbered_from(section.markup, done) if section.runs_on else section.markup

        def lay_out(section: Section = section, markup: str = markup) -> Any:
            pitch = paper_style(section.paper_style).pitch if section.paper_style else 0
            return engine.engine().lay_out(markup, section.styles, pitch=pitch)

        def told(number: int, before: int = done) -> None:
            if progress is not None:
                progress(before + number)

        with engine.pages_told(told if progress is not None else None):
            # What is kept finished need not be kept laid out as well, but for pages of forms, which come in other company.
            keeps = not section.kept or section.pages is not None
            document = LAYOUTS.get(key_of(section.name, markup), lay_out) if keeps else lay_out()
        if section.pages is not None and len(document.pages) != section.pages:
            raise PaperBroken(
                gettext("The form came out with %(found)d pages instead of %(wanted)d; it was not printed.")
                % {"found": len(document.pages), "wanted": section.pages}
            )
        done += len(document.pages)
        if progress is not None:
            progress(done)
        documents.append(document)
    return documents


def _styles_of_pages(made: tuple[Section, ...], documents: list[Any]) -> tuple[str, ...]:
    """Return, for each page, the id of its paper style, "" for none."""
    return tuple(section.paper_style for section, document in zip(made, documents, strict=True) for _page in document.pages)


def numbered_from(markup: str, before: int) -> str:
    """Return a section's HTML with its pages numbered on after `before` pages: the number is known once those are laid out."""
    return (
        markup.replace("</head>", f"<style>@page :first {{ counter-reset: page {before + 1}; }}</style></head>", 1)
        if before
        else markup
    )


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


def _metadata(paper: Paper, release: str) -> Any:
    """Return the same as the engine takes it."""
    about = _about(paper, release)
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
