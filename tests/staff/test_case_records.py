"""What holds for every record of a case: who reaches its screens, and that no id of another case does."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.models import CaseMembership, Custodian, Person, ScheduleEntry
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, OWN, AsUser, another_case, posted, statuses

KINDS = ["party", "group", "appearance", "responder", "schedule", "custodian", "member"]


def ids(world: World) -> dict[str, int]:
    """Return the id of one row of each kind in the world's case."""
    person = Person.objects.create(name="Carl Custodian", kind="natural", created_by=world.alice)
    return {
        "party": world.client.pk,
        "group": world.group.pk,
        "appearance": world.appearance.pk,
        "responder": world.responder.pk,
        "schedule": ScheduleEntry.objects.create(case=world.case, kind="trial", day="2027-03-01").pk,
        "custodian": Custodian.objects.create(responding_party=world.responder, person=person).pk,
        "member": CaseMembership.objects.get(case=world.case, user=world.bob).pk,
    }


def urls(world: World, kind: str) -> list[str]:
    """Return the addresses of a kind's three screens."""
    above: list[Any] = [world.case.pk, world.responder.pk] if kind == "custodian" else [world.case.pk]
    row = ids(world)[kind]
    return [
        reverse(f"{kind}-new", args=above),
        reverse(f"{kind}-edit", args=[world.case.pk, row]),
        reverse(f"{kind}-remove", args=[world.case.pk, row]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_editors_reach_its_screens_and_members_are_for_owners(world: World, as_user: AsUser, kind: str) -> None:
    wanted = OWN if kind == "member" else EDIT

    assert [statuses(as_user, world, url) for url in urls(world, kind)] == [wanted] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_readers_and_strangers_cannot_post_to_it(world: World, as_user: AsUser, kind: str) -> None:
    assert [posted(as_user, world, url, {}) for url in urls(world, kind)] == [DENIED] * 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ["edit", "remove"])
def test_an_id_of_another_case_is_not_found(world: World, as_user: AsUser, kind: str, act: str) -> None:
    other = another_case(world)
    client = as_user(world.alice)
    url = reverse(f"{kind}-{act}", args=[world.case.pk, other[kind]])

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_a_custodian_goes_only_to_a_responding_party_of_the_case(world: World, as_user: AsUser) -> None:
    other = another_case(world)

    assert as_user(world.alice).get(reverse("custodian-new", args=[world.case.pk, other["responder"]])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        ("party", "parties"),
        ("group", "groups"),
        ("appearance", "counsel"),
        ("responder", "responders"),
        ("schedule", "schedule"),
        ("custodian", "responders"),
        ("member", "members"),
    ],
)
def test_removing_asks_first_and_leads_back_to_its_section(world: World, as_user: AsUser, kind: str, section: str) -> None:
    client = as_user(world.alice)
    url = reverse(f"{kind}-remove", args=[world.case.pk, ids(world)[kind]])
    if kind == "party":
        world.client.groups.clear()
    if kind == "group":
        world.appearance.group = None
        world.appearance.save()

    assert client.get(url).status_code == 200
    response = client.post(url)

    assert (response.status_code, response["Location"]) == (302, f"{reverse('case-detail', args=[world.case.pk])}#{section}")
    assert client.get(url).status_code == 404


def test_what_is_in_use_stays_and_the_page_says_where(world: World, as_user: AsUser) -> None:
    world.subpoena()
    response = as_user(world.alice).post(reverse("responder-remove", args=[world.case.pk, world.responder.pk]))

    assert response.status_code == 422
    assert response.context["refusal"] == "Witness Corp. is used by demand: change or remove these first."
    assert world.case.responding_parties.count() == 1


def test_a_party_that_counsel_appears_for_stays(world: World, as_user: AsUser) -> None:
    response = as_user(world.alice).post(reverse("party-remove", args=[world.case.pk, world.opponent.pk]))

    assert response.status_code == 422
    assert response.context["refusal"] == "Jane Roe is used by appearance: change or remove these first."
