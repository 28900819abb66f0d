"""Lists inside lists: how deep each enumerated line stands, on paper of each kind and in Word, and that it stays on the page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.papers.enumerators import DEEPEST, levels
from discovery.papers.rendering import render
from discovery.papers.snapshots import Paper, to_json
from discovery.papers.word.files import word_file
from tests.papers import samples
from tests.papers.generated import generated
from tests.papers.positions import characters
from tests.papers.test_grid import problems
from tests.papers.word.reading_word import W, tree

WORDS = "Documents that each custodian keeps of every one of these, with all that was attached to them and who had them"


def depth(*marks: str) -> list[int]:
    return levels([f"{mark} x" for mark in marks])


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("(a) (i) (ii) (b) (i) (A) (1) (2) (B) (ii) (c)", [1, 2, 2, 1, 2, 3, 4, 4, 3, 2, 1]),
        ("(i) (ii) (a) (iii)", [1, 1, 2, 1]),
        ("(g) (h) (i) (j)", [1, 1, 1, 1]),  # the ninth letter
        ("(h) (i) (ii) (i)", [1, 2, 2, 1]),  # a roman list under (h), then the ninth letter
        ("(u) (v) (w)", [1, 1, 1]),
        ("(iv) (v) (vi)", [1, 1, 1]),
        ("(1) (a) (2) (a) (i) (b)", [1, 2, 1, 2, 3, 2]),
        ("(a) (b) (a) (b)", [1, 1, 1, 1]),  # a list that begins anew
        ("(a) text (i) (c) (d)", [1, 0, 2, 1, 1]),  # a letter was left out
        ("(II) (A) (III) (x) (IV)", [1, 2, 1, 2, 1]),
    ],
)
def test_an_enumerated_line_stands_in_its_list(marks: str, found: list[int]) -> None:
    assert depth(*marks.split()) == found


def test_what_is_typed_further_in_is_further_in() -> None:
    assert levels(["(a) x", "  (a) x", "  (b) x", "(b) x", "\t(i) x"]) == [1, 2, 2, 1, 2]


MARKS = st.sampled_from(["(a) x", "(b) x", " (a) x", "(i) x", "(ii) x", "(v) x", "(A) x", "  (I) x", "(1) x", "(999) x", "x", ""])


@given(st.lists(MARKS, max_size=60))
def test_each_line_is_at_most_one_level_further_in(lines: list[str]) -> None:
    found = levels(lines)
    assert [one > 0 for one in found] == [line.strip().startswith("(") for line in lines]
    standing = [one for one in found if one]
    assert standing[:1] in ([], [1])
    assert all(1 <= after <= min(before + 1, DEEPEST) for before, after in pairwise(standing))


DEEP = "\n".join(f"{' ' * number}(a) {WORDS} {number}" for number in range(200))
FIVE = "\n".join(f"{mark} {WORDS}" for mark in ("(a)", "(i)", "(A)", "(1)", "(2)", "(B)", "(b)"))


def lefts(paper: str, mark: str) -> list[float]:
    """Return where the lines that open with such a bracket begin, in points from the left, in their order."""
    pages = characters(render(paper, release="1").pdf)
    return [round(one.left, 1) for page in pages for one, after in pairwise(page) if one.text == "(" and after.text in mark]


def test_a_request_of_a_subpoena_steps_in_by_level() -> None:
    made = samples.schedule(requests=samples.requests(1, FIVE))
    begin = lefts(samples.canonical(parts=("schedule",), schedule=made), "aiA12Bb")[-7:]
    assert begin == [begin[0] + step for step in (0, 36, 72, 108, 108, 72, 0)]


def test_two_hundred_levels_stay_on_numbered_lines_and_on_the_page() -> None:
    paper = cast("Paper", replace(cast("Any", generated(0)), served=True, preliminary=DEEP))
    assert problems(paper) == []
    drawn = [one for page in characters(render(to_json(paper), release="1").pdf) for one in page]
    assert max(one.left for one in drawn) < 612 - 36
    made = samples.schedule(requests=samples.requests(1, DEEP))
    begin = lefts(samples.canonical(parts=("schedule",), schedule=made), "a")[-200:]
    assert [one - begin[0] for one in begin] == [36 * min(number, DEEPEST - 1) for number in range(200)]
    assert (
        max(one.left for page in characters(render(samples.canonical(schedule=made), release="1").pdf) for one in page) < 612 - 36
    )


def test_word_steps_in_as_the_page_does() -> None:
    made = samples.schedule(requests=samples.requests(1, FIVE))
    word = word_file(samples.canonical(parts=("schedule",), schedule=made), release=samples.RELEASE)
    left: list[float | None] = []  # None: as the style of such paragraphs says
    for paragraph in tree(word).iter(f"{W}p"):
        said = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        if WORDS in said:
            indent = paragraph.find(f"{W}pPr/{W}ind")
            left.append(int(indent.get(f"{W}left")) / 20 if indent is not None else None)
    assert left == [None, 144, 180, 216, 216, 180, None]
