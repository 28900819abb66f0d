"""What became of the demo's subpoena to Meta: service, answers, four conferences, a narrowing, the joint letter, the order.

Facts: discovery/data/musk_v_altman.toml. Where a paper of the docket would be attached, a page stands that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, Objecting, record_answers
from discovery.domain.conferrals.conferring import confer
from discovery.domain.dates.deadlines import mark_done
from discovery.domain.disputes.disputing import change_dispute, make_ready, start_dispute, submit_dispute
from discovery.domain.disputes.motions import record_motion
from discovery.domain.disputes.orders import enter_order
from discovery.domain.disputes.ruling import Said, rule
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.records import add_record, change_record
from discovery.domain.service.serving import serve
from discovery.enums import DisputeKind, DraftState, PaperKind, Side
from discovery.models import (
    Attendee,
    Attorney,
    Conferral,
    ConferredRequest,
    Deadline,
    Demand,
    Dispute,
    Firm,
    Narrowing,
    Order,
    RequestRow,
    Response,
    Service,
)
from discovery.papers.stand_in import stand_in

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Facts = Mapping[str, Any]
SERVED_PAPERS = (PaperKind.PROOF_OF_SERVICE.value, PaperKind.CONFERRAL_DECLARATION.value)
"""Papers that are made from the record once it tells enough."""


def live_on(demand: Demand, told: Facts, *, by: User) -> None:
    """Record everything that followed the approval of the subpoena to Meta, through the verbs that the screens use."""
    serve(demand, Service(**told["service"]), by=by)
    demand.refresh_from_db()
    _counsel(demand, told["counsel"], by=by)
    rows = {row.number: row for row in demand.rows.all()}
    _answers(demand, told, by=by)
    for held in told["conference"]:
        _confer(demand, told, held, rows, by=by)
    letter = _letter(demand, told["letter"], rows, by=by)
    facts = dict(told["protective_order"])
    submitted_on = facts.pop("submitted_on")
    motion = Dispute(case=demand.case, kind=DisputeKind.PROTECTIVE_ORDER.value, side=Side.THEIRS.value, **facts)
    whole = record_motion(motion, [], submitted_on, by=by)
    _order(demand, told, letter, whole, rows, by=by)
    _motion(demand, told["motion"], rows, by=by)
    for paper in SERVED_PAPERS:
        request_draft(demand, paper, by=by)
    request_draft(letter, PaperKind.JOINT_LETTER.value, by=by)  # as it was filed, without DRAFT across it


def _counsel(demand: Demand, told: Facts, *, by: User) -> None:
    """Write down who answered for the non-party: its letters go to them, and its signature block names them."""
    firm = add_record(Firm(**told["firm"]), by=by)
    attorney = add_record(Attorney(firm=firm, **told["attorney"]), by=by)
    change_record(demand.responding_party, by=by, links={"counsel": [attorney]})


def _answers(demand: Demand, told: Facts, *, by: User) -> None:
    response = Response(demand=demand, **told["response"])
    record_response(response, by=by, upload=paper_of(told["response_paper"]))
    answers = [
        Answer(
            number=entry["number"],
            kind=entry["kind"],
            text=entry["text"],
            will_produce=entry.get("will_produce", ""),
            objections=tuple(Objecting(ground, reason, rule) for ground, reason, rule in entry["objections"]),
        )
        for entry in told["answer"]
    ]
    record_answers(response, answers, by=by)


def _confer(demand: Demand, told: Facts, held: Facts, rows: Mapping[int, RequestRow], *, by: User) -> None:
    frame = told["conferences"]
    conferral = Conferral(case=demand.case, held_on=held["held_on"], notes=frame["notes"])
    sides = ((Side.OURS, frame["ours"], told["letter"]["moved_by"]), (Side.THEIRS, frame["theirs"], told["letter"]["opposed_by"]))
    people = [
        Attendee(name=name, side=side.value, speaks_for=whom, attorney=Attorney.objects.filter(name=name).first())
        for side, names, whom in sides
        for name in names
    ]
    outcomes = [ConferredRequest(row=rows[number], outcome=outcome) for number, outcome in held["outcomes"]]
    narrowed = told["narrowing"]
    narrowings = []
    if held["held_on"] == narrowed["agreed_on"]:
        facts = {name: value for name, value in narrowed.items() if name != "number"}
        narrowings = [Narrowing(row=rows[narrowed["number"]], **facts)]
    confer(conferral, people, outcomes, (), narrowings, by=by)


def _letter(demand: Demand, told: Facts, rows: Mapping[int, RequestRow], *, by: User) -> Dispute:
    """Write the joint letter, make its PDF, declare it ready and record that it was filed."""
    names = ("title", "moved_by", "opposed_by", "dated")
    dispute = Dispute(case=demand.case, kind=DisputeKind.JOINT_LETTER.value, **{name: told[name] for name in names})
    start_dispute(dispute, [rows[entry["number"]] for entry in told["position"]], by=by)
    said = {rows[entry["number"]].pk: entry for entry in told["position"]}
    positions = {
        one.pk: {"our_position": said[one.row_id]["ours"], "their_position": said[one.row_id]["theirs"]}
        for one in dispute.requests.all()
    }
    dispute.docket_entry = told["docket_entry"]
    dispute.our_statement, dispute.their_statement = told["our_statement"], told["their_statement"]
    change_dispute(dispute, by=by, revision=dispute.revision, positions=positions)
    draft = request_draft(dispute, PaperKind.JOINT_LETTER.value, by=by)
    made = render_draft(draft.pk)
    if made is None or made.state != DraftState.READY:
        raise Refused(f"The joint letter of the demo could not be made: {made.error if made else 'somebody else makes it'}")
    make_ready(dispute, by=by)
    submit_dispute(dispute, told["submitted_on"], docket_entry=told["docket_entry"], upload=paper_of(told["paper"]), by=by)
    return dispute


def _motion(demand: Demand, told: Facts, rows: Mapping[int, RequestRow], *, by: User) -> None:
    """Start a motion on a request that nobody moved on, and leave it as a draft with its hearing."""
    facts = {name: value for name, value in told.items() if name not in {"number", "proposal", "why"}}
    dispute = Dispute(case=demand.case, kind=DisputeKind.MOTION_TO_COMPEL.value, **facts)
    start_dispute(dispute, [rows[told["number"]]], by=by)
    asked = {one.pk: {"proposal": told["proposal"], "our_position": told["why"]} for one in dispute.requests.all()}
    change_dispute(dispute, by=by, revision=dispute.revision, positions=asked)


def _order(demand: Demand, told: Facts, letter: Dispute, whole: Dispute, rows: Mapping[int, RequestRow], *, by: User) -> None:
    earlier = enter_order(Order(case=demand.case, **told["earlier_order"]), by=by)
    order = Order(case=demand.case, demand=demand, reconsiders=earlier, **told["order"])
    enter_order(order, by=by, upload=paper_of(told["order_paper"]))
    said = [
        Said(dispute=letter, row=rows[entry["number"]], outcome=entry["outcome"], ordered_text=entry["ordered_text"])
        for entry in told["ruling"]
    ]
    rule(order, [*said, Said(dispute=whole, **told["ruling_on_the_whole"])], by=by)
    objected = told["objected"]
    for deadline in Deadline.objects.filter(demand=demand, kind__in=objected["kinds"]):
        mark_done(deadline, objected["done_on"], objected["note"], by=by)


def paper_of(told: Facts) -> SimpleUploadedFile:
    """Return the page that stands for a paper of the docket, as a file to attach."""
    content = stand_in(told["title"], told["where"], told["told"])
    return SimpleUploadedFile(told["name"], content, content_type="application/pdf")
