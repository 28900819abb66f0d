"""The user's cases, asked for once a page; queries of a page over all cases are held to them, and compiled once a process.

Such a page asks twenty small questions; what takes long is writing them as SQL (`domain/kept.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model

from discovery.domain.kept import HORIZON, NO_MOMENTS, NONE, NOW, THESE, Ids, KeptQuery, Values, written
from discovery.models import CaseMembership
from discovery.models.base import EDITING_ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

__all__ = ["APPROVING", "HORIZON", "MINE", "NOW", "THESE", "Ids", "Kept", "MyCase", "Values", "Walls", "written"]
M = TypeVar("M", bound=Model)
MINE, APPROVING = Ids("(/*mine*/)"), Ids("(/*approving*/)")
"""In a kept query: the reader's cases, and those in which he may approve papers."""


@dataclass(frozen=True, slots=True)
class MyCase:
    """A case the user is a member of, as pages over all cases need it."""

    pk: int
    name: str
    docket: str
    court: int
    editable: bool
    approves: bool


class Walls:
    """The cases inside the user's walls, in the order of their names (one query), and what holds a query to them (law 7)."""

    def __init__(self, user: User) -> None:
        rows = CaseMembership.objects.filter(user=user).order_by("case__name", "case_id")
        names = ("case_id", "case__name", "case__docket_number", "case__court_id", "role", "may_approve")
        self.user = user
        self.cases = {
            pk: MyCase(pk, name, docket, court, role in EDITING_ROLES, role in EDITING_ROLES and approves)
            for pk, name, docket, court, role, approves in rows.values_list(*names)
        }

    @cached_property
    def texts(self) -> dict[str, str]:
        """The ids for kept queries, by the place where they go."""
        approving = (pk for pk, case in self.cases.items() if case.approves)
        return {MINE.text: written(self.cases), APPROVING.text: written(approving)}

    def hold(self, rows: QuerySet[M], path: str = "case_id") -> QuerySet[M]:
        """Return the rows of the user's cases; `path` leads from a row to its case."""
        return rows.filter(**{f"{path}__in": Ids(self.texts[MINE.text])})


class Kept(KeptQuery):
    """A kept query over the reader's cases: held by MINE or APPROVING, it may depend on THESE, NOW and HORIZON beside them."""

    def rows(self, walls: Walls, these: str = NONE, moments: Mapping[datetime, datetime] = NO_MOMENTS) -> list[Values]:
        """Return the rows for a reader (one query): `these`, as `written` has it, for THESE, `moments` for NOW and HORIZON."""
        return self.found({**walls.texts, THESE.text: these}, moments)
