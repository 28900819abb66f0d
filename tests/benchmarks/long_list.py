"""Runs inside an installation: fills the list with N subpoenas and prints, for each request, page and SQL medians in ms."""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discovery.enums import DemandStatus
from discovery.models import Demand, RequestSet, Subpoena
from tests.factories import World, make_world

REQUESTS = {
    "newest": "",
    "by case": "case={case}",
    "by status": "status=draft",
    "by responder": "responding_party={responder}",
    "due next month": "due_from={due_from}&due_to={due_to}",
}


def fill(world: World, count: int) -> None:
    """Write the rows directly: 50 responders, one set a hundred subpoenas of one draft state in three."""
    responders = [world.another_responder(f"Bank {number}") for number in range(100)]
    sets = RequestSet.objects.bulk_create(
        RequestSet(case=world.case, propounded_by=world.group, name=f"Set {number}") for number in range(count // 100)
    )
    now = timezone.now()
    states = (DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value, DemandStatus.WITHDRAWN.value)
    with transaction.atomic():
        for start in range(0, count, 5000):
            demands = Demand.objects.bulk_create(
                Demand(
                    case=world.case,
                    request_set=sets[number // 100],
                    responding_party=responders[number % 100],
                    attorney=world.appearance,
                    status=states[number % 3],
                    due_at=now + timedelta(minutes=number),
                    created_at=now - timedelta(minutes=number),
                )
                for number in range(start, start + 5000)
            )
            Subpoena.objects.bulk_create(
                Subpoena(demand=demand, issuing_court=world.case.court, addressee="Bank") for demand in demands
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def main(count: int) -> None:
    """Fill, then ask for each page 25 times, with and without its queries run bare."""
    world = make_world()
    fill(world, count)
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.alice)
    now = timezone.now()
    words = {
        "case": world.case.pk,
        "responder": world.case.responding_parties.get(person__name="Bank 7").pk,
        "due_from": (now + timedelta(days=1)).date(),
        "due_to": (now + timedelta(days=31)).date(),
    }
    print(json.dumps({what: _measure(client, f"/subpoenas/?{query.format(**words)}") for what, query in REQUESTS.items()}))


def _measure(client: Client, address: str) -> tuple[float, float]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
    queries = [query["sql"] for query in captured if query["sql"].lstrip().upper().startswith("SELECT")]
    pages, bare = [], []
    for _turn in range(25):
        began = time.perf_counter()
        client.get(address)
        middle = time.perf_counter()
        with connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql)
                cursor.fetchall()
        pages.append((middle - began) * 1000)
        bare.append((time.perf_counter() - middle) * 1000)
    return statistics.median(pages), statistics.median(bare)


if __name__ == "__main__":
    main(int(sys.argv[1]))
