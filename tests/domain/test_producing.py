"""Productions: volumes with their ranges, ties to requests in bulk, corrections that keep what stood before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from discovery.domain.errors import Conflict, Refused
from discovery.domain.productions.coverage import coverage_of, ranges_of
from discovery.domain.productions.producing import (
    Tie,
    add_ranges,
    correct_production,
    log_production,
    tie_pages,
    typed_ranges,
    untie_pages,
)
from discovery.law.bates import listed, parse_ranges
from discovery.models import BatesRange, Demand, Event, PageTie, Production
from tests.factories import World
from tests.producing import PRODUCED, logged, tied, volume

pytestmark = pytest.mark.django_db
HASH = "AB" * 32


@pytest.fixture
def demand(world: World) -> Demand:
    return world.served_set(3)


def last_event() -> Event:
    return Event.objects.order_by("-pk")[0]


def test_a_volume_is_recorded_with_its_pages_and_requests(world: World, demand: Demand) -> None:
    one, two, _three = demand.rows.all()
    ties = [Tie(one), Tie(two, tuple(parse_ranges("META000010 - 20; META000300")))]
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter", "application/pdf")

    made = log_production(
        volume(demand, sha256=f" {HASH} "), parse_ranges("META000300; META000001-250"), ties, by=world.bob, upload=letter
    )

    stored = Production.objects.get()
    assert (stored, stored.side, stored.sha256, stored.recorded_by) == (made, "theirs", HASH.lower(), world.bob)
    assert stored.paper is not None
    assert listed(ranges_of(stored)) == "META000001–META000250; META000300"
    assert tied(stored) == {
        1: "META000001–META000250; META000300–META000300",
        2: "META000010–META000020; META000300–META000300",
    }
    event = last_event()
    assert (event.act, event.subject, event.summary) == ("production_logged", f"production:{made.pk}", "VOL001: Jane Roe")
    assert event.happened_at.date() == PRODUCED
    assert (event.details["pages"], event.details["ranges"]) == (251, ["META000001–META000250", "META000300"])
    assert event.details["tied"]["Jane Roe, No. 2"] == "META000010–META000020; META000300"


def test_what_our_client_produces_is_ours(world: World) -> None:
    assert logged(world, world.set_served_on_us(1)).side == "ours"


def test_an_inspection_alone_has_no_pages(world: World, demand: Demand) -> None:
    assert ranges_of(logged(world, demand, "", medium="inspection")) == []
    with pytest.raises(Refused, match="Write which pages came") as refused:
        logged(world, demand, "", name="VOL002")
    assert refused.value.field == "ranges"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"produced_on": date(2099, 1, 1)}, "produced_on", "This day lies ahead"),
        ({"sha256": "abc"}, "sha256", "64 hexadecimal digits; this has 3"),
        ({"sha256": "g" * 64}, "sha256", "64 hexadecimal digits"),
    ],
)
def test_facts_that_cannot_be_are_refused(world: World, demand: Demand, fields: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        logged(world, demand, **fields)
    assert (refused.value.field, Production.objects.count(), BatesRange.objects.count()) == (field, 0, 0)


def test_a_responder_of_another_case_is_refused(world: World, demand: Demand) -> None:
    production = volume(demand)
    production.case = type(world.case).objects.create(court=world.case.court, docket_number="9", name="Other")
    with pytest.raises(Refused) as refused:
        log_production(production, parse_ranges("A1"), by=world.alice)
    assert refused.value.field == "responding_party"


def test_a_volume_is_named_once_per_party(world: World, demand: Demand) -> None:
    logged(world, demand, "META000001")
    with pytest.raises(ValidationError, match="Volume already exists"):
        logged(world, demand, "META000002")


def test_requests_of_others_and_pages_outside_are_refused_at_their_field(world: World, demand: Demand) -> None:
    other, mine = world.served_subpoena(1).rows.get(), demand.rows.all()[0]
    outside = Tie(mine, tuple(parse_ranges("META000240-META000260; META000300")))

    for tie, words in ((Tie(other), "was not asked of Jane Roe"), (outside, "META000251–META000260; META000300 is not among")):
        with pytest.raises(Refused, match=words) as refused:
            log_production(volume(demand), parse_ranges("META000001-250"), [tie], by=world.alice)
        assert refused.value.field == f"pages_{tie.row.pk}"
    assert (Production.objects.count(), PageTie.objects.count(), Event.objects.filter(act="production_logged").count()) == (0, 0, 0)


def test_pages_of_another_volume_are_refused_by_the_database_and_named(world: World, demand: Demand) -> None:
    logged(world, demand, "META000001-META000250")
    with pytest.raises(Refused) as refused:
        logged(world, demand, "META000200-META000300", name="VOL002")
    assert str(refused.value) == (
        "META000200–META000300 overlaps META000001–META000250 of the volume VOL001. "
        "A page has one number: correct this range, or that volume."
    )
    assert (refused.value.field, Production.objects.count()) == ("ranges", 1)


@pytest.mark.parametrize(("first", "last", "fits"), [(251, 260, True), (250, 260, False), (2, 2, False), (0, 999, False)])
def test_the_database_itself_keeps_ranges_apart(world: World, demand: Demand, first: int, last: int, fits: bool) -> None:
    production = logged(world, demand, "META000001-META000250")
    values = {"case": world.case, "production": production, "digits": 6, "first": first, "last": last}

    BatesRange.objects.create(**{**values, "prefix": "OTHER"})
    if fits:
        BatesRange.objects.create(**values, prefix="META")
        return
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        BatesRange.objects.create(**values, prefix="META")
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        BatesRange.objects.filter(prefix="OTHER").update(prefix="META")


def test_one_prefix_is_not_written_two_ways(world: World, demand: Demand) -> None:
    logged(world, demand, "META000001-META000250")
    with pytest.raises(Refused, match="has the prefix “META” already, written otherwise than “Meta ”"):
        logged(world, demand, "Meta 000251", name="VOL002")


def test_a_corrected_range_keeps_old_and_new_in_the_event(world: World, demand: Demand) -> None:
    one, two, three = demand.rows.all()
    production = logged(world, demand, "META000001-META000250", [one])
    tie_pages(production, [two], parse_ranges("META000200-META000220"), by=world.alice)
    tie_pages(production, [three], parse_ranges("META000240-META000250"), by=world.alice)
    production.volume = "VOL01"

    correct_production(production, parse_ranges("META000001-META000205"), by=world.bob, revision=1)

    assert listed(ranges_of(production)) == "META000001–META000205"
    assert tied(production) == {1: "META000001–META000205", 2: "META000200–META000205"}
    event = last_event()
    assert (event.act, event.actor) == ("production_changed", world.bob)
    assert event.details == {
        "changed": {
            "volume": ["VOL001", "VOL01"],
            "ranges": ["META000001–META000250", "META000001–META000205"],
        },
        "untied": {
            "Jane Roe, No. 1": "META000206–META000250",
            "Jane Roe, No. 2": "META000206–META000220",
            "Jane Roe, No. 3": "META000240–META000250",
        },
    }


def test_a_wrong_prefix_is_corrected_with_what_was_tied_to_all(world: World, demand: Demand) -> None:
    production = logged(world, demand, "MEAT000001-MEAT000250", demand.rows.all())

    correct_production(production, parse_ranges("META000001-META000250"), by=world.alice, revision=None)

    assert set(tied(production).values()) == {"META000001–META000250"}


def test_a_correction_may_swap_where_ranges_part(world: World, demand: Demand) -> None:
    production = logged(world, demand, "A0001-A0100; A0101-A0200")
    correct_production(production, parse_ranges("A0001-A0150; A0151-A0200"), by=world.alice, revision=1)
    assert listed(ranges_of(production)) == "A0001–A0150; A0151–A0200"


def test_a_correction_that_meets_another_volume_changes_nothing(world: World, demand: Demand) -> None:
    logged(world, demand, "A0001-A0100")
    production = logged(world, demand, "A0101-A0200", demand.rows.all(), name="VOL002")
    with pytest.raises(Refused, match="of the volume VOL001"):
        correct_production(production, parse_ranges("A0100-A0200"), by=world.alice, revision=1)
    assert (listed(ranges_of(production)), len(tied(production))) == ("A0101–A0200", 3)


def test_two_people_who_correct_at_once_see_each_other(world: World, demand: Demand) -> None:
    production = logged(world, demand, "A0001")
    add_ranges(production, parse_ranges("A0002-A0003"), by=world.bob)
    with pytest.raises(Conflict):
        correct_production(production, parse_ranges("A0001"), by=world.alice, revision=1)
    assert last_event().details == {"changed": {"ranges": ["A0001", "A0001; A0002–A0003"]}}


def test_pages_are_tied_and_untied_in_bulk_with_one_event_each(world: World, demand: Demand) -> None:
    production = logged(world, demand, "A0001-A0100; B0001-B0010")
    rows = list(demand.rows.all())
    before = Event.objects.count()

    assert tie_pages(production, rows, by=world.bob) == 3
    assert untie_pages(production, rows[:2], parse_ranges("A0050-A0100; B0001-B0010"), by=world.bob) == 2
    assert tie_pages(production, rows, parse_ranges("A0050-A0060"), by=world.bob) == 2

    assert tied(production) == {1: "A0001–A0060", 2: "A0001–A0060", 3: "A0001–A0100; B0001–B0010"}
    told = list(Event.objects.order_by("pk").values_list("act", flat=True))[before:]
    assert told == ["pages_tied", "production_changed", "pages_tied"]
    assert last_event().details["requests"] == ["Jane Roe, No. 1", "Jane Roe, No. 2"]


@pytest.mark.parametrize(
    ("act", "numbers", "text", "field", "words"),
    [
        (tie_pages, [], "", "rows", "Tick at least one request"),
        (tie_pages, [1], "", "rows", "tied to these requests already"),
        (tie_pages, [2], "A0100-A0101", "pages", "A0101 is not among the pages"),
        (untie_pages, [2], "", "rows", "None of these pages is tied"),
        (untie_pages, [1], "B0001", "rows", "None of these pages is tied"),
    ],
)
def test_ties_that_change_nothing_or_cannot_be_are_refused(
    world: World, demand: Demand, act: Any, numbers: list[int], text: str, field: str, words: str
) -> None:
    production = logged(world, demand, "A0001-A0100", demand.rows.filter(number=1))
    with pytest.raises(Refused, match=words) as refused:
        act(production, demand.rows.filter(number__in=numbers), parse_ranges(text), by=world.alice)
    assert (refused.value.field, tied(production)) == (field, {1: "A0001–A0100"})


def test_typed_ranges_are_refused_at_their_field() -> None:
    with pytest.raises(Refused, match="runs backward") as refused:
        typed_ranges("A9-A1", field="pages_7")
    assert refused.value.field == "pages_7"


def test_coverage_is_asked_both_ways(world: World, demand: Demand) -> None:
    other = world.served_set(1)
    one, two, _three = demand.rows.all()
    logged(world, demand, "A0001-A0100; A0151-A0200", [one], produced_on=date(2025, 7, 1))
    later = logged(world, demand, "A0201-A0300", name="VOL002")
    tie_pages(later, [one, two], parse_ranges("A0201-A0210"), by=world.alice)
    tie_pages(later, [other.rows.get()], parse_ranges("A0205-A0250"), by=world.alice)
    logged(world, world.served_subpoena(1), "A0120-A0130", name="WITNESS")

    covered = coverage_of(Demand.objects.get(pk=demand.pk))

    assert [(row.row.number, listed(row.pages), row.count, str(row.last), row.volumes) for row in covered.rows] == [
        (1, "A0001–A0100; A0151–A0210", 160, "2025-07-18", ["VOL001", "VOL002"]),
        (2, "A0201–A0210", 10, "2025-07-18", ["VOL002"]),
        (3, "", 0, "None", []),
    ]
    assert [listed(pages) for pages in (covered.produced, covered.untied, covered.elsewhere, covered.gaps)] == [
        "A0001–A0100; A0151–A0300",
        "A0251–A0300",
        "A0211–A0250",
        "A0101–A0119; A0131–A0150",
    ]
    assert (covered.with_pages, [row.row.number for row in covered.bare]) == (2, [3])
