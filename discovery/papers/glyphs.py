"""What the vendored fonts can draw, how wide, and with which outlines: read with fontTools, no layout engine needed."""

from __future__ import annotations

from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from discovery.papers.fontset import Face, faces

SERIF = "Liberation Serif"


def advance(character: str, style: str = "regular") -> float:
    """Return a character's advance width in ems, from the first vendored face that has it (0.0 if none has).

    `style` is "regular", "bold", "italic" or "bold italic"; a family without that style lends its regular face, as
    Fontconfig does with our configuration.
    """
    return _advances(style).get(ord(character)) or _advance(ord(character), style)


def in_serif(text: str) -> bool:
    """Return whether Liberation Serif has every character of `text`, newlines aside."""
    known = _advances("regular")
    return all(character == "\n" or ord(character) in known for character in text)


def outline(text: str, style: str = "bold") -> tuple[list[str], float]:
    """Return the PDF path operators of a line of text in Liberation Serif, 1 unit to an em, and its width in ems."""
    font, table = _open(_serif(style))
    glyph_set, unit = font.getGlyphSet(), font["head"].unitsPerEm
    operators: list[str] = []
    x = 0.0
    for character in text:
        name = table[ord(character)]
        pen = _PathPen(glyph_set, x, 1 / unit)
        glyph_set[name].draw(pen)
        operators += pen.operators
        x += glyph_set[name].width / unit
    return operators, x


def baseline(line_height: float, size: float) -> float:
    """Return how far below a line’s top the baseline is: Liberation Serif, half the leading above (CSS 2.2, 10.8)."""
    metrics, unit = _open(_serif("regular"))[0]["hhea"], _open(_serif("regular"))[0]["head"].unitsPerEm
    ascent, descent = metrics.ascent / unit * size, -metrics.descent / unit * size
    down: float = (line_height - ascent - descent) / 2 + ascent
    return down


class _PathPen(BasePen):  # type: ignore[misc]
    """Writes a glyph as PDF path operators; BasePen turns TrueType's quadratic curves into cubic ones."""

    def __init__(self, glyph_set: Any, x: float, scale: float) -> None:
        super().__init__(glyph_set)
        self.operators: list[str] = []
        self._x, self._scale = x, scale

    def _place(self, point: tuple[float, float]) -> str:
        return f"{point[0] * self._scale + self._x:.4f} {point[1] * self._scale:.4f}"

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  fontTools' name
        self.operators.append(f"{self._place(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  fontTools' name
        self.operators.append(f"{self._place(pt)} l")

    def _curveToOne(  # noqa: N802  fontTools' name
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.operators.append(f"{self._place(pt1)} {self._place(pt2)} {self._place(pt3)} c")

    def _closePath(self) -> None:  # noqa: N802  fontTools' name
        self.operators.append("h")


def _serif(style: str) -> Face:
    return next(face for face in faces() if face.name == SERIF and face.style == style)


@cache
def _open(face: Face) -> tuple[Any, dict[int, str]]:
    font = TTFont(face.path, lazy=True)
    return font, font.getBestCmap()


@cache
def _advances(style: str) -> dict[int, float]:
    """Advance widths in ems of the serif face: nearly every character of nearly every paper."""
    font, table = _open(_serif(style))
    metrics, unit = font["hmtx"], font["head"].unitsPerEm
    return {code: metrics[name][0] / unit for code, name in table.items()}


@cache
def _advance(code: int, style: str) -> float:
    """Advance width in ems from the fallback fonts."""
    for wanted in (style, "regular"):
        for face in faces():
            font, table = _open(face)
            if face.style == wanted and code in table:
                width: float = font["hmtx"][table[code]][0] / font["head"].unitsPerEm
                return width
    return 0.0
