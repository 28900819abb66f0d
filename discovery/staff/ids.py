"""Ids that somebody's address or form names: read with care, since anybody can type anything there."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 18
"""So many digits fit into a column of either database; a longer number is nobody's id."""


def is_id(text: str) -> bool:
    """Whether a text is a number that can be an id."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


def ids_in(values: Iterable[str]) -> list[int]:
    """Return the ids that are named, "1,2,3" or one by one, each once; nonsense is left out."""
    typed = (part.strip() for value in values for part in value.split(","))
    return [int(part) for part in dict.fromkeys(typed) if is_id(part)]
