"""`manage.py lawpack validate`: whether the data files of the law hold together, here and in continuous integration."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import holidays  # takes 0.2 s to import; nothing but this command needs it
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from discovery.law.validation import Source, packaged, source_of, validate


class Command(BaseCommand):
    """Validate every rule set, calendar and table of fees, or the files given, and name each slip with its file and line."""

    help = "Check rule sets, calendars and fees: schema, citations, reviews, overlaps, published holidays."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the action and its files."""
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("validate", help="check the files that ship with Tecum, or those named")
        check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a data file in place of the packaged ones")
        check.add_argument("--strict-reviews", action="store_true", help="fail, too, when a review is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found. Raises CommandError, exit status 1, when something is wrong."""
        report = validate(_sources(options["files"]), today=timezone.localdate(), federal=_federal)
        for problem in report.problems:
            self.stderr.write(str(problem))
        for review in report.overdue:
            self.stderr.write(f"review due: {review}")
        wrong = len(report.problems) + (len(report.overdue) if options["strict_reviews"] else 0)
        read = f"{report.files} files, {report.rules} rules"
        if wrong:
            raise CommandError(f"{read}: {wrong} to mend.")
        self.stdout.write(f"{read}: fine")


def _sources(paths: list[Path]) -> list[Source]:
    """Return the files as sources. Raises CommandError for one that cannot be read."""
    try:
        return [source_of(str(path), path.read_text(encoding="utf-8")) for path in paths] or packaged()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"A file cannot be read: {error}") from error


def _federal(year: int) -> Collection[date]:
    """Return the federal holidays, observed days included, that the holidays library gives for a year."""
    return holidays.country_holidays("US", years=year).keys()
