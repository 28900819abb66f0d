"""Courts and the clause library: everyone reads, staff writes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.models import Clause, Court
from tests.factories import World, make_court, make_user
from tests.staff.screens import AsUser, errors_of, form_of, statuses

ALL = dict.fromkeys(("alice", "bob", "rita", "charlie"), 200)
NONE = dict.fromkeys(("alice", "bob", "rita", "charlie"), 403)
COURT_QUERIES, CLAUSE_QUERIES = 4, 5


def clause(label: str, kind: str = "definition", text: str = "Means this.") -> Clause:
    return Clause.objects.create(kind=kind, label=label, text=text)


def test_everyone_reads_and_only_staff_writes(world: World, as_user: AsUser) -> None:
    stored = clause("Document")
    writing = [
        reverse("court-new"),
        reverse("court-edit", args=[world.case.court_id]),
        reverse("clause-new"),
        reverse("clause-edit", args=[stored.pk]),
    ]

    assert [statuses(as_user, world, url) for url in ("/courts/", "/library/")] == [ALL, ALL]
    assert [statuses(as_user, world, url) for url in writing] == [NONE] * 4
    client = as_user(make_user("kim", staff=True))
    assert [client.get(url).status_code for url in writing] == [200] * 4


def test_staff_adds_a_clause_and_its_label_stands_once(world: World, as_user: AsUser) -> None:
    client = as_user(make_user("kim", staff=True))
    typed = {"kind": "definition", "label": "Document", "text": "Means {recipient}.", "language": "en-US", "position": 10}

    assert client.post(reverse("clause-new"), typed)["Location"] == reverse("clause-list")
    response = client.post(reverse("clause-new"), {**typed, "text": "Other."})
    assert errors_of(response) == {"label": ["The library has a clause with this label in this language already."]}
    assert form_of(response)["text"].value() == "Other."


def test_the_library_counts_its_kinds_and_searches(world: World, as_user: AsUser) -> None:
    clause("Document")
    clause("Privilege", "instruction", "Give the log.")
    client = as_user(world.charlie)

    page = client.get("/library/?text=log")
    assert [(word, count) for word, _label, count in page.context["kinds"]] == [
        ("definition", 0),
        ("instruction", 1),
        ("request", 0),
        ("objection", 0),
    ]
    assert [row.label for row in page.context["page"]] == ["Privilege"]
    assert [row.label for row in client.get("/library/?kind=definition").context["page"]] == ["Document"]


def test_an_objection_names_its_ground_and_its_rule(world: World, as_user: AsUser) -> None:
    client = as_user(make_user("kim", staff=True))
    typed = {
        "kind": "objection",
        "label": "Burden",
        "text": "Too much.",
        "language": "en-US",
        "position": 10,
        "rule": "Rule 45(d)(1)",
    }

    refused = client.post(reverse("clause-new"), typed)
    client.post(reverse("clause-new"), {**typed, "ground": "burden"})

    assert errors_of(refused) == {"ground": ["Choose the ground on which this clause objects."]}
    kept = Clause.objects.get()
    assert (kept.ground, kept.rule) == ("burden", "Rule 45(d)(1)")
    assert "Rule 45(d)(1)" in client.get("/library/?kind=objection").text


def test_a_time_zone_that_is_none_is_said_at_the_field(world: World, as_user: AsUser) -> None:
    client = as_user(make_user("kim", staff=True))
    court = world.case.court
    values = {field: getattr(court, field) or "" for field in form_of(client.get(reverse("court-edit", args=[court.pk]))).fields}

    response = client.post(reverse("court-edit", args=[court.pk]), {**values, "time_zone": "Pacific"})

    assert errors_of(response) == {"time_zone": ["“Pacific” is no time zone. Write it like America/Los_Angeles."]}
    assert Court.objects.get(pk=court.pk).time_zone == "America/Los_Angeles"


def test_two_people_at_one_court_see_both_texts(world: World, as_user: AsUser) -> None:
    client, court = as_user(make_user("kim", staff=True)), world.case.court
    url = reverse("court-edit", args=[court.pk])
    values = {field: getattr(court, field) or "" for field in form_of(client.get(url)).fields}
    client.post(url, {**values, "district": "Northern District"})

    response = client.post(url, {**values, "district": "N.D."})

    assert response.context["form"].theirs == {"district": "Northern District"}


@pytest.mark.parametrize("rows", [1, 3])
def test_their_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        clause(f"Clause {number}")
        make_court(f"Court {number}")
    client = as_user(world.charlie)

    with django_assert_num_queries(COURT_QUERIES):
        client.get("/courts/")
    with django_assert_num_queries(CLAUSE_QUERIES):
        client.get("/library/")
