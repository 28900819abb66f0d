"""Papers on the screen: the same templates as the PDF's, without laying anything out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discovery.papers.composition import sections
from discovery.papers.printable import refuse_unprintable, stored_paper
from discovery.papers.snapshots import Paper


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A section as a screen shows it: its name, its stylesheets' names, and one element of HTML that holds its text."""

    name: str
    styles: tuple[str, ...]
    markup: str


def on_screen(paper: Paper) -> tuple[OnScreen, ...]:
    """Return a paper's sections for a preview: the same templates as the PDF's, without laying anything out.

    Everything typed is escaped; there is no script, style or address in the HTML. Raises PaperRefused as `read_paper` does.
    """
    refuse_unprintable(paper)
    return tuple(OnScreen(one.name, one.styles, _sheet(one.markup)) for one in sections(paper))


def html(canonical_json: str) -> str:
    """Return the text of a stored paper as HTML, one element a section. Raises PaperRefused as `read_paper` does."""
    return "\n".join(one.markup for one in on_screen(stored_paper(canonical_json)))


def _sheet(markup: str) -> str:
    """Return the body of one of our own templates as an element with the body's class and language."""
    found = _BODY.match(markup)
    assert found is not None, "each template of a paper has a body"
    return f'<article lang="{found["language"]}" class="on-screen {found["kind"]}">{found["text"]}</article>'


_BODY = re.compile(r'.*?<html lang="(?P<language>[^"]*)">.*?<body class="(?P<kind>[^"]*)"[^>]*>(?P<text>.*)</body>', re.DOTALL)
