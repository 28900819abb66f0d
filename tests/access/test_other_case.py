"""An editor of one case names rows of another in what a form sends: nothing is recorded in either case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from discovery.models import Conferral, Deadline, Event, Production
from tests.disputes import started
from tests.domain.lives import live
from tests.factories import World, make_world

pytestmark = pytest.mark.django_db
PAPERS_OF_DISPUTES = (
    "dispute_chart",
    "joint_letter",
    "motion_outline",
    "deficiency_letter",
    "conferral_letter",
    "separate_statement",
)
HELD = {"held_on": "2025-07-20", "mode": "video", "default_outcome": "open", "who-0-name": "T", "who-0-side": "theirs"}
LINES = {"who-TOTAL_FORMS": "1", "who-INITIAL_FORMS": "0", "promise-TOTAL_FORMS": "0", "promise-INITIAL_FORMS": "0"}


def sent(world: World, other: World) -> dict[str, tuple[str, dict[str, Any], int]]:
    """Return what is sent, by name: address, data, and the answer's status."""
    theirs, hidden = other.served_set(2), live(other, other.served_set(2))
    subpoena = other.served_subpoena(2)
    dispute = started(other, list(subpoena.rows.order_by("number")))
    mine = live(world, world.served_set(2))
    draft = started(world, list(world.served_subpoena(2).rows.order_by("number")))
    volume, foreign_volume = (Production.objects.get(case=one.case) for one in (world, other))
    foreign = Conferral.objects.get(case=other.case)
    foreign_date = Deadline.objects.filter(case=other.case).first()
    event = Event.objects.filter(case=other.case).first()
    assert foreign_date is not None
    assert event is not None
    rows = [row.pk for row in theirs.rows.all()]
    case, party = world.case.pk, theirs.responding_party_id
    motion = {"kind": "motion_to_quash", "title": "M", "side": "theirs", "moved_by": "x", "submitted_on": "2025-07-20"}
    promise = {"side": "theirs", "promised_by": "x", "text": "t", "promised_on": "2025-07-20", "due": "2025-09-01"}
    order = {"title": "O", "entered_on": "2025-09-20", "method": "cm_ecf"}
    claim = {"pages": "x", "basis": "y", "noticed_on": "2025-07-20", "act_by": "2025-08-01"}
    conferred = {**HELD, **LINES, "rows": ",".join(map(str, rows)), f"row-{rows[0]}-chosen": "on"}
    words = {"title": "x", "moved_by": "a", "side": "ours", "signer": other.appearance.pk, "revision": draft.revision}

    def at(name: str, *args: int | str) -> str:
        return reverse(name, args=args)

    found: dict[str, tuple[str, dict[str, Any], int]] = {
        "assign": (at("matrix-act", case), {"act": "assign", "owner": world.bob.pk, "pk": [mine.row.pk, *rows]}, 422),
        "undo": (at("matrix-undo", case), {"event": event.pk}, 404),
        "start a dispute": (at("dispute-new", case), {"kind": "joint_letter", "rows": rows}, 422),
        "add to a dispute": (at("dispute-rows", draft.pk), {"add": "1", "rows": rows}, 422),
        "take out of theirs": (at("dispute-rows", draft.pk), {"out": dispute.requests.all()[0].pk}, 422),
        "sign": (at("dispute-edit", draft.pk), words, 422),
        "confer": (at("conferral-new", case), conferred, 422),
        "promise": (at("commitment-new", case), {**promise, "rows": rows}, 422),
        "promise at a conference": (at("commitment-new", case), {**promise, "conferral": foreign.pk}, 422),
        "narrow": (at("narrowing-new", mine.row.pk), {"text": "less", **claim, "conferral": foreign.pk}, 422),
        "produce": (f"{at('production-new', case)}?demand={theirs.pk}", {"ranges": "AB001"}, 404),
        "tie": (at("production-tie", volume.pk), {"rows": rows, "act": "tie"}, 422),
        "move": (at("motion-new", case), {**motion, "rows": rows}, 422),
        "move against": (at("motion-new", case), {**motion, "responding_party": party}, 422),
        "order about": (at("order-new", case), {**order, "demand": theirs.pk}, 422),
        "reconsider": (at("order-new", case), {**order, "reconsiders": hidden.order.pk}, 422),
        "rule": (at("order-rulings", case, hidden.order.pk), {}, 404),
        "claw back": (at("clawback-new", case), {**claim, "responding_party": party}, 422),
        "claw back of": (
            at("clawback-new", case),
            {**claim, "responding_party": mine.demand.responding_party_id, "production": foreign_volume.pk},
            422,
        ),
        "log": (at("log-new", case), {"responding_party": party, "kind": "document"}, 422),
        "answer": (at("response-start", theirs.pk), {}, 404),
        "cover letter": (at("paper-make", "cover_letter", foreign_volume.pk), {}, 404),
        "proof": (at("paper-make", "proof_of_service", subpoena.pk), {}, 404),
        "memo": (at("paper-make", "deadline_memo", foreign_date.pk), {}, 404),
        "response": (at("paper-make", "response", hidden.demand.responses.all()[0].pk), {}, 404),
    }
    return found | {paper: (at("paper-make", paper, dispute.pk), {}, 404) for paper in PAPERS_OF_DISPUTES}


def test_rows_of_another_case_are_out_of_reach(world: World, as_user: Callable[[User], Client], bells: list[int]) -> None:
    other = make_world("Other v. Case", "4:24-cv-00002-ABC")
    forms = sent(world, other)
    other.case.memberships.all().delete()
    client, before = as_user(world.alice), Event.objects.count()

    answers = {name: client.post(address, data).status_code for name, (address, data, _status) in forms.items()}

    assert answers == {name: status for name, (_address, _data, status) in forms.items()}
    assert Event.objects.count() == before
