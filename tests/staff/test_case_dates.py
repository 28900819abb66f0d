"""The dates of a case: filters in the address, pages, CSV, entering one by hand, and the panel on the case's page."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.dates.deadlines import confirm, mark_done
from discovery.models import Deadline, Event
from tests.factories import World, make_world
from tests.staff.dates import by_hand, objections, refused, url
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, posted, statuses

QUERIES = 7
TYPED = {"title": "Call", "kind": "other", "side": "theirs", "due": "2027-03-01", "hour": "", "reason": "E-mail"}


def address(world: World, name: str = "case-dates") -> str:
    return reverse(name, args=[world.case.pk])


def shown(as_user: AsUser, world: World, query: str = "") -> list[str]:
    return [line.row.title for line in as_user(world.rita).get(address(world) + query).context["lines"]]


@pytest.fixture
def four(world: World) -> World:
    """Three open dates by due day, and one that is done."""
    by_hand(world, "Later", date(2027, 4, 1), ours=False)
    by_hand(world, "Sooner", date(2027, 3, 1))
    by_hand(world, "Hearing", date(2027, 3, 9), kind="court_date")
    mark_done(by_hand(world, "Past", date(2025, 3, 1)), date(2025, 3, 1), "Done", by=world.bob)
    return world


def test_members_see_them(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, address(world)) == READ
    assert statuses(as_user, world, address(world, "case-dates-export")) == READ
    assert statuses(as_user, world, address(world, "deadline-new")) == EDIT


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Sooner", "Hearing", "Later"]),
        ("?state=done", ["Past"]),
        ("?state=void", []),
        ("?state=all", ["Past", "Sooner", "Hearing", "Later"]),
        ("?side=theirs", ["Later"]),
        ("?side=ours&state=all", ["Past", "Sooner", "Hearing"]),
        ("?kind=court_date", ["Hearing"]),
        ("?state=x&side=y&kind=z&page=99", ["Sooner", "Hearing", "Later"]),
    ],
)
def test_the_address_is_the_view(four: World, as_user: AsUser, query: str, titles: list[str]) -> None:
    assert shown(as_user, four, query) == titles


def test_chips_count_what_they_show(four: World, as_user: AsUser) -> None:
    wanted = as_user(four.rita).get(address(four) + "?side=ours").context["filter"]

    assert [(chip.value, chip.count, chip.chosen) for chip in wanted.states()] == [
        ("open", 2, True),
        ("done", 1, False),
        ("void", 0, False),
        ("all", 3, False),
    ]
    assert [(chip.value, chip.count) for chip in wanted.sides()] == [("", 3), ("ours", 2), ("theirs", 1)]
    assert [(chip.value, chip.count) for chip in wanted.kinds()] == [("court_date", 1), ("other", 1)]


def test_what_has_no_date_comes_first(world: World, as_user: AsUser) -> None:
    by_hand(world, "Sooner", date(2020, 1, 1))
    refused(world)

    assert shown(as_user, world) == ["Dates that follow from service", "Sooner"]


def test_another_cases_dates_stay_there(four: World, as_user: AsUser) -> None:
    other = make_world("Other v. Case", "4:24-cv-00009-ABC")
    by_hand(other, "Elsewhere")

    assert "Elsewhere" not in shown(as_user, four, "?state=all")


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    row = objections(world)
    confirm(row, by=world.bob)
    Deadline.objects.update(owner=world.rita)
    for number in range(rows):
        by_hand(world, f"Date {number}")
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        response = client.get(address(world))

    assert len(response.context["lines"]) == rows + 3


def test_long_lists_have_pages(world: World, as_user: AsUser) -> None:
    first = by_hand(world)
    rows = [
        Deadline(**{field.attname: getattr(first, field.attname) for field in Deadline._meta.concrete_fields}) for _n in range(55)
    ]
    for number, row in enumerate(rows):
        row.pk, row.key = None, f"hand:{number}"
    Deadline.objects.bulk_create(rows)

    assert [len(shown(as_user, world, query)) for query in ("", "?page=2")] == [50, 6]
    assert (
        len(list(csv.reader(io.StringIO(as_user(world.rita).get(address(world, "case-dates-export")).getvalue().decode())))) == 57
    )


def test_the_export_holds_what_is_filtered_and_no_formula(four: World, as_user: AsUser) -> None:
    by_hand(four, "=HYPERLINK(1)", date(2027, 5, 1), ours=False)

    response = as_user(four.rita).get(address(four, "case-dates-export") + "?side=theirs")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Due"], row["What"], row["State"], row["Rests on"], row["Time zone"]) for row in rows] == [
        ("2027-04-01", "Later", "Open", "Entered by hand", "America/Los_Angeles"),
        ("2027-05-01", "'=HYPERLINK(1)", "Open", "Entered by hand", "America/Los_Angeles"),
    ]


def test_a_date_is_entered_by_hand(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(address(world, "deadline-new"), {**TYPED, "hour": "16:30"})

    row = Deadline.objects.get()
    assert response["Location"] == url(row)
    assert (row.title, row.ours, row.by_hour, row.note, row.set_by) == ("Call", False, True, "E-mail", world.bob)
    assert posted(as_user, world, address(world, "deadline-new"), TYPED) == DENIED
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\u1201"}, "title"),
        ({"reason": " "}, "reason"),
        ({"due": "soon"}, "due"),
        ({"kind": "party"}, "kind"),
        ({"side": "both"}, "side"),
    ],
)
def test_what_cannot_be_entered_comes_back_with_what_was_typed(
    world: World, as_user: AsUser, changed: dict[str, str], field: str
) -> None:
    response = as_user(world.bob).post(address(world, "deadline-new"), {**TYPED, **changed})

    assert (response.status_code, list(errors_of(response))) == (422, [field])
    assert response.context["form"]["title"].value() == {**TYPED, **changed}["title"]
    assert not Deadline.objects.exists()


def test_the_cases_page_shows_the_next_ten(world: World, as_user: AsUser) -> None:
    for number in range(1, 12):
        by_hand(world, f"Date {number}", date(2027, 3, number))

    response = as_user(world.rita).get(reverse("case-detail", args=[world.case.pk]))

    assert [line.row.title for line in response.context["next_dates"]] == [f"Date {number}" for number in range(1, 11)]
    assert response.context["more_dates"] is True
    assert f'href="{address(world)}"' in response.text
