"""Days on which a court was closed beside its calendar: everyone reads, staff writes; and the switch on the court's form."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.models import Court, CourtClosure, Event
from tests.factories import World, make_court, make_user
from tests.staff.screens import AsUser, errors_of, form_of, statuses

ALL = dict.fromkeys(("alice", "bob", "rita", "charlie"), 200)
NONE = dict.fromkeys(("alice", "bob", "rita", "charlie"), 403)
QUERIES = 5


@pytest.fixture
def kim(world: World) -> User:
    """Return a member of staff."""
    return make_user("kim", staff=True)


def closure(court: Court, day: str = "2025-07-07") -> CourtClosure:
    return CourtClosure.objects.create(court=court, day=day, name="Flood", source="General Order 72")


def typed(**changes: Any) -> dict[str, Any]:
    return {"day": "2025-07-08", "name": "Flood <again>", "source": "General Order 73", **changes}


def url(act: str, court: Court, *pk: int) -> str:
    return reverse(f"closure-{act}", args=[court.pk, *pk])


def test_everyone_reads_and_only_staff_writes(world: World, as_user: AsUser, kim: User) -> None:
    court = world.case.court
    row = closure(court)
    writing = [url("new", court), url("edit", court, row.pk), url("remove", court, row.pk)]

    assert statuses(as_user, world, url("list", court)) == ALL
    assert [statuses(as_user, world, address) for address in writing] == [NONE] * 3
    assert [as_user(world.alice).post(address, typed()).status_code for address in writing] == [403] * 3
    assert [as_user(kim).get(address).status_code for address in writing] == [200] * 3
    assert CourtClosure.objects.count() == 1


def test_staff_adds_changes_and_removes(world: World, as_user: AsUser, kim: User) -> None:
    court, client = world.case.court, as_user(kim)

    client.post(url("new", court), typed())
    row = CourtClosure.objects.get()
    shown = client.get(url("list", court)).text
    client.post(url("edit", court, row.pk), typed(name="Fire", revision=row.revision, filing_only="on"))
    changed = CourtClosure.objects.get()
    gone = client.post(url("remove", court, row.pk))

    assert "Flood &lt;again&gt;" in shown
    assert (changed.name, changed.filing_only, gone["Location"]) == ("Fire", True, url("list", court))
    assert CourtClosure.objects.count() == 0
    assert [event.act for event in Event.objects.order_by("pk")] == ["record_added", "record_changed", "record_removed"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "2025-07-07"}, "day", "A closure of this court on this day is recorded already"),
        ({"day": "soon"}, "day", "Enter a valid date."),
        ({"name": ""}, "name", "This field is required."),
        ({"source": ""}, "source", "This field is required."),
    ],
)
def test_bad_input_is_said_at_its_field(
    world: World, as_user: AsUser, kim: User, changes: dict[str, str], field: str, words: str
) -> None:
    closure(world.case.court)

    response = as_user(kim).post(url("new", world.case.court), typed(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), CourtClosure.objects.count()) == (422, [field], 1)
    assert words in errors[field][0]
    assert form_of(response)["day"].value() == changes.get("day", "2025-07-08")


def test_an_id_of_another_court_is_not_found(world: World, as_user: AsUser, kim: User) -> None:
    row = closure(make_court("S.D. Cal."))

    assert as_user(kim).get(url("edit", world.case.court, row.pk)).status_code == 404
    assert as_user(kim).post(url("remove", world.case.court, row.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        closure(world.case.court, f"2025-07-0{number + 1}")
    client = as_user(world.charlie)

    with django_assert_num_queries(QUERIES):
        client.get(url("list", world.case.court))


def test_the_court_says_what_days_closed_by_the_president_are(world: World, as_user: AsUser, kim: User) -> None:
    court, client = world.case.court, as_user(kim)
    address = reverse("court-edit", args=[court.pk])
    values = {field: getattr(court, field) or "" for field in form_of(client.get(address)).fields}

    client.post(address, {**values, "presidential_closings": "off"})

    assert Court.objects.get(pk=court.pk).presidential_closings == "off"
