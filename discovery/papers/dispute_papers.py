"""The papers of a dispute: the chart of requests (landscape), the separate statement of California, the outline of a motion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.papers.authorities import PrintedAuthority
from discovery.papers.contents import with_contents
from discovery.papers.disputed import argued
from discovery.papers.measuring import measure, pages_that_count
from discovery.papers.parts import Section, court_context, fill_template, items_context
from discovery.papers.passages import passages
from discovery.papers.snapshots import Caption, CounselBlock, NumberedItem, Signature, printed
from discovery.papers.standing import Unversioned

CHART_PARTS = ("chart",)
STATEMENT_PARTS = ("statement",)
OUTLINE_PARTS = ("outline",)
TALL = 1_200
"""Characters of a cell of the chart, some twenty lines: a longer row goes on over the page (papers.privilege_log.TALL says why)."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One line of the chart; `theme` is a heading over it and those that follow, or ''."""

    theme: str
    request: str  # "Request For Production No. 3"
    responder: str  # "Meta Platforms, Inc."
    text: str
    narrowed: str
    narrowed_how: str  # "As narrowed by agreement on August 1, 2025"
    position: str
    same_as: str  # "Request For Production No. 3" when the position is the same as there, or ''


@printed
@dataclass(frozen=True, slots=True)
class ChartPaper(Unversioned):
    """The chart of a dispute (forms.md section 6), attached to a letter or motion."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("chart",)
    case_line: str  # "ELON MUSK, et al. v. SAMUEL ALTMAN, et al., No. ..."
    court_line: str
    title: str
    subject: str
    rows: tuple[ChartRow, ...]
    submitted: bool
    office: str
    created: str

    @property
    def final(self) -> bool:
        """Whether it is printed without DRAFT across every page: once the dispute was sent or filed."""
        return self.submitted

    @property
    def author(self) -> str:
        """The firm."""
        return self.office


@dataclass(frozen=True, slots=True)
class MotionPaper(Unversioned):
    """What every paper of a motion has: the court's caption, our counsel, and DRAFT until the motion is filed."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # one: its kind
    caption: Caption  # a notice has date, hour and courtroom of the hearing among its lines
    counsel: CounselBlock
    title: str
    submitted: bool
    created: str

    @property
    def final(self) -> bool:
        """Whether it is printed without DRAFT across every page: once the motion was filed."""
        return self.submitted

    @property
    def author(self) -> str:
        """The firm."""
        return self.counsel.firm


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """A response quoted: "Response (served July 2, 2025)", its words, the objections as recorded."""

    heading: str
    text: str
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotedRequest:
    """A request in full, followed at once by its responses, then why it should be answered."""

    heading: str
    text: str
    narrowed: str
    narrowed_how: str
    answers: tuple[PrintedAnswer, ...]
    reasons: str
    proposal: str


@printed
@dataclass(frozen=True, slots=True)
class StatementPaper(MotionPaper):
    """A separate statement, Cal. Rules of Court, rule 3.1345(c): everything verbatim, nothing by reference."""

    introduction: str
    definitions: tuple[NumberedItem, ...]
    requests: tuple[QuotedRequest, ...]
    signature: Signature


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A heading of the outline with its paragraphs; `points` stand below them as a list."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()


@printed
@dataclass(frozen=True, slots=True)
class OutlinePaper(MotionPaper):
    """The outline of a motion to compel (notice, relief, background, standard, requests with responses, conferral), or the
    memorandum of points and authorities that goes with a motion, which quotes no requests."""

    before: tuple[OutlinePart, ...]
    requests_heading: str  # "" without requests
    requests: tuple[QuotedRequest, ...]
    after: tuple[OutlinePart, ...]
    signature: Signature
    authorities: tuple[PrintedAuthority, ...]  # what it cites, in the order of the table
    limit: int  # pages that its text may have, 0 where no rule on record says


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """The rows below one theme, as the template shows them: one body of the table each."""

    theme: str
    rows: list[dict[str, Any]]


def chart_sections(paper: ChartPaper) -> tuple[Section, ...]:
    """Return the chart's one section."""
    groups: list[ChartGroup] = []
    for row in paper.rows:
        if not groups or row.theme != groups[-1].theme:
            groups.append(ChartGroup(row.theme, []))
        groups[-1].rows.append(
            {
                "row": row,
                "text": passages(row.text),
                "narrowed": passages(row.narrowed),
                "position": passages(row.position),
                "tall": max(len(row.text) + len(row.narrowed), len(row.position)) > TALL,
            }
        )
    # Where the requests do not name them themselves, as in charts of an earlier release.
    several = len({row.responder for row in paper.rows if f"to {row.responder}" not in row.request}) > 1
    context = {"language": paper.language, "paper": paper, "groups": groups, "several": several}
    return (Section("chart", fill_template("dispute_chart.html", context), ("common", "dispute_chart")),)


def statement_sections(paper: StatementPaper) -> tuple[Section, ...]:
    """Return the separate statement's one section."""
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Separate statement"),
        "introduction": passages(paper.introduction),
        "definitions": items_context(paper.definitions),
        "requests": [_quoted(one) for one in paper.requests],
        "signature": paper.signature,
    }
    return (with_contents("statement", "separate_statement.html", context, paper.caption, "dispute_motion"),)


def outline_sections(paper: OutlinePaper) -> tuple[Section, ...]:
    """Return the one section of the outline or memorandum; a long one has its tables of contents and authorities."""
    bookmark = "Motion to compel" if paper.requests else "Memorandum of points and authorities"
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark=bookmark),
        "before": [_part(one) for one in paper.before],
        "requests_heading": paper.requests_heading,
        "requests": [_quoted(one) for one in paper.requests],
        "after": [_part(one) for one in paper.after],
        "signature": paper.signature,
    }
    template = "motion_outline.html"
    return (with_contents("outline", template, context, paper.caption, "dispute_motion", authorities=paper.authorities),)


def outline_measured(paper: OutlinePaper, made: list[tuple[Section, Any]]) -> dict[str, Any]:
    """Return how many pages of text it has against its limit (tables and a first page of their own do not count), and how many
    authorities are listed.

    Cal. Rules of Court, rule 3.1113(d): neither caption page nor tables (confirmed, text of the rule).
    """
    listed = {(one.group, one.listed) for one in paper.authorities if one.listed}
    return {**measure(pages_that_count(made, OUTLINE_PARTS), paper.limit), "authorities": len(listed)}


def _quoted(one: QuotedRequest) -> dict[str, Any]:
    return {
        "heading": one.heading,
        "text": passages(one.text),
        "narrowed": passages(one.narrowed),
        "narrowed_how": one.narrowed_how,
        "answers": [
            {"heading": answer.heading, "text": passages(answer.text), "objections": answer.objections} for answer in one.answers
        ],
        "reasons": passages(one.reasons),
        "proposal": passages(one.proposal),
    }


def _part(part: OutlinePart) -> dict[str, Any]:
    paragraphs = [paragraph for text in part.paragraphs for paragraph in argued(text)]
    return {"heading": part.heading, "passages": paragraphs, "points": part.points}
