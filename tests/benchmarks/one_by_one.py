"""Runs inside an installation: asks for papers one after the other and prints how long each waited for its start, in ms."""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from discovery.domain.drafts.drafting import request_draft
from tests.factories import make_world


def main(count: int) -> None:
    """Ask, wait until it is ready, and go on. The first two warm the worker's connections and are not counted."""
    world = make_world()
    waits = []
    for number in range(count + 2):
        demand = world.subpoena(world.another_responder(f"Bank {number}"), name=f"Set {number}").demand
        draft = request_draft(demand, "service_copy", by=world.alice)
        end = time.monotonic() + 60
        while not draft.finished and time.monotonic() < end:
            time.sleep(0.05)
            draft.refresh_from_db()
        assert draft.started_at is not None, draft.error
        waits.append((draft.started_at - draft.queued_at).total_seconds() * 1000)
    print(json.dumps(waits[2:]))  # the caller reads this line


if __name__ == "__main__":
    main(int(sys.argv[1]))
