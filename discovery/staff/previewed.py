"""What a screen shows of a paper that is being written: which paper, and what its preview needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discovery.domain.disputes.readiness import offered_papers
from discovery.enums import DemandKind, DemandStatus, DisputeStatus, PaperKind, ResponseStatus
from discovery.models import Demand, Dispute, PreservationDemand, Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db import models

PARTY_SETS = (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA)
PAPERS: dict[str, str] = {
    DemandKind.SUBPOENA_DOCUMENTS.value: PaperKind.SUBPOENA_PACKAGE.value,
    DemandKind.SUBPOENA_DEPOSITION.value: PaperKind.SUBPOENA_PACKAGE.value,
    DemandKind.SUBPOENA_TRIAL.value: PaperKind.SUBPOENA_PACKAGE.value,
    DemandKind.DEPOSITION.value: PaperKind.DEPOSITION_NOTICE.value,
    **{kind.value: PaperKind.REQUESTS.value for kind in PARTY_SETS},
}
"""By kind of demand: the paper that a preview shows. Composed of rows in memory, so its composer asks for nothing newer."""


def paper_of(row: models.Model) -> str:
    """Return the paper that is shown beside the forms of a row, "" when there is none or its words stand for good."""
    if isinstance(row, Demand):
        return PAPERS.get(row.kind, "")
    if isinstance(row, Response):
        return PaperKind.RESPONSE.value if row.status == ResponseStatus.DRAFT else ""
    if isinstance(row, Dispute):
        return next(iter(offered_papers(row)), "") if row.status == DisputeStatus.DRAFT else ""
    if isinstance(row, PreservationDemand):
        return PaperKind.PRESERVATION.value if row.sent_on is None else ""
    return ""


def preview_of(row: models.Model | None) -> dict[str, Any]:
    """Return what `_preview.html` needs; nothing for a row whose texts cannot change or that has no paper."""
    paper = paper_of(row) if row is not None else ""
    return {"previewed": row, "previewed_paper": paper} if paper else {"previewed": None}


def printed_together(demands: Sequence[Demand]) -> list[Demand]:
    """Return the recipients of a party set whose papers are made here, to be asked for at once; nothing for fewer than two."""
    open_ = {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}
    kept = {DemandStatus.APPROVED, DemandStatus.SERVED}
    printed = [
        one
        for one in demands
        if one.kind in PARTY_SETS and (one.status in open_ or (one.status in kept and one.approved_snapshot_id is not None))
    ]
    return printed if len(printed) > 1 else []
