"""What a screen shows of a paper that is being written: which paper, and what its preview needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discovery.domain.composing.composers import COMPOSERS
from discovery.enums import DemandKind, DemandStatus, PaperKind
from discovery.models import Demand

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTY_SETS = (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA)
PAPERS: dict[str, str] = {
    DemandKind.SUBPOENA_DOCUMENTS.value: PaperKind.SUBPOENA_PACKAGE.value,
    **{kind.value: PaperKind.REQUESTS.value for kind in PARTY_SETS},
}
"""By kind of demand: the paper that a preview shows. Composed of rows in memory, so its composer asks for nothing newer."""


def paper_of(demand: Demand) -> str:
    """Return the paper that is shown beside a demand's texts, "" when there is none."""
    paper = PAPERS.get(demand.kind, "")
    return paper if paper in COMPOSERS and COMPOSERS[paper].model is Demand else ""


def preview_of(demand: Demand | None) -> dict[str, Any]:
    """Return what `_preview.html` needs; nothing for a demand whose texts cannot change or that has no paper."""
    if demand is None or not paper_of(demand):
        return {"previewed": None}
    return {"previewed": demand, "previewed_paper": paper_of(demand)}


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
