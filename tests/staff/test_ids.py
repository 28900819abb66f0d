"""Ids in addresses: nonsense, numbers of other alphabets and numbers that no column holds are nobody's ids, and break no page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from discovery.staff.ids import ids_in, is_id
from tests.access.areas.logs import addresses as log_addresses
from tests.factories import World

pytestmark = pytest.mark.django_db
FAR = "9" * 30
AsUser = Callable[[User], Client]


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("case-story", f"responder={FAR}&number={FAR}", 200),
        ("case-story", "responder=²&number=٣", 200),
        ("case-story", f"responder={'9' * 5000}", 200),
        ("case-matrix", f"demand={FAR}&responder=²&owner={FAR}&text={FAR}&chip=x&sort=x&page=x", 200),
        ("production-new", f"responder={FAR}", 200),
        ("production-new", f"demand={'9' * 5000}", 404),
        ("conferral-new", f"rows={FAR},²&demand={FAR}", 200),
        ("conferral-list", f"demand={FAR}", 200),
        ("commitment-new", f"rows={FAR}", 200),
        ("dispute-new", f"rows={FAR},²,٣", 200),
        ("clawback-new", f"production={FAR}&responding_party={FAR}", 200),
        ("motion-new", f"responding_party={FAR}", 200),
        ("order-new", f"demand={FAR}&entered_on=x", 200),
        ("log-import", f"responding_party={FAR}", 200),
    ],
)
def test_no_number_in_an_address_breaks_a_page(world: World, as_user: AsUser, name: str, query: str, status: int) -> None:
    world.served_set(2)
    assert as_user(world.alice).get(f"{reverse(name, args=[world.case.pk])}?{query}").status_code == status


@pytest.mark.parametrize("query", ["text=²", f"text={FAR}", f"pk=²&pk={FAR}"])
@pytest.mark.parametrize("name", ["log-detail", "log-challenge"])
def test_nor_one_in_the_search_of_a_log(world: World, as_user: AsUser, name: str, query: str) -> None:
    assert as_user(world.alice).get(f"{log_addresses(world)[name]}?{query}").status_code == 200


def test_ids_are_plain_digits_that_fit_a_column() -> None:
    assert ids_in(["1,2", " 3 ", "2", "x", "²", "٣", FAR, "-1", ""]) == [1, 2, 3]
    assert [is_id(text) for text in ("7", "9" * 18, "9" * 19, "")] == [True, True, False, False]
