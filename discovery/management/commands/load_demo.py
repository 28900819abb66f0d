"""`manage.py load_demo`: the demo case, Musk v. Altman, into a database that has no case yet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from discovery.domain.demo.loading import load_demo
from discovery.management.users import acting_user
from discovery.models import Case


class Command(BaseCommand):
    """Load the demo case and make one user its owner."""

    help = "Load the demo case (Musk v. Altman) into a database without cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose case it will be."""
        parser.add_argument("--owner", help="user name of the owner; the first administrator when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        if Case.objects.exists():
            raise CommandError("The database holds cases already; the demo goes only into an empty one.")
        case = load_demo(owner=acting_user(options["owner"]))
        self.stdout.write(f"Loaded {case}.")
