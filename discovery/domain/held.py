"""Rows that are held in memory with the row they belong to: composing reads them there, so that a preview needs no saving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db import models

FETCHED = "_prefetched_objects_cache"
"""Where Django keeps the rows that were fetched with a row."""


def hold(row: models.Model, relation: str, rows: Sequence[models.Model]) -> None:
    """Make `rows` what `row.<relation>.all()` returns, from now on; nothing is written."""
    vars(row).setdefault(FETCHED, {})[relation] = rows


def held(row: models.Model, relation: str) -> list[Any] | None:
    """Return the rows that are held for a relation, in the order of `hold`; None when the database is to be asked."""
    rows = vars(row).get(FETCHED, {}).get(relation)
    return None if rows is None else list(rows)
