"""The screen that records a motion which others made."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.models import Dispute
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import proof


def new(world: World) -> str:
    return reverse("motion-new", args=[world.case.pk])


def typed(**changes: Any) -> dict[str, Any]:
    told = {"kind": "motion_to_quash", "title": "Motion to quash", "side": "theirs", "moved_by": "Witness Corp."}
    return {**told, "submitted_on": "2025-07-01", "docket_entry": "Dkt. 210", **changes}


def test_editors_record_it(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, new(world)) == EDIT
    assert posted(as_user, world, new(world), typed()) == DENIED
    assert Dispute.objects.count() == 0


def test_it_waits_for_its_ruling(world: World, as_user: AsUser) -> None:
    row = world.served_subpoena(2).rows.get(number=2)

    shown = as_user(world.bob).post(new(world), typed(rows=[row.pk], upload=proof("motion.pdf")), follow=True)

    made = Dispute.objects.get()
    assert shown.redirect_chain[0][0] == reverse("order-list", args=[world.case.pk])
    assert (made.status, [one.row for one in made.requests.all()]) == ("submitted", [row])
    for words in ("Waiting for a ruling", "motion.pdf", "0 of 1 request ruled on", "It waits for its ruling."):
        assert words in shown.text


@pytest.mark.parametrize(("day", "late"), [("2025-07-02", False), ("2025-07-03", True)])
def test_a_late_motion_to_quash_is_warned_about(world: World, as_user: AsUser, day: str, late: bool) -> None:
    row = world.served_subpoena(1).rows.get()

    shown = as_user(world.bob).post(new(world), typed(rows=[row.pk], submitted_on=day), follow=True)

    assert ("It was filed after a date it should have come before: Compliance with the subpoena" in shown.text) is late


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"moved_by": ""}, "moved_by", "This field is required."),
        ({"submitted_on": "2099-01-01"}, "submitted_on", "This day lies ahead."),
        ({"kind": "deficiency_letter"}, "kind", "Select a valid choice."),
        ({"rows": ["999999"]}, "rows", "Select a valid choice."),
        ({"upload": proof("motion.exe")}, "upload", "This kind of file is not taken."),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, Any], field: str, words: str) -> None:
    response = as_user(world.bob).post(new(world), typed(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), Dispute.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["docket_entry"].value() == "Dkt. 210"


def test_requests_of_another_case_are_no_choice(world: World, as_user: AsUser) -> None:
    row = world.served_subpoena(1).rows.get()
    page = as_user(world.bob).get(new(world))

    assert [(group.demand, len(group.boxes)) for group in page.context["form"].row_groups] == [(row.demand, 1)]
