"""The clause library's starter clauses, which ship with the program. Clauses are records like any other (domain.records)."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from discovery.domain.records import add_record
from discovery.enums import ClauseKind
from discovery.models import Clause

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def fill_library(*, by: User) -> int:
    """Add the starter clauses that are not there yet (by kind and label) and return how many were added."""
    data = tomllib.loads(resources.files("discovery.data").joinpath("clauses.toml").read_text(encoding="utf-8"))
    have = set(Clause.objects.values_list("kind", "label"))
    added = 0
    for kind in ClauseKind:
        for place, entry in enumerate(data.get(kind.value, []), start=1):
            if (kind.value, entry["label"]) not in have:
                add_record(Clause(kind=kind.value, position=place * 10, **entry), by=by)
                added += 1
    return added
