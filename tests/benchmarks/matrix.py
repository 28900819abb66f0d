"""The matrix: the page of 200 rows, every stage filled, beside its bare SQL plus its template, on SQLite and PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Row
from tests.installation import KINDS


def run() -> Iterator[Row]:
    """Yield a row for each database."""
    for kind, installed in KINDS.items():
        with tempfile.TemporaryDirectory(prefix="tecum-bench-") as folder, installed(Path(folder)) as installation:
            installation.manage("collectstatic", "--noinput", "--verbosity", "0")
            ratio, page, sql, template, queries = installation.script("tests.benchmarks.many_rows", "200")
            database = {"embedded": "SQLite", "servers": "PostgreSQL"}[kind]
            scale = f"{page:.0f} ms / {sql:.1f} ms SQL in {queries:.0f} queries + {template:.1f} ms template"
            yield Row(f"matrix of 200 rows / bare SQL + template: {database}", ratio, 2, scale)
