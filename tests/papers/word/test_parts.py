"""What is in a Word file: named styles, literal numbers, bookmarks, pages, footnotes, DRAFT, dates; the same bytes each time."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO

import cssselect2
import docx
import lxml.html
import pytest
from lxml import etree

from discovery.papers.errors import PaperRefused
from discovery.papers.word.around import Around
from discovery.papers.word.blocks import Blocks
from discovery.papers.word.cascade import Cascade, sheet_text
from discovery.papers.word.files import word_file
from discovery.papers.word.flow import Flow, Place
from discovery.papers.word.notes import Bookmarks, Footnotes
from discovery.papers.word.paragraphs import Paragraph, defined, paragraph_xml
from tests.papers import samples
from tests.papers.word.reading_word import W, parts, styles, tree, words


@pytest.fixture(scope="module")
def package() -> bytes:
    return word_file(samples.canonical(), release=samples.RELEASE)


def flowed(markup: str, css: str = "", *, pitch: float = 0) -> tuple[list[str | Paragraph], Footnotes]:
    """Convert some HTML with some CSS; return its blocks and the footnotes."""
    document = lxml.html.document_fromstring(f"<html><body>{markup}</body></html>")
    footnotes, flow = Footnotes(), Flow()
    blocks = Blocks(Cascade(["common"], [css]), Bookmarks(), footnotes, pitch=pitch)
    root = cssselect2.ElementWrapper.from_html_root(document)
    body = next(one for one in root.iter_children() if one.etree_element.tag == "body")
    blocks.block(body, Around(seen=blocks.seen(root, Around())), flow, Place(0, 0, 468))
    return flow.closed(), footnotes


def converted(markup: str, css: str = "") -> tuple[str, Footnotes]:
    """Convert some HTML with some CSS; return the body's XML and the footnotes."""
    made, footnotes = flowed(markup, css)
    values = defined([*(one for one in made if isinstance(one, Paragraph)), *footnotes.made])
    return "".join(one if isinstance(one, str) else paragraph_xml(one, values) for one in made), footnotes


def test_the_same_snapshot_and_release_give_the_same_bytes(package: bytes) -> None:
    assert word_file(samples.canonical(), release=samples.RELEASE) == package
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed_and_every_relationship_leads_to_a_part(package: bytes) -> None:
    found = parts(package)
    for name, content in found.items():
        root = etree.fromstring(content)
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            targets = {posixpath.normpath(posixpath.join(base, one.get("Target").lstrip("/"))) for one in root}
            assert targets <= set(found)
    used = {one.get(key) for one in tree(package).iter() for key in one.attrib if key.endswith("}id") and "relationships" in key}
    known = {one.get("Id") for one in etree.fromstring(found["word/_rels/document.xml.rels"])}
    assert used <= known


def test_its_properties_are_the_snapshots(package: bytes) -> None:
    about = docx.Document(BytesIO(package)).core_properties
    assert (about.title, about.author, about.language) == ("Subpoena to Meta Platforms, Inc.", "HUESTON HENNIGAN LLP", "en-US")
    assert (about.created.isoformat(), about.modified.isoformat()) == ("2025-06-18T16:30:00+00:00", "2025-06-18T16:30:00+00:00")


def test_paragraphs_have_named_styles_and_numbers_are_literal(package: bytes) -> None:
    found = styles(package)
    assert {
        "Counsel",
        "Court Title",
        "Case Caption",
        "Paper Title",
        "heading 2",
        "heading 3",
        "Body Text",
        "Numbered Text",
        "Request Text",
    } <= set(found)
    assert found["Numbered Text"].startswith("1. “You,” “Your,” and “Meta”.")
    assert list(tree(package).iter(f"{W}numPr")) == []
    assert "word/numbering.xml" not in parts(package)


def test_each_request_and_each_heading_has_a_bookmark(package: bytes) -> None:
    names = [one.get(f"{W}name") for one in tree(package).iter(f"{W}bookmarkStart")]
    assert [name for name in names if name.startswith("request_")] == [f"request_{number}" for number in range(1, 6)]
    assert {
        "subpoena_ao_88b",
        "schedule_a",
        "definitions",
        "instructions",
        "requests",
        "exhibit_a",
        "notice",
        "certificate",
    } <= set(names)
    assert len(names) == len(set(names))


def test_each_section_has_its_page_and_its_numbers(package: bytes) -> None:
    found = [
        (one.find(f"{W}pgMar").get(f"{W}left"), one.find(f"{W}pgNumType").get(f"{W}start"))
        for one in tree(package).iter(f"{W}sectPr")
    ]
    assert found == [("720", "1")] * 3 + [("1440", "1")] * 2
    feet = [
        "".join(one.text or "" for one in tree(package, name).iter(f"{W}t", f"{W}instrText"))
        for name in sorted(parts(package))
        if name.startswith("word/footer")
    ]
    assert " PAGE 1SCHEDULE A TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC.CASE NO.: 4:24-CV-04722-YGR" in feet


def test_draft_is_drawn_in_every_header_until_the_text_is_approved(package: bytes) -> None:
    draft = word_file(samples.canonical(approval=samples.approval(approved=False)), release=samples.RELEASE)
    for word, drawn in ((package, False), (draft, True)):
        headers = [content for name, content in parts(word).items() if name.startswith("word/header")]
        assert headers
        assert {b'string="DRAFT"' in content for content in headers} == {drawn}
    assert words(draft) == words(package)


def test_pleading_paper_has_its_numbered_lines_in_the_header() -> None:
    pleading = word_file(samples.canonical(caption=samples.caption(style="cand-28"), parts=("notice",)), release=samples.RELEASE)
    header = tree(pleading, "word/header1.xml")
    numbered = [one for one in header.iter(f"{W}p") if one.find(f"{W}pPr/{W}framePr") is not None]
    assert ["".join(one.itertext()) for one in numbered] == [str(number) for number in range(1, 29)]
    assert {one.find(f"{W}pPr/{W}framePr").get(f"{W}y") for one in numbered} == {"1200"}
    assert etree.tostring(header).count(b"<v:line") == 3


def test_a_single_spaced_block_begins_and_ends_on_numbered_lines() -> None:
    css = "body { line-height: 24pt } .quoted { vertical-align: -6pt; line-height: 12pt; margin-bottom: 12pt }"
    for lines, below in (("a", 2.4), ("a<br>b", 14.4), ("a<br>b<br>c", 2.4)):
        made, _notes = flowed(f'<p>1</p><div class="quoted"><p>{lines}</p></div><p>2</p>', css, pitch=24)
        # A thin line of 9.6 pt above, which Word keeps at the top of a page, then as much as fills up the last numbered line.
        found = [one.setting for one in made if isinstance(one, Paragraph)]
        assert (lines, [round(one.before, 3) for one in found]) == (lines, [0, 0, 0, below])
        assert [(round(one.line or 0, 3), one.with_next, one.together) for one in found[1:3]] == [
            (9.6, True, False),
            (12, False, True),
        ]


def test_a_long_single_spaced_block_may_go_on_over_the_page_and_one_on_a_new_page_has_its_space_itself() -> None:
    css = "body { line-height: 24pt } .quoted { vertical-align: -6pt; line-height: 12pt; break-before: page }"
    made, _notes = flowed(f'<p>1</p><div class="quoted">{"<p>a</p>" * 13}</div>', css, pitch=24)
    found = [one for one in made if isinstance(one, Paragraph)]
    assert [(one.page_break, round(one.setting.before, 3), one.setting.together) for one in found[:3]] == [
        (False, 0, False),
        (True, 9.6, False),
        (False, 0, False),
    ]


def test_the_sheet_of_numbered_paper_says_which_blocks_are_single_spaced() -> None:
    css = sheet_text("court_paper") + sheet_text("pleading")
    made, _notes = flowed('<div class="paper"><p>1</p><div class="quoted"><p>a<br>b</p></div><p>2</p></div>', css, pitch=24)
    paragraphs = [one for one in made if isinstance(one, Paragraph)]
    assert [(round(one.setting.line or 0, 3), round(one.setting.before, 3)) for one in paragraphs] == [
        (24, 0),
        (9.6, 0),
        (12, 0),
        (24, 14.4),
    ]


def test_removed_words_are_struck_and_added_ones_underlined() -> None:
    xml, _notes = converted("<p>plain</p><p><del>a</del> <ins>b</ins></p>")
    assert '<w:strike/></w:rPr><w:t xml:space="preserve">a</w:t>' in xml
    assert '<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">b</w:t>' in xml


def test_no_column_is_narrower_than_its_longest_word() -> None:
    long = "".join(
        f"<td>{word}</td>" for word in ("A text of many words that wants room for itself", "Objection", "Deficient", "–")
    )
    xml, _notes = converted(f"<table><tbody><tr>{long}</tr></tbody></table>")
    widths = [int(one) / 20 for one in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert sum(widths) == pytest.approx(468, abs=0.2)
    # Times New Roman, 12 pt: "Objection" is 49.3 pt wide, "Deficient" 45.3 pt.
    assert [widths[1] > 49.3, widths[2] > 45.3] == [True, True]


def test_a_footnote_is_one_of_words_own() -> None:
    xml, footnotes = converted('<p class="body-text">Said<span class="footnote">See <b>Dkt. 1</b>.</span> twice.</p>')
    assert xml.count('<w:footnoteReference w:id="1"/>') == 1
    assert "twice." in xml
    note = paragraph_xml(footnotes.made[0], defined(footnotes.made))
    assert ("<w:footnoteRef/>" in note, "Dkt. 1" in note, "Dkt. 1" in xml) == (True, True, False)


def test_right_to_left_paragraphs_and_words_are_marked_as_such() -> None:
    xml, _notes = converted('<p dir="rtl">שלום עולם and 12</p><p>plain</p>')
    assert xml.count("<w:bidi/>") == 1
    assert '<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">שלום עולם</w:t></w:r>' in xml


def test_lists_blanks_boxes_and_labels_become_characters() -> None:
    css = ".label { display: inline-block; width: 90pt } .row { padding-left: 90pt; text-indent: -90pt } .row2 { display: flex }"
    xml, _notes = converted(
        '<ol start="3"><li>three</li><li>four</li></ol><ul><li>dot</li></ul><p>Date <span class="blank"></span></p>'
        '<p class="row"><span class="label">To:</span>Meta</p><div class="row2"><p>left</p><p>right</p></div>',
        css,
    )
    said = "".join(etree.fromstring(f'<a xmlns:w="{W[1:-1]}">{xml}</a>').itertext())
    assert said == "3.three4.four•dotDate __________To:Metaleftright"
    assert xml.count("<w:tc>") == 2
    assert '<w:t xml:space="preserve">To:</w:t><w:tab/>' in xml


def test_a_caption_divided_by_signs_has_a_column_of_them() -> None:
    css = ".caption { display: table; width: 400pt; line-height: 15pt } .caption > div { display: table-cell; width: 200pt }"
    xml, _notes = converted('<div class="caption caption-section"><div><p>a</p><p>v.</p><p>b</p></div><div>Court</div></div>', css)
    assert (xml.count("<w:tc>"), xml.count("<w:t>§</w:t>")) == (3, 3)


def test_a_caption_of_new_york_stands_between_dashed_lines() -> None:
    edge = '<div class="caption-edge"></div>'
    xml, _notes = converted(
        f'{edge}<div class="caption caption-new-york"><div class="parties"><p>a</p></div><div>Index No. 1</div></div>{edge}',
        sheet_text("caption"),
    )
    line = '<w:tab w:val="right" w:leader="hyphen" w:pos="4560"/>'
    assert (xml.count("<w:tc>"), xml.count(line), xml.count("<w:tab/><w:t>x</w:t>")) == (2, 2, 2)
    assert xml.index("<w:t>x") < xml.index("<w:tbl>") < xml.index("</w:tbl>") < xml.rindex("<w:t>x")


def test_signs_are_as_many_as_the_lines_that_wrap() -> None:
    css = ".caption { display: table; width: 400pt; line-height: 15pt } .caption > div { display: table-cell; width: 200pt }"
    xml, _notes = converted(f'<div class="caption caption-parens"><div><p>{"word " * 30}</p></div><div>Court</div></div>', css)
    assert xml.count("<w:t>)</w:t>") == 5


def test_a_table_goes_on_in_the_one_before_it_when_their_heads_agree() -> None:
    table = "<table><thead><tr><th>No.</th></tr></thead><tbody><tr><td>{}</td></tr></tbody></table>"
    xml, _notes = converted(table.format("1") + table.format("2"))
    assert (xml.count("<w:tbl>"), xml.count("<w:tblHeader/>"), xml.count("<w:tr>")) == (1, 1, 3)
    other, _notes = converted(table.format("1") + table.format("2").replace("No.", "Page"))
    assert other.count("<w:tbl>") == 2


def test_what_cannot_be_printed_is_refused_as_for_the_pdf() -> None:
    with pytest.raises(PaperRefused):
        word_file(samples.canonical(document_title="a\x07b"), release=samples.RELEASE)
    with pytest.raises(PaperRefused):
        word_file("{}", release=samples.RELEASE)
