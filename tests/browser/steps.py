"""Counting what somebody does: a step is a click, a key command, or one group of fields confirmed once.

Reading is no step, and typing into a group of fields is none before it is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable

MOST = {1: 0, 2: 4, 3: 6, 4: 4, 5: 3, 6: 121, 7: 1, 8: 3, 9: 3, 10: 3}
"""The steps that each of the ten tasks may take; the sixth for 60 requests: two keys each and one."""


class Steps:
    """The steps that somebody takes, in words."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def take(self, what: str, act: Callable[[], object]) -> None:
        """Do one step."""
        self.taken.append(what)
        act()

    @property
    def count(self) -> int:
        """How many were taken."""
        return len(self.taken)
