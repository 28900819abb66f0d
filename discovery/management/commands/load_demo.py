"""`manage.py load_demo`: the demo case, Musk v. Altman, into a database that has no case yet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from discovery.domain.demo.loading import load_demo
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
        users = User.objects.filter(is_active=True)
        owner = users.filter(username=options["owner"]).first() if options["owner"] else users.filter(is_superuser=True).first()
        if owner is None:
            raise CommandError("There is no such user. Create one with: manage.py createsuperuser")
        case = load_demo(owner=owner)
        self.stdout.write(f"Loaded {case}.")
