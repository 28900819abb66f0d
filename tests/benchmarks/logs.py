"""Privilege logs: the time a row takes in a log of 500 and in one of 5,000 (it must not grow), and the import of 5,000 rows."""

from __future__ import annotations

import csv
import io
import resource
import statistics
import time
from collections.abc import Iterator

from discovery.domain.composing.log import compose_log
from discovery.domain.privilege.logs import entries_of, record_log, without_unprintable
from discovery.intake.privilege_logs import read_log
from discovery.intake.tables import Limits
from discovery.models import PrivilegeLog, RespondingParty
from discovery.papers.layouts import forget
from discovery.papers.rendering import render
from discovery.papers.snapshots import to_json
from tests.benchmarks.measuring import Row
from tests.factories import World, make_world

SHORT, LONG = 500, 5_000
HEAD = "Entry No.,Bates No.,Attach. Count,Sent Date,Time,From,To,CC,Subject,Privilege Type,Privilege Description"
LIMITS = Limits(25 << 20, 150 << 20, 50_000)


def run() -> Iterator[Row]:
    """Yield the rows about privilege logs: two short ones around the long one, so that a busier minute does not decide."""
    world = make_world("Logs v. Time", "4:24-cv-00500-ABC")
    began = time.process_time()
    found = without_unprintable(read_log("log.csv", _csv(LONG), LIMITS))
    long = record_log(PrivilegeLog(responding_party=world.responder), entries_of(found.rows), by=world.alice)
    imported = time.process_time() - began
    short = _short(world)
    first, _pages = _seconds(short)
    whole, pages = _seconds(long)
    again, _pages = _seconds(short)
    each = statistics.mean((first, again)) / SHORT
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    scale = f"{whole / LONG * 1000:.1f} / {each * 1000:.1f} ms a row; {whole:.0f} processor seconds, {pages} pages, peak {peak} MB"
    yield Row(f"privilege log, time a row: {LONG:,} rows / {SHORT}", whole / LONG / each, 1.15, scale)
    what = f"privilege log of {LONG:,} rows read and recorded, processor seconds"
    yield Row(what, imported, 3, f"{imported / LONG * 1000:.2f} ms a row")


def _short(world: World) -> PrivilegeLog:
    person = world.opponent.person
    responder = RespondingParty.objects.create(case=world.case, person=person)
    found = read_log("log.csv", _csv(SHORT), LIMITS)
    return record_log(PrivilegeLog(responding_party=responder), entries_of(found.rows), by=world.alice)


def _seconds(log: PrivilegeLog) -> tuple[float, int]:
    forget()
    content = to_json(compose_log(log))
    began = time.process_time()
    rendered = render(content, progress=lambda _page: None, release="benchmark")
    return time.process_time() - began, rendered.pages


def _csv(rows: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD.split(","))
    for number in range(1, rows + 1):
        writer.writerow(
            [
                number,
                f"8VC{number:06d} – 8VC{number + 3:06d}",
                number % 4,
                f"{number % 12 + 1:02d}/{number % 28 + 1:02d}/2023",
                f"{number % 12 + 1}:{number % 60:02d} PM",
                f"Person {number % 37} (p{number % 37}@8vc.com)*",
                "Counsel Name (counsel@firm.com)*; Jane Roe",
                "John Doe",
                "Re: Draft term sheet and comments",
                "Attorney-Client; Work Product",
                f"E-mail of counsel giving legal advice on the term sheet of round {number} in anticipation of litigation.",
            ]
        )
    return text.getvalue().encode()
