"""A state machine drives the verbs of disputes against the transition table and the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.domain.disputes.disputing import (
    add_rows,
    change_dispute,
    close_dispute,
    make_ready,
    move_request,
    reopen_dispute,
    submit_dispute,
    take_out,
)
from discovery.domain.disputes.states import ALLOWED
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, DisputeStatus
from discovery.models import Dispute, Event, RequestRow
from tests.disputes import rows_of, started
from tests.factories import World

STATUS = DisputeStatus
ACTS = ("ready", "reopen", "submit", "resolve", "withdraw", "change", "add", "out", "move")
TO = {
    "ready": (STATUS.READY, {STATUS.DRAFT}),
    "reopen": (STATUS.DRAFT, {STATUS.READY}),
    "submit": (STATUS.SUBMITTED, {STATUS.READY}),
    "resolve": (STATUS.RESOLVED, {STATUS.DRAFT, STATUS.READY, STATUS.SUBMITTED}),
    "withdraw": (STATUS.WITHDRAWN, {STATUS.DRAFT, STATUS.READY, STATUS.SUBMITTED}),
}
"""What each act makes of a letter of ours, and from where."""


def test_the_table_knows_every_status_and_ends_somewhere() -> None:
    assert set(ALLOWED) == {status.value for status in STATUS}
    assert {target for targets in ALLOWED.values() for target in targets} | {STATUS.DRAFT.value} == set(ALLOWED)
    assert {status for status, targets in ALLOWED.items() if not targets} == {"resolved", "withdrawn"}
    for to, sources in TO.values():
        assert all(to.value in ALLOWED[source.value] for source in sources)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=9))
def test_any_order_of_acts_keeps_to_the_table(world: World, acts: list[str]) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        contradictions = _walked(world, acts)
        transaction.savepoint_rollback(point)
    assert contradictions == []


def _walked(world: World, acts: list[str]) -> list[object]:
    """Do the acts one after the other; return each after which the rows are not what the table makes them, with both."""
    found: list[object] = []
    rows = rows_of(world, 3)
    dispute = started(world, rows[:2], DisputeKind.CONFERRAL_LETTER)
    expected, events, sent = STATUS.DRAFT.value, 1, False
    for act in acts:
        before = (expected, dispute.requests.count())
        try:
            with transaction.atomic():
                _do(act, dispute, world, rows)
        except Refused:
            allowed = False
        else:
            allowed = True
        stored = Dispute.objects.get(pk=dispute.pk)
        if act in TO:
            to, sources = TO[act]
            can = before[0] in {source.value for source in sources}
            expected = to.value if can else expected
        else:
            can = before[0] == STATUS.DRAFT and not (act == "add" and before[1] == 3) and not (act == "out" and before[1] == 1)
        events += can
        sent = sent or (act == "submit" and can)
        numbers = list(stored.requests.order_by("position").values_list("position", flat=True))
        told = Event.objects.filter(subject=f"dispute:{dispute.pk}").count()
        wanted = (can, expected, sent, events, list(range(1, len(numbers) + 1)))
        if (allowed, stored.status, stored.submitted_on is not None, told, numbers) != wanted:
            found.append((act, before, wanted, (allowed, stored.status, stored.submitted_on, told, numbers)))
    return found


def _do(act: str, dispute: Dispute, world: World, rows: list[RequestRow]) -> None:
    fresh = Dispute.objects.select_related("case__court").get(pk=dispute.pk)
    by = world.alice
    if act == "ready":
        make_ready(fresh, by=by)
    elif act == "reopen":
        reopen_dispute(fresh, by=by)
    elif act == "submit":
        submit_dispute(fresh, date(2025, 7, 10), by=by)
    elif act in {"resolve", "withdraw"}:
        close_dispute(fresh, STATUS.RESOLVED if act == "resolve" else STATUS.WITHDRAWN, "Agreed", by=by)
    elif act == "change":
        fresh.closing += "One more word. "
        change_dispute(fresh, by=by, revision=fresh.revision)
    elif act == "add":
        add_rows(fresh, rows, by=by)
    else:
        entry = fresh.requests.order_by("position").first()
        assert entry is not None
        if act == "out":
            take_out(entry, by=by)
        else:
            move_request(entry, 1, by=by)
