"""A worker killed with SIGKILL in the middle of a batch of 50, on both kinds of servers: nothing lost, nothing made twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installation import KINDS, Installation
from tests.servers import wait_until


def told(installation: Installation) -> dict[str, Any]:
    answer: dict[str, Any] = installation.script("tests.faults.asking", "tell")
    return answer


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_batch_of_50_survives_the_death_of_its_worker(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        first = installation.start_worker()
        installation.start_beat()
        installation.script("tests.faults.asking", "ask", "50")
        wait_until(lambda: told(installation)["states"].get("ready", 0) >= 3, "A few papers", seconds=60)
        installation.kill(first)
        at_death = told(installation)
        assert at_death["states"].get("ready", 0) < 50
        installation.start_worker()
        wait_until(lambda: told(installation)["states"] == {"ready": 50}, "The rest of the papers", seconds=180)
        after = told(installation)
    assert after["ready_events"] == after["ready_event_rows"] == 50  # each was finished once, though each bell rang twice
    assert after["stored"] == after["files"] == 50
    assert after["broken"] == []
    assert after["attempts"] <= 50 + 2  # the two that were being rendered when the worker died
