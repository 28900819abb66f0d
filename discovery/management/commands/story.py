"""`manage.py story CASE`: each request from draft to ruling, step by step, with who, when and the paper."""

from __future__ import annotations

import json
import textwrap
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from discovery.domain.matrix.stories import Step, Story, as_data, stories_of
from discovery.models import Case, RequestRow

WIDTH = 100


class Command(BaseCommand):
    """Print the story of a case's requests."""

    help = "Print the story of each request of a case, from draft to ruling."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the case, and what narrows the story down."""
        parser.add_argument("case", help="the case's number in the program, its docket number or its short name")
        parser.add_argument("--request", type=int, help="only the request of this number")
        parser.add_argument("--responder", help="only responding parties whose name contains this")
        parser.add_argument("--json", action="store_true", help="print the stories as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them. Raises CommandError when there is no such case, or nothing was served that fits."""
        case = self._case(options["case"])
        rows = RequestRow.objects.filter(case=case)
        if options["request"] is not None:
            rows = rows.filter(number=options["request"])
        if options["responder"]:
            rows = rows.filter(demand__responding_party__person__name__icontains=options["responder"])
        stories = stories_of(case, rows)
        if not stories:
            raise CommandError("No request that was served fits. Requests have a story from the day of service on.")
        if options["json"]:
            self.stdout.write(json.dumps({"case": str(case), "requests": as_data(stories)}, ensure_ascii=False, indent=2))
            return
        self.stdout.write(str(case))
        for story in stories:
            self._print(story)

    def _case(self, word: str) -> Case:
        by_number = Q(pk=int(word)) if word.isascii() and word.isdecimal() else Q()
        found = list(Case.objects.filter(Q(docket_number__iexact=word) | Q(name__iexact=word) | by_number)[:2]) if word else []
        if len(found) != 1:
            known = "; ".join(f"{case.pk}: {case}" for case in Case.objects.order_by("pk")[:20])
            raise CommandError(f"There is {'no' if not found else 'more than one'} case “{word}”. Cases: {known or 'none'}")
        return found[0]

    def _print(self, story: Story) -> None:
        row = story.row
        label = f" ({row.request.label})" if row.request.label else ""
        self.stdout.write(f"\n{row.demand}, No. {row.number}{label}")
        for step in story.steps:
            self._step(step)

    def _step(self, step: Step) -> None:
        who = f" [{step.who}]" if step.who else ""
        paper = f" <{step.paper.name}>" if step.paper else ""
        no_longer = " (superseded)" if step.superseded else ""
        self.stdout.write(f"  {step.day}  {step.stage.label:<19} {step.words}{no_longer}{who}{paper}")
        if step.said:
            indent = " " * 34
            self.stdout.write(textwrap.fill(" ".join(step.said.split()), WIDTH, initial_indent=indent, subsequent_indent=indent))
