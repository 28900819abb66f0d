"""The web admin's choices, inlines and memberships: no row from behind a wall, every change through its verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin import site
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.db.models import FileField
from django.test import Client, RequestFactory
from django.urls import reverse

from discovery.models import Address, CaseMembership, Event, Person, Relation, RespondingParty, ScheduleEntry
from tests.factories import World, make_world

AsUser = Callable[[User], Client]


def formset(prefix: str, *rows: dict[str, object], initial: int = 0) -> dict[str, object]:
    """Return the fields of an inline as its form posts them."""
    found: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


@pytest.fixture
def secret(world: World) -> World:
    """A second case that Alice is no member of."""
    other = make_world("Secret v. Case", "4:24-cv-00002-ABC")
    CaseMembership.objects.filter(case=other.case).exclude(user=other.bob).delete()
    CaseMembership.objects.filter(case=other.case).update(role="owner")
    Person.objects.filter(pk=other.responder.person_id).update(name="Secret Target")
    Address.objects.filter(person=other.responder.person).update(street="13 Hidden Lane")
    return other


@pytest.fixture
def staff(world: World) -> World:
    User.objects.filter(pk__in=[world.alice.pk, world.bob.pk]).update(is_staff=True)
    for user in (world.alice, world.bob):
        user.refresh_from_db()
    return world


def test_no_choice_and_no_inline_shows_what_is_behind_a_wall(secret: World, staff: World, as_user: AsUser) -> None:
    client = as_user(staff.alice)
    Relation.objects.create(person=staff.responder.person, kind="affiliate", other=secret.responder.person)
    shown = [
        client.get(reverse("admin:discovery_respondingparty_add")).text,
        client.get(reverse("admin:discovery_person_change", args=[staff.responder.person_id])).text,
        client.get(reverse("admin:discovery_person_delete", args=[staff.responder.person_id])).text,
        client.get(reverse("admin:discovery_appearance_add")).text,
        client.get(reverse("admin:discovery_casemembership_add")).text,
    ]
    assert [word for page in shown for word in ("13 Hidden Lane", "Secret Target", "Secret v. Case") if word in page] == []


def test_an_editor_lets_nobody_in(staff: World, as_user: AsUser) -> None:
    form = {"case": staff.case.pk, "user": staff.charlie.pk, "role": "owner", "may_approve": "on"}
    response = as_user(staff.bob).post(reverse("admin:discovery_casemembership_add"), form)
    assert response.context["adminform"].form.errors["case"] == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert not CaseMembership.objects.filter(user=staff.charlie).exists()


def test_the_last_owner_stays_owner_and_the_page_says_why(staff: World, as_user: AsUser) -> None:
    member = CaseMembership.objects.get(user=staff.alice)
    client = as_user(staff.alice)
    changed = client.post(reverse("admin:discovery_casemembership_change", args=[member.pk]), {"role": "reader"}, follow=True)
    removed = client.post(reverse("admin:discovery_casemembership_delete", args=[member.pk]), {"post": "yes"}, follow=True)
    for response in (changed, removed):
        said = [str(message) for message in response.context["messages"]]
        assert said == ["A case needs an owner: make somebody else owner first."]
    member.refresh_from_db()
    assert (member.role, Event.objects.count()) == ("owner", 0)


def test_rows_of_an_inline_are_written_by_their_verbs(staff: World, as_user: AsUser) -> None:
    case = staff.case
    sides = ("first_side", "first_label", "second_side", "second_label", "caption_form")
    fields = ("court_id", "docket_number", "name", *sides, "revision")
    form = {name.removesuffix("_id"): getattr(case, name) for name in fields} | {"opened_at": case.revision}
    form |= formset("schedule", {"kind": "trial", "day": "2026-03-30", "case": case.pk, "id": ""})
    response = as_user(staff.alice).post(reverse("admin:discovery_case_change", args=[case.pk]), form)
    assert response.status_code == 302, response.context["errors"]
    assert ScheduleEntry.objects.get().kind == "trial"
    events = Event.objects.order_by("number").values_list("act", "summary")
    assert list(events) == [
        ("record_changed", "case: Roe v. Doe, 4:24-cv-00001-ABC"),
        ("record_added", "scheduled date: Trial: March 30, 2026"),
    ]


def test_a_party_keeps_a_role(staff: World, as_user: AsUser) -> None:
    party, role = staff.opponent, staff.opponent.roles.get()
    form: dict[str, object] = {"person": party.person_id, "position": 1, "opened_at": party.revision}
    form |= formset("roles", {"id": role.pk, "party": party.pk, "role": "plaintiff", "DELETE": "on"}, initial=1)
    address = reverse("admin:discovery_caseparty_change", args=[party.pk])
    as_user(staff.alice).post(address, form)
    assert [one.role for one in party.roles.all()] == ["plaintiff"]


def test_what_somebody_else_changed_is_not_overwritten(staff: World, as_user: AsUser) -> None:
    person = staff.responder.person
    form = {"kind": "entity", "name": "Alice's name", "opened_at": person.revision} | formset("addresses") | formset("relations")
    Person.objects.filter(pk=person.pk).update(name="Bob's name", revision=2)
    response = as_user(staff.alice).post(reverse("admin:discovery_person_change", args=[person.pk]), form, follow=True)
    person.refresh_from_db()
    assert person.name == "Bob's name"
    assert "Somebody else changed this while you were editing." in response.text


def test_our_own_client_is_refused_with_a_sentence(staff: World, as_user: AsUser) -> None:
    form = {"case": staff.case.pk, "person": staff.client.person_id} | formset("custodians")
    response = as_user(staff.alice).post(reverse("admin:discovery_respondingparty_add"), form, follow=True)
    assert "John Doe is our own client in this case; discovery is sought from others." in response.text
    assert not RespondingParty.objects.filter(person=staff.client.person).exists()


def test_no_page_links_to_a_file_in_storage(staff: World) -> None:
    request = RequestFactory().get("/")
    request.user = staff.alice
    shown = [
        f"{model.__name__}.{field.name}"
        for model, screen in site._registry.items()
        for field in model._meta.fields
        if isinstance(field, FileField) and field.name in flatten_fieldsets(screen.get_fieldsets(request))
    ]
    assert shown == []
