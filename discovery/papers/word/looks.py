"""How one element looks: the values that its stylesheets give it, as far as a Word file can show them. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass

SIDES = ("top", "right", "bottom", "left")
FACES = {
    "Liberation Serif": "Times New Roman",
    "Liberation Sans": "Arial",
    "Liberation Mono": "Courier New",
    "DejaVu Sans": "Segoe UI Symbol",
}
"""The faces of every Word, by those of the PDF that are as wide: what fits on a line there fits here."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a run of text."""

    size: float = 12.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    small_caps: bool = False
    caps: bool = False
    raised: str = ""  # "superscript" | "subscript"
    color: str = ""  # "a30000"
    face: str = "Times New Roman"


PLAIN = Type()


@dataclass(frozen=True, slots=True)
class Border:
    """One side of a box: its width, 0 for none, its color, and whether it is double."""

    width: float = 0.0
    color: str = "000000"
    double: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The computed values of one element."""

    display: str = "inline"
    type: Type = PLAIN
    line: float | None = None  # the line's height
    align: str = ""  # "" | "left" | "center" | "right" | "justify"
    indent: float = 0.0
    spaces: str = "normal"  # "pre-line", "pre-wrap" keep typed line ends
    margin: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    border: tuple[Border, Border, Border, Border] = (Border(), Border(), Border(), Border())
    width: float | None = None
    share: float | None = None  # a width in percent
    border_box: bool = False
    min_height: float = 0.0
    lowered: float = 0.0  # how much lower than its place a block stands: single-spaced ones on numbered lines
    at_foot: bool = False  # its content stands at the foot of its box
    valign: str = ""
    break_before: bool = False
    break_after: bool = False
    together: bool = False
    with_next: bool = False
    background: str = ""
    before: str = ""  # the text of ::before
    marker: str = "disc"

    @property
    def outer_width(self) -> float | None:
        """Its width with what lies between the text and the border."""
        if self.width is None:
            return None
        return self.width if self.border_box else self.width + self.padding[1] + self.padding[3]
