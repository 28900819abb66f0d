"""Snapshot to HTML: which parts each kind of paper has, and who makes them. The same HTML for the screen and for the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from discovery.papers import (
    binder,
    cover_letter,
    declaration,
    deposition,
    dispute_letter,
    dispute_papers,
    joint_letter,
    memo,
    motion_papers,
    preservation,
    privilege_log,
    proof_of_service,
    redline,
    requests,
    response,
    status_report,
    subpoena,
    verification,
)
from discovery.papers.cover_letter import CoverLetterPaper
from discovery.papers.declaration import DeclarationPaper
from discovery.papers.deposition import DepositionPaper
from discovery.papers.dispute_letter import DisputeLetterPaper
from discovery.papers.errors import PaperRefused
from discovery.papers.joint_letter import JointLetterPaper
from discovery.papers.parts import Section
from discovery.papers.preservation import PreservationPaper
from discovery.papers.privilege_log import LogPaper
from discovery.papers.redline import RedlinePaper
from discovery.papers.requests import CourtesyPaper, RequestsPaper
from discovery.papers.response import ResponsePaper
from discovery.papers.snapshots import Paper
from discovery.papers.status_report import StatusPaper
from discovery.papers.subpoena_snapshot import SubpoenaPaper
from discovery.papers.verification import VerificationPaper


@dataclass(frozen=True, slots=True)
class Make:
    """How a kind of paper becomes sections: the parts that it may name, and the function that makes them in printing order.

    `measure`, for a paper with a limit, takes it and its sections with their laid-out documents and returns what was counted.
    """

    parts: tuple[str, ...]
    sections: Callable[[Any], tuple[Section, ...]]
    measure: Callable[[Any, list[tuple[Section, Any]]], dict[str, Any]] | None = None


MAKES: dict[type, Make] = {
    SubpoenaPaper: Make(subpoena.PARTS, subpoena.subpoena_sections),
    DepositionPaper: Make(deposition.PARTS, deposition.deposition_sections),
    DeclarationPaper: Make(declaration.PARTS, declaration.declaration_sections),
    proof_of_service.ProofPaper: Make(proof_of_service.PROOF_PARTS, proof_of_service.proof_sections),
    proof_of_service.CertificatePaper: Make(proof_of_service.CERTIFICATE_PARTS, proof_of_service.certificate_sections),
    memo.MemoPaper: Make(memo.PARTS, memo.memo_sections),
    JointLetterPaper: Make(joint_letter.PARTS, joint_letter.joint_letter_sections, joint_letter.measured),
    DisputeLetterPaper: Make(dispute_letter.PARTS, dispute_letter.dispute_letter_sections),
    dispute_papers.ChartPaper: Make(dispute_papers.CHART_PARTS, dispute_papers.chart_sections),
    dispute_papers.StatementPaper: Make(dispute_papers.STATEMENT_PARTS, dispute_papers.statement_sections),
    dispute_papers.OutlinePaper: Make(
        dispute_papers.OUTLINE_PARTS, dispute_papers.outline_sections, dispute_papers.outline_measured
    ),
    CoverLetterPaper: Make(cover_letter.PARTS, cover_letter.cover_letter_sections),
    motion_papers.NoticeOfMotionPaper: Make(motion_papers.NOTICE_PARTS, motion_papers.notice_sections),
    motion_papers.ProposedOrderPaper: Make(motion_papers.ORDER_PARTS, motion_papers.order_sections),
    PreservationPaper: Make(preservation.PARTS, preservation.preservation_sections),
    StatusPaper: Make(status_report.PARTS, status_report.status_sections),
    LogPaper: Make(privilege_log.PARTS, privilege_log.log_sections),
    RedlinePaper: Make(redline.PARTS, redline.redline_sections),
    ResponsePaper: Make(response.PARTS, response.response_sections),
    RequestsPaper: Make(requests.PARTS, requests.requests_sections),
    CourtesyPaper: Make(requests.COURTESY_PARTS, requests.courtesy_sections),
    VerificationPaper: Make(verification.PARTS, verification.verification_sections),
    binder.BinderPaper: Make(binder.PARTS, binder.binder_sections),
}
"""By the type of the snapshot. A new kind of paper has its snapshot and its sections in a module of its own, and a line here."""


def sections(paper: Paper) -> tuple[Section, ...]:
    """Return the sections of a paper in printing order.

    Raises PaperRefused for a part that this release does not know, no part at all, and a form edition that is missing.
    """
    make = MAKES[type(paper)]
    unknown = [part for part in paper.parts if part not in make.parts]
    if unknown or not paper.parts:
        raise PaperRefused(gettext("This release cannot print the part “%(part)s” of a paper.") % {"part": ", ".join(unknown)})
    return make.sections(paper)


def measured(paper: Paper, made: list[tuple[Section, Any]]) -> dict[str, Any]:
    """Return what was counted on the laid-out sections of a paper; empty for a kind without a limit."""
    measure = MAKES[type(paper)].measure
    return measure(paper, made) if measure is not None else {}
