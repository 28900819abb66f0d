"""California's motion papers: memorandum and notice, read back from their PDFs; the page limit of the memorandum."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from discovery.domain.disputes.limits import limit_of
from discovery.domain.disputes.readiness import lacks, offered_papers
from discovery.domain.disputes.summaries import summary_apart
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.enums import DemandKind, DisputeKind
from discovery.law.paper_styles import paper_style
from discovery.models import Dispute
from tests.disputes import in_california, made, rows_of, started
from tests.factories import World
from tests.papers.positions import characters
from tests.papers.reading import findings, pages
from tests.papers.test_grid import off_grid
from tests.papers.test_motion_papers import in_order

pytestmark = pytest.mark.django_db

SENTENCE = "The documents bear on the claims, and the burden of a search is small. "
CITED = "Greyhound Corp. v. Superior Court (1961) 56 Cal.2d 355, 377."


def read(dispute: Dispute, world: World, paper: str = "memorandum") -> list[str]:
    """The text of a paper's pages; accessible, and on its numbered lines."""
    with made(dispute, world, paper).file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    assert [wrong for page in characters(pdf) for wrong in off_grid(page, paper_style("ca-28"))] == []
    return pages(pdf)


def test_the_memorandum_has_the_parts_that_the_rule_asks_for(bells: list[int]) -> None:
    """Cal. Rules of Court, rule 3.1113(b)."""
    world, dispute = in_california(our_statement=f"*Relevance.* {CITED}", introduction="The bid was made in May.")
    in_order(
        " ".join(read(dispute, world)),
        "SUPERIOR COURT OF THE STATE OF CALIFORNIA COUNTY OF LOS ANGELES",
        "MEMORANDUM OF POINTS AND AUTHORITIES IN SUPPORT OF OUR DEFENDANTS’ MOTION TO COMPEL FURTHER RESPONSES FROM JANE ROE",
        "STATEMENT OF FACTS",
        "The bid was made in May.",
        "Counsel conferred before this motion was made, Code Civ. Proc., § 2016.040:",
        "July 9, 2025",
        "STATEMENT OF LAW",
        "Code Civ. Proc., § 2017.010.",
        "Code Civ. Proc., § 2031.310.",
        "EVIDENCE",
        "the separate statement (Cal. Rules of Court, rule 3.1345)",
        "ARGUMENT",
        f"Relevance. {CITED}",
        "Request For Production No. 1. The agreement names these documents",
        "GOOD CAUSE",
        "Code Civ. Proc., § 2031.310(b)(1):",
        "CONCLUSION",
        "ask that the motion be granted",
    )


def test_the_notice_opens_with_the_order_sought_and_its_grounds(bells: list[int]) -> None:
    """Cal. Rules of Court, rule 3.1110(a)."""
    world, dispute = in_california()
    in_order(
        " ".join(read(dispute, world, "notice_of_motion")),
        "move under California Code of Civil Procedure section 2031.310 for an order compelling Jane Roe to serve",
        "on the ground that a statement of compliance is incomplete",
        "RELIEF SOUGHT",
        "Good cause for the discovery is shown in the memorandum, Code Civ. Proc., § 2031.310(b)(1).",
    )


def test_a_long_memorandum_has_both_tables_numbered_on_from_the_first_page(bells: list[int]) -> None:
    """Rule 3.1113(f) and (h): tables over 10 pages, Arabic numerals from the first page."""
    world, dispute = in_california(our_statement="\n\n".join([f"{CITED} {SENTENCE * 30}"] * 12))
    found = read(dispute, world)
    numbers = [re.search(r" (?:(\d+) )?MEMORANDUM OF POINTS[^.]*…?$", page) for page in found]
    assert [number and number[1] for number in numbers] == [None, *(str(n) for n in range(2, len(found) + 1))]
    cited = [str(n) for n, page in enumerate(found[3:], start=4) if "Greyhound" in page]
    table = next(page for page in found if page.startswith("TABLE OF AUTHORITIES"))
    assert f"Greyhound Corp. v. Superior Court (1961) 56 Cal.2d 355 {', '.join(cited)} Constitutions and Statutes" in table
    assert "Code Civ. Proc., § 2016.040" in table


def test_its_text_may_have_15_pages(bells: list[int]) -> None:
    """Rule 3.1113(d); what the court allows beyond is set on the dispute."""
    world, dispute = in_california()
    assert limit_of(dispute) == 15
    assert lacks(dispute) == ["The page limit is checked on the finished PDF: make the PDF of the present text first."]
    draft = made(dispute, world, "memorandum")
    assert (draft.measured["limit"], draft.measured["over_pages"], lacks(dispute)) == (15, 0, [])
    dispute.our_statement = "\n\n".join([SENTENCE * 30] * 22)
    dispute.save()
    draft = made(dispute, world, "memorandum")
    assert draft.measured["pages"] > 15
    assert lacks(dispute)[0].startswith(f"{draft.measured['pages']} pages count, 15 are allowed:")
    dispute.page_limit = 40
    assert limit_of(dispute) == 40


def test_one_of_more_than_15_pages_opens_with_a_summary_of_argument(bells: list[int]) -> None:
    """Rule 3.1113(f): where the court allowed more than 15 pages, the paragraphs that were written as a summary open it."""
    world, dispute = in_california(
        our_statement="\n\n".join([SENTENCE * 30] * 22), introduction="The bid was made in May.", page_limit=40
    )
    assert [one for one in lacks(dispute) if "3.1113(f)" in one] == []
    pages_of = made(dispute, world, "memorandum").measured["pages"]
    assert lacks(dispute) == [
        f"{pages_of} pages count. A memorandum of more than 15 must open with a summary of argument, Cal. Rules of Court, rule "
        "3.1113(f): begin a paragraph of the introduction with *Summary of argument.*."
    ]
    dispute.introduction = (
        f"*Summary of argument.* Nobody else has them.\n\nThe law is plain: {CITED}\n\n*Facts.* The bid was made."
    )
    dispute.save()
    found = " ".join(read(dispute, world))
    in_order(
        found,
        "TABLE OF CONTENTS SUMMARY OF ARGUMENT",
        "TABLE OF AUTHORITIES",
        "Greyhound Corp.",
        "SUMMARY OF ARGUMENT Nobody else has them.",
        f"The law is plain: {CITED}",
        "STATEMENT OF FACTS",
        "Facts. The bid was made.",
    )
    assert lacks(dispute) == []


@pytest.mark.parametrize(
    ("introduction", "summary", "rest"),
    [
        ("The bid was made.", "", "The bid was made."),
        ("First.\n\n* summary of the ARGUMENT *: One.\n\nTwo.\n\n*Facts.* Three.", "One.\n\nTwo.", "First.\n\n*Facts.* Three."),
        ("*Summary of argument.*", "", ""),
        ("No *Summary of argument.* inside a line.", "", "No *Summary of argument.* inside a line."),
    ],
)
def test_only_what_is_called_a_summary_is_one(introduction: str, summary: str, rest: str) -> None:
    assert summary_apart(introduction) == (summary, rest)


def test_a_court_offers_the_papers_that_it_knows(world: World) -> None:
    motion = started(world, rows_of(world, 1, party=True), DisputeKind.MOTION_TO_COMPEL)
    assert ("memorandum" in offered_papers(motion), limit_of(motion)) == (False, None)
    with pytest.raises(Refused, match="the memorandum is part of the motion: make the outline"):
        request_draft(motion, "memorandum", by=world.alice)
    california, theirs = in_california()
    with pytest.raises(Refused, match="Make the memorandum instead"):
        request_draft(theirs, "motion_outline", by=california.alice)


def test_each_kind_of_request_has_its_section(bells: list[int]) -> None:
    """Code Civ. Proc. 2030.300 and 2031.310 together; only inspection demands need good cause."""
    world, dispute = in_california(1, kinds=(DemandKind.RFP, DemandKind.ROG))
    text = " ".join(read(dispute, world))
    for section in ("2030.300", "2031.310"):
        assert f"Code Civ. Proc., § {section}." in text
    assert text.count("good cause for the discovery") == 1


def test_requests_of_two_sets_are_told_apart_by_set_and_number(bells: list[int]) -> None:
    """Rule 3.1345(d); the hearing and its department on the first page of each paper, rule 3.1110(b)."""
    world, dispute = in_california(3, kinds=(DemandKind.RFP, DemandKind.RFP))
    for number, demand in enumerate(world.case.demands.order_by("pk"), start=1):
        type(demand.request_set).objects.filter(pk=demand.request_set_id).update(number=number)
    dispute.hearing_on, dispute.hearing_at, dispute.courtroom = date(2025, 9, 11), time(8, 30), "Dept. 53"
    dispute.save()
    told = "Request For Production Nos. 1–3 (Set One) and Request For Production Nos. 1–3 (Set Two): still open."
    for paper in ("notice_of_motion", "memorandum", "separate_statement"):
        text = " ".join(read(dispute, world, paper))
        in_order(text, "Date: September 11, 2025 Time: 8:30 a.m. Department: 53", "(Set One)", "(Set Two)")
        where = "in Department 53 of the Superior Court of the State of California" in text
        assert (paper, told in text, where) == (paper, paper != "separate_statement", paper == "notice_of_motion")
    dispute.courtroom = ""
    dispute.save()
    in_order(" ".join(read(dispute, world, "separate_statement")), "Department: __________")
