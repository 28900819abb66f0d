"""The lists and forms of firms and attorneys."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.models import Attorney, Firm
from tests.factories import World
from tests.staff.screens import EDIT, AsUser, errors_of, statuses

QUERIES = 5


def listed(as_user: AsUser, world: World, url: str, who: str = "rita") -> list[str]:
    return [row.name for row in as_user(getattr(world, who)).get(url).context["page"]]


def test_each_sees_the_counsel_of_his_cases(world: World, as_user: AsUser) -> None:
    assert listed(as_user, world, "/attorneys/") == ["Olive Ours", "Theo Theirs"]
    assert listed(as_user, world, "/firms/") == ["Our Firm LLP", "Their Firm P.C."]
    assert listed(as_user, world, "/attorneys/", "charlie") == []
    assert listed(as_user, world, "/firms/", "charlie") == []


def test_the_lists_search_and_sort(world: World, as_user: AsUser) -> None:
    assert listed(as_user, world, "/attorneys/?text=their+firm") == ["Theo Theirs"]
    assert listed(as_user, world, "/attorneys/?sort=-firm") == ["Theo Theirs", "Olive Ours"]
    assert listed(as_user, world, "/firms/?text=malibu") == ["Their Firm P.C."]


@pytest.mark.parametrize("url", ["/attorneys/", "/firms/"])
@pytest.mark.parametrize("rows", [1, 3])
def test_their_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int, url: str
) -> None:
    for number in range(rows):
        firm = Firm.objects.create(name=f"Firm {number}", created_by=world.rita)
        Attorney.objects.create(name=f"Attorney {number}", firm=firm, created_by=world.rita)
    client = as_user(world.rita)

    with django_assert_num_queries(QUERIES):
        client.get(url)


def test_editors_edit_them(world: World, as_user: AsUser) -> None:
    attorney = world.appearance.attorney

    assert statuses(as_user, world, reverse("attorney-edit", args=[attorney.pk])) == EDIT
    assert statuses(as_user, world, reverse("firm-edit", args=[attorney.firm_id])) == EDIT


def test_a_firm_behind_the_wall_cannot_be_chosen(world: World, as_user: AsUser) -> None:
    hidden = Firm.objects.create(name="Hidden Firm", created_by=world.charlie)
    response = as_user(world.bob).post(reverse("attorney-new"), {"name": "Nora New", "firm": hidden.pk})

    assert errors_of(response) == {"firm": ["Select a valid choice. That choice is not one of the available choices."]}


def test_an_e_mail_address_that_is_none_is_said_at_the_field(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("attorney-new"), {"name": "Nora New", "firm": world.appearance.attorney.firm_id, "email": "nora at example"}
    )

    assert errors_of(response) == {"email": ["Enter a valid email address."]}
    assert 'value="nora at example"' in response.text


def test_an_office_is_recorded_once(world: World, as_user: AsUser) -> None:
    response = as_user(world.alice).post(reverse("firm-new"), {"name": "Our Firm LLP", "street": "1 Market Street"})

    assert errors_of(response) == {"name": ["You recorded this office already."]}


def test_two_people_at_one_attorney_see_both_texts(world: World, as_user: AsUser) -> None:
    attorney = world.appearance.attorney
    url = reverse("attorney-edit", args=[attorney.pk])
    as_user(world.alice).post(url, {"name": "Olive O. Ours", "firm": attorney.firm_id, "revision": 1})

    response = as_user(world.bob).post(url, {"name": "Olive Ours", "firm": attorney.firm_id, "revision": 1})

    assert response.context["form"].theirs["name"] == "Olive O. Ours"
    assert Attorney.objects.get(pk=attorney.pk).name == "Olive O. Ours"
