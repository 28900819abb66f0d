"""The clause library: its verbs, and the starter clauses that ship with the program."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from discovery.domain.events import record, verb
from discovery.domain.records import claim_revision
from discovery.domain.sets import printable
from discovery.enums import Act, ClauseKind
from discovery.models import Clause

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def add_clause(clause: Clause, *, by: User) -> Clause:
    """Add a clause to the library. Raises ValidationError by field, Refused for an unprintable character."""
    _check(clause)
    clause.save()
    record(Act.CLAUSE_ADDED, clause, case=None, by=by, summary=str(clause))
    return clause


@verb
def change_clause(clause: Clause, *, by: User, revision: int | None) -> Clause:
    """Change a clause; sets that took it before keep what they took. Raises as `add_clause`, and Conflict."""
    _check(clause)
    claim_revision(clause, revision)
    clause.save()
    record(Act.CLAUSE_CHANGED, clause, case=None, by=by, summary=str(clause))
    return clause


def fill_library(*, by: User) -> int:
    """Add the starter clauses that are not there yet (by kind and label) and return how many were added."""
    data = tomllib.loads(resources.files("discovery.data").joinpath("clauses.toml").read_text(encoding="utf-8"))
    have = set(Clause.objects.values_list("kind", "label"))
    added = 0
    for kind in ClauseKind:
        for place, entry in enumerate(data[kind.value], start=1):
            if (kind.value, entry["label"]) not in have:
                add_clause(Clause(kind=kind.value, position=place * 10, **entry), by=by)
                added += 1
    return added


def _check(clause: Clause) -> None:
    clause.full_clean()
    printable(clause.label, "label")
    printable(clause.text, "text")
