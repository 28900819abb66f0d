"""The screens of parties and party groups."""

from __future__ import annotations

from django.urls import reverse

from discovery.enums import Role
from discovery.models import CaseParty, Event, PartyGroup, Person
from tests.factories import World
from tests.staff.screens import AsUser, another_case, errors_of, form_of

TWO = [Role.PLAINTIFF.value, Role.COUNTERCLAIM_DEFENDANT.value]


def roles(party: CaseParty) -> set[str]:
    return set(party.roles.values_list("role", flat=True))


def test_a_recorded_person_gets_several_roles(world: World, as_user: AsUser) -> None:
    person = Person.objects.create(name="X.AI Corp.", created_by=world.bob)
    response = as_user(world.bob).post(
        reverse("party-new", args=[world.case.pk]), {"person": person.pk, "roles": TWO, "position": 3}
    )

    assert response["Location"] == f"{reverse('case-detail', args=[world.case.pk])}#parties"
    assert roles(CaseParty.objects.get(person=person)) == set(TWO)


def test_a_new_person_is_written_down_in_the_same_step(world: World, as_user: AsUser) -> None:
    as_user(world.bob).post(
        reverse("party-new", args=[world.case.pk]),
        {"new_name": "Sam Altman", "new_kind": "natural", "roles": [Role.DEFENDANT.value], "position": 3},
    )
    party = CaseParty.objects.get(person__name="Sam Altman")

    assert (party.person.kind, party.person.created_by, roles(party)) == ("natural", world.bob, {"defendant"})


def test_somebody_must_be_named_and_have_a_role(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(reverse("party-new", args=[world.case.pk]), {"position": 3})

    assert response.status_code == 422
    assert errors_of(response) == {
        "person": ["Choose a person, or write the name of a new one below."],
        "roles": ["Choose at least one role."],
    }


def test_a_person_is_a_party_once(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("party-new", args=[world.case.pk]), {"person": world.client.person_id, "roles": TWO, "position": 3}
    )

    assert errors_of(response) == {"person": ["This person is a party already: change that party’s roles instead."]}
    assert world.case.parties.count() == 2


def test_a_person_behind_the_wall_cannot_be_chosen(world: World, as_user: AsUser) -> None:
    hidden = Person.objects.create(name="Hidden Person", created_by=world.charlie)
    response = as_user(world.bob).post(
        reverse("party-new", args=[world.case.pk]), {"person": hidden.pk, "roles": TWO, "position": 3}
    )

    assert errors_of(response) == {"person": ["Select a valid choice. That choice is not one of the available choices."]}
    assert "Hidden Person" not in response.text


def test_nothing_is_left_behind_when_the_second_step_is_refused(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("party-new", args=[world.case.pk]), {"new_name": "Half Done", "new_kind": "odd", "roles": TWO, "position": 3}
    )

    assert "new_kind" in errors_of(response)
    assert not Person.objects.filter(name="Half Done").exists()
    assert form_of(response)["new_name"].value() == "Half Done"


def test_roles_change_and_a_second_editor_sees_both(world: World, as_user: AsUser) -> None:
    url = reverse("party-edit", args=[world.case.pk, world.opponent.pk])
    client = as_user(world.bob)
    opened_at = form_of(client.get(url))["revision"].value()

    assert client.post(url, {"roles": TWO, "position": 1, "revision": opened_at}).status_code == 302
    assert roles(world.opponent) == set(TWO)

    response = client.post(url, {"roles": [Role.INTERVENOR.value], "position": 4, "revision": opened_at})
    assert response.context["form"].theirs == {"roles": "Plaintiff, Counterclaim-Defendant", "position": "1"}
    assert roles(world.opponent) == set(TWO)


def test_unchanged_roles_are_no_second_act(world: World, as_user: AsUser) -> None:
    url = reverse("party-edit", args=[world.case.pk, world.opponent.pk])
    as_user(world.bob).post(url, {"roles": [Role.PLAINTIFF.value], "position": 5, "revision": 1})

    assert Event.objects.filter(case=world.case).count() == 1


def test_a_group_takes_parties_of_its_case_only(world: World, as_user: AsUser) -> None:
    other = another_case(world)
    client = as_user(world.alice)
    url = reverse("group-new", args=[world.case.pk])

    response = client.post(url, {"name": "Plaintiffs", "members": [other["party"]]})
    assert errors_of(response) == {"members": [f"Select a valid choice. {other['party']} is not one of the available choices."]}
    assert client.post(url, {"name": "Plaintiffs", "members": [world.opponent.pk]}).status_code == 302
    assert list(PartyGroup.objects.get(name="Plaintiffs").members.all()) == [world.opponent]


def test_a_groups_name_is_given_once(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(reverse("group-new", args=[world.case.pk]), {"name": "Our Defendants"})

    assert errors_of(response) == {"name": ["A group with this name is recorded in this case already."]}


def test_two_people_at_one_group_see_both_texts(world: World, as_user: AsUser) -> None:
    url = reverse("group-edit", args=[world.case.pk, world.group.pk])
    mine = {"name": "Our side", "members": [world.opponent.pk], "revision": 1}
    as_user(world.alice).post(
        url, {"name": "Our Defendants", "printed_name": "DEFENDANTS", "members": [world.client.pk], "revision": 1}
    )

    response = as_user(world.bob).post(url, mine)

    assert response.context["form"].theirs == {"name": "Our Defendants", "printed_name": "DEFENDANTS", "members": "John Doe"}
    assert PartyGroup.objects.get(pk=world.group.pk).printed_name == "DEFENDANTS"
