"""What papers have in common, kept for a while: laid-out forms, and finished pages of parts that many papers share.

The page that prints Rule 45 is laid out once a process. A Schedule A that goes to many recipients is laid out and drawn once for
all of them: its finished pages, some kB each where laid-out ones take a MB, are joined to every paper (papers.assembly).
A paper is made of parts whether they were kept or not, so what is kept shows in no byte.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PAGES_KEPT = 16
"""Laid-out pages kept in one process, about 1 MB each: the pages of the rule and the forms and notices asked for last, within
the 130 MB that a worker may use (docs/performance.md)."""
BYTES_KEPT = 6_000_000
"""Finished parts kept in one process: a page has about 3 kB, so dozens of schedules of usual length."""


class Layouts:
    """A least-recently-used cache of laid-out documents, bounded by their pages. Call with `engine.LOCK` held."""

    def __init__(self, pages_kept: int = PAGES_KEPT) -> None:
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._pages_kept = pages_kept

    def get(self, key: str, lay_out: Callable[[], Any]) -> Any:
        """Return the document kept under `key`, or lay it out and keep it if it is not too long to keep."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        document = lay_out()
        if len(document.pages) <= self._pages_kept:
            self._kept[key] = document
            while self.pages > self._pages_kept:
                self._kept.popitem(last=False)
        return document

    @property
    def pages(self) -> int:
        """How many pages are kept now."""
        return sum(len(document.pages) for document in self._kept.values())

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def clear(self) -> None:
        """Forget everything that was laid out."""
        self._kept.clear()


LAYOUTS = Layouts()
"""This process's cache."""


@dataclass(frozen=True, slots=True)
class FinishedPart:
    """The finished pages of a part: a PDF of its own, tagged, and how many they are."""

    pdf: bytes
    pages: int


class FinishedParts:
    """A least-recently-used cache of finished parts, bounded by their bytes. Call with `engine.LOCK` held."""

    def __init__(self, bytes_kept: int = BYTES_KEPT) -> None:
        self._kept: OrderedDict[str, FinishedPart] = OrderedDict()
        self._bytes_kept, self.size = bytes_kept, 0

    def get(self, key: str, draw: Callable[[], FinishedPart]) -> FinishedPart:
        """Return the part kept under `key`, or draw it and keep it if it is not too large to keep."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        part = draw()
        if len(part.pdf) <= self._bytes_kept:
            self._kept[key] = part
            self.size += len(part.pdf)
            while self.size > self._bytes_kept:
                self.size -= len(self._kept.popitem(last=False)[1].pdf)
        return part

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def clear(self) -> None:
        """Forget everything that was drawn."""
        self._kept.clear()
        self.size = 0


FINISHED = FinishedParts()
"""This process's finished parts."""


def forget() -> None:
    """Forget all that this process kept."""
    LAYOUTS.clear()
    FINISHED.clear()


def key_of(part: str, *shows: object) -> str:
    """Return the cache key of one part: under one release, equal HTML on equal paper with equal stylesheets is one layout."""
    return f"{part}:{hashlib.sha256(repr(shows).encode()).hexdigest()}"
