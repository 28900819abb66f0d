"""Previews of 60 requests, and of our answers to 60: from what stands in the form to the answer, everything between counted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from discovery.domain.answers.by_request import Answer, Objecting, record_answers, start_response
from discovery.domain.service.serving import log_served_set
from discovery.domain.sets import NewText
from discovery.enums import AnswerKind, DemandKind, Ground, PaperKind, SetKind
from discovery.models import Demand, PartyGroup, RequestSet, Response, Service
from tests.benchmarks.checks import SIZE, WORDS, subpoena_of_60
from tests.benchmarks.measuring import Row, seconds
from tests.factories import World, make_world

RUNS = 25
BUDGET = 150
"""Milliseconds of the server; with the pause of 150 ms that the page waits for, the paper stands there within 300."""
Typed = Callable[[int], dict[str, Any]]


def run() -> Iterator[Row]:
    """Yield the server's time for one keystroke in request 30, and in the answer to it, and how large the answers are."""
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    world = make_world("Preview v. Time", "4:24-cv-00061-ABC")
    client = Client()
    client.force_login(world.alice)
    demand = Demand.objects.get(pk=subpoena_of_60(world))
    item = demand.request_set.requests.get(number=30)
    part = f"request-{item.pk}"

    def asked(number: int) -> dict[str, Any]:
        return {"parts": [part], f"{part}-text": f"{item.text} Typed {number}.", f"{part}-revision": item.revision}

    yield _row(f"preview of {SIZE} requests", client, PaperKind.SUBPOENA_PACKAGE, demand.pk, asked)
    response = answers_to_60(world)

    def answered(number: int) -> dict[str, Any]:
        said = {"number": 30, "kind": "partial", "withheld": "yes", "on_burden": "on", "reason_burden": REASON, "revision": 1}
        return {"parts": ["answer"], **{f"answer-{name}": value for name, value in {**said, "text": f"{SAID} {number}."}.items()}}

    yield _row(f"preview of answers to {SIZE} requests", client, PaperKind.RESPONSE, response.pk, answered)


SAID = (
    "Responding Party will produce the board minutes, the offers and what its officers wrote to bidders, from the files of "
    "Ann Archer and Bob Baker, and will not search the files of the plant itself, where no one had to do with the bid. Typed"
)
REASON = (
    "The request reaches every message of 2,400 employees over thirty months; a search of those with no part in the bid would cost "
    "more than $180,000 and find copies of what the custodians named have."
)


def answers_to_60(world: World) -> Response:
    """Return our draft on as long requests: each answered in part, with two objections and their reasons."""
    plaintiff = PartyGroup.objects.create(case=world.case, name="Plaintiff")
    plaintiff.members.add(world.opponent)
    asked = RequestSet(case=world.case, propounded_by=plaintiff, name="First set", kind=SetKind.DOCUMENTS.value)
    texts = [NewText(f"Bid {number}", WORDS.format(number=number, before=max(1, number - 1))) for number in range(1, SIZE + 1)]
    service = Service(served_on=date(2025, 6, 18), method="email")
    [demand] = log_served_set(asked, [world.client.person], DemandKind.RFP, service, by=world.alice, texts=texts)
    response = start_response(demand, by=world.alice)
    objections = (
        Objecting(Ground.BURDEN.value, REASON, "Rule 26(b)(1)"),
        Objecting(Ground.RELEVANCE.value, REASON, "Rule 26(b)(1)"),
    )
    answers = [Answer(number, AnswerKind.PARTIAL.value, "yes", objections, f"{SAID} {number}.") for number in range(1, SIZE + 1)]
    record_answers(response, answers, by=world.alice)
    return response


def _row(name: str, client: Client, paper: PaperKind, pk: int, typed: Typed) -> Row:
    address = reverse("paper-preview", args=[paper.value, pk])
    have = [one["mark"] for one in client.post(address).json()["sections"]]
    sizes: list[int] = []

    def ask(number: int) -> None:
        answer = client.post(address, {**typed(number), "have": have})
        assert answer.status_code == 200, answer.text
        sizes.append(len(answer.content))

    ask(0)
    used = time.process_time()
    taken = [seconds(lambda number=number: ask(number)) * 1000 for number in range(1, RUNS + 1)]  # type: ignore[misc]
    used = (time.process_time() - used) * 1000 / RUNS
    scale = f"slowest {max(taken):.0f}, {used:.0f} of the processor, answer of {statistics.median(sizes) / 1000:.0f} kB"
    return Row(f"{name}, one keystroke, ms of the server", statistics.median(taken), BUDGET, scale)
