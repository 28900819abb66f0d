"""The list of papers."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from discovery.domain.binders import Binding, start_binder
from discovery.domain.composing.composers import COMPOSERS
from discovery.models import Draft, Snapshot
from tests.domain.test_commands import subjects
from tests.factories import World
from tests.preserving import written
from tests.staff.screens import AsUser

QUERIES = 6


def draft(world: World, name: str, state: str = "queued") -> Draft:
    snapshot, _made = Snapshot.objects.get_or_create(sha256="0" * 64, defaults={"content": "{}"})
    return Draft.objects.create(
        case=world.case,
        demand=world.subpoena(world.another_responder(name)).demand,
        paper="subpoena",
        snapshot=snapshot,
        state=state,
        error="No font." if state == "failed" else "",
        requested_by=world.alice,
    )


def listed(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> list[str]:
    page = as_user(getattr(world, who)).get(f"/papers/{query}").context["page"]
    return [str(one.demand.responding_party) for one in page]


def test_members_see_the_papers_of_their_cases(world: World, as_user: AsUser) -> None:
    draft(world, "Meta")

    seen = {who: listed(as_user, world, who=who) for who in ("alice", "bob", "rita", "charlie")}

    assert seen == {"alice": ["Meta"], "bob": ["Meta"], "rita": ["Meta"], "charlie": []}


def test_it_filters_searches_counts_and_sorts(world: World, as_user: AsUser) -> None:
    draft(world, "Meta")
    draft(world, "Anthropic", "failed")

    assert listed(as_user, world, "?state=failed") == ["Anthropic"]
    assert listed(as_user, world, "?text=met") == ["Meta"]
    assert listed(as_user, world, "?sort=-responder") == ["Meta", "Anthropic"]
    states = as_user(world.rita).get("/papers/").context["states"]
    counts = {word: count for word, _label, count in states}
    assert counts == {"queued": 1, "rendering": 0, "ready": 0, "failed": 1, "cancelled": 0}


@pytest.mark.parametrize("rows", [1, 3])
def test_letters_and_binders_cost_no_more_queries_and_are_found(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    snapshot = Snapshot.objects.create(sha256="0" * 64, content="{}")
    done = {"state": "ready", "pages": 2, "file": "x.pdf", "file_sha256": "0" * 64}
    common: Any = {"case": world.case, "requested_by": world.alice, "snapshot": snapshot, **done}
    for number in range(rows):
        Draft.objects.create(paper="preservation", preservation=written(world), **common)
        binder = start_binder(world.case, Binding(f"Exhibits {number}"), by=world.alice)
        Draft.objects.create(paper="binder", binder=binder, **common)
    client = as_user(world.rita)

    with django_assert_num_queries(QUERIES):
        shown = client.get("/papers/").text

    found = client.get("/papers/", {"text": "Exhibits 0"}).context["page"]
    assert ([str(one.about) for one in found], shown.count("/word/")) == (["Exhibits 0"], rows)
    assert "DRAFT" not in shown  # neither is made of a text that is approved


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        draft(world, f"Witness {number}")
    client = as_user(world.rita)

    with django_assert_num_queries(QUERIES):
        client.get("/papers/")


def test_what_its_papers_are_of_takes_no_query_of_its_own(
    world: World, as_user: AsUser, bells: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = subjects(world)
    snapshot = Snapshot.objects.create(sha256="0" * 64, content="{}")
    for kind in ("deadline_memo", "response", "motion_outline", "status_report", "cover_letter", "privilege_log", "binder"):
        for one in (kind, "preservation"):
            of = COMPOSERS[one]
            Draft.objects.create(
                paper=one,
                snapshot=snapshot,
                requested_by=world.alice,
                **{"case": world.case, of.subject: of.model._default_manager.get(pk=numbers[one])},
            )
    client = as_user(world.rita)

    with django_assert_num_queries(QUERIES):
        client.get("/papers/")
