"""Recording attempts at service, and what the pages show of them, of the fees and of the service list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.service.attempts import log_attempt
from discovery.models import Demand, Draft, Service, ServiceAttempt
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import SERVED, approved, served


def url(demand: Demand) -> str:
    return reverse("attempt-new", args=[demand.pk])


def page(demand: Demand) -> str:
    return reverse("subpoena-detail", args=[demand.pk])


def record_url(demand: Demand) -> str:
    return reverse("service-record", args=[demand.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {"tried_on": "2025-06-18", "outcome": "not_found", "place": "1 Main Street", **changes}


def fees(**changes: Any) -> dict[str, Any]:
    return {"served_on": "2025-06-18", "method": "personal", **changes}


def test_editors_record_an_attempt(world: World, as_user: AsUser) -> None:
    demand = approved(world)

    assert statuses(as_user, world, url(demand)) == EDIT
    assert posted(as_user, world, url(demand), typed()) == DENIED
    assert ServiceAttempt.objects.count() == 0


def test_the_page_shows_them_the_newest_last_with_the_form_to_add_one(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    client = as_user(world.bob)
    client.post(url(demand), typed(tried_on="2025-06-19", outcome="refused", note="<b>Nobody</b> took it."))
    shown = client.post(url(demand), typed(), follow=True)

    assert [(one.tried_on.day, one.outcome) for one in shown.context["attempts"]] == [(18, "not_found"), (19, "refused")]
    assert "&lt;b&gt;Nobody&lt;/b&gt; took it." in shown.text
    assert f'action="{url(demand)}"' in shown.text
    read = as_user(world.rita).get(page(demand)).text
    assert ("took it." in read, url(demand) in read) == (True, False)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"tried_on": "2099-01-01"}, "tried_on", "This day lies ahead."),
        ({"tried_on": "2025-06-17"}, "tried_on", "The subpoena was issued on"),
        ({"tried_on": ""}, "tried_on", "This field is required."),
        ({"tried_time": "noonish"}, "tried_time", "Enter a valid time."),
        ({"outcome": "vanished"}, "outcome", "Select a valid choice."),
        ({"place": "x" * 201}, "place", "Ensure this value has at most 200 characters"),
        ({"note": "\x07"}, "note", "printed"),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str) -> None:
    response = as_user(world.bob).post(url(approved(world)), typed(server="Sam", **changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), ServiceAttempt.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["server"].value() == "Sam"


def test_a_draft_says_what_to_do_first(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand

    response = as_user(world.bob).post(url(demand), typed())

    assert "Have it approved first" in errors_of(response)["__all__"][0]
    assert url(demand) not in as_user(world.bob).get(page(demand)).text


def test_an_attempt_that_succeeded_leads_on_to_the_record_of_service(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    client = as_user(world.bob)

    response = client.post(url(demand), typed(outcome="served", tried_time="09:30", server="Sam"))
    asked = client.get(response["Location"])

    assert response["Location"].startswith(f"{record_url(demand)}?served_on=2025-06-18")
    form = form_of(asked)
    known = ("served_on", "served_time", "place", "server")
    assert [str(form[name].value()) for name in known] == ["2025-06-18", "09:30:00", "1 Main Street", "Sam"]
    again = served(world, world.another_responder("Other Corp."))
    assert client.post(url(again), typed(outcome="served"))["Location"] == f"{page(again)}#service"


def test_the_mileage_is_proposed_from_the_miles_and_can_be_typed_over(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    client = as_user(world.bob)

    asked = client.post(record_url(demand), fees(miles="30"))
    done = client.post(record_url(demand), fees(miles="30", mileage_fee="25.00", attendance_fee="40"))
    shown = client.get(done["Location"])

    assert errors_of(asked) == {
        "mileage_fee": [
            "Proposed from the miles: 30 at $0.70 are $21.00 (28 U.S.C. 1821(c)(2)). "
            "Save again to keep it, or type what was tendered."
        ]
    }
    assert (form_of(asked)["mileage_fee"].value(), asked.context["form"].fees_open) == ("21.00", True)
    kept = Service.objects.values_list("miles", "mileage_fee", "attendance_fee").get()
    assert [str(value) for value in kept] == ["30.0", "25.00", "40.00"]
    assert shown.context["amounts"] == ["one day’s attendance $40.00", "mileage $25.00 for 30 miles"]
    assert "not due for documents alone" in shown.text


def test_a_year_without_a_rate_asks_for_the_amount(world: World, as_user: AsUser) -> None:
    demand = approved(world, notice=date(2024, 1, 1))
    demand.subpoena.issue_date = date(2024, 1, 2)
    demand.subpoena.save()
    client = as_user(world.bob)

    asked = client.post(record_url(demand), fees(served_on="2024-06-18", miles="30"))
    done = client.post(record_url(demand), fees(served_on="2024-06-18", miles="30", mileage_fee="20.10"))

    assert errors_of(asked) == {"mileage_fee": ["There is no mileage rate on record for 2024; look it up and type the amount."]}
    assert (done.status_code, form_of(asked)["mileage_fee"].value()) == (302, None)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"attendance_fee": "-1"}, "attendance_fee", "This cannot be less than nothing."),
        ({"miles": "-3", "mileage_fee": "1"}, "miles", "This cannot be less than nothing."),
        ({"service_fee": "much"}, "service_fee", "Enter a number."),
        ({"received_on": "2025-06-19"}, "received_on", "The server cannot have received it after serving it."),
    ],
)
def test_wrong_amounts_open_the_fees_and_say_so_there(
    world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str
) -> None:
    response = as_user(world.bob).post(record_url(approved(world)), fees(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), Service.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert response.context["form"].fees_open is (field != "received_on")


def test_no_fees_are_asked_for_with_a_party_set(world: World, as_user: AsUser) -> None:
    demand = world.served_set()

    form = form_of(as_user(world.bob).get(reverse("demand-service", args=[demand.pk])))
    wanted = form_of(as_user(world.bob).get(record_url(approved(world))))

    assert set(wanted.fields) - set(form.fields) == {
        *("attendance_fee", "miles", "mileage_fee", "travel_fee", "service_fee", "agent", "received_on"),
    } | ({"without_notice"} & set(wanted.fields))


def test_email_without_consent_is_marked_on_the_page(world: World, as_user: AsUser) -> None:
    without = world.served_set()
    world.case.appearances.update(accepts_email=True)
    with_consent = world.served_set()
    client = as_user(world.rita)

    pages = [client.get(reverse("demand-detail", args=[demand.pk])) for demand in (without, with_consent)]

    assert [[one.no_consent for one in shown.context["service_list"]] for shown in pages] == [[True], [False]]
    assert ["no consent to e-mail on record" in shown.text for shown in pages] == [True, False]
    assert "Rule 5(b)(2)(E)" in pages[0].text


def test_the_proof_is_one_button_for_editors_once_it_is_served(world: World, as_user: AsUser, bells: list[int]) -> None:
    unserved, demand = approved(world), served(world, world.another_responder("Other Corp."))
    address = reverse("paper-make", args=["proof_of_service", demand.pk])
    client = as_user(world.bob)

    assert f'action="{address}"' in client.get(page(demand)).text
    assert address not in as_user(world.rita).get(page(demand)).text
    response = client.post(address)
    assert response["Location"] == reverse("draft-detail", args=[Draft.objects.get().pk])
    refused = client.post(reverse("paper-make", args=["proof_of_service", unserved.pk]), follow=True)
    assert [str(one) for one in refused.context["messages"]] == ["There is no service to prove yet. Record the service first."]


def test_the_page_takes_the_same_queries_for_any_number_of_attempts(
    world: World, as_user: AsUser, django_assert_num_queries: Any
) -> None:
    demand = served(world)
    client = as_user(world.alice)
    for count in (2, 20):
        for _one in range(count):
            log_attempt(ServiceAttempt(demand=demand, tried_on=SERVED), by=world.alice)
        with django_assert_num_queries(15):
            client.get(page(demand))


def test_what_the_other_side_served_is_theirs_to_prove(world: World, as_user: AsUser) -> None:
    ours, theirs = world.served_set(), world.set_served_on_us()
    client = as_user(world.bob)

    shown = [client.get(reverse("demand-detail", args=[demand.pk])) for demand in (ours, theirs)]

    assert [(bool(page.context["proof_paper"]), bool(page.context["attempt_url"])) for page in shown] == [
        (True, True),
        (False, False),
    ]
