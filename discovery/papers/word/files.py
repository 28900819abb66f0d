"""Snapshot to .docx: the sections that the PDF is laid out from, as one Word file, each with its own page.

python-docx keeps the package (parts, relationships, core properties); the text is written as XML by `blocks`, piece by piece,
so that a log of thousands of rows is never in memory as a tree of elements. Same snapshot and release, same bytes: the dates
are the snapshot's, numbers count from the beginning, and the zip has the format's first day on every part.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import cssselect2
import docx
import lxml.html
from django.utils.translation import gettext
from docx.oxml import parse_xml

from discovery.law.paper_styles import PaperStyle, paper_style
from discovery.papers.composition import sections
from discovery.papers.embedded import WORD_NAME
from discovery.papers.errors import PaperRefused
from discovery.papers.parts import Section
from discovery.papers.printable import read_paper
from discovery.papers.snapshots import Paper, digest
from discovery.papers.word.around import Around
from discovery.papers.word.blocks import Blocks
from discovery.papers.word.cascade import Cascade
from discovery.papers.word.flow import Flow, Place
from discovery.papers.word.headers import NAMESPACES, foot_paragraphs, footer_xml, header_xml, numbers
from discovery.papers.word.lengths import twips
from discovery.papers.word.looks import Type
from discovery.papers.word.notes import Bookmarks, Footnotes
from discovery.papers.word.package_parts import REPLACED, add_parts, settings_xml
from discovery.papers.word.pages import PageLook, page_look
from discovery.papers.word.paragraphs import Paragraph, Setting, Styles, defined, paragraph_xml, styles_xml
from discovery.papers.word.style_names import BODY_TEXT, FOOTER, FOOTNOTE, SPACER
from discovery.papers.word.tables_of_contents import in_long_form, link

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The zip format's first day."""
TEXT = "word/document.xml"
PIECES = 2000
"""Paragraphs and bits of tables written at once."""


@dataclass(slots=True)
class _Pages:
    """A run of pages of one kind: what stands on it, its page, its paper style, whether its numbers go on."""

    page: PageLook
    style: PaperStyle | None
    goes_on: bool
    flow: Flow = field(default_factory=Flow)


def word_file(canonical_json: str, *, release: str) -> bytes:
    """Return the Word file of a snapshot (canonical JSON, `snapshots.to_json`); the same for the same snapshot and release.

    Raises PaperRefused as `rendering.render` does for what cannot be read or printed.
    """
    paper = read_paper(canonical_json)
    bookmarks, footnotes = Bookmarks(), Footnotes()
    made = in_long_form(sections(paper))
    if any(section.encloses for section in made):
        raise PaperRefused(gettext("What binds finished PDFs has no Word file."))
    runs = _runs_of_pages(made, bookmarks, footnotes)
    feet = [one for run in runs for one in _feet(run)]
    fixed = [Paragraph(SPACER, Setting(line=1.0, exact=True), Type(size=1.0)), Paragraph("Normal"), *_fallbacks()]
    lines = [one for run in runs if run.style is not None for one in numbers(run.style)]
    styles = defined([*_all(runs), *feet, *footnotes.made, *lines, *fixed])
    package = _package(paper, digest(canonical_json), release, styles)
    body = _body(runs, _closings(runs, package, styles, draft=not paper.final), styles)
    add_parts(package, footnotes, styles)
    return _packed(package, body)


def _fallbacks() -> list[Paragraph]:
    """The styles that every file has, so that people find them when they go on writing."""
    return [
        Paragraph(BODY_TEXT),
        Paragraph(FOOTER, Setting(align="center"), Type(size=10.0)),
        Paragraph(FOOTNOTE, type=Type(size=10.0)),
    ]


def _runs_of_pages(made: tuple[Section, ...], bookmarks: Bookmarks, footnotes: Footnotes) -> list[_Pages]:
    runs: list[_Pages] = []
    parser = lxml.html.HTMLParser(huge_tree=True)
    documents = [lxml.html.document_fromstring(section.markup, parser=parser) for section in made]
    link(documents)
    for section, document in zip(made, documents, strict=True):
        body = document.find("body")
        own = [style.text or "" for style in document.iter("style")]
        page = page_look(section.styles, own, dict(body.attrib))
        style = paper_style(section.paper_style) if section.paper_style else None
        style = style if style is not None and style.lines else None
        last = runs[-1] if runs else None
        if last is None or not (section.runs_on and last.page == page and last.style == style):
            last = _Pages(page, style, section.runs_on)
            runs.append(last)
        elif last.flow.last_table is None:
            last.flow.turn()
        blocks = Blocks(Cascade(section.styles, own), bookmarks, footnotes, pitch=style.pitch if style is not None else 0)
        root = cssselect2.ElementWrapper.from_html_root(document)
        wrapped = next(one for one in root.iter_children() if one.etree_element is body)
        around = Around(seen=blocks.seen(root, Around()))
        blocks.block(wrapped, around, last.flow, Place(0.0, 0.0, page.room))
        last.flow.pending, last.flow.solid, last.flow.page_break = 0.0, 0.0, False
    return runs


def _all(runs: Iterable[_Pages]) -> Iterator[Paragraph]:
    for run in runs:
        yield from (one for one in run.flow.closed() if isinstance(one, Paragraph))


def _feet(run: _Pages) -> list[Paragraph]:
    return [*foot_paragraphs(run.page.feet, run.page), *foot_paragraphs(run.page.first_feet or (), run.page)]


def _closings(runs: list[_Pages], package: Any, styles: Styles, *, draft: bool) -> list[str]:
    """Return the properties of each run's section, with the headers and footers that they name put into the package."""
    known: dict[str, str] = {}
    return [_section_xml(run, package, styles, known, draft=draft) for run in runs]


def _body(runs: list[_Pages], closings: list[str], styles: Styles) -> Iterator[str]:
    """Yield document.xml; the properties of a section stand in its last paragraph, the last section's by themselves."""
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACES}><w:body>'
    for run, closing in zip(runs, closings, strict=True):
        last = run.flow.out[-1]
        assert isinstance(last, Paragraph), "a closed flow ends with a paragraph"
        if run is not runs[-1]:
            last.section = closing
        for one in run.flow.out:
            yield one if isinstance(one, str) else paragraph_xml(one, styles)
    yield f"{closings[-1]}</w:body></w:document>"


def _section_xml(run: _Pages, package: Any, styles: Styles, known: dict[str, str], *, draft: bool) -> str:
    page = run.page
    references = [_reference("header", "default", header_xml(page, run.style, styles, draft=draft), package, known)]
    feet = foot_paragraphs(page.feet, page)
    references.append(_reference("footer", "default", footer_xml(feet, styles), package, known))
    if page.first_feet is not None:
        references.append(references[0].replace('w:type="default"', 'w:type="first"'))
        references.append(_reference("footer", "first", footer_xml(foot_paragraphs(page.first_feet, page), styles), package, known))
    top, right, bottom, left = (twips(side) for side in page.margin)
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    restart = "" if run.goes_on else '<w:pgNumType w:start="1"/>'
    foot = twips(max(14.0, page.margin[2] - 14 - _feet_height(feet)))
    return (
        f'<w:sectPr>{"".join(references)}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="280"'
        f' w:footer="{foot}" w:gutter="0"/>'
        f"{restart}{'<w:titlePg/>' if page.first_feet is not None else ''}</w:sectPr>"
    )


def _feet_height(feet: list[Paragraph]) -> float:
    return sum((one.setting.line or one.type.size * 1.15) + one.setting.edges[0][1] for one in feet)


def _reference(kind: str, which: str, xml: str, package: Any, known: dict[str, str]) -> str:
    """Return the reference to a header or footer; equal ones are one part."""
    key = f"{kind}{xml}"
    if key not in known:
        part, known[key] = package.part.add_header_part() if kind == "header" else package.part.add_footer_part()
        part._element = parse_xml(xml)  # noqa: SLF001 - python-docx fills new parts from a template of its own
    return f'<w:{kind}Reference w:type="{which}" r:id="{known[key]}"/>'


def _package(paper: Paper, snapshot: str, release: str, styles: Styles) -> Any:
    """Return an empty document of python-docx with our styles, settings and properties."""
    document: Any = docx.Document()
    for owner in (document.part.package, document.part):
        for key in [key for key, one in owner.rels.items() if one.reltype in REPLACED]:
            del owner.rels[key]
    document.part._styles_part._element = parse_xml(styles_xml(styles, paper.language))  # noqa: SLF001
    document.part._settings_part._element = parse_xml(settings_xml(paper.language))  # noqa: SLF001
    created = datetime.fromisoformat(paper.created).astimezone(UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.language = paper.document_title[:255], paper.author[:255], paper.language
    about.identifier = WORD_NAME.format(sha256=snapshot)
    about.keywords, about.comments, about.last_modified_by = ", ".join(paper.keywords)[:255], "", f"Tecum {release}"
    about.created, about.modified, about.revision = created, created, 1
    return document


def _packed(package: Any, body: Iterator[str]) -> bytes:
    """Return the package with its text in it, every part with the same date."""
    made, packed = io.BytesIO(), io.BytesIO()
    package.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(packed, "w") as after:
        for one in before.infolist():
            info = zipfile.ZipInfo(one.filename, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            with after.open(info, "w") as part:
                if one.filename != TEXT:
                    part.write(before.read(one))
                    continue
                for pieces in iter(lambda: "".join(itertools.islice(body, PIECES)), ""):
                    part.write(pieces.encode())
    return packed.getvalue()
