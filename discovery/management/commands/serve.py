"""`manage.py serve`: hand over to the supervisor, which must start before the settings are read."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from lawsuit import supervisor


class Command(BaseCommand):
    """Run web, worker, beat and broker together; the same as `bin/serve` without its setting up."""

    help = "Runs web, worker, beat and the embedded broker together until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the supervisor's own options."""
        supervisor.add_options(parser)

    def handle(self, *, port: int, data: str | None, no_demo: bool, **options: object) -> None:
        """Replace this process by the supervisor's: the settings that are loaded here may name another data folder."""
        arguments = ["--port", str(port), *(["--data", data] if data else []), *(["--no-demo"] if no_demo else [])]
        environment = os.environ | {"PYTHONPATH": str(settings.BASE_DIR)}
        os.execve(sys.executable, [sys.executable, "-P", "-m", "lawsuit.supervisor", *arguments], environment)  # noqa: S606 - our own module
