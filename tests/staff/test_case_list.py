"""The list of cases."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from discovery.domain.cases import open_case
from discovery.models import Case
from tests.factories import World
from tests.staff.screens import AsUser

QUERIES = 4


def more_cases(world: World, count: int) -> None:
    for number in range(count):
        open_case(
            Case(
                court=world.case.court,
                docket_number=f"3:25-cv-{number:05}",
                name=f"Case {number:02}",
                first_side="A",
                second_side="B",
            ),
            by=world.alice,
        )


def names(as_user: AsUser, world: World, query: str = "") -> list[str]:
    return [case.name for case in as_user(world.alice).get(f"/cases/{query}").context["page"]]


def test_each_sees_the_cases_he_is_in(world: World, as_user: AsUser) -> None:
    more_cases(world, 1)
    seen = {
        user.username: [case.name for case in as_user(user).get("/cases/").context["page"]]
        for user in (world.alice, world.bob, world.rita, world.charlie)
    }

    assert seen == {"alice": ["Case 00", "Roe v. Doe"], "bob": ["Roe v. Doe"], "rita": ["Roe v. Doe"], "charlie": []}


def test_it_searches_and_sorts(world: World, as_user: AsUser) -> None:
    more_cases(world, 2)

    assert names(as_user, world, "?text=JANE") == ["Roe v. Doe"]
    assert names(as_user, world, "?text=cv-00001") == ["Case 01", "Roe v. Doe"]
    assert names(as_user, world, "?text=nobody") == []
    assert names(as_user, world, "?sort=-name") == ["Roe v. Doe", "Case 01", "Case 00"]
    assert names(as_user, world, "?sort=open") == ["Case 00", "Case 01", "Roe v. Doe"]
    assert names(as_user, world, "?sort=password") == ["Case 00", "Case 01", "Roe v. Doe"]


def test_it_has_pages(world: World, as_user: AsUser) -> None:
    more_cases(world, 60)
    client = as_user(world.alice)

    assert len(client.get("/cases/").context["page"]) == 50
    assert [case.name for case in client.get("/cases/?page=2").context["page"]][-1] == "Roe v. Doe"
    assert client.get("/cases/?page=nonsense").context["page"].number == 1
    assert client.get("/cases/?page=999").context["page"].number == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    more_cases(world, rows - 1)
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        client.get("/cases/")
