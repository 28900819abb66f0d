"""Events: a chain without gaps that the database itself refuses to change."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from discovery.domain.approval import approve, submit
from discovery.domain.cases import change_member
from discovery.domain.events import broken_links, link
from discovery.domain.records import add_record, remove_record
from discovery.models import CaseMembership, Court, Event, Person, SetVersion, Snapshot
from discovery.models.immutable import WrittenOnce
from tests.factories import World


def test_each_verb_writes_one_link_of_its_cases_chain(world: World) -> None:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    add_record(Person(name="Somebody"), by=world.bob)
    events = list(Event.objects.order_by("pk"))
    assert [(event.chain, event.number, event.act) for event in events] == [
        (world.case.pk, 1, "approved"),
        (0, 1, "record_added"),
    ]
    assert [event.sha256 for event in events] == [link(event) for event in events]
    assert list(broken_links(world.case.pk)) == []


def test_a_changed_event_breaks_the_chain_visibly(world: World) -> None:
    for name in ("First", "Second", "Third"):
        add_record(Person(name=name), by=world.bob)
    second = Event.objects.get(chain=0, number=2)
    with connection.cursor() as cursor:
        trigger = "DROP TRIGGER discovery_event_no_update"
        if connection.vendor == "postgresql":
            trigger = "DROP TRIGGER discovery_event_written_once ON discovery_event"
        cursor.execute(trigger)
        cursor.execute("UPDATE discovery_event SET summary = 'forged' WHERE id = %s", [second.pk])
    assert [event.number for event in broken_links(0)] == [2]


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_written_once(world: World, act: str) -> None:
    approve(world.subpoena().demand, by=world.alice)
    for model in (Event, SetVersion, Snapshot):
        rows = model.objects.all()
        column = "content" if model is Snapshot else "sha256"
        attempt = partial(rows._raw_delete, rows.db) if act == "delete" else partial(rows.update, **{column: "0"})
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            attempt()


def test_the_objects_refuse_too(world: World) -> None:
    add_record(Court(name="Court", short_name="C."), by=world.alice)
    event = Event.objects.get()
    with pytest.raises(WrittenOnce):
        event.save()
    with pytest.raises(WrittenOnce):
        event.delete()


def test_the_record_is_kept_in_english_whatever_the_screen_speaks(world: World) -> None:
    with translation.override("fr"):
        person = add_record(Person(name="Somebody"), by=world.alice)
        change_member(CaseMembership.objects.get(user=world.rita), "editor", by=world.alice)
        submit(world.subpoena().demand, by=world.bob)
        remove_record(person, by=world.alice)
    assert list(Event.objects.order_by("pk").values_list("summary", flat=True)) == [
        "person: Somebody",
        "rita: Editor: drafts, edits and makes papers",
        "Subpoena for documents (Rule 45): Witness Corp.",
        "person: Somebody",
    ]
