"""Equal things once: fonts, images and whole page contents that several joined files bring along are kept as one object each.

The twentieth subpoena of a batch brings the same page of Rule 45 and the same subset of a font as the first. What is equal is
found by a digest over an object and everything that it refers to.
"""

from __future__ import annotations

import hashlib
from typing import Any

from pikepdf import Array, Dictionary, Stream

ONE_OF_A_KIND = ("/StructParent", "/StructParents", "/Parent", "/P")
"""An object that names its place in the file is not equal to any other."""


class Folder:
    """Remembers each distinct object of the whole by its digest."""

    def __init__(self) -> None:
        self._first: dict[bytes, Any] = {}
        self._digests: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def fold_page(self, page: Any) -> None:
        """Let a page share what an earlier one has in equal form."""
        for key in ("/Resources", "/Contents"):
            value = page.get(key)
            if isinstance(value, Dictionary | Stream | Array):
                self._fold_into(page, key, value)

    def _fold_into(self, holder: Any, key: Any, value: Any) -> bytes:
        """Digest what stands at `key` of `holder` and put the first of its equals there."""
        digest = self._digest(value)
        if value.is_indirect:
            first = self._first.setdefault(digest, value)
            if first.objgen != value.objgen:
                holder[key] = first
        return digest

    def _digest(self, value: Any) -> bytes:
        if not isinstance(value, Dictionary | Stream | Array):
            return value.unparse() if hasattr(value, "unparse") else repr(value).encode()
        place = value.objgen
        if not value.is_indirect:
            return self._of_content(value)
        if place in self._open:
            return b"cycle %d %d" % place  # nothing that contains itself is folded
        if place not in self._digests:
            self._open.add(place)
            self._digests[place] = self._of_content(value)
            self._open.discard(place)
        return self._digests[place]

    def _of_content(self, value: Any) -> bytes:
        if isinstance(value, Array):
            plain = value.unparse()
            if b" R" not in plain:
                return hashlib.sha256(b"array" + plain).digest()
            inner = [self._of_item(value, place, item) for place, item in enumerate(list(value))]
            return hashlib.sha256(b"array" + b"\0".join(inner)).digest()
        if any(key in value for key in ONE_OF_A_KIND):
            return b"alone %d %d" % value.objgen
        found = hashlib.sha256(b"stream" if isinstance(value, Stream) else b"dictionary")
        for key in sorted(value.keys()):
            if key != "/Length":
                found.update(key.encode() + b"\0" + self._of_item(value, key, value[key]) + b"\0")
        if isinstance(value, Stream):
            found.update(value.read_raw_bytes())
        return found.digest()

    def _of_item(self, holder: Any, key: Any, item: Any) -> bytes:
        if isinstance(item, Dictionary | Stream | Array):
            return self._fold_into(holder, key, item)
        return self._digest(item)
