"""The table of contents of a long motion: read from the finished PDF, beside the pages that it names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from discovery.law.paper_styles import paper_style
from discovery.papers.dispute_papers import OutlinePaper, OutlinePart, PrintedAnswer, QuotedRequest
from discovery.papers.rendering import render
from discovery.papers.snapshots import to_json
from tests.papers import samples
from tests.papers.positions import characters
from tests.papers.reading import findings, outline, pages
from tests.papers.test_grid import off_grid

STYLES = ("cand-28", "ca-28")
TITLE = "MOTION TO COMPEL ANSWERS"
LONG = "WHY THE DOCUMENTS ARE RELEVANT TO THE CLAIMS AND DEFENSES AND PROPORTIONAL TO THE NEEDS OF THE CASE"
SENTENCE = "The documents bear on the claims, and the burden of a search is small. "


def motion(requests: int, *, style: str = "cand-28", **changes: Any) -> OutlinePaper:
    """The outline of a motion over so many requests, about two thirds of a page each."""
    made = OutlinePaper(
        paper="motion_outline",
        language="en-US",
        document_title="Motion to compel",
        parts=("outline",),
        caption=samples.caption(style=style, extra_lines=("Judge: Hon. Yvonne Gonzalez Rogers",)),
        counsel=samples.notice().counsel,
        title=TITLE,
        before=(
            OutlinePart("NOTICE OF MOTION", (SENTENCE * 3,)),
            OutlinePart("RELIEF SOUGHT", (SENTENCE,), (SENTENCE, SENTENCE)),
            OutlinePart(LONG, (SENTENCE,)),
        ),
        requests_heading="REQUESTS IN DISPUTE, EACH FOLLOWED BY ITS RESPONSE",
        requests=tuple(
            QuotedRequest(
                heading=f"Request For Production No. {n}",
                text=SENTENCE * 2,
                narrowed="",
                narrowed_how="",
                answers=(PrintedAnswer("Response (served July 2, 2025)", SENTENCE * 2, (SENTENCE,)),),
                reasons=SENTENCE * 5,
                proposal=SENTENCE,
            )
            for n in range(1, requests + 1)
        ),
        after=(OutlinePart("CERTIFICATE OF CONFERRAL", (SENTENCE * 2,)),),
        signature=samples.signature(),
        authorities=(),
        limit=0,
        submitted=True,
        created="2025-06-18T09:30:00-07:00",
    )
    return replace(made, **changes)


def printed(paper: OutlinePaper) -> tuple[bytes, list[str]]:
    """Return the finished PDF and the text of its pages."""
    pdf = render(to_json(paper), release="1").pdf
    return pdf, pages(pdf)


def number_of(page: str) -> str:
    """Return the page number that a page's footer prints, "" for a page without one."""
    found = re.search(rf" (?:(\d+|[ivx]+) )?{TITLE}(?: CASE NO\.: 4:24-CV-04722-YGR)?$", page)
    assert found is not None, page[-200:]
    return found[1] or ""


def headings(paper: OutlinePaper) -> list[str]:
    """Return the headings of a motion in order, as its contents have to name them."""
    return [
        *(part.heading for part in paper.before),
        paper.requests_heading,
        *(request.heading for request in paper.requests),
        *(part.heading for part in paper.after),
    ]


@pytest.mark.parametrize("style", STYLES)
def test_the_contents_name_each_heading_with_the_page_that_it_is_printed_on(style: str) -> None:
    """First page, contents, text: numbered i, ii and from 1 (N.D. Cal.), or on from the first page (CRC 3.1113(h))."""
    paper = motion(32, style=style)
    pdf, read = printed(paper)
    numbers = [number_of(page) for page in read]
    onward = paper_style(style).contents_numerals == "arabic"
    contents, text = read[1:3], read[3:]
    first = 4 if onward else 1
    assert numbers == ["", *(["2", "3"] if onward else ["i", "ii"]), *(str(first + n) for n in range(len(text)))]

    listed = " ".join(page.rsplit(f" {number_of(page)} {TITLE}", 1)[0] for page in contents)
    expected = ["TABLE OF CONTENTS"]
    for heading in headings(paper):
        # A heading is followed by a text; the heading of request 1 begins those of 10 to 19 too.
        whole = re.compile(rf"(?<!\S){re.escape(heading)}(?= [A-Z])")
        (page,) = [number for number, page in enumerate(text, start=first) if whole.search(page)]
        expected.append(f"{heading} {page}")
    assert listed == " ".join(expected)

    assert "UNITED STATES DISTRICT COURT" in read[0]
    assert "UNITED STATES DISTRICT COURT" not in " ".join(read[1:])
    assert "HUESTON HENNIGAN LLP By: /s/ Alison L. Plessman" in text[-1]
    assert findings(pdf) == []
    grid = paper_style(style)
    assert [wrong for page in characters(pdf) for wrong in off_grid(page, grid)] == []


def test_the_bookmarks_name_the_contents_too() -> None:
    paper = motion(24)
    pdf, _read = printed(paper)
    ((title, below),) = outline(pdf)
    assert title == "Motion to compel"
    flat = [name for one in below for name in ([one] if isinstance(one, str) else [one[0], *(below[0] for below in one[1])])]
    assert flat == ["TABLE OF CONTENTS", *headings(paper)]


@pytest.mark.parametrize(("requests", "style"), [(4, "cand-28"), (24, "pleading-25"), (40, "federal-plain")])
def test_a_short_paper_has_none_nor_one_where_no_rule_asks_for_it(requests: int, style: str) -> None:
    pdf, read = printed(motion(requests, style=style))
    assert "TABLE OF CONTENTS" not in " ".join(read)
    assert "NOTICE OF MOTION The documents" in read[0]
    assert findings(pdf) == []


def test_ten_pages_of_text_have_none_and_eleven_do() -> None:
    """ "In excess of 10 pages": the text alone is counted, not the first page with counsel and caption."""
    pages_of_text = {}
    for requests in (18, 19, 20, 21):
        _pdf, read = printed(motion(requests))
        long = "TABLE OF CONTENTS" in " ".join(read)
        pages_of_text[requests] = len([page for page in read if number_of(page).isdigit()]) if long else 0
    assert pages_of_text == {18: 0, 19: 0, 20: 11, 21: 11}
