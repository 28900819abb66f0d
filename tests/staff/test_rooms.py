"""The bar over the pages of a case: on each of them, with the room marked that the page belongs to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from discovery.domain.conferrals.commitments import commit
from discovery.models import Commitment
from discovery.templatetags.rooms import ROOMS, room_of
from tests.factories import World
from tests.staff.screens import AsUser

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">')
BAR = re.compile(r'<nav class="case-nav".*?</nav>', re.DOTALL)


@pytest.mark.parametrize(
    ("address", "room"),
    [
        ("row-detail", "case-matrix"),
        ("set-matrix", "case-matrix"),
        ("case-heat", "case-matrix"),
        ("narrowing-new", "conferral-list"),
        ("dispute-rows", "dispute-list"),
        ("motion-new", "order-list"),
        ("demand-coverage", "production-list"),
        ("clawback-detail", "log-list"),
        ("deadline-detail", "case-dates"),
        ("case-timeline", "case-story"),
        ("demand-detail", "case-detail"),
        ("subpoena-detail", "case-detail"),
        ("response-answers", "case-detail"),
        ("party-edit", "case-detail"),
        ("draft-detail", None),
        ("explain", None),
        ("", None),
    ],
)
def test_a_page_belongs_to_one_room(address: str, room: str | None) -> None:
    found = room_of(address)
    assert (found and found.name) == room


def test_each_page_of_a_case_shows_where_it_is(world: World, as_user: AsUser) -> None:
    demand = world.served_subpoena(1)
    row = demand.rows.get()
    made = Commitment(case=world.case, text="Search", promised_on=date(2025, 7, 8))
    promise = commit(made, date(2027, 7, 22), [row], by=world.alice)
    case = [world.case.pk]
    pages = {
        **{reverse(room.name, args=case): (reverse(room.name, args=case), "page") for room in ROOMS},
        reverse("case-detail", args=case): (reverse("case-detail", args=case), "page"),
        reverse("case-edit", args=case): (reverse("case-detail", args=case), "true"),
        reverse("subpoena-detail", args=[demand.pk]): (reverse("case-detail", args=case), "true"),
        reverse("demand-coverage", args=[demand.pk]): (reverse("production-list", args=case), "true"),
        reverse("row-detail", args=[row.pk]): (reverse("case-matrix", args=case), "true"),
        reverse("commitment-release", args=[promise.pk]): (reverse("conferral-list", args=case), "true"),
        reverse("order-new", args=case): (reverse("order-list", args=case), "true"),
    }

    shown = {}
    for address in pages:
        [bar] = BAR.findall(as_user(world.alice).get(address).text)
        [shown[address]] = CURRENT.findall(bar)
    assert shown == pages


def test_pages_of_the_whole_firm_have_no_bar(world: World, as_user: AsUser) -> None:
    alice = as_user(world.alice)
    names = ("home", "case-list", "deadline-list", "person-new")
    assert [BAR.findall(alice.get(reverse(name)).text) for name in names] == [[]] * len(names)
