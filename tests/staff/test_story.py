"""The history page, the page of a row, and badges that explain themselves."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.disputes.ruling import Said, rule
from discovery.enums import Act
from discovery.models import Case, Event
from discovery.staff.explaining import KINDS
from tests.domain.lives import live
from tests.factories import World, make_world
from tests.filed import dispute_over, order_of
from tests.staff.screens import READ, AsUser, statuses

QUERIES = 24


def test_members_read_the_history(world: World, as_user: AsUser) -> None:
    row = live(world).row
    for address in (reverse("case-story", args=[world.case.pk]), reverse("row-detail", args=[row.pk])):
        assert statuses(as_user, world, address) == READ


def test_equal_steps_of_several_requests_are_told_once(world: World, as_user: AsUser) -> None:
    world.served_set(requests=5)
    response = as_user(world.rita).get(reverse("case-story", args=[world.case.pk]))
    [(day, told)] = response.context["days"]
    assert (day.isoformat(), [one.numbers for one in told]) == ("2025-06-18", ["Requests 1–5"])


def test_the_picture_has_a_lane_for_each_demand_and_a_mark_for_each_day(world: World, as_user: AsUser) -> None:
    live(world)
    picture = as_user(world.alice).get(reverse("case-story", args=[world.case.pk])).context["picture"]
    [lane] = picture.lanes
    assert lane.name == "Jane Roe"
    assert [mark.letter for mark in lane.marks] == ["S", "R", "C", "P", "W", "B", "L", "O"]
    places = [(mark.x, mark.y) for mark in lane.marks]
    assert len(set(places)) == len(places)
    assert [letter for _stage, letter, _label in picture.legend] == ["S", "R", "C", "P", "W", "B", "L", "O"]


@pytest.mark.parametrize(("query", "shown"), [("number=2", 1), ("number=x", 4), ("number=99", 0), ("responder=x", 4)])
def test_the_history_is_narrowed_down(world: World, as_user: AsUser, query: str, shown: int) -> None:
    live(world, world.served_set(requests=4))
    response = as_user(world.alice).get(f"{reverse('case-story', args=[world.case.pk])}?{query}")
    assert len(response.context["stories"]) == shown


def test_the_history_takes_as_many_queries_for_many_requests(
    world: World, as_user: AsUser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    demand = world.served_set(requests=9)
    for number in range(1, 10):
        live(world, demand, number=number)
    client = as_user(world.alice)
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("case-story", args=[world.case.pk]))


def test_a_row_shows_its_words_and_what_was_narrowed(world: World, as_user: AsUser) -> None:
    life = live(world)
    response = as_user(world.rita).get(reverse("row-detail", args=[life.row.pk]))
    assert response.context["served"]["text"] == "All documents on topic 1."
    kept = "".join(piece.text for piece in response.context["redline"] if piece.how != "removed")
    assert kept == "Fewer documents."
    assert response.context["now"].words == "Denied: Order (Dkt. 237)."
    assert (response.context["before"], response.context["after"].number) == (None, 2)


def test_a_badge_opens_the_acts_behind_it(world: World, as_user: AsUser) -> None:
    demand = world.served_subpoena()
    address = reverse("explain", args=["demand", demand.pk])
    assert statuses(as_user, world, address) == READ
    response = as_user(world.rita).get(address, headers={"HX-Request": "true"})
    acts = [one.words for one in response.context["told"].acts]
    assert acts == [
        f"Alice approved and froze {demand}, version 1.",
        f"Alice recorded the service of {demand}.",
    ]
    assert b"<html" not in response.content
    assert b"<html" in as_user(world.rita).get(address).content


def test_each_badge_of_a_page_leads_to_its_explanation(world: World, as_user: AsUser) -> None:
    demand = world.served_subpoena()
    page = as_user(world.alice).get(reverse("subpoena-detail", args=[demand.pk])).content.decode()
    assert f'href="{reverse("explain", args=["demand", demand.pk])}"' in page


def test_a_decided_dispute_is_explained_by_its_order(world: World, as_user: AsUser) -> None:
    dispute, order = dispute_over(world, world.served_subpoena(1)), order_of(world)
    rule(order, [Said(dispute=dispute, row=dispute.requests.get().row, outcome="denied")], by=world.alice)

    told = as_user(world.rita).get(reverse("explain", args=["dispute", dispute.pk])).context["told"]

    assert (told.word, [act.words for act in told.acts]) == ("decided", [f"Alice recorded the rulings of {order}."])


def test_what_has_no_status_is_not_explained(world: World, as_user: AsUser) -> None:
    assert as_user(world.alice).get(reverse("explain", args=["case", world.case.pk])).status_code == 404
    other = make_world("Other v. Case", "4:24-cv-00002-ABC")
    Case.objects.get(pk=other.case.pk).memberships.filter(user=world.bob).delete()
    hidden = other.served_set()
    assert as_user(world.bob).get(reverse("explain", args=["demand", hidden.pk])).status_code == 404


def test_explained_acts_are_acts_that_verbs_write() -> None:
    known = {act for kind in KINDS.values() for act in kind.acts}
    assert known <= set(Act)
    assert Event._meta.get_field("act").max_length == 20
