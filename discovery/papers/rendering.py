"""Snapshot to PDF: reads nothing but the snapshot, so the same snapshot under the same release has the same bytes."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from discovery.law.form_texts import form_text, form_texts
from discovery.law.paper_styles import paper_style
from discovery.papers import engine
from discovery.papers.archiving import archive_of, make_archive
from discovery.papers.characters import describe, unprintable
from discovery.papers.composition import measured, sections
from discovery.papers.embedding import embed
from discovery.papers.errors import PaperBroken, PaperRefused
from discovery.papers.finishing import Finisher
from discovery.papers.layouts import LAYOUTS, key_of
from discovery.papers.manifest import manifest_of, to_text
from discovery.papers.parts import Section, templates_noted
from discovery.papers.snapshots import Paper, digest, from_json
from discovery.papers.subpoena import rule_section

Progress = Callable[[int], None]


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


def render(canonical_json: str, *, progress: Progress | None = None, release: str) -> Rendered:
    """Render a snapshot (canonical JSON, `snapshots.to_json`) as a tagged PDF (PDF/UA-1).

    `progress(n)` hears the number of the page being laid out, counted over the whole paper, never decreasing; a part that
    was laid out before is heard once, with its last page. `release` is the program's version, written as the PDF's
    creator. Raises PaperRefused, with a message for the person who asked, when a character cannot be printed, a part or
    form edition is unknown or the snapshot cannot be read; PaperBroken when a form does not come out as it must.
    """
    began = time.perf_counter()
    paper = read_paper(canonical_json)
    with templates_noted() as templates:
        made = sections(paper)
    composed = time.perf_counter()
    with engine.LOCK, _fetching_refused():
        documents = _lay_out(made, progress)
        counted = measured(paper, list(zip(made, documents, strict=True)))
        laid_out = time.perf_counter()
        pages = [page for document in documents for page in document.pages]
        whole = documents[0].copy(pages)
        whole.metadata = _metadata(paper, release)
        manifest = manifest_of(paper, canonical_json, made, frozenset(templates), release)
        archive = archive_of(made)
        pdf: bytes = whole.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=digest(f"{release}\n{canonical_json}")[:32].encode(),
            finisher=_last_touches(paper, _styles_of_pages(made, documents), to_text(manifest), archive),
        )
    ended = time.perf_counter()
    timings = {
        "compose": composed - began,
        "layout": laid_out - composed,
        "write": ended - laid_out,
        "total": ended - began,
    }
    return Rendered(pdf, len(pages), hashlib.sha256(pdf).hexdigest(), timings, counted, manifest)


def _last_touches(paper: Paper, styles: tuple[str, ...], manifest: str, archive: str) -> Callable[[Any, Any], None]:
    """Return what is done after drawing: the finisher's marks, the embedded manifest, and PDF/A where the court asks for it."""
    finisher = Finisher(draft=not paper.final, styles=styles)

    def finish(document: Any, pdf: Any) -> None:
        finisher(document, pdf)
        embed(pdf, manifest, datetime.fromisoformat(paper.created))
        if archive:
            make_archive(pdf, archive)

    return finish


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A section as a screen shows it: its name, its stylesheets' names, and one element of HTML that holds its text."""

    name: str
    styles: tuple[str, ...]
    markup: str


def on_screen(paper: Paper) -> tuple[OnScreen, ...]:
    """Return a paper's sections for a preview: the same templates as the PDF's, without laying anything out.

    Everything typed is escaped; there is no script, style or address in the HTML. Raises PaperRefused as `render` does.
    """
    _refuse_unprintable(paper)
    return tuple(OnScreen(one.name, one.styles, _sheet(one.markup)) for one in sections(paper))


def html(canonical_json: str) -> str:
    """Return the text of a stored paper as HTML, one element a section. Raises PaperRefused as `render` does."""
    return "\n".join(one.markup for one in on_screen(_read(canonical_json)))


def _sheet(markup: str) -> str:
    """Return the body of one of our own templates as an element with the body's class and language."""
    found = _BODY.match(markup)
    assert found is not None, "each template of a paper has a body"
    return f'<article lang="{found["language"]}" class="on-screen {found["kind"]}">{found["text"]}</article>'


_BODY = re.compile(r'.*?<html lang="(?P<language>[^"]*)">.*?<body class="(?P<kind>[^"]*)"[^>]*>(?P<text>.*)</body>', re.DOTALL)


def preload() -> None:
    """Do at a worker's start what its first paper would wait for: engine, fonts, stylesheets and the page of Rule 45."""
    with engine.LOCK:
        _lay_out(tuple(rule_section(form_text(edition)) for edition in form_texts()), None)


def read_paper(canonical_json: str) -> Paper:
    """Return the paper of a snapshot, of which every character can be printed. Raises PaperRefused as `render` does."""
    paper = _read(canonical_json)
    _refuse_unprintable(paper)
    _refuse_unnamed(paper)
    return paper


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


def _lay_out(made: tuple[Section, ...], progress: Progress | None) -> list[Any]:
    """Lay out every section, or take it from the cache; check the forms' page counts."""
    documents: list[Any] = []
    done = 0
    for section in made:
        markup = numbered_from(section.markup, done) if section.runs_on else section.markup

        def lay_out(section: Section = section, markup: str = markup) -> Any:
            pitch = paper_style(section.paper_style).pitch if section.paper_style else 0
            return engine.engine().lay_out(markup, section.styles, pitch=pitch)

        def told(number: int, before: int = done) -> None:
            if progress is not None:
                progress(before + number)

        with engine.pages_told(told if progress is not None else None):
            document = LAYOUTS.get(key_of(section.name, markup), lay_out)
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


def _metadata(paper: Paper, release: str) -> Any:
    try:
        created = datetime.fromisoformat(paper.created)
    except ValueError as error:
        raise PaperRefused(gettext("The snapshot’s date “%(date)s” cannot be read.") % {"date": paper.created}) from error
    if created.tzinfo is None:
        raise PaperRefused(gettext("The snapshot’s date “%(date)s” has no time zone.") % {"date": paper.created})
    stamp = created.isoformat(timespec="seconds")
    return engine.Metadata(
        title=paper.document_title,
        authors=[paper.author] if paper.author else [],
        keywords=list(paper.keywords),
        generator=f"Tecum {release}",
        created=stamp,
        modified=stamp,
        lang=paper.language,
    )


@contextmanager
def _fetching_refused() -> Iterator[None]:
    """Turn the fetcher's fatal error (a BaseException) into ours: a job must record it, not die of it."""
    try:
        yield
    except engine.OutsideRead as error:
        raise PaperRefused(gettext("The paper refers to something outside itself and was not printed.")) from error
