"""What can be printed at all: a stored snapshot that can be read, with a title, a language, and characters that our fonts have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.translation import gettext

from discovery.papers.characters import describe, unprintable
from discovery.papers.errors import PaperRefused
from discovery.papers.snapshots import Paper, from_json


def read_paper(canonical_json: str) -> Paper:
    """Return the paper of a snapshot (canonical JSON).

    Raises PaperRefused for one that cannot be read, has no title or language, or has a character that cannot be printed.
    """
    paper = stored_paper(canonical_json)
    refuse_unprintable(paper)
    _refuse_unnamed(paper)
    return paper


def stored_paper(canonical_json: str) -> Paper:
    """Return the paper of a snapshot as it was stored. Raises PaperRefused for one that cannot be read."""
    try:
        return from_json(canonical_json)
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        raise PaperRefused(gettext("The stored text of this paper cannot be read: %(why)s") % {"why": error}) from error


def refuse_unprintable(paper: Paper) -> None:
    """Raise PaperRefused, naming place and character, for a paper with one that cannot be printed."""
    for place, text in _texts(paper, ""):
        found = unprintable(text)
        if found:
            raise PaperRefused(f"{place[:1].upper()}{place[1:]}: {describe(found[0])}")


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _refuse_unnamed(paper: Paper) -> None:
    """PDF/UA-1 wants a title and a language (ISO 14289-1, 7.1 and 7.2)."""
    if not paper.document_title.strip():
        raise PaperRefused(gettext("The paper has no title."))
    if not _LANGUAGE.fullmatch(paper.language):
        raise PaperRefused(gettext("The paper’s language “%(language)s” is no language tag.") % {"language": paper.language})


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a snapshot with words that say where it stands: "schedule, requests 3, text"."""
    if isinstance(value, str):
        if value:
            yield place, value
    elif is_dataclass(value):
        for one in fields(value):
            name = one.name.replace("_", " ")
            yield from _texts(getattr(value, one.name), f"{place}, {name}" if place else name)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{place} {number}")
