"""The table of dates that would move, as people read it: old beside new, an hour where only the hour moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from discovery.domain.dates.counting import in_words

if TYPE_CHECKING:
    from discovery.domain.dates.following import Move


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One date that would move. `new` is None when none comes instead; `instead` then says why."""

    what: str
    about: str
    old: date | None
    old_hour: time | None
    new: date | None
    new_hour: time | None
    confirmed: bool
    instead: str


def move_rows(moves: Iterable[Move]) -> list[MoveRow]:
    """Return the rows of the table, soonest first."""
    return sorted((_row(move) for move in moves), key=lambda row: (row.new or row.old or date.max, row.what))


def _row(move: Move) -> MoveRow:
    deadline, wanted = move.deadline, move.wanted
    derivation = wanted.derivation if wanted else None
    only_the_hour = move.old == move.new
    return MoveRow(
        what=deadline.title,
        about=str(deadline.demand.responding_party) if deadline.demand is not None else "",
        old=move.old,
        old_hour=hour_of(deadline.due_at, deadline.zone) if only_the_hour or deadline.by_hour else None,
        new=move.new,
        new_hour=_new_hour(derivation.due_at if derivation else None, deadline.zone, only_the_hour),
        confirmed=deadline.confirmed,
        instead=_instead(move) if derivation is None else "",
    )


def hour_of(moment: datetime | None, zone: str) -> time | None:
    """Return the hour of a moment at the court."""
    return moment.astimezone(ZoneInfo(zone)).time() if moment is not None else None


def _new_hour(moment: datetime | None, zone: str, only_the_hour: bool) -> time | None:
    by_hour = moment is not None and moment.second == 0
    return hour_of(moment, zone) if only_the_hour or by_hour else None


def _instead(move: Move) -> str:
    if move.wanted is not None and move.wanted.refusal is not None:
        return _("no date: %(why)s") % {"why": in_words(move.wanted.refusal)}
    return _("no longer applies")
