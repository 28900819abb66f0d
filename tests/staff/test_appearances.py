"""The screens of appearances, and of the dates that a court set."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.models import Appearance, Attorney, ScheduleEntry
from tests.factories import World
from tests.staff.screens import AsUser, another_case, errors_of, form_of


def attorney(world: World, name: str = "Nora New") -> Attorney:
    return Attorney.objects.create(name=name, firm=world.appearance.attorney.firm, created_by=world.bob)


def test_an_attorney_appears_for_a_group_or_for_parties(world: World, as_user: AsUser) -> None:
    client, url = as_user(world.bob), reverse("appearance-new", args=[world.case.pk])
    one, two = attorney(world), attorney(world, "Nils New")
    common = {"admission": "pro_hac_vice", "position": 3}

    assert client.post(url, {"attorney": one.pk, "group": world.group.pk, **common}).status_code == 302
    assert client.post(url, {"attorney": two.pk, "parties": [world.opponent.pk], **common}).status_code == 302
    stored = Appearance.objects.filter(attorney__in=[one, two]).order_by("pk")
    assert [(row.group, list(row.parties.all())) for row in stored] == [(world.group, []), (None, [world.opponent])]


def test_an_attorney_appears_for_somebody(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("appearance-new", args=[world.case.pk]), {"attorney": attorney(world).pk, "admission": "admitted", "position": 3}
    )

    assert errors_of(response) == {"group": ["Say for whom: choose a group, or tick the parties."]}


def test_an_attorney_appears_once(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(
        reverse("appearance-new", args=[world.case.pk]),
        {"attorney": world.appearance.attorney_id, "group": world.group.pk, "admission": "admitted", "position": 3},
    )

    assert errors_of(response) == {"attorney": ["This attorney appears in this case already: change that appearance."]}


def test_groups_and_parties_of_another_case_cannot_be_chosen(world: World, as_user: AsUser) -> None:
    other = another_case(world)
    response = as_user(world.alice).post(
        reverse("appearance-edit", args=[world.case.pk, world.appearance.pk]),
        {
            "attorney": world.appearance.attorney_id,
            "group": other["group"],
            "parties": [other["party"]],
            "admission": "admitted",
            "position": 1,
            "revision": 1,
        },
    )

    assert errors_of(response) == {
        "group": ["Select a valid choice. That choice is not one of the available choices."],
        "parties": [f"Select a valid choice. {other['party']} is not one of the available choices."],
    }


def test_two_people_at_one_appearance_see_both(world: World, as_user: AsUser) -> None:
    url = reverse("appearance-edit", args=[world.case.pk, world.appearance.pk])
    same: dict[str, Any] = {"attorney": world.appearance.attorney_id, "group": world.group.pk, "revision": 1}
    as_user(world.alice).post(url, {**same, "admission": "pending", "position": 1, "accepts_email": "on"})

    response = as_user(world.bob).post(url, {**same, "admission": "pro_hac_vice", "position": 1})

    assert response.context["form"].theirs == {"admission": "Pro hac vice application pending", "accepts_email": "yes"}
    assert form_of(response)["admission"].value() == "pro_hac_vice"


def test_a_new_attorney_comes_back_to_the_form_that_asked(world: World, as_user: AsUser) -> None:
    back = reverse("appearance-new", args=[world.case.pk])
    response = as_user(world.bob).post(
        reverse("attorney-new"), {"name": "Nora New", "firm": world.appearance.attorney.firm_id, "next": back}
    )
    stored = Attorney.objects.get(name="Nora New")

    assert response["Location"] == f"{back}?attorney={stored.pk}"
    assert form_of(as_user(world.bob).get(response["Location"]))["attorney"].value() == str(stored.pk)


@pytest.mark.parametrize("away", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(world: World, as_user: AsUser, away: str) -> None:
    response = as_user(world.bob).post(
        reverse("attorney-new"), {"name": "Nora New", "firm": world.appearance.attorney.firm_id, "next": away}
    )

    assert response["Location"] == reverse("attorney-list")


def test_a_date_is_stored_as_the_court_wrote_it(world: World, as_user: AsUser) -> None:
    client, url = as_user(world.bob), reverse("schedule-new", args=[world.case.pk])

    assert client.post(url, {"kind": "trial", "day": "2027-03-30", "source": "Dkt. 146"}).status_code == 302
    assert str(ScheduleEntry.objects.get()) == "Trial: March 30, 2027"

    response = client.post(url, {"kind": "trial", "day": "2027-04-30"})
    assert errors_of(response) == {
        "kind": ["A date for this is recorded already. Change that one, or name a phase (“Phase 2”) to tell them apart."]
    }
    assert client.post(url, {"kind": "trial", "day": "2027-04-30", "phase": "Phase 2"}).status_code == 302


def test_a_date_that_is_none_is_said_at_the_field(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(reverse("schedule-new", args=[world.case.pk]), {"kind": "trial", "day": "31 Febtober"})

    assert errors_of(response) == {"day": ["Enter a valid date."]}
    assert form_of(response)["day"].value() == "31 Febtober"
