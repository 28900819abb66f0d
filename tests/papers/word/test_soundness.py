"""Every Word file is one that Word opens without repair, whatever was typed; and the check that says so can fail."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from discovery.law.paper_styles import paper_styles
from discovery.papers.snapshots import to_json
from discovery.papers.word.files import word_file
from tests.papers import samples
from tests.papers.generated import generated
from tests.papers.test_hostile_elsewhere import HOSTILE, MARKUP
from tests.papers.word.reading_word import parts
from tests.papers.word.soundness import faults

TEXT, STYLES, HEADER = "word/document.xml", "word/styles.xml", "word/header1.xml"


@pytest.fixture(scope="module")
def pleading() -> bytes:
    return word_file(samples.canonical(caption=samples.caption(style="cand-28"), parts=("notice",)), release=samples.RELEASE)


@pytest.mark.django_db  # the snapshots are composed of the demo case
def test_every_kind_of_paper_is_sound(snapshots: dict[str, str], tmp_path: Path) -> None:
    others = {"deposition": to_json(samples.deposition()), "appearance": to_json(samples.appearance())}
    for style in paper_styles():
        others[style] = samples.canonical(caption=samples.caption(style=style), parts=("schedule", "notice"))
    found = {kind: faults(word_file(one, release=samples.RELEASE), tmp_path) for kind, one in (snapshots | others).items()}
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_every_generated_paper_is_sound(tmp_path: Path) -> None:
    found = {seed: faults(word_file(to_json(generated(seed)), release=samples.RELEASE), tmp_path) for seed in range(12)}
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_hostile_text_is_sound(tmp_path: Path) -> None:
    caption = samples.caption(first_side=MARKUP[0], case_number=MARKUP[1])
    notice = samples.notice(title=MARKUP[1], recipient_name=MARKUP[0])
    for canonical in (HOSTILE, samples.canonical(caption=caption, notice=notice)):
        assert faults(word_file(canonical, release=samples.RELEASE), tmp_path) == []


PLANTED = {
    "pPr out of order": (TEXT, r"(<w:pStyle [^>]*/>)", r"<w:keepNext/>\1", "Unexpected element"),
    "rPr out of order": (TEXT, "<w:r><w:t", '<w:r><w:rPr><w:sz w:val="20"/><w:b/></w:rPr><w:t', "Unexpected element"),
    "tcPr out of order": (TEXT, "<w:tcPr>", '<w:tcPr><w:vAlign w:val="bottom"/>', "Unexpected element"),
    "sectPr out of order": (TEXT, "(<w:pgSz[^>]*/>)(<w:pgMar[^>]*/>)", r"\2\1", "Unexpected element"),
    "styles out of order": (STYLES, "(<w:name [^>]*/>)(<w:basedOn [^>]*/>)", r"\2\1", "Unexpected element"),
    "frame out of order": (HEADER, "(<w:pStyle [^>]*/>)(<w:framePr [^>]*/>)", r"\2\1", "Unexpected element"),
    "settings out of order": ("word/settings.xml", "(<w:zoom [^>]*/>)(<w:defaultTabStop [^>]*/>)", r"\2\1", "Unexpected element"),
    "a word for a number": (TEXT, 'w:h="15840"', 'w:h="high"', "Invalid value"),
    "an unknown attribute": (TEXT, "<w:spacing ", '<w:spacing w:beside="1" ', "spacing has"),
    "an unknown attribute of a shape": (HEADER, "<v:line id", '<v:line beside="1" id', "not declared"),
    "a style that is none": (TEXT, 'w:pStyle w:val="[^"]*"', 'w:pStyle w:val="None"', "not defined"),
    "a header that is none": (TEXT, r'r:id="rId\d+"', 'r:id="rId99"', "not found"),
    "a part that is missing": ("[Content_Types].xml", "<Override PartName=./word/header1.xml[^>]*>", "", "no content type"),
    "two bookmarks of one number": (TEXT, 'Start w:id="2"', 'Start w:id="1"', "unique"),
    "two bookmarks of one name": (TEXT, 'w:id="2" w:name="[^"]*"', 'w:id="2" w:name="{first}"', "one name"),
    "a bookmark of 41 letters": (TEXT, 'w:name="[^"]*"', f'w:name="{"a" * 41}"', "exceeds maximum 40"),
    "a bookmark without an end": (TEXT, "<w:bookmarkEnd [^>]*>", "", "do not end"),
    "a footnote that is none": (TEXT, "<w:r><w:t", '<w:r><w:footnoteReference w:id="9"/></w:r><w:r><w:t', "was not found"),
    "a separator that is none": ("word/footnotes.xml", '<w:footnote w:type="separator".*?</w:footnote>', "", "Footnote '-1'"),
    "a cell without a paragraph": (TEXT, "</w:tc>", "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl></w:tc>", "end with a paragraph"),
    "a row that is too wide": (TEXT, "(<w:tcW [^>]*/>)", r'\1<w:gridSpan w:val="9"/>', "as many columns"),
}
"""By what is wrong: the part, what stands there (a pattern), what shall stand there, and what is said of it."""


@pytest.mark.parametrize("wrong", PLANTED)
def test_the_check_can_fail(wrong: str, pleading: bytes, tmp_path: Path) -> None:
    part, there, instead, said = PLANTED[wrong]
    found = parts(pleading)
    first = re.findall('w:name="([^"]*)"', found[TEXT].decode())[0]
    changed, count = re.subn(there, instead.replace("{first}", first), found[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (found | {part: changed.encode()}).items():
            archive.writestr(name, content)
    assert [one for one in faults(packed.getvalue(), tmp_path) if said in one] != []
