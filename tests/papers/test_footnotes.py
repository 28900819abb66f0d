"""Footnotes in typed text: ^[words]."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discovery.papers import footnotes
from discovery.papers.citing import cited
from discovery.papers.errors import PaperRefused
from discovery.papers.footnotes import MOST_LINES, pieces
from discovery.papers.rendering import render
from discovery.papers.screen import html
from tests.papers import samples
from tests.papers.reading import findings, opened, pages


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("no note", [("no note", False)]),
        ("a^[b] c", [("a", False), ("b", True), (" c", False)]),
        ("a^[see [1], [2 [x]]] c", [("a", False), ("see [1], [2 [x]]", True), (" c", False)]),
        ("a^[b]^[c]", [("a", False), ("b", True), ("", False), ("c", True)]),
        ("a^[b c", [("a^[b c", False)]),
        ("a^[b ^[c] d", [("a^[b ", False), ("c", True), (" d", False)]),
        ("a^[ ] b", [("a^[ ] b", False)]),
        ("2^[3", [("2^[3", False)]),
    ],
)
def test_notes_are_found_and_what_is_not_balanced_stays(typed: str, found: list[tuple[str, bool]]) -> None:
    assert list(pieces(typed)) == found


@given(st.text(alphabet="ab ^[]<&(1)", max_size=60))
def test_no_character_is_lost(typed: str) -> None:
    again = "".join(f"^[{words}]" if note else words for words, note in pieces(typed))
    assert again.replace(" ", "") == typed.replace(" ", "")
    shown = re.sub(r"<[^>]*>", "", cited(typed))
    assert "<" not in shown


def test_notes_that_nobody_closes_cost_no_more_than_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    walk = footnotes._closings

    def once(text: str) -> dict[int, int]:
        looked.append(len(text))
        return walk(text)

    monkeypatch.setattr(footnotes, "_closings", once)
    typed = "^[" * 100_000 + "^[a] "
    assert list(pieces(typed)) == [("^[" * 100_000, False), ("a", True), (" ", False)]
    assert looked == [len(typed)]


def test_a_note_longer_than_thirty_lines_is_refused_by_its_first_words() -> None:
    with pytest.raises(PaperRefused) as caught:
        cited("A claim^[" + "Words and more words of the note. " * 110 + "].")
    assert str(caught.value) == (
        "The footnote “Words and more words of the note. Words and more words of th…” takes more than 30 lines: "
        "move it into the text."
    )


def test_notes_that_are_too_long_together_are_refused_by_the_first_of_them() -> None:
    note = "^[" + "Words of a note. " * 30 + "]"
    with pytest.raises(PaperRefused) as caught:
        cited(f"A claim{note}" * 18)
    assert str(caught.value) == (
        "The footnotes from “Words of a note. Words of a note. Words of a note. Words of…” on take more than 90 lines for 4 lines "
        "of text: shorten them, or move some into the text."
    )
    assert cited(f"{'A claim of so many words. ' * 20}{note}" * 6).count('class="footnote"') == 6


Noted = tuple[tuple[tuple[int, int], ...], int]
"""A paragraph: words before each call with the length of its note, and words at its end."""
FORGOTTEN: tuple[Noted, ...] = (
    (((28, 0), (24, 0), (37, 0)), 11),
    (((19, 120), (3, 0), (50, 0)), 16),
    (((12, 0), (15, 0), (23, 0), (29, 120)), 8),
    (((56, 0), (54, 0), (49, 120)), 18),
)
"""Where the engine alone makes room for the last line of a page by moving notes on, and forgets those that the line calls."""


def typed_of(paragraphs: Iterable[Noted]) -> str:
    """Return the text; the call of the n-th note follows "call<n>;" and the note begins with "mark<n>;"."""
    numbers = itertools.count(1)
    lines = []
    for notes, tail in paragraphs:
        said = ""
        for words, long in notes:
            n = next(numbers)
            said += f"{'word ' * words}call{n};^[mark{n}; {'note words ' * long}see id.] "
        lines.append(f"{said}{'word ' * tail}end.")
    return "\n".join(lines)


NOTED = st.tuples(
    st.lists(st.tuples(st.integers(1, 70), st.sampled_from([0, 0, 60, 120])), max_size=5).map(tuple), st.integers(1, 40)
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(NOTED, min_size=1, max_size=4), st.sampled_from(["cand-28", "pleading-25", "format-1", "ny-plain"]))
@example(FORGOTTEN, "format-1")
def test_each_note_stands_on_the_page_of_its_line_and_none_is_lost(paragraphs: Sequence[Noted], style: str) -> None:
    typed = typed_of(paragraphs)
    made = samples.schedule(requests=samples.requests(1, typed), definitions=(), instructions=(), exhibits=())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(footnotes, "MOST_TOGETHER", MOST_LINES)
        try:
            html(samples.canonical(parts=("schedule",), schedule=made))
        except PaperRefused:
            return  # too many to stand on the page of their line
    rendered = render(samples.canonical(parts=("schedule",), caption=samples.caption(style=style), schedule=made), release="1")
    printed = pages(rendered.pdf)
    called = [re.findall(r"call(\d+);", page) for page in printed]
    assert [re.findall(r"mark(\d+);", page) for page in printed] == called
    assert [int(number) for page in called for number in page] == list(range(1, typed.count("^[") + 1))


@pytest.mark.parametrize("lines", ["28", "57"])
def test_what_would_be_printed_over_the_text_is_refused_once_it_is_laid_out(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    monkeypatch.setattr(footnotes, "MOST_LINES", 10_000)
    monkeypatch.setattr(footnotes, "MOST_TOGETHER", 10_000)
    typed = "A claim^[" + "Words and more words of the note. " * 3 * int(lines) + "]."
    made = samples.schedule(requests=samples.requests(1, typed * 5), definitions=(), instructions=(), exhibits=())
    with pytest.raises(PaperRefused, match=r"find no room below its text|footnotes find room"):
        render(samples.canonical(parts=("schedule",), schedule=made), release="1")


@pytest.mark.parametrize("style", ["cand-28", "format-1"])
def test_a_note_is_a_note_for_who_reads_the_structure(style: str) -> None:
    made = samples.schedule(requests=samples.requests(1, "All Documents^[As the Rules [say].] of the Action^[Second {n}.]."))
    rendered = render(samples.canonical(parts=("schedule",), caption=samples.caption(style=style), schedule=made), release="1")
    assert findings(rendered.pdf) == []
    assert "1 As the Rules [say]. 2 Second 1." in " ".join(pages(rendered.pdf))
    with opened(rendered.pdf) as pdf:
        kinds = [
            str(item["/S"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
        names = [str(item["/ID"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Note"]
    assert kinds.count("/Note") == 2
    assert kinds.count("/Reference") == 2
    assert sorted(names) == ["note-1", "note-2"]
