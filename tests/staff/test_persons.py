"""The list and the form of persons."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.models import Address, Person, Relation
from tests.factories import World
from tests.staff.screens import EDIT, AsUser, errors_of, form_of, posted, statuses

QUERIES = 6


def typed(name: str = "Meta Platforms, Inc.", **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "entity",
        "addresses-TOTAL_FORMS": "0",
        "addresses-INITIAL_FORMS": "0",
        "relations-TOTAL_FORMS": "0",
        "relations-INITIAL_FORMS": "0",
        **changes,
    }


def names(as_user: AsUser, world: World, query: str = "") -> list[str]:
    return [person.name for person in as_user(world.rita).get(f"/persons/{query}").context["page"]]


def test_each_sees_the_persons_of_his_cases_and_his_own(world: World, as_user: AsUser) -> None:
    Person.objects.create(name="Charlie's Witness", created_by=world.charlie)

    assert names(as_user, world) == ["Jane Roe", "John Doe", "Witness Corp."]
    assert [person.name for person in as_user(world.charlie).get("/persons/").context["page"]] == ["Charlie's Witness"]


def test_the_list_searches_filters_and_sorts(world: World, as_user: AsUser) -> None:
    assert names(as_user, world, "?text=oakland") == ["Witness Corp."]
    assert names(as_user, world, "?kind=natural&sort=-name") == ["John Doe", "Jane Roe"]
    assert names(as_user, world, "?kind=odd") == ["Jane Roe", "John Doe", "Witness Corp."]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        person = world.another_responder(f"Witness {number}").person
        Address.objects.create(person=person, street="1 Street", city="Reno")
    client = as_user(world.rita)

    with django_assert_num_queries(QUERIES):
        client.get("/persons/")


def test_editors_of_all_its_cases_edit_a_person(world: World, as_user: AsUser) -> None:
    url = reverse("person-edit", args=[world.responder.person_id])

    assert statuses(as_user, world, url) == EDIT
    assert posted(as_user, world, url, typed()) == {"rita": 403, "charlie": 404}


def test_a_person_is_written_down_with_addresses_and_relations(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("person-new"),
        typed(
            **{
                "addresses-TOTAL_FORMS": "2",
                "addresses-0-kind": "business",
                "addresses-0-street": "1 Meta Way",
                "addresses-0-city": "Menlo Park",
                "addresses-1-kind": "residence",
                "relations-TOTAL_FORMS": "1",
                "relations-0-kind": "competitor",
                "relations-0-other": str(world.responder.person_id),
            }
        ),
    )
    person = Person.objects.get(name="Meta Platforms, Inc.")

    assert response["Location"] == reverse("person-list")
    assert [str(one) for one in person.addresses.all()] == ["1 Meta Way, Menlo Park"]
    assert [str(one) for one in person.relations.all()] == ["Meta Platforms, Inc.: Competitor of Witness Corp."]


def test_rows_change_and_go(world: World, as_user: AsUser) -> None:
    person = world.responder.person
    first = person.addresses.get()
    second = Address.objects.create(person=person, street="2 Side Street", city="Reno")
    as_user(world.bob).post(
        reverse("person-edit", args=[person.pk]),
        typed(
            person.name,
            **{
                "revision": 1,
                "addresses-TOTAL_FORMS": "2",
                "addresses-INITIAL_FORMS": "2",
                "addresses-0-id": str(second.pk),
                "addresses-0-kind": "service",
                "addresses-0-street": "22 Side Street",
                "addresses-0-city": "Reno",
                "addresses-1-id": str(first.pk),
                "addresses-1-kind": "business",
                "addresses-1-street": "1 Main Street",
                "addresses-1-city": "Oakland",
                "addresses-1-DELETE": "on",
            },
        ),
    )

    assert [(one.pk, one.street) for one in person.addresses.all()] == [(second.pk, "22 Side Street")]


def test_an_address_of_somebody_else_cannot_be_changed(world: World, as_user: AsUser) -> None:
    theirs = Address.objects.create(person=Person.objects.create(name="Hidden"), street="Secret Street", city="Reno")
    as_user(world.bob).post(
        reverse("person-edit", args=[world.responder.person_id]),
        typed(
            "Witness Corp.",
            **{
                "revision": 1,
                "addresses-TOTAL_FORMS": "1",
                "addresses-INITIAL_FORMS": "1",
                "addresses-0-id": str(theirs.pk),
                "addresses-0-kind": "business",
                "addresses-0-street": "Stolen Street",
                "addresses-0-city": "Reno",
            },
        ),
    )

    theirs.refresh_from_db()
    assert (theirs.street, theirs.person.name) == ("Secret Street", "Hidden")


def test_what_is_wrong_in_a_row_is_said_in_the_row_and_nothing_is_stored(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("person-new"),
        typed(
            "Never Stored",
            **{"addresses-TOTAL_FORMS": "1", "addresses-0-kind": "business", "addresses-0-street": "1 Meta Way"},
        ),
    )

    assert response.status_code == 422
    assert response.context["row_sets"]["addresses"].errors == [{"city": ["This field is required."]}]
    assert not Person.objects.filter(name="Never Stored").exists()
    assert 'value="1 Meta Way"' in response.text


def test_nobody_relates_to_himself(world: World, as_user: AsUser) -> None:
    person = world.responder.person
    response = as_user(world.bob).post(
        reverse("person-edit", args=[person.pk]),
        typed(
            person.name,
            **{"revision": 1, "relations-TOTAL_FORMS": "1", "relations-0-kind": "parent", "relations-0-other": str(person.pk)},
        ),
    )

    assert response.context["row_sets"]["relations"].errors == [
        {"other": ["Choose somebody else: nobody stands in a relation to himself."]}
    ]
    assert Relation.objects.count() == 0


def test_a_name_is_needed_and_an_agent_is_somebody_else(world: World, as_user: AsUser) -> None:
    person = world.responder.person
    response = as_user(world.bob).post(
        reverse("person-edit", args=[person.pk]), typed("", revision=1, registered_agent=str(person.pk), notes="Kept.")
    )

    assert errors_of(response)["name"] == ["This field is required."]
    assert form_of(response)["notes"].value() == "Kept."


def test_two_people_at_one_person_see_both_texts(world: World, as_user: AsUser) -> None:
    url = reverse("person-edit", args=[world.responder.person_id])
    as_user(world.alice).post(url, typed("Witness Corporation", revision=1))

    response = as_user(world.bob).post(url, typed("Witness Co.", revision=1))

    assert response.context["form"].theirs == {"name": "Witness Corporation"}
    assert Person.objects.get(pk=world.responder.person_id).name == "Witness Corporation"


@pytest.mark.parametrize(("who", "linked"), [("alice", True), ("bob", True), ("rita", False)])
def test_the_list_links_what_may_be_edited(world: World, as_user: AsUser, who: str, linked: bool) -> None:
    text = as_user(getattr(world, who)).get("/persons/").text

    assert (f'href="{reverse("person-edit", args=[world.responder.person_id])}"' in text) == linked
