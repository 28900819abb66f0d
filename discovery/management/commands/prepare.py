"""`manage.py prepare`: everything that a new or updated installation needs before its processes start."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from lawsuit import administrator, preparation


class Command(BaseCommand):
    """Migrate, collect static files, create the first administrator, load the demo; safe to run again."""

    help = "Migrates, collects static files, creates the first administrator, loads the demo case. Safe to run again."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--no-demo`."""
        parser.add_argument("--no-demo", action="store_true", help="leave a database without cases empty")

    def handle(self, *, no_demo: bool = False, **options: object) -> None:
        """Run each step and say what it did. Raises CommandError when the database or the data folder refuses."""
        data = settings.DATA_DIR
        try:
            if preparation.migrate():
                self.stdout.write("The database has this release's tables.")
            if preparation.collect_static(data):
                self.stdout.write("Static files are collected.")
            if administrator.create_administrator(data):
                kept = administrator.password_file(data)
                self.stdout.write(f"Administrator {administrator.USERNAME} created; the password is in {kept}")
            if not no_demo and preparation.load_demo():
                self.stdout.write("The demo case is loaded.")
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {' '.join(str(error).split())}") from error
        except OSError as error:
            raise CommandError(f"{error.filename or data} cannot be written: {error.strerror or error}") from error
