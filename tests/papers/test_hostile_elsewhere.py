"""What is hostile to the PDF is hostile to the Word file, the preview and the one PDF of a batch too: whole, or refused by name."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest

from discovery.papers.errors import PaperRefused
from discovery.papers.screen import html
from discovery.papers.word.files import word_file
from tests.papers.bounded import made_bounded
from tests.papers.reading import opened
from tests.papers.test_bounded import drawn, log, picture, schedule
from tests.papers.word.reading_word import OFFICE, W, converted, parts, tree, words, words_of_sections

LONG_WORD = "".join(chr(ord("a") + n % 26) for n in range(10_000))
LEVELS = "\n".join(f"{'  ' * n}({n % 999}) level {n}" for n in range(1, 201))
HEAP = "Z" + "\u0301\u0323\u0302" * 300 + "algo"
SOFT = "anti\u00addis\u00adestab\u00adlish\u00adment " * 200
NOTES = " ".join(f"claim{n} {'word ' * 8}^[note{n} {'words ' * 4}]" for n in range(300))
MARKUP = (
    "</style><script>alert(1)</script></w:t></w:r><w:p/>",
    "{{ paper }} {% include 'ao88b.html' %} {% load static %} {# gone #}",
    "url(file:///etc/hostname) @import 'x'; <img src=http://127.0.0.1/a.png onerror=alert(1)>",
    '<svg xmlns:xlink="x"><image href="file:///etc/hostname"/><use xlink:href="http://127.0.0.1/s.svg#a"/></svg>',
    "]]> <![CDATA[ <!ENTITY a SYSTEM 'file:///etc/hostname'> &a; &lt;b&gt; &#x41;",
    'INCLUDETEXT "/etc/hostname" DDEAUTO cmd.exe =1+1 HYPERLINK "http://127.0.0.1/"',
)
SCRIPTS = ("שלום עולם וכל המסמכים", "مرحبا بالعالم وكل الوثائق", "北京字节跳动科技有限公司" * 500, "삼성전자 株式会社アイ")
HOSTILE = schedule(LONG_WORD, LEVELS, "(" * 200 + "a" + ")" * 200, HEAP, SOFT, NOTES, *MARKUP, *SCRIPTS)


def without_white(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def test_a_word_file_holds_every_word_as_text_and_refers_to_nothing_outside(tmp_path: Path) -> None:
    word, said = made_bounded("word", tmp_path, HOSTILE)
    assert said == ""
    assert words(word) == words_of_sections(HOSTILE)
    for text in MARKUP:
        assert without_white(text) in words(word)
    found = parts(word)
    assert [name for name in found if b'TargetMode="External"' in found[name]] == []
    fields = [one.text.split()[0] for one in tree(word).iter(f"{W}instrText")]
    assert set(fields) <= {"PAGE", "PAGEREF"}
    assert [name for name in found if name.startswith(("word/media", "word/embeddings", "customXml"))] == []


def test_a_table_of_three_hundred_rows_is_whole_in_word(tmp_path: Path) -> None:
    word, _said = made_bounded("word", tmp_path, log(300, 30))
    said = words(word)
    assert [n for n in range(1, 300) if f"ofcounsellast{n}{n + 1}AnnLee*" not in said] == []
    assert said.endswith("ofcounsellast300")
    word, _said = made_bounded("word", tmp_path, log(3, 6_000))
    assert words(word).count("counsel") == 6_000


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_prints_it(tmp_path: Path) -> None:
    (tmp_path / "hostile.docx").write_bytes(word_file(HOSTILE, release="1"))
    document = pypdfium2.PdfDocument(converted(tmp_path)["hostile"])
    try:
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    printed = "".join(character for character in said if character.isalnum() or character in "()<>/")  # no hyphens at line ends
    assert [n for n in range(300) if f"note{n}words" not in printed] == []
    assert [n for n in range(1, 201) if f"({n})level{n}" not in printed] == []
    assert printed.count("estab") == 200  # a page may end within the word
    assert "<script>alert(1)</script>" in printed


def test_a_preview_holds_every_word_as_text(tmp_path: Path) -> None:
    shown, said = made_bounded("html", tmp_path, HOSTILE)
    assert said == ""
    markup = shown.decode()
    assert set(re.findall(r"<([a-z0-9]+)", markup)) <= {
        "article", "section", "header", "footer", "div", "p", "span", "br", "h1", "h2", "h3", "h4", "ul", "ol", "li",
    }  # fmt: skip
    assert re.findall(r"<[^>]*\s(?:on\w+|src|href|style)\s*=", markup) == []
    said_there = without_white(unescape(re.sub(r"<[^>]*>", "", markup)))
    for text in (LONG_WORD, *MARKUP):
        assert without_white(text) in said_there


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\x00b", "The character U+0000 at position 2 cannot be printed"),
        ("a\x1bb", "The character U+001B at position 2 cannot be printed"),
        ("a\ud800b", "The character U+D800 at position 2 cannot be printed"),
        ("a\u202eb", "The character U+202E RIGHT-TO-LEFT OVERRIDE at position 2 cannot be printed"),
        (f"a^[{LONG_WORD}]", "takes more than 30 lines"),
        (
            f"one ^[{'words of a note ' * 10}]" * 60,
            "more than 90 lines for 4 lines",
        ),
    ],
)
def test_word_and_preview_refuse_what_the_pdf_refuses(text: str, sentence: str) -> None:
    for act in (lambda: word_file(schedule(text), release="1"), lambda: html(schedule(text))):
        with pytest.raises(PaperRefused) as caught:
            act()
        assert sentence in str(caught.value)


def first_picture(file: bytes) -> list[tuple[int, bytes]]:
    """Return what the first page of a PDF draws."""
    with opened(file) as pdf:
        return drawn(pdf.pages[0])


def test_pictures_of_a_batch_are_joined_as_they_came(tmp_path: Path) -> None:
    one, other = picture(), picture(40_000, 8)
    whole, said = made_bounded("whole", tmp_path, "{}", one, other, one)
    assert said == ""
    with opened(whole) as pdf:
        assert [drawn(page) for page in pdf.pages] == [first_picture(file) for file in (one, other, one)]
    assert len(whole) < len(one) + len(other) + 20_000, "what comes twice is kept once"


def test_a_part_of_a_batch_that_is_no_pdf_is_refused_by_name(tmp_path: Path) -> None:
    broken = picture()[:2_000]
    name = hashlib.sha256(broken).hexdigest()
    whole, said = made_bounded("whole", tmp_path, "{}", broken)
    assert (whole, name in said) == (b"", True)
