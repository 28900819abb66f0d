"""Makes one paper in a process of its own that may use only so much processor time and memory: `made_bounded`.

It makes the PDF and reads it back as the job after it does, or the Word file, or what the preview shows, or one PDF of several.

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

from discovery.papers.accessibility import report_on
from discovery.papers.assembly import Part, joined
from discovery.papers.errors import PaperRefused
from discovery.papers.file_information import About
from discovery.papers.rendering import render
from discovery.papers.screen import html
from discovery.papers.word.files import word_file

SECONDS = 120
MEMORY = 1_500_000_000
"""Address space in bytes, libraries and fonts included; a worker's own use is about a tenth of it (docs/performance.md)."""
REFUSED = 3


def render_bounded(folder: Path, canonical: str, *files: bytes, memory: int = MEMORY) -> tuple[bytes, str]:
    """Return the PDF of a snapshot and "", or b"" and the sentence with which it was refused; `files` are exhibits."""
    return made_bounded("pdf", folder, canonical, *files, memory=memory)


def made_bounded(what: str, folder: Path, canonical: str, *files: bytes, memory: int = MEMORY) -> tuple[bytes, str]:
    """Return what was made ("pdf", "word", "html", or "whole": `files` as one PDF) and "", or b"" and why it was refused.

    Fails, with its last words, when the process broke down or asked for more than it may use.
    """
    snapshot, made = folder / "snapshot.json", folder / "made"
    snapshot.write_text(canonical)
    for file in files:
        (folder / hashlib.sha256(file).hexdigest()).write_bytes(file)
    names = [hashlib.sha256(file).hexdigest() for file in files]
    command = [sys.executable, "-m", "tests.papers.bounded", what, str(folder), str(memory), *names]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lawsuit.settings"}
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=False)
    if ran.returncode == REFUSED:
        return b"", ran.stdout.strip()
    assert ran.returncode == 0, ran.stderr[-2000:]
    return made.read_bytes(), ""


def _made(what: str, folder: Path, names: list[str]) -> bytes:
    canonical = (folder / "snapshot.json").read_text()
    if what == "word":
        return word_file(canonical, release="1")
    if what == "html":
        return html(canonical).encode()
    if what == "whole":
        about = About("Papers", "en-US", "Tecum 1", "2025-06-18T09:30:00-07:00")
        return joined((Part((folder / name).read_bytes(), (name,), title=name) for name in names), about).pdf
    made = render(canonical, release="1", files=lambda name: (folder / name).read_bytes()).pdf
    report_on(made)
    return made


def main(what: str, folder: Path, memory: int, names: list[str]) -> int:
    """Make what is in the folder within the limits."""
    django.setup()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        made = _made(what, folder, names)
    except PaperRefused as refused:
        sys.stdout.write(str(refused))
        return REFUSED
    (folder / "made").write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
