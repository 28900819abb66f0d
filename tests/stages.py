"""What can stand on a row of the matrix, written as rows: the verbs that record it have tests of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from discovery.enums import AnswerKind, ConferralOutcome, DisputeStatus, RulingOutcome, Withholding
from discovery.models import (
    BatesRange,
    Commitment,
    Conferral,
    ConferredRequest,
    Dispute,
    DisputedRequest,
    Narrowing,
    Objection,
    Order,
    PageTie,
    Production,
    RequestResponse,
    RequestRow,
    Response,
    Ruling,
)
from tests.factories import World

DAY = date(2025, 7, 2)


def answer(
    world: World,
    row: RequestRow,
    kind: AnswerKind,
    *,
    grounds: tuple[str, ...] = (),
    withheld: Withholding = Withholding.NOT_SAID,
    current: bool = True,
    **fields: Any,
) -> RequestResponse:
    """Return an answer of a served response that says this to the row."""
    if current:
        RequestResponse.objects.filter(row=row, current=True).update(current=False)
    last = Response.objects.filter(demand=row.demand).aggregate(last=Max("number"))["last"] or 0
    response = Response.objects.create(demand=row.demand, number=last + 1, served_on=DAY, method="email", recorded_by=world.alice)
    made = RequestResponse.objects.create(
        response=response, row=row, kind=kind.value, withheld=withheld.value, current=current, **fields
    )
    for place, ground in enumerate(grounds, 1):
        Objection.objects.create(answer=made, ground=ground, position=place)
    return made


def tie(world: World, row: RequestRow, first: int, last: int) -> PageTie:
    """Return these pages of a volume, tied to the row."""
    volume, _made = Production.objects.get_or_create(
        case=world.case,
        responding_party=row.demand.responding_party,
        volume="VOL001",
        defaults={"produced_on": DAY, "recorded_by": world.alice},
    )
    prefix = f"P{row.demand.responding_party_id}-"
    pages, _made = BatesRange.objects.get_or_create(
        case=world.case, production=volume, prefix=prefix, first=1, defaults={"last": 100_000}
    )
    return PageTie.objects.create(bates_range=pages, row=row, first=first, last=last)


def confer(world: World, rows: list[RequestRow], outcome: ConferralOutcome, *, on: date = DAY) -> Conferral:
    """Return a conference that came to this on the rows."""
    held = Conferral.objects.create(
        case=world.case, number=Conferral.objects.filter(case=world.case).count() + 1, held_on=on, recorded_by=world.alice
    )
    ConferredRequest.objects.bulk_create(ConferredRequest(conferral=held, row=row, outcome=outcome.value) for row in rows)
    return held


def promise(world: World, rows: list[RequestRow], *, days: int, text: str = "Produce the rest") -> Commitment:
    """Return a promise about the rows that is due so many days from now."""
    deadline = world.deadline(timezone.localdate() + timedelta(days=days), title=text)
    made = Commitment.objects.create(case=world.case, text=text, promised_on=DAY, deadline=deadline, recorded_by=world.alice)
    made.rows.set(rows)
    return made


def narrow(world: World, row: RequestRow, *, agreed: bool = True) -> Narrowing:
    """Return a narrower text of the row, agreed or only proposed."""
    told: dict[str, Any] = {"agreed_by": "Counsel", "agreed_on": DAY} if agreed else {}
    number = row.narrowings.count() + 1
    return Narrowing.objects.create(
        row=row, number=number, text="Less.", proposed_by="Us", proposed_on=DAY, recorded_by=world.alice, **told
    )


def dispute(world: World, rows: list[RequestRow], *, status: DisputeStatus = DisputeStatus.SUBMITTED) -> Dispute:
    """Return a joint letter over the rows."""
    made = Dispute.objects.create(
        case=world.case,
        number=Dispute.objects.filter(case=world.case).count() + 1,
        title="Joint letter",
        moved_by="Us",
        status=status.value,
        submitted_on=DAY,
        recorded_by=world.alice,
    )
    DisputedRequest.objects.bulk_create(DisputedRequest(dispute=made, row=row) for row in rows)
    return made


def rule(
    world: World, over: Dispute, row: RequestRow | None, outcome: RulingOutcome, *, on: date = DAY, superseded: bool = False
) -> Ruling:
    """Return a ruling on a row of a dispute, or on the whole of it."""
    order = Order.objects.create(case=world.case, title="Order", entered_on=on, recorded_by=world.alice)
    return Ruling.objects.create(
        order=order,
        dispute=over,
        row=row,
        outcome=outcome.value,
        superseded=superseded,
        ordered_text="So ordered.",
        recorded_by=world.alice,
    )
