"""A notice of deposition under Rule 30 as HTML: the notice, the matters for examination, the documents to bring."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.parts import Section, certificate_context, court_context, court_section
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, Signature, printed
from discovery.papers.standing import Approval, ApprovedByVersion
from discovery.papers.subpoena import examination_context, schedule_section
from discovery.papers.subpoena_snapshot import Examination, Schedule

PARTS = ("notice", "schedule", "documents")


@printed
@dataclass(frozen=True, slots=True)
class DepositionPaper(ApprovedByVersion):
    """Everything that a notice of deposition prints, Fed. R. Civ. P. 30(b). `parts` says which, in order."""

    paper: str  # enums.PaperKind value
    language: str
    document_title: str
    parts: tuple[str, ...]  # "notice", "schedule" for an organization, "documents" where some are to be brought
    caption: Caption
    counsel: CounselBlock
    title: str  # "NOTICE OF RULE 30(b)(6) DEPOSITION OF ..."
    addressed_to: str
    examination: Examination
    schedule: Schedule
    documents: tuple[Schedule, ...]
    signature: Signature
    certificate: Certificate
    approval: Approval
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.counsel.firm


def deposition_sections(paper: DepositionPaper) -> tuple[Section, ...]:
    """Return the sections that a notice of deposition names as its parts."""
    makers = {"notice": _notice, "schedule": _schedule, "documents": _documents}
    return tuple(section for part in paper.parts for section in makers[part](paper))


def _notice(paper: DepositionPaper) -> tuple[Section, ...]:
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Notice of deposition"),
        **examination_context(paper.examination, paper.counsel, paper.caption),
        "addressed_to": paper.addressed_to,
        "signature": paper.signature,
        "certificate": certificate_context(paper.certificate, paper.caption),
    }
    return (court_section("notice", "deposition_notice.html", context, paper.caption, "notice"),)


def _schedule(paper: DepositionPaper) -> tuple[Section, ...]:
    return (schedule_section("schedule", paper.language, paper.caption, paper.schedule),)


def _documents(paper: DepositionPaper) -> tuple[Section, ...]:
    return tuple(schedule_section("documents", paper.language, paper.caption, one) for one in paper.documents)
