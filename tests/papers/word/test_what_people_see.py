"""What people see of a file in Word beside its words: navigation, pages, blanks, fonts, what made it."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from discovery.papers.word.files import word_file
from discovery.papers.word.inline import FIXED_SPACE
from discovery.papers.word.style_names import stays_with_next
from tests.papers import samples
from tests.papers.word.reading_word import W, parts, tree
from tests.papers.word.test_parts import converted, flowed


@pytest.fixture(scope="module")
def package() -> bytes:
    return word_file(samples.canonical(), release=samples.RELEASE)


def test_the_navigation_shows_each_part_with_its_headings_and_keeps_them_with_what_follows(package: bytes) -> None:
    named = {one.get(f"{W}styleId"): one for one in tree(package, "word/styles.xml").iter(f"{W}style")}
    shown = []
    for one in tree(package).iterfind(f"{W}body/{W}p"):  # Word's navigation leaves out what stands in a table, as captions do
        style = named[one.find(f"{W}pPr/{W}pStyle").get(f"{W}val")]
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            shown.append((int(level.get(f"{W}val")), "".join(part.text for part in one.iter(f"{W}t"))))
        if stays_with_next(style.find(f"{W}name").get(f"{W}val")):
            own, of_style = one.find(f"{W}pPr/{W}keepNext"), style.find(f"{W}pPr/{W}keepNext")
            kept = of_style if own is None else own
            assert kept is not None
            assert kept.get(f"{W}val") is None
    assert [one for one in shown if not one[1].startswith(("SUBPOENA", "Federal Rule"))] == [
        (1, "PROOF OF SERVICE"),
        (0, "SCHEDULE A"),
        (1, "DEFINITIONS"),
        (1, "INSTRUCTIONS"),
        (1, "REQUESTS FOR PRODUCTION"),
        *((2, f"Request For Production No. {number}:") for number in range(1, 6)),
        (1, "EXHIBIT A"),
        (0, "CERTIFICATE OF SERVICE"),
    ]


def test_it_says_what_made_it_and_in_which_language_and_fonts(package: bytes) -> None:
    found = parts(package)
    assert etree.fromstring(found["docProps/app.xml"])[0].text == "Tecum"
    (mode,) = tree(package, "word/settings.xml").iter(f"{W}compatSetting")
    assert (mode.get(f"{W}name"), mode.get(f"{W}val")) == ("compatibilityMode", "15")
    defaults = tree(package, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    fonts = {key.removeprefix(W): value for key, value in defaults.find(f"{W}rFonts").attrib.items()}
    latin = dict.fromkeys(("ascii", "hAnsi", "cs"), "Times New Roman")
    assert (fonts, defaults.find(f"{W}lang").get(f"{W}val")) == (latin | {"eastAsia": "SimSun"}, "en-US")
    listed = {one.get(f"{W}name") for one in tree(package, "word/fontTable.xml")}
    used = {value for name in found if name.startswith("word/") for value in re.findall(rb'w:ascii="([^"]*)"', found[name])}
    assert {value.decode() for value in used} <= listed


def test_a_blank_is_as_wide_as_its_box_also_with_words_in_it() -> None:
    css = ".blank { display: inline-block; min-width: 60pt; border-bottom: 1pt solid #000 } .mid { text-align: center }"
    xml, _notes = converted('<p>a <span class="blank">date</span> b</p><p class="mid">a <span class="blank">date</span></p>', css)
    # "date" is 20.0 pt wide in 12 pt type, a fixed space 3 pt.
    filled = [found for found in re.findall(r">([^<]*)</w:t>", xml) if FIXED_SPACE in found or found == "date"]
    assert "".join(filled) == "date" + FIXED_SPACE * 13 + FIXED_SPACE * 6 + "date" + FIXED_SPACE * 7


def test_a_citation_that_stays_on_one_line_has_fixed_spaces() -> None:
    xml, _notes = converted('<p>see <span class="cite">Fed. R. Civ. P. 37(a)</span> there</p>')
    fixed = FIXED_SPACE.join(("Fed.", "R.", "Civ.", "P.", "37(a)"))
    said = re.findall(">([^<]*)</w:t>", xml)
    assert said == ["see ", fixed, " there"]


def test_an_empty_box_keeps_the_room_to_write_in_and_a_filled_one_no_more() -> None:
    css = ".row { display: table; width: 200pt } .box { display: table-cell; line-height: 12pt } .box p { min-height: 36pt }"
    for words, asked in (("", ["720"]), ("a<br>b<br>c", []), ("word " * 30, [])):
        xml, _notes = converted(f'<div class="row"><div class="box"><p>{words}</p></div></div>', css)
        assert (words, re.findall(r'<w:trHeight w:val="(\d+)"', xml)) == (words, asked)


def test_a_caption_higher_than_half_a_page_may_go_on_over_the_page() -> None:
    css = ".caption { display: table; line-height: 12pt } .caption > div { display: table-cell; width: 200pt }"
    for lines, whole in ((10, True), (40, False)):
        made, _notes = flowed(f'<div class="caption"><div>{"<p>a</p>" * lines}</div><div>b</div></div>', css, pitch=24)
        xml = "".join(one for one in made if isinstance(one, str))
        assert (lines, "<w:cantSplit/>" in xml, "<w:trHeight" in xml) == (lines, whole, whole)
