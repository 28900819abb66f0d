"""Bookmarks of joined files: each file's own under those that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from discovery.papers.links import drop, lead

MOST = 20_000
"""Bookmarks read of one file; one with more, or whose list bites its own tail, is made to end there."""


@dataclass(slots=True)
class _Mark:
    """A bookmark of our own making and what stands under it: further ones, and those that came with a file."""

    title: str
    page: Any
    under: list[_Mark | Any] = field(default_factory=list)


class Bookmarks:
    """The bookmarks of the whole."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._top = _Mark("", None)

    def add(self, path: tuple[str, ...], source: Pdf, page: Any, named: dict[bytes, Any]) -> None:
        """Put a file's bookmarks under `path`, each step of which leads to the first page that stood under it.

        A path that ends with "" has no step of its own: what it has stands under the one before.
        """
        at = self._top
        for depth, title in enumerate(path):
            if not title:
                break
            last = at.under[-1] if at.under else None
            if isinstance(last, _Mark) and last.title == title and depth < len(path) - 1:
                at = last
            else:
                at.under.append(_Mark(title, page))
                at = at.under[-1]
        at.under += self._copied(source, named)

    def close(self) -> None:
        """Write them into the whole."""
        if self._top.under:
            root = self._whole.make_indirect(Dictionary(Type=Name.Outlines))
            root.Count = self._link(root, self._top.under)
            self._whole.Root.Outlines = root
            self._whole.Root.PageMode = Name.UseOutlines

    def _copied(self, source: Pdf, named: dict[bytes, Any]) -> list[Any]:
        """Return copies of a file's topmost bookmarks, everything under them included."""
        outlines = source.Root.get("/Outlines")
        if not isinstance(outlines, Dictionary) or "/First" not in outlines:
            return []
        root = self._whole.copy_foreign(outlines if outlines.is_indirect else source.make_indirect(outlines))
        seen: set[tuple[int, int]] = set()
        tops = _siblings(root.First, seen)
        waiting = list(tops)
        while waiting:
            item = waiting.pop()
            lead(item, named)
            if "/First" in item:
                under = _siblings(item.First, seen)
                waiting += under
                if not under:
                    del item["/First"]
        return tops

    def _link(self, parent: Any, marks: list[_Mark | Any]) -> int:
        """Chain bookmarks under `parent`; return how many are to be seen there."""
        made = [self._made(mark) if isinstance(mark, _Mark) else mark for mark in marks]
        for place, item in enumerate(made):
            item.Parent = parent
            for key, neighbour in (("/Prev", place - 1), ("/Next", place + 1)):
                if 0 <= neighbour < len(made):
                    item[key] = made[neighbour]
                else:
                    drop(item, key)
        parent.First, parent.Last = made[0], made[-1]
        return len(made) + sum(max(int(item.get("/Count", 0)), 0) for item in made)

    def _made(self, mark: _Mark) -> Any:
        item = self._whole.make_indirect(Dictionary(Title=String(mark.title), Dest=Array([mark.page, Name.Fit])))
        if mark.under:
            item.Count = -self._link(item, mark.under)  # closed: two hundred recipients are a list, not a wall
        return item


def _siblings(first: Any, seen: set[tuple[int, int]]) -> list[Any]:
    """Return a chain of bookmarks; one met before ends it."""
    found: list[Any] = []
    item = first
    while isinstance(item, Dictionary) and item.objgen not in seen and len(seen) < MOST:
        seen.add(item.objgen)
        found.append(item)
        item = item.get("/Next")
    return found
