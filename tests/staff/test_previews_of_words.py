"""Previews of our answers, of letters and of testimony: before saving they show what prints after it, and store nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from discovery.domain.answers.by_request import start_response
from discovery.domain.library import fill_library
from discovery.enums import DemandKind, DisputeKind
from discovery.models import (
    Demand,
    Dispute,
    DisputedRequest,
    Draft,
    Event,
    Objection,
    PreservationDemand,
    RequestResponse,
    Response,
    Snapshot,
    Subpoena,
    Testimony,
)
from discovery.staff.previewed import paper_of
from tests.disputes import answered, rows_of, started
from tests.factories import World
from tests.party_sets import drafted
from tests.preserving import written
from tests.staff.screens import DENIED, AsUser, posted

HOSTILE = "Typed </style><script>alert(1)</script> {{ caption }} {% now 'Y' %} & it’s “so”."
QUERIES = 23


@dataclass(frozen=True)
class Screen:
    """A screen with a preview: its row, its address, the part that its form is, and what is typed into which fields."""

    row: models.Model
    address: str
    part: str
    typed: dict[str, Any]
    prints: tuple[str, ...]


def answers(world: World) -> Screen:
    """The second of our answers: objected to with the library's words, produced in part."""
    fill_library(by=world.alice)
    response = start_response(world.set_served_on_us(3), by=world.alice)
    typed = {"kind": "partial", "withheld": "yes", "on_burden": "on", "text": f"{HOSTILE}\r\n\r\nMore.", "bates": "DOE000001"}
    prints = (escape(HOSTILE), "Objection: Undue burden or expense", "is withholding documents", "Produced as DOE000001.")
    return Screen(response, f"{reverse('response-answers', args=[response.pk])}?no=2", "answer", typed, prints)


def frame(world: World) -> Screen:
    """What stands around our answers."""
    response = start_response(world.set_served_on_us(2), by=world.alice)
    typed = {"preliminary": HOSTILE, "general_objections": ""}
    return Screen(
        response, reverse("response-frame", args=[response.pk]), "frame", typed, (escape(HOSTILE), "PRELIMINARY STATEMENT")
    )


def joint(world: World) -> Screen:
    """A joint letter: a side's statement, and its position on the second request."""
    dispute = started(world, rows_of(world, party=True))
    second = dispute.requests.order_by("position").last()
    assert second is not None
    typed = {"our_statement": f"*Background.* {HOSTILE}", f"r{second.pk}-our_position": "Ours on the second."}
    return Screen(dispute, reverse("dispute-edit", args=[dispute.pk]), "dispute", typed, (escape(HOSTILE), "Ours on the second."))


def deficiency(world: World) -> Screen:
    """A letter: two requests under one theme, one proposal."""
    rows = rows_of(world)
    answered(world, rows)
    dispute = started(world, rows, DisputeKind.DEFICIENCY_LETTER)
    themes = {f"r{one.pk}-theme": "The plant" for one in dispute.requests.all()}
    proposal = {f"r{one.pk}-proposal": HOSTILE for one in dispute.requests.all()}
    prints = (escape(HOSTILE), "The plant (")
    return Screen(dispute, reverse("dispute-edit", args=[dispute.pk]), "dispute", {**themes, **proposal}, prints)


def motion(world: World) -> Screen:
    """A motion to compel: what is said on a request."""
    dispute = started(world, rows_of(world), DisputeKind.MOTION_TO_COMPEL)
    first = dispute.requests.order_by("position").first()
    assert first is not None
    typed = {f"r{first.pk}-our_position": HOSTILE, "courtroom": "Courtroom Q"}
    return Screen(dispute, reverse("dispute-edit", args=[dispute.pk]), "dispute", typed, (escape(HOSTILE),))


def preservation(world: World) -> Screen:
    """A preservation demand: its facts and whose records."""
    demand = written(world)
    typed = {"facts": HOSTILE, "custodians": "Ann Archer\r\nBob Baker"}
    prints = (escape(HOSTILE), "Ann Archer", "Bob Baker")
    return Screen(demand, reverse("preservation-edit", args=[demand.pk]), "preservation", typed, prints)


def notice(world: World) -> Screen:
    """A notice of deposition: its place and the day of the notice."""
    demand = world.examination(DemandKind.DEPOSITION)
    typed = {"place": HOSTILE, "notice-dated": "2025-07-21"}
    return Screen(demand, reverse("testimony-form", args=[demand.pk]), "testimony", typed, (escape(HOSTILE), "July 21, 2025"))


def summons(world: World) -> Screen:
    """A subpoena to testify: whom it is addressed to, before which officer."""
    demand = world.examination(bring=1)
    typed = {"addressee": "Unsaved Corp.", "officer": HOSTILE, "issue_date": "2025-07-21"}
    prints = (escape(HOSTILE), "Unsaved Corp.", "MATTERS")
    return Screen(demand, reverse("testimony-form", args=[demand.pk]), "testimony", typed, prints)


def set_paper(world: World) -> Screen:
    """A set of requests for production: where and when, and the date of the paper."""
    demand = drafted(world)
    typed = {"place": HOSTILE, "due_day": "2031-07-21", "due_hour": "11:00", "dated": "2031-06-02"}
    prints = (escape(HOSTILE), "July 21, 2031", "June 2, 2031")
    return Screen(demand, reverse("demand-paper", args=[demand.pk]), "paper", typed, prints)


MAKES = (answers, frame, joint, deficiency, motion, preservation, notice, summons, set_paper)
Make = Callable[[World], Screen]


def url(row: models.Model) -> str:
    return reverse("paper-preview", args=[paper_of(row), row.pk])


def shown_in(client: Client, screen: Screen) -> dict[str, Any]:
    """Return what a browser would send of the screen's forms as they come."""
    page = client.get(screen.address)
    forms: list[BaseForm] = [page.context[name] for name in ("form", "issued_form", "notice_form") if page.context.get(name)]
    fields = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in fields.items() if value not in (None, False)}


def sections(client: Client, row: models.Model, part: str = "", typed: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the HTML of the sections by name, with what was typed into the form of a part."""
    prefixed = {f"{part}-{name}": value for name, value in (typed or {}).items()}
    answer = client.post(url(row), {"parts": [part] if part else [], **prefixed})
    assert answer.status_code == 200, answer.text
    return {one["name"]: one["markup"] for one in answer.json()["sections"]}


def everything() -> list[Any]:
    """Return what a preview must leave as it is."""
    kinds = (Demand, Response, RequestResponse, Objection, Dispute, DisputedRequest, PreservationDemand, Testimony, Subpoena)
    rows: list[Any] = [list(model._default_manager.order_by("pk").values()) for model in kinds]
    return [*rows, Event.objects.count(), Draft.objects.count(), Snapshot.objects.count()]


@pytest.mark.parametrize("make", MAKES)
def test_what_is_typed_is_shown_as_it_prints_once_saved_and_nothing_is_stored(world: World, as_user: AsUser, make: Make) -> None:
    screen, client = make(world), as_user(world.bob)
    typed, stored, before = {**shown_in(client, screen), **screen.typed}, everything(), sections(client, screen.row)

    shown = sections(client, screen.row, screen.part, typed)

    assert [words in "".join(shown.values()) for words in screen.prints] == [True] * len(screen.prints)
    assert ("<script" in "".join(shown.values()), shown == before, everything() == stored) == (False, False, True)
    assert client.post(screen.address, typed).status_code == 302
    assert sections(client, screen.row) == shown


@pytest.mark.parametrize("make", MAKES)
def test_only_editors_ask_for_it_and_are_offered_it(world: World, as_user: AsUser, make: Make) -> None:
    screen = make(world)

    assert posted(as_user, world, url(screen.row), {}) == DENIED
    assert url(screen.row) in as_user(world.bob).get(screen.address).text
    assert url(screen.row) not in as_user(world.rita).get(screen.address).text


def test_an_answer_is_shown_where_none_was_written_yet(world: World, as_user: AsUser) -> None:
    screen, client = answers(world), as_user(world.bob)
    RequestResponse.objects.get(row__number=2).delete()
    typed = {**shown_in(client, screen), **screen.typed}

    shown = sections(client, screen.row, "answer", typed)["response"]

    found = [shown.index(words) for words in ("NO. 1:", escape(HOSTILE), "NO. 3:")]
    assert found == sorted(found)
    assert RequestResponse.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"text": "A smile \U0001f600"}, "No. 2: Words of the response: "),
        ({"reason_burden": "A bell \x07", "on_burden": "on"}, "No. 2: Reason: Undue burden or expense: "),
        ({"produce_by": "soon"}, "No. 2, By: "),
        ({"number": "7"}, "No. 7: There is no request No. 7; what was served has No. 1 to 3."),
        ({"kind": "admit"}, "No. 2, Answer: "),
    ],
)
def test_what_cannot_stand_is_said_by_its_place(world: World, as_user: AsUser, typed: dict[str, Any], problem: str) -> None:
    screen, client = answers(world), as_user(world.bob)
    data = {**shown_in(client, screen), **typed}

    answer = client.post(url(screen.row), {"parts": ["answer"], **{f"answer-{name}": value for name, value in data.items()}})

    assert answer.status_code == 422
    [said] = answer.json()["problems"]
    assert said.casefold().startswith(problem.casefold()), said


def test_a_character_that_cannot_be_printed_is_said_at_its_field(world: World, as_user: AsUser) -> None:
    letter = written(world)
    client, screen = as_user(world.bob), reverse("preservation-edit", args=[letter.pk])
    typed = {**shown_in(client, Screen(letter, screen, "preservation", {}, ())), "claims": "A bell \x07"}

    answer = client.post(url(letter), {"parts": ["preservation"], **{f"preservation-{name}": typed[name] for name in typed}})

    assert answer.json()["problems"] == ["Claims: The character U+0007 at position 8 cannot be printed; remove or replace it."]


def test_what_was_served_or_is_another_paper_has_none(world: World, as_user: AsUser) -> None:
    response, client = answers(world).row, as_user(world.bob)
    draft = url(response)
    others = [reverse("paper-preview", args=[paper, response.pk]) for paper in ("verification", "deadline_memo", "no-such")]
    Response.objects.filter(pk=response.pk).update(status="served", served_on="2025-07-18", method="email")

    assert [client.post(address).status_code for address in (draft, *others)] == [404] * 4
    assert "data-preview=" not in client.get(reverse("response-answers", args=[response.pk])).text


@pytest.mark.parametrize("requests", [2, 20])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, requests: int
) -> None:
    response = start_response(world.set_served_on_us(requests), by=world.alice)
    screen = Screen(response, f"{reverse('response-answers', args=[response.pk])}?no=2", "answer", {}, ())
    client = as_user(world.bob)
    typed = {**shown_in(client, screen), "text": "Typed."}
    with django_assert_num_queries(QUERIES):
        sections(client, response, "answer", typed)


def test_topics_are_shown_as_they_are_typed_and_the_first_one_makes_the_schedule(world: World, as_user: AsUser) -> None:
    deposed, client = world.examination(), as_user(world.bob)
    bare = world.examination(DemandKind.DEPOSITION, topics=0)
    second = deposed.request_set.requests.get(number=2)
    part = f"request-{second.pk}"

    changed = sections(client, deposed, part, {"text": HOSTILE, "revision": second.revision})
    begun = sections(client, bare, "request-new-1", {"text": HOSTILE})

    assert [escape(HOSTILE) in made["schedule"] for made in (changed, begun)] == [True, True]
    assert ("schedule" in sections(client, bare), bare.request_set.requests.count()) == (False, 0)
    for page in (deposed, bare):
        assert url(page) in client.get(reverse("subpoena-schedule", args=[page.pk])).text
