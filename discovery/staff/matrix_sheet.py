"""The matrix as a table to take away: every stage in columns of its own, dates and numbers as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from discovery.domain.matrix.stages import MatrixRow
from discovery.enums import AnswerKind, ConferralOutcome, Deficiency, DisputeKind, DisputeStatus, Ground, RulingOutcome, Withholding


def head() -> tuple[str, ...]:
    """Return the columns' names."""
    return (
        _("Number"),
        _("Request"),
        _("Responding party"),
        _("Set"),
        _("Answer"),
        _("Served on"),
        _("Objections"),
        _("Withheld"),
        _("To be produced by"),
        _("Produced"),
        _("Pages"),
        _("Deficiency"),
        _("What is wrong"),
        _("Last conference"),
        _("Outcome"),
        _("Promised for"),
        _("What was promised"),
        _("Overdue"),
        _("Next step"),
        pgettext("the last day", "By"),
        _("Owner"),
        _("Narrowed on"),
        _("Dispute"),
        _("Kind of dispute"),
        _("Where it stands"),
        _("Ruling"),
        _("Ruled on"),
    )


def cells(rows: Iterable[MatrixRow]) -> Iterator[tuple[object, ...]]:
    """Yield each line in the order of `head`."""
    for row in rows:
        yield (
            row.number,
            row.label,
            row.responder,
            row.set_name,
            *_answered(row),
            _(Deficiency(row.deficiency).label) if row.deficiency else "",
            row.deficiency_note,
            row.conferred.held_on if row.conferred else None,
            _(ConferralOutcome(row.conferred.outcome).label) if row.conferred else "",
            row.promise.due_on if row.promise else None,
            row.promise.text if row.promise else "",
            _("yes") if row.promise_overdue else "",
            row.next_step,
            row.next_step_on,
            row.owner,
            row.narrowed_on,
            *_fought(row),
        )


def _answered(row: MatrixRow) -> tuple[object, ...]:
    answer = row.answer
    runs = [pages.first if pages.first == pages.last else f"{pages.first}–{pages.last}" for pages in row.pages]
    return (
        _(AnswerKind(answer.kind).label) if answer else "",
        answer.served_on if answer else None,
        ", ".join(_(Ground(ground).label) for ground in row.grounds),
        _(Withholding(answer.withheld).label) if answer else "",
        answer.produce_by if answer else None,
        ", ".join(runs) or (answer.bates if answer else ""),
        sum(run.pages for run in row.pages) or None,
    )


def _fought(row: MatrixRow) -> tuple[object, ...]:
    dispute, ruling = row.dispute, row.ruling
    return (
        dispute.title if dispute else "",
        _(DisputeKind(dispute.kind).label) if dispute else "",
        _(DisputeStatus(dispute.status).label) if dispute else "",
        _(RulingOutcome(ruling.outcome).label) if ruling else "",
        ruling.entered_on if ruling else None,
    )
