"""Which papers there are, of what each is made, and who composes it. `drafting` asks here; a new kind of paper has a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from discovery.domain.composing.cover_letter import COVER_LETTER_ROWS, compose_cover_letter
from discovery.domain.composing.declaration import compose_declaration
from discovery.domain.composing.dispute_papers import compose_chart, compose_statement
from discovery.domain.composing.letters import DISPUTE_ROWS, compose_joint, compose_letter
from discovery.domain.composing.log import LOG_ROWS, compose_log
from discovery.domain.composing.memo import MEMO_ROWS, compose_memo
from discovery.domain.composing.outline import compose_outline
from discovery.domain.composing.proof import compose_proof
from discovery.domain.composing.response import RESPONSE_ROWS, compose_response
from discovery.domain.composing.subpoena import PARTS, compose
from discovery.domain.errors import Refused
from discovery.domain.locking import PRINTED, lock_demand
from discovery.enums import DemandKind, PaperKind
from discovery.models import Case, Deadline, Demand, Dispute, PrivilegeLog, Production, Response
from discovery.papers.snapshots import Paper, SubpoenaPaper


@dataclass(frozen=True, slots=True)
class Composer:
    """How a kind of paper is composed: of a row of `model`, which `Draft.<subject>` names, fetched with `rows`.

    `compose(row, paper)` returns the snapshot, or raises Refused with what to do first.
    """

    subject: str
    model: type[models.Model]
    compose: Callable[[Any, str], Paper]
    rows: tuple[str, ...] = ()


def _subpoena(demand: Demand, paper: str) -> SubpoenaPaper:
    if demand.kind != DemandKind.SUBPOENA_DOCUMENTS or paper not in PARTS:
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": demand})
    return compose(demand, paper)


COMPOSERS: dict[str, Composer] = {
    **dict.fromkeys(PARTS, Composer("demand", Demand, _subpoena, PRINTED)),
    PaperKind.CONFERRAL_DECLARATION.value: Composer("demand", Demand, compose_declaration, PRINTED),
    PaperKind.PROOF_OF_SERVICE.value: Composer("demand", Demand, compose_proof, PRINTED),
    PaperKind.DEADLINE_MEMO.value: Composer("deadline", Deadline, compose_memo, MEMO_ROWS),
    PaperKind.DISPUTE_CHART.value: Composer("dispute", Dispute, compose_chart, DISPUTE_ROWS),
    PaperKind.SEPARATE_STATEMENT.value: Composer("dispute", Dispute, compose_statement, DISPUTE_ROWS),
    PaperKind.MOTION_OUTLINE.value: Composer("dispute", Dispute, compose_outline, DISPUTE_ROWS),
    PaperKind.COVER_LETTER.value: Composer("production", Production, compose_cover_letter, COVER_LETTER_ROWS),
    PaperKind.PRIVILEGE_LOG.value: Composer("log", PrivilegeLog, compose_log, LOG_ROWS),
    PaperKind.RESPONSE.value: Composer("response", Response, compose_response, RESPONSE_ROWS),
    PaperKind.JOINT_LETTER.value: Composer("dispute", Dispute, compose_joint, DISPUTE_ROWS),
    PaperKind.DEFICIENCY_LETTER.value: Composer("dispute", Dispute, compose_letter, DISPUTE_ROWS),
    PaperKind.CONFERRAL_LETTER.value: Composer("dispute", Dispute, compose_letter, DISPUTE_ROWS),
}


def composer_of(subject: models.Model, paper: str) -> Composer:
    """Return the composer of a paper of a row. Raises Refused for a paper that such a row does not have."""
    composer = COMPOSERS.get(paper)
    if composer is None or not isinstance(subject, composer.model):
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": subject})
    return composer


def case_of(subject: models.Model) -> Case:
    """Return the case of a row that a paper is made of."""
    case = subject.demand.case if isinstance(subject, Response) else subject.case  # type: ignore[attr-defined]
    assert isinstance(case, Case)
    return case


def locked(subject: models.Model, composer: Composer) -> Any:
    """Lock the row that a paper is composed from and return it as it is stored now."""
    if isinstance(subject, Demand):
        return lock_demand(subject)
    rows = composer.model._default_manager.select_for_update(of=("self",)).select_related(*composer.rows)
    return rows.get(pk=subject.pk)
