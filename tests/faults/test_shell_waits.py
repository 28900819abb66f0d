"""`make_paper --wait` asks a worker, on the embedded default and on real servers; another installation makes the same bytes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.installation import KINDS, Installation

ADMIN = "from django.contrib.auth.models import User; User.objects.create_superuser('admin', 'admin@example.com', 'x')"


def notice(installation: Installation, target: Path, how: str) -> bytes:
    """Load the demo and make the notice on the Meta subpoena from the shell."""
    installation.manage("shell", "--verbosity", "0", "--command", ADMIN)
    installation.manage("load_demo")
    installation.manage("make_paper", "notice", "1", "-o", str(target), how)
    return target.read_bytes()


@pytest.mark.servers
def test_two_installations_make_the_same_paper_with_a_worker_and_without(tmp_path: Path) -> None:
    made = {}
    for kind, how in (("embedded", "--now"), ("servers", "--wait")):
        folder = tmp_path / kind
        folder.mkdir()
        running: AbstractContextManager[Installation] = KINDS[kind](folder)
        with running as installation:
            if how == "--wait":
                installation.start_worker(processes=1)
            made[how] = notice(installation, folder / "notice.pdf", how)
    assert made["--now"] == made["--wait"]
