"""What approval freezes: the whole paper of a demand from its live rows, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from discovery.domain.composing import subpoena, testimony
from discovery.enums import DemandKind
from discovery.models import Demand
from discovery.papers.snapshots import Approval, Paper

LIVE: dict[str, Callable[[Demand, Approval, datetime | None], Paper]] = {
    DemandKind.SUBPOENA_DOCUMENTS.value: subpoena.compose_live,
    DemandKind.SUBPOENA_DEPOSITION.value: testimony.compose_subpoena_live,
    DemandKind.SUBPOENA_TRIAL.value: testimony.compose_subpoena_live,
    DemandKind.DEPOSITION.value: testimony.compose_deposition_live,
}
"""By kind of demand; a kind that is not here has no paper to approve."""


def compose_live(demand: Demand, approval: Approval, at: datetime | None = None) -> Paper:
    """Return the snapshot of a demand's whole paper as its rows stand now; `approve` stores it."""
    return LIVE[demand.kind](demand, approval, at)
