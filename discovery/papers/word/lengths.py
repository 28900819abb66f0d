"""Lengths of CSS in points, and what Word counts in: twentieths of a point, half points, eighths of a point."""

from __future__ import annotations

import re

POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "": 0.0}
_LENGTH = re.compile(r"^(-?\d*\.?\d+)(pt|px|in|cm|mm|em|rem|%|)$")


def points(text: str, *, size: float = 12.0, of: float | None = None) -> float | None:
    """Return a CSS length in points; `size` is the font's, `of` what a percentage is of. None for what is no length ("auto")."""
    found = _LENGTH.match(text.strip())
    if found is None:
        return None
    number, unit = float(found[1]), found[2]
    if unit in {"em", "rem"}:
        return number * size
    if unit == "%":
        return None if of is None else number * of / 100
    return number * POINTS[unit]


def twips(length: float) -> int:
    """Return points as twentieths of a point, the unit of Word's distances."""
    return round(length * 20)


def half_points(length: float) -> int:
    """Return points as half points, the unit of Word's font sizes."""
    return round(length * 2)


def eighths(length: float) -> int:
    """Return points as eighths of a point, the unit of Word's borders; the thinnest has 2."""
    return max(2, round(length * 8))
