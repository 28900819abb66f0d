"""What a report says of each responding party: its demands with the stages of their requests, its productions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import F

from discovery.domain.composing.printed import printed_date
from discovery.domain.matrix.chips import Chip, Total, counts_by_demand
from discovery.domain.matrix.lines import standing_rows
from discovery.domain.productions.coverage import pages_of
from discovery.enums import DeadlineKind, DeadlineState, DemandKind, DemandStatus, Side
from discovery.law.bates import count, listed, union
from discovery.models import BatesRange, Case, Deadline, Demand, Production, Service
from discovery.papers.status_report import StatusPart, StatusTable

Counts = Mapping[int, Mapping[Total | Chip, int]]
DEMANDS = (
    *("Demand", "Kind", "Status", "Served", "Answer due", "Requests", "Answered", "Objection only", "With pages"),
    *("Deficient", "Conferred", "Disputed", "Ruled on", "Resolved"),
)
COUNTED: tuple[Total | Chip, ...] = (
    *(Total.ALL, Total.ANSWERED, Chip.OBJECTION_ONLY, Total.PRODUCED, Chip.DEFICIENT, Total.CONFERRED),
    *(Total.DISPUTED, Total.RULED, Chip.RESOLVED),
)
"""What the columns from "Requests" on count, in their order."""
NOT_COUNTED = ("Demand", "Of", "By", "Kind", "Status", "Served")
"""Columns of the demands without a request that stands: drafts, what is approved and not served, what was withdrawn."""
PRODUCTIONS = ("Volume", "Produced", "Bates numbers", "Pages", "Designation")
ANSWER_DUE = (DeadlineKind.RESPONSE.value, DeadlineKind.COMPLIANCE.value, DeadlineKind.OBJECTIONS.value)
"""Which date says when an answer is due, the first of them that a demand has."""


def totals_table(case: Case, now: datetime) -> StatusTable:
    """Return the case in one table: how many of its requests came how far (1 query)."""
    counts = counts_by_demand(standing_rows(case), now)
    number = {word: sum(one[word] for one in counts.values()) for word in (*Total, *Chip)}
    words = [*Total, Chip.UNANSWERED, Chip.DEFICIENT, Chip.IMPASSE, Chip.COMMITMENT_OVERDUE, Chip.RESOLVED]
    columns = ("Served demands", *(word.label for word in words))
    row = (str(len(counts)), *(str(number[word]) for word in words))
    return StatusTable("In short", columns, (row,) if counts else (), "No demand was served yet.")


def party_parts(case: Case, now: datetime) -> tuple[StatusPart, ...]:
    """Return one part for each responding party with a demand that stands or a production, by name, then one of all other demands.

    The others have nothing to count: in tables of their own they would fill pages with dashes (7 queries).
    """
    demands = list(
        Demand.objects.filter(case=case)
        .exclude(status=DemandStatus.SUPERSEDED.value)
        .select_related("responding_party__person", "request_set__propounded_by")
        .order_by("responding_party__person__name", "responding_party", "pk")
    )
    counts = counts_by_demand(standing_rows(case), now)
    served = dict(Service.objects.filter(demand__case=case, superseded=False).values_list("demand_id", "served_on"))
    due = _due(case)
    productions = _productions(case)
    by_party: dict[int, list[Demand]] = defaultdict(list)
    names = {one.responding_party_id: one.responding_party.person.name for one in demands}
    for demand in demands:
        by_party[demand.responding_party_id].append(demand)
    for party, volumes in productions.items():
        names.setdefault(party, volumes[0][0].responding_party.person.name)
    parts = []
    for party, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        mine = [one for one in by_party[party] if one.pk in counts]
        if not mine and party not in productions:
            continue
        lines = tuple(_counted_line(one, counts[one.pk], served.get(one.pk), due.get(one.pk, "–")) for one in mine)
        table = StatusTable("Demands", DEMANDS, lines, "No demand was served.")
        parts.append(StatusPart(name, (), (table, _production_table(productions.get(party, ()), mine, counts))))
    others = tuple(_short_line(one, served.get(one.pk)) for one in demands if one.pk not in counts)
    if others:
        parts.append(StatusPart("Demands not served, or withdrawn", (), (StatusTable("", NOT_COUNTED, others, ""),)))
    return tuple(parts)


def _counted_line(demand: Demand, counts: Mapping[Total | Chip, int], served: date | None, due: str) -> tuple[str, ...]:
    name, *facts = _facts(demand, served)
    return (f"{name}\nby {demand.request_set.propounded_by.name}", *facts, due, *(str(counts[word]) for word in COUNTED))


def _short_line(demand: Demand, served: date | None) -> tuple[str, ...]:
    name, *facts = _facts(demand, served)
    return (name, demand.responding_party.person.name, demand.request_set.propounded_by.name, *facts)


def _facts(demand: Demand, served: date | None) -> tuple[str, ...]:
    kind, status = DemandKind(demand.kind).label, DemandStatus(demand.status).label
    return demand.request_set.name, kind, status, printed_date(served) or "–"


def _due(case: Case) -> dict[int, str]:
    """Return, by demand, when an answer is due, or that it is done (1 query)."""
    rows = Deadline.objects.filter(case=case, kind__in=ANSWER_DUE, demand__isnull=False).exclude(state=DeadlineState.VOID.value)
    found: dict[int, tuple[int, str]] = {}
    in_order = rows.order_by(F("due_at").asc(nulls_last=True), "pk")
    for demand, kind, due_on, state in in_order.values_list("demand", "kind", "due_on", "state"):
        assert demand is not None
        rank = ANSWER_DUE.index(kind)
        if demand not in found or rank < found[demand][0]:
            day = printed_date(due_on) if due_on else "no date yet"
            found[demand] = (rank, f"{day} (done)" if state == DeadlineState.DONE else day)
    return {demand: told for demand, (_rank, told) in found.items()}


def _productions(case: Case) -> dict[int, list[tuple[Production, list[BatesRange]]]]:
    """Return, by responding party, its productions in their order with their ranges (2 queries)."""
    ranges: dict[int, list[BatesRange]] = defaultdict(list)
    for one in BatesRange.objects.filter(case=case).order_by("prefix", "first"):
        ranges[one.production_id].append(one)
    found: dict[int, list[tuple[Production, list[BatesRange]]]] = defaultdict(list)
    rows = Production.objects.filter(case=case).select_related("responding_party__person").order_by("produced_on", "pk")
    for row in rows:
        found[row.responding_party_id].append((row, ranges[row.pk]))
    return found


def _production_table(
    volumes: Iterable[tuple[Production, list[BatesRange]]], demands: Iterable[Demand], counts: Counts
) -> StatusTable:
    lines, everything = [], []
    for row, ranges in volumes:
        pages = union(pages_of(one) for one in ranges)
        everything += pages
        whose = "" if row.side == Side.THEIRS else "\n(ours)"
        lines.append(
            (
                f"{row.volume}{whose}",
                printed_date(row.produced_on),
                listed(pages) or "–",
                f"{count(pages):,}",
                row.confidentiality or "–",
            )
        )
    asked = sum(counts[one.pk][Total.ALL] for one in demands if one.pk in counts)
    covered = sum(counts[one.pk][Total.PRODUCED] for one in demands if one.pk in counts)
    whole = count(union(everything))
    have = "has" if covered == 1 else "have"
    told = f"In all {whole:,} {'page' if whole == 1 else 'pages'}; {covered} of {asked} requests {have} pages."
    note = told if lines else ""
    return StatusTable("Productions", PRODUCTIONS, tuple(lines), "Nothing was produced.", note)
