"""Conferences, commitments and narrower texts."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from discovery.domain.conferrals.commitments import commit
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.models import Commitment, Narrowing
from tests.access.lines import EDITORS, MEMBERS, Line
from tests.domain.conferring import conferred, rows_of
from tests.factories import World

LINES: dict[str, Line] = {
    "conferral-list": MEMBERS,
    "conferral-new": EDITORS,
    "conferral-detail": MEMBERS,
    "conferral-edit": EDITORS,
    "commitment-new": EDITORS,
    "commitment-release": EDITORS,
    "narrowing-new": EDITORS,
    "narrowing-agree": EDITORS,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name: a conference on a served set, a promise, a proposal."""
    rows = rows_of(world.served_set())
    held = conferred(world, rows)
    promise = Commitment(case=world.case, text="Search again", promised_on=date(2025, 7, 8))
    promised = commit(promise, date(2027, 7, 22), rows, by=world.alice)
    text = Narrowing(row=rows[0], text="Less.", proposed_by="Them", proposed_on=date(2025, 7, 1))
    proposed = propose_narrowing(text, by=world.alice)
    found = {name: reverse(name, args=[world.case.pk]) for name in ("conferral-list", "conferral-new", "commitment-new")}
    found |= {name: reverse(name, args=[held.pk]) for name in ("conferral-detail", "conferral-edit")}
    found["commitment-release"] = reverse("commitment-release", args=[promised.pk])
    found["narrowing-new"] = reverse("narrowing-new", args=[rows[0].pk])
    found["narrowing-agree"] = reverse("narrowing-agree", args=[proposed.pk])
    return found
