"""The verbs of demands: start, change, submit, return, approve (freeze), reopen, withdraw; and the table that refuses."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from discovery.domain.approval import approve, fingerprint, reopen, return_to_draft, submit, withdraw
from discovery.domain.checks import findings_for, registered
from discovery.domain.composing.subpoena import compose
from discovery.domain.demands import certify_notice, change_subpoena, start_party_set, start_subpoena
from discovery.domain.errors import Conflict, NotYours, Refused
from discovery.domain.records import change_record
from discovery.domain.sets import NewText, add_items, change_item, change_set
from discovery.domain.transitions import ALLOWED, move
from discovery.enums import Act, DemandKind, DemandStatus, Severity
from discovery.models import (
    Appearance,
    Attorney,
    Case,
    CaseMembership,
    CaseParty,
    Demand,
    Event,
    Firm,
    PartyNotice,
    Person,
    RequestSet,
    RespondingParty,
    Subpoena,
)
from tests.factories import World, make_court, make_world


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
    assert acts(world.case) == [Act.DEMAND_STARTED]


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
    with pytest.raises(Refused, match=r"Schedule A has no request\. Add at least one request\."):
        approve(demand, by=world.alice)


def test_a_past_time_for_compliance_warns_and_does_not_stop(world: World) -> None:
    demand = world.subpoena().demand
    assert [finding.check for finding in findings_for(demand)] == ["subpoena.past", "subpoena.summer-time"]
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
    demand = world.served_subpoena()
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
    assert len({one.id for one in checks}) == len(checks) == 65
    assert [one.id for one in checks if not one.rule.startswith(("Fed. R. Civ. P.", "Cal. Code Civ. Proc.", "CPLR"))] == []


def test_parties_without_counsel_on_record_are_named(world: World) -> None:
    world.case.appearances.filter(attorney__name="Theo Theirs").delete()
    demand = world.subpoena().demand
    assert [(one.check, one.message) for one in findings_for(demand) if one.check == "subpoena.service-list"] == [
        ("subpoena.service-list", "No counsel is recorded for Jane Roe.")
    ]


def test_nobody_signs_for_somebody_else(world: World) -> None:
    CaseMembership.objects.filter(user=world.bob).update(may_approve=True)
    demand = world.subpoena().demand
    with pytest.raises(Refused, match="Only the attorney of record can sign electronically"):
        approve(demand, by=world.bob, sign=True)
    assert approve(demand, by=world.bob).signed == ""


def test_a_signature_goes_with_the_words_it_stood_under(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice, sign=True)
    assert compose(demand, "subpoena").form.attorney_signed == "/s/ Olive Ours"
    reopen(demand, by=world.alice)
    draft = compose(Demand.objects.get(pk=demand.pk), "subpoena")
    assert (draft.form.attorney_signed, draft.schedule.signature.signed, draft.notice.signature.signed) == ("", "", "")


def test_a_clerks_subpoena_has_no_attorneys_signature_on_the_form(world: World) -> None:
    subpoena = world.subpoena()
    Subpoena.objects.filter(pk=subpoena.pk).update(issuer="clerk")
    demand = approve(subpoena.demand, by=world.alice, sign=True)
    paper = compose(demand, "subpoena")
    assert (paper.form.attorney_signed, paper.schedule.signature.signed) == ("", "/s/ Olive Ours")


def test_nobody_approves_words_that_were_not_seen(world: World) -> None:
    demand = submit(world.subpoena().demand, by=world.bob)
    seen = fingerprint(demand)
    change_item(demand.request_set.requests.get(number=1), NewText("", "Late words."), by=world.bob, revision=1)
    with pytest.raises(Conflict, match="changed after you opened it"):
        approve(demand, by=world.alice, seen=seen)
    assert approve(demand, by=world.alice, seen=fingerprint(demand)).status == DemandStatus.APPROVED


def test_an_old_object_does_not_write_over_newer_rows(world: World) -> None:
    pk = world.subpoena().pk
    old, old_set = Subpoena.objects.get(pk=pk), RequestSet.objects.get(demands=pk)
    old_demand = Demand.objects.get(pk=pk)
    approve(Demand.objects.get(pk=pk), by=world.alice)
    old.compliance_date = date(2026, 1, 2)
    old_set.preamble = "Late."
    for attempt in (
        lambda: change_subpoena(old, by=world.bob, revision=None),
        lambda: change_set(old_set, by=world.bob, revision=None),
        lambda: return_to_draft(old_demand, "Late.", by=world.alice),
        lambda: approve(old_demand, by=world.alice),
    ):
        with pytest.raises(Refused):
            attempt()
    stored = Demand.objects.get(pk=pk)
    assert (stored.status, stored.version, stored.request_set.status) == ("approved", 1, "frozen")


def test_a_withdrawn_paper_prints_what_was_approved(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    before = compose(demand, "subpoena")
    withdraw(demand, "Settled.", by=world.alice)
    assert compose(Demand.objects.get(pk=demand.pk), "subpoena") == before


def test_withdrawing_the_only_approved_paper_frees_the_text_it_shared(world: World) -> None:
    demand = world.subpoena().demand
    other = start_subpoena(demand.request_set, world.another_responder("Other Corp."), by=world.bob)
    approve(demand, by=world.alice)
    withdraw(demand, "Settled.", by=world.alice)
    item = other.request_set.requests.get(number=1)
    assert change_item(item, NewText("", "New words."), by=world.bob, revision=1).text == "New words."


def test_one_text_names_each_recipient_on_its_own_paper(world: World) -> None:
    demand = world.subpoena().demand
    add_items(demand.request_set, "definition", [NewText("You", "“You” means {recipient}; “We” means {propounder}.")], by=world.bob)
    other = start_subpoena(demand.request_set, world.another_responder("Other Corp."), by=world.bob)
    printed = [compose(Demand.objects.get(pk=one.pk), "subpoena").schedule.definitions[0].text for one in (demand, other)]
    assert printed == [f"“You” means {name}; “We” means Our Defendants." for name in ("Witness Corp.", "Other Corp.")]


def test_a_certificate_states_what_was_certified(world: World) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    notice = demand.notice
    notice.served_on, notice.method, notice.declarant = date(2025, 6, 17), "email", "Pat Paralegal"
    certify_notice(notice, by=world.bob, revision=notice.revision)
    before = compose(Demand.objects.get(pk=demand.pk), "notice")
    assert [row.name for row in before.notice.certificate.recipients] == ["Theo Theirs\nTheir Firm P.C."]
    Attorney.objects.filter(name="Theo Theirs").update(email="moved@example.com")
    late = Attorney.objects.create(name="Later Lawyer", firm=Firm.objects.get(name="Their Firm P.C."))
    Appearance.objects.create(case=world.case, attorney=late).parties.add(world.opponent)
    Person.objects.filter(pk=world.responder.person_id).update(name="Renamed Inc.")
    assert compose(Demand.objects.get(pk=demand.pk), "notice") == before


def test_the_form_does_not_write_over_the_certificate(world: World) -> None:
    pk = world.subpoena().pk
    opened = Subpoena.objects.get(pk=pk)
    old_notice = PartyNotice.objects.get(pk=pk)
    notice = PartyNotice.objects.get(pk=pk)
    notice.served_on, notice.declarant = date(2025, 6, 17), "Pat Paralegal"
    certify_notice(notice, by=world.bob, revision=1)
    change_subpoena(opened, by=world.bob, revision=1, notice=old_notice)
    stored = PartyNotice.objects.get(pk=pk)
    assert (stored.served_on, stored.declarant, stored.revision) == (date(2025, 6, 17), "Pat Paralegal", 2)


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"inspection": True, "inspection_place": ""}, "subpoena.no-premises"),
        ({"printed_zone": ""}, "subpoena.zone"),
        ({"printed_zone": "EST"}, "subpoena.zone"),
        ({"production": False}, "subpoena.nothing-commanded"),
        ({"issuer": "clerk"}, "subpoena.clerk-signs"),
        ({"compliance_court": None}, "subpoena.no-compliance-court"),
        ({"compliance_date": date(2025, 6, 25)}, "subpoena.short-time"),
    ],
)
def test_what_a_check_finds_on_the_form(world: World, changes: dict[str, object], check: str) -> None:
    subpoena = world.subpoena()
    assert check not in {finding.check for finding in findings_for(subpoena.demand)}
    Subpoena.objects.filter(pk=subpoena.pk).update(**changes)
    assert check in {finding.check for finding in findings_for(Demand.objects.get(pk=subpoena.pk))}


def test_what_checks_find_in_the_case(world: World) -> None:
    demand = world.subpoena().demand
    CaseParty.objects.create(case=world.case, person=world.responder.person, is_client=True)
    Subpoena.objects.filter(pk=demand.pk).update(issuing_court=make_court("S.D.N.Y."))
    PartyNotice.objects.filter(pk=demand.pk).update(dated=date(2025, 6, 20))
    found = [finding.check for finding in findings_for(Demand.objects.get(pk=demand.pk))]
    assert found == [
        "subpoena.own-client",
        "subpoena.issuing-court",
        "subpoena.past",
        "subpoena.to-a-party",
        "subpoena.notice-order",
        "subpoena.summer-time",
    ]


def test_rows_of_two_cases_are_not_joined(world: World) -> None:
    other = make_world("Secret v. Case", "4:24-cv-00002-ABC")
    with pytest.raises(Refused, match="of this case"):
        start_subpoena(RequestSet(case=world.case, propounded_by=world.group, name="X"), other.responder, by=world.alice)
    with pytest.raises(ValidationError):
        start_subpoena(RequestSet(case=world.case, propounded_by=other.group, name="X"), world.responder, by=world.alice)
    with pytest.raises(Refused, match="rows of this case"):
        change_record(world.group, by=world.alice, links={"members": [other.client]})
    world.appearance.group = other.group
    with pytest.raises(ValidationError):
        change_record(world.appearance, by=world.alice)
