"""The list of orders and the form of their rulings: what is asked, what is shown, what comes of bad input and of two people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.domain.disputes.ruling import Said, rule
from discovery.models import Deadline, Dispute, Event, Narrowing, Order, Ruling
from tests.factories import World
from tests.filed import dispute_over, order_of
from tests.staff.screens import DENIED, EDIT, READ, AsUser, another_case, errors_of, form_of, posted, statuses


def orders(world: World) -> str:
    return reverse("order-list", args=[world.case.pk])


def rulings(order: Order) -> str:
    return reverse("order-rulings", args=[order.case_id, order.pk])


def line(dispute: Dispute, number: int, **typed: str) -> dict[str, str]:
    """Return what is typed into the line of a request; 0 is the whole."""
    row = dispute.requests.get(row__number=number).row_id if number else 0
    return {f"{dispute.pk}-{row}-{name}": value for name, value in typed.items()}


@pytest.fixture
def letter(world: World) -> Dispute:
    return dispute_over(world, world.served_subpoena(2), docket_entry="Dkt. 230")


def test_members_read_the_list_and_editors_rule(world: World, letter: Dispute, as_user: AsUser) -> None:
    order = order_of(world)
    data = line(letter, 1, outcome="denied")

    assert statuses(as_user, world, orders(world)) == READ
    assert statuses(as_user, world, rulings(order)) == EDIT
    assert posted(as_user, world, rulings(order), data) == DENIED
    assert Ruling.objects.count() == 0


def test_an_order_of_another_case_is_not_found(world: World, letter: Dispute, as_user: AsUser) -> None:
    address = reverse("order-rulings", args=[another_case(world)["case"], order_of(world).pk])
    assert as_user(world.alice).get(address).status_code == 404


def test_it_shows_each_request_as_served_and_as_narrowed(world: World, letter: Dispute, as_user: AsUser) -> None:
    row = letter.requests.get(row__number=2).row
    facts: dict[str, Any] = {"proposed_by": "Us", "proposed_on": date(2025, 7, 10), "recorded_by": world.alice}
    Narrowing.objects.create(row=row, number=1, text="Narrower <text>.", agreed_by="Both", agreed_on=date(2025, 7, 11), **facts)

    text = as_user(world.bob).get(rulings(order_of(world))).text

    shown = ("All Documents, part 1.", "All Documents, part 2.", "Narrower &lt;text&gt;.", "Joint letter, Dkt. 230")
    assert [words in text for words in shown] == [True] * 4


def test_rulings_are_recorded_and_shown_with_their_order(world: World, letter: Dispute, as_user: AsUser) -> None:
    order, client = order_of(world), as_user(world.bob)
    data = {
        **line(letter, 1, outcome="denied"),
        **line(letter, 2, outcome="granted_in_part", ordered_text="Three <files>.", comply_by="2025-09-05"),
    }

    shown = client.post(rulings(order), data, follow=True)

    assert shown.redirect_chain[0][0] == f"{orders(world)}#order-{order.pk}"
    assert [words in shown.text for words in ("Three &lt;files&gt;.", "2 rulings are recorded.")] == [True, True]
    assert list(order.rulings.order_by("row__number").values_list("outcome", "ordered_text", "comply_by")) == [
        ("denied", "", None),
        ("granted_in_part", "Three <files>.", date(2025, 9, 5)),
    ]
    assert Dispute.objects.get().status == "decided"
    assert Event.objects.filter(act="ruled").count() == 1
    assert "Bob recorded the rulings of Order." in client.get(reverse("case-timeline", args=[world.case.pk])).text


def test_one_ruling_for_all_fills_what_has_none(world: World, as_user: AsUser) -> None:
    letter, order = dispute_over(world, world.served_subpoena(5)), order_of(world)
    decided, deferred = (letter.requests.get(row__number=number).row for number in (5, 4))
    before = [Said(dispute=letter, row=decided, outcome="moot"), Said(dispute=letter, row=deferred, outcome="deferred")]
    moot, waits = rule(order_of(world), before, by=world.alice)
    data = {
        **line(letter, 4, seen=str(waits.pk)),
        **line(letter, 5, seen=str(moot.pk)),
        f"{letter.pk}-all-outcome": "granted",
        f"{letter.pk}-all-ordered_text": "In full.",
        f"{letter.pk}-all-comply_by": "2025-09-05",
        **line(letter, 3, outcome="denied"),
    }

    assert as_user(world.bob).post(rulings(order), data).status_code == 302

    found = order.rulings.order_by("row__number").values_list("outcome", "ordered_text", "comply_by")
    same = ("granted", "In full.", date(2025, 9, 5))
    assert list(found) == [same, same, ("denied", "", None), same]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"outcome": "granted_in_part"}, "ordered_text", "write down what the order grants"),
        ({"ordered_text": "Lost?"}, "outcome", "Choose the ruling."),
        ({"outcome": "granted", "comply_by": "2025-08-01"}, "comply_by", "before the day the order was entered"),
        ({"outcome": "granted", "comply_by": "soon"}, "comply_by", "Enter a valid date."),
        ({"outcome": "perhaps"}, "outcome", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    world: World, letter: Dispute, as_user: AsUser, typed: dict[str, str], field: str, words: str
) -> None:
    data = {**line(letter, 1, outcome="denied", note="Keep"), **line(letter, 2, **typed)}

    response = as_user(world.bob).post(rulings(order_of(world)), data)

    errors, wanted = errors_of(response), next(iter(line(letter, 2, **{field: ""})))
    assert (response.status_code, list(errors), Ruling.objects.count()) == (422, [wanted], 0)
    assert words in errors[wanted][0]
    assert form_of(response)[next(iter(line(letter, 1, note="")))].value() == "Keep"


def test_nothing_chosen_is_said_so(world: World, letter: Dispute, as_user: AsUser) -> None:
    response = as_user(world.bob).post(rulings(order_of(world)), {})
    assert errors_of(response) == {"__all__": ["Nothing was chosen or changed. Choose at least one ruling."]}


def test_the_second_of_two_sees_the_first_and_may_keep_his(world: World, letter: Dispute, as_user: AsUser) -> None:
    order, row = order_of(world), letter.requests.get(row__number=1).row
    rule(order, [Said(dispute=letter, row=row, outcome="granted", ordered_text="Alice’s.")], by=world.alice)
    client, data = as_user(world.bob), line(letter, 1, outcome="denied", seen="0", revision="0")

    second = client.post(rulings(order), data)
    form: Any = form_of(second)
    kept = {name: form[name].value() for name in line(letter, 1, outcome="", seen="", revision="", ordered_text="")}

    assert second.status_code == 422
    assert form.theirs == line(letter, 1, outcome="Granted", ordered_text="Alice’s.")
    assert client.post(rulings(order), {name: value or "" for name, value in kept.items()}).status_code == 302
    assert list(Ruling.objects.values_list("outcome", "revision")) == [("denied", 2)]


def test_one_ruling_for_all_does_not_pass_over_what_somebody_ruled_on_meanwhile(
    world: World, letter: Dispute, as_user: AsUser
) -> None:
    row = letter.requests.get(row__number=1).row
    rule(order_of(world), [Said(dispute=letter, row=row, outcome="granted")], by=world.alice)
    data = {f"{letter.pk}-all-outcome": "denied", **line(letter, 1, seen="0"), **line(letter, 2, seen="0")}

    response = as_user(world.bob).post(rulings(order_of(world)), data)

    assert (response.status_code, Ruling.objects.count()) == (422, 1)
    assert "Witness Corp., No. 1: Granted" in errors_of(response)["__all__"][0]


def test_what_was_recorded_is_mended_here(world: World, letter: Dispute, as_user: AsUser) -> None:
    order, first = order_of(world), letter.requests.get(row__number=1).row
    (made,) = rule(order, [Said(dispute=letter, row=first, outcome="granted")], by=world.alice)
    seen = {"seen": str(made.pk), "revision": "1"}
    was = {f"initial-{name}": value for name, value in line(letter, 1, outcome="granted").items()}

    data = {**line(letter, 1, outcome="deferred", **seen), **was}
    assert as_user(world.bob).post(rulings(order), data).status_code == 302

    made.refresh_from_db()
    event = Event.objects.latest("pk")
    assert (made.outcome, event.act, event.details["changed"]) == (
        "deferred",
        "order_changed",
        {"Witness Corp., No. 1: outcome": ["granted", "deferred"]},
    )
    told = as_user(world.rita).get(reverse("case-timeline", args=[world.case.pk])).text
    assert "Witness Corp., No. 1: outcome: granted → deferred" in told


def test_what_somebody_else_mended_is_left_alone_unless_touched(world: World, letter: Dispute, as_user: AsUser) -> None:
    """Bob opened the page, Alice mended No. 1, Bob says something about No. 2 only: her words stay."""
    order, first = order_of(world), letter.requests.get(row__number=1).row
    (made,) = rule(order, [Said(dispute=letter, row=first, outcome="granted")], by=world.alice)
    Ruling.objects.filter(pk=made.pk).update(outcome="moot", revision=2)
    old = line(letter, 1, outcome="granted", seen=str(made.pk), revision="1")
    was = {f"initial-{name}": value for name, value in line(letter, 1, outcome="granted").items()}

    assert as_user(world.bob).post(rulings(order), {**old, **was, **line(letter, 2, outcome="denied")}).status_code == 302
    assert list(order.rulings.order_by("row__number").values_list("outcome", flat=True)) == ["moot", "denied"]


def test_reconsidered_it_is_struck_with_a_link_both_ways(world: World, letter: Dispute, as_user: AsUser) -> None:
    row = letter.requests.get(row__number=1).row
    earlier = order_of(world, docket_entry="Dkt. 203")
    (old,) = rule(earlier, [Said(dispute=letter, row=row, outcome="granted")], by=world.alice)
    later = order_of(world, docket_entry="Dkt. 237", reconsiders=earlier, fees_to="Witness Corp.", fees_amount="2500")
    client = as_user(world.bob)

    asked = client.get(rulings(later)).text
    client.post(rulings(later), line(letter, 1, outcome="denied", seen=str(old.pk)))
    text = " ".join(client.get(orders(world)).text.split())

    assert "A ruling here supersedes it; both stay on record." in asked
    for words in (
        f'href="#order-{later.pk}"',
        f'href="#order-{earlier.pk}"',
        "superseded: Denied, Order, Dkt. 237",
        "before: Granted, Order, Dkt. 203",
        "reconsiders Order, Dkt. 203",
        "reconsidered in Order, Dkt. 237",
        "expenses of $2500.00 to Witness Corp.",
    ):
        assert words in text
    assert text.count("<del>") == 1


def test_a_date_that_falls_away_is_asked_about_once(world: World, letter: Dispute, as_user: AsUser) -> None:
    row = letter.requests.get(row__number=1).row
    dated = Said(dispute=letter, row=row, outcome="granted", comply_by=date(2025, 9, 5))
    (old,) = rule(order_of(world), [dated], by=world.alice)
    later, client, data = order_of(world), as_user(world.bob), line(letter, 1, outcome="denied", seen=str(old.pk))

    asked = client.post(rulings(later), data)
    form: Any = form_of(asked)
    done = client.post(rulings(later), {**data, "moving_seen": form.moves_seen, "moving_reason": "Reconsidered."})

    assert [(str(move.old), move.new) for move in form.moves] == [("2025-09-05", None)]
    assert (asked.status_code, done.status_code) == (422, 302)
    assert Deadline.objects.get(kind="order_compliance").state == "void"


def test_what_was_decided_is_shown_when_asked_for(world: World, letter: Dispute, as_user: AsUser) -> None:
    rows = [one.row for one in letter.requests.select_related("row")]
    old = rule(order_of(world), [Said(dispute=letter, row=row, outcome="denied") for row in rows], by=world.alice)
    later, client = order_of(world), as_user(world.bob)

    data = line(letter, 1, outcome="granted", seen=str(old[0].pk))

    assert "Nothing is before the court" in client.get(rulings(later)).text
    assert "All Documents, part 1." in client.get(f"{rulings(later)}?decided=1").text
    assert client.post(f"{rulings(later)}?decided=1", data).status_code == 302
    assert list(Ruling.objects.filter(superseded=True).values_list("row__number", flat=True)) == [1]


def test_an_empty_case_says_what_to_do(world: World, as_user: AsUser) -> None:
    assert "No order yet" in as_user(world.bob).get(orders(world)).text
    assert reverse("order-new", args=[world.case.pk]) not in as_user(world.rita).get(orders(world)).text


def test_a_new_order_leads_to_its_rulings_when_something_waits(world: World, letter: Dispute, as_user: AsUser) -> None:
    data = {"title": "Order", "entered_on": "2025-08-28", "method": "ecf", "fees_amount": "10"}
    client = as_user(world.bob)

    refused = client.post(reverse("order-new", args=[world.case.pk]), data)
    saved = client.post(reverse("order-new", args=[world.case.pk]), {**data, "fees_to": "Witness Corp."})

    assert errors_of(refused) == {"fees_to": ["Say to whom the amount was awarded."]}
    assert '<details class="fold" open>' in refused.text
    assert saved["Location"] == rulings(Order.objects.get())


@pytest.mark.parametrize("page", ["list", "rulings"])
def test_its_queries_do_not_grow(world: World, as_user: AsUser, page: str) -> None:
    counts = []
    client = as_user(world.bob)
    for requests in (2, 20):
        demand = world.served_set(requests)
        letter = dispute_over(world, demand)
        order = order_of(world)
        rows = [one.row for one in letter.requests.select_related("row")]
        for target in (order, order_of(world, reconsiders=order)):
            rule(target, [Said(dispute=letter, row=row, outcome="denied") for row in rows[1:]], by=world.alice)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(orders(world) if page == "list" else rulings(order)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
