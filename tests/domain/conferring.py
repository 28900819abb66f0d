"""What the tests of conferences, commitments and narrowings share."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from discovery.domain.conferrals.conferring import confer
from discovery.models import Attendee, Conferral, ConferredRequest, Demand, RequestRow
from tests.factories import World

HELD = date(2025, 7, 8)


def rows_of(demand: Demand) -> list[RequestRow]:
    """Return a demand's rows in their order."""
    return list(demand.rows.select_related("demand__responding_party__person").order_by("number"))


def people(world: World) -> list[Attendee]:
    """Return one person of each side."""
    return [
        Attendee(name="Olive Ours", attorney=world.appearance.attorney, speaks_for="Our Defendants", side="ours"),
        Attendee(name="Wanda Witness", speaks_for="Witness Corp.", side="theirs"),
    ]


def outcomes(rows: list[RequestRow], outcome: str = "open", note: str = "") -> list[ConferredRequest]:
    """Return the same outcome on each row."""
    return [ConferredRequest(row=row, outcome=outcome, note=note) for row in rows]


def session(world: World, **changes: Any) -> Conferral:
    """Return a conference by video that is not stored yet."""
    told = {"held_on": HELD, "started": time(14, 0), "ended": time(14, 45), "place": "Zoom", "notes": "Private: they are nervous"}
    return Conferral(case=world.case, **{**told, **changes})


def conferred(world: World, rows: list[RequestRow], *, outcome: str = "open", **changes: Any) -> Conferral:
    """Return a recorded conference on some rows."""
    return confer(session(world, **changes), people(world), outcomes(rows, outcome), by=world.bob)
