"""`manage.py make_paper`: a paper as a PDF or Word file, by the same verb that the screens use."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from discovery.domain.composing.composers import COMPOSERS, case_of
from discovery.domain.drafts.bell import working_here
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.drafts.exporting import Export, export_papers
from discovery.domain.drafts.reading_back import read_back
from discovery.domain.drafts.word_files import word_of
from discovery.domain.errors import Refused
from discovery.enums import DraftState, PaperKind
from discovery.management.users import acting_user
from discovery.models import Case, Deadline, Draft
from discovery.models.drafts import paper_storage

WAIT_SECONDS = 600


class Command(BaseCommand):
    """Make a paper of a row: make_paper subpoena 1 -o FILE.pdf."""

    help = (
        "Make a paper: make_paper joint_letter 3 -o FILE.pdf, or FILE.docx for the Word file. With --list, show the kinds of "
        "papers and what each can be made of. With --all -o DIR, make every paper of every case: PDF, Word file and manifest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which paper of what, where to, and in which process."""
        parser.add_argument("paper", nargs="?", choices=[kind.value for kind in PaperKind], help="the kind of paper")
        parser.add_argument("number", nargs="?", type=int, help="of what: its number, as --list shows it")
        parser.add_argument("-o", "--output", type=Path, help="the file to write, .pdf or .docx; with --all the folder")
        parser.add_argument("--all", action="store_true", help="make every paper that there can be, in this process")
        parser.add_argument("--case", type=int, help="with --all: of this case alone, by its number")
        parser.add_argument("--as", dest="user", help="for whom; the first administrator when left out")
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--now", action="store_true", help="render in this process (the default)")
        where.add_argument("--wait", action="store_true", help="let a worker render it and wait")
        parser.add_argument("--list", action="store_true", help="show what there is, of one kind or of all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the paper, or list what can be made."""
        user = acting_user(options["user"])
        if options["list"]:
            self._list(user, options["paper"])
            return
        if options["all"]:
            self._all(user, options)
            return
        if not (options["paper"] and options["number"] and options["output"]):
            raise CommandError("Say which paper of what goes where: make_paper subpoena 1 -o FILE.pdf (or --list)")
        wanted = user, options["paper"], options["number"]
        draft = self._wait(self._ask(*wanted)) if options["wait"] else self._make_here(*wanted)
        if draft.state != DraftState.READY:
            raise CommandError(f"The paper was not made: {draft.error or draft.get_state_display()}")
        self._write(draft, options["output"])

    def _write(self, draft: Draft, target: Path) -> None:
        """Write the PDF, or what the file's name asks for: its Word file, which is made after the PDF."""
        if target.suffix.lower() == ".docx":
            try:
                word_of(draft)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            name, sha256, told = draft.word_file.name, draft.word_sha256, "the Word file"
        else:
            name, sha256, told = draft.file.name, draft.file_sha256, f"{draft.pages} pages"
        with paper_storage().open(str(name)) as file:
            target.write_bytes(file.read())
        self.stdout.write(f"{target}: {told}, sha256 {sha256}")

    def _all(self, user: User, options: dict[str, Any]) -> None:
        """Write every paper into a folder, say what was refused and why, and end with 1 when one failed."""
        folder: Path | None = options["output"]
        if folder is None:
            raise CommandError("Say where the papers go: make_paper --all -o DIR")
        if options["wait"]:
            raise CommandError("--all makes the papers in this process: leave --wait out.")
        cases = Case.objects.visible_to(user).order_by("pk")
        if options["case"] is not None:
            cases = cases.filter(pk=options["case"])
        if not cases:
            raise CommandError(f"{user} sees no such case.")
        folder.mkdir(parents=True, exist_ok=True)
        made, refused, failed = 0, 0, 0
        for export in export_papers(list(cases), folder, by=user):
            self.stdout.write(self._line(export))
            made += bool(export.files)
            refused += bool(export.refused)
            failed += bool(export.failed)
        self.stdout.write(f"{made} papers in {folder}, {refused} refused, {failed} failed.")
        if failed:
            raise SystemExit(1)

    def _line(self, export: Export) -> str:
        if export.failed:
            return f"FAILED   {export.what}: {export.failed}"
        if export.refused:
            return f"refused  {export.what}: {export.refused}"
        without = f" ({export.no_word})" if export.no_word else ""
        return f"made     {', '.join(file.name for file in export.files)}{without}"

    def _ask(self, user: User, paper: str, number: int) -> Draft:
        row = COMPOSERS[paper].rows_made_by(user).filter(pk=number).first()
        if row is None:
            label = PaperKind(paper).label
            raise CommandError(
                f"{user} sees nothing numbered {number} for this paper ({label}) to make one of; --list shows what there is."
            )
        try:
            return request_draft(row, paper, by=user)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, user: User, paper: str | None) -> None:
        """Print each kind of paper with the rows that it can be made of, one kind alone where it is named."""
        for kind in PaperKind:
            if paper in {None, kind.value}:
                self.stdout.write(f"{kind.value:<20}{kind.label}")
                for row in COMPOSERS[kind.value].rows_made_by(user):
                    due = f"{row.due_on}  " if isinstance(row, Deadline) else ""
                    self.stdout.write(f"{row.pk:>6}  {due}{row}  ({case_of(row)})")

    def _make_here(self, user: User, paper: str, number: int) -> Draft:
        with working_here():
            draft = self._ask(user, paper, number)
            render_draft(draft.pk)
            read_back(draft.pk)
        draft.refresh_from_db()
        return draft

    def _wait(self, draft: Draft) -> Draft:
        until = time.monotonic() + WAIT_SECONDS
        while not draft.finished and time.monotonic() < until:
            time.sleep(0.2)
            draft.refresh_from_db()
        return draft
