"""Orders of the court: the screen, the case page's panel, the dates that a judge wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.disputes.orders import enter_order
from discovery.models import Deadline, Event, Order
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, another_case, errors_of, form_of, posted, statuses
from tests.staff.serving import proof, served


def new(world: World) -> str:
    return reverse("order-new", args=[world.case.pk])


def edit(order: Order) -> str:
    return reverse("order-edit", args=[order.case_id, order.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {"title": "Order <granting>", "docket_entry": "Dkt. 237", "entered_on": "2025-08-28", "method": "ecf", **changes}


def entered(world: World, **facts: Any) -> Order:
    return enter_order(Order(case=world.case, title="Order", entered_on=date(2025, 8, 28), **facts), by=world.alice)


def test_editors_enter_and_correct_it(world: World, as_user: AsUser) -> None:
    order = entered(world)

    assert [statuses(as_user, world, url) for url in (new(world), edit(order))] == [EDIT, EDIT]
    assert [posted(as_user, world, url, typed()) for url in (new(world), edit(order))] == [DENIED, DENIED]
    assert Order.objects.count() == 1


def test_it_stands_on_the_case_page_with_the_dates_it_states(world: World, as_user: AsUser) -> None:
    demand = served(world)
    data = typed(demand=demand.pk, by_magistrate="on", comply_by="2025-09-06", commands="Produce", upload=proof("order.pdf"))

    shown = as_user(world.bob).post(new(world), data, follow=True)

    assert shown.redirect_chain[0][0] == f"{reverse('case-detail', args=[world.case.pk])}#orders"
    assert ("Order &lt;granting&gt;" in shown.text, "order.pdf" in shown.text) == (True, True)
    rows = Deadline.objects.filter(key__startswith="order:").order_by("due_on")
    assert [(row.title, str(row.due_on)) for row in rows] == [
        ("Produce", "2025-09-06"),
        ("Objections to a magistrate judge's discovery order", "2025-09-11"),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"entered_on": "2099-01-01"}, "entered_on", "This day lies ahead."),
        ({"served_on": "2025-08-27"}, "served_on", "An order is served on the day it is entered or later."),
        ({"comply_by": "2025-08-01"}, "comply_by", "This lies before the day the order was entered."),
        ({"comply_time": "17:00"}, "comply_by", "An hour needs its day."),
        ({"demand": "999999"}, "demand", "Select a valid choice."),
        ({"method": "pigeon"}, "method", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str) -> None:
    response = as_user(world.bob).post(new(world), typed(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), Order.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["docket_entry"].value() == "Dkt. 237"


def test_a_corrected_day_that_moves_a_date_asks_first(world: World, as_user: AsUser) -> None:
    order = entered(world, comply_by=date(2025, 9, 5))
    client = as_user(world.bob)
    data = typed(comply_by="2025-09-08", revision=1)

    asked = client.post(edit(order), data)
    form = asked.context["form"]
    done = client.post(edit(order), {**data, "moving_seen": form.moves_seen, "moving_reason": "Amended."})

    assert [(str(row.old), str(row.new)) for row in form.moves] == [("2025-09-05", "2025-09-08")]
    assert (asked.status_code, done.status_code, str(Order.objects.get().comply_by)) == (422, 302, "2025-09-08")


def test_an_hour_alone_is_shown_as_an_hour(world: World, as_user: AsUser) -> None:
    order = entered(world, comply_by=date(2025, 9, 5))

    asked = as_user(world.bob).post(edit(order), typed(comply_by="2025-09-05", comply_time="12:00", revision=1))

    (row,) = asked.context["form"].moves
    assert (row.old, str(row.old_hour), row.new, str(row.new_hour)) == (
        date(2025, 9, 5),
        "23:59:59",
        date(2025, 9, 5),
        "12:00:00",
    )


def test_what_was_corrected_stands_in_the_timeline(world: World, as_user: AsUser) -> None:
    order = entered(world)
    as_user(world.bob).post(edit(order), typed(revision=1, title="Order", docket_entry="Dkt. 238"))

    shown = as_user(world.rita).get(reverse("case-timeline", args=[world.case.pk]))

    assert Event.objects.latest("pk").act == "order_changed"
    assert "Bob corrected the record of the order Order, Dkt. 238." in shown.text
    assert "Where it stands: – → Dkt. 238" in shown.text


def test_an_id_of_another_case_is_not_found(world: World, as_user: AsUser) -> None:
    order, other = entered(world), another_case(world)

    assert as_user(world.alice).get(reverse("order-edit", args=[other["case"], order.pk])).status_code == 404
