"""Joining structure trees: one Document, one Part for each file, one parent tree through which every page finds its tags.

ISO 32000-1, 14.7: a page names by /StructParents a row of the parent tree, whose items lead from a marked-content number to
its element. Here each file's rows are moved behind those of the files before, and whatever names a row moves along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Pdf, String


class Tags:
    """The structure tree of the whole."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array()))
        self._rows: list[Any] = []
        self._next = 0
        self._ids: dict[bytes, Any] = {}
        self._roles: dict[str, Any] = {}
        self._classes: dict[str, Any] = {}
        self._files = 0

    def add(self, source: Pdf, pages: list[Any], title: str, *, language: str) -> bool:
        """Take over the tags of a file whose pages are in the whole as `pages`; return whether it has any."""
        self._files += 1
        tree = source.Root.get("/StructTreeRoot")
        marked = source.Root.get("/MarkInfo", Dictionary()).get("/Marked", False)
        if not (isinstance(tree, Dictionary) and marked and "/K" in tree and "/ParentTree" in tree):
            _move_rows(pages, None)
            return False
        own = self._whole.copy_foreign(tree if tree.is_indirect else source.make_indirect(tree))
        highest = _move_rows(pages, self._next)
        for number, row in NumberTree(own.ParentTree).items():
            self._rows += [self._next + number, row]
            highest = max(highest, number)
        self._next += highest + 1
        part = self._part(own)
        if title:
            part.T = String(title)
        spoken = source.Root.get("/Lang")
        if "/Lang" not in part and spoken is not None and str(spoken) != language:
            part.Lang = spoken
        self._document.K.append(part)
        self._name_apart(own, part)
        return True

    def close(self, *, marked: bool) -> None:
        """Write the tree into the whole. `marked`: everything on every page is tagged or an artifact."""
        if not self._rows:
            return
        self._root.K = Array([self._document])
        self._root.ParentTree = self._whole.make_indirect(Dictionary(Nums=Array(self._rows)))
        self._root.ParentTreeNextKey = self._next
        for key, entries in (("/RoleMap", self._roles), ("/ClassMap", self._classes)):
            if entries:
                self._root[key] = Dictionary(entries)
        if self._ids:
            flat = [item for name, element in sorted(self._ids.items()) for item in (String(name), element)]
            limits = Array([String(min(self._ids)), String(max(self._ids))])
            leaf = self._whole.make_indirect(Dictionary(Limits=limits, Names=Array(flat)))
            self._root.IDTree = self._whole.make_indirect(Dictionary(Kids=Array([leaf])))
        self._whole.Root.StructTreeRoot = self._root
        self._whole.Root.MarkInfo = Dictionary(Marked=marked)

    def _part(self, tree: Any) -> Any:
        """Return the Part that holds a file's tags: its own Document, if that is its one top, else a new one around them."""
        tops = list(tree.K) if isinstance(tree.K, Array) else [tree.K]
        if len(tops) == 1 and isinstance(tops[0], Dictionary) and tops[0].get("/S") == Name.Document:
            part = tops[0]
            part.S = Name.Part
        else:
            part = self._whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(tops)))
            for top in tops:
                top.P = part
        part.P = self._document
        return part

    def _name_apart(self, tree: Any, part: Any) -> None:
        """Merge roles, classes and identifiers; what means another thing in an earlier file gets another name in this one."""
        roles = {str(key): value for key, value in tree.get("/RoleMap", Dictionary()).items()}
        classes = {str(key): value for key, value in tree.get("/ClassMap", Dictionary()).items()}
        ids = {str(key): value for key, value in NameTree(tree.IDTree).items()} if "/IDTree" in tree else {}
        new_roles = self._free(roles, self._roles)
        new_classes = self._free(classes, self._classes)
        new_ids = {key: f"{self._files}-{key}" for key in ids if key.encode() in self._ids}
        if new_roles or new_classes or new_ids:
            for element in elements(part):
                _rename(element, new_roles, new_classes, new_ids)
        self._roles |= {new_roles.get(key, key): value for key, value in roles.items()}
        self._classes |= {new_classes.get(key, key): value for key, value in classes.items()}
        self._ids |= {new_ids.get(key, key).encode(): value for key, value in ids.items()}

    def _free(self, entries: dict[str, Any], known: dict[str, Any]) -> dict[str, str]:
        """Return new names for those entries that are known already as something else."""
        return {
            key: f"{key}-{self._files}"
            for key, value in entries.items()
            if key in known and known[key].unparse(resolved=True) != value.unparse(resolved=True)
        }


def elements(top: Any) -> Iterator[Any]:
    """Yield every element of a structure tree from `top` down, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        if element.get("/Type") in (Name.MCR, Name.OBJR):
            continue
        yield element
        kids = element.get("/K")
        kids = [kids] if isinstance(kids, Dictionary) else list(kids) if isinstance(kids, Array) else []
        waiting += [kid for kid in kids if isinstance(kid, Dictionary)]


def _rename(element: Any, roles: dict[str, str], classes: dict[str, str], ids: dict[str, str]) -> None:
    role = str(element.get("/S", ""))
    if role in roles:
        element.S = Name(roles[role])
    named = element.get("/C")
    if isinstance(named, Name) and str(named) in classes:
        element.C = Name(classes[str(named)])
    elif isinstance(named, Array):
        element.C = Array([Name(classes.get(str(one), str(one))) if isinstance(one, Name) else one for one in named])
    if "/ID" in element:
        element.ID = String(ids.get(str(element.ID), str(element.ID)))
    attributes = element.get("/A")
    for owned in [attributes] if isinstance(attributes, Dictionary) else list(attributes or []):
        if isinstance(owned, Dictionary) and "/Headers" in owned:
            owned.Headers = Array([String(ids.get(str(header), str(header))) for header in owned.Headers])


def _move_rows(pages: Iterable[Any], offset: int | None) -> int:
    """Move the rows that pages, their annotations and their forms name by `offset`, or forget them (None); return the highest."""
    highest = -1
    seen: set[tuple[int, int]] = set()
    for page in pages:
        for bearer in _bearers(page, seen):
            for key in ("/StructParents", "/StructParent"):
                if key in bearer:
                    number = int(bearer[key])
                    highest = max(highest, number)
                    if offset is None:
                        del bearer[key]
                    else:
                        bearer[key] = number + offset
    return highest


def _bearers(page: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield the page, its annotations, and the images and forms that it draws, each once a file."""
    yield page
    for annotation in page.get("/Annots", []):
        if isinstance(annotation, Dictionary) and (not annotation.is_indirect or annotation.objgen not in seen):
            seen.add(annotation.objgen)
            yield annotation
    waiting = [page.get("/Resources")]
    while waiting:
        resources = waiting.pop()
        if not isinstance(resources, Dictionary) or (resources.is_indirect and resources.objgen in seen):
            continue
        seen.add(resources.objgen)
        for drawn in resources.get("/XObject", Dictionary()).values():
            if isinstance(drawn, pikepdf.Stream) and drawn.objgen not in seen:
                seen.add(drawn.objgen)
                yield drawn
                waiting.append(drawn.get("/Resources"))
