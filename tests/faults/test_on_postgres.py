"""The tests of verbs and walls once more, on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import PROJECT
from tests.servers import postgres_server


@pytest.mark.servers
def test_verbs_and_walls_hold_on_postgresql(tmp_path: Path) -> None:
    with postgres_server() as url:
        environment = {**os.environ, "DATABASE_URL": url, "TECUM_DATA": str(tmp_path)}
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "tests/domain", "tests/access"]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
