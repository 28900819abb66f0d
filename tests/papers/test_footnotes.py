"""Footnotes in typed text: ^[words]."""

from __future__ import annotations

import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.papers import footnotes
from discovery.papers.citing import cited
from discovery.papers.errors import PaperRefused
from discovery.papers.footnotes import pieces
from discovery.papers.rendering import render
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
