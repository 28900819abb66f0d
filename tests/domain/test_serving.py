"""Attempts at service, the frozen service list, notice before service, and what a service may say."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from discovery.domain.answers.answering import record_response
from discovery.domain.checks import findings_for
from discovery.domain.errors import Refused
from discovery.domain.locking import lock_demand
from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.service_list import current_list, without_consent
from discovery.domain.service.serving import FEE_FIELDS, correct_service, serve
from discovery.enums import Act, NoticeMethod, Role
from discovery.models import (
    Address,
    Appearance,
    Attorney,
    CaseParty,
    Demand,
    Event,
    PartyGroup,
    PartyRole,
    Person,
    Response,
    Service,
    ServiceAttempt,
    ServiceListEntry,
)
from discovery.models.immutable import WrittenOnce
from tests.factories import World
from tests.staff.serving import SERVED, approved

pytestmark = pytest.mark.django_db


def tried(demand: Demand, **fields: Any) -> ServiceAttempt:
    return ServiceAttempt(demand=demand, **{"tried_on": SERVED, "place": "1 Main Street", "server": "Sam Server", **fields})


def listed(demand: Demand) -> list[tuple[str, str, str, str, bool]]:
    rows = ServiceListEntry.objects.filter(service__demand=demand, service__superseded=False)
    return [(row.name, row.represents, row.address, row.email, row.accepts_email) for row in rows]


THEIRS = ("Theo Theirs\nTheir Firm P.C.", "Jane Roe", "9 Beach Road\nMalibu, CA 90265", "theo@example.com", False)
OURS = ("Olive Ours\nOur Firm LLP", "Our Defendants", "1 Market Street\nSan Francisco, CA 94105", "olive@example.com", False)


def test_an_attempt_is_written_down_once_with_one_event(world: World) -> None:
    demand = approved(world)
    before = Event.objects.count()

    attempt = log_attempt(tried(demand, tried_time=time(9, 30), outcome="refused", note="The guard took no papers."), by=world.bob)

    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.act, event.actor, event.details) == (
        Act.ATTEMPT_LOGGED.value,
        world.bob,
        {"tried_on": "2025-06-18", "outcome": "refused", "place": "1 Main Street", "server": "Sam Server"},
    )
    assert event.happened_at.astimezone(world.case.court.zone).strftime("%Y-%m-%d %H:%M") == "2025-06-18 09:30"
    attempt.note = "Other words"
    with pytest.raises(WrittenOnce):
        attempt.save()
    with pytest.raises(WrittenOnce):
        attempt.delete()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ServiceAttempt.objects.update(note="Other words")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ServiceAttempt.objects.all()._raw_delete("default")


def test_attempts_are_in_the_order_in_which_they_were_made(world: World) -> None:
    demand = approved(world)
    for day, hour in ((19, 8), (18, 17), (18, 9)):
        log_attempt(tried(demand, tried_on=date(2025, 6, day), tried_time=time(hour)), by=world.alice)

    assert [(one.tried_on.day, one.tried_time.hour) for one in demand.attempts.all() if one.tried_time] == [
        (18, 9),
        (18, 17),
        (19, 8),
    ]


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", "superseded"])
def test_nobody_tries_to_serve_what_is_not_approved(world: World, status: str) -> None:
    demand = world.subpoena().demand
    Demand.objects.filter(pk=demand.pk).update(status=status)

    with pytest.raises(Refused, match="Have it approved first"):
        log_attempt(tried(demand), by=world.alice)


@pytest.mark.parametrize(
    ("day", "words"),
    [(timezone.now().date() + timedelta(days=2), "This day lies ahead"), (date(2025, 6, 17), "The subpoena was issued on")],
)
def test_an_attempt_happened_after_issue_and_not_ahead(world: World, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        log_attempt(tried(approved(world), tried_on=day), by=world.alice)
    assert refused.value.field == "tried_on"


def test_a_text_that_cannot_be_printed_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(Refused) as refused:
        log_attempt(tried(approved(world), note="\x07"), by=world.alice)
    assert refused.value.field == "note"


def test_the_list_is_counsel_of_every_other_party_frozen_with_the_service(world: World) -> None:
    demand = world.served_subpoena()
    assert listed(demand) == [THEIRS]

    world.case.appearances.filter(attorney__name="Theo Theirs").update(accepts_email=True)
    Attorney.objects.filter(name="Theo Theirs").update(email="new@example.com")

    assert listed(demand) == [THEIRS]
    serve(demand, Service(served_on=SERVED, method="personal", without_notice="Served again"), by=world.alice)
    assert listed(demand) == [(*THEIRS[:3], "new@example.com", True)]
    assert ServiceListEntry.objects.filter(service__demand=demand).count() == 2


def test_what_was_served_on_us_has_us_on_its_list(world: World) -> None:
    assert listed(world.served_set()) == [THEIRS]
    assert listed(world.set_served_on_us()) == [OURS]


def test_a_party_without_counsel_is_served_itself(world: World) -> None:
    person = Person.objects.create(name="Ed Elf", kind="natural", email="ed@example.com", created_by=world.alice)
    for kind, street in (("business", "1 Work Street"), ("service", "2 Service Street")):
        Address.objects.create(person=person, kind=kind, street=street, city="Oakland", state="CA", postal_code="94601")
    gone = Person.objects.create(name="Gone Guy", kind="natural", created_by=world.alice)
    PartyRole.objects.create(party=CaseParty.objects.create(case=world.case, person=person, position=3), role=Role.PLAINTIFF.value)
    CaseParty.objects.create(case=world.case, person=gone, position=4, left_on=date(2025, 1, 1))

    assert listed(world.served_set()) == [THEIRS, ("Ed Elf", "", "2 Service Street\nOakland, CA 94601", "ed@example.com", False)]


def test_an_office_consents_when_each_of_its_lawyers_did(world: World) -> None:
    theirs = world.case.appearances.get(attorney__name="Theo Theirs")
    second = Attorney.objects.create(
        name="Tess Theirs", firm=theirs.attorney.firm, email="tess@example.com", created_by=world.alice
    )
    beside = Appearance.objects.create(case=world.case, attorney=second, position=3, accepts_email=True)
    beside.parties.set(theirs.parties.all())
    demand = world.served_set()

    assert [(row[0], row[4]) for row in listed(demand)] == [("Theo Theirs\nTess Theirs\nTheir Firm P.C.", False)]
    world.case.appearances.update(accepts_email=True)
    assert [entry.accepts_email for entry in current_list(demand)] == [True]


def test_counsel_who_appears_for_another_group_of_our_clients_is_not_on_our_list(world: World) -> None:
    alone = PartyGroup.objects.create(case=world.case, name="John Doe alone")
    alone.members.add(world.client)
    world.group = alone

    assert listed(world.served_set()) == [THEIRS]


def test_the_database_keeps_the_list_as_it_was(world: World) -> None:
    world.served_set()
    entry = ServiceListEntry.objects.get()
    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ServiceListEntry.objects.update(accepts_email=True)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ServiceListEntry.objects.all()._raw_delete("default")


def said(demand: Demand) -> list[tuple[str, str]]:
    return [(one.check, one.message) for one in findings_for(demand) if one.check.startswith("service.")]


def test_email_without_consent_is_a_warning_and_no_more(world: World) -> None:
    demand = world.served_set()
    assert said(demand) == [
        ("service.no-consent", "Served by e-mail, but no consent in writing is on record for Theo Theirs."),
    ]
    world.case.appearances.update(accepts_email=True)
    assert said(world.served_set()) == []


def test_with_a_subpoena_the_notice_is_what_goes_to_the_parties(world: World) -> None:
    demand = world.served_subpoena()
    service = demand.services.get()
    entries = list(service.service_list.all())
    assert [without_consent(demand, service, entries), said(demand)] == [[], []]
    demand.notice.method = NoticeMethod.EMAIL.value
    demand.notice.save()

    assert without_consent(demand, service, entries) == entries
    assert [check for check, _message in said(demand)] == ["service.no-consent"]


def test_who_has_no_address_is_named(world: World) -> None:
    world.case.appearances.filter(attorney__name="Theo Theirs").delete()

    assert said(world.served_set())[0] == ("service.unreachable", "No address and no e-mail address is on record for Jane Roe.")


@pytest.mark.parametrize("notice", [None, SERVED, SERVED + timedelta(days=1)])
def test_notice_comes_before_service_or_a_reason_is_given(world: World, notice: date | None) -> None:
    demand = approved(world, notice=notice)
    with pytest.raises(Refused, match="Record the notice first") as refused:
        serve(demand, Service(served_on=SERVED, method="personal"), by=world.alice)
    assert refused.value.field == "without_notice"
    assert (Service.objects.count(), ServiceListEntry.objects.count()) == (0, 0)
    assert Demand.objects.get(pk=demand.pk).status == "approved"

    serve(demand, Service(served_on=SERVED, method="personal", without_notice="All waived it in writing."), by=world.alice)
    assert Event.objects.latest("pk").details["without_notice"] == "All waived it in writing."


@pytest.mark.parametrize("field", FEE_FIELDS)
def test_nobody_tenders_less_than_nothing(world: World, field: str) -> None:
    service = Service(served_on=SERVED, method="personal", **{field: Decimal(-1)})
    with pytest.raises(Refused, match="less than nothing") as refused:
        serve(approved(world), service, by=world.alice)
    assert refused.value.field == field


def test_the_server_had_the_paper_before_serving_it(world: World) -> None:
    service = Service(served_on=SERVED, method="personal", received_on=SERVED + timedelta(days=1))
    with pytest.raises(Refused, match="cannot have received it after") as refused:
        serve(approved(world), service, by=world.alice)
    assert refused.value.field == "received_on"


def test_a_service_superseded_while_the_lock_was_waited_for_is_not_corrected(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service.objects.get(demand=world.served_subpoena())

    def superseding(demand: Demand) -> Demand:
        Service.objects.filter(pk=service.pk).update(superseded=True)
        return lock_demand(demand)

    monkeypatch.setattr("discovery.domain.service.serving.lock_demand", superseding)
    with pytest.raises(Refused, match="was superseded"):
        correct_service(service, by=world.alice, revision=None)


def test_a_correction_tells_only_what_changed(world: World) -> None:
    demand = approved(world)
    service = serve(demand, Service(served_on=SERVED, method="personal", attendance_fee=Decimal("40.00")), by=world.alice)
    service.attendance_fee, service.agent, service.server_address = Decimal(40), "CSC", "5 Court Street"

    correct_service(service, by=world.alice, revision=1)

    assert Event.objects.latest("pk").details["changed"] == {"agent": ["", "CSC"], "server_address": ["", "5 Court Street"]}


def test_a_response_comes_after_service(world: World) -> None:
    demand = approved(world)
    with pytest.raises(Refused):
        record_response(Response(demand=demand, served_on=SERVED, method="email"), by=world.alice)
