"""Conferences: one event each, what is refused, and which requests nobody talked about."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from discovery.domain.conferrals.commitments import Promise
from discovery.domain.conferrals.conferring import confer, correct_conferral, rows_without_conferral
from discovery.domain.errors import Conflict, Refused
from discovery.models import Attendee, Commitment, Conferral, Deadline, Event, Narrowing
from tests.domain.conferring import HELD, conferred, outcomes, people, rows_of, session
from tests.factories import World, make_world


def test_a_conference_with_what_was_promised_and_narrowed_is_one_event(world: World) -> None:
    first, second = rows_of(world.served_subpoena())
    events = Event.objects.count()
    promised = Promise(
        Commitment(side="theirs", promised_by="Witness Corp.", text="Search the board's e-mail"), date(2025, 7, 22), [first]
    )
    narrower = Narrowing(
        row=second, text="All Documents, part 2, of 2024.", proposed_by="Witness Corp.", agreed_by="Our Defendants"
    )

    made = confer(
        session(world),
        people(world),
        [*outcomes([first], "will_supplement", "Board only"), *outcomes([second], "narrowed")],
        [promised],
        [narrower],
        by=world.bob,
    )

    assert Event.objects.count() == events + 1
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.act, event.subject) == ("conferred", f"conferral:{made.pk}")
    assert event.summary == "By video conference, July 8, 2025 (Witness Corp., Nos. 1, 2)"
    commitment = Commitment.objects.get()
    assert event.details == {
        "held_on": "2025-07-08",
        "started": "14:00:00",
        "ended": "14:45:00",
        "mode": "video",
        "place": "Zoom",
        "people": ["Olive Ours (Our Defendants)", "Wanda Witness (Witness Corp.)"],
        "requests": {"Witness Corp., No. 1": "will_supplement: Board only", "Witness Corp., No. 2": "narrowed"},
        "rows": [first.pk, second.pk],
        "commitments": [
            {
                "who": "Witness Corp.",
                "side": "theirs",
                "what": "Search the board's e-mail",
                "promised_on": "2025-07-08",
                "due": "2025-07-22",
                "rows": [first.pk],
            }
        ],
        "narrowings": [
            {
                "row": second.pk,
                "number": "1",
                "text": "All Documents, part 2, of 2024.",
                "proposed_by": "Witness Corp.",
                "proposed_on": "2025-07-08",
                "agreed_by": "Our Defendants",
                "agreed_on": "2025-07-08",
            }
        ],
    }
    assert (made.number, [one.name for one in made.attendees.order_by("pk")]) == (1, ["Olive Ours", "Wanda Witness"])
    assert (commitment.conferral, commitment.deadline.demand, commitment.deadline.ours) == (made, first.demand, False)


def test_numbers_run_within_the_case(world: World) -> None:
    rows = rows_of(world.served_subpoena())
    other = make_world("Other v. Case", "4:24-cv-00009-ABC")

    found = [
        conferred(world, rows).number,
        conferred(other, rows_of(other.served_subpoena())).number,
        conferred(world, rows).number,
    ]

    assert found == [1, 1, 2]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"held_on": date(2099, 1, 1)}, "held_on", "This day lies ahead."),
        ({"held_on": date(2025, 6, 17)}, "held_on", "Witness Corp., No. 1 was served on June 18, 2025"),
        ({"ended": time(14, 0)}, "ended", "It cannot have ended before it began."),
        ({"started": None}, "started", "Say when it began, too."),
        ({"place": "\x07"}, "place", "printed"),
    ],
)
def test_what_cannot_have_happened_is_refused(world: World, changes: dict[str, Any], field: str, words: str) -> None:
    rows = rows_of(world.served_subpoena())

    with pytest.raises(Refused, match=words) as refused:
        conferred(world, rows, **changes)

    assert (refused.value.field, Conferral.objects.count()) == (field, 0)


def test_an_hour_of_today_that_has_not_come_is_refused(world: World) -> None:
    rows = rows_of(world.served_subpoena())

    with time_machine.travel(datetime(2025, 7, 8, 14, 30, tzinfo=ZoneInfo("America/Los_Angeles")), tick=False):
        with pytest.raises(Refused, match="This hour lies ahead"):
            conferred(world, rows)
        made = conferred(world, rows, ended=time(14, 30))

    assert made.number == 1


def test_a_conference_takes_two_sides_and_requests_of_this_case(world: World) -> None:
    rows = rows_of(world.served_subpoena())
    strange = rows_of(make_world("Other v. Case", "4:24-cv-00009-ABC").served_subpoena())
    ours = people(world)[:1]

    for who, said, words, field in (
        (ours, outcomes(rows), "Say who took part for the other side", "attendees"),
        (people(world), [], "Choose at least one request", "requests"),
        (people(world), outcomes([*rows, *strange]), "Choose among the requests of this case", "requests"),
        (people(world), outcomes([rows[0], rows[0]]), "A request stands here twice", "requests"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            confer(session(world), who, said, by=world.bob)
        assert refused.value.field == field
    assert Conferral.objects.count() == 0


def test_what_a_line_lacks_is_said_at_that_line_and_nothing_is_written(world: World) -> None:
    rows = rows_of(world.served_subpoena())
    good = Promise(Commitment(text="Search"), date(2025, 7, 22))
    early = Promise(Commitment(text="Produce"), date(2025, 7, 1))
    same = Narrowing(row=rows[0], text="All Documents,  part 1.", proposed_by="Us")

    with pytest.raises(Refused, match="It cannot be due before") as refused:
        confer(session(world), people(world), outcomes(rows), [good, early], by=world.bob)
    with pytest.raises(Refused, match="This is the text in force already") as repeated:
        confer(session(world), people(world), outcomes(rows), [], [same], by=world.bob)

    assert (refused.value.field, repeated.value.field) == ("commitments-1-due", "narrowings-0-text")
    assert (Conferral.objects.count(), Commitment.objects.count(), Deadline.objects.filter(kind="commitment").count()) == (0, 0, 0)


def test_a_correction_keeps_old_and_new(world: World) -> None:
    first, second = rows_of(world.served_subpoena())
    made = conferred(world, [first])
    made.place, made.notes = "425 Market Street", "Private: they are calm"

    who = [*people(world), Attendee(name="Walt", side="theirs")]
    correct_conferral(made, who, outcomes([first, second], "impasse"), by=world.alice, revision=1)

    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.act, event.details) == (
        "conferral_changed",
        {
            "changed": {
                "place": ["Zoom", "425 Market Street"],
                "people": [
                    ["Olive Ours (Our Defendants)", "Wanda Witness (Witness Corp.)"],
                    ["Olive Ours (Our Defendants)", "Wanda Witness (Witness Corp.)", "Walt (theirs)"],
                ],
                "requests": [
                    {"Witness Corp., No. 1": "open"},
                    {"Witness Corp., No. 1": "impasse", "Witness Corp., No. 2": "impasse"},
                ],
                "notes": ["Private: they are nervous", "Private: they are calm"],
            },
            "rows": [first.pk, second.pk],
        },
    )
    kept = Conferral.objects.get()
    assert (kept.place, kept.revision, kept.attendees.count(), kept.requests.count()) == ("425 Market Street", 2, 3, 2)
    with pytest.raises(Conflict):
        correct_conferral(made, people(world), outcomes([first]), by=world.alice, revision=1)
    assert Conferral.objects.get().requests.count() == 2


def test_requests_that_nobody_talked_about_are_told(world: World) -> None:
    first, second, third = rows_of(world.served_subpoena(3))
    conferred(world, [second])

    assert rows_without_conferral([third, second, first]) == [third, first]
    assert rows_without_conferral([]) == []


def test_the_day_is_the_courts(world: World) -> None:
    rows = rows_of(world.served_subpoena())

    with time_machine.travel(datetime(2025, 7, 8, 5, 0, tzinfo=ZoneInfo("UTC"))), pytest.raises(Refused, match="lies ahead"):
        conferred(world, rows, started=None, ended=None)  # it is still July 7 in San Francisco

    assert date(2025, 7, 8) == HELD
