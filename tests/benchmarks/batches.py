"""Batches: 200 different drafts, 200 recipients of one long Schedule A, in two processes each; one field changed; memory.

Each side runs in as many processes of its own, warmed by one paper that is not counted; the pairs are interleaved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace

from discovery.papers import snapshots
from discovery.papers.rendering import render
from discovery.papers.subpoena_snapshot import SubpoenaPaper
from tests.benchmarks.measuring import Row, ratio
from tests.papers import samples

PROCESSES = 2
BATCH = 200
SENTENCE = "All Documents concerning the matter described in the complaint, in any form, from January 1, 2023 to the present. "


def run() -> Iterator[Row]:
    """Yield the rows about batches."""
    yield _different()
    yield _recipients()
    yield _one_field()
    yield _memory()


def paper_of(number: int, *, requests: int, differs: bool) -> SubpoenaPaper:
    """Return the subpoena to one recipient, whose Schedule A is everybody's unless it differs."""
    base = samples.paper()
    mark = f" ({number})" if differs else ""
    first = base.schedule.requests[0]
    made = tuple(
        replace(first, number=n, heading=f"Request For Production No. {n}:", text=f"{SENTENCE * 3}{n}{mark}")
        for n in range(1, requests + 1)
    )
    schedule = replace(base.schedule, requests=made, exhibits=())
    form = replace(base.form, to=f"Recipient {number}, 1 Main Street, Oakland, CA 94601")
    return replace(base, parts=("form", "schedule"), form=form, schedule=schedule)


def _different() -> Row:
    """AO 88B with a short Schedule A, each a text of its own."""
    (pages,) = {render(snapshots.to_json(paper_of(1, requests=1, differs=True)), release="b").pages}
    return _throughput(f"batch of {BATCH} different {pages}-page drafts / bare engine, throughput", 1, True, 0.92)


def _recipients() -> Row:
    """One Schedule A for all: bare, each package is laid out and drawn whole."""
    requests = 62
    pages = render(snapshots.to_json(paper_of(1, requests=requests, differs=False)), release="b").pages
    what = f"batch of {BATCH} recipients of one Schedule A, {pages} pages each / bare engine, throughput"
    return _throughput(what, requests, False, 3.0)


def _throughput(what: str, requests: int, differs: bool, target: float) -> Row:
    options = {"requests": requests, "differs": differs, "count": BATCH // PROCESSES}
    turns = [(_many("ours", options), _many("bare", options)) for _pair in range(1 if requests > 10 else 3)]
    theirs_by_ours = sorted(theirs / ours for ours, theirs in turns)
    ours, theirs = turns[0]
    scale = f"{BATCH / ours:.1f} / {BATCH / theirs:.1f} papers a second in {PROCESSES} processes"
    return Row(what, theirs_by_ours[len(turns) // 2], target, scale, at_least=True)


def _many(way: str, options: Mapping[str, object]) -> float:
    """Let processes render their shares at once; return the seconds of the slowest, its start and warming left out."""
    code = f"from tests.benchmarks.batch_worker import work; work({way!r}, {json.dumps(options)!r})"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(place)], stdout=subprocess.PIPE, text=True) for place in range(PROCESSES)
    ]
    return max(float(one.communicate()[0].split()[0]) for one in started)


def _one_field() -> Row:
    """A package with a schedule of a hundred pages: the form's addressee changes."""
    papers = iter(range(10_000))

    def whole() -> None:
        render(snapshots.to_json(paper_of(next(papers), requests=380, differs=True)), release="b")

    def changed() -> None:
        render(snapshots.to_json(paper_of(next(papers), requests=380, differs=False)), release="b")

    figure, a, b = ratio(changed, whole, pairs=3)
    pages = render(snapshots.to_json(paper_of(0, requests=380, differs=False)), release="b").pages
    return Row(f"one field changed in a package of {pages} pages / the whole rendered", figure, 0.45, f"{a:.3f} s / {b:.3f} s")


def _memory() -> Row:
    """A worker that renders packages of every length up to a hundred pages, differing and alike."""
    code = "from tests.benchmarks.batch_worker import memory; memory()"
    said = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout
    peak = float(said.split()[0])
    return Row("memory of a worker on papers of up to 100 pages, MB", peak, 130, f"peak {peak:.0f} MB")
