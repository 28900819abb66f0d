"""Laid-out parts of papers, kept for a while: the page that prints Rule 45 is laid out once a process, a Schedule A that
goes to many recipients once for all of them. Only layout is cached; drawing happens for each paper.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

PAGES_KEPT = 48
"""Laid-out pages kept in one process, about 1 MB each: a 25-page schedule, the page of the rule and a few forms, within
the 130 MB that a worker may use (docs/performance.md)."""


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


def key_of(part: str, markup: str) -> str:
    """Return the cache key of one part's HTML: equal HTML under one release's stylesheets is one layout."""
    return f"{part}:{hashlib.sha256(markup.encode()).hexdigest()}"
