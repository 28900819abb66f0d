"""Destinations and links of joined files: each link leads where it led, and nothing acts by itself."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

HARMLESS = (Name.GoTo, Name.URI, Name.Named)
"""Actions that stay: a jump within the file, an address on the web, "next page"."""

CARRIERS = (Name.FileAttachment, Name.RichMedia, Name.Screen, Name.Movie, Name.Sound, Name("/3D"))
"""Annotations that carry a file or play one: they stay behind with what is in them."""
CARRIED = ("/FS", "/RichMediaContent", "/Movie", "/Sound", "/3DD", "/A", "/AA", "/AF")
"""Where they have it; taken away too, since a tag may still refer to them."""


class Destinations:
    """The named destinations of the whole; a name that is taken gets the number of its file."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._named: dict[bytes, Any] = {}
        self._files = 0

    def add(self, source: Pdf) -> dict[bytes, Any]:
        """Take over a file's named destinations, whose pages are in the whole already; return them by their names there."""
        self._files += 1
        own: dict[bytes, Any] = {}
        names = source.Root.get("/Names", Dictionary()).get("/Dests")
        found = list(NameTree(names).items()) if isinstance(names, Dictionary) else []
        found += [(key.lstrip("/"), value) for key, value in source.Root.get("/Dests", Dictionary()).items()]
        for key, value in found:
            place = value.get("/D") if isinstance(value, Dictionary) else value
            if isinstance(place, Array):
                copied = self._whole.copy_foreign(place if place.is_indirect else source.make_indirect(Array(place)))
                own[key.encode()] = copied
                self._named[key.encode() if key.encode() not in self._named else f"{self._files}-{key}".encode()] = copied
        return own

    def close(self) -> None:
        """Write them into the whole."""
        if self._named:
            flat = [item for name, place in sorted(self._named.items()) for item in (String(name), place)]
            limits = Array([String(min(self._named)), String(max(self._named))])
            leaf = self._whole.make_indirect(Dictionary(Limits=limits, Names=Array(flat)))
            self._whole.Root.Names = Dictionary(Dests=self._whole.make_indirect(Dictionary(Kids=Array([leaf]))))


def tame(page: Any, named: dict[bytes, Any]) -> None:
    """Let a page's links lead to places instead of names, and take from it whatever would act by itself."""
    for key in ("/AA", "/AF"):
        drop(page, key)
    if "/Annots" not in page:
        return
    kept = []
    for annotation in page.Annots:
        if not isinstance(annotation, Dictionary):
            continue
        if annotation.get("/Subtype") in CARRIERS:
            for key in CARRIED:
                drop(annotation, key)
            continue
        drop(annotation, "/AF")
        lead(annotation, named)
        kept.append(annotation)
    page.Annots = Array(kept)


def tame_field(field: Any, named: dict[bytes, Any]) -> None:
    """Take from a form field, and from every field under it, what it would do by itself."""
    seen: set[tuple[int, int]] = set()
    waiting = [field]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary) or (one.is_indirect and one.objgen in seen):
            continue
        seen.add(one.objgen)
        lead(one, named)
        waiting += list(one.get("/Kids", []))


def lead(bearer: Any, named: dict[bytes, Any]) -> None:
    """Resolve the destination of a link or bookmark; take away what it would do beside leading there."""
    drop(bearer, "/AA")
    _resolve(bearer, "/Dest", named)
    action = bearer.get("/A")
    if action is None:
        return
    if not isinstance(action, Dictionary) or action.get("/S") not in HARMLESS:
        del bearer["/A"]
        return
    drop(action, "/Next")
    _resolve(action, "/D", named)


def _resolve(bearer: Any, key: str, named: dict[bytes, Any]) -> None:
    place = bearer.get(key)
    if isinstance(place, String | Name):
        name = bytes(place) if isinstance(place, String) else str(place).lstrip("/").encode()
        if name in named:
            bearer[key] = named[name]
        else:
            del bearer[key]


def drop(holder: Any, key: str) -> None:
    """Delete a key of a dictionary, if it is there."""
    if key in holder:
        del holder[key]
