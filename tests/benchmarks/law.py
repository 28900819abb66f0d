"""The law: ten thousand derivations with their whole trail, and how long a fresh process takes to load every data file.

Both are pure computation on one core, so they are measured in processor time: a machine that is busy with other things does not
make them longer, and one that is idle does not make them shorter.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from discovery.law.engine import compute
from discovery.law.rulesets import rule_set
from tests.benchmarks.measuring import Row

COUNT = 10_000
LOADING = """
import time
import csv, calendar, dataclasses, datetime, functools, hashlib, html, importlib.resources, json, re, tomllib, typing, zoneinfo

began = time.process_time()
from discovery.law import calendars, closed_days, engine, packs, rulesets

imported = time.process_time()
rules = rulesets.all_rule_sets()
for name in packs.names("calendars"):
    calendars.closed_days(name)
packs.release()
ended = time.process_time()
print((ended - imported) * 1000, (imported - began) * 1000, len(rules), len(packs.names("calendars")))
"""
"""Run in a fresh interpreter: data files read, checked, merged and generated; the import of our own modules is told beside it."""


def run() -> Iterator[Row]:
    """Yield the row of the derivations and the row of the loading."""
    yield _derivations()
    yield _loading()


def _derivations() -> Row:
    """Responses to requests served by mail on every day of three years, so 33 days and more each."""
    rules, first = rule_set("FRCP-CAND"), date(2024, 1, 1)
    steps = 0

    def derive() -> None:
        nonlocal steps
        steps = 0
        for number in range(COUNT):
            steps += len(compute(rules, "rfp-response", first + timedelta(days=number % 1096), method="mail").steps)

    def processor_seconds() -> float:
        began = time.process_time()
        derive()
        return time.process_time() - began

    processor_seconds()
    took = statistics.median(processor_seconds() for _turn in range(5))
    scale = f"{steps:,} days, {took / COUNT * 1e6:.0f} µs each"
    return Row(f"{COUNT:,} derivations with full trail, processor seconds", took, 2.0, scale)


def _loading() -> Row:
    """Median of eleven fresh processes."""
    command = [sys.executable, "-c", LOADING]
    told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _turn in range(11)]
    loading, importing = (statistics.median(float(line[place]) for line in told) for place in (0, 1))
    rule_sets, calendars = told[0][2:]
    scale = f"{rule_sets} rule sets, {calendars} calendars; importing the modules {importing:.0f} ms more"
    return Row("loading all rule sets and calendars, processor ms", loading, 100, scale)
