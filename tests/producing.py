"""What the tests of productions share: a volume of the opponent's or of our own with its pages tied."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from discovery.domain.productions.producing import Tie, log_production
from discovery.law.bates import parse_ranges
from discovery.models import Demand, PageTie, Production, RequestRow
from tests.factories import World

PRODUCED = date(2025, 7, 18)


def volume(demand: Demand, *, name: str = "VOL001", **fields: Any) -> Production:
    """Return a production of a demand's responding party that is not on record yet."""
    return Production(
        case=demand.case, responding_party=demand.responding_party, volume=name, **{"produced_on": PRODUCED, **fields}
    )


def logged(
    world: World, demand: Demand, text: str = "META000001-META000250", rows: Iterable[RequestRow] = (), **fields: Any
) -> Production:
    """Return a production on record; each row of `rows` is tied to all of it."""
    ties = [Tie(row) for row in rows]
    return log_production(volume(demand, **fields), parse_ranges(text), ties, by=world.alice)


def tied(production: Production) -> dict[int, str]:
    """Return, by number of the request, the pages of a production that are tied to it."""
    found: dict[int, list[str]] = {}
    for tie in PageTie.objects.filter(bates_range__production=production).select_related("bates_range", "row"):
        label = tie.bates_range.label
        found.setdefault(tie.row.number, []).append(f"{label(tie.first)}–{label(tie.last)}")
    return {number: "; ".join(sorted(pages)) for number, pages in found.items()}
