"""The picture of a case: a lane for each demand, a mark for each day on which something happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from discovery.enums import Stage
from discovery.models import Demand
from discovery.staff.story_steps import Told

LEFT, RIGHT, TOP, LANE, WIDTH = 210, 30, 34, 46, 1100
"""Units of the drawing: where lanes begin, the margin after them, above them, the height of one, the whole width."""
NEAR = 21
"""Marks nearer than this stand in two heights of their lane."""
MOST_LANES = 40
LETTERS = {
    Stage.DRAFTED: "D",
    Stage.APPROVED: "A",
    Stage.ISSUED: "I",
    Stage.NOTICE: "N",
    Stage.ATTEMPTED: "T",
    Stage.SERVED: "S",
    Stage.ANSWERED: "R",
    Stage.CONFERRED: "C",
    Stage.PROMISED: "P",
    Stage.NARROWED: "W",
    Stage.PRODUCED: "B",
    Stage.DISPUTED: "L",
    Stage.RULED: "O",
    Stage.SUPERSEDED: "X",
}
"""The letter in each mark: colour never stands alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a lane, with the day in the list that it leads to."""

    x: float
    y: float
    stage: str
    letter: str
    label: str
    day: date

    @property
    def text_y(self) -> float:
        """Where the foot of its letter is."""
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Lane:
    """One demand's lane."""

    y: int
    name: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws: lanes, the months along the top, and the legend of the stages that occur."""

    width: int
    height: int
    left: int
    lanes: list[Lane]
    months: list[tuple[float, str]]
    legend: list[tuple[str, str, str]]


def picture_of(days: list[tuple[date, list[Told]]]) -> Picture | None:
    """Return the picture of what happened by day; None when nothing did, or for more lanes than can be read."""
    demands: dict[int, Demand] = {one.demand.pk: one.demand for _day, told in days for one in told}
    if not days or len(demands) > MOST_LANES:
        return None
    first, last = days[0][0], days[-1][0]
    span = max((last - first).days, 1)

    def x_of(day: date) -> float:
        return LEFT + 14 + (WIDTH - LEFT - RIGHT - 28) * (day - first).days / span

    lanes, seen = [], set()
    for place, demand in enumerate(demands.values()):
        y = TOP + place * LANE
        marks: list[Mark] = []
        for day, told in days:
            for stage in dict.fromkeys(one.step.stage for one in told if one.demand.pk == demand.pk):
                seen.add(stage)
                marks.append(_mark(x_of(day), y, stage, day, marks))
        lanes.append(Lane(y, str(demand.responding_party), marks))
    legend = [(stage.value, LETTERS[stage], _(stage.label)) for stage in Stage if stage in seen]
    return Picture(
        WIDTH, TOP + len(lanes) * LANE + 6, LEFT, lanes, [(x_of(day), words) for day, words in _months(first, last)], legend
    )


def _mark(x: float, y: int, stage: Stage, day: date, before: list[Mark]) -> Mark:
    """Return a mark, lower in its lane, and further on, when another stands where it would."""
    taken = [(mark.x, mark.y) for mark in before]
    heights = (y + 14.0, y + 34.0)
    while True:
        for height in heights:
            if all(abs(x - other) >= NEAR or height != at for other, at in taken):
                label = date_format(day, "SHORT_DATE_FORMAT") + _(": ") + _(stage.label)
                return Mark(round(x, 1), height, stage.value, LETTERS[stage], label, day)
        x += NEAR / 2


def _months(first: date, last: date) -> list[tuple[date, str]]:
    """Return the first days of months between two days, as many as have room, with their names."""
    found, day = [], (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(found) // 10))
    return [(day, date_format(day, _("M Y"))) for day in found[::every]]
