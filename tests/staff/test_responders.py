"""The screens of responding parties and custodians."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from discovery.domain.demands import addressee_of
from discovery.models import Address, Custodian, Event, Person, RespondingParty
from tests.factories import World
from tests.staff.screens import AsUser, another_case, errors_of, form_of

NEW: dict[str, Any] = {
    "new_name": "Meta Platforms, Inc.",
    "new_kind": "entity",
    "new_street": "1 Meta Way",
    "new_city": "Menlo Park",
    "new_state": "CA",
    "new_postal_code": "94025",
    "agent_name": "Corporation Service Company",
    "agent_street": "2710 Gateway Oaks Drive",
    "agent_city": "Sacramento",
    "agent_state": "CA",
    "agent_postal_code": "95833",
}


def test_a_new_organization_comes_with_address_and_agent_in_one_step(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(reverse("responder-new", args=[world.case.pk]), NEW)
    responder = RespondingParty.objects.get(person__name="Meta Platforms, Inc.")

    assert response["Location"] == f"{reverse('case-detail', args=[world.case.pk])}#responders"
    assert str(responder.person.registered_agent) == "Corporation Service Company"
    assert addressee_of(responder) == (
        "Meta Platforms, Inc., c/o Corporation Service Company, 2710 Gateway Oaks Drive, Sacramento, CA 95833"
    )
    assert [str(one) for one in responder.person.addresses.all()] == ["1 Meta Way, Menlo Park, CA 94025"]


def test_a_recorded_person_is_chosen_with_its_address(world: World, as_user: AsUser) -> None:
    person = Person.objects.create(name="Second Corp.", created_by=world.bob)
    address = Address.objects.create(person=person, street="2 Side Street", city="Reno")
    as_user(world.bob).post(reverse("responder-new", args=[world.case.pk]), {"person": person.pk})

    assert RespondingParty.objects.get(person=person).serve_at == address


def test_our_own_client_is_refused_at_the_field_and_nothing_typed_is_lost(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("responder-new", args=[world.case.pk]), {"person": world.client.person_id, "notes": "Kept."}
    )

    assert response.status_code == 422
    assert errors_of(response) == {"person": ["John Doe is our own client in this case; discovery is sought from others."]}
    assert form_of(response)["notes"].value() == "Kept."


def test_a_person_answers_once_in_a_case(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(reverse("responder-new", args=[world.case.pk]), {"person": world.responder.person_id})

    assert errors_of(response) == {"person": ["Discovery is sought from this person already: open that entry."]}


def test_half_an_address_is_refused_and_nothing_is_stored(world: World, as_user: AsUser) -> None:
    persons = Person.objects.count()
    response = as_user(world.bob).post(reverse("responder-new", args=[world.case.pk]), {**NEW, "new_city": "", "agent_street": ""})

    assert errors_of(response) == {
        "new_city": ["An address needs its city."],
        "agent_street": ["An address needs its street."],
    }
    assert Person.objects.count() == persons
    assert form_of(response)["agent_name"].value() == "Corporation Service Company"


def test_chosen_and_new_at_once_is_a_question_back(world: World, as_user: AsUser) -> None:
    person = Person.objects.create(name="Second Corp.", created_by=world.bob)
    response = as_user(world.bob).post(
        reverse("responder-new", args=[world.case.pk]), {"person": person.pk, "new_name": "Third Corp."}
    )

    assert errors_of(response) == {"new_name": ["Either choose a recorded person or name a new one, not both."]}


def test_the_address_for_service_is_the_persons_own_or_its_agents(world: World, as_user: AsUser) -> None:
    agent = Person.objects.create(name="Agent Co.", created_by=world.alice)
    at_agent = Address.objects.create(person=agent, street="9 Agent Road", city="Reno")
    elsewhere = Address.objects.create(person=world.client.person, street="5 Client Lane", city="Oakland")
    world.responder.person.registered_agent = agent
    world.responder.person.save()
    url = reverse("responder-edit", args=[world.case.pk, world.responder.pk])
    client = as_user(world.bob)

    response = client.post(url, {"serve_at": elsewhere.pk, "revision": 1})
    assert errors_of(response) == {"serve_at": ["Select a valid choice. That choice is not one of the available choices."]}
    assert client.post(url, {"serve_at": at_agent.pk, "revision": 1}).status_code == 302
    assert RespondingParty.objects.get(pk=world.responder.pk).serve_at == at_agent


def test_a_custodian_is_a_natural_person_new_or_recorded(world: World, as_user: AsUser) -> None:
    url = reverse("custodian-new", args=[world.case.pk, world.responder.pk])
    client = as_user(world.bob)

    assert client.post(url, {"new_name": "Mark Zuckerberg", "title": "CEO"}).status_code == 302
    custodian = Custodian.objects.get()
    assert (custodian.person.kind, custodian.title, custodian.responding_party) == ("natural", "CEO", world.responder)
    assert [event.case_id for event in Event.objects.filter(subject__startswith="custodian:")] == [world.case.pk]

    response = client.post(url, {"person": world.responder.person_id})
    assert errors_of(response) == {"person": ["Select a valid choice. That choice is not one of the available choices."]}
    response = client.post(url, {"person": custodian.person_id})
    assert errors_of(response) == {"person": ["This person is a custodian here already."]}


def test_persons_of_another_case_that_i_cannot_see_are_not_offered(world: World, as_user: AsUser) -> None:
    another_case(world)  # Alice's alone but for Bob, who is in it
    text = as_user(world.bob).get(reverse("responder-new", args=[world.case.pk])).text
    world.case.memberships.filter(user=world.rita).update(role="editor")

    assert "Other Witness" in text
    assert "Other Witness" not in as_user(world.rita).get(reverse("responder-new", args=[world.case.pk])).text
