"""Database triggers that refuse to change what is written once. They stand outside the models so that the app can install them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections


def guard_tables(using: str = "default", **_signal: Any) -> None:
    """Have the database itself refuse to update or delete rows that are written once, whatever code asks for it.

    Runs after each `migrate`, since SQLite forgets a table's triggers when a migration rebuilds the table.
    """
    connection = connections[using]
    guarded = [model._meta.db_table for model in apps.get_models() if getattr(model, "written_once", False)]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in (table for table in guarded if table in present):
            for sql in _guards(connection.vendor, table):
                cursor.execute(sql)


def _guards(vendor: str, table: str) -> list[str]:
    message = f"{table}: rows are written once"
    if vendor == "postgresql":
        function = f"{table}_written_once"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
            f"CREATE OR REPLACE TRIGGER {function} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for act in ("UPDATE", "DELETE")
    ]
