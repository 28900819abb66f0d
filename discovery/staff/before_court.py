"""What is before the court in a case, and what an order can be said to rule on: disputes with their requests as served."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet

from discovery.domain.disputes.ruling import BEFORE_THE_COURT, FILED, Key
from discovery.domain.service.rows import with_texts
from discovery.enums import DisputeStatus, RulingOutcome
from discovery.models import Case, Demand, Dispute, DisputedRequest, Narrowing, Order, Ruling


@dataclass(slots=True)
class RulingLine:
    """One request of a dispute, or its whole: its words as served, and the ruling that stands on it."""

    key: Key
    heading: str = ""
    label: str = ""
    text: str = ""
    narrowed: str = ""
    responder: str = ""
    row_id: int | None = None
    stands: Ruling | None = None
    own: bool = False
    """Whether the ruling that stands is the very order's that is being read."""

    @property
    def waits(self) -> bool:
        """Whether the request waits for a ruling: it has none, or another order's that deferred it."""
        return self.stands is None or (not self.own and self.stands.outcome == RulingOutcome.DEFERRED)


@dataclass(slots=True)
class DisputeLines:
    """A dispute with its lines."""

    dispute: Dispute
    lines: list[RulingLine] = field(default_factory=list)


def waiting_for_ruling(case: Case) -> QuerySet[Dispute]:
    """Return what was filed in a case and is not decided, the longest waiting first."""
    rows = Dispute.objects.filter(case=case, kind__in=BEFORE_THE_COURT, status=DisputeStatus.SUBMITTED.value)
    ruled = Count("rulings", filter=Q(rulings__superseded=False, rulings__row__isnull=False), distinct=True)
    counted = rows.annotate(asked=Count("requests", distinct=True), ruled=ruled)
    return counted.select_related("responding_party__person", "paper").order_by("submitted_on", "pk")


def decided_in(case: Case) -> QuerySet[Dispute]:
    """Return what was decided in a case."""
    return Dispute.objects.filter(case=case, kind__in=BEFORE_THE_COURT, status=DisputeStatus.DECIDED.value)


def lines_for(order: Order, *, decided: bool = False) -> list[DisputeLines]:
    """Return what an order can rule on, each with its requests (a fixed number of queries).

    The open disputes, those it ruled on already, those of the order that it reconsiders; all that were decided if asked for.
    """
    demands = Demand.objects.select_related("approved_version", "responding_party__person", "request_set__propounded_by")
    asked = DisputedRequest.objects.select_related("row").order_by("position", "pk")
    wanted = Q(status=DisputeStatus.SUBMITTED.value) | Q(rulings__order=order)
    if order.reconsiders_id is not None:
        wanted |= Q(rulings__order=order.reconsiders_id)
    rows = Dispute.objects.filter(case=order.case_id, kind__in=BEFORE_THE_COURT, status__in=FILED)
    rows = rows if decided else rows.filter(pk__in=Dispute.objects.filter(wanted).values("pk"))
    disputes = list(
        rows.prefetch_related(Prefetch("requests", asked), Prefetch("requests__row__demand", demands)).order_by(
            "submitted_on", "pk"
        )
    )
    standing = _standing(disputes)
    narrowed = _narrowed(disputes)
    return [DisputeLines(dispute, _lines(dispute, order, standing, narrowed)) for dispute in disputes]


def _standing(disputes: list[Dispute]) -> dict[Key, Ruling]:
    rows = Ruling.objects.filter(dispute__in=disputes, superseded=False).select_related("order")
    return {(one.dispute_id, one.row_id): one for one in rows}


def _narrowed(disputes: list[Dispute]) -> dict[int, str]:
    """Return, by row, the narrower text that was agreed."""
    agreed = Narrowing.objects.filter(superseded=False, agreed_on__isnull=False, row__disputed__dispute__in=disputes)
    return dict(agreed.values_list("row_id", "text"))


def _lines(dispute: Dispute, order: Order, standing: dict[Key, Ruling], narrowed: dict[int, str]) -> list[RulingLine]:
    found = []
    for row, told in with_texts(one.row for one in dispute.requests.all()):
        line = RulingLine(
            key=(dispute.pk, row.pk),
            heading=str(told["heading"]).rstrip(" :"),
            label=told["label"],
            text=told["text"],
            narrowed=narrowed.get(row.pk, ""),
            responder=str(row.demand.responding_party),
            row_id=row.pk,
        )
        found.append(line)
    if not found or (dispute.pk, None) in standing:
        found.append(RulingLine(key=(dispute.pk, None)))
    for line in found:
        line.stands = standing.get(line.key)
        line.own = line.stands is not None and line.stands.order_id == order.pk
    return found
