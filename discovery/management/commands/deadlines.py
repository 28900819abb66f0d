"""`manage.py deadlines`: a date with its derivation, and worked examples held against the engine; it needs no database."""

from __future__ import annotations

import json
import textwrap
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from discovery.law.derivations import Derivation
from discovery.law.engine import compute
from discovery.law.memo import as_text
from discovery.law.refusals import LawRefused, UnknownService
from discovery.law.rulesets import RuleSet, rule_set
from discovery.law.validation import is_zone
from discovery.law.vectors import Answer, BadVectors, answer, read_vectors
from discovery.law.walks import day_of

SHOWN = "2025-06-18, or 2026-03-06T10:00-08:00"


class Command(BaseCommand):
    """Compute a deadline, or check a file of worked examples."""

    help = "deadlines compute prints a date with its derivation; deadlines check FILE.csv runs a file of worked examples."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one of the two actions, each with its own options."""
        actions = parser.add_subparsers(dest="action", required=True)
        one = actions.add_parser("compute", help="print when something is due and how the date came about")
        one.add_argument("--ruleset", required=True, help="a rule set, such as FRCP-CAND")
        one.add_argument("--event", required=True, help="an event of the rule set, such as subpoena-objections")
        one.add_argument("--trigger", required=True, help=f"the day, or the moment, that starts it: {SHOWN}")
        one.add_argument("--service", action="append", default=[], help="how it was served; once for each method on the proof")
        one.add_argument("--stated", help="the date or moment that the paper or a judge states, if the event depends on one")
        one.add_argument("--zone", default="", help="the court's time zone, if not the rule set's; hours without an offset are its")
        one.add_argument("--policy", action="append", default=[], metavar="NAME=SETTING", help="a switch: off, on or ask")
        one.add_argument("--plan", action="store_true", help="allow a trigger that lies ahead")
        one.add_argument("--json", action="store_true", help="print the derivation as JSON")
        file = actions.add_parser("check", help="run a file in the format of tests/law/deadline_vectors.csv")
        file.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one or the other. Raises CommandError with the sentence of a refusal, exit status 1."""
        if options["action"] == "check":
            self._check(options["file"])
            return
        try:
            derivation = _computed(options)
        except LawRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(derivation.to_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(derivation), ending="")

    def _check(self, path: Path) -> None:
        """Print each row that is not as expected, with its derivation, and how many are."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                answers = [answer(row) for row in read_vectors(lines)]
        except (OSError, UnicodeDecodeError, BadVectors) as error:
            raise CommandError(f"{path}: {error}") from error
        wrong = [one for one in answers if not one.agrees]
        for one in wrong:
            self.stdout.write(_mismatch(one))
        self.stdout.write(f"{len(answers) - len(wrong)} of {len(answers)} as expected")
        if wrong:
            raise SystemExit(1)


def _mismatch(one: Answer) -> str:
    if one.derivation is None:
        return f"{one.id}: expected {one.expected}, refused: {one.refused}\n"
    return f"{one.id}: expected {one.expected}, found {one.found}\n\n{textwrap.indent(as_text(one.derivation), '  ')}"


def _computed(options: dict[str, Any]) -> Derivation:
    """Return the derivation that the options ask for. Raises LawRefused, and CommandError for what cannot be read."""
    rules = rule_set(options["ruleset"].upper())
    zone = options["zone"]
    if zone and not is_zone(zone):
        raise CommandError(f"There is no time zone “{zone}”; one is America/Los_Angeles.")
    trigger = _moment(options["trigger"], "--trigger", zone)
    _say_how_served(rules, options["event"], trigger, options["service"])
    # Without a zone the day is that of Greenwich, which no American court's day is ahead of: nothing true is refused.
    today = None if options["plan"] else datetime.now(ZoneInfo(zone or rules.zone or "UTC")).date()
    return compute(
        rules,
        options["event"],
        trigger,
        method=options["service"] or "none",
        stated=_moment(options["stated"], "--stated", zone) if options["stated"] else None,
        policies=_policies(options["policy"]),
        zone=zone,
        today=today,
    )


def _say_how_served(rules: RuleSet, name: str, trigger: date, methods: Sequence[str]) -> None:
    """Refuse to leave open how a paper was served where that changes the date."""
    day = day_of(trigger)
    event = rules.event(name, day)
    if not methods and (event.service_extends or event.unit == "serve_by"):
        known = ", ".join(one.id for one in rules.services if one.since <= day <= one.until)
        raise UnknownService("Say how it was served: --service with one of %(known)s.", known=known)


def _moment(text: str, option: str, zone: str) -> date | datetime:
    """Return a day, or a moment; an hour without an offset is an hour of `--zone`, and stays without one if none was given."""
    try:
        if "T" not in text:
            return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{option} {text!r} is no date: write {SHOWN}.") from error
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone and moment.tzinfo is None else moment


def _policies(settings: Sequence[str]) -> dict[str, str]:
    """Return the switches by name. Raises CommandError for one without a setting; the engine refuses those it does not know."""
    found = [setting.partition("=") for setting in settings]
    wrong = [name for name, sign, value in found if not (name and sign and value)]
    if wrong:
        raise CommandError(f"--policy {wrong[0]!r} says no setting: write presidential-closings=off.")
    return {name: value for name, _sign, value in found}
