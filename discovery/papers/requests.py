"""Sets of requests that one party serves on another: requests for production, interrogatories, requests for admission
(forms.md section 3), and the courtesy copy that leaves room for the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.parts import Section, certificate_context, court_context, court_section, items_context
from discovery.papers.passages import passages
from discovery.papers.snapshots import (
    Caption,
    Certificate,
    CounselBlock,
    Labelled,
    NumberedItem,
    PrintedExhibit,
    PrintedRequest,
    Signature,
    printed,
)
from discovery.papers.standing import Approval, ApprovedByVersion, OfTheOffice

PARTS = ("requests",)
COURTESY_PARTS = ("courtesy",)


@dataclass(frozen=True, slots=True)
class Necessity:
    """The declaration by which California lets a party ask more than 35 (CCP 2030.050, 2033.050); signed by hand."""

    title: str  # "DECLARATION FOR ADDITIONAL DISCOVERY", or "" where none is served
    paragraphs: tuple[str, ...]
    signer: str


@printed
@dataclass(frozen=True, slots=True)
class RequestsPaper(ApprovedByVersion):
    """A party set as it is approved; its certificate of service alone is filled in later, from the record."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("requests",)
    caption: Caption
    counsel: CounselBlock
    title: str  # "OPENAI DEFENDANTS’ FIRST SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF ELON MUSK"
    parties: tuple[Labelled, ...]  # Propounding Party, Responding Party, Set No.
    addressed_to: str  # "TO: ...", or ""
    lead: str  # "PLEASE TAKE NOTICE,", or ""
    preamble: str
    definitions_note: str
    definitions: tuple[NumberedItem, ...]
    instructions: tuple[NumberedItem, ...]
    relevant_period: str
    requests_heading: str
    requests: tuple[PrintedRequest, ...]
    signature: Signature
    exhibits: tuple[PrintedExhibit, ...]
    necessity: Necessity
    certificate: Certificate
    other_method: str  # how it was served, when the certificate has no box for it; else ""
    approval: Approval
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.counsel.firm


@dataclass(frozen=True, slots=True)
class Shell:
    """A request as it was served, with the heading of the answer that is to stand under it."""

    heading: str  # "REQUEST FOR PRODUCTION NO. 1:"
    text: str
    response_heading: str  # "RESPONSE TO REQUEST FOR PRODUCTION NO. 1:"


@printed
@dataclass(frozen=True, slots=True)
class CourtesyPaper(OfTheOffice):
    """The requests alone, each with room for its response: what one side sends the other to type into."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("courtesy",)
    caption: Caption
    title: str
    parties: tuple[Labelled, ...]
    requests_heading: str
    shells: tuple[Shell, ...]
    author: str
    created: str


def requests_sections(paper: RequestsPaper) -> tuple[Section, ...]:
    """Return the one section of a party set."""
    certificate = certificate_context(paper.certificate, paper.caption)
    if paper.other_method:  # the boxes are those of the Federal Rules
        certificate["methods"] = [{"label": paper.other_method, "chosen": True}]
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark=_bookmark(paper.requests_heading)),
        "parties": paper.parties,
        "addressed_to": paper.addressed_to,
        "lead": paper.lead,
        "preamble": passages(paper.preamble),
        "definitions_note": passages(paper.definitions_note),
        "definitions": items_context(paper.definitions),
        "instructions": items_context(paper.instructions),
        "relevant_period": passages(paper.relevant_period),
        "requests_heading": paper.requests_heading,
        "requests": [_request(one) for one in paper.requests],
        "signature": paper.signature,
        "exhibits": [
            {
                "name": f"Exhibit {exhibit.letter}",
                "title": exhibit.title,
                "introduction": passages(exhibit.introduction),
                "entries": items_context(exhibit.items),
            }
            for exhibit in paper.exhibits
        ],
        "necessity": {"title": paper.necessity.title, "signer": paper.necessity.signer},
        "necessary": [passage for text in paper.necessity.paragraphs for passage in passages(text)],
        "certificate": certificate,
    }
    return (court_section("requests", "requests.html", context, paper.caption, "requests"),)


def courtesy_sections(paper: CourtesyPaper) -> tuple[Section, ...]:
    """Return the one section of a courtesy copy."""
    nobody = CounselBlock((), "", (), "", "", "")  # who answers puts its own counsel there
    context = {
        **court_context(paper.language, paper.caption, nobody, paper.title, bookmark=_bookmark(paper.requests_heading)),
        "parties": paper.parties,
        "requests_heading": paper.requests_heading,
        "shells": [
            {"heading": one.heading, "passages": passages(one.text), "response_heading": one.response_heading}
            for one in paper.shells
        ],
    }
    return (court_section("courtesy", "courtesy_copy.html", context, paper.caption, "requests"),)


def _request(request: PrintedRequest) -> dict[str, Any]:
    return {"heading": request.heading, "passages": passages(request.text), "custodians": "; ".join(request.custodians)}


def _bookmark(heading: str) -> str:
    """Return a heading in capitals as a bookmark writes it: "Requests for production"."""
    return heading.capitalize()
