"""One row for each request and responding party, from the moment of service (law 1)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from discovery.domain.service.rows import WITH_TEXTS, served_text, with_texts
from discovery.domain.service.serving import serve
from discovery.enums import Act, DemandKind
from discovery.models import BatesRange, Production, RequestRow, Service
from discovery.staff.sentences import ICONS, WORDS
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_serving_gives_a_demand_its_rows_once(world: World) -> None:
    demand = world.served_subpoena(requests=3)
    assert list(demand.rows.values_list("number", "request__number")) == [(1, 1), (2, 2), (3, 3)]
    first = list(demand.rows.values_list("pk", flat=True))
    serve(demand, Service(served_on=date(2025, 6, 19), method="mail", without_notice="Served again"), by=world.alice)
    assert list(demand.rows.values_list("pk", flat=True)) == first


def test_an_unserved_demand_has_no_rows(world: World) -> None:
    assert list(world.subpoena().demand.rows.all()) == []


def test_logged_sets_have_rows_of_their_kind(world: World) -> None:
    for kind in (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA):
        assert list(world.served_set(kind=kind).rows.values_list("number", flat=True)) == [1, 2]


def test_what_was_served_is_read_from_the_frozen_version(world: World) -> None:
    demand = world.served_subpoena(requests=1)
    row = demand.rows.get()
    frozen = row.demand.approved_version
    assert frozen is not None
    wanted = frozen.part("requests")[0]["text"].replace("{recipient}", "Witness Corp.").replace("{propounder}", "Our Defendants")
    assert served_text(row) == wanted
    assert row.request.text == frozen.part("requests")[0]["text"]
    [(same, told)] = with_texts(RequestRow.objects.select_related(*WITH_TEXTS))
    assert (same.pk, told["text"], told["heading"]) == (row.pk, wanted, "Request For Production No. 1:")


@pytest.mark.parametrize("pages", [(1, 10), (5, 6), (10, 20), (20, 30), (1, 40)])
def test_the_database_refuses_page_ranges_that_overlap(world: World, pages: tuple[int, int]) -> None:
    production = Production.objects.create(
        case=world.case,
        responding_party=world.responder,
        volume="VOL1",
        produced_on=date(2025, 8, 1),
        recorded_by=world.alice,
    )
    told = {"case": world.case, "production": production, "prefix": "WIT"}
    BatesRange.objects.create(first=5, last=20, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatesRange.objects.create(first=pages[0], last=pages[1], **told)
    beside = BatesRange.objects.create(first=21, last=22, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatesRange.objects.filter(pk=beside.pk).update(first=20)
    BatesRange.objects.create(first=5, last=20, **{**told, "prefix": "OTHER"})


def test_every_act_has_its_words_and_its_icon() -> None:
    assert set(WORDS) == {act.value for act in Act}
    assert [act.value for act in Act if act.value.split("_", maxsplit=1)[0] not in ICONS] == []
