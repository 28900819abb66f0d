"""What a block stands in, and what tables ask of the converter whose cells they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from discovery.papers.word.cascade import ROOT
from discovery.papers.word.flow import Flow, Place
from discovery.papers.word.looks import Look

Seen = tuple[int, Look]


@dataclass(frozen=True, slots=True)
class Around:
    """What a block stands in: its look, the name of the style there, "th" or "td" in a table, the direction."""

    seen: Seen = ROOT
    style: str = ""
    in_cell: str = ""
    rtl: bool = False
    lowered: bool = False  # within a single-spaced block on numbered lines
    ordered: tuple[str, ...] = ()  # the literal number or bullet of the list item that begins


class Converter(Protocol):
    """Converts what stands in a cell: `blocks.Blocks`."""

    pitch: float
    counts_lines: bool
    cells: dict[tuple[int, int, float, str, int], str]
    commons: dict[Look, Look]

    def seen(self, element: Any, around: Around) -> Seen:
        """Return an element's look."""

    def inside(self, element: Any, seen: Seen, around: Around) -> Around:
        """Return what the parts of an element stand in."""

    def contents(self, element: Any, around: Around, flow: Flow, place: Place) -> None:
        """Write what stands in an element."""

    def blank(self, element: Any, around: Around, flow: Flow, place: Place) -> None:
        """Write an empty paragraph where nothing stands."""
