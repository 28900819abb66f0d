"""Deadlines that follow from facts: added with their trail, moved only when a person accepts the table."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.answers.answering import record_response
from discovery.domain.approval import approve, withdraw
from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.disputes.orders import enter_order
from discovery.domain.errors import Refused
from discovery.domain.records import add_record, change_record, remove_record
from discovery.domain.service.serving import correct_service, serve
from discovery.enums import Basis, DeadlineState, DemandStatus
from discovery.models import Case, Deadline, Demand, Event, Order, Response, ScheduleEntry, Service
from tests.factories import World

SERVED = date(2025, 6, 18)


def approved(world: World) -> Demand:
    """Return an approved subpoena whose parties had notice the day before service."""
    demand = world.subpoena().demand
    demand.notice.served_on = date(2025, 6, 17)
    demand.notice.save()
    return approve(demand, by=world.alice)


def service(day: date = SERVED, method: str = "personal") -> Service:
    return Service(served_on=day, method=method, person_served="A clerk of the agent")


def due(world: World) -> dict[str, tuple[str, str, bool]]:
    """Return what is due by key without its fact: day, state, whether our side must act."""
    rows = Deadline.objects.filter(case=world.case).order_by("pk")
    return {row.key.split(":", 2)[2]: (str(row.due_on), row.state, row.ours) for row in rows}


def test_service_starts_the_clocks_of_a_subpoena(world: World) -> None:
    demand = approved(world)

    serve(demand, service(), by=world.alice)

    assert demand.status == DemandStatus.SERVED
    assert due(world) == {
        "subpoena-objections": ("2025-07-02", "open", False),
        "subpoena-compliance": ("2025-07-02", "open", False),
        "subpoena-privilege-log": ("2025-07-02", "open", False),
    }
    objections = Deadline.objects.get(event="subpoena-objections")
    trail = objections.trail()
    assert trail is not None
    assert trail.tally() == {"counted": 14, "skipped": 0, "added": 0, "returned": 0}
    assert [(reading.day.isoformat(), reading.rule) for reading in trail.readings] == [
        ("2025-07-02", "Fed. R. Civ. P. 45(d)(2)(B), 6(a)(1)(C)"),
        ("2025-07-01", "Fed. R. Civ. P. 45(d)(2)(B)"),
    ]
    assert str(objections.due_at) == "2025-07-03 00:00:00+00:00"
    event = Event.objects.filter(act="served").get()
    assert event.details["dates_added"] == [
        "Objections to the subpoena: 2025-07-02",
        "Compliance with the subpoena: 2025-07-02",
        "Privilege log of the recipient: 2025-07-02",
    ]


def test_a_corrected_day_asks_before_dates_move(world: World) -> None:
    demand = approved(world)
    kept = serve(demand, service(date(2025, 6, 19)), by=world.alice)
    kept.served_on = SERVED
    kept.demand.notice.refresh_from_db()
    Deadline.objects.update(confirmed_by=world.bob, confirmed_at="2025-06-20T00:00Z")
    subpoena = demand.subpoena
    type(subpoena).objects.filter(pk=subpoena.pk).update(compliance_date=date(2025, 8, 1))

    with pytest.raises(MovesToAccept) as asked:
        correct_service(kept, by=world.alice, revision=1)

    table = {move.deadline.event: (str(move.old), str(move.new)) for move in asked.value.moves}
    assert table == {
        "subpoena-objections": ("2025-07-02", "2025-07-02"),
        "subpoena-compliance": ("2025-07-02", "2025-08-01"),
        "subpoena-privilege-log": ("2025-07-02", "2025-08-01"),
    }
    with pytest.raises(Refused, match="Say why the dates move"):
        correct_service(kept, by=world.alice, revision=1, moving=Moving(" ", asked.value.fingerprint))
    assert Service.objects.get().served_on == date(2025, 6, 19)

    moving = Moving("The proof shows June 18.", asked.value.fingerprint)
    correct_service(kept, by=world.alice, revision=1, moving=moving)

    assert due(world)["subpoena-compliance"] == ("2025-08-01", "open", False)
    assert not Deadline.objects.filter(confirmed_by__isnull=False).exists()
    event = Event.objects.filter(act="service_changed").get()
    assert event.details["moved_because"] == "The proof shows June 18."
    assert event.details["changed"] == {"served_on": ["2025-06-19", "2025-06-18"]}


def test_a_schedule_brings_its_dates_and_what_is_counted_from_them(world: World) -> None:
    entry = add_record(ScheduleEntry(case=world.case, kind="fact_cutoff", day=date(2025, 8, 4), source="Dkt. 146"), by=world.alice)

    assert due(world) == {
        "date": ("2025-08-04", "open", True),
        "last-day-to-serve": ("2025-07-05", "open", True),
        "motion-cutoff": ("2025-08-11", "open", True),
    }

    entry.day = date(2025, 8, 5)
    with pytest.raises(MovesToAccept) as asked:
        change_record(entry, by=world.alice)
    change_record(entry, by=world.alice, moving=Moving("Dkt. 150", asked.value.fingerprint))
    assert due(world)["motion-cutoff"] == ("2025-08-12", "open", True)

    with pytest.raises(MovesToAccept) as asked:
        remove_record(entry, by=world.alice)
    remove_record(entry, by=world.alice, moving=Moving("Vacated", asked.value.fingerprint))
    assert {state for _day, state, _ours in due(world).values()} == {DeadlineState.VOID.value}


def test_whoever_changes_a_case_leaves_what_was_noted_about_its_dates_meanwhile(world: World) -> None:
    read = Case.objects.get(pk=world.case.pk)
    Case.objects.filter(pk=world.case.pk).update(dates_stamp="counted meanwhile")

    read.magistrate_judge = "Thomas S. Hixson"
    change_record(read, by=world.alice, revision=read.revision)

    stored = Case.objects.get(pk=world.case.pk)
    assert (stored.magistrate_judge, stored.dates_stamp) == ("Thomas S. Hixson", "counted meanwhile")
    assert list(Event.objects.get(act="record_changed").details) == ["magistrate_judge"]


def test_a_response_meets_what_it_answers(world: World) -> None:
    demand = approved(world)
    serve(demand, service(), by=world.alice)

    with pytest.raises(Refused, match="cannot come before the demand was served"):
        record_response(Response(demand=demand, served_on=date(2025, 6, 17), method="email"), by=world.alice)
    record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email"), by=world.alice)

    assert due(world)["subpoena-objections"] == ("2025-07-02", "done", False)
    assert due(world)["subpoena-compliance"] == ("2025-07-02", "open", False)


def test_an_order_stands_as_the_judge_wrote_it(world: World) -> None:
    order = Order(
        case=world.case,
        title="Order",
        entered_on=date(2025, 8, 28),
        by_magistrate=True,
        comply_by=date(2025, 9, 6),
        commands="Produce",
    )
    enter_order(order, by=world.alice)

    assert due(world) == {"comply": ("2025-09-06", "open", False), "order-objections": ("2025-09-11", "open", True)}
    assert Deadline.objects.get(event="court-date").basis == Basis.STATED


def test_without_a_rule_set_there_is_a_task_and_no_date(world: World) -> None:
    world.case.court.rule_set = "FRCP-ATLANTIS"
    world.case.court.save()
    demand = approved(world)

    serve(demand, service(), by=world.alice)

    row = Deadline.objects.get()
    assert (row.due_on, row.title) == (None, "Dates that follow from service")
    assert row.refusal is not None
    assert row.refusal["values"]["name"] == "FRCP-ATLANTIS"


def test_withdrawing_closes_the_open_dates(world: World) -> None:
    demand = approved(world)
    serve(demand, service(), by=world.alice)

    withdraw(demand, "Settled", by=world.alice)

    assert {state for _day, state, _ours in due(world).values()} == {DeadlineState.VOID.value}
    assert Event.objects.get(act="withdrawn").details["dates_closed"] == [
        "Objections to the subpoena: 2025-07-02",
        "Compliance with the subpoena: 2025-07-02",
        "Privilege log of the recipient: 2025-07-02",
    ]


def test_the_table_that_is_accepted_knows_the_hour(world: World) -> None:
    demand = approved(world)
    kept = serve(demand, service(), by=world.alice)
    type(demand.subpoena).objects.filter(pk=demand.pk).update(compliance_time="09:00")
    with pytest.raises(MovesToAccept) as early:
        correct_service(kept, by=world.alice, revision=1)
    type(demand.subpoena).objects.filter(pk=demand.pk).update(compliance_time="10:00")

    with pytest.raises(MovesToAccept) as later:
        correct_service(kept, by=world.alice, revision=1, moving=Moving("Seen at nine", early.value.fingerprint))

    assert later.value.fingerprint != early.value.fingerprint
