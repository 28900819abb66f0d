"""The engine's steps that we take faster: the same elements, the same bytes, and proof that the two ways are compared."""

from __future__ import annotations

import hashlib
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
import pytest
import tinyhtml5  # type: ignore[import-untyped]
import weasyprint
from weasyprint import HTML

from discovery.law.paper_styles import paper_style
from discovery.papers import engine, shortcuts
from discovery.papers.composition import sections
from discovery.papers.grid import grid
from discovery.papers.paper_html import PaperHTML, elements_of
from discovery.papers.parts import Section
from discovery.papers.shortcuts import writing
from discovery.papers.snapshots import from_json
from tests.papers import samples
from tests.papers.generated import generated

NOTED = "All Documents concerning the matter.^[A note at the foot of the page.] *Also these:*\n- one\n- two\r\nx\u2029y"


class WholeHTML(HTML):  # type: ignore[misc]
    """The text as the engine reads it itself, under our stylesheet (which test_base_style holds against its own)."""

    _ua_stylesheets = PaperHTML._ua_stylesheets


def corpus() -> list[Section]:
    """Return the sections of a package, of depositions, and of hostile generated court papers."""
    package = samples.canonical(schedule=samples.schedule(requests=samples.requests(40, NOTED)))
    papers = [from_json(package), samples.deposition(), samples.appearance(), *(generated(seed) for seed in range(8))]
    return [section for paper in papers for section in sections(paper)]


@pytest.fixture(scope="module")
def made() -> list[Section]:
    """The corpus, composed once."""
    return corpus()


def engines_own(section: Section, pitch: float) -> Any:
    """Lay out a section as the engine does without us."""
    ours = engine.engine()
    source = WholeHTML(string=section.markup, base_url=None, url_fetcher=ours.fetcher)
    styles = [ours.styles[name] for name in section.styles]
    with grid(pitch):
        return source.render(font_config=ours.fonts, stylesheets=styles, pdf_variant="pdf/ua-1")


def test_a_paper_has_the_same_bytes_either_way(made: list[Section], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LEVEL", 9)
    assert len(made) > 15
    for section in made:
        pitch = paper_style(section.paper_style).pitch if section.paper_style else 0
        with engine.LOCK:
            document = engine.engine().lay_out(section.markup, section.styles, pitch=pitch)
            first, again = (document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"x") for _time in range(2))
            with shortcuts.engine_alone():
                theirs = engines_own(section, pitch).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"x")
        assert hashlib.sha256(first).digest() == hashlib.sha256(theirs).digest(), section.name
        assert again == first


def test_the_two_ways_are_two() -> None:
    own = shortcuts._OURS
    assert [(owner, name, getattr(owner, name)) for owner, name, _way in own] == list(own)
    with shortcuts.engine_alone():
        ways = [(owner, name, getattr(owner, name)) for owner, name, _way in own]
    assert ways == list(shortcuts._ENGINES)
    assert all(one != another for one, another in zip(own, ways, strict=True))


def bare(element: Element) -> tuple[str, dict[str, str], str, list[Any], str]:
    """Return an element as plain data, without the white space around and between html, head and body."""
    outer = element.tag in {"html", "head"}
    kids = [bare(kid) for kid in element]
    if outer:
        kids = [(*kid[:4], "") for kid in kids]
    text = "" if outer else element.text or ""
    return element.tag, dict(element.attrib), text.strip() if element.tag == "body" else text, kids, element.tail or ""


def test_its_elements_are_those_that_a_browser_makes(made: list[Section]) -> None:
    for section in made:
        theirs = bare(tinyhtml5.parse(section.markup, namespace_html_elements=False))
        ours = bare(elements_of(section.markup))
        end = theirs[3][1][3][-1] if theirs[3][1][3] else None
        if end is not None:  # white space after the body belongs to it, for a browser
            theirs[3][1][3][-1], ours[3][1][3][-1] = (*end[:4], ""), (*ours[3][1][3][-1][:4], "")
        assert ours == theirs


def test_what_is_replaced_was_looked_at_for_this_release() -> None:
    """Raise these numbers only after reading, in the new release, each function of `shortcuts._OURS`."""
    assert (weasyprint.__version__, pydyf.__version__) == ("70.0", "0.13.0")
