"""The queues of service over all cases: ready to serve; served, proof missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.serving import correct_service
from discovery.models import Demand, ServiceAttempt
from tests.factories import World, make_world
from tests.staff.screens import AsUser
from tests.staff.serving import approved, proof, served

URL = "/service/"
NOW = datetime(2025, 7, 2, 19, 0, tzinfo=UTC)


def names(context: Any, queue: str) -> list[str]:
    return [row.name for row in context[f"{queue}_rows"]]


def approved_on(demand: Demand, day: int) -> Demand:
    Demand.objects.filter(pk=demand.pk).update(approved_at=datetime(2025, 6, day, 19, 0, tzinfo=UTC))
    return demand


@time_machine.travel(NOW, tick=False)
def test_what_is_approved_waits_for_service_the_oldest_first(world: World, as_user: AsUser) -> None:
    young = approved_on(approved(world, notice=None, responder=world.another_responder("Young Corp.")), 30)
    old = approved_on(approved(world, responder=world.another_responder("Old Corp.")), 20)
    world.subpoena(world.another_responder("Draft Corp."))
    for day in (19, 25):
        log_attempt(ServiceAttempt(demand=old, tried_on=date(2025, 6, day), outcome="refused"), by=world.alice)

    shown = as_user(world.bob).get(URL)

    assert [(row.name, row.age, row.old, row.tries, row.no_notice) for row in shown.context["ready_rows"]] == [
        ("Old Corp.", 12, True, 2, False),
        ("Young Corp.", 2, False, 0, True),
    ]
    assert "2 attempts" in shown.text
    assert "last Wed 25 Jun 2025: Refused to accept" in shown.text
    assert f'href="{reverse("service-record", args=[young.pk])}?next=/service/"' in shown.text
    assert shown.context["totals"] == {"ready": 2, "unproven": 0}


@time_machine.travel(NOW, tick=False)
def test_what_was_served_waits_for_its_proof(world: World, as_user: AsUser) -> None:
    demand, party_set = served(world), world.served_set(on=date(2025, 6, 30))
    client = as_user(world.bob)

    shown = client.get(URL)
    assert [(row.name, row.age, row.old) for row in shown.context["unproven_rows"]] == [
        ("Witness Corp.", 14, True),
        ("Jane Roe", 2, False),
    ]
    assert f'href="{reverse("demand-service", args=[party_set.pk])}?next=/service/#id_upload"' in shown.text

    service = demand.services.get()
    correct_service(service, by=world.alice, revision=service.revision, upload=proof())
    assert names(client.get(URL).context, "unproven") == ["Jane Roe"]


def test_a_chip_shows_one_queue(world: World, as_user: AsUser) -> None:
    approved(world)
    served(world, world.another_responder("Served Corp."))
    client = as_user(world.rita)

    ready, unproven, nonsense = (client.get(f"{URL}?queue={name}") for name in ("ready", "unproven", "x"))

    assert (names(ready.context, "ready"), "unproven_rows" in ready.context) == (["Witness Corp."], False)
    assert (names(unproven.context, "unproven"), "ready_rows" in unproven.context) == (["Served Corp."], False)
    assert (names(nonsense.context, "ready"), names(nonsense.context, "unproven")) == (["Witness Corp."], ["Served Corp."])


def test_a_reader_sees_the_queues_without_the_buttons_a_stranger_nothing(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    record = reverse("service-record", args=[demand.pk])

    assert (record in as_user(world.bob).get(URL).text, record in as_user(world.rita).get(URL).text) == (True, False)
    strange = as_user(world.charlie).get(URL)
    assert strange.context["totals"] == {"ready": 0, "unproven": 0}
    assert "Nothing waits for service" in strange.text


def test_cases_stand_beside_each_other(world: World, as_user: AsUser) -> None:
    other = make_world("Other v. Case", "5:20-cv-09341-EJD")
    approved(world)
    approved(other)

    assert {row.case.name for row in as_user(world.alice).get(URL).context["ready_rows"]} == {"Roe v. Doe", "Other v. Case"}


def test_the_home_page_says_how_many_wait(world: World, as_user: AsUser) -> None:
    client = as_user(world.bob)
    assert "ready to serve" not in client.get("/").text
    approved(world)
    served(world, world.another_responder("Served Corp."))
    shown = client.get("/").text

    assert '<a href="/service/">1 ready to serve, 1 served without proof</a>' in shown


def test_long_queues_come_in_pages(world: World, as_user: AsUser) -> None:
    pk = approved(world).pk
    names = ("status", "version", "approved_at", "approved_by_id", "approved_version_id", "approved_snapshot_id")
    like = Demand.objects.filter(pk=pk).values(*names).get()
    for number in range(60):
        row = world.subpoena(world.another_responder(f"Witness {number:02}"), requests=1).demand
        Demand.objects.filter(pk=row.pk).update(**like)
    client = as_user(world.bob)

    assert [len(client.get(f"{URL}{query}").context["ready_rows"]) for query in ("", "?queue=ready", "?queue=ready&page=2")] == [
        25,
        50,
        11,
    ]
    assert "All 61" in client.get(URL).text


@pytest.mark.parametrize("rows", [2, 20])
def test_its_queries_do_not_grow(world: World, as_user: AsUser, django_assert_num_queries: Any, rows: int) -> None:
    for number in range(rows):
        demand = approved(world, responder=world.another_responder(f"Witness {number}"))
        log_attempt(ServiceAttempt(demand=demand, tried_on=date(2025, 6, 19)), by=world.alice)
        world.served_set(requests=1)
    client = as_user(world.bob)

    with django_assert_num_queries(8):
        client.get(URL)
