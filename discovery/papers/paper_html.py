"""The HTML text of a paper as the engine's tree of elements: read by libxml2, under the lean stylesheet of `base_style`.

WeasyPrint reads HTML with a parser in Python, as browsers do with whatever comes. Our templates write plain and complete HTML, of
which libxml2 makes the same elements in a twentieth of the time; reading was a tenth of the layout of a long paper.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

import cssselect2
from lxml.etree import HTMLParser
from weasyprint import HTML

from discovery.papers.base_style import BASE_STYLE


class _Elements(TreeBuilder):
    """Makes elements of the standard library, which the engine takes, of what libxml2 reads."""

    def start(self, tag: str, attrs: Any, /) -> Element:
        return super().start(tag, dict(attrs))


def elements_of(markup: str) -> Element:
    """Return the root element of an HTML text that a template of ours has written.

    `huge_tree`: libxml2 would else stop at 256 levels and at texts of ten million characters. It fetches nothing.
    """
    parser = HTMLParser(target=_Elements(), huge_tree=True, no_network=True)
    parser.feed(markup)
    root: Element = parser.close()
    return root


class PaperHTML(HTML):  # type: ignore[misc]  # the engine has no types
    """An HTML text of a paper, on its way into the engine."""

    def __init__(self, markup: str, fetcher: Any) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(elements_of(markup), content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002  # the engine names it
        return [BASE_STYLE]
