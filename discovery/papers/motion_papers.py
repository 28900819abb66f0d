"""What goes to the court with a motion to compel: the notice of motion, and the order that the court is asked to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.dispute_papers import MotionPaper
from discovery.papers.parts import Section, court_context, court_section
from discovery.papers.passages import passages
from discovery.papers.snapshots import Signature, printed

NOTICE_PARTS = ("notice",)
ORDER_PARTS = ("order",)


@dataclass(frozen=True, slots=True)
class AskedRequest:
    """What is asked for, or to be ordered, on one request."""

    heading: str  # "Request For Production No. 3"
    text: str  # "Meta Platforms, Inc. shall produce ..."
    narrowed: str = ""  # the narrower text that was agreed
    narrowed_how: str = ""  # "As narrowed by agreement on August 1, 2025"


@dataclass(frozen=True, slots=True)
class NoticePart:
    """A heading of the notice with its paragraphs; `points` stand below them as a list."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()


@printed
@dataclass(frozen=True, slots=True)
class NoticeOfMotionPaper(MotionPaper):
    """A notice of motion: when and where, what is asked for on each request, on what grounds, and that counsel conferred."""

    addressed_to: str
    notice: str
    relief_heading: str
    relief: str
    asked: tuple[AskedRequest, ...]
    further: tuple[NoticePart, ...]
    signature: Signature


@printed
@dataclass(frozen=True, slots=True)
class ProposedOrderPaper(MotionPaper):
    """The order as the movant proposes it: nobody but the judge signs it."""

    recital: str
    ordered: tuple[AskedRequest, ...]
    further: tuple[str, ...]  # paragraphs that are numbered on after the requests
    judge: str  # "Hon. Thomas S. Hixson", or "" for a blank
    judge_title: str  # "United States Magistrate Judge"


def notice_sections(paper: NoticeOfMotionPaper) -> tuple[Section, ...]:
    """Return the notice's one section."""
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Notice of motion"),
        "addressed_to": paper.addressed_to,
        "notice": passages(paper.notice),
        "relief_heading": paper.relief_heading,
        "relief": passages(paper.relief),
        "asked": [_asked(one) for one in paper.asked],
        "further": [_part(one) for one in paper.further],
        "signature": paper.signature,
    }
    return (court_section("notice", "notice_of_motion.html", context, paper.caption, "dispute_motion"),)


def order_sections(paper: ProposedOrderPaper) -> tuple[Section, ...]:
    """Return the proposed order's one section."""
    numbered = [(str(place), _asked(one)) for place, one in enumerate(paper.ordered, start=1)]
    begun = len(numbered)
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="[Proposed] order"),
        "recital": passages(paper.recital),
        "ordered": numbered,
        "further": [(str(place), text) for place, text in enumerate(paper.further, start=begun + 1)],
        "judge": paper.judge,
        "judge_title": paper.judge_title,
    }
    return (court_section("order", "proposed_order.html", context, paper.caption, "dispute_motion"),)


def _asked(one: AskedRequest) -> dict[str, Any]:
    return {
        "heading": one.heading,
        "passages": passages(one.text),
        "narrowed": passages(one.narrowed),
        "narrowed_how": one.narrowed_how,
    }


def _part(part: NoticePart) -> dict[str, Any]:
    found = [passage for text in part.paragraphs for passage in passages(text)]
    return {"heading": part.heading, "passages": found, "points": part.points}
