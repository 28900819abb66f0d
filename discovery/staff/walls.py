"""The user's cases, asked for once a page: every query of a page over all cases is held to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Expression, Model

from discovery.models import CaseMembership
from discovery.models.base import EDITING_ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)


class Numbers(Expression):
    """Ids written into the query as they are: 250 parameters take longer to compile and to bind than the query to run."""

    def __init__(self, numbers: Iterable[int]) -> None:
        super().__init__()
        self.numbers = [int(number) for number in numbers]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return the list for `IN`; one without ids holds nothing."""
        del compiler, connection
        return f"({','.join(map(str, self.numbers)) or 'NULL'})", []


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
    """The cases inside the user's walls, in the order of their names (one query), and what holds a query to them."""

    def __init__(self, user: User) -> None:
        rows = CaseMembership.objects.filter(user=user).order_by("case__name", "case_id")
        names = ("case_id", "case__name", "case__docket_number", "case__court_id", "role", "may_approve")
        self.user = user
        self.cases = {
            pk: MyCase(pk, name, docket, court, role in EDITING_ROLES, role in EDITING_ROLES and approves)
            for pk, name, docket, court, role, approves in rows.values_list(*names)
        }
        self._ids = Numbers(self.cases)

    def hold(self, rows: QuerySet[M], path: str = "case_id") -> QuerySet[M]:
        """Return the rows of the user's cases; `path` leads from a row to its case."""
        return rows.filter(**{f"{path}__in": self._ids})

    def where_approver(self, rows: QuerySet[M], path: str = "case_id") -> QuerySet[M]:
        """Return the rows of the cases in which the user may approve papers."""
        return rows.filter(**{f"{path}__in": Numbers(pk for pk, case in self.cases.items() if case.approves)})
