"""A request that went all the way, written as rows: answered, conferred about, narrowed, promised, produced, disputed, ruled on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from discovery.enums import AnswerKind, ConferralOutcome, DisputeKind, DisputeStatus, Ground, RulingOutcome, Side
from discovery.models import (
    BatesRange,
    Commitment,
    Conferral,
    ConferredRequest,
    Demand,
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


@dataclass
class Life:
    """What was written."""

    demand: Demand
    row: RequestRow
    dispute: Dispute
    order: Order


def live(world: World, demand: Demand | None = None, *, number: int = 1) -> Life:
    """Give one request of a served set its whole life, and return it."""
    demand = demand or world.served_set()
    row = demand.rows.get(number=number)
    alice = world.alice
    response, _made = Response.objects.get_or_create(
        demand=demand, number=1, defaults={"served_on": date(2025, 7, 2), "method": "email", "recorded_by": alice}
    )
    answer = RequestResponse.objects.create(
        response=response, row=row, kind=AnswerKind.OBJECTION.value, text="Witness objects.", current=True
    )
    Objection.objects.create(answer=answer, ground=Ground.RELEVANCE.value)
    conferral = Conferral.objects.create(
        case=world.case,
        number=Conferral.objects.count() + 1,
        held_on=date(2025, 7, 20),
        started=time(10),
        mode="video",
        notes="Private.",
        recorded_by=alice,
    )
    ConferredRequest.objects.create(conferral=conferral, row=row, outcome=ConferralOutcome.NARROWED.value, note="Narrow it.")
    told = {"proposed_by": "Our side", "proposed_on": date(2025, 7, 20), "recorded_by": alice}
    Narrowing.objects.create(row=row, number=1, text="Fewer documents.", agreed_by="Witness", agreed_on=date(2025, 7, 22), **told)
    due = world.deadline(date(2025, 8, 1), key=f"hand:life-{row.pk}", title="Send the list", kind="commitment", ours=False)
    promise = Commitment.objects.create(
        case=world.case,
        conferral=conferral,
        side=Side.THEIRS.value,
        promised_by="Theo Theirs",
        text="Send the list",
        promised_on=date(2025, 7, 20),
        deadline=due,
        recorded_by=alice,
    )
    promise.rows.add(row)
    production = Production.objects.create(
        case=world.case,
        responding_party=demand.responding_party,
        volume=f"VOL{row.pk}",
        produced_on=date(2025, 8, 2),
        recorded_by=alice,
    )
    pages = BatesRange.objects.create(case=world.case, production=production, prefix=f"W{row.pk}-", first=1, last=10)
    PageTie.objects.create(bates_range=pages, row=row, first=1, last=10)
    dispute = Dispute.objects.create(
        case=world.case,
        responding_party=demand.responding_party,
        number=Dispute.objects.count() + 1,
        kind=DisputeKind.JOINT_LETTER.value,
        status=DisputeStatus.DECIDED.value,
        title="Joint letter",
        moved_by="Our Defendants",
        submitted_on=date(2025, 8, 21),
        docket_entry="Dkt. 230",
        recorded_by=alice,
    )
    DisputedRequest.objects.create(dispute=dispute, row=row, our_position="It is relevant.")
    order = Order.objects.create(
        case=world.case,
        demand=demand,
        title="Order",
        docket_entry="Dkt. 237",
        judge="Hon. T. H.",
        entered_on=date(2025, 8, 28),
        recorded_by=alice,
    )
    Ruling.objects.create(order=order, dispute=dispute, row=row, outcome=RulingOutcome.DENIED.value, recorded_by=alice)
    return Life(demand, row, dispute, order)
