"""Superseding: the wrong paper stays as it was, a corrected copy takes its place (law 2)."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.approval import approve
from discovery.domain.composing.approvable import live
from discovery.domain.composing.requests import compose_requests
from discovery.domain.errors import Refused
from discovery.domain.matrix.stories import stories_of
from discovery.domain.service.serving import serve
from discovery.domain.superseding import corrected_by, supersede
from discovery.enums import DemandKind, DemandStatus, Stage
from discovery.models import Deadline, Demand, Event, Service, Testimony
from tests.factories import World
from tests.party_sets import approved, drafted, served

pytestmark = pytest.mark.django_db


def test_a_served_set_stays_and_a_copy_takes_its_place(world: World) -> None:
    old = served(world, 2)
    before = compose_requests(old)

    new = supersede(old, "Request 2 names the wrong year.", by=world.alice)

    old = Demand.objects.get(pk=old.pk)
    assert (old.status, new.status, new.supersedes, corrected_by(old)) == ("superseded", "draft", old, new)
    assert compose_requests(old) == before
    assert [one.text for one in new.request_set.requests.order_by("number")] == [
        one.text for one in old.request_set.requests.order_by("number")
    ]
    assert compose_requests(new).title == "OUR DEFENDANTS’ AMENDED FIRST SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF JANE ROE"
    assert (new.signed, new.dated, new.request_set.frozen, old.request_set.frozen) == ("", None, False, True)
    assert set(Deadline.objects.filter(demand=old).values_list("state", flat=True)) == {"void"}


def test_nobody_serves_it_again(world: World) -> None:
    old = served(world)
    supersede(old, "Wrong.", by=world.alice)

    with pytest.raises(Refused, match="replaced by a corrected one"):
        serve(old, Service(served_on=date(2025, 6, 19), method="email"), by=world.alice)
    assert old.services.count() == 1


def test_it_is_one_event_with_the_reason(world: World) -> None:
    old = approved(world)
    seen = Event.objects.count()

    new = supersede(old, "  The caption is wrong. ", by=world.alice)

    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (Event.objects.count() - seen, event.act, event.subject) == (1, "superseded", f"demand:{old.pk}")
    assert event.details == {"reason": "The caption is wrong.", "by": new.pk}


def test_the_story_links_both(world: World) -> None:
    old = served(world, 1)
    new = supersede(old, "Wrong.", by=world.alice)

    steps = [step for step in stories_of(world.case)[0].steps if step.stage is Stage.SUPERSEDED]

    assert [step.subject for step in steps] == [new]


def test_a_subpoena_is_copied_with_its_form(world: World) -> None:
    old = world.served_subpoena()

    new = supersede(old, "The place is wrong.", by=world.alice)

    assert (new.subpoena.addressee, new.subpoena.place_street, new.subpoena.issue_date) == (
        old.subpoena.addressee,
        old.subpoena.place_street,
        None,
    )
    assert (new.notice.dated, new.notice.served_on, Demand.objects.get(pk=old.pk).subpoena.issue_date) == (
        None,
        None,
        date(2025, 6, 18),
    )


@pytest.mark.parametrize(("reason", "said"), [("", "Say what is wrong"), ("Wrong.", "Only an approved or served paper")])
def test_a_draft_or_no_reason_is_refused(world: World, reason: str, said: str) -> None:
    demand = drafted(world)

    with pytest.raises(Refused, match=said):
        supersede(demand, reason, by=world.alice)
    assert list(Demand.objects.values_list("status", flat=True)) == [DemandStatus.DRAFT.value]


@pytest.mark.parametrize("kind", [DemandKind.SUBPOENA_DEPOSITION, DemandKind.DEPOSITION])
def test_a_corrected_paper_of_testimony_says_where_and_when(world: World, kind: DemandKind) -> None:
    old = world.examination(kind, bring=1)
    approve(old, by=world.alice)

    new = supersede(old, "The hour is wrong.", by=world.alice)

    told = {field.attname for field in Testimony._meta.concrete_fields} - {"demand_id"}
    old, new = Demand.objects.get(pk=old.pk), Demand.objects.get(pk=new.pk)
    assert {name: getattr(new.testimony, name) for name in told} == {name: getattr(old.testimony, name) for name in told}
    assert (new.due_at, new.notice.dated) == (old.due_at, None)
    assert live(new).final is False
