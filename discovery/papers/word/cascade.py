"""The cascade: which declarations of the papers' stylesheets apply to an element of a paper's HTML.

Word knows no stylesheets, so the converter asks here what each element looks like. The selectors are matched by cssselect2 and
the texts read by tinycss2, both of which lay out the PDF; the same class therefore looks alike in both files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import cssselect2
import tinycss2

from discovery.papers.fontset import STYLES
from discovery.papers.word.declared import INHERITED, apply
from discovery.papers.word.looks import Look, Type

_OF_BROWSERS = """
html, body, div, p, h1, h2, h3, h4, h5, h6, section, article, header, footer, main, ul, ol, dl, dt, dd, blockquote, figure,
figcaption, address, aside, nav, hr { display: block }
li { display: list-item } table { display: table } thead, tbody, tfoot { display: table-row-group } tr { display: table-row }
th, td { display: table-cell } caption { display: block } head, script, style, title, template, svg { display: none }
b, strong, th, h1, h2, h3, h4, h5, h6 { font-weight: bold } th { text-align: center }
i, em, cite, dfn, var { font-style: italic } u, ins { text-decoration: underline }
del, s { text-decoration: line-through }
sup { vertical-align: super } sub { vertical-align: sub } ul, ol { padding-left: 30pt } td, th { padding: 0.75pt }
ol { list-style-type: decimal } blockquote { margin: 12pt 30pt } dd { margin-left: 30pt }
h1 { font-size: 24pt; margin: 16pt 0 } h2 { font-size: 18pt; margin: 15pt 0 }
h3 { font-size: 14pt; margin: 14pt 0 } h4 { margin: 16pt 0 }
"""
"""What elements are before any stylesheet of ours: the part of the HTML standard's section 15.3 that papers can meet."""


@cache
def sheet_text(name: str) -> str:
    """Return the text of one of the papers' stylesheets."""
    return (STYLES / f"{name}.css").read_text(encoding="utf-8")


class Cascade:
    """The stylesheets of one section, asked for one element after another."""

    def __init__(self, names: Iterable[str], own: Iterable[str] = ()) -> None:
        """Read the named stylesheets, then the texts that stand in the HTML itself."""
        self._matcher = cssselect2.Matcher()
        self._known: dict[tuple[Any, ...], tuple[int, Look]] = {}
        self._counts = False  # whether a selector counts siblings
        self._order = 0
        for text in (_OF_BROWSERS, *(sheet_text(name) for name in names), *own):
            self._read(text)

    def _read(self, text: str) -> None:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            declared = tuple(_declarations(rule.content))
            self._counts |= "nth-" in tinycss2.serialize(rule.prelude)
            for selector in cssselect2.compile_selector_list(rule.prelude):
                self._order += 1
                self._matcher.add_selector(selector, (self._order, declared))

    def look(self, element: Any, above: tuple[int, Look]) -> tuple[int, Look]:
        """Return (a number for equal looks in equal places, the look) of a cssselect2 element under one that looks like `above`."""
        made = element.etree_element
        before = element.previous.etree_element if element.previous is not None else None
        key = (
            above[0],
            made.tag,
            made.get("class"),
            made.get("dir"),
            before is not None and (before.tag, before.get("class")),
            made.getnext() is None,
            element.index if self._counts else 0,
        )
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self._known) + 1, self._computed(element, above[1])
        return found

    def _computed(self, element: Any, above: Look) -> Look:
        look = Look(**{name: getattr(above, name) for name in INHERITED})
        # What is raised does not go on being raised below.
        look = replace(look, type=replace(look.type, raised=""))
        for _specificity, _order, pseudo, (_number, declared) in self._matcher.match(element):
            for name, value in declared:
                if pseudo is None:
                    look = apply(look, name, value, above)
                elif pseudo == "before" and name == "content" and value.startswith('"'):
                    look = replace(look, before=value.strip('"'))
        return look


ROOT = (0, Look(display="block", type=Type()))
"""What stands above the first element."""


def _declarations(content: Any) -> Iterator[tuple[str, str]]:
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            yield one.lower_name, tinycss2.serialize(one.value).strip()
