"""Run the benchmarks in a data folder of their own and print one table: `python -m tests.benchmarks [law papers jobs ...]`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator

os.environ["TECUM_DATA"] = tempfile.mkdtemp(prefix="tecum-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawsuit.settings")

import django

django.setup()

from django.core.management import call_command

from tests.benchmarks import (
    batches,
    checks,
    engine_batches,
    engines,
    growth,
    jobs,
    law,
    letters,
    lists,
    logs,
    matrix,
    papers,
    preview,
    today,
)
from tests.benchmarks.measuring import Line

SUITES: dict[str, Callable[[], Iterator[Line]]] = {
    "law": law.run,
    "papers": papers.run,
    "batches": batches.run,
    "growth": growth.run,
    "letters": letters.run,
    "jobs": jobs.run,
    "lists": lists.run,
    "checks": checks.run,
    "preview": preview.run,
    "today": today.run,
    "matrix": matrix.run,
    "logs": logs.run,
    "engines": engines.run,  # these last: tables of their own
    "engine_batches": engine_batches.run,
}


def main(chosen: list[str]) -> int:
    """Print the table; return how many targets were not met."""
    call_command("migrate", verbosity=0)
    missed = 0
    print("| what | figure | target | | scale |\n|---|---|---|---|---|")
    for name in chosen or list(SUITES):
        for row in SUITES[name]():
            print(row.printed(), flush=True)
            missed += not row.met
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
