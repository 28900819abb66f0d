"""Jobs: from enqueue to the start of the rendering on an idle worker, embedded broker and Redis."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Row
from tests.installation import KINDS


def run() -> Iterator[Row]:
    """Yield one row a broker: the 95th percentile in milliseconds of 60 papers asked for one after the other."""
    for kind, installed in KINDS.items():
        with tempfile.TemporaryDirectory(prefix="tecum-bench-") as folder, installed(Path(folder)) as installation:
            installation.start_worker(processes=1)
            waits: list[float] = installation.script("tests.benchmarks.one_by_one", "60")
            p95 = statistics.quantiles(waits, n=20)[-1]
            name = {"embedded": "embedded broker, SQLite", "servers": "Redis, PostgreSQL"}[kind]
            yield Row(f"enqueue to start, idle, p95 in ms: {name}", p95, 15, f"median {statistics.median(waits):.1f} ms")
