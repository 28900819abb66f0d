"""Measuring, before layout, whether a text fits its box."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.papers.fitting import Addendum, Box, Filled, abbreviated, fit, lines_needed, shorten
from discovery.papers.glyphs import advance, outline

BOX = Box("Place", 200, 24, joins=True)


def test_advance_widths_are_the_fonts() -> None:
    assert advance("A") == 1479 / 2048  # Times New Roman's width, which Liberation Serif keeps
    assert advance("漢") == 1.0
    assert advance("\U0010ffff") == 0.0


def test_outlines_are_paths() -> None:
    path, width = outline("DR")
    assert path[0].endswith(" m")
    assert path[-1] == "h"
    assert round(width, 3) == round(advance("D", "bold") + advance("R", "bold"), 3)


def test_a_short_text_keeps_its_size_and_its_lines() -> None:
    assert fit("one\ntwo", BOX) == Filled("one\ntwo", "size-10")


def test_an_address_is_joined_before_the_type_gets_smaller() -> None:
    assert fit("Alpha LLP\n1 Main St.\nReno, NV\n555-0101", BOX) == Filled("Alpha LLP, 1 Main St. Reno, NV, 555-0101", "size-10")


def test_the_type_gets_smaller_before_a_text_moves() -> None:
    text = "a" * 10 + " b c d e f g" * 7
    assert [getattr(fit(text, Box("", width, 24)), "size", None) for width in (200, 165, 150, 120)] == [
        "size-10",
        "size-9",
        "size-8",
        None,
    ]


def test_lines_in_a_fallback_font_are_given_more_room() -> None:
    assert [fit(text, Box("", 200, 24)) for text in ("one\ntwo", "一\n二")] == [
        Filled("one\ntwo", "size-10"),
        Filled("一\n二", "size-8"),
    ]


def test_what_does_not_fit_is_referred_to_in_order() -> None:
    addendum = Addendum()
    long = "word " * 100
    assert addendum.fill(long, BOX).text == "See Addendum, item 1"
    assert addendum.fill("short", BOX).text == "short"
    assert addendum.fill(f"Meta Platforms, Inc.\n{long}", Box("To", 200, 24, keeps_first=True)).text == (
        "Meta Platforms, Inc.\nSee Addendum, item 2"
    )
    assert [(item.number, item.heading) for item in addendum.items] == [(1, "Place"), (2, "To")]
    assert addendum.items[0].text == long


def test_a_long_word_is_counted_as_broken() -> None:
    assert lines_needed("x" * 100, 100, 10) == 6  # 100 x 5 pt, and the margin of safety
    assert lines_needed("", 100, 10) == 1


def test_shorten_ends_with_an_ellipsis_and_fits() -> None:
    assert shorten("Short  title", 200, 10, 1) == "Short title"
    cut = shorten("A very long title " * 20, 200, 10, 2)
    assert cut.endswith("…")
    assert lines_needed(cut, 200, 10) == 2
    assert cut.removesuffix("…").split()[-1] in {"A", "very", "long", "title"}  # cut between words
    assert len(shorten("w" * 500, 200, 10, 1)) > 20  # a word that is most of the line is cut itself


def test_a_title_in_a_footer_ends_with_a_word_that_can_end_it() -> None:
    """Cal. Rules of Court 2.110: "some clear and concise abbreviation"."""
    whole = "OPENAI DEFENDANTS’ NOTICE OF MOTION AND MOTION TO COMPEL PRODUCTION OF DOCUMENTS FROM META PLATFORMS, INC."
    assert abbreviated(whole, 460, 10, 2) == whole
    assert abbreviated(whole, 460, 10, 1) == "OPENAI DEFENDANTS’ NOTICE OF MOTION AND MOTION TO COMPEL PRODUCTION"
    assert abbreviated("DECLARATION OF ANN LEE REGARDING CONFERENCES OF COUNSEL WITH META PLATFORMS, INC.", 400, 10, 1) == (
        "DECLARATION OF ANN LEE REGARDING CONFERENCES OF COUNSEL"
    )
    assert abbreviated("RESPONSE OF DEFENDANT JOHN DOE TO PLAINTIFF JANE ROE’S FIRST SET OF REQUESTS", 330, 10, 1).endswith(
        "ROE’S…"
    )
    assert abbreviated("w" * 500, 200, 10, 1).endswith("…")


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab W漢\n"), max_size=200), st.floats(60, 500))
def test_a_wider_box_never_needs_more_lines(text: str, width: float) -> None:
    assert lines_needed(text, width + 60, 10) <= lines_needed(text, width, 10)
