"""Preservation demands: written, changed, sent and frozen, chased, acknowledged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from discovery.domain.errors import Conflict, Refused
from discovery.domain.preserving import acknowledge_preservation, change_preservation, send_preservation
from discovery.models import Deadline, Event, Person, PreservationDemand
from tests.factories import World
from tests.preserving import written


def acts(world: World) -> list[str]:
    return list(Event.objects.filter(subject__startswith="preservationdemand:").order_by("number").values_list("act", flat=True))


def test_a_letter_lives_from_draft_to_acknowledgment(world: World) -> None:
    demand = written(world)
    demand.claims = "That the bid was not meant."
    change_preservation(demand, by=world.bob, revision=demand.revision)
    send_preservation(demand, date(2025, 6, 1), by=world.alice)

    chased = Deadline.objects.get()
    assert (chased.due_on, chased.ours, chased.state) == (date(2025, 6, 15), False, "open")
    assert chased.title == "Acknowledgment of our preservation demand: Witness Corp."
    assert chased.overdue(timezone.now())

    acknowledge_preservation(demand, date(2025, 6, 10), "E-mail of counsel", by=world.bob)
    chased.refresh_from_db()
    assert (chased.state, chased.done_on, chased.done_note, chased.next_reminder_at) == (
        "done",
        date(2025, 6, 10),
        "E-mail of counsel",
        None,
    )
    assert acts(world) == ["preservation_written", "preservation_changed", "preservation_sent", "preservation_agreed"]
    assert Event.objects.get(act="preservation_changed").details == {
        "claims": ["That the bid was a sham.", "That the bid was not meant."]
    }


def test_what_was_sent_is_frozen(world: World) -> None:
    demand = send_preservation(written(world, acknowledge_by=None), date(2025, 6, 1), by=world.alice)
    assert Deadline.objects.count() == 0
    demand.facts = "Something else."
    with pytest.raises(Refused, match="is not changed any more"):
        change_preservation(demand, by=world.alice, revision=demand.revision)
    with pytest.raises(Refused, match="was sent on June 1, 2025 already"):
        send_preservation(demand, date(2025, 6, 2), by=world.alice)
    assert PreservationDemand.objects.get().facts.startswith("Witness Corp. met")


def test_saving_the_same_words_is_no_act_and_the_second_of_two_is_told(world: World) -> None:
    demand = written(world)
    assert change_preservation(demand, by=world.bob, revision=demand.revision).revision == demand.revision
    assert acts(world) == ["preservation_written"]
    mine, theirs = (PreservationDemand.objects.get(pk=demand.pk) for _ in range(2))
    mine.facts, theirs.facts = "Mine.", "Theirs."
    change_preservation(theirs, by=world.bob, revision=1)
    with pytest.raises(Conflict):
        change_preservation(mine, by=world.alice, revision=1)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"recipient": "client"}, "recipient", "is our own client"),
        ({"facts": "\x00"}, "facts", "cannot be printed"),
    ],
)
def test_what_cannot_be_written_is_refused(world: World, change: dict[str, Any], field: str, said: str) -> None:
    if change.get("recipient") == "client":
        change = {"recipient": world.client.person}
    with pytest.raises(Refused) as refusal:
        written(world, **change)
    assert refusal.value.field == field
    assert acts(world) == []


def test_a_period_runs_forward(world: World) -> None:
    with pytest.raises(ValidationError):
        written(world, period_to=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("day", "said"),
    [(timezone.now().date() + timedelta(days=3), "lies ahead"), (date(2025, 6, 16), "before it was sent")],
)
def test_a_sending_that_cannot_be_is_refused(world: World, day: date, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        send_preservation(written(world), day, by=world.alice)
    assert refusal.value.field == "sent_on"
    assert Deadline.objects.count() == 0


def test_an_acknowledgment_comes_after_the_sending_and_once(world: World) -> None:
    demand = written(world)
    with pytest.raises(Refused, match="was not sent yet"):
        acknowledge_preservation(demand, date(2025, 6, 2), "E-mail", by=world.alice)
    send_preservation(demand, date(2025, 6, 1), by=world.alice)
    for day, said, field in ((date(2025, 5, 31), "E-mail", "acknowledged_on"), (date(2025, 6, 2), " ", "said")):
        with pytest.raises(Refused) as refusal:
            acknowledge_preservation(demand, day, said, by=world.alice)
        assert refusal.value.field == field
    acknowledge_preservation(demand, date(2025, 6, 2), "E-mail", by=world.alice)
    with pytest.raises(Refused, match="acknowledged on June 2, 2025 already"):
        acknowledge_preservation(demand, date(2025, 6, 3), "E-mail", by=world.alice)


def test_who_gets_a_letter_is_behind_the_wall_of_its_case(world: World) -> None:
    loose = Person.objects.create(name="Loose LLC", created_by=world.charlie)
    assert loose in Person.objects.visible_to(world.charlie)
    written(world, recipient=loose)
    assert loose in Person.objects.visible_to(world.rita)
    assert loose not in Person.objects.visible_to(world.charlie)
    assert loose not in Person.objects.editable_by(world.rita)
