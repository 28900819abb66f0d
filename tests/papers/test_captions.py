"""Captions with several pairs of sides: each under the one before, on the grid, read aloud in order."""

from __future__ import annotations

import re

import pytest

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
