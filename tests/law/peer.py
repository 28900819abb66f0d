"""Ask a peer for every deadline vector: `python -m tests.law.peer --peer-python /path/to/python` prints two Markdown tables.

The peer is the package amagi-litigation-deadlines. It is no requirement of this project: install it in an environment of its
own and name that environment's Python (3.11 or newer). Left out, the running Python is asked. docs/law.md reads the result.

The script knows neither Django nor our own engine; `--ours FILE.json` ({"P01": "2007-09-04", ...}) adds our answers as a column.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

VECTORS = Path(__file__).with_name("deadline_vectors.csv")
PEER = "amagi_litigation_deadlines"
DISCOVERY_RESPONSE = "discovery-response"
"""The peer's event for answers to interrogatories, document requests and requests for admission: 30 days."""

ADDS_THREE_DAYS = {"mail", "clerk", "other_consented"}
"""The service methods of Rule 5(b)(2)(C), (D) and (F), to which Rule 6(d) adds 3 days."""

UNITS = {
    "days_or_date": "it takes no second date, so no earlier of two",
    "fixed": "it only counts, and takes no date stated by a court",
    "hours": "it counts no hours",
    "inaccessible": "it knows no closed clerk's office",
    "latest_service": "it does not look for the last day to serve",
}
"""Why the peer cannot be asked in a unit of the vectors."""

OurAnswers = Mapping[str, str | None] | None
"""Vector id to our answer; None leaves the column out."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One worked example: what it tests and the answer expected."""

    id: str
    ruleset: str
    trigger_event: str
    trigger_date: str
    service_method: str
    period: str
    unit: str
    direction: str
    expected_date: str
    why: str
    source: str

    @property
    def example(self) -> str:
        """What the vector is an example of, in one table cell."""
        return "; ".join(part for part in (self.trigger_event, self.why) if part).replace("|", "\\|")


@dataclass(frozen=True, slots=True)
class Question:
    """What the peer is asked: a day, then steps, each one of its events or a number of days, counted from the last answer."""

    trigger_date: str
    steps: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a vector is put to the peer: by a question that covers it, or not; then with the reason and what comes nearest."""

    question: Question | None = None
    reason: str = ""
    nearest: tuple[tuple[str, Question], ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """Yield everything to be asked."""
        if self.question:
            yield self.question
        yield from (question for _, question in self.nearest)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one vector (right, wrong, cannot be asked), whether an event of the peer's own gave it, and the cell."""

    outcome: str
    own_event: bool
    cell: str


def read_vectors(path: Path) -> list[Vector]:
    """Read the worked examples in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Vector(**row) for row in csv.DictReader(file)]


def plan(vector: Vector) -> Plan:
    """Decide how to ask; the peer gets every question that its rules, forward counting of days in federal court, can cover.

    FRAP 26(a) counts as FRCP 6(a) does, and the federal districts use the federal rules, so both are asked as federal.
    """
    if not vector.ruleset.startswith(("FRCP", "FRAP")):
        return Plan(reason=f"it has no rules for {vector.ruleset}")
    if vector.unit == "days_or_date":
        days = int(vector.period.partition("|")[0])
        return Plan(reason=UNITS[vector.unit], nearest=((f"{days} days alone", Question(vector.trigger_date, (days,))),))
    if vector.unit != "days":
        return Plan(reason=UNITS.get(vector.unit, f"it knows no {vector.unit}"))
    if vector.direction != "after":
        return Plan(reason="it counts forward only")
    return _plan_forward(vector)


def _plan_forward(vector: Vector) -> Plan:
    period = first_step(vector)
    question = Question(vector.trigger_date, (period,))
    if vector.service_method in ADDS_THREE_DAYS:
        three_more = Question(vector.trigger_date, (period, 3))
        nearest = ((f"{vector.period} days alone", question), ("and 3 days from there", three_more))
        return Plan(reason="it takes no service method", nearest=nearest)
    if vector.ruleset == "FRCP-PRES":
        return Plan(reason="it has no switch for presidential closings", nearest=(("without", question),))
    return Plan(question)


def first_step(vector: Vector) -> str | int:
    """Name the peer's event where it has the one meant: 30 days to answer a request served. Else give the bare number of days."""
    served = vector.service_method != "none" or "Rule 34" in vector.trigger_event
    return DISCOVERY_RESPONSE if vector.period == "30" and served else int(vector.period)


def ask(python: str, questions: Iterable[Question]) -> tuple[str, dict[Question, str]]:
    """Put the questions to the peer in a process of its Python; return the peer's version and an ISO date a question.

    Raises `subprocess.CalledProcessError` when that Python has no such package (what it says goes to stderr) and `OSError` when
    there is no such Python.
    """
    asked = list(dict.fromkeys(questions))
    answered = subprocess.run(
        [python, "-P", __file__, "--answer"],
        input=json.dumps([[question.trigger_date, question.steps] for question in asked]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    version, dates = json.loads(answered.stdout)
    return version, dict(zip(asked, dates, strict=True))


def answer() -> None:
    """In the peer's Python: read questions as JSON from stdin, write the peer's version and dates as JSON to stdout."""
    engine, rules = import_module(f"{PEER}.engine"), import_module(f"{PEER}.rules")
    federal = rules.load_rule_set("frcp")
    dates: list[str] = []
    for trigger_date, steps in json.load(sys.stdin):
        day = date.fromisoformat(trigger_date)
        for step in steps:
            named = isinstance(step, str)
            event = rules.get_event(federal, step) if named else rules.Event(key="period", label="A period", days=step, cite="")
            day = engine.compute_deadline(federal, event, day).deadline_date
        dates.append(day.isoformat())
    json.dump([import_module(PEER).__version__, dates], sys.stdout)


def judge(vector: Vector, planned: Plan, answers: Mapping[Question, str]) -> Verdict:
    """Hold the peer's answer against the expected one."""
    if planned.question is None:
        nearest = ", ".join(f"{label}: {answers[question]}" for label, question in planned.nearest)
        return Verdict("cannot be asked", False, f"cannot be asked: {planned.reason}" + (f" ({nearest})" if nearest else ""))
    own_event = DISCOVERY_RESPONSE in planned.question.steps
    cell = compared(answers[planned.question], vector.expected_date)
    return Verdict(cell.partition(":")[0], own_event, cell + (", own event" if own_event else ""))


def compared(given: str | None, expected: str) -> str:
    """Say `right`, `wrong: <what was given>` or `no answer`."""
    if given is None:
        return "no answer"
    return "right" if given == expected else f"wrong: {given}"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def each_vector(vectors: Sequence[Vector], verdicts: Mapping[str, Verdict], ours: OurAnswers) -> Iterator[str]:
    """Yield the table of every vector; our column only if our answers are given."""
    heads = ["id", "rule set", "what it tests", "expected", "the peer's answer", *([] if ours is None else ["ours"])]
    rows = (
        [
            vector.id,
            vector.ruleset,
            vector.example,
            vector.expected_date,
            verdicts[vector.id].cell,
            *([] if ours is None else [compared(ours.get(vector.id), vector.expected_date)]),
        ]
        for vector in vectors
    )
    return table(heads, rows)


def totals(vectors: Sequence[Vector], verdicts: Mapping[str, Verdict], ours: OurAnswers) -> Iterator[str]:
    """Yield the totals a rule set and over all."""
    heads = ["rule set", "vectors", "right", "of these by its own event", "wrong", "cannot be asked"]
    if ours is not None:
        heads.append("ours right")
    rows = []
    for ruleset in (*dict.fromkeys(vector.ruleset for vector in vectors), "all"):
        chosen = [vector for vector in vectors if ruleset in (vector.ruleset, "all")]
        found = [verdicts[vector.id] for vector in chosen]
        count = Counter(verdict.outcome for verdict in found)
        own = sum(verdict.outcome == "right" and verdict.own_event for verdict in found)
        row: list[object] = [ruleset, len(chosen), count["right"], own, count["wrong"], count["cannot be asked"]]
        if ours is not None:
            row.append(sum(ours.get(vector.id) == vector.expected_date for vector in chosen))
        rows.append(row)
    return table(heads, rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the vectors, ask, print; return 1 if there is nobody to ask."""
    parser = argparse.ArgumentParser(prog="python -m tests.law.peer", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--vectors", type=Path, default=VECTORS, help=f"the worked examples (default: {VECTORS.name} beside this script)"
    )
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peer (default: this one)")
    parser.add_argument("--ours", type=Path, help="a JSON object: vector id to our answer")
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.answer:
        answer()
        return 0
    if not chosen.vectors.is_file():
        parser.error(f"there is no file {chosen.vectors}; name the worked examples with --vectors")
    vectors = read_vectors(chosen.vectors)
    ours: OurAnswers = json.loads(chosen.ours.read_text(encoding="utf-8")) if chosen.ours else None
    plans = {vector.id: plan(vector) for vector in vectors}
    try:
        version, answers = ask(chosen.peer_python, (question for planned in plans.values() for question in planned.questions))
    except (subprocess.CalledProcessError, OSError):
        sys.stderr.write(f"{chosen.peer_python} could not answer; is {PEER.replace('_', '-')} installed there?\n")
        return 1
    verdicts = {vector.id: judge(vector, plans[vector.id], answers) for vector in vectors}
    title = f"{PEER.replace('_', '-')} {version}"
    for line in (title, "", *each_vector(vectors, verdicts, ours), "", *totals(vectors, verdicts, ours)):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
