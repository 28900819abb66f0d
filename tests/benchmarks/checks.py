"""Checks: all of them on a subpoena of 60 requests, its definitions and instructions, texts never read before."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from discovery.domain.checks import checks_for, findings_for
from discovery.domain.checks.wording import read
from discovery.domain.library import fill_library
from discovery.domain.locking import PRINTED
from discovery.models import Clause, Definition, Demand, Instruction, Request
from tests.benchmarks.measuring import Row, seconds
from tests.factories import World, make_world

SIZE = 60
RUNS = 15
WORDS = (
    "All Documents and Communications Concerning bid {number} for the plant of Widget Works, Inc. in Reno, Including what You and "
    "any Person who acted for Jane Roe said to each other about it between January 1, 2022 and June 30, 2024, drafts of the Merger "
    "Agreement, and each Document that mentions them. Request No. {before} does not limit this one."
)


def run() -> Iterator[Row]:
    """Yield the time of a first look at the set and of the next one, in milliseconds, queries included."""
    pk = subpoena_of_60(make_world("Checks v. Time", "4:24-cv-00060-ABC"))
    first = [_run(pk, cold=True) for _round in range(RUNS)]
    again = [_run(pk, cold=False) for _round in range(RUNS)]
    demand = Demand.objects.get(pk=pk)
    scale = f"{len(checks_for(demand.kind))} checks, {len(findings_for(demand))} findings; best run"
    yield Row(
        f"checks of {SIZE} requests, texts read for the first time, ms", statistics.median(first), 50, f"{scale} {min(first):.0f}"
    )
    yield Row(f"checks of {SIZE} requests, the same texts again, ms", statistics.median(again), 50, f"{scale} {min(again):.0f}")


def subpoena_of_60(world: World) -> int:
    """Return a subpoena on the library's definitions and instructions, with requests of two sentences each."""
    fill_library(by=world.alice)
    demand = world.subpoena(requests=0).demand
    for model, kind in ((Definition, "definition"), (Instruction, "instruction")):
        for number, clause in enumerate(Clause.objects.filter(kind=kind), start=1):
            model.objects.create(request_set=demand.request_set, number=number, label=clause.label, text=clause.text)
    for number in range(1, SIZE + 1):
        text = WORDS.format(number=number, before=max(1, number - 1))
        Request.objects.create(request_set=demand.request_set, number=number, label=f"Bid {number}", text=text)
    return demand.pk


def _run(pk: int, *, cold: bool) -> float:
    if cold:
        read.cache_clear()
    demand = Demand.objects.select_related(*PRINTED).get(pk=pk)
    return seconds(lambda: findings_for(demand)) * 1000
