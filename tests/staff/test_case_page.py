"""The case's page and its timeline."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.records import add_record, change_record
from discovery.enums import Act, ScheduleKind
from discovery.models import Appearance, Attorney, Event, Person, ScheduleEntry
from discovery.staff.sentences import WORDS, sentences
from tests.factories import World, make_user
from tests.staff.screens import READ, AsUser, statuses

QUERIES = 28
TIMELINE_QUERIES = 5


def test_members_see_it_and_strangers_do_not(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, reverse("case-detail", args=[world.case.pk])) == READ
    assert statuses(as_user, world, reverse("case-timeline", args=[world.case.pk])) == READ


def test_a_superuser_outside_the_wall_is_a_stranger(world: World, as_user: AsUser) -> None:
    root = make_user("root", staff=True)
    root.is_superuser = True
    root.save()

    assert as_user(root).get(reverse("case-detail", args=[world.case.pk])).status_code == 404


@pytest.mark.parametrize(("who", "edits", "owns"), [("alice", True, True), ("bob", True, False), ("rita", False, False)])
def test_it_offers_what_the_role_allows(world: World, as_user: AsUser, who: str, edits: bool, owns: bool) -> None:
    text = as_user(getattr(world, who)).get(reverse("case-detail", args=[world.case.pk])).text
    links = [
        reverse(name, args=[world.case.pk]) for name in ("case-edit", "party-new", "responder-new", "schedule-new", "subpoena-new")
    ]

    assert [f'href="{link}"' in text for link in links] == [edits] * 5
    assert (f'href="{reverse("member-new", args=[world.case.pk])}"' in text) == owns


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        responder = world.another_responder(f"Witness {number}")
        responder.custodians.create(person=Person.objects.create(name=f"C{number}", kind="natural"))
        world.subpoena(responder)
        attorney = Attorney.objects.create(name=f"A{number}", firm=world.appearance.attorney.firm)
        Appearance.objects.create(case=world.case, attorney=attorney, group=world.group).parties.add(world.client)
        add_record(ScheduleEntry(case=world.case, kind="other", day="2027-01-01"), by=world.alice)
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("case-detail", args=[world.case.pk]))


def test_every_act_has_a_sentence() -> None:
    assert set(WORDS) == {act.value for act in Act}


def test_an_act_reads_as_a_sentence_with_what_changed(world: World) -> None:
    entry = add_record(ScheduleEntry(case=world.case, kind=ScheduleKind.TRIAL.value, day="2027-03-01"), by=world.alice)
    entry.source = "Dkt. 146"
    change_record(entry, by=world.bob)

    changed, added = sentences(Event.objects.filter(case=world.case).select_related("actor"))

    assert added.words == "Alice added scheduled date: Trial: March 1, 2027."
    assert added.changes[0] == "New date: Trial: March 1, 2027"
    assert changed.words.startswith("Bob changed scheduled date: Trial: March 1, 2027")
    assert changed.changes[-1] == "Where it stands: – → Dkt. 146"


def test_the_timeline_searches_and_filters(world: World, as_user: AsUser) -> None:
    entry = add_record(ScheduleEntry(case=world.case, kind=ScheduleKind.TRIAL.value, day="2027-03-01"), by=world.alice)
    change_record(entry, by=world.bob)
    url = reverse("case-timeline", args=[world.case.pk])
    client = as_user(world.rita)

    def numbers(query: str) -> list[int]:
        return [event.number for event in client.get(url + query).context["page"]]

    assert numbers("") == [2, 1]
    assert numbers("?act=record_added") == [1]
    assert numbers("?text=trial") == [2, 1]
    assert numbers("?text=nothing") == []
    assert numbers("?act=nonsense") == [2, 1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_timelines_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _number in range(rows):
        add_record(ScheduleEntry(case=world.case, kind="other", day="2027-01-01"), by=world.alice)
    client = as_user(world.rita)

    with django_assert_num_queries(TIMELINE_QUERIES):
        client.get(reverse("case-timeline", args=[world.case.pk]))


def test_what_people_typed_is_shown_as_typed(world: World, as_user: AsUser) -> None:
    world.case.name = "<script>alert(1)</script> {{ x }}"
    world.case.save()

    text = as_user(world.rita).get(reverse("case-detail", args=[world.case.pk])).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in text


def test_nothing_inline_is_in_the_page(world: World, as_user: AsUser) -> None:
    response = as_user(world.alice).get(reverse("case-detail", args=[world.case.pk]))

    assert [needle for needle in ("style=", "<style", "onclick=", "<script>") if needle in response.text] == []
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_strangers_learn_nothing_from_the_page_that_says_no(world: World, as_user: AsUser) -> None:
    client: Client = as_user(world.charlie)
    walled = client.get(reverse("case-detail", args=[world.case.pk])).text
    missing = client.get("/cases/999999/").text

    def words(text: str) -> str:
        return text[text.index("<h1>") : text.index("</main>")]

    assert words(walled) == words(missing)
