"""Bates ranges: read as people type them or refused with a reason; coverage and gaps always make the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.law.bates import Pages, RangeRefused, count, gaps, listed, overlaps, parse_ranges, union, within, without

META = Pages("META", 1, 250, 6)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("META000001-META000250", [META]),
        ("META000001 - 250", [META]),
        ("META000001-250", [META]),
        ("META000001 – META000250", [META]),
        ("META000001 to META000250", [META]),
        (" META000001  through 000250 ", [META]),
        ("META000001..META000250", [META]),
        ("META000001–META000250; META000300", [META, Pages("META", 300, 300, 6)]),
        ("META000300\nMETA000001-000250\n\n", [Pages("META", 300, 300, 6), META]),
        ("META 000001-META 000250", [Pages("META ", 1, 250, 6)]),
        ("META-000001-META-000250", [Pages("META-", 1, 250, 6)]),
        ("META-000001", [Pages("META-", 1, 1, 6)]),
        ("TX1-META000001", [Pages("TX1-META", 1, 1, 6)]),
        ("TX1-META000001-TX1-META000250", [Pages("TX1-META", 1, 250, 6)]),
        ("OAI_3P_0000009 - OAI_3P_0000011", [Pages("OAI_3P_", 9, 11, 7)]),
        ("META999999 - META1000000", [Pages("META", 999999, 1000000, 6)]),
        ("000001-000250", [Pages("", 1, 250, 6)]),
        ("A" * 40 + "9" * 18, [Pages("A" * 40, 10**18 - 1, 10**18 - 1, 18)]),
        ("", []),
        (" ; \n", []),
    ],
)
def test_it_is_read_as_it_is_typed(text: str, ranges: list[Pages]) -> None:
    assert parse_ranges(text) == ranges


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("META000250-META000001", "“META000250-META000001” runs backward"),
        ("META000250 - 1", "runs backward"),
        ("META000001-OAI000250", "different prefixes, “META” and “OAI”"),
        ("META000001 to meta000250", "different prefixes"),
        ("000001 - META000250", "different prefixes"),
        ("META", "“META” has no number at its end"),
        ("META000001 to the end", "has no number"),
        ("META000001A", "has no number"),
        ("META000001 - META0250", "different counts of digits"),
        ("META000001 - 0250", "different counts of digits"),
        ("META" + "1" * 19, "more than 18 digits"),
        ("A" * 41 + "1", "more than 40 characters"),
        ("1-" * 50_000, "is too long for a range"),
        ("META000001 - META000250 - META000300", "is not clear"),
        ("VOL1-250", "is not clear"),
        ("META000001 –", "is not clear"),
        ("=cmd|1", "is not clear"),
        ("META000001-META000250, META000250", "META000001–META000250 and META000250 overlap"),
    ],
)
def test_what_is_wrong_or_unclear_is_refused(text: str, words: str) -> None:
    with pytest.raises(RangeRefused) as refused:
        parse_ranges(text)
    assert words in str(refused.value)


def test_the_arithmetic_keeps_prefixes_apart() -> None:
    ranges = [Pages("A", 1, 10), Pages("A", 11, 20), Pages("B", 5, 9), Pages("A", 31, 40)]

    assert union(ranges) == [Pages("A", 1, 20), Pages("A", 31, 40), Pages("B", 5, 9)]
    assert gaps(ranges) == [Pages("A", 21, 30)]
    assert without(ranges, [Pages("A", 5, 35), Pages("B", 1, 5)]) == [Pages("A", 1, 4), Pages("A", 36, 40), Pages("B", 6, 9)]
    assert within(ranges, [Pages("A", 15, 32)]) == [Pages("A", 15, 20), Pages("A", 31, 32)]
    assert (count([*ranges, Pages("A", 1, 40)]), list(overlaps(ranges))) == (45, [])
    assert list(overlaps([*ranges, Pages("A", 20, 22)])) == [(Pages("A", 11, 20), Pages("A", 20, 22))]
    assert listed(union(ranges)[:2]) == "A000001–A000020; A000031–A000040"


@st.composite
def pages(draw: st.DrawFn) -> Pages:
    first = draw(st.integers(0, 60))
    return Pages(draw(st.sampled_from(["A", "B-", "C 2x"])), first, first + draw(st.integers(0, 15)), 4)


def as_set(ranges: list[Pages]) -> set[tuple[str, int]]:
    return {(one.prefix, page) for one in ranges for page in range(one.first, one.last + 1)}


@given(pages(), st.sampled_from(["–", "-", " - ", " to ", ".."]))
def test_what_is_printed_is_read_back(one: Pages, between: str) -> None:
    assert parse_ranges(str(one).replace("–", between)) == [one]
    assert parse_ranges(listed([one])) == [one]


@given(st.lists(pages()), st.lists(pages()))
def test_covered_and_missing_make_the_whole(ranges: list[Pages], taken: list[Pages]) -> None:
    inside, outside = within(taken, ranges), without(ranges, taken)

    assert as_set(inside) | as_set(outside) == as_set(ranges)
    assert as_set(inside) & as_set(outside) == set()
    assert count(inside) + count(outside) == count(ranges) == len(as_set(ranges))
    assert union([*inside, *outside]) == union(ranges)
    assert within(taken, ranges) == [piece for bound in union(ranges) for one in union(taken) if (piece := bound.common(one))]


@given(st.lists(pages(), min_size=1))
def test_ranges_and_gaps_leave_no_hole(ranges: list[Pages]) -> None:
    missing = gaps(ranges)

    assert as_set(missing) & as_set(ranges) == set()
    assert gaps([*ranges, *missing]) == []
    for prefix in {one.prefix for one in ranges}:
        mine = [one for one in ranges if one.prefix == prefix]
        span = max(one.last for one in mine) - min(one.first for one in mine) + 1
        assert count(mine) + count([one for one in missing if one.prefix == prefix]) == span


@given(st.lists(pages()))
def test_overlaps_are_found_when_there_are_any(ranges: list[Pages]) -> None:
    assert bool(list(overlaps(ranges))) == (sum(len(one) for one in ranges) != count(ranges))


@given(st.text(max_size=60))
def test_any_text_gives_ranges_or_a_reason(text: str) -> None:
    try:
        found = parse_ranges(text)
    except RangeRefused:
        return
    assert parse_ranges(listed(found)) == found
