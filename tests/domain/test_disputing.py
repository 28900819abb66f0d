"""Disputes from their requests to where they went: what is prefilled, what is refused, what the record says."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from discovery.domain.disputes.disputing import (
    add_rows,
    change_dispute,
    close_dispute,
    make_ready,
    move_request,
    reopen_dispute,
    start_dispute,
    submit_dispute,
    take_out,
)
from discovery.domain.disputes.limits import format_of, limit_of
from discovery.domain.disputes.readiness import offered_papers
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Conflict, Refused
from discovery.domain.service.serving import log_served_set
from discovery.domain.sets import NewText
from discovery.enums import Act, DemandKind, DisputeKind, DisputeStatus, Side
from discovery.models import Deadline, Demand, Dispute, DisputedRequest, Event, RequestSet, Service
from tests.disputes import answered, conferred, made, rows_of, started
from tests.factories import World, make_world

HIXSON = "Thomas S. Hixson"


def acts(dispute: Dispute) -> list[str]:
    return list(Event.objects.filter(subject=f"dispute:{dispute.pk}").order_by("number").values_list("act", flat=True))


def numbers(dispute: Dispute) -> list[int]:
    return list(dispute.requests.order_by("position").values_list("row__number", flat=True))


def put_position(entry: DisputedRequest, values: dict[str, str], *, by: User, revision: int | None = None) -> Dispute:
    """Write what each side says on one request, with the dispute as it is stored."""
    stored = Dispute.objects.get(pk=entry.dispute_id)
    return change_dispute(stored, by=by, revision=revision, positions={entry.pk: values})


# Starting ------------------------------------------------------------------------------------------------------------------


def test_a_joint_letter_starts_with_what_the_record_says(world: World) -> None:
    world.case.magistrate_judge = f"Hon. {HIXSON}"
    world.case.save()
    rows = rows_of(world, 4)
    answered(world, rows)
    rows[2].deficiency, rows[2].deficiency_note = "boilerplate", "No date is given."
    rows[2].save()

    dispute = started(world, rows[2:], format="")

    assert (dispute.number, dispute.moved_by, dispute.opposed_by, dispute.side) == (1, "Our Defendants", "Witness Corp.", "ours")
    assert dispute.title == "Joint letter: Request Nos. 3 and 4 to Witness Corp."
    assert dispute.responding_party == world.responder
    assert dispute.signer == world.appearance
    assert dispute.addressed_to.splitlines()[0] == "The Honorable Thomas S. Hixson"
    assert dispute.introduction == (
        "Pursuant to the Court’s Discovery Standing Order, Our Defendants and Witness Corp. submit this joint letter brief. "
        "It concerns Request Nos. 3 and 4 of the subpoena for documents to Witness Corp. "
        "Our Defendants served the subpoena on Witness Corp. on June 18, 2025 (Exhibit A). "
        "Witness Corp. served responses and objections on July 2, 2025 (Exhibit B)."
    )
    first = dispute.requests.get(row=rows[2])
    assert first.our_position == (
        "The objections do not say what burden or expense this request would impose. Fed. R. Civ. P. 45(d)(1). No date is given."
    )
    assert first.their_position == (
        "Objections: overbroad: no limit of time (26(b)(1)). Will produce: communications with the Attorney General."
    )
    assert acts(dispute) == [Act.DISPUTE_STARTED.value]


@pytest.mark.parametrize(("party", "words"), [(True, "Fed. R. Civ. P. 34(b)(2)(C)."), (False, "cannot be weighed.")])
def test_the_withholding_statement_is_a_duty_of_parties_alone(world: World, party: bool, words: str) -> None:
    (row,) = rows_of(world, 1, party=party)
    row.deficiency = "not_said"
    row.save()

    dispute = started(world, [row], DisputeKind.DEFICIENCY_LETTER)

    assert dispute.requests.get().our_position.endswith(words)
    assert ("45(d)(2)(B)(ii)" in dispute.closing, "37(a)" in dispute.closing) == (not party, party)


@pytest.mark.parametrize(
    ("kind", "deficiency", "cited"),
    [
        ("rog", "no_verification", "33(b)(3), (5)"),
        ("rfp", "no_verification", ""),
        ("subpoena", "no_verification", ""),
        ("rog", "not_said", ""),
        ("rfp", "no_answer", "37(a)(3)(B)"),
        ("rfa", "no_answer", "36(a)(3)"),
        ("rfa", "evasive", "36(a)(4), (6)"),
        ("rfp", "evasive", "37(a)(4)"),
        ("rog", "not_produced", ""),
        ("rfp", "not_produced", "37(a)(3)(B)(iv)"),
        ("subpoena", "not_produced", "45(d)(2)(B)(i)"),
    ],
)
def test_a_deficiency_cites_only_a_rule_that_speaks_of_the_vehicle(world: World, kind: str, deficiency: str, cited: str) -> None:
    demand = world.served_subpoena(1) if kind == "subpoena" else world.served_set(1, kind=DemandKind(kind))
    demand.rows.update(deficiency=deficiency)

    said = started(world, list(demand.rows.all()), DisputeKind.DEFICIENCY_LETTER).requests.get().our_position

    assert said.partition("Fed. R. Civ. P. ")[2] == (f"{cited}." if cited else "")


def test_the_papers_offered_are_those_that_can_be_made(world: World) -> None:
    compel = started(world, rows_of(world, 1), DisputeKind.MOTION_TO_COMPEL)
    quash = started(world, rows_of(world, 1), DisputeKind.MOTION_TO_QUASH)
    moved = ["motion_outline", "notice_of_motion", "proposed_order"]
    assert offered_papers(compel) == [*moved, "dispute_chart"]
    assert offered_papers(quash) == ["dispute_chart"]
    compel.case.court.kind, compel.case.court.rule_set = "state", "CA-CCP"
    assert offered_papers(compel) == ["memorandum", "notice_of_motion", "separate_statement", "proposed_order", "dispute_chart"]
    compel.case.court.rule_set = "NY-CPLR"
    assert offered_papers(compel) == [*moved, "separate_statement", "dispute_chart"]


def test_a_motion_to_quash_is_moved_by_who_must_answer(world: World) -> None:
    theirs = started(world, rows_of(world, 1), DisputeKind.MOTION_TO_QUASH)
    ours = started(world, list(world.set_served_on_us(1).rows.all()), DisputeKind.PROTECTIVE_ORDER)

    assert (theirs.moved_by, theirs.side) == ("Witness Corp.", Side.THEIRS.value)
    assert (ours.moved_by, ours.opposed_by, ours.side) == ("John Doe", "Plaintiff", Side.OURS.value)


def test_a_letter_goes_to_the_other_sides_counsel(world: World) -> None:
    dispute = started(world, rows_of(world, 1, party=True), DisputeKind.CONFERRAL_LETTER)

    assert dispute.addressed_to.splitlines()[:2] == ["Theo Theirs", "Their Firm P.C."]
    alone = started(world, rows_of(world, 1), DisputeKind.DEFICIENCY_LETTER)
    assert alone.addressed_to.splitlines() == ["Witness Corp.", "1 Main Street", "Oakland, CA 94601"]


def test_only_served_requests_of_this_case_and_of_one_side(world: World) -> None:
    other = make_world("Other v. Case", "3:20-cv-00002")
    mine, theirs, elsewhere = rows_of(world, 1), list(world.set_served_on_us(1).rows.all()), rows_of(other, 1)
    withdrawn = rows_of(world, 1, party=True)
    Demand.objects.filter(pk=withdrawn[0].demand_id).update(status="withdrawn")

    for rows, words in (
        ([], "at least one"),
        (elsewhere, "of this case"),
        ([*mine, *theirs], "one side"),
        (withdrawn, "is not served"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            started(world, rows)
        assert refused.value.field == "rows"
    assert Dispute.objects.count() == 0


def test_rows_of_several_recipients_name_none_alone(world: World) -> None:
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Consolidated", kind="admissions")
    people = [world.opponent.person, world.responder.person]
    service = Service(served_on=date(2025, 6, 18), method="email")

    demands = log_served_set(request_set, people, DemandKind.RFA, service, by=world.alice, texts=[NewText("A", "Admit.")])
    dispute = started(world, [demand.rows.get() for demand in demands])

    assert (dispute.responding_party, dispute.opposed_by) == (None, "Jane Roe and Witness Corp.")


# Writing -------------------------------------------------------------------------------------------------------------------


def test_statements_and_positions_are_written_at_once_with_one_event(world: World) -> None:
    dispute = started(world, rows_of(world))
    entry = dispute.requests.first()
    assert entry is not None
    dispute.our_statement = "*Background.* It began in 2024."

    change_dispute(dispute, by=world.bob, revision=1, positions={entry.pk: {"their_position": "Burdensome."}})

    stored = Dispute.objects.get()
    entry.refresh_from_db()
    assert (stored.our_statement, entry.their_position, stored.revision) == (dispute.our_statement, "Burdensome.", 2)
    last = Event.objects.get(act=Act.DISPUTE_CHANGED.value)
    assert sorted(last.details) == ["No. 1", "our_statement"]


def test_two_people_at_once_conflict_and_nothing_is_written(world: World) -> None:
    dispute = started(world, rows_of(world))
    entry = dispute.requests.first()
    assert entry is not None
    put_position(entry, {"our_position": "First."}, by=world.alice, revision=1)
    dispute.closing = "Second."

    with pytest.raises(Conflict) as conflict:
        change_dispute(dispute, by=world.bob, revision=1, positions={entry.pk: {"our_position": "Second."}})

    entry.refresh_from_db()
    assert (conflict.value.revision, entry.our_position, Dispute.objects.get().closing) == (2, "First.", "")


def test_saving_what_stands_already_is_no_act_and_no_conflict(world: World) -> None:
    dispute = started(world, rows_of(world))
    entry = dispute.requests.first()
    assert entry is not None
    put_position(entry, {"our_position": "First."}, by=world.alice, revision=1)

    again = put_position(entry, {"our_position": "First."}, by=world.alice, revision=1)

    assert (again.revision, acts(dispute)) == (2, [Act.DISPUTE_STARTED.value, Act.DISPUTE_CHANGED.value])


@pytest.mark.parametrize(("values", "words"), [({"theme": "x" * 161}, "at most 160"), ({"proposal": "\x07"}, "printed")])
def test_what_cannot_stand_or_be_printed_is_refused(world: World, values: dict[str, str], words: str) -> None:
    entry = started(world, rows_of(world)).requests.first()
    assert entry is not None

    with pytest.raises((Refused, ValidationError), match=words):
        put_position(entry, values, by=world.alice)


def test_requests_are_added_moved_and_taken_out_while_it_is_a_draft(world: World) -> None:
    rows = rows_of(world, 4)
    dispute = started(world, rows[:2])

    add_rows(dispute, [rows[3], rows[1]], by=world.alice)
    assert numbers(dispute) == [1, 2, 4]
    last = dispute.requests.get(row=rows[3])
    move_request(last, -1, by=world.alice)
    assert numbers(dispute) == [1, 4, 2]
    gone = dispute.requests.get(row=rows[0])
    take_out(gone, by=world.alice)
    assert numbers(dispute) == [4, 2]
    with pytest.raises(Refused, match="not in it any more"):
        take_out(gone, by=world.bob)
    with pytest.raises(Refused, match="not in it any more"):
        move_request(gone, 1, by=world.bob)
    take_out(dispute.requests.get(row=rows[1]), by=world.alice)
    with pytest.raises(Refused, match="last request"):
        take_out(last, by=world.alice)
    with pytest.raises(Refused, match="not in it yet"):
        add_rows(dispute, [rows[3]], by=world.alice)


# Ready ---------------------------------------------------------------------------------------------------------------------


def test_without_a_live_conference_on_each_request_it_is_not_ready(world: World, bells: list[int]) -> None:
    rows = rows_of(world, 3)
    conferred(world, rows[:1])
    dispute = started(world, rows)
    made(dispute, world)

    with pytest.raises(Refused, match=r"No live conference is on record on: Witness Corp\. 2, 3\."):
        make_ready(dispute, by=world.alice)


def test_the_pdf_of_the_present_text_must_be_made_and_within_the_limit(world: World, bells: list[int]) -> None:
    rows = rows_of(world)
    conferred(world, rows)
    dispute = started(world, rows)
    with pytest.raises(Refused, match="make the PDF of the present text first"):
        make_ready(dispute, by=world.alice)
    made(dispute, world)
    dispute.their_statement = "One more word."
    change_dispute(dispute, by=world.alice, revision=1)
    with pytest.raises(Refused, match="make the PDF of the present text first"):
        make_ready(dispute, by=world.alice)
    dispute.their_statement = "Line.\n" * 400
    change_dispute(dispute, by=world.alice, revision=2)
    draft = made(dispute, world)
    with pytest.raises(Refused, match=f"over the limit by {draft.measured['over_lines']} lines"):
        make_ready(dispute, by=world.alice)
    dispute.page_limit = draft.measured["pages"]
    change_dispute(dispute, by=world.alice, revision=3)
    made(dispute, world)

    ready = make_ready(dispute, by=world.alice)

    assert ready.status == DisputeStatus.READY
    with pytest.raises(Refused, match="Reopen it for changes"):
        change_dispute(dispute, by=world.alice, revision=None)
    final = request_draft(ready, "joint_letter", by=world.alice)
    assert final.snapshot is not None
    assert '"final":true' in final.snapshot.content
    reopen_dispute(dispute, by=world.alice)
    assert acts(dispute)[-2:] == [Act.DISPUTE_READY.value, Act.DISPUTE_REOPENED.value]


def test_letters_to_the_other_side_need_no_conference(world: World) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER)

    assert make_ready(dispute, by=world.alice).status == DisputeStatus.READY


def test_the_limit_is_the_disputes_then_the_cases_then_the_formats(world: World) -> None:
    dispute = started(world, rows_of(world), format="")
    assert (format_of(dispute).id, limit_of(dispute)) == ("plain", None)
    world.case.magistrate_judge = HIXSON
    world.case.save()
    dispute = Dispute.objects.get()
    assert (format_of(dispute).id, limit_of(dispute)) == ("cand-hixson", 5)
    dispute.case.letter_pages = 7
    assert limit_of(dispute) == 7
    dispute.page_limit = 3
    assert limit_of(dispute) == 3
    dispute.format, dispute.case.letter_format = "gone-2020", "gone-2019"
    assert format_of(dispute).id == "cand-hixson"


# Sent, filed, closed -------------------------------------------------------------------------------------------------------


def test_a_sent_letter_puts_the_day_of_its_answer_among_the_dates(world: World) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER, answer_by=date(2025, 8, 1))
    with pytest.raises(Refused, match="Make it ready first"):
        submit_dispute(dispute, date(2025, 7, 10), by=world.alice)
    make_ready(dispute, by=world.alice)
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter")

    submit_dispute(dispute, date(2025, 7, 10), by=world.alice, upload=upload)

    row = Deadline.objects.get(kind="other")
    assert (str(row.due_on), row.ours, row.basis, row.demand) == (
        "2025-08-01",
        False,
        "by_hand",
        dispute.requests.all()[0].row.demand,
    )
    assert row.title == "Answer to our letter: Deficient responses: Request Nos. 1 and 2 to Witness Corp."
    assert dispute.paper is not None
    event = Event.objects.get(act=Act.DISPUTE_SUBMITTED.value)
    assert (event.details["answer_due"], event.details["sha256"]) == ("2025-08-01", dispute.paper.sha256)


def test_nothing_is_sent_tomorrow(world: World) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER)
    make_ready(dispute, by=world.alice)

    with pytest.raises(Refused, match="lies ahead") as refused:
        submit_dispute(dispute, date(2099, 1, 1), by=world.alice)
    assert (refused.value.field, Dispute.objects.get().status) == ("submitted_on", "ready")


def test_the_other_sides_motion_is_recorded_as_it_came(world: World) -> None:
    dispute = started(world, rows_of(world), DisputeKind.MOTION_TO_QUASH)

    submit_dispute(dispute, date(2025, 7, 1), by=world.bob, docket_entry="Dkt. 236")

    assert (dispute.status, dispute.docket_entry) == ("submitted", "Dkt. 236")
    with pytest.raises(Refused, match="already"):
        submit_dispute(dispute, date(2025, 7, 2), by=world.bob)


def test_it_is_closed_with_a_reason(world: World) -> None:
    dispute = started(world, rows_of(world))
    for outcome, reason, field in ((DisputeStatus.RESOLVED, " ", "reason"), (DisputeStatus.DECIDED, "Ruled", "outcome")):
        with pytest.raises(Refused) as refused:
            close_dispute(dispute, outcome, reason, by=world.alice)
        assert refused.value.field == field

    close_dispute(dispute, DisputeStatus.RESOLVED, "Produced in full", by=world.alice, closed_on=date(2025, 8, 1))

    assert (dispute.status, str(dispute.closed_on), dispute.closed_because) == ("resolved", "2025-08-01", "Produced in full")
    with pytest.raises(Refused, match="cannot become"):
        close_dispute(dispute, DisputeStatus.WITHDRAWN, "Again", by=world.alice)


def test_numbers_run_within_the_case(world: World) -> None:
    rows = rows_of(world)
    assert [started(world, rows).number for _time in range(2)] == [1, 2]
    other = make_world("Other v. Case", "3:20-cv-00002")
    assert start_dispute(Dispute(case=other.case, kind="joint_letter"), rows_of(other), by=other.alice).number == 1
