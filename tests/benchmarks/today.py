"""Today: pages over 500 cases with 30,000 requests and 100,000 deadlines, half of them visible, beside their bare SQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Row
from tests.installation import KINDS

CASES = 500


def run() -> Iterator[Row]:
    """Yield a row for each page on each database."""
    for kind, installed in KINDS.items():
        with tempfile.TemporaryDirectory(prefix="tecum-bench-") as folder, installed(Path(folder)) as installation:
            installation.manage("collectstatic", "--noinput", "--verbosity", "0")
            found: dict[str, list[float]] = installation.script("tests.benchmarks.many_dates", str(CASES))
            database = {"embedded": "SQLite", "servers": "PostgreSQL"}[kind]
            for what, (ratio, page, sql, queries) in found.items():
                scale = f"{page:.0f} ms / {sql:.1f} ms SQL, {queries:.0f} queries"
                if what == "Today":
                    yield Row(f"Today, 500 cases, 100,000 deadlines / bare SQL: {database}", ratio, 3, scale)
                else:
                    yield Row(f"{what}, 100,000 deadlines / bare SQL + 10 ms: {database}", page / (sql + 10), 1.5, scale)
