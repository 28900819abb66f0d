"""The screens of members: who is inside the wall."""

from __future__ import annotations

from django.urls import reverse

from discovery.models import CaseMembership, Event
from tests.factories import World
from tests.staff.screens import AsUser, errors_of


def member(world: World, who: str) -> CaseMembership:
    return CaseMembership.objects.get(case=world.case, user__username=who)


def test_an_owner_lets_somebody_in_by_name_or_by_e_mail(world: World, as_user: AsUser) -> None:
    client, url = as_user(world.alice), reverse("member-new", args=[world.case.pk])

    response = client.post(url, {"user_name": "charlie@example.com", "role": "reader"})

    assert response["Location"] == f"{reverse('case-detail', args=[world.case.pk])}#members"
    assert member(world, "charlie").role == "reader"
    assert as_user(world.charlie).get(reverse("case-detail", args=[world.case.pk])).status_code == 200


def test_unknown_and_double_members_are_refused_at_the_field(world: World, as_user: AsUser) -> None:
    client, url = as_user(world.alice), reverse("member-new", args=[world.case.pk])

    assert errors_of(client.post(url, {"user_name": "nobody", "role": "reader"})) == {
        "user_name": ["Nobody signs in with this name. Ask the administrator for an account."]
    }
    assert errors_of(client.post(url, {"user_name": "bob", "role": "reader"})) == {
        "user_name": ["bob belongs to this case already."]
    }


def test_readers_do_not_approve(world: World, as_user: AsUser) -> None:
    response = as_user(world.alice).post(
        reverse("member-edit", args=[world.case.pk, member(world, "bob").pk]), {"role": "reader", "may_approve": "on"}
    )

    assert errors_of(response) == {"may_approve": ["A reader cannot approve: make this member editor or owner first."]}


def test_a_case_keeps_an_owner(world: World, as_user: AsUser) -> None:
    client, alice = as_user(world.alice), member(world, "alice")

    response = client.post(reverse("member-edit", args=[world.case.pk, alice.pk]), {"role": "reader"})
    assert errors_of(response) == {"role": ["A case needs an owner: make somebody else owner first."]}
    response = client.post(reverse("member-remove", args=[world.case.pk, alice.pk]))
    assert response.context["refusal"] == "A case needs an owner: make somebody else owner first."
    assert member(world, "alice").role == "owner"


def test_a_role_changes_by_one_act(world: World, as_user: AsUser) -> None:
    as_user(world.alice).post(
        reverse("member-edit", args=[world.case.pk, member(world, "bob").pk]), {"role": "owner", "may_approve": "on"}
    )

    assert (member(world, "bob").role, member(world, "bob").may_approve) == ("owner", True)
    assert list(Event.objects.values_list("act", flat=True)) == ["member_changed"]


def test_who_leaves_is_led_out(world: World, as_user: AsUser) -> None:
    CaseMembership.objects.filter(case=world.case, user=world.bob).update(role="owner")
    response = as_user(world.bob).post(reverse("member-remove", args=[world.case.pk, member(world, "bob").pk]))

    assert response["Location"] == reverse("case-list")
    assert as_user(world.bob).get(reverse("case-detail", args=[world.case.pk])).status_code == 404
