"""After a first bin/serve the Meta subpoena's PDF is soon there, for its case's members and nobody else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.servers import wait_until
from tests.serving.running import PROJECT, Running, clean_environment
from tests.serving.visitor import Visitor

STRANGER = """
from django.contrib.auth.models import User
User.objects.create_superuser("stranger", "stranger@example.com", "a stranger's password")
"""


def test_the_meta_subpoena_is_ready_for_its_members_alone(tmp_path: Path) -> None:
    tecum = Running(tmp_path / "data").start()
    try:
        admin = Visitor(tecum.port)
        admin.sign_in("admin", (tecum.data / "admin-password").read_text().strip())
        wait_until(lambda: admin.get("/drafts/1/file/")[0] == 200, "The paper", 30)
        status, pdf = admin.get("/drafts/1/file/")
        assert (status, pdf[:5]) == (200, b"%PDF-")

        environment = clean_environment(TECUM_DATA=str(tecum.data), DJANGO_SETTINGS_MODULE="lawsuit.settings")
        shell = [sys.executable, "manage.py", "shell", "-v", "0", "-c", STRANGER]
        subprocess.run(shell, cwd=PROJECT, env=environment, check=True, capture_output=True)
        stranger = Visitor(tecum.port)
        stranger.sign_in("stranger", "a stranger's password")
        paths = ("/drafts/1/file/", "/drafts/1/", "/subpoenas/1/", "/cases/1/", "/drafts/1/how/")
        assert {path: stranger.get(path)[0] for path in paths} == dict.fromkeys(paths, 404)
        signed_out = Visitor(tecum.port).get("/drafts/1/file/")[1]
        assert b"%PDF-" not in signed_out
    finally:
        tecum.stop()
