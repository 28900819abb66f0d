"""Answering request by request: our response from draft to service, theirs as recorded, and which answer counts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.domain.answers.answering import correct_response, record_response
from discovery.domain.answers.by_request import (
    Answer,
    Objecting,
    change_response,
    must_be_sworn,
    record_answers,
    record_verification,
    serve_response,
    start_response,
)
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.errors import Conflict, Refused
from discovery.domain.number_ranges import ranges
from discovery.enums import DemandKind
from discovery.models import Deadline, Demand, Event, RequestResponse, Response
from tests.factories import World
from tests.staff.serving import proof

pytestmark = pytest.mark.django_db
BURDEN = Objecting("burden", "Ten years of e-mail for one project.", "Rule 26(b)(1)")


def theirs(world: World, requests: int = 3, **fields: Any) -> Response:
    demand = fields.pop("demand", None) or world.served_set(requests)
    told = {"served_on": date(2025, 7, 18), "method": "email", **fields}
    return record_response(Response(demand=demand, **told), by=world.alice)


def ours(world: World, requests: int = 3, kind: DemandKind = DemandKind.RFP) -> Response:
    return start_response(world.set_served_on_us(requests, kind=kind), by=world.alice)


def said(response: Response) -> list[tuple[int, str, list[str]]]:
    rows = response.answers.order_by("row__number").prefetch_related("objections")
    return [(one.row.number, one.kind, [row.ground for row in one.objections.all()]) for one in rows]


def current(demand: Demand) -> list[tuple[int, str]]:
    rows = RequestResponse.objects.filter(row__demand=demand, current=True).order_by("row__number")
    return [(one.row.number, one.response.kind) for one in rows]


def last_event() -> Event:
    found = Event.objects.order_by("-pk").first()
    assert found is not None
    return found


def test_our_draft_starts_with_every_request_unanswered_and_counsel_of_the_client(world: World) -> None:
    response = ours(world)

    assert said(response) == [(1, "silent", []), (2, "silent", []), (3, "silent", [])]
    assert (response.status, response.signer, response.served_on) == ("draft", world.appearance, None)
    assert current(response.demand) == []
    assert last_event().act == "response_started"


def test_only_what_was_served_on_our_client_is_answered_and_one_draft_at_a_time(world: World) -> None:
    response = ours(world)

    with pytest.raises(Refused, match="draft of our response stands already"):
        start_response(response.demand, by=world.alice)
    with pytest.raises(Refused, match="not directed to our client"):
        start_response(world.served_set(), by=world.alice)
    with pytest.raises(Refused, match="Nothing was served yet that could be amended"):
        start_response(world.set_served_on_us(), by=world.alice, kind="amended")


def test_answers_are_written_with_one_event_that_keeps_old_and_new(world: World) -> None:
    response = ours(world)
    before = Event.objects.count()
    written = [Answer(1, "partial", "yes", (BURDEN,), will_produce="E-mail of 2020"), Answer(3, objections=(BURDEN,))]

    record_answers(response, written, by=world.bob)
    record_answers(response, written, by=world.bob)
    record_answers(response, [Answer(1, "produce", revision=2)], by=world.bob)

    assert said(response) == [(1, "produce", []), (2, "silent", []), (3, "objection", ["burden"])]
    assert Event.objects.count() == before + 2
    event = last_event()
    assert (event.act, event.summary.endswith("No. 1")) == ("answers_recorded", True)
    [told] = event.details["answers"]
    assert told["before"]["objections"] == [["burden", BURDEN.reason, BURDEN.rule]]
    assert (told["before"]["kind"], told["after"]["kind"], told["after"]["objections"]) == ("partial", "produce", [])


@pytest.mark.parametrize(
    ("answer", "field", "words"),
    [
        (Answer(4, "produce"), "number", "There is no request No. 4; what was served has No. 1 to 3."),
        (Answer(1, "admit"), "kind", "Such a request is not answered that way."),
        (Answer(1, "produce", objections=(BURDEN, BURDEN)), "objections", "Each objection names another ground"),
        (Answer(1, "produce", objections=(Objecting("tired"),)), "objections", "Each objection names another ground"),
        (Answer(1, "produce", text="\ue000"), "text", "U+E000"),
        (Answer(1, "produce", objections=(Objecting("vague", "\ue000"),)), "reason_vague", "U+E000"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(
    world: World, answer: Answer, field: str, words: str
) -> None:
    response = ours(world)

    with pytest.raises(Refused) as refused:
        record_answers(response, [Answer(2, "produce"), answer], by=world.bob)

    assert (refused.value.field, words in str(refused.value)) == (field, True)
    assert said(response) == [(1, "silent", []), (2, "silent", []), (3, "silent", [])]


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        (DemandKind.RFP, {"produce", "partial", "objection", "none_exist", "silent"}),
        (DemandKind.ROG, {"answered", "records", "objection", "silent"}),
        (DemandKind.RFA, {"admit", "qualified", "deny", "lacks_knowledge", "objection", "silent"}),
    ],
)
def test_each_kind_of_set_takes_its_own_answers(world: World, kind: DemandKind, fits: set[str]) -> None:
    response = ours(world, 1, kind)
    taken = set()
    for word in ("produce", "partial", "none_exist", "answered", "records", "admit", "qualified", "deny", "lacks_knowledge"):
        try:
            record_answers(response, [Answer(1, word)], by=world.bob)
            taken.add(word)
        except Refused:
            continue

    assert taken == fits - {"objection", "silent"}


def test_ours_is_fixed_once_served_and_counts(world: World) -> None:
    response = ours(world)
    record_answers(response, [Answer(1, "produce"), Answer(2, objections=(BURDEN,))], by=world.bob)
    assert current(response.demand) == []

    serve_response(response, date(2025, 7, 18), "email", by=world.bob, upload=proof("ours.pdf"))

    assert current(response.demand) == [(1, "initial"), (2, "initial")]
    kept = Response.objects.select_related("paper").get()
    assert (kept.status, kept.objections_only, str(kept.paper)) == ("served", False, "ours.pdf")
    assert Deadline.objects.get(demand=response.demand, event="rfp-response").state == "done"
    assert last_event().act == "response_served"
    for act in (
        lambda: record_answers(response, [Answer(1, "partial")], by=world.bob),
        lambda: serve_response(response, date(2025, 7, 18), "email", by=world.bob),
        lambda: change_response(response, by=world.bob, revision=None),
    ):
        with pytest.raises(Refused, match="amended response"):
            act()


def test_a_response_is_not_served_before_what_it_answers_nor_ahead(world: World) -> None:
    response = ours(world)

    for day, words in ((date(2025, 6, 17), "cannot come before"), (date(2099, 1, 1), "lies ahead")):
        with pytest.raises(Refused, match=words):
            serve_response(response, day, "email", by=world.bob)
    with pytest.raises(Refused, match="was not served yet"):
        correct_response(Response.objects.get(), by=world.bob, revision=None)
    assert Response.objects.get().status == "draft"


def test_an_amended_response_copies_the_newest_and_supersedes_only_what_it_answers(world: World) -> None:
    response = ours(world)
    record_answers(response, [Answer(1, "partial", "yes", (BURDEN,), "In part."), Answer(2, "produce")], by=world.bob)
    serve_response(response, date(2025, 7, 18), "email", by=world.bob)

    amended = start_response(response.demand, by=world.bob, kind="amended")
    copied = said(amended)
    record_answers(amended, [Answer(1, "produce"), Answer(2, "silent")], by=world.bob)
    serve_response(amended, date(2025, 8, 1), "email", by=world.bob)

    assert copied == [(1, "partial", ["burden"]), (2, "produce", []), (3, "silent", [])]
    assert current(response.demand) == [(1, "amended"), (2, "initial")]
    assert said(response)[0] == (1, "partial", ["burden"])


def test_theirs_is_our_record_and_may_be_corrected(world: World) -> None:
    response = theirs(world)
    record_answers(response, [Answer(1, "objection", objections=(BURDEN,))], by=world.bob)
    record_answers(response, [Answer(1, "partial", "no", (BURDEN,))], by=world.bob)

    assert current(response.demand) == [(1, "initial")]
    assert said(response) == [(1, "partial", ["burden"])]
    record_answers(response, [Answer(1)], by=world.bob)
    assert current(response.demand) == []


def test_what_we_served_on_a_paper_made_elsewhere_is_recorded_once(world: World) -> None:
    response = theirs(world, demand=world.set_served_on_us(2))

    record_answers(response, [Answer(1, "produce")], by=world.bob)

    assert current(response.demand) == [(1, "initial")]
    with pytest.raises(Refused, match="Make an amended response"):
        record_answers(response, [Answer(1, "partial")], by=world.bob)
    record_answers(response, [Answer(2, "none_exist")], by=world.bob)
    assert said(response) == [(1, "produce", []), (2, "none_exist", [])]


def test_a_paper_recorded_late_does_not_supersede_a_later_one(world: World) -> None:
    demand = world.served_set()
    second = theirs(world, demand=demand, kind="supplemental", served_on=date(2025, 8, 1))
    first = theirs(world, demand=demand)
    for response in (second, first):
        record_answers(response, [Answer(1, "produce")], by=world.bob)

    assert current(demand) == [(1, "supplemental")]
    first.served_on = date(2025, 8, 8)
    with pytest.raises(MovesToAccept) as asked:
        correct_response(first, by=world.bob, revision=None)
    accepted = Moving("The proof says so.", asked.value.fingerprint)
    correct_response(first, by=world.bob, revision=None, moving=accepted)
    assert current(demand) == [(1, "initial")]


def test_two_people_at_one_answer_see_both_texts(world: World) -> None:
    response = theirs(world)
    record_answers(response, [Answer(1, "produce", text="First.", revision=0)], by=world.alice)

    for revision in (0, 7):
        with pytest.raises(Conflict) as conflict:
            record_answers(response, [Answer(1, "partial", text="Second.", revision=revision)], by=world.bob)
        assert (conflict.value.theirs["text"], conflict.value.revision) == ("First.", 1)
    record_answers(response, [Answer(1, "partial", text="Second.", revision=1)], by=world.bob)
    assert response.answers.get().text == "Second."


def test_the_verification_is_an_item_of_its_own(world: World) -> None:
    response = ours(world, 2, DemandKind.ROG)
    record_answers(response, [Answer(1, "answered", text="Four.")], by=world.bob)
    serve_response(response, date(2025, 7, 18), "email", by=world.bob)
    due = Deadline.objects.get(demand=response.demand, event="rog-verification")
    assert due.state == "open"

    record_verification(response, date(2025, 7, 21), by=world.bob, upload=proof("oath.pdf"))

    due.refresh_from_db()
    assert (due.state, due.done_on, str(due.evidence)) == ("done", date(2025, 7, 21), "oath.pdf")
    with pytest.raises(Refused, match="lies ahead"):
        record_verification(response, date(2099, 1, 1), by=world.bob)


def test_objections_alone_are_not_sworn_to(world: World) -> None:
    response = ours(world, 1, DemandKind.ROG)
    record_answers(response, [Answer(1, objections=(BURDEN,))], by=world.bob)
    serve_response(response, date(2025, 7, 18), "email", by=world.bob)

    assert Response.objects.get().objections_only
    with pytest.raises(Refused, match="signed by counsel"):
        record_verification(response, date(2025, 7, 18), by=world.bob)


def test_what_must_be_sworn_is_what_the_rule_set_says(world: World) -> None:
    demands = {kind: world.served_set(1, kind=kind) for kind in (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA)}
    found = {}
    for rules in ("FRCP-CAND", "CA-CCP", ""):
        world.case.court.rule_set = rules
        law = CourtLaw(world.case.court)
        found[rules] = [kind.value for kind, demand in demands.items() if must_be_sworn(demand, law)]

    assert found == {"FRCP-CAND": ["rog"], "CA-CCP": ["rfp", "rog", "rfa"], "": ["rog"]}


def test_numbers_are_cited_as_papers_do() -> None:
    assert ranges([3, 1, 2, 5, 7, 8]) == "1-3, 5, 7-8"


@given(st.sets(st.integers(1, 200)))
def test_cited_numbers_read_back(numbers: set[int]) -> None:
    cited = [[int(end) for end in part.split("-")] for part in ranges(numbers).split(", ") if part]

    assert {number for part in cited for number in range(part[0], part[-1] + 1)} == numbers
    assert all(later[0] > earlier[-1] + 1 for earlier, later in pairwise(cited))
