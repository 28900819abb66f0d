"""Makes one paper in a process of its own that may use only so much processor time and memory: `render_bounded`.

A process that asks for more is ended by the operating system or gets a MemoryError, so a test needs no clock.
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import django

from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import render

SECONDS = 120
MEMORY = 1_500_000_000
"""Address space in bytes, libraries and fonts included; a worker's own use is about a tenth of it (docs/performance.md)."""
REFUSED = 3


def render_bounded(folder: Path, canonical: str, *files: bytes, memory: int = MEMORY) -> tuple[bytes, str]:
    """Return the PDF of a snapshot and "", or b"" and the sentence with which it was refused; `files` are exhibits.

    Fails, with its last words, when the process broke down or asked for more than it may use.
    """
    snapshot, made = folder / "snapshot.json", folder / "made.pdf"
    snapshot.write_text(canonical)
    for file in files:
        (folder / hashlib.sha256(file).hexdigest()).write_bytes(file)
    command = [sys.executable, "-m", "tests.papers.bounded", str(folder), str(memory)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lawsuit.settings"}
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=False)
    if ran.returncode == REFUSED:
        return b"", ran.stdout.strip()
    assert ran.returncode == 0, ran.stderr[-2000:]
    return made.read_bytes(), ""


def main(folder: Path, memory: int) -> int:
    """Render what is in the folder within the limits."""
    django.setup()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        made = render((folder / "snapshot.json").read_text(), release="1", files=lambda name: (folder / name).read_bytes())
    except PaperRefused as refused:
        sys.stdout.write(str(refused))
        return REFUSED
    (folder / "made.pdf").write_bytes(made.pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
