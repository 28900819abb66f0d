"""What the tests of preservation demands share."""

from __future__ import annotations

from datetime import date
from typing import Any

from discovery.domain.preserving import write_preservation
from discovery.models import PreservationDemand
from tests.factories import World


def written(world: World, **facts: Any) -> PreservationDemand:
    """Return a letter to the non-party, as a draft."""
    values: dict[str, Any] = {
        "recipient": world.responder.person,
        "signer": world.appearance,
        "via": "Via E-mail",
        "facts": "Witness Corp. met with the bidders in February 2025.",
        "claims": "That the bid was a sham.",
        "custodians": "Ann Aide\nBob Board\n",
        "systems": "E-mail\nSignal on telephones of the board",
        "period_from": date(2024, 1, 1),
        "acknowledge_by": date(2025, 6, 15),
    }
    return write_preservation(PreservationDemand(case=world.case, **{**values, **facts}), by=world.alice)
