"""The verbs of demands: start, change, submit, return, approve (freeze), reopen, withdraw; and the table that refuses."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from discovery.domain.checks import findings_for, registered
from discovery.domain.composing import compose
from discovery.domain.demands import (
    approve,
    change_subpoena,
    reopen,
    return_to_draft,
    start_party_set,
    start_subpoena,
    submit,
    withdraw,
)
from discovery.domain.errors import Conflict, NotYours, Refused
from discovery.domain.sets import NewText, change_item
from discovery.domain.transitions import ALLOWED, move
from discovery.enums import Act, DemandKind, DemandStatus, Severity
from discovery.models import Case, Demand, Event, RequestSet, RespondingParty, Subpoena
from tests.factories import World


def acts(case: Case) -> list[str]:
    return list(Event.objects.filter(case=case).order_by("number").values_list("act", flat=True))


def test_a_subpoena_starts_with_what_is_known(world: World) -> None:
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Schedule A")
    demand = start_subpoena(request_set, world.responder, by=world.bob)
    subpoena = Subpoena.objects.get(pk=demand.pk)
    assert (subpoena.issuing_court, demand.attorney, subpoena.representing) == (
        world.case.court,
        world.appearance,
        "Our Defendants",
    )
    assert subpoena.addressee == "Witness Corp., 1 Main Street, Oakland, CA 94601"
    assert acts(world.case) == [Act.SET_STARTED, Act.DEMAND_STARTED]


def test_our_own_client_is_refused(world: World) -> None:
    ours = RespondingParty.objects.create(case=world.case, person=world.client.person)
    with pytest.raises(Refused) as caught:
        start_subpoena(RequestSet(case=world.case, propounded_by=world.group, name="X"), ours, by=world.bob)
    assert (caught.value.field, str(caught.value)) == (
        "person",
        "John Doe is our own client in this case; discovery is sought from others.",
    )
    assert Demand.objects.count() == 0


def test_one_set_goes_to_one_responder_once(world: World) -> None:
    demand = world.subpoena().demand
    with pytest.raises(Refused, match="already"):
        start_subpoena(demand.request_set, world.responder, by=world.bob)
    assert start_subpoena(demand.request_set, world.another_responder("Other Corp."), by=world.bob).pk != demand.pk


def test_a_party_set_makes_one_demand_for_each_party(world: World) -> None:
    others = [world.another_responder("First"), world.another_responder("Second")]
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Set One", number=1)
    demands = start_party_set(request_set, others, DemandKind.RFP, by=world.bob)
    assert [(one.request_set_id, one.responding_party) for one in demands] == [(request_set.pk, one) for one in others]


def test_compliance_before_issue_is_refused_at_the_field_and_by_the_database(world: World) -> None:
    subpoena = world.subpoena()
    subpoena.compliance_date = date(2025, 6, 17)
    with pytest.raises(Refused) as caught:
        change_subpoena(subpoena, by=world.bob, revision=1)
    assert caught.value.field == "compliance_date"
    with pytest.raises(IntegrityError), transaction.atomic():
        Subpoena.objects.filter(pk=subpoena.pk).update(compliance_date=date(2025, 6, 17))


def test_the_form_of_two_people_is_guarded_by_one_revision(world: World) -> None:
    pk = world.subpoena().pk
    first, second = Subpoena.objects.get(pk=pk), Subpoena.objects.get(pk=pk)
    first.addressee = "Alice's words"
    change_subpoena(first, by=world.alice, revision=1)
    second.addressee = "Bob's words"
    with pytest.raises(Conflict) as caught:
        change_subpoena(second, by=world.bob, revision=1)
    assert (caught.value.revision, Subpoena.objects.get(pk=pk).addressee) == (2, "Alice's words")


def test_approval_freezes_text_and_printed_values(world: World) -> None:
    demand = world.subpoena().demand
    submit(demand, by=world.bob)
    moment = datetime(2025, 6, 18, 16, 0, tzinfo=UTC)
    approve(demand, by=world.alice, sign=True, at=moment)
    demand.refresh_from_db()
    assert (demand.status, demand.version, demand.signed, demand.approved_at) == ("approved", 1, "/s/ Olive Ours", moment)
    before = compose(demand, "subpoena")
    assert (before.approval.approved, before.approval.version, before.approval.approved_on) == (True, 1, "June 18, 2025")
    Case.objects.filter(pk=world.case.pk).update(first_side="SOMEBODY ELSE", judge="Hon. Someone")
    assert compose(Demand.objects.get(pk=demand.pk), "subpoena") == before
    assert acts(world.case) == [Act.SUBMITTED, Act.APPROVED]
    assert Event.objects.get(act=Act.APPROVED.value).happened_at == moment


def test_an_editor_who_is_no_approving_attorney_cannot_approve(world: World) -> None:
    demand = world.subpoena().demand
    for user in (world.bob, world.rita, world.charlie):
        with pytest.raises(NotYours):
            approve(demand, by=user)
    assert Demand.objects.get(pk=demand.pk).status == DemandStatus.DRAFT


def test_what_would_be_void_is_not_approved_and_says_why(world: World) -> None:
    subpoena = world.subpoena(requests=0)
    Subpoena.objects.filter(pk=subpoena.pk).update(place_street="", compliance_date=None, issue_date=None)
    Demand.objects.filter(pk=subpoena.pk).update(attorney=None)
    demand = Demand.objects.get(pk=subpoena.pk)
    refused = [finding.check for finding in findings_for(demand) if finding.severity == Severity.REFUSE]
    assert refused == [
        "subpoena.no-requests",
        "subpoena.no-place",
        "subpoena.no-time",
        "subpoena.no-attorney",
        "subpoena.no-issue-date",
    ]
    with pytest.raises(Refused, match="Schedule A has no request. Add at least one request."):
        approve(demand, by=world.alice)


def test_a_past_time_for_compliance_warns_and_does_not_stop(world: World) -> None:
    demand = world.subpoena().demand
    assert [finding.check for finding in findings_for(demand)] == ["subpoena.past"]
    assert approve(demand, by=world.alice).status == DemandStatus.APPROVED


def test_returning_needs_a_note_and_keeps_it(world: World) -> None:
    demand = submit(world.subpoena().demand, by=world.bob)
    with pytest.raises(Refused) as caught:
        return_to_draft(demand, "  ", by=world.alice)
    assert caught.value.field == "note"
    return_to_draft(demand, "Narrow request 2.", by=world.alice)
    assert (demand.status, demand.review_note) == ("draft", "Narrow request 2.")


def test_reopening_keeps_the_version_and_the_next_approval_makes_another(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    first = demand.approved_version
    reopen(demand, by=world.alice)
    item = demand.request_set.requests.get(number=1)
    change_item(item, NewText("", "All Documents, narrower."), by=world.bob, revision=1)
    approve(Demand.objects.get(pk=demand.pk), by=world.alice)
    demand.refresh_from_db()
    assert (demand.version, demand.approved_version.number if demand.approved_version else 0) == (2, 2)
    assert first is not None
    assert first.part("requests")[0]["text"] == "All Documents, part 1."


def test_an_unchanged_text_keeps_its_version(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    reopen(demand, by=world.alice)
    approve(Demand.objects.get(pk=demand.pk), by=world.alice)
    demand.refresh_from_db()
    assert (demand.version, demand.request_set.versions.count()) == (2, 1)


def test_what_was_served_is_not_reopened(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    move(demand, DemandStatus.SERVED)
    with pytest.raises(Refused, match="served on Witness Corp"):
        reopen(demand, by=world.alice)


def test_withdrawing_needs_a_reason(world: World) -> None:
    demand = world.subpoena().demand
    with pytest.raises(Refused) as caught:
        withdraw(demand, "", by=world.bob)
    assert caught.value.field == "reason"
    withdraw(demand, "Settled.", by=world.bob)
    assert Event.objects.get(act=Act.WITHDRAWN.value).details == {"reason": "Settled."}


@pytest.mark.parametrize(("now", "to"), list(itertools.product(DemandStatus, DemandStatus)))
def test_the_table_decides_every_move(world: World, now: DemandStatus, to: DemandStatus) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    Demand.objects.filter(pk=demand.pk).update(status=now.value)
    if to.value in ALLOWED[now.value]:
        move(demand, to)
        assert demand.status == to
    else:
        with pytest.raises(Refused):
            move(demand, to)
        assert Demand.objects.get(pk=demand.pk).status == now


def test_every_check_has_its_own_id_and_cites_a_rule() -> None:
    checks = registered()
    assert len({one.id for one in checks}) == len(checks) == 13
    assert [one.id for one in checks if not one.rule.startswith("Fed. R. Civ. P.")] == []


def test_parties_without_counsel_on_record_are_named(world: World) -> None:
    world.case.appearances.filter(attorney__name="Theo Theirs").delete()
    demand = world.subpoena().demand
    assert [(one.check, one.message) for one in findings_for(demand) if one.check == "subpoena.service-list"] == [
        ("subpoena.service-list", "No counsel is recorded for Jane Roe.")
    ]
