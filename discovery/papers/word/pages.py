"""The page of a section as its stylesheets' `@page` rules give it: size, margins, and what stands in its foot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import tinycss2

from discovery.papers.word.cascade import sheet_text
from discovery.papers.word.declared import apply
from discovery.papers.word.lengths import points
from discovery.papers.word.looks import Look

PAGE_NUMBER = "\x00page"
ROMAN = "\x00roman"
PAGES = "\x00pages"
"""Stand in a foot's words for the fields that Word fills in."""

_STRING_SET = re.compile(r"string-set:\s*([^;}]*)")
_ONE_STRING = re.compile(r"([\w-]+)\s+attr\(([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Foot:
    """What one margin box prints: lines of words and fields, with its look."""

    where: str  # "left" | "center" | "right"
    lines: tuple[tuple[str, ...], ...]
    look: Look


@dataclass(frozen=True, slots=True)
class PageLook:
    """A page: size and margins in points, the feet of every page and of the first (None: the same)."""

    width: float = 612.0
    height: float = 792.0
    margin: tuple[float, float, float, float] = (72.0, 72.0, 72.0, 72.0)
    feet: tuple[Foot, ...] = ()
    first_feet: tuple[Foot, ...] | None = None

    @property
    def room(self) -> float:
        """The width of the text."""
        return self.width - self.margin[1] - self.margin[3]


@dataclass(slots=True)
class _Reading:
    page: PageLook = field(default_factory=PageLook)
    boxes: dict[str, dict[str, str]] = field(default_factory=dict)
    first: dict[str, dict[str, str]] = field(default_factory=dict)


def page_look(names: Iterable[str], own: Iterable[str], attributes: dict[str, str]) -> PageLook:
    """Return the page of a section with these stylesheets, texts of its own and attributes of its <body>."""
    reading = _Reading()
    strings: dict[str, str] = {}
    for text in (*(sheet_text(name) for name in names), *own):
        strings |= {name: attributes.get(attribute, "") for name, attribute in _strings(text)}
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "at-rule" and rule.lower_at_keyword == "page":
                _read_page(reading, rule)
    feet = _feet(reading.boxes, strings)
    merged = {
        where: {**reading.boxes.get(where, {}), **reading.first.get(where, {})} for where in {**reading.boxes, **reading.first}
    }
    first = _feet(merged, strings) if reading.first else feet
    return replace(reading.page, feet=feet, first_feet=None if first == feet else first)


def _strings(text: str) -> list[tuple[str, str]]:
    return [one for found in _STRING_SET.findall(text) for one in _ONE_STRING.findall(found)]


def _read_page(reading: _Reading, rule: Any) -> None:
    which = tinycss2.serialize(rule.prelude).strip()
    if which not in {"", ":first"}:
        return
    for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if one.type == "at-rule" and one.lower_at_keyword.startswith("bottom-"):
            boxes = reading.first if which else reading.boxes
            boxes.setdefault(one.lower_at_keyword.removeprefix("bottom-"), {}).update(
                (inner.lower_name, tinycss2.serialize(inner.value).strip())
                for inner in tinycss2.parse_blocks_contents(one.content, skip_comments=True, skip_whitespace=True)
                if inner.type == "declaration"
            )
        elif one.type == "declaration" and not which:
            _set_page(reading, one.lower_name, tinycss2.serialize(one.value).strip())


def _set_page(reading: _Reading, name: str, value: str) -> None:
    page = reading.page
    if name == "size":
        sizes = [found for found in (points(part) for part in value.split()) if found]
        if sizes:
            reading.page = replace(page, width=sizes[0], height=sizes[-1])
    elif name.startswith("margin"):
        reading.page = replace(page, margin=apply(Look(margin=page.margin), name, value, Look()).margin)


def _feet(boxes: dict[str, dict[str, str]], strings: dict[str, str]) -> tuple[Foot, ...]:
    found = []
    for where in ("left", "center", "right"):
        declared = boxes.get(where, {})
        lines = _content(declared.get("content", "none"), strings)
        if lines:
            look = Look(display="block")
            for name, value in declared.items():
                look = apply(look, name, value, Look())
            found.append(Foot(where, lines, look))
    return tuple(found)


def _content(content: str, strings: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """Read `counter(page) "\\A " string(foot-title)` into lines of words and fields; empty lines are left out."""
    lines: list[list[str]] = [[]]
    for token in tinycss2.parse_component_value_list(content, skip_comments=True):
        if token.type == "string":
            first, *more = token.value.split("\n")
            lines[-1].append(first)
            lines += [[part] for part in more]
        elif token.type == "function":
            argument = tinycss2.serialize(token.arguments).strip()
            if token.lower_name == "counter":
                roman = ROMAN if argument.endswith("lower-roman") else PAGE_NUMBER
                lines[-1].append(PAGES if argument.startswith("pages") else roman)
            elif token.lower_name == "string":
                lines[-1].append(strings.get(argument.split(",")[0].strip(), ""))
    kept = (tuple(part for part in line if part) for line in lines)
    return tuple(line for line in kept if any(part.strip() for part in line))
