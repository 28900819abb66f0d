"""One snapshot of every kind of paper that the demo case has, and the whole package."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.demo import load_demo
from discovery.domain.errors import Refused
from discovery.papers.snapshots import to_json
from tests.factories import make_user
from tests.papers import samples

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def snapshots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """Canonical JSON by kind of paper: of the demo case's first row that such a paper can be made of."""
    found = {"package": samples.canonical(), "draft": samples.canonical(approval=samples.approval(approved=False))}
    with django_db_blocker.unblock(), transaction.atomic():
        owner = make_user("demo-owner")
        load_demo(owner=owner)
        for kind, composer in COMPOSERS.items():
            for row in itertools.islice(composer.rows_seen_by(owner), 3):
                try:
                    found[kind] = to_json(composer.compose(row, kind))
                except Refused:
                    continue
                break
        transaction.set_rollback(True)
    yield found
