"""Composing a deadline memo: a due date's derivation -> snapshot, in the court's language as papers are."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, printed_date, stamped
from discovery.domain.errors import Refused
from discovery.enums import Basis, DeadlineState, PaperKind
from discovery.law import memo
from discovery.law.days import day_words, written
from discovery.law.derivations import Derivation
from discovery.models import Deadline
from discovery.papers.memo import DeadlineMemo, MemoDay, MemoPaper
from discovery.papers.snapshots import Labelled

MEMO_ROWS = ("case__court", "demand__responding_party__person", "confirmed_by", "set_by")
"""What a memo is composed from, fetched with the deadline in one query."""
MARKS = "abcdefghijklmnopqrstuvwxyz"


def compose_memo(deadline: Deadline, paper: str = PaperKind.DEADLINE_MEMO.value) -> MemoPaper:
    """Return the snapshot of a due date's memo. Raises Refused without a date."""
    derivation = deadline.trail()
    if derivation is None:
        raise Refused(_("There is no date yet, so there is no count to print."))
    about = str(deadline.demand.responding_party) if deadline.demand is not None else ""
    marks = _marks(derivation)
    return MemoPaper(
        paper=paper,
        language=deadline.case.court.language,
        document_title=f"Deadline memo: {deadline.title}{f', {about}' if about else ''}, {written(derivation.due_on)}",
        parts=("memo",),
        caption=caption_of(deadline.case),
        memo=DeadlineMemo(
            heading=deadline.title,
            about=about,
            due=f"{day_words(derivation.due_on)}, {memo.hour_words(derivation.due_at, derivation.zone)}",
            status=tuple(_status(deadline)),
            red=f"Deemed admitted on {printed_date(derivation.due_on)} if not answered." if _deemed(deadline, derivation) else "",
            inputs=tuple(Labelled(label, (value,)) for label, value in memo.inputs(derivation)),
            days=tuple(
                MemoDay(_short(row.day), row.weekday[:3], row.kind, row.what, row.why, marks.get(row.rule, ""))
                for row in memo.rows(derivation)
            ),
            rules=tuple(Labelled(f"({mark})", (rule,)) for rule, mark in marks.items()),
            tally=memo.tally_line(derivation),
            remarks=tuple(Labelled(heading, tuple(lines)) for heading, lines in memo.remarks(derivation)),
        ),
        author="Memorandum of the office",
        created=stamped(deadline.changed_at),
    )


def _deemed(deadline: Deadline, derivation: Derivation) -> bool:
    return derivation.consequence_kind == "deemed-admitted" and deadline.state == DeadlineState.OPEN


def _marks(derivation: Derivation) -> dict[str, str]:
    """Return a letter for each rule in the order of the count: the page names a rule once, its days carry the letter."""
    rules = list(dict.fromkeys(step.rule for step in derivation.steps if step.rule))
    return {rule: MARKS[place] if place < len(MARKS) else str(place + 1) for place, rule in enumerate(rules)}


def _status(deadline: Deadline) -> list[str]:
    """Return what became of the date, in the program's own language: papers do not follow the reader's."""
    lines = []
    if deadline.basis != Basis.COMPUTED:
        lines.append(f"{Basis(deadline.basis).label}.")
    if deadline.confirmed_at is not None:
        day = deadline.confirmed_at.astimezone(deadline.case.court.zone).date()
        lines.append(f"Confirmed by {deadline.confirmed_by} on {printed_date(day)}.")
    else:
        lines.append("Not yet confirmed by a second person.")
    if deadline.done_on is not None:
        lines.append(f"Done on {printed_date(deadline.done_on)}. {deadline.done_note}".strip())
    return lines


def _short(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
