"""Recording how a demand was served: the screen, what it refuses, and what the page then says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.answers.answering import record_response
from discovery.domain.service.serving import serve
from discovery.models import Attachment, Deadline, Demand, Response, Service
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import SERVED, approved, logged, proof, served

QUERIES = 15


def url(demand: Demand, query: str = "") -> str:
    return reverse("service-record", args=[demand.pk]) + query


def typed(**changes: Any) -> dict[str, Any]:
    return {"served_on": "2025-06-18", "method": "personal", "person_served": "A clerk", "place": "Sacramento", **changes}


def page(demand: Demand) -> str:
    return reverse("subpoena-detail", args=[demand.pk])


def test_editors_record_it(world: World, as_user: AsUser) -> None:
    demand = approved(world)

    assert statuses(as_user, world, url(demand)) == EDIT
    assert posted(as_user, world, url(demand), typed()) == DENIED
    assert Service.objects.count() == 0


def test_a_party_set_is_served_at_its_own_address(world: World, as_user: AsUser) -> None:
    subpoena, party_set = approved(world), logged(world)
    client = as_user(world.alice)

    assert client.get(url(party_set)).status_code == 404
    assert client.get(reverse("demand-service", args=[subpoena.pk])).status_code == 404
    assert client.get(reverse("demand-service", args=[party_set.pk])).status_code == 200


def test_the_service_is_recorded_with_its_proof_and_the_page_says_what_follows(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    client = as_user(world.bob)

    response = client.post(url(demand), typed(upload=proof("<proof>.pdf"), served_time="09:30"))
    shown = client.get(response["Location"])

    assert response["Location"] == f"{page(demand)}#service"
    kept = Service.objects.select_related("proof").get()
    assert (str(kept.served_on), kept.method, kept.place, str(kept.served_time)) == (
        "2025-06-18",
        "personal",
        "Sacramento",
        "09:30:00",
    )
    assert kept.proof is not None
    said = [str(message) for message in shown.context["messages"]]
    assert said[0].startswith("The service is recorded. Dates that follow: Objections to the subpoena 07/02/2025;")
    rows = shown.context["dates"]
    assert [(row.title, str(row.day), row.ours) for row in rows] == [
        ("Objections to the subpoena", "2025-07-02", False),
        ("Compliance with the subpoena", "2025-07-02", False),
        ("Privilege log of the recipient", "2025-07-02", False),
    ]
    assert rows[0].count == "14 days after, or the time for compliance if that is earlier"
    for row in Deadline.objects.all():
        assert f'href="{reverse("deadline-detail", args=[row.pk])}"' in shown.text
    assert "&lt;proof&gt;.pdf" in shown.text
    assert "proof missing" not in shown.text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"served_on": "2099-01-01"}, "served_on", "This day lies ahead."),
        ({"served_on": "2025-06-01"}, "served_on", "The subpoena was issued on"),
        ({"served_on": ""}, "served_on", "This field is required."),
        ({"method": "pigeon"}, "method", "Select a valid choice."),
        ({"method": ""}, "method", "This field is required."),
        ({"served_time": "noonish"}, "served_time", "Enter a valid time."),
        ({"place": "x" * 201}, "place", "Ensure this value has at most 200 characters"),
        ({"note": "\x07"}, "note", "printed"),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str) -> None:
    demand = approved(world)

    response = as_user(world.bob).post(url(demand), typed(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), Service.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["person_served"].value() == "A clerk"


def test_a_file_that_is_not_what_its_name_says_is_refused_and_asked_for_again(world: World, as_user: AsUser) -> None:
    demand = approved(world)

    response = as_user(world.bob).post(url(demand), typed(upload=proof(content=b"MZ")))

    assert list(errors_of(response)) == ["upload"]
    assert "Choose the file again" in response.text
    assert 'enctype="multipart/form-data"' in response.text
    assert (Service.objects.count(), Attachment.objects.count()) == (0, 0)


def test_without_earlier_notice_the_reason_is_asked_for(world: World, as_user: AsUser) -> None:
    demand = approved(world, notice=None)
    client = as_user(world.bob)

    silent = client.post(url(demand), typed())
    told = client.post(url(demand), typed(without_notice="All parties waived it in writing."))

    assert list(errors_of(silent)) == ["without_notice"]
    assert reverse("notice-edit", args=[demand.pk]) in silent.text
    assert (told.status_code, Service.objects.get().without_notice) == (302, "All parties waived it in writing.")


def test_a_reason_is_not_asked_for_when_notice_came_first(world: World, as_user: AsUser) -> None:
    demand = approved(world)
    client = as_user(world.bob)

    early = client.post(url(demand), typed(served_on="2025-06-17"))

    assert "without_notice" not in form_of(client.get(url(demand))).fields
    assert "without_notice" in form_of(early).fields  # the day typed lies not after the notice


def test_methods_that_give_different_dates_are_asked_about(world: World, as_user: AsUser) -> None:
    demand = logged(world)
    address = reverse("demand-service", args=[demand.pk])
    data = typed(revision=1, methods=["mail"])

    response = as_user(world.bob).post(address, data)

    assert list(errors_of(response)) == ["methods"]
    assert "July 18, 2025" in errors_of(response)["methods"][0]
    assert "July 21, 2025" in errors_of(response)["methods"][0]
    assert form_of(response)["methods"].value() == ["mail"]


def test_a_corrected_day_shows_the_table_and_the_file_is_asked_for_again(world: World, as_user: AsUser) -> None:
    demand = logged(world)
    address = reverse("demand-service", args=[demand.pk])
    client = as_user(world.bob)
    data = typed(revision=1, served_on="2025-06-20")

    asked = client.post(address, {**data, "upload": proof()})
    form = asked.context["form"]
    again = {**data, "moving_seen": form.moves_seen, "moving_reason": "The proof says June 20.", "upload": proof()}
    done = client.post(address, again)

    assert [(str(row.old), str(row.new)) for row in form.moves] == [("2025-07-18", "2025-07-21")]
    assert (asked.status_code, "Choose the file again" in asked.text, done.status_code) == (422, True, 302)
    kept = Service.objects.get()
    assert (str(kept.served_on), kept.revision, Attachment.objects.count()) == ("2025-06-20", 2, 1)


def test_two_people_at_once_see_both_texts(world: World, as_user: AsUser) -> None:
    demand = served(world)
    client = as_user(world.bob)
    client.post(url(demand), typed(revision=1, place="Oakland"))

    response = client.post(url(demand), typed(revision=1, place="Sacramento"))

    assert response.context["form"].theirs == {"place": "Oakland"}
    assert Service.objects.get().place == "Oakland"


def test_served_again_the_new_service_counts(world: World, as_user: AsUser) -> None:
    demand = served(world)
    client = as_user(world.bob)
    again = url(demand, "?again=1")

    assert client.get(again).context["row"] is None
    asked = client.post(again, typed(served_on="2025-06-20"))
    data = typed(served_on="2025-06-20")
    if asked.status_code == 422:
        data |= {"moving_seen": asked.context["form"].moves_seen, "moving_reason": "Served again."}
        client.post(again, data)

    assert [(row.number, row.superseded) for row in Service.objects.order_by("number")] == [(1, True), (2, False)]
    assert "the newer service counts" in client.get(page(demand)).text


def test_a_draft_is_not_served(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand

    shown = as_user(world.bob).get(url(demand)).text
    response = as_user(world.bob).post(url(demand), typed(without_notice="Waived."))

    assert "Only an approved paper is served" in shown
    assert list(errors_of(response)) == ["__all__"]
    assert f'href="{url(demand)}"' not in as_user(world.bob).get(page(demand)).text


def test_a_court_without_rules_takes_any_method_and_gives_no_date(world: World, as_user: AsUser) -> None:
    world.case.court.rule_set = ""
    world.case.court.save()
    demand = approved(world)
    client = as_user(world.bob)

    response = client.post(url(demand), typed(method="by the sheriff"), follow=True)

    assert Service.objects.get().method == "by the sheriff"
    assert [(row.title, row.day) for row in response.context["dates"]] == [("Dates that follow from service", None)]
    assert "There is no rule set" in response.context["dates"][0].why_none


def test_the_panel_marks_what_is_missing_late_done_and_confirmed(world: World, as_user: AsUser) -> None:
    demand = served(world)
    Deadline.objects.filter(event="subpoena-compliance").update(confirmed_by=world.alice, confirmed_at="2025-06-20T00:00Z")
    record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email", objections_only=True), by=world.bob)

    shown = as_user(world.rita).get(page(demand))

    badges = {row.title: [badge.words for badge in row.badges] for row in shown.context["dates"]}
    assert badges == {
        "Objections to the subpoena": ["done 07/02/2025"],
        "Compliance with the subpoena": ["overdue", "confirmed by alice"],
        "Privilege log of the recipient": ["overdue"],
    }
    assert ("proof missing" in shown.text, "objections only" in shown.text) == (True, True)
    assert url(demand) not in shown.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_services_and_responses(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demand = served(world)
    for number in range(count):
        serve(demand, Service(served_on=SERVED, method="personal"), by=world.alice, upload=proof(f"{number}.pdf"))
        response = Response(demand=demand, served_on=date(2025, 7, 2), method="email")
        record_response(response, by=world.bob, upload=proof(f"r{number}.pdf"))
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        shown = client.get(page(demand))

    assert (len(shown.context["earlier_services"]), len(shown.context["responses"])) == (count, count)
