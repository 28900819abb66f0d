"""A tagged PDF's structure tree and marked content, read back with a library that had no part in making the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

DEPTH = 200
"""Deeper trees are not walked: no paper of ours nests so far, and a tree that points to itself ends here."""

STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"),
    *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody"),
    *("TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu"),
    *("WT", "WP", "Figure", "Formula", "Form"),
}
"""The standard structure types (ISO 32000-1, 14.8.4)."""

SHOWING = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE", "BI", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
"""Operators that leave something on the page: text, images and forms, shadings, painted paths (ISO 32000-1, annex A)."""


@dataclass(slots=True)
class Element:
    """One element of the tree: `role` as its standard type (or its own name when it maps to none), with its page (0: unknown)."""

    role: str
    node: Any
    page: int
    parent: Element | None
    kids: list[Element] = field(default_factory=list)
    marks: int = 0
    """How many stretches of content belong to it directly."""

    def text(self, key: str) -> str:
        """Return an entry such as /Alt as text, "" for none."""
        value = self.node.get(key)
        return str(value).strip() if isinstance(value, pikepdf.String) else ""

    def attribute(self, key: str) -> Any:
        """Return an attribute such as /Scope from the element's attribute objects, None for none."""
        held = self.node.get("/A")
        for one in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(one, pikepdf.Dictionary) and key in one:
                return one[key]
        return None

    def filled(self) -> bool:
        """Whether any content belongs to it or to what it holds."""
        return self.marks > 0 or any(kid.filled() for kid in self.kids)


@dataclass(slots=True)
class Tree:
    """Every element in reading order, the content that they claim as (page, MCID), and what is wrong with their types."""

    elements: list[Element] = field(default_factory=list)
    claimed: set[tuple[int, int]] = field(default_factory=set)
    strange: list[tuple[str, int]] = field(default_factory=list)
    """Types that are not standard and map to no standard one, with their page."""


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What one page's content says of itself: content outside any mark, the MCIDs, artifacts, artifacts inside tagged content."""

    loose: int
    mcids: tuple[int, ...]
    artifacts: int
    mixed: int


def read_tree(document: pikepdf.Pdf) -> Tree:
    """Return a document's structure tree, empty when it has none."""
    tree = Tree()
    root = document.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return tree
    roles = root.get("/RoleMap")
    reader = _Reader(tree, roles if isinstance(roles, pikepdf.Dictionary) else None, page_numbers(document))
    reader.walk(root)
    return tree


def page_numbers(document: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Return each page's number, from 1, by its object."""
    return {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}


class _Reader:
    """Walks the tree in reading order, without recursion: a hostile one would end the process."""

    def __init__(self, tree: Tree, roles: Any, pages: dict[tuple[int, int], int]) -> None:
        self.tree, self.roles, self.pages = tree, roles, pages
        self.seen: set[tuple[int, int]] = set()

    def walk(self, root: Any) -> None:
        waiting: list[tuple[Any, Element | None, int, int]] = [(kid, None, 0, 0) for kid in reversed(_kids(root))]
        while waiting:
            item, parent, page, depth = waiting.pop()
            element = self._read(item, parent, page)
            if element is not None and depth < DEPTH:
                waiting += [(kid, element, element.page, depth + 1) for kid in reversed(_kids(element.node))]

    def _read(self, item: Any, parent: Element | None, page: int) -> Element | None:
        if isinstance(item, int) or (isinstance(item, pikepdf.Object) and not isinstance(item, pikepdf.Dictionary)):
            self._claim(parent, page, item)
            return None
        if not isinstance(item, pikepdf.Dictionary):
            return None
        page = self._page(item) or page
        if item.get("/Type") in (pikepdf.Name.MCR, pikepdf.Name.OBJR):
            self._claim(parent, page, item.get("/MCID"))
            return None
        if item.is_indirect:
            if item.objgen in self.seen:
                return None
            self.seen.add(item.objgen)
        element = Element(self._role(item, page), item, page, parent)
        if parent is not None:
            parent.kids.append(element)
        self.tree.elements.append(element)
        return element

    def _page(self, item: Any) -> int:
        found = item.get("/Pg")
        return self.pages.get(found.objgen, 0) if isinstance(found, pikepdf.Object) else 0

    def _claim(self, parent: Element | None, page: int, mcid: Any) -> None:
        if parent is None:
            return
        parent.marks += 1
        parent.page = parent.page or page
        if mcid is not None:
            self.tree.claimed.add((page, int(mcid)))

    def _role(self, item: Any, page: int) -> str:
        """Return the standard type that an element's own one maps to."""
        name = str(item.get("/S", "")).lstrip("/")
        met = [name]
        while name not in STANDARD:
            mapped = self.roles.get(f"/{name}") if self.roles is not None and name else None
            name = str(mapped).lstrip("/") if mapped is not None else ""
            if not name or name in met:
                self.tree.strange.append((met[0], page))
                return met[0]
            met.append(name)
        return name


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def read_marks(page: pikepdf.Page) -> PageMarks:
    """Return what a page's content says of itself. Raises pikepdf.PdfError for content that cannot be read."""
    loose = artifacts = mixed = 0
    mcids: list[int] = []
    open_marks: list[str] = []
    for kind, mcid in _marks(page):
        if kind == "close":
            if open_marks:
                open_marks.pop()
        elif kind == "show":
            loose += not any(open_marks)
        else:
            if kind == "artifact":
                artifacts += 1
                mixed += "tagged" in open_marks
            elif kind == "tagged":
                mcids.append(mcid)
                mixed += "artifact" in open_marks
            open_marks.append(kind)
    return PageMarks(loose, tuple(mcids), artifacts, mixed)


def _marks(page: pikepdf.Page) -> Iterator[tuple[str, int]]:
    """Yield "tagged", "artifact" or "" (a mark that is neither) as marks open, "close", and "show" for what is drawn."""
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator in SHOWING:
            yield "show", 0
        elif operator == "EMC":
            yield "close", 0
        elif operator in {"BDC", "BMC"}:
            if str(step.operands[0]) == "/Artifact":
                yield "artifact", 0
                continue
            mcid = _mcid(page, step.operands[1]) if operator == "BDC" else None
            yield ("tagged", mcid) if mcid is not None else ("", 0)


def _mcid(page: pikepdf.Page, properties: Any) -> int | None:
    if isinstance(properties, pikepdf.Name):
        resources = page.obj.get("/Resources")
        named = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
        properties = named.get(str(properties)) if isinstance(named, pikepdf.Dictionary) else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(str(properties["/MCID"]))
    return None
