"""Queries whose SQL is written once a process.

Django takes longer to write a query of several joins as SQL than the database to answer it, longest of all with hundreds of ids as
parameters. So ids are written into the text, and questions that differ from one time to the next in nothing but ids and moments
are written once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

Values = tuple[Any, ...]
NONE = "(NULL)"
"""What `IN` takes for nothing."""


def written(values: Iterable[int | date]) -> str:
    """Return ids or days as SQL's `IN` takes them; none holds nothing."""
    texts = [f"'{value.isoformat()}'" if isinstance(value, date) else str(int(value)) for value in values]
    return f"({','.join(texts)})" if texts else NONE


class Ids(Expression):
    """Values for `__in` that stand in the query's text: known ones, or the place where a kept query puts those of the time."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Return the text, which holds numbers and days alone."""
        del compiler, connection
        return self.text, ()


THESE, THOSE = Ids("(/*these*/)"), Ids("(/*those*/)")
"""In a kept query: ids that are handed to it."""
NOW, HORIZON = datetime(1, 1, 1, tzinfo=UTC), datetime(2, 1, 1, tzinfo=UTC)
"""In a kept query: moments that are handed to it."""
NO_MOMENTS: Mapping[datetime, datetime] = MappingProxyType({})


class KeptQuery:
    """A query whose SQL is written once: nothing of it changes but `Ids`, NOW and HORIZON. `build` returns rows of values."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self.build = build

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
        compiler = self.build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return sql, params, compiler.get_converters([column[0] for column in compiler.select])

    def found(self, places: Mapping[str, str], moments: Mapping[datetime, datetime] = NO_MOMENTS) -> list[Values]:
        """Return the rows (one query): a text as `written` has it for each place, `moments` for NOW and HORIZON."""
        sql, params, converters = self._written
        for place, text in places.items():
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

    def of(self, these: Iterable[int], now: datetime | None = None, those: Iterable[int] = ()) -> list[Values]:
        """Return the rows for THESE, NOW and THOSE."""
        places = {THESE.text: written(these), THOSE.text: written(those)}
        return self.found(places, {NOW: now} if now is not None else NO_MOMENTS)
