"""Database triggers: rows written once never change, page ranges never overlap. The app installs them after each `migrate`."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections


def guard_tables(using: str = "default", **_signal: Any) -> None:
    """Have the database itself refuse to change rows that are written once and to store ranges that overlap, whoever asks.

    Runs after each `migrate`, since SQLite forgets a table's triggers when a migration rebuilds the table.
    """
    connection = connections[using]
    guarded = [model._meta.db_table for model in apps.get_models() if getattr(model, "written_once", False)]
    present = set(connection.introspection.table_names())
    apart = {model._meta.db_table: model.never_overlaps for model in apps.get_models() if hasattr(model, "never_overlaps")}
    with connection.cursor() as cursor:
        for table in (table for table in guarded if table in present):
            for sql in _guards(connection.vendor, table):
                cursor.execute(sql)
        for table in (table for table in apart if table in present):
            for sql in _keep_apart(connection.vendor, table, *apart[table]):
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


def _keep_apart(vendor: str, table: str, owner: str, name: str, first: str, last: str) -> list[str]:
    """Return the triggers that refuse a row whose interval meets another's of the same owner and name.

    On PostgreSQL two transactions could each miss the other's row; they wait for each other on an advisory lock, after which
    the next statement sees what was committed. SQLite lets one transaction write at a time.
    """
    message = f"{table}: ranges overlap"
    # The names are those of our own models; nothing typed comes near.
    meets = (
        f"SELECT 1 FROM {table} other WHERE other.{owner} = NEW.{owner} AND other.{name} = NEW.{name} "  # noqa: S608
        f"AND other.{first} <= NEW.{last} AND other.{last} >= NEW.{first} AND other.id <> NEW.id"
    )
    if vendor == "postgresql":
        function = f"{table}_apart"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM pg_advisory_xact_lock(hashtext('{table}' || NEW.{owner} || NEW.{name})); "
            f"IF EXISTS ({meets}) THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'exclusion_violation'; END IF; "
            f"RETURN NEW; END $$",
            f"CREATE OR REPLACE TRIGGER {function} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_apart_{act.lower()} AFTER {act} ON {table} WHEN EXISTS ({meets}) "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for act in ("INSERT", "UPDATE")
    ]
