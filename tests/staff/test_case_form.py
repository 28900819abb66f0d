"""Opening and editing a case."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from discovery.enums import Act
from discovery.models import Case, CaseMembership, Event
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses


def typed(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "name": "New v. Case",
        "court": world.case.court.pk,
        "docket_number": "3:26-cv-00009-XYZ",
        "first_side": "NEW",
        "first_label": "Plaintiff",
        "second_side": "CASE",
        "second_label": "Defendant",
        "caption_form": "typed",
        **changes,
    }


def test_anyone_signed_in_opens_a_case_and_owns_it(world: World, as_user: AsUser) -> None:
    response = as_user(world.charlie).post(reverse("case-new"), typed(world))
    case = Case.objects.get(name="New v. Case")

    assert (response.status_code, response["Location"]) == (302, reverse("case-detail", args=[case.pk]))
    assert list(case.memberships.values_list("user__username", "role", "may_approve")) == [("charlie", "owner", True)]
    assert list(Event.objects.filter(case=case).values_list("act", flat=True)) == [Act.CASE_OPENED.value]


def test_editors_edit_it(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, reverse("case-edit", args=[world.case.pk])) == EDIT
    assert posted(as_user, world, reverse("case-edit", args=[world.case.pk]), typed(world)) == DENIED


@pytest.mark.parametrize("missing", ["name", "court", "docket_number", "first_side", "second_side"])
def test_what_is_missing_is_said_at_the_field(world: World, as_user: AsUser, missing: str) -> None:
    response = as_user(world.alice).post(reverse("case-new"), typed(world, **{missing: ""}))

    assert response.status_code == 422
    assert errors_of(response) == {missing: ["This field is required."]}
    assert 'value="New v. Case"' in response.text or missing == "name"


def test_a_number_that_the_court_has_already_is_said_at_the_number(world: World, as_user: AsUser) -> None:
    response = as_user(world.charlie).post(reverse("case-new"), typed(world, docket_number=world.case.docket_number))

    assert errors_of(response) == {"docket_number": ["A case with this number is recorded in this court already."]}
    assert Case.objects.count() == 1


def test_two_people_at_once_see_both_texts(world: World, as_user: AsUser) -> None:
    url = reverse("case-edit", args=[world.case.pk])
    opened_at = form_of(as_user(world.bob).get(url))["revision"].value()
    as_user(world.alice).post(url, typed(world, name="Alice's name", revision=opened_at))

    response = as_user(world.bob).post(url, typed(world, name="Bob's name", revision=opened_at))

    assert response.status_code == 422
    assert response.context["form"].theirs == {"name": "Alice's name"}
    assert form_of(response)["name"].value() == "Bob's name"
    assert "Alice&#x27;s name" in response.text
    assert Case.objects.get(pk=world.case.pk).name == "Alice's name"

    again = form_of(response)["revision"].value()
    assert as_user(world.bob).post(url, typed(world, name="Bob's name", revision=again)).status_code == 302
    assert Case.objects.get(pk=world.case.pk).name == "Bob's name"


def test_a_stranger_cannot_bring_himself_in(world: World, as_user: AsUser) -> None:
    as_user(world.charlie).post(reverse("case-edit", args=[world.case.pk]), typed(world))

    assert CaseMembership.objects.filter(user=world.charlie).count() == 0
    assert Case.objects.get().name == "Roe v. Doe"


def test_the_supervisor_is_a_member_of_the_case(world: World, as_user: AsUser) -> None:
    url = reverse("case-edit", args=[world.case.pk])
    client = as_user(world.alice)
    values = {**typed(world), "docket_number": world.case.docket_number, "revision": 1}

    stranger = client.post(url, {**values, "supervisor": world.charlie.pk})
    client.post(url, {**values, "supervisor": world.bob.pk})

    assert list(errors_of(stranger)) == ["supervisor"]
    assert Case.objects.get(pk=world.case.pk).supervisor == world.bob
    assert "supervisor" not in form_of(client.get(reverse("case-new"))).fields
