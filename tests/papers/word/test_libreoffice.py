"""LibreOffice opens every kind of Word file and prints every word of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from discovery.papers.word.files import word_file
from tests.papers import samples
from tests.papers.positions import characters, lines
from tests.papers.word.reading_word import OFFICE, converted, words

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]
_BETWEEN = re.compile(r"[\s\u00ad\ufffe-]+")
"""White space, and hyphens at line ends."""

NUMBERED = ("pleading", "requests", "declaration", "motion_outline", "notice_of_motion", "deposition_notice")
"""Papers on numbered lines without a single-spaced block that goes on over a page."""
TOLERANCE = 0.6
"""Points: what the lines around a table add is rounded."""


@pytest.fixture(scope="module")
def made(snapshots: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """The Word file of every kind and LibreOffice's PDF of it."""
    folder: Path = tmp_path_factory.mktemp("word")
    pleading = {"pleading": samples.canonical(caption=samples.caption(style="cand-28"), parts=("notice",))}
    files = {kind: word_file(canonical, release=samples.RELEASE) for kind, canonical in (snapshots | pleading).items()}
    for kind, content in files.items():
        (folder / f"{kind}.docx").write_bytes(content)
    printed = converted(folder)
    return {kind: (content, printed[kind]) for kind, content in files.items()}


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_every_word_is_printed(made: dict[str, tuple[bytes, bytes]]) -> None:
    for kind, (word, pdf) in made.items():
        printed, wanted = (Counter(_BETWEEN.sub("", text).casefold()) for text in ("".join(pages_of(pdf)), words(word)))
        missing = wanted - printed
        assert (kind, missing) == (kind, Counter())


def test_forms_keep_to_their_pages_and_numbered_lines_meet_the_text(made: dict[str, tuple[bytes, bytes]]) -> None:
    assert len(pages_of(made["subpoena"][1])) >= 4
    assert pages_of(made["package"][1])[2].count("Federal Rule of Civil Procedure 45") == 1
    first = pages_of(made["pleading"][1])[0]
    assert [number for number in range(1, 29) if not re.search(rf"(?m)^\s*{number}\s*$", first)] == []


def off_the_lines(pdf: bytes) -> tuple[int, list[str]]:
    """Return how many numbered pages there are, and their lines that stand neither on a number's line nor halfway between two."""
    pages, found = 0, []
    for page in characters(pdf):
        numbers = [one.down for one in page if one.left < 92 and one.text.isdigit()]
        if len(numbers) < 9 + 19 * 2:
            continue
        pages += 1
        first, half = min(numbers), (max(numbers) - min(numbers)) / 27 / 2
        text = [one for one in page if one.left > 100 and one.size > 11 and one.down < max(numbers) + half]
        for down, line in lines(text).items():
            away = (down - first + half / 2) % half - half / 2
            if abs(away) > TOLERANCE:
                found.append(f"{away:.1f} pt: {line}")
    return pages, found


def test_text_stands_on_the_printed_lines_of_every_page(made: dict[str, tuple[bytes, bytes]]) -> None:
    for kind in NUMBERED:
        pages, found = off_the_lines(made[kind][1])
        assert (kind, pages > 1, found) == (kind, True, [])
