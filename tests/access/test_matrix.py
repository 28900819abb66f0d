"""The access matrix: every address of the site against owner, editor, reader, stranger and nobody. A URL without a line fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from discovery.domain.answers.answering import record_response
from discovery.domain.dates.deadlines import extend, set_by_hand
from discovery.domain.dates.feeds import make_feed
from discovery.domain.drafts.batches import request_batch
from discovery.domain.drafts.drafting import render_draft
from discovery.domain.service.serving import log_served_set
from discovery.enums import DemandKind
from discovery.models import (
    Attachment,
    Clause,
    Court,
    CourtClosure,
    Custodian,
    Definition,
    Draft,
    Exhibit,
    Extension,
    Order,
    Person,
    RequestSet,
    Response,
    ScheduleEntry,
    Service,
)
from tests.access import areas
from tests.access.lines import (
    ACT,
    AWAY,
    DENIED,
    EDITORS,
    EVERYONE,
    GONE,
    MEMBERS,
    OPEN,
    OWNERS,
    STAFF_ONLY,
    Line,
)
from tests.factories import World, make_user

EDITED_IN_A_CASE = ("party", "group", "appearance", "responder", "schedule")

BATCH_ACTS = ("detail", "status", "zip", "pdf", "merge", "cancel", "retry")

MATRIX: dict[str, Line] = {
    "home": EVERYONE,
    "deadline-list": EVERYONE,
    "deadline-export": EVERYONE,
    "calendar": EVERYONE,
    "password-change": EVERYONE,
    "feed-list": EVERYONE,
    # A calendar address is its maker's: the owner made this one.
    "feed-revoke": Line(OPEN, GONE, GONE, GONE),
    "case-list": EVERYONE,
    "case-new": EVERYONE,
    "case-detail": MEMBERS,
    "case-timeline": MEMBERS,
    "case-edit": EDITORS,
    **{f"{name}-{act}": EDITORS for name in EDITED_IN_A_CASE for act in ("new", "edit", "remove")},
    "custodian-new": EDITORS,
    "custodian-edit": EDITORS,
    "custodian-remove": EDITORS,
    **{f"member-{act}": OWNERS for act in ("new", "edit", "remove")},
    **{f"{name}-list": EVERYONE for name in ("person", "attorney", "firm", "court", "clause", "draft", "subpoena")},
    **{f"{name}-new": EVERYONE for name in ("person", "attorney", "firm")},
    **{f"{name}-edit": EDITORS for name in ("person", "attorney", "firm")},
    **{f"{name}-{act}": STAFF_ONLY for name in ("court", "clause") for act in ("new", "edit")},
    "closure-list": EVERYONE,
    **{f"closure-{act}": STAFF_ONLY for act in ("new", "edit", "remove")},
    "subpoena-export": EVERYONE,
    "subpoena-new": EDITORS,
    "subpoena-detail": MEMBERS,
    "subpoena-schedule": MEMBERS,
    "subpoena-form": EDITORS,
    "notice-edit": EDITORS,
    "subpoena-review": MEMBERS,
    "demand-checks": MEMBERS,
    "finding-override": ACT,
    **{f"subpoena-{act}": ACT for act in ("submit", "return", "approve", "reopen", "withdraw", "make", "batch")},
    "set-detail": MEMBERS,
    "set-fields": Line(AWAY, AWAY, DENIED, GONE),  # a piece of the set's page: by itself it leads there
    "set-edit": EDITORS,
    "exhibit-add": EDITORS,
    "exhibit-show": MEMBERS,
    "exhibit-edit": EDITORS,
    "exhibit-remove": EDITORS,
    "item-add": EDITORS,
    "item-paste": EDITORS,
    "item-show": MEMBERS,
    "item-edit": EDITORS,
    "item-remove": EDITORS,
    "item-move": ACT,
    "service-record": EDITORS,
    "set-log": EDITORS,
    "demand-detail": MEMBERS,
    "demand-service": EDITORS,
    "response-new": EDITORS,
    "response-edit": EDITORS,
    "order-new": EDITORS,
    "order-edit": EDITORS,
    "attachment-file": MEMBERS,
    "case-dates": MEMBERS,
    "case-dates-export": MEMBERS,
    "deadline-new": EDITORS,
    "deadline-detail": MEMBERS,
    **{f"deadline-{act}": EDITORS for act in ("extend", "order", "by-hand", "done", "reopen")},
    **{f"deadline-{act}": ACT for act in ("confirm", "assign", "accept", "keep")},
    "extension-approve": EDITORS,
    "draft-detail": MEMBERS,
    "draft-status": MEMBERS,
    "draft-file": MEMBERS,
    "draft-word": MEMBERS,
    "draft-how": MEMBERS,
    "draft-retry": ACT,
    "paper-make": ACT,
    # A batch is its requester's: the owner asked for this one.
    "batch-detail": Line(OPEN, GONE, GONE, GONE),
    "batch-status": Line(OPEN, GONE, GONE, GONE),
    "batch-zip": Line(OPEN, GONE, GONE, GONE),
    "batch-pdf": Line(AWAY, GONE, GONE, GONE),  # to the batch's page, while it is not joined
    **{f"batch-{act}": ACT for act in ("merge", "cancel", "retry")},
    **areas.LINES,
}

PUBLIC = {"login", "logout", "set_language", "feed-ics"}
"""Addresses that answer without signing in; tests/staff looks at them. A feed's address is its own key."""


def site_names() -> set[str]:
    """Return the names of all addresses outside the web admin."""

    def walk(patterns: list[URLPattern | URLResolver]) -> set[str]:
        names: set[str] = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                names |= set() if pattern.namespace == "admin" else walk(pattern.url_patterns)
            else:
                assert pattern.name, f"{pattern.pattern} has no name"
                names.add(pattern.name)
        return names

    return walk(get_resolver().url_patterns)


def test_every_address_has_its_line() -> None:
    assert site_names() - PUBLIC == set(MATRIX)


def served_addresses(world: World) -> dict[str, str]:
    """Return the addresses about what was served: a set of requests for admission with its service, response and proof."""
    case = world.case
    subpoena = world.subpoena(world.another_responder("Served Corp."))
    proof = SimpleUploadedFile("proof.pdf", b"%PDF-1.7 proof")
    (demand,) = log_served_set(
        RequestSet(case=case, propounded_by=world.group, name="Set One", kind="admissions"),
        [world.opponent.person],
        DemandKind.RFA,
        Service(served_on=date(2025, 6, 18), method="personal"),
        by=world.alice,
        upload=proof,
    )
    response = record_response(Response(demand=demand, served_on=date(2025, 7, 1), method="email"), by=world.alice)
    order = Order.objects.create(case=case, title="Order", entered_on=date(2025, 7, 2), recorded_by=world.alice)
    closure = CourtClosure.objects.create(court=case.court, day=date(2025, 7, 7), name="Flood", source="General Order 1")
    attachment = Attachment.objects.get()
    found = {"service-record": reverse("service-record", args=[subpoena.pk]), "set-log": reverse("set-log", args=[case.pk])}
    found |= {f"demand-{act}": reverse(f"demand-{act}", args=[demand.pk]) for act in ("detail", "service")}
    found["response-new"] = reverse("response-new", args=[demand.pk])
    found["response-edit"] = reverse("response-edit", args=[demand.pk, response.pk])
    found["order-new"] = reverse("order-new", args=[case.pk])
    found["order-edit"] = reverse("order-edit", args=[case.pk, order.pk])
    found |= {f"closure-{act}": reverse(f"closure-{act}", args=[case.court_id]) for act in ("list", "new")}
    found |= {f"closure-{act}": reverse(f"closure-{act}", args=[case.court_id, closure.pk]) for act in ("edit", "remove")}
    found["attachment-file"] = reverse("attachment-file", args=[attachment.pk])
    return found


@pytest.fixture
def addresses(world: World, bells: list[int]) -> dict[str, str]:
    """Return an address for each name, all within one case."""
    subpoena = world.subpoena()
    case, request_set = world.case, subpoena.demand.request_set
    definition = Definition.objects.create(request_set=request_set, number=1, label="You", text="“You” means Witness Corp.")
    exhibit = Exhibit.objects.create(request_set=request_set, letter="A", lines="One\nTwo")
    custodian = Custodian.objects.create(
        responding_party=world.responder, person=Person.objects.create(name="Kim", kind="natural", created_by=world.alice)
    )
    schedule = ScheduleEntry.objects.create(case=case, kind="trial", day="2026-03-30")
    batch = request_batch([subpoena.demand], ["service_copy"], by=world.alice)
    draft = Draft.objects.get(batch=batch)
    render_draft(draft.pk)
    in_case = {
        "party": world.opponent.pk,
        "group": world.group.pk,
        "appearance": world.appearance.pk,
        "responder": world.responder.pk,
        "schedule": schedule.pk,
        "member": case.memberships.get(user=world.rita).pk,
    }
    attorney = world.appearance.attorney
    firmwide = {
        "person": world.responder.person_id,
        "attorney": attorney.pk,
        "firm": attorney.firm_id,
        "court": Court.objects.get().pk,
        "clause": Clause.objects.create(kind="definition", label="Action", text="This action.").pk,
    }
    found = {name: reverse(name) for name in ("home", "password-change", "case-list", "case-new", "feed-list")}
    found |= {name: reverse(name) for name in ("deadline-list", "deadline-export", "calendar")}
    found["feed-revoke"] = reverse("feed-revoke", args=[make_feed("Phone", by=world.alice)[0].pk])
    found |= {name: reverse(name) for name in ("draft-list", "subpoena-list", "subpoena-export", "subpoena-batch")}
    found |= {f"case-{act}": reverse(f"case-{act}", args=[case.pk]) for act in ("detail", "edit", "timeline")}
    for name, pk in in_case.items():
        found[f"{name}-new"] = reverse(f"{name}-new", args=[case.pk])
        found |= {f"{name}-{act}": reverse(f"{name}-{act}", args=[case.pk, pk]) for act in ("edit", "remove")}
    found["custodian-new"] = reverse("custodian-new", args=[case.pk, world.responder.pk])
    found |= {f"custodian-{act}": reverse(f"custodian-{act}", args=[case.pk, custodian.pk]) for act in ("edit", "remove")}
    for name, pk in firmwide.items():
        found |= {f"{name}-list": reverse(f"{name}-list"), f"{name}-new": reverse(f"{name}-new")}
        found[f"{name}-edit"] = reverse(f"{name}-edit", args=[pk])
    found["subpoena-new"] = reverse("subpoena-new", args=[case.pk])
    on_subpoena = ("detail", "schedule", "form", "review", "submit", "return", "approve", "reopen", "withdraw", "make")
    found |= {f"subpoena-{act}": reverse(f"subpoena-{act}", args=[subpoena.pk]) for act in on_subpoena}
    found |= {name: reverse(name, args=[subpoena.pk]) for name in ("demand-checks", "finding-override")}
    found["notice-edit"] = reverse("notice-edit", args=[subpoena.pk])
    found |= {f"set-{act}": reverse(f"set-{act}", args=[request_set.pk]) for act in ("detail", "fields", "edit")}
    found["exhibit-add"] = reverse("exhibit-add", args=[request_set.pk])
    found |= {f"exhibit-{act}": reverse(f"exhibit-{act}", args=[request_set.pk, exhibit.pk]) for act in ("show", "edit", "remove")}
    found |= {f"item-{act}": reverse(f"item-{act}", args=[request_set.pk, "definition"]) for act in ("add", "paste")}
    on_item = ("show", "edit", "move", "remove")
    found |= {f"item-{act}": reverse(f"item-{act}", args=[request_set.pk, "definition", definition.pk]) for act in on_item}
    found |= served_addresses(world)
    due = set_by_hand(case, "Call", date(2027, 3, 1), "Asked for", by=world.alice)
    on_date = ("detail", "extend", "order", "by-hand", "done", "reopen", "confirm", "assign", "accept", "keep")
    found |= {f"deadline-{act}": reverse(f"deadline-{act}", args=[due.pk]) for act in on_date}
    found |= {name: reverse(name, args=[case.pk]) for name in ("case-dates", "case-dates-export", "deadline-new")}
    told = {"agreed_on": date(2025, 7, 1), "agreed_with": "Counsel", "terms": "E-mail", "needs_approval": True}
    extension = extend(due, Extension(kind="days", days=7, **told), by=world.alice)
    found["extension-approve"] = reverse("extension-approve", args=[due.pk, extension.pk])
    found |= {
        f"draft-{act}": reverse(f"draft-{act}", args=[draft.pk]) for act in ("detail", "status", "file", "word", "how", "retry")
    }
    found |= {f"batch-{act}": reverse(f"batch-{act}", args=[batch.pk]) for act in BATCH_ACTS}
    found["paper-make"] = reverse("paper-make", args=["deadline_memo", due.pk])
    return found | areas.addresses(world)


def test_the_matrix_holds_for_reading(world: World, addresses: dict[str, str], as_user: Callable[[User], Client]) -> None:
    people = {"owner": world.alice, "editor": world.bob, "reader": world.rita, "stranger": world.charlie}
    clients = {who: as_user(user) for who, user in people.items()}
    found, expected = {}, {}
    for name, line in MATRIX.items():
        for who, client in clients.items():
            expected[name, who] = getattr(line, who)
            response = client.get(addresses[name])
            found[name, who] = response.status_code
            if response.streaming:
                response.getvalue()  # read to its end, a file closes itself
    assert found == expected


def test_nobody_gets_in_without_signing_in(addresses: dict[str, str], client: Client) -> None:
    found = {name: client.get(address).status_code for name, address in addresses.items() if not MATRIX[name].post_only}
    assert found == dict.fromkeys(found, AWAY)
    posted = {name: client.post(address).status_code for name, address in addresses.items()}
    assert posted == dict.fromkeys(posted, AWAY)


def test_strangers_and_readers_change_nothing(world: World, addresses: dict[str, str], as_user: Callable[[User], Client]) -> None:
    firm = {f"{name}-new" for name in ("person", "attorney", "firm")} | {"case-new", "caption-of-new", "password-change"}
    # These read, or answer a form with its errors; they change nothing for anyone (home and the lists take no POST).
    free = firm | {"set-fields"} | {name for name, line in MATRIX.items() if line in (EVERYONE, MEMBERS)}
    acts = {name: address for name, address in addresses.items() if name not in free | {"subpoena-batch"}}
    stranger, reader = as_user(world.charlie), as_user(world.rita)
    to_stranger = {name: stranger.post(address).status_code for name, address in acts.items()}
    to_reader = {name: reader.post(address).status_code for name, address in acts.items()}
    denied_to_all = {name for name, line in MATRIX.items() if line is STAFF_ONLY}
    gone_to_reader = {"feed-revoke", *(f"batch-{act}" for act in BATCH_ACTS)}
    reading_only = {name for name in acts if to_reader[name] == 405}
    assert reading_only <= gone_to_reader
    assert to_stranger == {name: DENIED if name in denied_to_all else 405 if name in reading_only else GONE for name in acts}
    assert to_reader == {name: 405 if name in reading_only else GONE if name in gone_to_reader else DENIED for name in acts}


def test_a_superuser_who_is_no_member_sees_nothing_of_a_case(
    world: World, addresses: dict[str, str], as_user: Callable[[User], Client]
) -> None:
    root = make_user("root", staff=True)
    root.is_superuser = True
    root.save()
    client = as_user(root)
    walled = {name: line for name, line in MATRIX.items() if line in (MEMBERS, EDITORS, OWNERS)}
    assert {name: client.get(addresses[name]).status_code for name in walled} == dict.fromkeys(walled, GONE)
