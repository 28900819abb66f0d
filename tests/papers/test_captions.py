"""Captions with several pairs of sides: each under the one before, on the grid, read aloud in order."""

from __future__ import annotations

import re

import pytest

from discovery.papers.parts import before_label, sides_line
from discovery.papers.rendering import render
from discovery.papers.snapshots import CaptionSides, to_json
from tests.papers import samples
from tests.papers.reading import pages
from tests.papers.test_grid import problems

MORE = (
    CaptionSides(
        "SAMUEL ALTMAN; and OPENAI, INC.,", "Counterclaim-Plaintiffs", "ELON MUSK, an individual,", "Counterclaim-Defendant"
    ),
    CaptionSides("IVY DAY,", "Intervenor", "", ""),
)


def _letters(text: str) -> str:
    """Return a text without spaces and hyphens: a label may break at its hyphen."""
    return re.sub(r"[^A-Za-z,.;]", "", text)


@pytest.mark.parametrize("style", ["cand-28", "pleading-25", "federal-plain", "tx-section", "ny-plain"])
def test_counterclaims_and_those_who_intervened_stand_under_the_sides(style: str) -> None:
    caption = samples.caption(style=style, first_side="ELON MUSK, an individual,", first_label="Plaintiff", more_sides=MORE)
    paper = samples.paper(parts=("notice",), caption=caption)
    first = _letters(pages(render(to_json(paper), release="1").pdf)[0])
    against = "-against-" if style == "ny-plain" else "v."
    pair = (
        f"Defendants. SAMUEL ALTMAN; and OPENAI, INC., Counterclaim-Plaintiffs, {against} "
        "ELON MUSK, an individual, Counterclaim-Defendant. IVY DAY, Intervenor."
    )
    assert _letters(pair) in first
    if style in {"cand-28", "pleading-25"}:
        assert problems(paper) == []


def test_without_more_the_caption_is_as_before() -> None:
    first = pages(render(samples.canonical(parts=("notice",)), release="1").pdf)[0]
    assert first.count(" v. ") == 1


@pytest.mark.parametrize("style", ["cand-28", "ny-plain"])
def test_a_comma_stands_between_a_side_and_its_label_however_the_side_was_typed(style: str) -> None:
    """Dkt. 230: "ELON MUSK, et al., Plaintiffs, v. SAMUEL ALTMAN, et al., Defendants."."""
    firsts = [
        pages(render(samples.canonical(parts=("notice",), caption=caption), release="1").pdf)[0]
        for caption in (
            samples.caption(style=style, first_side="ELON MUSK, et al.", second_side="SAMUEL ALTMAN, et al. "),
            samples.caption(style=style, first_side="ELON MUSK, et al.,", second_side="SAMUEL ALTMAN, et al.,"),
        )
    ]
    assert firsts[0] == firsts[1]
    assert "ELON MUSK, et al., Plaintiffs," in firsts[0].replace("- x", "")
    assert "SAMUEL ALTMAN, et al., Defendants." in firsts[0]


def test_where_no_label_follows_there_is_no_comma() -> None:
    caption = samples.caption(first_side="ELON MUSK, et al.,", second_side="SAMUEL ALTMAN, et al.,")
    assert sides_line(caption) == "ELON MUSK, et al. v. SAMUEL ALTMAN, et al."
    assert before_label("") == ""


@pytest.mark.parametrize(
    ("court", "cites"), [("United States District Court", True), ("Superior Court of the State of California", False)]
)
def test_the_boxes_of_a_certificate_cite_the_federal_rule_in_federal_courts_alone(court: str, cites: bool) -> None:
    caption = samples.caption(court_name=court)
    printed = " ".join(pages(render(samples.canonical(parts=("notice",), caption=caption), release="1").pdf))
    assert ("By United States mail, to the last known address" in printed, "Code Civ. Proc., § 1010.6" in printed) == (
        cites,
        not cites,
    )
    assert ("(Fed. R. Civ. P. 5(b)(2)(C))" in printed) == cites
    assert ("Fed. R. Civ. P. 5(b)" in printed) == cites


def test_what_is_not_known_yet_is_a_blank_to_fill_in_by_hand() -> None:
    notice = samples.notice(
        production_when="", production_place="", certificate=samples.certificate(declarant="", served_on="", executed_at="")
    )
    printed = " ".join(pages(render(samples.canonical(parts=("notice",), notice=notice), release="1").pdf))
    assert f"The subpoena commands production by {'_' * 20}, at {'_' * 30}." in printed
    assert f"I, {'_' * 30}, declare" in printed
    assert printed.count("(Type or print name)") == 1
