"""How the benchmarks measure: interleaved pairs, the median of their ratios, one row a target."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Line(Protocol):
    """A line of the table."""

    @property
    def met(self) -> bool:
        """Whether a target was kept; true where there is none."""

    def printed(self) -> str:
        """Return the line as Markdown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was compared, the figure, the target it is held against, and the scale in absolute terms."""

    what: str
    figure: float
    target: float
    scale: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure keeps the target."""
        return self.figure >= self.target if self.at_least else self.figure <= self.target

    def printed(self) -> str:
        """Return the row as Markdown."""
        sign = "≥" if self.at_least else "≤"
        return (
            f"| {self.what} | {self.figure:.2f} | {sign} {self.target:g} | {'met' if self.met else '**not met**'} | {self.scale} |"
        )


def peak_memory() -> int:
    """Return the most memory that this process ever held, in MB.

    What getrusage says is handed down by the process that started this one, however much larger it was.
    """
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1000


def seconds(act: Callable[[], object]) -> float:
    """Return how long one call took. What the one before left behind is collected first: it is not this one's."""
    gc.collect()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def ratio(ours: Callable[[], object], theirs: Callable[[], object], *, pairs: int) -> tuple[float, float, float]:
    """Run both in turn and return the median ratio ours/theirs with both medians in seconds. One pair warms up uncounted."""
    ours()
    theirs()
    taken = [(seconds(ours), seconds(theirs)) for _pair in range(pairs)]
    return (
        statistics.median(a / b for a, b in taken),
        statistics.median(a for a, _b in taken),
        statistics.median(b for _a, b in taken),
    )
