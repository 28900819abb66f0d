"""Ids that somebody's address or form names: read with care, since anybody can type anything there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

CHOICE = re.compile(r"-?[0-9]{1,6}")
LONGEST = 18
"""So many digits fit into a column of either database; a longer number is nobody's id."""


def is_id(text: str) -> bool:
    """Whether a text is a number that can be an id."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


def ids_in(values: Iterable[str]) -> list[int]:
    """Return the ids that are named, "1,2,3" or one by one, each once; nonsense is left out."""
    typed = (part.strip() for value in values for part in value.split(","))
    return [int(part) for part in dict.fromkeys(typed) if is_id(part)]


def choices_in(typed: Mapping[str, str], names: Iterable[str]) -> dict[str, int]:
    """Return the small numbers, below zero too, that an address or a form gives for these names; nonsense is left out."""
    found = {name: typed.get(name, "") for name in names}
    return {name: int(value) for name, value in found.items() if CHOICE.fullmatch(value)}
