"""Numbers of requests and entries as people list them: those that follow each other as a range."""

from __future__ import annotations

from collections.abc import Iterable


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers, each once and rising, as first and last of those that follow each other: [(1, 1), (3, 5)]."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def ranges(numbers: Iterable[int], dash: str = "-") -> str:
    """Return numbers briefly: "1, 3-5"; "" for none."""
    return ", ".join(str(first) if first == last else f"{first}{dash}{last}" for first, last in runs_of(numbers))
