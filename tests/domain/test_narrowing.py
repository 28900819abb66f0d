"""Narrowing: dated texts beside the served one, of which at most one is in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.domain.conferrals.narrowing import agree_narrowing, narrowings_in_force, propose_narrowing, text_in_force
from discovery.domain.errors import Conflict, Refused
from discovery.domain.service.rows import served_text
from discovery.models import Event, Narrowing, RequestRow
from tests.domain.conferring import rows_of
from tests.factories import World

SERVED = date(2025, 6, 18)


def narrower(row: RequestRow, text: str = "All Documents of 2024.", **changes: Any) -> Narrowing:
    return Narrowing(row=row, text=text, **{"proposed_by": "Witness Corp.", "proposed_on": date(2025, 7, 1), **changes})


def test_a_proposal_changes_nothing_until_it_is_agreed(world: World) -> None:
    row = rows_of(world.served_subpoena())[0]
    proposed = propose_narrowing(narrower(row), by=world.bob)
    assert text_in_force(row) == "All Documents, part 1."

    agree_narrowing(proposed, "Our Defendants", date(2025, 7, 8), by=world.alice, source="E-mail of July 8", revision=1)

    assert (text_in_force(row), served_text(row)) == ("All Documents of 2024.", "All Documents, part 1.")
    acts = list(Event.objects.order_by("pk").values_list("act", "summary"))[-2:]
    assert acts == [("narrowing_proposed", "Witness Corp., No. 1"), ("narrowed", "Witness Corp., No. 1")]
    kept = Narrowing.objects.get()
    assert (kept.agreed_by, kept.source, kept.revision) == ("Our Defendants", "E-mail of July 8", 2)
    with pytest.raises(Refused, match="agreed already"):
        agree_narrowing(kept, "Us", date(2025, 7, 9), by=world.alice)


def test_a_newer_agreed_text_supersedes(world: World) -> None:
    row = rows_of(world.served_subpoena())[0]
    agreed = {"agreed_by": "Us"}
    propose_narrowing(narrower(row, agreed_on=date(2025, 7, 2), **agreed), by=world.bob)
    propose_narrowing(narrower(row, "Only e-mail.", agreed_on=date(2025, 7, 9), **agreed), by=world.bob)

    found = list(Narrowing.objects.order_by("number").values_list("number", "superseded", "text"))
    assert found == [(1, True, "All Documents of 2024."), (2, False, "Only e-mail.")]
    assert narrowings_in_force([row])[row.pk].number == 2
    with pytest.raises(Refused, match="agreed later"):
        propose_narrowing(narrower(row, "Only paper.", agreed_on=date(2025, 7, 5), **agreed), by=world.bob)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "All Documents,\npart 1."}, "text"),
        ({"text": " "}, "text"),
        ({"text": "\x07"}, "text"),
        ({"proposed_by": " "}, "proposed_by"),
        ({"proposed_on": date(2025, 6, 17)}, "proposed_on"),
        ({"proposed_on": date(2099, 1, 1)}, "proposed_on"),
        ({"agreed_on": date(2025, 6, 30), "agreed_by": "Us"}, "agreed_on"),
        ({"agreed_on": date(2099, 1, 1), "agreed_by": "Us"}, "agreed_on"),
        ({"agreed_on": date(2025, 7, 8)}, "agreed_by"),
        ({"agreed_by": "Us"}, "agreed_on"),
    ],
)
def test_what_cannot_be_is_refused(world: World, changes: dict[str, Any], field: str) -> None:
    row = rows_of(world.served_subpoena())[0]

    with pytest.raises(Refused) as refused:
        propose_narrowing(narrower(row, **changes), by=world.bob)

    assert (refused.value.field, Narrowing.objects.count()) == (field, 0)


def test_two_people_at_once(world: World) -> None:
    proposed = propose_narrowing(narrower(rows_of(world.served_subpoena())[0]), by=world.bob)

    with pytest.raises(Conflict):
        agree_narrowing(proposed, "Us", date(2025, 7, 8), by=world.alice, revision=7)

    assert Narrowing.objects.get().agreed_on is None


STEP = st.tuples(
    st.sampled_from(["propose", "agree at once", "agree"]),
    st.sampled_from(["one", "two", "three", "All Documents, part 1."]),
    st.integers(-1, 20),
    st.integers(-1, 20),
    st.integers(0, 5),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=8))
def test_whatever_is_tried_the_chain_holds(world: World, steps: list[tuple[str, str, int, int, int]]) -> None:
    """Numbers run from 1, at most one agreed text is in force and it is the newest, the served text and earlier texts stay."""
    with transaction.atomic():
        row = RequestRow.objects.first() or rows_of(world.served_subpoena())[0]
        texts: list[str] = []
        for how, text, proposed, agreed, which in steps:
            days = {"proposed_on": SERVED + timedelta(proposed)}
            if how == "agree at once":
                days |= {"agreed_on": SERVED + timedelta(agreed)}
            try:
                if how != "agree":
                    propose_narrowing(narrower(row, text, agreed_by="Us" if "agreed_on" in days else "", **days), by=world.bob)
                    texts.append(text)
                elif (found := Narrowing.objects.filter(row=row, number=which).first()) is not None:
                    agree_narrowing(found, "Us", SERVED + timedelta(agreed), by=world.bob)
            except Refused:
                pass
        chain = list(Narrowing.objects.filter(row=row).order_by("number"))
        in_force = [one for one in chain if one.agreed_on is not None and not one.superseded]
        agreed_days = [one.agreed_on for one in chain if one.agreed_on is not None]
        assert [one.number for one in chain] == list(range(1, len(texts) + 1))
        assert [one.text for one in chain] == texts
        assert len(in_force) == min(1, len(agreed_days))
        assert [one.agreed_on for one in in_force] == ([max(agreed_days)] if agreed_days else [])
        assert all(one.agreed_on is not None for one in chain if one.superseded)
        assert text_in_force(row) == (in_force[0].text if in_force else "All Documents, part 1.")
        assert served_text(row) == "All Documents, part 1."
        transaction.set_rollback(True)
