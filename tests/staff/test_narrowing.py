"""Narrowing a request: the served text beside the typed one, the redline as it is typed, agreeing to a proposal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.models import Narrowing, RequestRow
from tests.domain.conferring import conferred, rows_of
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses


def url(row: RequestRow) -> str:
    return reverse("narrowing-new", args=[row.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {"text": "All Documents, part 1, of <2024>.", "proposed_by": "Witness Corp.", "proposed_on": "2025-07-08", **changes}


def test_editors_propose_and_agree(world: World, as_user: AsUser) -> None:
    row = rows_of(world.served_subpoena())[0]
    client = as_user(world.bob)
    assert statuses(as_user, world, url(row)) == EDIT
    assert posted(as_user, world, url(row), typed()) == DENIED
    assert posted(as_user, world, url(row), typed(preview="1")) == DENIED

    start = form_of(client.get(url(row)))
    shown = client.post(url(row), typed(), follow=True)
    proposed = Narrowing.objects.get()
    agree = reverse("narrowing-agree", args=[proposed.pk])
    assert statuses(as_user, world, agree) == EDIT
    assert posted(as_user, world, agree, {}) == DENIED
    assert (start["text"].value(), start["proposed_by"].value()) == ("All Documents, part 1.", "Witness Corp.")
    assert (agree in shown.text, "of &lt;2024&gt;." in shown.text) == (True, True)

    early = client.post(agree, {"agreed_by": "Us", "agreed_on": "2025-07-07", "revision": "1"})
    assert list(errors_of(early)) == ["agreed_on"]
    stale = client.post(agree, {"agreed_by": "Us", "agreed_on": "2025-07-09", "revision": "7"})
    assert "Somebody else changed this" in stale.text
    done = client.post(agree, {"agreed_by": "Us", "agreed_on": "2025-07-09", "revision": "1", "source": "E-mail"}, follow=True)

    proposed.refresh_from_db()
    assert done.redirect_chain == [(reverse("row-detail", args=[row.pk]), 302)]
    assert (proposed.agreed_by, proposed.agreed_on, proposed.source) == ("Us", date(2025, 7, 9), "E-mail")
    assert "in force" in client.get(url(row)).text


def test_agreed_at_once_at_a_conference(world: World, as_user: AsUser) -> None:
    row = rows_of(world.served_subpoena())[0]
    held = conferred(world, [row])

    as_user(world.bob).post(url(row), typed(conferral=held.pk, agreed_by="Us", agreed_on="2025-07-08"))

    found = Narrowing.objects.get()
    assert (found.conferral, found.agreed_by, found.superseded) == (held, "Us", False)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"text": "All Documents, part 1."}, "text", "This is the text in force already"),
        ({"text": ""}, "text", "This field is required."),
        ({"proposed_on": "2025-06-01"}, "proposed_on", "was served on"),
        ({"agreed_by": "Us"}, "agreed_on", "Say on which day it was agreed."),
        ({"agreed_on": "2025-07-09"}, "agreed_by", "Say who agreed to it."),
        ({"agreed_on": "2025-07-01", "agreed_by": "Us"}, "agreed_on", "It cannot have been agreed before"),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str) -> None:
    row = rows_of(world.served_subpoena())[0]

    response = as_user(world.bob).post(url(row), typed(**changes))

    assert (response.status_code, list(errors_of(response)), Narrowing.objects.count()) == (422, [field], 0)
    assert words in errors_of(response)[field][0]


def test_the_redline_follows_the_typing_and_stores_nothing(world: World, as_user: AsUser) -> None:
    row = rows_of(world.served_subpoena())[0]
    client = as_user(world.bob)

    live = client.post(url(row), {"preview": "1", "text": "All Documents, part 2."}, headers={"HX-Request": "true"})
    plain = client.post(url(row), {"preview": "1", "text": "All Documents, part 2.", "proposed_by": "Walt"})
    same = client.post(url(row), {"preview": "1", "text": "All Documents, part 1."}, headers={"HX-Request": "true"})

    assert live.text.strip() == '<p class="redline" lang="en">All Documents, part <del>1</del><ins>2</ins>.</p>'
    assert (plain.status_code, "<ins>2</ins>" in plain.text, form_of(plain)["proposed_by"].value()) == (200, True, "Walt")
    assert "errorlist" not in plain.text
    assert "it reads as served" in same.text
    assert Narrowing.objects.count() == 0


def test_the_next_text_starts_from_the_one_in_force(world: World, as_user: AsUser) -> None:
    row = rows_of(world.served_subpoena())[0]
    days = {"proposed_on": date(2025, 7, 1), "agreed_on": date(2025, 7, 1), "agreed_by": "Us", "proposed_by": "Them"}
    propose_narrowing(Narrowing(row=row, text="Less.", **days), by=world.alice)

    response = as_user(world.bob).get(url(row))

    assert form_of(response)["text"].value() == "Less."
    assert [one.row.text for one in response.context["chain"]] == ["Less."]
