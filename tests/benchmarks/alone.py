"""One engine, one paper, alone in a process: what `engines` and `growth` measure the memory of."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawsuit.settings")

import django

django.setup()

from discovery.papers import snapshots
from discovery.papers.composition import sections
from discovery.papers.rendering import preload, render
from tests.benchmarks import bare as bare_engine
from tests.benchmarks.measuring import peak_memory


def ours(content: str) -> None:
    """Make the paper as a worker does, engine and fonts loaded before."""
    preload()
    render(content, release="benchmark")


def several(content: str) -> None:
    """Make five papers like this one, each with other words, as a worker that lives on."""
    preload()
    for number in range(5):
        render(content.replace("All Documents", f"All Documents of run {number}", 1), release="benchmark")


def bare(content: str) -> None:
    """Make the same HTML with the engine alone."""
    bare_engine.bare(sections(snapshots.from_json(content)))


def parsed(content: str) -> None:
    """Read the snapshot and do nothing with it: the memory of the program itself."""
    snapshots.from_json(content)


if __name__ == "__main__":
    {"ours": ours, "bare": bare, "several": several, "parsed": parsed}[sys.argv[1]](sys.stdin.read())
    print(peak_memory())
