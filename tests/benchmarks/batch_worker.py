"""Runs in a process of its own: renders a share of a batch, ours or the bare engine's, and says how long it took."""

from __future__ import annotations

import json
import sys
import time

from discovery.papers import snapshots
from discovery.papers.composition import sections
from discovery.papers.rendering import preload, render
from tests.benchmarks import batches
from tests.benchmarks.bare import bare
from tests.benchmarks.measuring import peak_memory


def work(way: str, options: str) -> None:
    """Render the share whose number stands in the arguments."""
    given = json.loads(options)
    place, count = int(sys.argv[1]), given["count"]

    def content(number: int) -> str:
        return snapshots.to_json(batches.paper_of(number, requests=given["requests"], differs=given["differs"]))

    def plain(number: int) -> None:
        bare(sections(snapshots.from_json(content(number))))

    preload()
    plain(10_000_000) if way == "bare" else render(content(10_000_000 + place), release="b")
    began = time.perf_counter()
    for number in range(place * count, place * count + count):
        if way == "bare":
            plain(number)
        else:
            render(content(number), release="b")
    print(time.perf_counter() - began)  # the caller reads this line


def memory() -> None:
    """Render packages of many lengths and say the highest memory that this process ever had, in MB."""
    preload()
    for number in range(40):
        requests = (1, 20, 62, 330)[number % 4]
        render(snapshots.to_json(batches.paper_of(number, requests=requests, differs=number % 8 < 4)), release="b")
    print(peak_memory())  # the caller reads this line
