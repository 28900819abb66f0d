"""Paper styles: how a court's papers look, as dated data (`paper_styles/<id>.toml`) that cites its rule.

A style says how many numbered lines a page has and where they stand, whether counsel comes first, how the caption divides the
sides from the number, what the number is called and what the footer prints. The CSS of a style is `papers/styles/<sheet>.css`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from discovery.law import packs

FOLDER = "paper_styles"
CAPTIONS = ("ruled", "parens", "section", "new-york")
"""How a caption divides the sides from the particulars: a ruled corner, a column of ")", of "§" (Texas), New York dashes."""
NUMERALS = ("roman", "arabic")
"""How the pages of a paper's tables are numbered: i, ii, and its text from 1; or all pages on from the first."""
ARCHIVES = ("", "3u")
"""The parts and levels of PDF/A that papers can be (ISO 19005-3): 3, since a paper carries its manifest; u, all text as Unicode."""
PLAIN = "federal-plain"
"""The style of a court for which none is recorded."""


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """One style; lengths in points from the page's top and left edge. `lines` is 0 for paper without numbers."""

    id: str
    title: str
    source: str
    since: date
    review_by: date
    sheet: str  # the stylesheet that lays it out
    lines: int
    pitch: int  # between two numbered lines
    top: int  # of the box of line 1
    left: int  # of the text
    right: int  # margin
    bottom: int  # margin
    numbers_right: float  # where the numbers' right edge stands; 0 without numbers
    left_rules: tuple[float, ...]  # vertical rules left of the text
    right_rules: tuple[float, ...]
    counsel_first: bool
    title_line: int  # the numbered line on which the court's title stands unless counsel needs more, 0 for none
    caption: str
    number_label: str
    footer_title: bool
    footer_case: bool
    clerk_space: bool = False  # whether counsel leaves room right of the page's middle (Cal. Rules of Court 2.111(2))
    contents_over: int = 0  # pages of a motion's text beyond which it has its tables; 0: no rule on record asks for them
    contents_numerals: str = "roman"
    note: str = ""
    archive: str = ""  # "3u": papers in this style are PDF/A-3u beside PDF/UA-1; "" where no court asks for it


@cache
def paper_styles() -> dict[str, PaperStyle]:
    """Return the styles that ship with this release by id, sorted."""
    found = (packs.read(PaperStyle, packs.text_of(FOLDER, name), f"{FOLDER}/{name}.toml") for name in packs.names(FOLDER))
    return {one.id: one for one in found}


def paper_style(name: str) -> PaperStyle:
    """Return a style by its id. Raises LookupError, naming those that there are, for one that this release lacks."""
    try:
        return paper_styles()[name]
    except KeyError:
        raise LookupError(f"There is no paper style “{name}”; there are {', '.join(paper_styles())}.") from None


def slips(one: PaperStyle, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a style, as (key, sentence); `name` is what its file is called."""
    if one.id != name:
        yield "id", f"the file is called “{name}”, so its id is “{name}”."
    yield from (
        (key, f"“{key}” is empty.") for key in ("title", "source", "sheet", "number_label") if not getattr(one, key).strip()
    )
    yield from _unknown(one)
    if one.lines and one.top + one.lines * one.pitch > 792 - one.bottom:
        yield "lines", "the numbered lines run into the bottom margin."
    if one.lines and not one.pitch:
        yield "pitch", "numbered lines need a distance."
    if one.lines and not 0 < one.numbers_right < one.left:
        yield "numbers_right", "numbered lines need a place for their numbers, left of the text."
    if any(rule > one.left for rule in one.left_rules):
        yield "left_rules", "a rule at the left stands in the text."
    if any(rule < 612 - one.right for rule in one.right_rules):
        yield "right_rules", "a rule at the right stands in the text."
    if one.title_line > one.lines:
        yield "title_line", "the court’s title stands on a line that the page has not."


def _unknown(one: PaperStyle) -> Iterator[tuple[str, str]]:
    if one.caption not in CAPTIONS:
        yield "caption", f"a caption is one of {', '.join(CAPTIONS)}."
    if one.contents_numerals not in NUMERALS:
        yield "contents_numerals", "the pages of tables are numbered “roman” (the text from 1) or “arabic” (all on from the first)."
    if one.archive not in ARCHIVES:
        yield "archive", "papers can be “3u” (PDF/A-3u), or “” for no PDF/A."
