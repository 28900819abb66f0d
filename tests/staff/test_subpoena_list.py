"""The list of demands: walls, filters, order, pages, export."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import submit
from discovery.domain.demands import start_party_set
from discovery.enums import DemandKind
from discovery.models import Case, Court, Demand, Person, RequestSet, RespondingParty
from discovery.staff.sheets import neutral
from tests.factories import World
from tests.staff.desk import walled_set
from tests.staff.screens import AsUser, another_case

URL = "/subpoenas/"
QUERIES = 7


def names(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> list[str]:
    return [row.responder for row in as_user(getattr(world, who)).get(f"{URL}{query}").context["rows"]]


def three(world: World) -> list[Demand]:
    """Return Alpha (oldest, due first), Beta (in review), Gamma."""
    found = []
    for place, name in enumerate(("Alpha", "Beta", "Gamma")):
        demand = world.subpoena(world.another_responder(name), name=f"Schedule to {name}").demand
        Demand.objects.filter(pk=demand.pk).update(
            created_at=timezone.now() + timedelta(minutes=place),
            due_at=datetime(2025, 7, 2 + place, 17, tzinfo=ZoneInfo("America/Los_Angeles")),
        )
        found.append(demand)
    submit(found[1], by=world.bob)
    return found


def test_members_see_their_cases_and_strangers_nothing(world: World, as_user: AsUser) -> None:
    three(world)
    walled = walled_set(world)
    stranger = RespondingParty.objects.create(case=walled.case, person=Person.objects.create(name="Hidden Corp."))
    Demand.objects.create(case=walled.case, request_set=walled, responding_party=stranger)

    seen = {who: names(as_user, world, who=who) for who in ("alice", "bob", "rita", "charlie")}

    assert seen == {who: ["Gamma", "Beta", "Alpha"] for who in ("alice", "bob", "rita")} | {"charlie": []}
    page = as_user(world.rita).get(URL)
    assert ("Hidden Corp." in page.text, "Walled v. Off" in page.text) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_for_any_number_of_rows(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(count):
        world.subpoena(world.another_responder(f"R{place}"))
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        response = client.get(URL)

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?text=alph", ["Alpha"]),
        ("?text=schedule+beta", ["Beta"]),
        ("?text=4:24-cv", ["Gamma", "Beta", "Alpha"]),
        ("?status=in_review", ["Beta"]),
        ("?kind=rfp", []),
        ("?kind=subpoena_documents", ["Gamma", "Beta", "Alpha"]),
        ("?due_from=2025-07-03", ["Gamma", "Beta"]),
        ("?due_to=2025-07-02", ["Alpha"]),
        ("?due_from=2025-07-03&due_to=2025-07-03", ["Beta"]),
        ("?sort=responder", ["Alpha", "Beta", "Gamma"]),
        ("?sort=-due", ["Gamma", "Beta", "Alpha"]),
        ("?sort=created", ["Alpha", "Beta", "Gamma"]),
        ("?sort=-status", ["Beta", "Alpha", "Gamma"]),
        ("?sort=nonsense", ["Gamma", "Beta", "Alpha"]),
        ("?status=nonsense", []),
        ("?due_from=soon", []),
        ("?case=999", []),
    ],
)
def test_filters_and_orders(world: World, as_user: AsUser, query: str, found: list[str]) -> None:
    three(world)

    assert names(as_user, world, query) == found


def test_chips_say_what_is_filtered_and_how_to_remove_it(world: World, as_user: AsUser) -> None:
    three(world)

    page = as_user(world.rita).get(f"{URL}?status=in_review&text=<b>&page=2")

    assert page.context["chips"] == [
        {"label": "Search", "value": "<b>", "without": "status=in_review"},
        {"label": "Status", "value": "In review", "without": "text=%3Cb%3E"},
    ]
    assert "Search: &lt;b&gt;" in page.text


def test_a_responding_party_of_a_walled_case_is_no_choice(world: World, as_user: AsUser) -> None:
    three(world)
    walled = walled_set(world)
    hidden = RespondingParty.objects.create(case=walled.case, person=Person.objects.create(name="Hidden Corp."))

    page = as_user(world.rita).get(f"{URL}?responding_party={hidden.pk}&case={walled.case_id}")

    assert (sorted(page.context["form"].errors), page.context["rows"]) == (["case", "responding_party"], [])
    assert ("Hidden Corp." in page.text, "Walled v. Off" in page.text) == (False, False)


def test_choices_of_responding_parties_follow_the_case(world: World, as_user: AsUser) -> None:
    three(world)
    other = another_case(world)

    page = as_user(world.alice).get(f"{URL}?case={other['case']}")

    assert [label for _pk, label in page.context["form"].fields["responding_party"].choices] == ["All", "Other Witness"]


def test_a_chosen_responding_party_beyond_the_first_is_offered_too(
    world: World, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discovery.staff.filters.OFFERED", 1)
    gamma = three(world)[2].responding_party_id

    page = as_user(world.rita).get(f"{URL}?responding_party={gamma}")

    assert [label for _pk, label in page.context["form"].fields["responding_party"].choices] == ["All", "Alpha", "Gamma"]
    assert [row.responder for row in page.context["rows"]] == ["Gamma"]
    assert [chip["value"] for chip in page.context["chips"]] == ["Gamma"]


def test_words_of_a_case_find_its_demands_only(world: World, as_user: AsUser) -> None:
    three(world)
    another_case(world)

    assert names(as_user, world, "?text=roe+v.", who="alice") == ["Gamma", "Beta", "Alpha"]
    assert names(as_user, world, "?text=other", who="alice") == []


def test_party_sets_lead_to_their_demand_and_are_selected_by_editors(world: World, as_user: AsUser) -> None:
    jane = RespondingParty.objects.create(case=world.case, person=world.opponent.person)
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Set One", number=1)
    start_party_set(request_set, [jane], DemandKind.RFP, by=world.bob)

    found = {who.username: as_user(who).get(URL).context["rows"][0] for who in (world.bob, world.rita)}

    row = found["bob"]
    assert (row.url, row.kind) == (
        reverse("demand-detail", args=[request_set.demands.get().pk]),
        "Requests for production (Rule 34)",
    )
    assert {who: one.selectable for who, one in found.items()} == {"bob": True, "rita": False}


def test_names_are_escaped(world: World, as_user: AsUser) -> None:
    world.subpoena(world.another_responder("<i>Evil</i>"), name='"><script>')

    page = as_user(world.bob).get(URL).text

    assert ("&lt;i&gt;Evil&lt;/i&gt;" in page, "<i>Evil" in page, '"><script>"' in page) == (True, False, False)


def test_fifty_rows_a_page(world: World, as_user: AsUser) -> None:
    sets = RequestSet.objects.bulk_create(
        RequestSet(case=world.case, propounded_by=world.group, name=f"S{place}") for place in range(52)
    )
    Demand.objects.bulk_create(Demand(case=world.case, request_set=one, responding_party=world.responder) for one in sets)
    client = as_user(world.rita)

    assert [len(client.get(f"{URL}?page={page}").context["rows"]) for page in (1, 2, 99)] == [50, 2, 2]


def test_an_empty_desk_says_what_to_do_next(world: World, as_user: AsUser) -> None:
    assert "No subpoena yet" in as_user(world.bob).get(URL).text
    assert "Nothing matches" in as_user(world.bob).get(f"{URL}?text=zzz").text


def exported(as_user: AsUser, world: World, query: str = "", who: str = "rita") -> list[list[str]]:
    response = as_user(getattr(world, who)).get(f"{reverse('subpoena-export')}{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))[1:]


def test_the_export_holds_what_is_filtered_and_no_formula(world: World, as_user: AsUser) -> None:
    three(world)
    Case.objects.filter(pk=world.case.pk).update(name="=cmd|' /C calc'!A0")
    Person.objects.filter(name="Beta").update(name="@SUM(1)")

    rows = exported(as_user, world, "?status=in_review")

    assert [row[:6] for row in rows] == [
        [
            "'=cmd|' /C calc'!A0",
            "4:24-cv-00001-ABC",
            "'@SUM(1)",
            "Subpoena for documents (Rule 45)",
            "Schedule to Beta",
            "In review",
        ]
    ]
    assert rows[0][7] == "2025-07-03 17:00"
    Court.objects.filter(pk=world.case.court_id).update(time_zone="America/New_York")
    assert exported(as_user, world, "?status=in_review")[0][7] == "2025-07-03 20:00"  # the hour at the court, not at the server
    assert exported(as_user, world, who="charlie") == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(start: str) -> None:
    assert (neutral(f"{start}1"), neutral("a=1"), neutral(None), neutral(3)) == (f"'{start}1", "a=1", "", "3")
