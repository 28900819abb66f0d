"""What was served stays as it is, and nothing comes before what it rests on: the refusals that the life of a request needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, record_answers, start_response
from discovery.domain.approval import approve, reopen, submit, withdraw
from discovery.domain.dates.following import MovesToAccept, Moving, plan_for
from discovery.domain.demands import change_subpoena, start_subpoena
from discovery.domain.disputes.disputing import close_dispute
from discovery.domain.disputes.orders import enter_order
from discovery.domain.disputes.ruling import Said, rule
from discovery.domain.errors import Refused
from discovery.domain.service.rows import served_text
from discovery.domain.service.serving import correct_service, log_served_set, serve
from discovery.domain.sets import NewText, add_items, change_item, change_set, move_item, put_exhibit, remove_item
from discovery.domain.superseding import supersede
from discovery.enums import DeadlineState, DemandKind, DisputeStatus, SetKind
from discovery.models import (
    CaseParty,
    Deadline,
    Demand,
    Event,
    Exhibit,
    Order,
    Person,
    Request,
    RequestRow,
    RequestSet,
    Response,
    Ruling,
    Service,
    SetVersion,
    Snapshot,
)
from discovery.models.immutable import WrittenOnce
from tests.domain.conferring import conferred
from tests.factories import World
from tests.filed import dispute_over, order_of

pytestmark = pytest.mark.django_db

SERVED = date(2025, 6, 18)


def service(on: date = SERVED) -> Service:
    return Service(served_on=on, method="personal", without_notice="Emergency")


def shared(world: World) -> tuple[Demand, Demand]:
    """Return two demands on one text: the first was served and then withdrawn, the second is a draft."""
    first = world.subpoena().demand
    second = start_subpoena(first.request_set, world.another_responder("Other Corp."), by=world.alice)
    form, model = second.subpoena, first.subpoena
    for name in (
        "place_street",
        "place_city",
        "place_state",
        "place_postal_code",
        "compliance_date",
        "compliance_time",
        "issue_date",
    ):
        setattr(form, name, getattr(model, name))
    change_subpoena(form, by=world.alice, revision=None)
    approve(first, by=world.alice)
    serve(first, service(), by=world.alice)
    withdraw(first, "Settled", by=world.alice)
    return first, Demand.objects.get(pk=second.pk)


@pytest.mark.parametrize("status", ["draft", "in_review", "reopened", "withdrawn", "superseded"])
def test_only_what_is_approved_now_is_served(world: World, status: str) -> None:
    demand = world.subpoena().demand
    if status == "in_review":
        submit(demand, by=world.alice)
    if status in {"reopened", "withdrawn", "superseded"}:
        approve(demand, by=world.alice)
    if status == "reopened":
        reopen(demand, by=world.alice)
    if status == "withdrawn":
        withdraw(demand, "A better one goes out", by=world.alice)
    if status == "superseded":
        serve(demand, service(), by=world.alice)
        supersede(demand, "The place is wrong", by=world.alice)
    before = (Event.objects.count(), Service.objects.count(), RequestRow.objects.count())

    said = r"Only an approved paper is served. Have it approved first; now it is “.+”\."
    with pytest.raises(Refused, match="replaced by a corrected one" if status == "superseded" else said):
        serve(demand, service(), by=world.alice)

    assert (Event.objects.count(), Service.objects.count(), RequestRow.objects.count()) == before


def test_nothing_answers_what_was_not_served_and_it_says_what_to_do(world: World) -> None:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    with pytest.raises(Refused, match=r"This was not served yet, so nothing can answer it. Record the service first"):
        record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email"), by=world.alice)
    serve(demand, service(), by=world.alice)
    with pytest.raises(Refused, match="cannot come before the demand was served, on June 18, 2025") as refused:
        record_response(Response(demand=demand, served_on=date(2025, 6, 17), method="email"), by=world.alice)
    assert (refused.value.field, Response.objects.count()) == ("served_on", 0)


def test_a_corrected_service_does_not_come_after_what_answered_it(world: World) -> None:
    demand = world.served_subpoena()
    [first] = demand.services.all()
    record_response(Response(demand=demand, served_on=date(2025, 7, 9), method="email"), by=world.alice)
    conferred(world, list(demand.rows.all()), held_on=date(2025, 7, 8))
    for day, said in ((date(2025, 7, 9), "on July 8, 2025"), (date(2025, 7, 10), "on July 8, 2025")):
        first.served_on = day
        with pytest.raises(Refused, match=said) as refused:
            correct_service(first, by=world.alice, revision=None)
        assert refused.value.field == "served_on"
    assert Service.objects.get().served_on == SERVED

    first.served_on = date(2025, 7, 8)
    with pytest.raises(MovesToAccept) as moves:
        correct_service(first, by=world.alice, revision=None)
    correct_service(first, by=world.alice, revision=None, moving=Moving("The proof says so", moves.value.fingerprint))
    assert Service.objects.get().served_on == date(2025, 7, 8)


def test_a_text_that_was_served_stays_when_its_demand_was_withdrawn(world: World) -> None:
    first, second = shared(world)
    words = [served_text(row) for row in first.rows.all()]
    item = first.request_set.requests.order_by("number")[0]

    approve(second, by=world.alice)
    with pytest.raises(Refused, match=r"The text was served on Witness Corp. and stays as it is"):
        reopen(second, by=world.alice)
    withdraw(second, "Not needed", by=world.alice)

    with pytest.raises(Refused, match="frozen"):
        change_item(item, NewText("", "Other words."), by=world.alice, revision=None)
    assert RequestSet.objects.get(pk=first.request_set_id).status == "frozen"
    assert [served_text(row) for row in RequestRow.objects.filter(demand=first)] == words


@pytest.mark.parametrize("withdrawn", [False, True])
def test_no_verb_edits_what_was_served(world: World, withdrawn: bool) -> None:
    demand = world.served_subpoena()
    if withdrawn:
        withdraw(demand, "Settled", by=world.alice)
    by, whole = world.alice, RequestSet.objects.get(pk=demand.request_set_id)
    item = whole.requests.order_by("number")[0]
    form = demand.subpoena
    acts: dict[str, Callable[[], object]] = {
        "change": lambda: change_item(item, NewText("", "Other words."), by=by, revision=None),
        "move": lambda: move_item(item, 2, by=by),
        "remove": lambda: remove_item(item, by=by),
        "add": lambda: add_items(whole, "request", [NewText("", "One more.")], by=by),
        "set": lambda: change_set(whole, by=by, revision=None),
        "exhibit": lambda: put_exhibit(Exhibit(request_set=whole, letter="A", lines="One"), by=by),
        "form": lambda: change_subpoena(form, by=by, revision=None),
        "reopen": lambda: reopen(demand, by=by),
        "approve": lambda: approve(demand, by=by),
    }
    events, refused = Event.objects.count(), set()
    for name, act in acts.items():
        with pytest.raises(Refused, match=r"[.]$"):
            act()
        refused.add(name)
    assert (refused, Event.objects.count()) == (set(acts), events)


def test_what_was_served_cannot_be_deleted_and_its_words_not_written_over(world: World) -> None:
    demand = world.served_subpoena()
    for row in (demand, demand.request_set, demand.request_set.requests.all()[0], demand.responding_party, world.case):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()
    for model in (SetVersion, Snapshot):
        with pytest.raises(WrittenOnce):
            model._default_manager.all()[0].delete()
        rows = model._default_manager.all()
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows.update(content={})
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows._raw_delete("default")
    assert (Demand.objects.count(), Request.objects.count(), RequestRow.objects.count()) == (1, 2, 2)


@pytest.mark.parametrize("model", ["demand", "requestset", "setversion", "service", "requestrow", "response", "deadline", "event"])
def test_the_admin_neither_edits_nor_deletes_it_not_even_many_at_once(
    world: World, as_user: Callable[[User], Client], model: str
) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True, is_superuser=True)
    demand = world.served_subpoena()
    record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email"), by=world.alice)
    client = as_user(User.objects.get(pk=world.alice.pk))
    kind = next(one for one in admin.site._registry if one._meta.model_name == model)
    before = list(kind._default_manager.order_by("pk").values())

    pk = before[0]["id"]
    acts = {
        "change": client.post(reverse(f"admin:discovery_{model}_change", args=[pk]), {"status": "draft"}),
        "delete": client.post(reverse(f"admin:discovery_{model}_delete", args=[pk]), {"post": "yes"}),
    }
    assert {name: answer.status_code for name, answer in acts.items()} == {"change": 403, "delete": 403}
    many = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    client.post(reverse(f"admin:discovery_{model}_changelist"), many)

    assert list(kind._default_manager.order_by("pk").values()) == before


def test_a_request_that_there_is_not_is_not_answered_in_theirs_either(world: World) -> None:
    demand = world.served_subpoena(requests=2)
    response = record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email"), by=world.alice)
    for number in (0, 3):
        with pytest.raises(Refused, match=rf"There is no request No. {number}; what was served has No. 1 to 2.") as refused:
            record_answers(response, [Answer(1, "produce"), Answer(number, "produce")], by=world.alice)
        assert (refused.value.field, response.answers.count()) == ("number", 0)


def test_one_consolidated_set_is_one_text_with_a_clock_and_answers_for_each(world: World) -> None:
    xavier = CaseParty.objects.create(case=world.case, person=Person.objects.create(name="X. Corp", created_by=world.alice))
    whole = RequestSet(case=world.case, propounded_by=world.group, name="Consolidated", kind=SetKind.DOCUMENTS.value)
    texts = [NewText("One", "All documents of {recipient}."), NewText("Two", "All messages.")]
    people = [world.opponent.person, xavier.person]

    one, two = log_served_set(whole, people, DemandKind.RFP, Service(served_on=SERVED, method="email"), by=world.alice, texts=texts)

    assert (one.approved_version_id, SetVersion.objects.count()) == (two.approved_version_id, 1)
    assert [served_text(demand.rows.get(number=1)) for demand in (one, two)] == [
        "All documents of Jane Roe.",
        "All documents of X. Corp.",
    ]
    # Served again on one of them alone: its clock moves, the other's stands.
    due = {demand: set(Deadline.objects.filter(demand=demand).values_list("kind", "due_on")) for demand in (one, two)}
    with pytest.raises(MovesToAccept) as moves:
        serve(one, Service(served_on=date(2025, 6, 25), method="email"), by=world.alice)
    moving = Moving("Served again", moves.value.fingerprint)
    serve(one, Service(served_on=date(2025, 6, 25), method="email"), by=world.alice, moving=moving)
    assert set(Deadline.objects.filter(demand=two).values_list("kind", "due_on")) == due[two]
    assert set(Deadline.objects.filter(demand=one).values_list("kind", "due_on")).isdisjoint(due[one])
    # Answered by one of them alone.
    response = record_response(Response(demand=two, served_on=date(2025, 7, 2), method="email"), by=world.alice)
    record_answers(response, [Answer(1, "produce", text="Will produce.")], by=world.alice)
    told = RequestRow.objects.filter(answers__current=True).values_list("demand", "number")
    assert list(told) == [(two.pk, 1)]
    assert set(Deadline.objects.filter(state=DeadlineState.DONE.value).values_list("demand", "kind")) == {(two.pk, "response")}
    # Withdrawn from one, the text that the other has stays frozen.
    withdraw(one, "Settled", by=world.alice)
    assert (RequestSet.objects.get().status, Demand.objects.get(pk=two.pk).status) == ("frozen", "served")


def test_what_our_client_was_not_asked_is_not_answered_by_us(world: World) -> None:
    with pytest.raises(Refused, match="Record the response that was received instead"):
        start_response(world.served_set(), by=world.alice)


def test_two_orders_on_one_request_stand_in_the_order_of_their_days(world: World) -> None:
    letter = dispute_over(world, world.served_subpoena())
    row = letter.requests.all()[0].row
    early, late = order_of(world, date(2025, 8, 28)), order_of(world, date(2025, 9, 4))
    rule(late, [Said(dispute=letter, row=row, outcome="denied")], by=world.alice)
    with pytest.raises(Refused, match=r"A later order, entered on Sept\. 4, 2025, has ruled on it"):
        rule(early, [Said(dispute=letter, row=row, outcome="granted")], by=world.bob)
    assert [(one.order_id, one.superseded) for one in Ruling.objects.all()] == [(late.pk, False)]


@pytest.mark.parametrize("whole", [False, True])
def test_an_order_that_was_superseded_does_not_rule_again(world: World, whole: bool) -> None:
    letter = dispute_over(world, world.served_subpoena())
    row = None if whole else letter.requests.all()[0].row
    first, second = order_of(world), order_of(world)
    for order in (first, second):
        rule(order, [Said(dispute=letter, row=row, outcome="denied")], by=world.alice)
    with pytest.raises(Refused, match="This order ruled on it already, and a later one superseded that"):
        rule(first, [Said(dispute=letter, row=row, outcome="granted")], by=world.bob)
    assert sorted(Ruling.objects.values_list("order", "superseded")) == [(first.pk, True), (second.pk, False)]


def test_nothing_is_closed_before_it_was_filed(world: World) -> None:
    letter = dispute_over(world, world.served_subpoena())
    with pytest.raises(Refused, match=r"It was sent or filed on Aug\. 21, 2025") as refused:
        close_dispute(letter, DisputeStatus.RESOLVED, "Produced", by=world.alice, closed_on=date(2025, 8, 20))
    assert refused.value.field == "closed_on"
    close_dispute(letter, DisputeStatus.RESOLVED, "Produced", by=world.alice, closed_on=date(2025, 8, 21))
    assert letter.status == "resolved"


def test_a_withdrawn_demand_leaves_the_day_that_a_judge_set(world: World) -> None:
    demand = world.served_subpoena()
    order = Order(case=world.case, demand=demand, title="Order", entered_on=date(2025, 8, 28), comply_by=date(2025, 9, 11))
    enter_order(order, by=world.alice)
    withdraw(demand, "Settled", by=world.alice)
    assert [one.key for one in Deadline.objects.filter(state=DeadlineState.OPEN.value)] == [f"order:{order.pk}:comply"]
    plan = plan_for(world.case)
    assert (plan.new, plan.moves, plan.quiet) == ([], [], [])
