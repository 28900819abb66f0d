"""The table old -> new: asked once, as a question, with everything typed kept; accepted with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.records import add_record
from discovery.models import Deadline, Event, ScheduleEntry
from tests.factories import World
from tests.staff.screens import AsUser, errors_of, form_of

TYPED = {"kind": "fact_cutoff", "day": "2025-08-05", "source": "Dkt. 150", "note": "Moved <b>"}


@pytest.fixture
def entry(world: World) -> ScheduleEntry:
    """Return a cut-off with the dates that are counted from it."""
    row = add_record(ScheduleEntry(case=world.case, kind="fact_cutoff", day="2025-08-04", source="Dkt. 146"), by=world.alice)
    Deadline.objects.filter(event="motion-cutoff").update(confirmed_by=world.bob, confirmed_at="2025-06-20T00:00Z")
    row.refresh_from_db()
    return row


def url(entry: ScheduleEntry, act: str = "edit") -> str:
    return reverse(f"schedule-{act}", args=[entry.case_id, entry.pk])


def days() -> dict[str, str]:
    return {row.event: str(row.due_on) for row in Deadline.objects.filter(state="open")}


def accepted(response: Any, reason: str = "The court moved it.") -> dict[str, str]:
    """Return what a browser sends back with the table."""
    return {"moving_seen": response.context["form"].moves_seen, "moving_reason": reason}


def test_a_change_that_moves_dates_asks_first_and_loses_nothing(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    before = days()

    response = as_user(world.bob).post(url(entry), TYPED)

    assert (response.status_code, days(), ScheduleEntry.objects.get().source) == (422, before, "Dkt. 146")
    assert errors_of(response) == {}
    assert [(row.what, str(row.old), str(row.new), row.confirmed) for row in response.context["form"].moves] == [
        ("Last day to serve written discovery", "2025-07-05", "2025-07-06", False),
        ("Fact discovery cut-off", "2025-08-04", "2025-08-05", False),
        ("Last day for motions to compel fact discovery", "2025-08-11", "2025-08-12", True),
    ]
    text = response.text
    assert "This moves 3 recorded dates. Is that right?" in text
    assert 'role="group"' in text
    assert "Not saved yet" not in text
    assert [form_of(response)[name].value() for name in ("day", "note")] == ["2025-08-05", "Moved <b>"]


def test_the_second_save_moves_them_and_keeps_the_reason(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    client = as_user(world.bob)
    asked = client.post(url(entry), TYPED)

    response = client.post(url(entry), {**TYPED, **accepted(asked)})

    assert response.status_code == 302
    assert days()["motion-cutoff"] == "2025-08-12"
    event = Event.objects.latest("pk")
    assert (event.act, event.details["moved_because"]) == ("record_changed", "The court moved it.")
    assert not Deadline.objects.filter(confirmed_by__isnull=False).exists()


def test_without_a_reason_it_says_so_at_the_reason(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    client = as_user(world.bob)
    asked = client.post(url(entry), TYPED)

    response = client.post(url(entry), {**TYPED, **accepted(asked, " ")})

    assert errors_of(response) == {"moving_reason": ["Say why the dates move; the reason stays on record."]}
    assert len(response.context["form"].moves) == 3


def test_another_table_is_asked_about_anew(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    client = as_user(world.bob)
    asked = client.post(url(entry), TYPED)

    response = client.post(url(entry), {**TYPED, "day": "2025-08-06", **accepted(asked)})

    assert (response.status_code, errors_of(response), days()["motion-cutoff"]) == (422, {}, "2025-08-11")
    assert response.context["form"].moves_seen != asked.context["form"].moves_seen
    assert "The court moved it." in response.text


def test_an_error_elsewhere_keeps_the_reason(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    client = as_user(world.bob)
    asked = client.post(url(entry), TYPED)

    response = client.post(url(entry), {**TYPED, "day": "soon", **accepted(asked)})

    assert errors_of(response) == {"day": ["Enter a valid date."]}
    assert '<input type="hidden" name="moving_reason" value="The court moved it.">' in response.text
    assert "moving_seen" not in response.text


def test_removing_asks_too(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    client = as_user(world.bob)

    asked = client.post(url(entry, "remove"))
    silent = client.post(url(entry, "remove"), accepted(asked, ""))
    before = ScheduleEntry.objects.count()
    done = client.post(url(entry, "remove"), accepted(asked, "Vacated."))

    assert (asked.status_code, silent.status_code, before, done.status_code) == (422, 422, 1, 302)
    assert {row.instead for row in asked.context["form"].moves} == {"no longer applies"}
    assert errors_of(silent) == {"moving_reason": ["Say why the dates move; the reason stays on record."]}
    assert (ScheduleEntry.objects.count(), days()) == (0, {})


def test_nothing_is_asked_when_nothing_moves(world: World, as_user: AsUser, entry: ScheduleEntry) -> None:
    response = as_user(world.bob).post(url(entry), {**TYPED, "day": "2025-08-04"})

    assert (response.status_code, ScheduleEntry.objects.get().source) == (302, "Dkt. 150")
