"""The same job path with nobody listening: no broker, no worker, then both."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import pytest

from lawsuit import broker
from tests.installation import Installation, installed
from tests.servers import wait_until


@pytest.mark.servers
def test_what_was_asked_for_without_a_broker_is_made_when_one_comes(tmp_path: Path) -> None:
    with contextlib.contextmanager(installed)(tmp_path, {}) as installation:
        installation.script("tests.faults.asking", "ask", "2")
        assert _states(installation) == {"queued": 2}
        broker.make_folders(tmp_path)
        server = subprocess.Popen(broker.command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: broker.answers(tmp_path), "The broker's answer")
            installation.start_worker(processes=1)
            wait_until(lambda: _states(installation) == {"ready": 2}, "The papers", seconds=60)
        finally:
            server.terminate()
            server.wait()


def _states(installation: Installation) -> dict[str, int]:
    states: dict[str, int] = installation.script("tests.faults.asking", "tell")["states"]
    return states
