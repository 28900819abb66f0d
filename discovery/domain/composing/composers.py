"""Which papers there are, of what each is made, and who composes it. `drafting` asks here; a new kind of paper has a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.composing.binder import BINDER_ROWS, compose_binder
from discovery.domain.composing.cover_letter import COVER_LETTER_ROWS, compose_cover_letter
from discovery.domain.composing.declaration import compose_declaration
from discovery.domain.composing.dispute_papers import compose_chart, compose_statement
from discovery.domain.composing.letters import DISPUTE_ROWS, compose_joint, compose_letter
from discovery.domain.composing.log import LOG_ROWS, compose_log
from discovery.domain.composing.memo import MEMO_ROWS, compose_memo
from discovery.domain.composing.memorandum import compose_memorandum
from discovery.domain.composing.motion_papers import compose_notice, compose_order
from discovery.domain.composing.outline import compose_outline
from discovery.domain.composing.preservation import PRESERVATION_ROWS, compose_preservation
from discovery.domain.composing.proof import compose_proof
from discovery.domain.composing.redline import CHOICES as WORDINGS
from discovery.domain.composing.redline import compose_redline
from discovery.domain.composing.requests import compose_courtesy, compose_requests
from discovery.domain.composing.response import RESPONSE_ROWS, compose_response
from discovery.domain.composing.status_report import STATUS_ROWS, compose_status
from discovery.domain.composing.subpoena import PARTS, compose
from discovery.domain.composing.testimony import compose_deposition, compose_subpoena
from discovery.domain.composing.verification import compose_verification
from discovery.domain.errors import Refused
from discovery.domain.locking import PRINTED, lock_demand
from discovery.enums import PARTY_SETS, SUBPOENAS, DemandKind, DemandStatus, DisputeKind, PaperKind, Side
from discovery.law.motions import all_motion_rules
from discovery.models import (
    Binder,
    BinderTab,
    Case,
    ConferredRequest,
    Deadline,
    Demand,
    Dispute,
    PreservationDemand,
    PrivilegeLog,
    Production,
    Response,
)
from discovery.papers.snapshots import Paper
from discovery.papers.subpoena_snapshot import SubpoenaPaper

if TYPE_CHECKING:
    from discovery.models.base import Reader


CASE_OF = {"response": "demand__case", "case": "pk"}
"""Where the case of a paper's row stands, by subject; "case" with all others."""


@dataclass(frozen=True, slots=True)
class Composer:
    """How a kind of paper is composed: of a row of `model`, which `Draft.<subject>` names, fetched with `rows`.

    `compose(row, paper)` returns the snapshot, or raises Refused with what to do first. `of` says which rows can have such a
    paper at all, for lists of them. `choices` are the names of what may be chosen (which two versions ...), each a number; such
    a `compose` takes them as a third argument, or None for what is usual.
    """

    subject: str
    model: type[models.Model]
    compose: Callable[..., Paper]
    rows: tuple[str, ...] = ()
    of: Q = field(default_factory=Q)
    choices: tuple[str, ...] = ()

    def snapshot(self, row: Any, paper: str, choices: Mapping[str, int] | None = None) -> Paper:
        """Return the snapshot of a paper of a row. Raises Refused with what to do first."""
        return self.compose(row, paper, choices) if self.choices else self.compose(row, paper)

    def rows_seen_by(self, user: Reader) -> models.QuerySet[Any]:
        """Return the rows that such a paper can be made of and that a user may see."""
        seen: models.QuerySet[Any] = self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
        return seen.filter(self.of).select_related(*self.rows).order_by("pk")

    def rows_made_by(self, user: Reader) -> models.QuerySet[Any]:
        """Return the rows that a user may make such a paper of: readers of a case make none."""
        editable = self.model._default_manager.editable_by(user)  # type: ignore[attr-defined]
        return self.rows_seen_by(user).filter(pk__in=editable.values("pk"))

    def rows_of_case(self, case: Case, user: Reader) -> models.QuerySet[Any]:
        """Return the rows of one case that a user may make such a paper of."""
        return self.rows_made_by(user).filter(**{CASE_OF.get(self.subject, "case"): case.pk})


def _subpoena(demand: Demand, paper: str) -> SubpoenaPaper:
    if demand.kind not in SUBPOENAS or paper not in PARTS:
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": demand})
    return compose(demand, paper) if demand.kind == DemandKind.SUBPOENA_DOCUMENTS else compose_subpoena(demand, paper)


def _of_dispute(compose: Callable[[Any, str], Paper], of: Q | None = None) -> Composer:
    return Composer("dispute", Dispute, compose, DISPUTE_ROWS, of or Q())


SUBPOENAED = Q(kind__in=SUBPOENAS)
DEPOSED = Q(kind=DemandKind.DEPOSITION.value)
SERVED = Q(status=DemandStatus.SERVED.value)
SETS = Q(kind__in=PARTY_SETS)
OF_OURS = Q(status__in=(DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value)) | Q(approved_snapshot__isnull=False)
"""Demands whose paper is made here; a set that was served on paper made elsewhere has none."""
COPIED = Q(status__in=(DemandStatus.APPROVED.value, DemandStatus.SERVED.value)) & Q(
    kind__in=(*PARTY_SETS, DemandKind.SUBPOENA_DOCUMENTS.value)  # testimony is given by mouth: there is nothing to type in
)
MOVED = Q(side=Side.OURS.value, kind=DisputeKind.MOTION_TO_COMPEL.value)
MEMORANDUM_APART = reduce(
    or_,
    (
        Q(case__court__rule_set__startswith=begins)
        for rules in all_motion_rules()
        for begins in rules.rule_sets
        if PaperKind.MEMORANDUM.value in rules.papers
    ),
)
"""Motions in courts whose rules want a memorandum beside the motion."""
CONFERRED = SERVED & Q(pk__in=ConferredRequest.objects.order_by().values("row__demand"))

FILLED = Q(pk__in=BinderTab.objects.order_by().values("binder"))

COMPOSERS: dict[str, Composer] = {
    **dict.fromkeys(PARTS, Composer("demand", Demand, _subpoena, PRINTED, SUBPOENAED)),
    PaperKind.DEPOSITION_NOTICE.value: Composer("demand", Demand, compose_deposition, PRINTED, DEPOSED),
    PaperKind.REQUESTS.value: Composer("demand", Demand, compose_requests, PRINTED, SETS & OF_OURS),
    PaperKind.COURTESY_COPY.value: Composer("demand", Demand, compose_courtesy, PRINTED, COPIED),
    PaperKind.VERIFICATION.value: Composer("response", Response, compose_verification, RESPONSE_ROWS),
    PaperKind.CONFERRAL_DECLARATION.value: Composer("demand", Demand, compose_declaration, PRINTED, CONFERRED),
    PaperKind.PROOF_OF_SERVICE.value: Composer("demand", Demand, compose_proof, PRINTED, SERVED),
    PaperKind.REDLINE.value: Composer("demand", Demand, compose_redline, PRINTED, choices=WORDINGS),
    PaperKind.DEADLINE_MEMO.value: Composer("deadline", Deadline, compose_memo, MEMO_ROWS, Q(derivation__isnull=False)),
    PaperKind.DISPUTE_CHART.value: _of_dispute(compose_chart),
    PaperKind.SEPARATE_STATEMENT.value: _of_dispute(compose_statement, MOVED),
    PaperKind.MOTION_OUTLINE.value: _of_dispute(compose_outline, MOVED),
    PaperKind.MEMORANDUM.value: _of_dispute(compose_memorandum, MOVED & MEMORANDUM_APART),
    PaperKind.NOTICE_OF_MOTION.value: _of_dispute(compose_notice, MOVED),
    PaperKind.PROPOSED_ORDER.value: _of_dispute(compose_order, MOVED),
    PaperKind.COVER_LETTER.value: Composer(
        "production", Production, compose_cover_letter, COVER_LETTER_ROWS, Q(side=Side.OURS.value)
    ),
    PaperKind.PRIVILEGE_LOG.value: Composer("log", PrivilegeLog, compose_log, LOG_ROWS),
    PaperKind.PRESERVATION.value: Composer("preservation", PreservationDemand, compose_preservation, PRESERVATION_ROWS),
    # Of the case itself: `Draft.case` is its subject, and the other columns stay empty.
    PaperKind.STATUS_REPORT.value: Composer("case", Case, compose_status, STATUS_ROWS),
    **dict.fromkeys(
        (PaperKind.SLIP_SHEETS.value, PaperKind.BINDER.value),
        Composer("binder", Binder, compose_binder, BINDER_ROWS, FILLED),
    ),
    PaperKind.RESPONSE.value: Composer("response", Response, compose_response, RESPONSE_ROWS),
    PaperKind.JOINT_LETTER.value: _of_dispute(compose_joint, Q(kind=DisputeKind.JOINT_LETTER.value)),
    PaperKind.DEFICIENCY_LETTER.value: _of_dispute(compose_letter, Q(kind=DisputeKind.DEFICIENCY_LETTER.value)),
    PaperKind.CONFERRAL_LETTER.value: _of_dispute(compose_letter, Q(kind=DisputeKind.CONFERRAL_LETTER.value)),
}


def composer_of(subject: models.Model, paper: str) -> Composer:
    """Return the composer of a paper of a row. Raises Refused for a paper that such a row does not have."""
    composer = COMPOSERS.get(paper)
    if composer is None or not isinstance(subject, composer.model):
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": subject})
    return composer


def case_of(subject: models.Model) -> Case:
    """Return the case of a row that a paper is made of."""
    if isinstance(subject, Case):
        return subject
    case = subject.demand.case if isinstance(subject, Response) else subject.case  # type: ignore[attr-defined]
    assert isinstance(case, Case)
    return case


def locked(subject: models.Model, composer: Composer) -> Any:
    """Lock the row that a paper is composed from and return it as it is stored now."""
    if isinstance(subject, Demand):
        return lock_demand(subject)
    rows = composer.model._default_manager.select_for_update(of=("self",)).select_related(*composer.rows)
    return rows.get(pk=subject.pk)
