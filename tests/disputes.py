"""What the tests of disputes share: rows with an answer and a conference, disputes about them, their finished papers."""

from __future__ import annotations

from datetime import date

from discovery.domain.composing.letters import DISPUTE_ROWS
from discovery.domain.disputes.disputing import start_dispute
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.enums import AnswerKind, CourtKind, DemandKind, DisputeKind, Ground
from discovery.models import (
    Conferral,
    ConferredRequest,
    Court,
    Dispute,
    Draft,
    Narrowing,
    Objection,
    RequestResponse,
    RequestRow,
    Response,
)
from tests.factories import World, make_world


def rows_of(world: World, requests: int = 2, *, party: bool = False) -> list[RequestRow]:
    """Return the rows of a served subpoena, or of our set served on the opponent."""
    demand = world.served_set(requests) if party else world.served_subpoena(requests)
    return list(demand.rows.order_by("number"))


def answered(world: World, rows: list[RequestRow]) -> Response:
    """Record, as rows, a response that objects to each request."""
    response = Response.objects.create(demand=rows[0].demand, served_on=date(2025, 7, 2), method="email", recorded_by=world.alice)
    for row in rows:
        answer = RequestResponse.objects.create(
            response=response,
            row=row,
            kind=AnswerKind.OBJECTION.value,
            text="Witness objects that this is overbroad.",
            will_produce="communications with the Attorney General",
            current=True,
        )
        Objection.objects.create(answer=answer, ground=Ground.OVERBROAD.value, reason="no limit of time", rule="26(b)(1)")
    return response


def conferred(world: World, rows: list[RequestRow], *days: date) -> None:
    """Record live conferences about the rows."""
    for day in days or (date(2025, 7, 9),):
        number = Conferral.objects.filter(case=world.case).count() + 1
        conferral = Conferral.objects.create(case=world.case, number=number, held_on=day, recorded_by=world.alice)
        ConferredRequest.objects.bulk_create(ConferredRequest(conferral=conferral, row=row) for row in rows)


def narrowed(world: World, row: RequestRow, text: str = "Only Documents of 2024.") -> None:
    """Record an agreed narrower text."""
    Narrowing.objects.create(
        row=row,
        number=1,
        text=text,
        proposed_by="Our Defendants",
        proposed_on=date(2025, 7, 9),
        agreed_by="Witness Corp.",
        agreed_on=date(2025, 7, 10),
        recorded_by=world.alice,
    )


def started(world: World, rows: list[RequestRow], kind: DisputeKind = DisputeKind.JOINT_LETTER, **values: object) -> Dispute:
    """Return a dispute started by Alice; joint letters in Judge Hixson's format."""
    if kind == DisputeKind.JOINT_LETTER:
        values = {"format": "cand-hixson", **values}
    return start_dispute(Dispute(case=world.case, kind=kind.value, **values), rows, by=world.alice)


def in_california(
    requests: int = 2, *, kinds: tuple[DemandKind, ...] = (DemandKind.RFP,), **facts: object
) -> tuple[World, Dispute]:
    """Return a case in a superior court, and in it a motion of ours about sets that were answered and conferred about."""
    world = make_world("Poe v. Coe", "24STCV00002")
    demands = [world.served_set(requests, kind=kind) for kind in kinds]
    for demand in demands:
        answered(world, list(demand.rows.all()))
    rows = [row for demand in demands for row in demand.rows.order_by("number")]
    conferred(world, rows)
    dispute = started(world, rows, DisputeKind.MOTION_TO_COMPEL, dated=date(2025, 8, 1), **facts)
    dispute.requests.update(our_position="The agreement names these documents, and nobody else has them.")
    world.case.court = Court.objects.create(
        name="Superior Court of California, County of Los Angeles",
        short_name="L.A. Super. Ct.",
        kind=CourtKind.STATE.value,
        title="Superior Court of the State of California",
        district="County of Los Angeles",
        state="CA",
        rule_set="CA-CCP",
        paper_style="ca-28",
    )
    world.case.save()
    return world, Dispute.objects.select_related(*DISPUTE_ROWS).get(pk=dispute.pk)


def made(dispute: Dispute, world: World, paper: str = "joint_letter") -> Draft:
    """Return the finished draft of a dispute's paper."""
    draft = render_draft(request_draft(dispute, paper, by=world.alice).pk)
    assert draft is not None
    assert draft.state == "ready", draft.error
    return draft
