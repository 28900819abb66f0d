"""The screens of productions: a volume with its requests in one form, corrections, ties in bulk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from discovery.domain.productions.coverage import ranges_of
from discovery.law.bates import listed
from discovery.models import Attachment, Deadline, Demand, Event, Production
from tests.factories import World
from tests.producing import logged, tied
from tests.staff.screens import DENIED, EDIT, READ, AsUser, another_case, errors_of, form_of, posted, statuses
from tests.staff.serving import proof

HASH = "ab" * 32
LIST_QUERIES, DETAIL_QUERIES, NEW_QUERIES, TIE_QUERIES = 8, 10, 9, 8


@pytest.fixture
def demand(world: World) -> Demand:
    return world.served_set(3)


def url(name: str, pk: int) -> str:
    return reverse(f"production-{name}", args=[pk])


def new(demand: Demand) -> str:
    return f"{url('new', demand.case_id)}?demand={demand.pk}"


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "ranges": "META000001-META000250",
        "produced_on": "2025-07-18",
        "medium": "transfer",
        "volume": "META-VOL001",
        "note": "From <Meta>",
        **changes,
    }


def test_who_may_read_and_who_may_write(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand)
    read = [url("list", world.case.pk), url("detail", production.pk)]
    write = [new(demand), *(url(name, production.pk) for name in ("edit", "ranges", "tie"))]

    assert [statuses(as_user, world, one) for one in read] == [READ, READ]
    assert [statuses(as_user, world, one) for one in write] == [EDIT] * 4
    assert [posted(as_user, world, one, typed()) for one in write] == [DENIED] * 4
    assert (Production.objects.count(), listed(ranges_of(production))) == (1, "META000001–META000250")


def test_range_date_and_requests_are_one_form_and_then_the_coverage(world: World, as_user: AsUser, demand: Demand) -> None:
    one, two, three = demand.rows.all()
    client = as_user(world.bob)
    form = form_of(client.get(new(demand)))
    assert form["produced_on"].value() == timezone.localdate()

    ticks = {f"row_{one.pk}": "on", f"row_{two.pk}": "on", f"pages_{three.pk}": "META000010-META000020"}
    shown = client.post(new(demand), typed(sha256=HASH.upper(), upload=proof("letter.pdf"), **ticks), follow=True)

    made = Production.objects.get()
    assert shown.redirect_chain == [(reverse("demand-coverage", args=[demand.pk]), 302)]
    assert "META-VOL001 is recorded: 250 pages, tied to 3 requests." in shown.text
    assert (made.sha256, made.note, made.recorded_by, made.paper) == (HASH, "From <Meta>", world.bob, Attachment.objects.get())
    assert tied(made) == {1: "META000001–META000250", 2: "META000001–META000250", 3: "META000010–META000020"}


def test_the_next_volume_gets_the_next_name(world: World, as_user: AsUser, demand: Demand) -> None:
    logged(world, demand, name="META-VOL009")

    form = form_of(as_user(world.bob).get(new(demand)))

    assert form["volume"].value() == "META-VOL010"
    assert "The last page on record is META000250." in str(form["ranges"].help_text)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ranges": "META000250-META000001"}, "ranges", "runs backward"),
        ({"ranges": "META000001-OAI000250"}, "ranges", "different prefixes"),
        ({"ranges": "META000001-META000250; META000100"}, "ranges", "overlap"),
        ({"ranges": ""}, "ranges", "Write which pages came"),
        ({"ranges": "TAKEN000005-TAKEN000020"}, "ranges", "overlaps TAKEN000001–TAKEN000010 of the volume OLD"),
        ({"produced_on": "2099-01-01"}, "produced_on", "This day lies ahead."),
        ({"sha256": "abc"}, "sha256", "64 hexadecimal digits"),
        ({"volume": ""}, "volume", "This field is required."),
        ({"volume": "OLD"}, "volume", "A volume of this name is recorded for this party"),
        ({"medium": "pigeon"}, "medium", "Select a valid choice."),
        ({"upload": proof("tool.exe")}, "upload", "This kind of file is not taken."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    world: World, as_user: AsUser, demand: Demand, changes: dict[str, Any], field: str, words: str
) -> None:
    logged(world, demand, "TAKEN000001-TAKEN000010", name="OLD")
    row = demand.rows.all()[0]
    ticks = {f"row_{row.pk}": "on"}

    shown = as_user(world.bob).post(new(demand), typed(**ticks, **changes))

    errors = errors_of(shown)
    assert (shown.status_code, list(errors), Production.objects.count()) == (422, [field], 1)
    assert words in errors[field][0]
    form = form_of(shown)
    assert (form["note"].value(), form[f"row_{row.pk}"].value()) == ("From <Meta>", True)
    assert "From &lt;Meta&gt;" in shown.text


@pytest.mark.parametrize(
    ("pages", "words"), [("META000900", "META000900 is not among the pages of this volume"), ("META", "has no number at its end")]
)
def test_wrong_pages_of_a_request_are_said_beside_it(world: World, as_user: AsUser, demand: Demand, pages: str, words: str) -> None:
    row = demand.rows.all()[1]

    shown = as_user(world.bob).post(new(demand), typed(**{f"pages_{row.pk}": pages}))

    assert list(errors_of(shown)) == [f"pages_{row.pk}"]
    assert words in shown.text
    assert Production.objects.count() == 0


def test_who_produced_is_asked_when_it_is_not_known(world: World, as_user: AsUser, demand: Demand) -> None:
    client, address = as_user(world.bob), url("new", world.case.pk)

    asked = client.get(address)
    one = client.get(f"{address}?responder={world.responder.pk}")

    assert [(str(row), row.asked) for row in asked.context["responders"]] == [("Jane Roe", 3), ("Witness Corp.", 0)]
    assert (one.context["responder"], one.context["groups"]) == (world.responder, [])
    assert client.post(address, typed()).status_code == 422
    assert Production.objects.count() == 0


def test_ids_of_another_case_are_not_found(world: World, as_user: AsUser, demand: Demand) -> None:
    other = another_case(world)
    client = as_user(world.alice)

    assert client.get(f"{url('new', other['case'])}?demand={demand.pk}").status_code == 404
    assert client.get(f"{url('new', world.case.pk)}?responder={other['responder']}").status_code == 404
    assert client.get(f"{url('new', world.case.pk)}?demand=x").status_code == 404


def test_a_correction_shows_old_and_new_in_the_history(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand, rows=demand.rows.all())
    client = as_user(world.bob)
    form = form_of(client.get(url("edit", production.pk)))
    assert form["ranges"].value() == "META000001–META000250"

    shown = client.post(url("edit", production.pk), typed(ranges="META000001-META000205", volume="VOL01", revision=1), follow=True)

    assert shown.redirect_chain == [(url("detail", production.pk), 302)]
    assert "Volume: VOL001 → VOL01" in shown.text
    assert "Bates ranges: META000001–META000250 → META000001–META000205" in shown.text
    assert set(tied(production).values()) == {"META000001–META000205"}


def test_two_people_at_once_see_both_ranges(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand)
    client = as_user(world.bob)
    added = client.post(url("ranges", production.pk), {"ranges": "META000251 - 260"}, follow=True)
    assert "Added: META000251–META000260." in added.text

    shown = client.post(url("edit", production.pk), typed(volume="VOL001", revision=1, note=""))

    assert shown.context["form"].theirs == {"ranges": "META000001–META000250\nMETA000251–META000260"}
    assert listed(ranges_of(production)) == "META000001–META000250; META000251–META000260"


def test_nothing_is_added_twice(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand)
    for text, words in (("META000250", "overlaps"), ("", "Write the range to add")):
        errors = errors_of(as_user(world.bob).post(url("ranges", production.pk), {"ranges": text}))
        assert words in errors["ranges"][0]
    assert Event.objects.filter(act="production_changed").count() == 0


def test_pages_are_tied_and_untied_in_bulk(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand)
    rows = [row.pk for row in demand.rows.all()]
    client, address = as_user(world.bob), url("tie", production.pk)

    back = client.post(f"{address}?demand={demand.pk}", {"rows": rows, "pages": "META000001 - 100", "act": "tie"})
    client.post(address, {"rows": rows[:2], "pages": "META000050 - 100", "act": "untie"})

    assert back["Location"] == reverse("demand-coverage", args=[demand.pk])
    assert tied(production) == {1: "META000001–META000049", 2: "META000001–META000049", 3: "META000001–META000100"}
    lines = [line for group in client.get(address).context["groups"] for line in group.lines]
    assert [line.tied for line in lines] == ["META000001–META000049", "META000001–META000049", "META000001–META000100"]
    untying, tying, _logging = client.get(url("detail", production.pk)).context["told"]
    assert untying.changes == [f"Untied from Jane Roe, No. {number}: META000050–META000100" for number in (1, 2)]
    assert tying.changes == [f"Tied to Jane Roe, No. {number}: META000001–META000100" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("rows", "pages", "field", "words"),
    [
        ("none", "", "rows", "Tick at least one request."),
        ("own", "META000251", "pages", "META000251 is not among the pages of this volume"),
        ("own", "META", "pages", "has no number"),
        ("other", "", "rows", "is not one of the available choices"),
    ],
)
def test_ties_that_cannot_be_are_said_at_their_field(
    world: World, as_user: AsUser, demand: Demand, rows: str, pages: str, field: str, words: str
) -> None:
    production, other = logged(world, demand), world.served_subpoena(1)
    chosen = {"none": [], "own": [demand.rows.all()[0].pk], "other": [other.rows.get().pk]}[rows]

    shown = as_user(world.bob).post(url("tie", production.pk), {"rows": chosen, "pages": pages, "act": "tie"})

    errors = errors_of(shown)
    assert (shown.status_code, list(errors)) == (422, [field])
    assert words in errors[field][0]
    assert errors[field][0].replace("’", "") in shown.text.replace("’", "").replace("&#x27;", "'")
    assert (tied(production), form_of(shown)["pages"].value()) == ({}, pages)


def test_the_page_offers_the_open_dates_and_the_letter_of_our_own(world: World, as_user: AsUser) -> None:
    theirs, ours = world.served_set(1), world.set_served_on_us(1)
    world.deadline(date(2027, 3, 1), demand=theirs, kind="compliance", title="Produce")
    world.deadline(date(2027, 3, 1), demand=theirs, kind="motion", title="Move to compel")
    world.deadline(date(2027, 3, 1), demand=ours, kind="compliance", title="We produce")
    first, second = logged(world, theirs), logged(world, ours, "DOE000001")
    client = as_user(world.bob)

    shown, own = client.get(url("detail", first.pk)), client.get(url("detail", second.pk))

    assert [row.title for row, _due in shown.context["dates"]] == ["Produce"]
    assert reverse("deadline-done", args=[Deadline.objects.get(title="Produce").pk]) in shown.text
    letter = reverse("paper-make", args=["cover_letter", second.pk])
    assert (letter in own.text, "cover_letter" in shown.text) == (True, False)
    assert (
        reverse("deadline-done", args=[Deadline.objects.get(title="Produce").pk])
        not in as_user(world.rita).get(url("detail", first.pk)).text
    )


def test_a_letter_for_the_other_side_says_why_not(world: World, as_user: AsUser, demand: Demand) -> None:
    production = logged(world, demand)

    shown = as_user(world.bob).post(reverse("paper-make", args=["cover_letter", production.pk]), follow=True)

    assert "its cover letter is theirs" in shown.text
    assert production.drafts.count() == 0


def test_what_the_list_says(world: World, as_user: AsUser, demand: Demand) -> None:
    client = as_user(world.rita)
    assert "Nothing was produced yet" in client.get(url("list", world.case.pk)).text
    logged(world, demand, "A0001-A0010; A0021", demand.rows.all()[:2])
    logged(world, world.served_subpoena(1), "B0001", name="W1")

    context = client.get(url("list", world.case.pk)).context

    assert [(one.volume, listed(ranges), pages, one.requests) for one, ranges, pages in context["lines"]] == [
        ("W1", "B0001", 1, 0),
        ("VOL001", "A0001–A0010; A0021", 11, 2),
    ]
    assert [(str(one.responding_party), one.asked, one.with_pages) for one in context["demands"]] == [
        ("Witness Corp.", 1, 0),
        ("Jane Roe", 3, 2),
    ]


def test_queries_do_not_grow(world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = as_user(world.rita)
    demand = world.served_set(2)
    first = logged(world, demand, "A0001-A0010", demand.rows.all())
    more = world.served_set(20)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("list", world.case.pk))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url("detail", first.pk))

    text = "; ".join(f"B{number:04d}" for number in range(1, 40, 2))
    last = logged(world, more, text, more.rows.all(), name="VOL900")
    for number in range(20):
        logged(world, more, f"C{number:04d}", more.rows.all(), name=f"V{number}")
        world.deadline(date(2027, 3, 1), demand=more, kind="compliance")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("list", world.case.pk))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url("detail", last.pk))


def test_the_forms_ask_no_more_for_many_requests(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(world.bob)
    for demand in (world.served_subpoena(2), world.served_set(30)):
        production = logged(world, demand, f"D{demand.pk}X1", demand.rows.all())
        with django_assert_num_queries(NEW_QUERIES):
            client.get(new(demand))
        with django_assert_num_queries(TIE_QUERIES):
            client.get(f"{url('tie', production.pk)}?pages=untied")
