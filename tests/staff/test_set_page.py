"""The page of a set: its own fields, exhibits, to whom it is directed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.demands import start_party_set
from discovery.domain.sets import put_exhibit
from discovery.enums import DemandKind
from discovery.models import Exhibit, RequestSet, RespondingParty
from tests.factories import World
from tests.staff.desk import HTMX, item_url, walled_set
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, form_of, posted, statuses

QUERIES = 10


def party_set(world: World) -> RequestSet:
    jane = RespondingParty.objects.create(case=world.case, person=world.opponent.person)
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="RFP Set One", number=1)
    start_party_set(request_set, [jane], DemandKind.RFP, by=world.bob)
    return request_set


def exhibit(request_set: RequestSet, world: World, letter: str = "A") -> Exhibit:
    return put_exhibit(Exhibit(request_set=request_set, letter=letter, title="Entities", lines="One\nTwo"), by=world.bob)


def test_members_see_it(world: World, as_user: AsUser) -> None:
    url = reverse("set-detail", args=[party_set(world).pk])

    assert statuses(as_user, world, url) == READ
    page = as_user(world.rita).get(url)
    assert [str(demand.responding_party) for demand in page.context["demands"]] == ["Jane Roe"]


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_for_any_number_of_texts(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request_set = world.subpoena(requests=count).demand.request_set
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("set-detail", args=[request_set.pk]))


def test_a_set_behind_the_wall_is_not_found(world: World, as_user: AsUser) -> None:
    walled = walled_set(world)
    names = ("set-detail", "set-edit", "set-fields", "exhibit-add")

    assert [as_user(world.alice).get(reverse(name, args=[walled.pk])).status_code for name in names] == [404] * 4


def test_its_own_fields_are_changed_in_place(world: World, as_user: AsUser) -> None:
    request_set = party_set(world)
    url = reverse("set-edit", args=[request_set.pk])
    values = {"revision": 1, "name": "Renamed", "request_heading": "Request No. {number}:", "period_from": "2025-01-01"}

    response = as_user(world.bob).post(url, {**values, "period_open": "on"}, headers=HTMX)

    request_set.refresh_from_db()
    assert (response.status_code, request_set.name, request_set.period_open, request_set.revision) == (200, "Renamed", True, 2)
    assert (statuses(as_user, world, url), posted(as_user, world, url, values)) == (EDIT, DENIED)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"period_to": "2024-12-31"}, {"period_to": ["The period ends before it begins."]}),
        (
            {"period_to": "2025-12-31", "period_open": "on"},
            {"period_open": ["Either a last day or “to the date of production”, not both."]},
        ),
        (
            {"preamble": "Bell \x07"},
            {"preamble": ["The character U+0007 at position 6 cannot be printed; remove or replace it."]},
        ),
        ({"name": ""}, {"name": ["This field is required."]}),
    ],
)
def test_bad_fields_are_told_and_kept(world: World, as_user: AsUser, values: dict[str, str], errors: dict[str, list[str]]) -> None:
    request_set = party_set(world)
    given = {"revision": 1, "name": "Kept", "request_heading": "No. {number}:", "period_from": "2025-01-01", **values}

    response = as_user(world.bob).post(reverse("set-edit", args=[request_set.pk]), given, headers=HTMX)

    assert (response.status_code, errors_of(response)) == (422, errors)
    assert form_of(response)["request_heading"].value() == "No. {number}:"


def test_two_people_see_both_values_of_a_field(world: World, as_user: AsUser) -> None:
    request_set = party_set(world)
    url = reverse("set-edit", args=[request_set.pk])
    values = {"revision": 1, "request_heading": request_set.request_heading}
    as_user(world.alice).post(url, {**values, "name": "Alice's"}, headers=HTMX)

    response = as_user(world.bob).post(url, {**values, "name": "Bob's"}, headers=HTMX)

    assert (response.status_code, form_of(response).theirs) == (422, {"name": "Alice's"})  # type: ignore[attr-defined]
    request_set.refresh_from_db()
    assert request_set.name == "Alice's"


def test_an_exhibit_gets_the_next_letter(world: World, as_user: AsUser) -> None:
    request_set = party_set(world)
    exhibit(request_set, world)
    url = reverse("exhibit-add", args=[request_set.pk])

    opened = as_user(world.bob).get(url, headers=HTMX)
    as_user(world.bob).post(url, {"letter": "b", "lines": "Three\n\nFour"}, headers=HTMX)

    assert form_of(opened)["letter"].value() == "B"
    assert [(one.letter, one.entries()) for one in request_set.exhibits.all()] == [
        ("A", ["One", "Two"]),
        ("B", ["Three", "Four"]),
    ]
    assert posted(as_user, world, url, {"letter": "C", "lines": "X"}) == DENIED


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"letter": "a"}, {"letter": ["There is an Exhibit A already."]}),
        ({"lines": " "}, {"lines": ["This field is required."]}),
    ],
)
def test_a_bad_exhibit_is_told_at_the_field(
    world: World, as_user: AsUser, values: dict[str, str], errors: dict[str, list[str]]
) -> None:
    request_set = party_set(world)
    exhibit(request_set, world)

    response = as_user(world.bob).post(
        reverse("exhibit-add", args=[request_set.pk]), {"letter": "B", "lines": "X", **values}, headers=HTMX
    )

    assert (response.status_code, errors_of(response)) == (422, errors)


def test_an_exhibit_is_changed_with_its_revision_and_removed(world: World, as_user: AsUser) -> None:
    request_set = party_set(world)
    one = exhibit(request_set, world)
    edit, remove = (reverse(name, args=[request_set.pk, one.pk]) for name in ("exhibit-edit", "exhibit-remove"))
    as_user(world.alice).post(edit, {"revision": 1, "letter": "A", "lines": "Alice"}, headers=HTMX)

    late = as_user(world.bob).post(edit, {"revision": 1, "letter": "A", "lines": "Bob"}, headers=HTMX)
    denied = posted(as_user, world, remove, {})
    as_user(world.bob).post(remove, headers=HTMX)

    assert (late.status_code, form_of(late).theirs) == (422, {"lines": "Alice"})  # type: ignore[attr-defined]
    assert (denied, request_set.exhibits.count()) == (DENIED, 0)


def test_an_exhibit_of_another_set_is_not_found(world: World, as_user: AsUser) -> None:
    mine, other = party_set(world), world.subpoena().demand.request_set
    strange = exhibit(other, world)

    names = ("exhibit-show", "exhibit-edit", "exhibit-remove")
    assert [as_user(world.bob).get(reverse(name, args=[mine.pk, strange.pk])).status_code for name in names] == [404] * 3


def test_every_part_has_a_page_of_its_own_without_scripts(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena().demand.request_set
    request, one = request_set.requests.order_by("number").first(), exhibit(request_set, world)
    assert request is not None
    urls = [
        reverse("set-edit", args=[request_set.pk]),
        reverse("item-add", args=[request_set.pk, "definition"]),
        reverse("item-paste", args=[request_set.pk, "instruction"]),
        item_url("item-edit", request_set, request.pk),
        item_url("item-remove", request_set, request.pk),
        reverse("exhibit-add", args=[request_set.pk]),
        reverse("exhibit-edit", args=[request_set.pk, one.pk]),
    ]

    pages = [as_user(world.bob).get(url).text for url in urls]

    assert [(page.count("<html"), page.count('method="post" action="/sets/')) for page in pages] == [(1, 1)] * len(urls)
