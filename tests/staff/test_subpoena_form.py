"""The form's fields, the checks beside them, two people at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.approval import approve
from discovery.models import Demand, Draft, Subpoena
from tests.factories import World
from tests.staff.desk import typed
from tests.staff.screens import DENIED, EDIT, AsUser, another_case, errors_of, form_of, posted, statuses


def url(subpoena: Subpoena) -> str:
    return reverse("subpoena-form", args=[subpoena.pk])


def filled(world: World, as_user: AsUser, subpoena: Subpoena) -> dict[str, Any]:
    """Return what the browser posts from the form as it was opened."""
    context = as_user(world.bob).get(url(subpoena)).context
    return {**typed(context["form"]), **typed(context["notice_form"])}


def save(world: World, as_user: AsUser, subpoena: Subpoena, **values: Any) -> Any:
    return as_user(world.bob).post(url(subpoena), {**filled(world, as_user, subpoena), **values})


def test_only_editors_open_it(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()

    assert statuses(as_user, world, url(subpoena)) == EDIT
    assert posted(as_user, world, url(subpoena), {"addressee": "X"}) == DENIED


def test_saving_what_was_opened_changes_nothing_but_the_revision(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    before = Subpoena.objects.values().get()

    response = save(world, as_user, subpoena)

    assert (response.status_code, response["Location"]) == (302, url(subpoena))
    assert Subpoena.objects.values().get() == before
    assert Demand.objects.get().revision == 2


def test_form_attorney_and_notice_are_saved_together(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.update(attorney=None)

    save(
        world,
        as_user,
        subpoena,
        compliance_date="2027-01-15",
        compliance_time="09:30",
        compliance_zone="America/New_York",
        attorney=world.appearance.pk,
        **{"notice-dated": "2026-12-01", "notice-serve_not_before": "2026-12-02"},
    )

    demand = Demand.objects.select_related("subpoena", "notice").get()
    assert (demand.attorney, demand.notice.dated, demand.subpoena.compliance_date) == (
        world.appearance,
        date(2026, 12, 1),
        date(2027, 1, 15),
    )
    assert demand.due_at is not None
    assert demand.due_at.isoformat() == "2027-01-15T14:30:00+00:00"


def test_a_draft_may_be_incomplete(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    empty = dict.fromkeys(
        ("compliance_date", "compliance_time", "issue_date", "place_street", "place_city", "place_state", "place_postal_code"), ""
    )

    response = save(world, as_user, subpoena, **empty)

    assert response.status_code == 302
    page = as_user(world.bob).get(url(subpoena))
    assert [finding.check for finding in page.context["findings"]] == [
        "subpoena.no-place",
        "subpoena.no-time",
        "subpoena.no-issue-date",
    ]
    assert 'href="#id_place_street"' in page.text


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            {"compliance_date": "2025-06-17"},
            {"compliance_date": ["This lies before the date of issue. Check both dates."]},
        ),
        (
            {"place_street": ""},
            {"place_street": ["A place needs a street; or empty all lines of the place."]},
        ),
        ({"place_city": ""}, {"place_city": ["A place needs a city; or empty all lines of the place."]}),
        ({"addressee": ""}, {"addressee": ["This field is required."]}),
        ({"attorney": ""}, {"attorney": ["Name the attorney who issues and signs it, Rule 45(a)(3)."]}),
        (
            {"addressee": "Meta \u202e"},
            {"addressee": ["The character U+202E RIGHT-TO-LEFT OVERRIDE at position 6 cannot be printed; remove or replace it."]},
        ),
        (
            {"compliance_zone": "Europe/Paris"},
            {"compliance_zone": ["Select a valid choice. Europe/Paris is not one of the available choices."]},
        ),
        ({"fees_tendered": "-1"}, {"fees_tendered": ["Fees are not negative."]}),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(
    world: World, as_user: AsUser, values: dict[str, str], errors: dict[str, list[str]]
) -> None:
    subpoena = world.subpoena()

    response = save(world, as_user, subpoena, representing="Typed & kept", **values)

    assert (response.status_code, errors_of(response)) == (422, errors)
    assert form_of(response)["representing"].value() == "Typed & kept"
    assert Demand.objects.get().revision == 1


def test_a_notice_after_the_service_is_told_at_the_field(world: World, as_user: AsUser) -> None:
    response = save(world, as_user, world.subpoena(), **{"notice-dated": "2025-06-20"})

    assert response.context["notice_form"].errors == {
        "serve_not_before": ["This lies before the notice: Rule 45(a)(4) wants the notice served first."]
    }


def test_a_time_already_past_is_saved_with_a_warning(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()

    page = as_user(world.bob).get(url(subpoena))

    assert [(finding.check, finding.field) for finding in page.context["findings"]] == [
        ("subpoena.past", "compliance_date"),
        ("subpoena.summer-time", "printed_zone"),
    ]
    assert save(world, as_user, subpoena).status_code == 302


def test_without_an_attorney_of_record_it_says_where_to_add_one(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.update(attorney=None)
    world.appearance.delete()

    page = as_user(world.bob).get(url(subpoena))

    assert f'href="{reverse("appearance-new", args=[world.case.pk])}"' in page.text
    assert list(page.context["form"].fields["attorney"].queryset) == []


def test_opposing_counsel_and_counsel_of_another_case_are_no_choice(world: World, as_user: AsUser) -> None:
    other = another_case(world)
    theirs = world.case.appearances.exclude(pk=world.appearance.pk).get()
    subpoena = world.subpoena()

    for stranger in (other["appearance"], theirs.pk):
        response = save(world, as_user, subpoena, attorney=stranger)
        assert sorted(errors_of(response)) == ["attorney"]


def test_the_second_of_two_editors_sees_both_values_of_each_field(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    opened = filled(world, as_user, subpoena)
    as_user(world.alice).post(url(subpoena), {**opened, "addressee": "Alice <Inc.>", "notice-dated": "2025-06-16"})

    response = as_user(world.bob).post(url(subpoena), {**opened, "addressee": "Bob Inc."})

    assert (response.status_code, Subpoena.objects.get().addressee) == (422, "Alice <Inc.>")
    assert form_of(response).theirs == {"addressee": "Alice <Inc.>"}  # type: ignore[attr-defined]
    assert response.context["notice_form"].theirs == {"dated": "June 16, 2025"}
    assert "Alice &lt;Inc.&gt;" in response.text

    as_user(world.bob).post(url(subpoena), {**opened, "addressee": "Bob Inc.", "revision": form_of(response)["revision"].value()})
    assert Subpoena.objects.get().addressee == "Bob Inc."


def test_an_approved_one_refuses_and_keeps_what_was_typed(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    opened = filled(world, as_user, subpoena)
    approve(subpoena.demand, by=world.alice)

    response = as_user(world.bob).post(url(subpoena), {**opened, "addressee": "Late Inc."})

    assert errors_of(response) == {"__all__": ["This subpoena was approved. Reopen it for changes first."]}
    assert form_of(response)["addressee"].value() == "Late Inc."


def test_saving_can_make_the_paper_in_the_same_step(world: World, as_user: AsUser, bells: list[int]) -> None:
    subpoena = world.subpoena()

    response = save(world, as_user, subpoena, make="1", addressee="New Inc.")

    draft = Draft.objects.get()
    assert (response["Location"], draft.state) == (reverse("subpoena-detail", args=[subpoena.pk]), "queued")
    assert draft.snapshot is not None
    assert "New Inc." in draft.snapshot.content
