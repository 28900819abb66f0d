"""What somebody types is text: printed as typed or refused by name, never run, fetched or cut off."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from discovery.papers.embedded import NAME
from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import render
from discovery.papers.screen import html
from tests.papers import samples
from tests.papers.reading import findings, opened, pages


@pytest.fixture
def listener() -> Iterator[tuple[int, list[Any]]]:
    """A server that notices every connection."""
    noticed: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            noticed.append(address)
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], noticed
    server.close()


def _hostile(port: int, secret: Path) -> list[str]:
    return [
        f'<img src="http://127.0.0.1:{port}/image.png">',
        f'<link rel="stylesheet" href="http://127.0.0.1:{port}/style.css">',
        f'<link rel="attachment" href="file://{secret}">',
        f'<a href="http://127.0.0.1:{port}/">click</a>',
        f"<style>body {{ background: url(http://127.0.0.1:{port}/background.png) }} p {{ display: none }}</style>",
        f'<iframe src="file://{secret}"></iframe> <object data="file://{secret}"></object>',
        '<script>alert("x")</script></p></section></body></html>',
        "{{ paper }} {% include 'ao88b.html' %} {% load static %} {# gone #} {{ request.user }}",
        '" onmouseover="alert(1)" data-bookmark="',
        "</title><meta name=author content=Mallory>",
        "&lt;b&gt; &amp; &#x41; &nbsp; <!-- comment --> ]]> <![CDATA[",
        f"url(file://{secret}) url('http://127.0.0.1:{port}/a') src: local(x)",
        f'<svg><image href="file://{secret}"/><use xlink:href="http://127.0.0.1:{port}/s.svg#a"/></svg>',
        "\\00003c \\A content: attr(x); } @import 'x'; @page { size: 1pt }",
    ]


def test_markup_templates_and_styles_are_printed_as_typed_and_nothing_is_fetched(
    listener: tuple[int, list[Any]], tmp_path: Path
) -> None:
    port, noticed = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret text")
    texts = _hostile(port, secret)
    demands = tuple(samples.requests(1, text)[0] for text in texts)
    schedule = samples.schedule(requests=demands, title=texts[8], footer_title=texts[0], definitions_note=texts[4])
    made = {
        "schedule": schedule,
        "form": samples.form(production_text=texts[6], to=texts[3], attorney_contact=texts[7]),
        "notice": samples.notice(title=texts[9], recipient_name=texts[0], addressed_to=texts[7]),
        "caption": samples.caption(first_side=texts[1], form_first_side=texts[10], case_number=texts[8]),
    }
    rendered = render(samples.canonical(**made), release="1")
    printed = " ".join(pages(rendered.pdf)).replace(" ", "")
    for text in texts:
        assert text.replace(" ", "") in printed
    assert noticed == []
    assert b"the secret text" not in rendered.pdf
    assert findings(rendered.pdf) == []
    with opened(rendered.pdf) as pdf:
        assert list(pdf.attachments) == [NAME]  # our own manifest, and nothing that the text names
        assert all("/Annots" not in page for page in pdf.pages)  # no link
        assert str(pdf.docinfo["/Author"]) == "HUESTON HENNIGAN LLP"
    assert "<script>" not in html(samples.canonical(**made))


def test_forty_thousand_characters_lose_no_word() -> None:
    words = [f"word{n}" for n in range(1, 4_600)]
    text = " ".join(words)
    assert len(text) > 40_000
    demands = samples.requests(1, text)
    made = samples.schedule(requests=demands, definitions=(), instructions=(), exhibits=())
    printed = " ".join(pages(render(samples.canonical(parts=("schedule",), schedule=made), release="1").pdf)).split()
    found = [word for word in printed if word.startswith("word")]
    assert found == words


def test_five_hundred_requests_keep_number_heading_and_text() -> None:
    made = samples.schedule(requests=samples.requests(500), definitions=(), instructions=(), exhibits=())
    rendered = render(samples.canonical(parts=("schedule",), schedule=made), release="1")
    printed = " ".join(pages(rendered.pdf))
    for number in range(1, 501):
        assert f"Request For Production No. {number}: All Documents concerning the matter numbered {number}." in printed


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    made = samples.schedule(requests=samples.requests(120, "All Documents. " * 25), definitions=(), exhibits=())
    rendered = render(samples.canonical(parts=("schedule",), schedule=made), release="1")
    for page in pages(rendered.pdf):
        body = page.rsplit(" SCHEDULE A TO SUBPOENA", 1)[0].rsplit(" ", 1)[0]  # without footer and page number
        assert not body.endswith(":")
        assert not body.endswith("Dated: June 18, 2025")


def test_a_word_of_ten_thousand_characters_is_broken_not_cut_off() -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(10_000))
    made = samples.schedule(requests=samples.requests(1, word), definitions=(), instructions=(), exhibits=())
    printed = pages(render(samples.canonical(parts=("schedule",), schedule=made), release="1").pdf)
    body = "".join(page.rsplit(" SCHEDULE A TO SUBPOENA", 1)[0].rsplit(" ", 1)[0] for page in printed)
    assert word in body.replace(" ", "")


def test_a_long_word_on_the_form_goes_to_the_addendum_and_stays_whole() -> None:
    word = "q" * 9_999
    printed = pages(render(samples.canonical(parts=("form",), form=samples.form(to=word)), release="1").pdf)
    assert "See Addendum, item 1" in printed[0]
    assert "".join(printed[3:]).replace(" ", "").count("q") == 9_999


def test_right_to_left_and_east_asian_text_is_printed_with_real_glyphs() -> None:
    texts = (
        "שלום עולם וכל המסמכים",
        "مرحبا بالعالم وكل الوثائق",
        "北京字节跳动科技有限公司",
        "株式会社アイ",
        "삼성전자",
        "Привет, мир",
        "café naïve",
    )
    demands = tuple(samples.requests(1, text)[0] for text in texts)
    made = samples.schedule(requests=demands, definitions=(), instructions=(), exhibits=())
    rendered = render(samples.canonical(parts=("schedule",), schedule=made), release="1")
    printed = " ".join(pages(rendered.pdf))
    for text in texts[2:]:
        assert text in printed
    assert sorted(printed.split("1: ")[1].split(" Request")[0].split()) == sorted(texts[0].split())
    assert "direction" not in printed
    assert 'dir="rtl">שלום' in html(samples.canonical(parts=("schedule",), schedule=made))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\x1b[31mb", "Schedule, requests 1, text: The character U+001B at position 2 cannot be printed; remove or replace it."),
        ("a\x0cb", "Schedule, requests 1, text: The character U+000C at position 2 cannot be printed; remove or replace it."),
        (
            "All emojis 😀",
            "Schedule, requests 1, text: The character U+1F600 GRINNING FACE at position 12 cannot be printed; "
            "remove or replace it.",
        ),
        ("a\x00b", "Schedule, requests 1, text: The character U+0000 at position 2 cannot be printed; remove or replace it."),
        (
            "คำ",
            "Schedule, requests 1, text: The character U+0E04 THAI CHARACTER KHO KHWAI at position 1 cannot be printed; "
            "remove or replace it.",
        ),
        (
            "pay \u202eevil",
            "Schedule, requests 1, text: The character U+202E RIGHT-TO-LEFT OVERRIDE at position 5 cannot be "
            "printed; remove or replace it.",
        ),
    ],
)
def test_what_cannot_be_printed_is_refused_by_place_and_name(text: str, sentence: str) -> None:
    made = samples.schedule(requests=samples.requests(1, text))
    for act in (lambda: render(samples.canonical(schedule=made), release="1"), lambda: html(samples.canonical(schedule=made))):
        with pytest.raises(PaperRefused) as caught:
            act()
        assert str(caught.value) == sentence


def test_typed_lines_and_spaces_are_kept() -> None:
    text = "First line\r\n\r\n(i) one;\r\n(ii) two    spaces\n\tindented"
    made = samples.schedule(requests=samples.requests(1, text))
    markup = html(samples.canonical(parts=("schedule",), schedule=made))
    assert (
        '<p class="passage" dir="ltr">First line</p><p class="passage enumerated gap" dir="ltr">(i) one;</p>'
        '<p class="passage enumerated" dir="ltr">(ii) two\xa0\xa0\xa0 spaces</p>'
        '<p class="passage" dir="ltr">\xa0\xa0\xa0\xa0indented</p>'
    ) in markup
