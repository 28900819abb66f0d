"""The home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from discovery.enums import DemandStatus, ScheduleKind
from discovery.models import Case, Demand, ScheduleEntry, Snapshot
from tests.factories import World, make_user
from tests.staff.screens import AsUser

QUERIES = 12


def kinds(client: Client) -> dict[str, int]:
    """Return how many rows of each kind wait."""
    return {task.key: task.total for task in client.get("/").context["tasks"]}


def failed_draft(demand: Demand, by: str) -> None:
    snapshot = Snapshot(sha256="0" * 64, content="{}")
    snapshot.save()
    user = make_user(by)
    demand.drafts.create(
        case=demand.case, paper="subpoena", snapshot=snapshot, state="failed", error="The font is missing.", requested_by=user
    )


def test_it_asks_strangers_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/login/?next=/")


def test_it_tells_a_newcomer_what_to_do_first(world: World, as_user: AsUser) -> None:
    response = as_user(world.charlie).get("/")

    assert response.context["cases"] == []
    assert "Start with your first case" in response.text
    assert "Roe v. Doe" not in response.text


def test_it_shows_each_member_what_waits_for_him(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.filter(pk=subpoena.pk).update(status=DemandStatus.IN_REVIEW.value)
    world.subpoena(world.another_responder("Second Corp."))

    assert kinds(as_user(world.alice)) == {"approve": 1, "no-pdf": 1}
    assert kinds(as_user(world.bob)) == {"no-pdf": 1}
    assert kinds(as_user(world.rita)) == {"no-pdf": 1}


def test_it_shows_failed_papers_until_they_are_made_again(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    failed_draft(demand, "worker")
    assert kinds(as_user(world.rita)) == {"failed": 1, "no-pdf": 1}

    demand.drafts.update(state="queued", error="")
    assert kinds(as_user(world.rita)) == {"making": 1}


def test_a_returned_draft_waits_once(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.filter(pk=subpoena.pk).update(review_note="Narrow request 2.")

    assert kinds(as_user(world.bob)) == {"returned": 1}


def test_it_lists_the_next_dates_of_papers_and_courts(world: World, as_user: AsUser) -> None:
    now = timezone.now()
    soon, later = world.subpoena(), world.subpoena(world.another_responder("Second Corp."))
    Demand.objects.filter(pk=soon.pk).update(due_at=now + timedelta(days=2))
    Demand.objects.filter(pk=later.pk).update(due_at=now + timedelta(days=9))
    ScheduleEntry.objects.create(case=world.case, kind=ScheduleKind.TRIAL.value, day=(now + timedelta(days=5)).date())
    ScheduleEntry.objects.create(case=world.case, kind=ScheduleKind.PRETRIAL.value, day=(now - timedelta(days=5)).date())

    due = as_user(world.rita).get("/").context["due"]

    assert [(one.words, one.late) for one in due] == [("Witness Corp.", False), ("Trial", False), ("Second Corp.", False)]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        world.subpoena(world.another_responder(f"Witness {number}"))
        ScheduleEntry.objects.create(case=world.case, kind="other", day=timezone.now().date())
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        client.get("/")


def test_it_counts_open_demands_of_each_case(world: World, as_user: AsUser) -> None:
    world.subpoena()
    withdrawn = world.subpoena(world.another_responder("Second Corp."))
    Demand.objects.filter(pk=withdrawn.pk).update(status=DemandStatus.WITHDRAWN.value)

    cases = as_user(world.rita).get(reverse("home")).context["cases"]

    assert [(case.name, case.open_demands) for case in cases] == [("Roe v. Doe", 1)]
    assert Case.objects.count() == 1
