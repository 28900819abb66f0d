"""The web admin keeps the same walls, whatever permissions an account has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from discovery.admin.base import ReadOnlyAdmin
from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, Objecting, record_answers, start_response
from discovery.domain.binders import Binding, add_tab, start_binder
from discovery.domain.conferrals.commitments import commit
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.domain.dates.deadlines import extend, set_by_hand
from discovery.domain.disputes.orders import enter_order
from discovery.domain.disputes.ruling import Said, rule
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.privilege.clawbacks import note_clawback
from discovery.domain.privilege.logs import record_log
from discovery.domain.records import add_record
from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.serving import log_served_set
from discovery.enums import DemandKind
from discovery.models import (
    Authority,
    Case,
    CaseMembership,
    Clawback,
    Commitment,
    CourtClosure,
    Demand,
    Event,
    Extension,
    Narrowing,
    Order,
    PrivilegeLog,
    PrivilegeLogEntry,
    RelatedCase,
    RequestSet,
    Response,
    ScheduleEntry,
    Service,
    ServiceAttempt,
)
from tests.disputes import started
from tests.domain.conferring import conferred, rows_of
from tests.factories import World, make_user
from tests.filed import dispute_over, order_of
from tests.papers.test_assembly import foreign
from tests.preserving import written
from tests.producing import logged

WALLED = (
    "case",
    "caseparty",
    "relatedcase",
    "partygroup",
    "appearance",
    "respondingparty",
    "requestrow",
    "requestset",
    "demand",
    "draft",
    "deadline",
    "extension",
    "person",
    "attorney",
    "firm",
    "service",
    "serviceattempt",
    "servicelistentry",
    "response",
    "order",
    "attachment",
    "conferral",
    "attendee",
    "conferredrequest",
    "commitment",
    "narrowing",
    "dispute",
    "disputedrequest",
    "authority",
    "ruling",
    "production",
    "batesrange",
    "pagetie",
    "privilegelog",
    "privilegelogentry",
    "clawback",
    "requestresponse",
    "objection",
    "preservationdemand",
    "binder",
    "bindertab",
)


READ_ONLY = [name for name in WALLED if isinstance(admin.site.get_model_admin(apps.get_model("discovery", name)), ReadOnlyAdmin)]
"""What is only read in the admin: the screens write it, through verbs."""


@pytest.fixture
def rows(world: World, bells: list[int]) -> dict[str, int]:
    """Return one row of each walled model."""
    demand = world.subpoena().demand
    draft = request_draft(demand, "subpoena", by=world.alice)
    attorney = world.appearance.attorney
    deadline = set_by_hand(world.case, "Call", date(2027, 3, 1), "Asked for", by=world.alice)
    extension = Extension(kind="days", days=7, agreed_on=date(2025, 7, 1), agreed_with="Counsel", terms="E-mail")
    return {
        "case": world.case.pk,
        "caseparty": world.opponent.pk,
        "relatedcase": RelatedCase.objects.create(case=world.case, docket_number="3:24-cv-00009").pk,
        "partygroup": world.group.pk,
        "appearance": world.appearance.pk,
        "respondingparty": world.responder.pk,
        "requestrow": world.served_set(1).rows.get().pk,
        "requestset": demand.request_set_id,
        "demand": demand.pk,
        "draft": draft.pk,
        "deadline": deadline.pk,
        "extension": extend(deadline, extension, by=world.alice).pk,
        "person": world.responder.person_id,
        "attorney": attorney.pk,
        "firm": attorney.firm_id,
        **answered(world),
        **talked(world),
        **disputed(world),
        "ruling": ruled(world),
        **produced(world),
        **withheld(world),
        **bound(world),
        **said(world),
        "preservationdemand": written(world).pk,
    }


def disputed(world: World) -> dict[str, int]:
    """Return a dispute with a request in it."""
    dispute = started(world, list(world.served_set(1).rows.all()))
    listed = Authority.objects.create(dispute=dispute, words="329 U.S. 495", listed="Hickman v. Taylor", decided_by=world.alice)
    return {"dispute": dispute.pk, "disputedrequest": dispute.requests.get().pk, "authority": listed.pk}


def ruled(world: World) -> int:
    """Return a ruling on a motion as a whole."""
    motion = dispute_over(world, None, kind="motion_to_quash")
    (made,) = rule(order_of(world), [Said(dispute=motion, outcome="denied")], by=world.alice)
    return made.pk


def produced(world: World) -> dict[str, int]:
    """Return a production with a range that answers a request."""
    demand = world.served_set(1)
    production = logged(world, demand, "META000001-META000250", demand.rows.all())
    return {"production": production.pk, "batesrange": production.ranges.get().pk, "pagetie": demand.rows.get().ties.get().pk}


def withheld(world: World) -> dict[str, int]:
    """Return a privilege log, its entry and a claw-back."""
    log = record_log(PrivilegeLog(responding_party=world.responder), [PrivilegeLogEntry(number=1)], by=world.alice)
    notice = Clawback(responding_party=world.responder, pages="W000001", noticed_on=date(2025, 7, 1))
    clawback = note_clawback(notice, date(2025, 7, 8), by=world.alice)
    return {"privilegelog": log.pk, "privilegelogentry": log.entries.get().pk, "clawback": clawback.pk}


def bound(world: World) -> dict[str, int]:
    """Return a binder and its exhibit."""
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    tab = add_tab(binder, title="A scan", upload=SimpleUploadedFile("scan.pdf", foreign("One")), by=world.alice)
    return {"binder": binder.pk, "bindertab": tab.pk}


def answered(world: World) -> dict[str, int]:
    """Return a service with its proof, a response and an order."""
    proof = SimpleUploadedFile("proof.pdf", b"%PDF-1.7 proof")
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Set One", kind="interrogatories")
    service = Service(served_on=date(2025, 6, 18), method="personal")
    (demand,) = log_served_set(request_set, [world.opponent.person], DemandKind.ROG, service, by=world.alice, upload=proof)
    response = record_response(Response(demand=demand, served_on=date(2025, 7, 1), method="email"), by=world.alice)
    order = enter_order(Order(case=world.case, title="Order", entered_on=date(2025, 7, 2)), by=world.alice)
    kept = demand.services.get()
    assert kept.proof_id is not None
    attempt = log_attempt(ServiceAttempt(demand=demand, tried_on=date(2025, 6, 17)), by=world.alice)
    tried = {"serviceattempt": attempt.pk, "servicelistentry": kept.service_list.get().pk}
    return {"service": kept.pk, **tried, "response": response.pk, "order": order.pk, "attachment": kept.proof_id}


def talked(world: World) -> dict[str, int]:
    """Return a conference with somebody, an outcome, a commitment and a narrower text."""
    (row,) = rows_of(world.served_set(1))
    held = conferred(world, [row])
    promise = Commitment(case=world.case, text="Search again", promised_on=date(2025, 7, 8))
    text = Narrowing(row=row, text="Less.", proposed_by="Them", proposed_on=date(2025, 7, 1))
    return {
        "conferral": held.pk,
        "attendee": held.attendees.all()[0].pk,
        "conferredrequest": held.requests.get().pk,
        "commitment": commit(promise, date(2027, 7, 22), [row], by=world.alice).pk,
        "narrowing": propose_narrowing(text, by=world.alice).pk,
    }


def said(world: World) -> dict[str, int]:
    """Return an answer to a request with its objection."""
    response = start_response(world.set_served_on_us(1), by=world.alice)
    [answer] = record_answers(response, [Answer(1, objections=(Objecting("burden"),))], by=world.alice)
    return {"requestresponse": answer.pk, "objection": answer.objections.get().pk}


@pytest.fixture
def superuser(db: None) -> User:
    user = make_user("root", staff=True)
    user.is_superuser = True
    user.save()
    return user


def listed(client: Client, model: str) -> int:
    response = client.get(reverse(f"admin:discovery_{model}_changelist"))
    count: int = response.context["cl"].result_count
    return count


def test_members_of_staff_see_their_cases_and_strangers_nothing(
    world: World, rows: dict[str, int], superuser: User, as_user: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    alice, stranger = as_user(User.objects.get(pk=world.alice.pk)), as_user(superuser)
    assert {model: listed(alice, model) > 0 for model in WALLED} == dict.fromkeys(WALLED, True)
    assert {model: listed(stranger, model) for model in WALLED} == dict.fromkeys(WALLED, 0)
    opened = {model: alice.get(reverse(f"admin:discovery_{model}_change", args=[pk])).status_code for model, pk in rows.items()}
    assert opened == dict.fromkeys(WALLED, 200)
    # Django's admin answers "it does not exist" by sending to its index.
    kept_out = {
        model: stranger.get(reverse(f"admin:discovery_{model}_change", args=[pk]))["Location"] for model, pk in rows.items()
    }
    assert kept_out == dict.fromkeys(WALLED, reverse("admin:index"))


def test_a_case_opened_in_the_admin_is_owned_and_recorded(world: World, superuser: User, as_user: Callable[[User], Client]) -> None:
    form = {
        "court": world.case.court_id,
        "docket_number": "1:25-cv-00009",
        "name": "New v. Case",
        "caption_form": "typed",
        "first_side": "NEW",
        "first_label": "Plaintiff",
        "second_side": "CASE",
        "second_label": "Defendant",
        "schedule-TOTAL_FORMS": 0,
        "schedule-INITIAL_FORMS": 0,
    }
    as_user(superuser).post(reverse("admin:discovery_case_add"), form)
    case = Case.objects.get(name="New v. Case")
    member = CaseMembership.objects.get(case=case)
    assert (member.user, member.role) == (superuser, "owner")
    assert [event.act for event in Event.objects.filter(case=case)] == ["case_opened"]


def test_a_superuser_keeps_the_walls_without_seeing_behind_them(
    world: World, superuser: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(superuser)
    assert listed(client, "casemembership") == 3
    form = {"case": world.case.pk, "user": world.charlie.pk, "role": "reader"}
    client.post(reverse("admin:discovery_casemembership_add"), form)
    assert Case.objects.visible_to(world.charlie).get() == world.case
    assert Event.objects.get(act="member_added").actor == superuser
    assert listed(client, "case") == 0


def test_the_admin_makes_papers_through_the_same_verb(world: World, bells: list[int], as_user: Callable[[User], Client]) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    demand = world.subpoena().demand
    response = as_user(User.objects.get(pk=world.alice.pk)).post(
        reverse("admin:discovery_demand_changelist"), {"action": "make_pdf", "_selected_action": [demand.pk]}
    )
    batch = Demand.objects.get(pk=demand.pk).drafts.get().batch
    assert batch is not None
    assert response["Location"] == reverse("batch-detail", args=[batch.pk])


def test_events_and_demands_are_only_read_here(world: World, as_user: Callable[[User], Client]) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    client = as_user(User.objects.get(pk=world.alice.pk))
    demand = world.subpoena().demand
    assert client.post(reverse("admin:discovery_demand_change", args=[demand.pk]), {"status": "served"}).status_code == 403
    assert client.get(reverse("admin:discovery_event_add")).status_code == 403


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_was_served_and_answered_is_only_read_here(
    world: World, rows: dict[str, int], as_user: Callable[[User], Client], model: str
) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    client = as_user(User.objects.get(pk=world.alice.pk))
    assert client.get(reverse(f"admin:discovery_{model}_add")).status_code == 403
    assert client.post(reverse(f"admin:discovery_{model}_change", args=[rows[model]]), {}).status_code == 403
    assert client.post(reverse(f"admin:discovery_{model}_delete", args=[rows[model]]), {"post": "yes"}).status_code == 403


def test_a_closure_is_added_through_its_verb(world: World, superuser: User, as_user: Callable[[User], Client]) -> None:
    form = {"court": world.case.court_id, "day": "2025-07-07", "name": "Flood", "source": "General Order 72"}
    as_user(superuser).post(reverse("admin:discovery_courtclosure_add"), form)
    assert CourtClosure.objects.get().name == "Flood"
    assert Event.objects.get().act == "record_added"


def test_a_change_that_would_move_dates_is_sent_to_the_case_page(world: World, as_user: Callable[[User], Client]) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    entry = add_record(ScheduleEntry(case=world.case, kind="trial", day=date(2026, 3, 30)), by=world.alice)
    form = {"kind": "trial", "day": "2026-03-31", "opened_at": entry.revision}
    address = reverse("admin:discovery_scheduleentry_change", args=[entry.pk])
    response = as_user(User.objects.get(pk=world.alice.pk)).post(address, form, follow=True)
    assert "Change this on the case’s own page" in response.text
    assert ScheduleEntry.objects.get().day == date(2026, 3, 30)
