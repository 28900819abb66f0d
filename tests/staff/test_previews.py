"""The preview: what is typed is shown as it would print, and nothing is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.models import Definition, Demand, Draft, Event, Exhibit, Person, Request, Snapshot
from discovery.staff.previewed import paper_of
from tests.factories import World
from tests.party_sets import drafted
from tests.staff.screens import DENIED, AsUser, form_of, posted

QUERIES = 20


def url(demand: Demand) -> str:
    return reverse("paper-preview", args=[paper_of(demand), demand.pk])


def sections(client: Client, demand: Demand, **typed: Any) -> dict[str, str]:
    """Return the HTML of the sections by name, with what was typed."""
    answer = client.post(url(demand), typed)
    assert answer.status_code == 200, answer.text
    return {one["name"]: one.get("markup", "") for one in answer.json()["sections"]}


def everything() -> list[Any]:
    """Return what a preview must leave as it is."""
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in (Demand, Request, Definition, Exhibit)]
    return [*rows, Event.objects.count(), Draft.objects.count(), Snapshot.objects.count()]


def test_a_text_is_shown_as_it_is_typed_and_nothing_is_saved(world: World, as_user: AsUser) -> None:
    demand = world.subpoena(requests=3).demand
    second, before = demand.request_set.requests.get(number=2), everything()
    typed: dict[str, Any] = {f"request-{second.pk}-text": "All unsaved <b>words</b>.", f"request-{second.pk}-label": "x"}
    typed |= {f"request-{second.pk}-revision": second.revision, "parts": [f"request-{second.pk}"]}
    made = sections(as_user(world.bob), demand, **typed)
    assert list(made) == ["notice", "form", "proof", "rule", "schedule"]
    assert [words in made["schedule"] for words in ("part 1.", "part 2.", "part 3.")] == [True, False, True]
    assert "All unsaved &lt;b&gt;words&lt;/b&gt;." in made["schedule"]
    assert everything() == before


def test_texts_that_are_being_added_follow_the_last_one(world: World, as_user: AsUser) -> None:
    demand = world.subpoena(requests=1).demand
    person = Person.objects.create(name="Carl Custodian", kind="natural")
    demand.responding_party.custodians.create(person=person)
    typed = {
        "parts": ["request-new-1", "definition-new-1", "exhibit-new-1"],
        "request-new-1-text": "All new Documents.",
        "request-new-1-custodians": [person.pk],
        "definition-new-1-label": "Term",
        "definition-new-1-text": "“Term” means it.",
        "exhibit-new-1-letter": "Q",
        "exhibit-new-1-lines": "First entry",
    }
    made = sections(as_user(world.bob), demand, **typed)["schedule"]
    found = [made.index(words) for words in ("“Term” means it.", "part 1.", "All new Documents.", "Custodians: Carl", "EXHIBIT Q")]
    assert found == sorted(found)
    assert (demand.request_set.requests.count(), Exhibit.objects.count()) == (1, 0)


def test_the_fields_of_set_and_form_are_shown_as_typed(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    client = as_user(world.bob)
    page = client.get(reverse("subpoena-form", args=[demand.pk]))
    form = form_of(page)
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    typed |= {"addressee": "Unsaved Corp.\n1 Nowhere Street", "notice-serve_not_before": "2031-06-01"}
    typed = {"parts": ["subpoena"], **{f"subpoena-{name}": value for name, value in typed.items()}}
    before = everything()
    made = sections(client, demand, **typed)
    assert "Unsaved Corp." in made["form"]
    assert "on or after June 1, 2031" in made["notice"]
    changed = {"set-name": "x", "set-preamble": "A new preamble.", "set-revision": demand.request_set.revision, "parts": ["set"]}
    changed |= {"set-request_heading": "Demand {number}:"}
    schedule = sections(client, demand, **changed)["schedule"]
    assert ("A new preamble." in schedule, "Demand 2:" in schedule) == (True, True)
    assert everything() == before


def test_what_a_set_states_beside_its_texts_is_shown_as_typed(world: World, as_user: AsUser) -> None:
    demand = drafted(world)
    client, page = as_user(world.bob), reverse("demand-paper", args=[demand.pk])
    typed = {"place": "At the unsaved dock.", "dated": "2025-06-17", "due_day": "2025-08-01", "attorney": world.appearance.pk}
    parts: dict[str, Any] = {"parts": ["paper"], "paper-revision": demand.revision}
    parts |= {f"paper-{name}": value for name, value in typed.items()}
    before = everything()
    made = "".join(sections(client, demand, **parts).values())
    late = client.post(url(demand), {**parts, "paper-due_day": "2025-06-01"})

    assert 'data-part="paper"' in client.get(page).text
    assert [words in made for words in ("At the unsaved dock.", "June 17, 2025", "August 1, 2025")] == [True, True, True]
    assert late.json()["problems"] == ["To be done on: This lies before the date of the paper. Check both dates."]
    assert everything() == before


@pytest.mark.parametrize(
    ("text", "why"), [("  ", "Write the text: an empty one cannot be answered."), ("A smile \U0001f600", "GRINNING FACE")]
)
def test_what_cannot_stand_is_said_by_its_place(world: World, as_user: AsUser, text: str, why: str) -> None:
    demand = world.subpoena(requests=2).demand
    part = f"request-{demand.request_set.requests.get(number=2).pk}"
    answer = as_user(world.bob).post(url(demand), {"parts": [part], f"{part}-text": text, f"{part}-revision": 1})
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert (problem.startswith("Request 2: "), why in problem) == (True, True)


def test_a_form_that_contradicts_itself_keeps_the_last_preview(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    client = as_user(world.bob)
    form = form_of(client.get(reverse("subpoena-form", args=[demand.pk])))
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    typed |= {"issue_date": "2031-07-02", "compliance_date": "2031-06-02"}
    answer = client.post(url(demand), {"parts": ["subpoena"], **{f"subpoena-{name}": value for name, value in typed.items()}})
    assert (answer.status_code, answer.json()["problems"]) == (
        422,
        ["Date of compliance: This lies before the date of issue. Check both dates."],
    )


def test_what_the_page_shows_already_is_not_sent_again(world: World, as_user: AsUser) -> None:
    demand = world.subpoena(requests=1).demand
    client, first = as_user(world.bob), demand.request_set.requests.get()
    have = [one["mark"] for one in client.post(url(demand)).json()["sections"]]
    part = f"request-{first.pk}"
    typed = {"parts": [part], f"{part}-text": "Changed.", f"{part}-revision": first.revision, "have": have}
    assert [name for name, markup in sections(client, demand, **typed).items() if markup] == ["schedule"]


def test_only_editors_ask_for_it_and_only_where_it_is_offered(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    assert posted(as_user, world, url(demand), {}) == DENIED
    for page in ("subpoena-schedule", "subpoena-form"):
        assert url(demand) in as_user(world.bob).get(reverse(page, args=[demand.pk])).text
    assert url(demand) in as_user(world.bob).get(reverse("set-detail", args=[demand.request_set_id])).text
    assert url(demand) not in as_user(world.rita).get(reverse("subpoena-schedule", args=[demand.pk])).text


@pytest.mark.parametrize("requests", [1, 30])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, requests: int
) -> None:
    demand = world.subpoena(requests=requests).demand
    client = as_user(world.bob)
    with django_assert_num_queries(QUERIES):
        client.post(url(demand))
