"""Runs inside an installation: `ask N` asks for a batch of N papers and rings each bell twice; `tell` says what became of them."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from collections import Counter

from discovery.domain.drafts.batches import request_batch
from discovery.domain.drafts.bell import ring
from discovery.domain.events import broken_links
from discovery.models import Case, Draft, Event
from discovery.models.drafts import paper_storage
from tests.factories import make_world


def ask(count: int) -> dict[str, object]:
    """Ask for the packages of as many different subpoenas."""
    world = make_world()
    demands = [world.subpoena(world.another_responder(f"Bank {n}"), name=f"Set {n}", requests=12).demand for n in range(count)]
    batch = request_batch(demands, ["subpoena"], by=world.alice)
    ring(list(batch.drafts.values_list("pk", flat=True)))
    return {"batch": batch.pk}


def tell() -> dict[str, object]:
    """Count states, events, files and attempts."""
    drafts = list(Draft.objects.all())
    stored = {draft.file.name for draft in drafts if draft.file and paper_storage().exists(str(draft.file.name))}
    return {
        "states": Counter(draft.state for draft in drafts),
        "ready_events": Event.objects.filter(act="draft_ready").values("subject").distinct().count(),
        "ready_event_rows": Event.objects.filter(act="draft_ready").count(),
        "stored": len(stored),
        "files": len(_files()),
        "attempts": sum(draft.attempts for draft in drafts),
        "broken": [event.pk for case in Case.objects.all() for event in broken_links(case.pk)],
    }


def _files() -> list[str]:
    if not paper_storage().exists("papers"):
        return []
    folders, _files_here = paper_storage().listdir("papers")
    return [name for folder in folders for name in paper_storage().listdir(f"papers/{folder}")[1]]


if __name__ == "__main__":
    answer = ask(int(sys.argv[2])) if sys.argv[1] == "ask" else tell()
    print(json.dumps(answer))  # noqa: T201 - the test reads it
