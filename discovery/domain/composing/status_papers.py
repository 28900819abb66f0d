"""What a report says of disputes, orders, privilege logs and preservation demands."""

from __future__ import annotations

from django.db.models import Count, Q

from discovery.domain.composing.printed import printed_date
from discovery.domain.disputes.sides import numbers_of
from discovery.enums import ChallengeOutcome, DisputeKind, DisputeStatus, RulingOutcome, Side
from discovery.models import Case, Dispute, Order, PreservationDemand, PrivilegeLog, Ruling
from discovery.papers.status_report import StatusTable

OPEN = (DisputeStatus.DRAFT.value, DisputeStatus.READY.value, DisputeStatus.SUBMITTED.value)
DISPUTES = ("Dispute", "Kind", "Requests", "Status", "Moved by", "Sent or filed", "Next step")
ORDERS = ("Order", "Entered", "Where it stands", "Rulings", "Comply by", "What is to be done")
LOGS = ("Log of", "Whose", "Version", "Served", "Entries", "Challenged, open", "Challenges closed")
LETTERS = ("To", "Sent", "Acknowledge by", "Acknowledged")


def court_tables(case: Case) -> tuple[StatusTable, ...]:
    """Return open disputes with their next step, and orders with what they ask by when (5 queries)."""
    rows = Dispute.objects.filter(case=case, status__in=OPEN).prefetch_related("requests__row").order_by("pk")
    disputes = tuple(_dispute(row) for row in rows)
    rulings = Ruling.objects.filter(superseded=False).select_related("row__demand__responding_party__person").order_by("pk")
    entered = Order.objects.filter(case=case).order_by("entered_on", "pk")
    by_order: dict[int, list[Ruling]] = {}
    for ruling in rulings.filter(order__case=case):
        by_order.setdefault(ruling.order_id, []).append(ruling)
    orders = tuple(_order(row, by_order.get(row.pk, [])) for row in entered)
    return (
        StatusTable("Open disputes", DISPUTES, disputes, "No dispute is open."),
        StatusTable("Orders", ORDERS, orders, "No order is recorded."),
    )


def _dispute(row: Dispute) -> tuple[str, ...]:
    about = [entry.row for entry in row.requests.all()]
    steps: dict[str, None] = {}
    for one in sorted(about, key=lambda one: (one.next_step_on is None, str(one.next_step_on or ""), one.number)):
        if one.next_step:
            day = f" (by {printed_date(one.next_step_on)})" if one.next_step_on is not None else ""
            steps.setdefault(f"{one.next_step}{day}")
    return (
        row.title,
        DisputeKind(row.kind).label,
        numbers_of(about) if about else "the whole",
        DisputeStatus(row.status).label,
        row.moved_by,
        printed_date(row.submitted_on) or "–",
        "\n".join(steps) or _usual_next(row),
    )


def _usual_next(row: Dispute) -> str:
    """Return what comes next by its status, where nobody wrote a step down."""
    if row.status == DisputeStatus.SUBMITTED:
        answered = row.kind in {DisputeKind.DEFICIENCY_LETTER.value, DisputeKind.CONFERRAL_LETTER.value}
        if answered:
            return f"Answer asked for by {printed_date(row.answer_by)}" if row.answer_by is not None else "Waits for an answer"
        return f"Hearing on {printed_date(row.hearing_on)}" if row.hearing_on is not None else "Waits for a ruling"
    return "To be sent or filed" if row.status == DisputeStatus.READY else "To be finished"


def _order(row: Order, rulings: list[Ruling]) -> tuple[str, ...]:
    days = [(row.comply_by, row.commands)] if row.comply_by is not None else []
    days += [(one.comply_by, _about(one)) for one in rulings if one.comply_by is not None]
    return (
        row.title,
        printed_date(row.entered_on),
        row.docket_entry or "–",
        _outcomes(rulings),
        "\n".join(dict.fromkeys(printed_date(day) for day, _what in days)) or "–",
        "\n".join(dict.fromkeys(f"{printed_date(day)}: {what}" for day, what in days if what)) or "–",
    )


def _about(ruling: Ruling) -> str:
    if ruling.row is None:
        return "the whole"
    return f"{ruling.row.demand.responding_party.person.name}, No. {ruling.row.number}"


def _outcomes(rulings: list[Ruling]) -> str:
    found: dict[str, int] = {}
    for one in rulings:
        label = RulingOutcome(one.outcome).label
        found[label] = found.get(label, 0) + 1
    return "\n".join(f"{label}: {number}" for label, number in found.items()) or "–"


def log_table(case: Case) -> StatusTable:
    """Return the privilege logs that stand, with their challenges (1 query)."""
    still = ChallengeOutcome.OPEN.value
    logs = (
        PrivilegeLog.objects.filter(case=case, superseded=False)
        .select_related("responding_party__person")
        .annotate(
            entry_count=Count("entries"),
            challenged=Count("entries", filter=Q(entries__challenge=still)),
            closed=Count("entries", filter=~Q(entries__challenge__in=["", still])),
        )
    )
    lines = tuple(
        (
            row.responding_party.person.name,
            "Ours" if row.side == Side.OURS else "Theirs",
            str(row.number),
            printed_date(row.served_on) or "–",
            str(row.entry_count),
            str(row.challenged),
            str(row.closed),
        )
        for row in logs.order_by("responding_party__person__name", "pk")
    )
    return StatusTable("Privilege logs", LOGS, lines, "No privilege log is recorded.")


def preservation_table(case: Case) -> StatusTable:
    """Return the preservation demands that were sent (1 query)."""
    rows = PreservationDemand.objects.filter(case=case, sent_on__isnull=False).select_related("recipient").order_by("sent_on", "pk")
    lines = tuple(
        (
            row.recipient.name,
            printed_date(row.sent_on),
            printed_date(row.acknowledge_by) or "–",
            printed_date(row.acknowledged_on) or "No",
        )
        for row in rows
    )
    return StatusTable("Preservation demands", LETTERS, lines, "None was sent.")
