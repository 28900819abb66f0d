"""Snapshot to HTML: which parts each kind of paper has, and who makes them. The same HTML for the screen and for the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from discovery.papers import memo, response, subpoena
from discovery.papers.errors import PaperRefused
from discovery.papers.parts import Section
from discovery.papers.response import ResponsePaper
from discovery.papers.snapshots import MemoPaper, Paper, SubpoenaPaper


@dataclass(frozen=True, slots=True)
class Make:
    """How a kind of paper becomes sections: the parts that it may name, and the function that makes them in printing order."""

    parts: tuple[str, ...]
    sections: Callable[[Any], tuple[Section, ...]]


MAKES: dict[type, Make] = {
    SubpoenaPaper: Make(subpoena.PARTS, subpoena.subpoena_sections),
    MemoPaper: Make(memo.PARTS, memo.memo_sections),
    ResponsePaper: Make(response.PARTS, response.response_sections),
}
"""By the type of the snapshot. A new kind of paper has its snapshot and its sections in a module of its own, and a line here."""


def sections(paper: Paper) -> tuple[Section, ...]:
    """Return the sections of a paper in printing order.

    Raises PaperRefused for a part that this release does not know, no part at all, and a form edition that is missing.
    """
    make = MAKES[type(paper)]
    unknown = [part for part in paper.parts if part not in make.parts]
    if unknown or not paper.parts:
        raise PaperRefused(gettext("This release cannot print the part “%(part)s” of a paper.") % {"part": ", ".join(unknown)})
    return make.sections(paper)
