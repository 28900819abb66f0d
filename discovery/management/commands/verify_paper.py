"""`manage.py verify_paper FILE.pdf`: what a PDF is, as the page of the same name says it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from discovery.domain.drafts.verifying import SIZE_LIMIT, verify_paper
from discovery.management.users import acting_user


class Command(BaseCommand):
    """Say what a PDF is. Exit code 0: exactly a paper of ours; 1: it was changed; 2: unknown or unreadable."""

    help = "Say whether a PDF is exactly what was made or approved here, and if not, which page differs. Exit code 0, 1 or 2."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and for whom."""
        parser.add_argument("file", type=Path, help="the PDF")
        parser.add_argument("--as", dest="user", help="for whom: papers of his cases; the first administrator when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict and end with its code."""
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(SIZE_LIMIT + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
        verdict = verify_paper(content, by=acting_user(options["user"], returncode=2), most_rendered=None)
        for line in (verdict.said, *verdict.remarks, *(page.said for page in verdict.pages)):
            self.stdout.write(line)
        if verdict.kind.value:
            raise SystemExit(verdict.kind.value)
