"""One snapshot of every paper with a Word file: of the demo case, where longer of the small world, and the whole package."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.demo.loading import load_demo
from discovery.domain.errors import Refused
from discovery.domain.privilege.logs import record_log
from discovery.enums import DisputeKind
from discovery.models import PrivilegeLog, PrivilegeLogEntry
from discovery.papers.snapshots import to_json
from tests.disputes import answered as answered_letter
from tests.disputes import rows_of, started
from tests.factories import make_user, make_world
from tests.papers import samples
from tests.papers.test_response import answered
from tests.producing import logged

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


LONGER = {"response", "privilege_log", "cover_letter", "deficiency_letter", "conferral_letter"}
"""Kinds that the small world tells more of than the demo case."""


@pytest.fixture(scope="session")
def snapshots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Canonical JSON by kind of paper, of the first row that such a paper can be made of."""
    found = {"package": samples.canonical(), "draft": samples.canonical(approval=samples.approval(approved=False))}
    with django_db_blocker.unblock():
        with transaction.atomic():
            owner = make_user("demo-owner")
            load_demo(owner=owner)
            found |= _composed(owner, set(COMPOSERS) - {"binder"})  # finished PDFs: nothing to convert
            transaction.set_rollback(True)
        with transaction.atomic():
            found |= _composed(_small_world(), LONGER)
            transaction.set_rollback(True)
    return found


def _composed(user: User, kinds: set[str]) -> dict[str, str]:
    found = {}
    for kind in sorted(kinds):
        for row in itertools.islice(COMPOSERS[kind].rows_seen_by(user), 3):
            try:
                found[kind] = to_json(COMPOSERS[kind].compose(row, kind))
            except Refused:
                continue
            break
    return found


def _small_world() -> User:
    """A response, a log, a production and letters, longer than those of the demo case."""
    world = make_world()
    answered(world)
    entries = [
        PrivilegeLogEntry(number=number, bates_first=f"8VC{number:06d}", sender="Ann Lee*", recipients="Bo", description="Advice")
        for number in range(1, 31)
    ]
    record_log(PrivilegeLog(responding_party=world.responder, served_on=date(2025, 8, 20)), entries, by=world.alice)
    demand = world.set_served_on_us(3)
    logged(world, demand, "DOE000001-DOE001250", [demand.rows.all()[0]], confidentiality="CONFIDENTIAL")
    rows = rows_of(world, 4)
    answered_letter(world, rows)
    for kind in (DisputeKind.DEFICIENCY_LETTER, DisputeKind.CONFERRAL_LETTER):
        started(world, rows[2:], kind=kind)
    return world.alice
