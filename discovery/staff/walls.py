"""The user's cases, asked for once a page; queries of a page over all cases are held to them, and compiled once a process.

Such a page asks twenty small questions. Django takes longer to write each of them as SQL than the database to answer it, longest
of all for the ids of 250 cases as parameters. So the ids are written into the text, and questions that differ from one reader and
one moment to the next in nothing but ids and moments are written once and kept (`Kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model

from discovery.models import CaseMembership
from discovery.models.base import EDITING_ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Values = tuple[Any, ...]
NONE = "(NULL)"
"""What `IN` takes for nothing."""


def written(values: Iterable[int | date]) -> str:
    """Return ids or days as SQL's `IN` takes them; none holds nothing."""
    texts = [f"'{value.isoformat()}'" if isinstance(value, date) else str(int(value)) for value in values]
    return f"({','.join(texts)})" if texts else NONE


class Ids(Expression):
    """Values for `__in` that stand in the query's text: known ones, or the place where `Kept` puts those of the reader."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Return the text, which holds numbers and days alone."""
        del compiler, connection
        return self.text, ()


MINE, APPROVING, THESE = Ids("(/*mine*/)"), Ids("(/*approving*/)"), Ids("(/*these*/)")
"""In a kept query: the reader's cases, those in which he may approve papers, and what is handed to it."""
NOW, HORIZON = datetime(1, 1, 1, tzinfo=UTC), datetime(2, 1, 1, tzinfo=UTC)
"""In a kept query: moments that are handed to it."""


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


class Kept:
    """A query over the reader's cases whose SQL is written once a process.

    `build` returns rows of values, held by MINE or APPROVING; beside these, THESE, NOW and HORIZON it may depend on nothing that
    changes.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Values]]) -> None:
        self.build = build

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
        compiler = self.build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return sql, params, compiler.get_converters([column[0] for column in compiler.select])

    def rows(self, walls: Walls, these: str = NONE, moments: Mapping[datetime, datetime] = MappingProxyType({})) -> list[Values]:
        """Return the rows for a reader (one query): `these`, as `written` has it, for THESE, `moments` for NOW and HORIZON."""
        sql, params, converters = self._written
        for place, text in {**walls.texts, THESE.text: these}.items():
            sql = sql.replace(place, text)
        adapt = connection.ops.adapt_datetimefield_value
        instead = {adapt(place): adapt(moment) for place, moment in moments.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [instead.get(param, param) for param in params])
            found = [list(row) for row in cursor.fetchall()]
        for column, (steps, expression) in converters.items():
            for row in found:
                for step in steps:
                    row[column] = step(row[column], expression, connection)
        return [tuple(row) for row in found]
