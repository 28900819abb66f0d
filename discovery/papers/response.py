"""Responses and objections: each request as it was served, followed at once by its response (forms.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from discovery.papers.parts import Section, certificate_context, court_context, court_section
from discovery.papers.passages import Passage, passages
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, Labelled, Signature, printed
from discovery.papers.standing import Unversioned

PARTS = ("response",)


@dataclass(frozen=True, slots=True)
class PrintedObjection:
    """An objection: "Undue burden or expense", why, and the rule it rests on."""

    ground: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """A request verbatim, and what is said to it."""

    heading: str  # "REQUEST FOR PRODUCTION NO. 1:"
    request: str
    response_heading: str  # "RESPONSE TO REQUEST FOR PRODUCTION NO. 1:"
    objections: tuple[PrintedObjection, ...]
    withholding: str  # a sentence, or ""
    paragraphs: tuple[str, ...]  # the words of the response, then what will be produced, by when, under which numbers


@printed
@dataclass(frozen=True, slots=True)
class ResponsePaper(Unversioned):
    """Our response to a set or a subpoena; DRAFT across its pages until it is served."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("response",)
    caption: Caption
    counsel: CounselBlock
    title: str  # "JOHN DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF’S FIRST SET OF ..."
    parties: tuple[Labelled, ...]  # Propounding Party, Responding Party, Set No.
    preliminary: str
    general_objections: str
    answers_heading: str  # "RESPONSES TO REQUESTS FOR PRODUCTION"
    answers: tuple[PrintedAnswer, ...]
    signature: Signature
    verification: str  # the declaration under oath, or "" where none is needed
    verified_by: str  # a natural person, who swears in person; "": the officer or agent writes name and title by hand
    certificate: Certificate
    served: bool
    created: str

    @property
    def final(self) -> bool:
        """Whether it was served: until then DRAFT stands on every page."""
        return self.served

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.counsel.firm or self.parties[1].lines[0]


def response_sections(paper: ResponsePaper) -> tuple[Section, ...]:
    """Return the response's one section."""
    last = len(paper.answers) - 1
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Response"),
        "parties": paper.parties,
        "preliminary": passages(paper.preliminary),
        "general_objections": passages(paper.general_objections),
        "answers_heading": paper.answers_heading,
        "answers": [
            {
                "heading": one.heading,
                "request": passages(one.request),
                "response_heading": one.response_heading,
                "objections": [
                    {"ground": made.ground, "rule": made.rule, "first": made.reason, "rest": ()}
                    if len(passages(made.reason)) < 2
                    else {"ground": made.ground, "rule": made.rule, "first": "", "rest": passages(made.reason)}
                    for made in one.objections
                ],
                "withholding": one.withholding,
                "paragraphs": _ending([passage for text in one.paragraphs for passage in passages(text)], number == last),
            }
            for number, one in enumerate(paper.answers)
        ],
        "signature": paper.signature,
        "verification": passages(paper.verification),
        "verified_by": paper.verified_by,
        "certificate": certificate_context(paper.certificate, paper.caption),
    }
    return (court_section("response", "response.html", context, paper.caption, "response"),)


def _ending(paragraphs: list[Passage], last: bool) -> list[Passage]:
    """Return an answer's paragraphs; the very last one keeps the one before it, so that no signature has a single line above it."""
    if not last or not paragraphs:
        return paragraphs
    return [*paragraphs[:-1], replace(paragraphs[-1], style=f"{paragraphs[-1].style} ends")]
