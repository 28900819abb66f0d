"""Lists: the page of 100,000 subpoenas beside its bare SQL plus 10 ms of Django, on SQLite and PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Row
from tests.installation import KINDS


def run() -> Iterator[Row]:
    """Yield a row for each kind of list request on each database."""
    for kind, installed in KINDS.items():
        with tempfile.TemporaryDirectory(prefix="tecum-bench-") as folder, installed(Path(folder)) as installation:
            installation.manage("collectstatic", "--noinput", "--verbosity", "0")
            found: dict[str, list[float]] = installation.script("tests.benchmarks.long_list", "100000")
            database = {"embedded": "SQLite", "servers": "PostgreSQL"}[kind]
            for what, (page, sql) in found.items():
                yield Row(
                    f"list of 100,000, {what} / bare SQL + 10 ms: {database}",
                    page / (sql + 10),
                    1.5,
                    f"{page:.0f} ms / {sql:.1f} ms SQL",
                )
