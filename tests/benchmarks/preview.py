"""The preview of a subpoena with 60 requests: from what stands in the form to the answer, everything between counted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from discovery.models import Demand
from tests.benchmarks.checks import SIZE, subpoena_of_60
from tests.benchmarks.measuring import Row, seconds
from tests.factories import make_world

RUNS = 25
BUDGET = 150
"""Milliseconds of the server; with the pause of 150 ms that the page waits for, the paper stands there within 300."""


def run() -> Iterator[Row]:
    """Yield the server's time for one keystroke in request 30, and how large the answer is."""
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    world = make_world("Preview v. Time", "4:24-cv-00061-ABC")
    demand = Demand.objects.get(pk=subpoena_of_60(world))
    client = Client()
    client.force_login(world.alice)
    address = reverse("demand-preview", args=[demand.pk])
    item = demand.request_set.requests.get(number=30)
    part = f"request-{item.pk}"
    have = [one["mark"] for one in client.post(address).json()["sections"]]
    sizes: list[int] = []

    def typed(number: int) -> None:
        data = {"parts": [part], f"{part}-text": f"{item.text} Typed {number}.", f"{part}-revision": item.revision, "have": have}
        answer = client.post(address, data)
        assert answer.status_code == 200
        sizes.append(len(answer.content))

    typed(0)
    used = time.process_time()
    taken = [seconds(lambda number=number: typed(number)) * 1000 for number in range(1, RUNS + 1)]  # type: ignore[misc]
    used = (time.process_time() - used) * 1000 / RUNS
    scale = f"slowest {max(taken):.0f}, {used:.0f} of the processor, answer of {statistics.median(sizes) / 1000:.0f} kB"
    yield Row(f"preview of {SIZE} requests, one keystroke, ms of the server", statistics.median(taken), BUDGET, scale)
