"""The page of a subpoena: what is shown, who may do what, the buttons."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve, submit
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.sets import NewText, change_item
from discovery.enums import DemandStatus
from discovery.models import Attorney, Demand, Draft, Subpoena
from tests.factories import World
from tests.staff.desk import failed, queued, ready
from tests.staff.screens import DENIED, READ, AsUser, errors_of, posted, statuses

QUERIES = 22
ACTS = ("submit", "return", "approve", "reopen", "withdraw", "make")


def url(subpoena: Subpoena) -> str:
    return reverse("subpoena-detail", args=[subpoena.pk])


def act(subpoena: Subpoena, name: str) -> str:
    return reverse(f"subpoena-{name}", args=[subpoena.pk])


def test_members_see_it(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, url(world.subpoena())) == READ


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_for_any_number_of_papers(
    world: World, as_user: AsUser, count: int, bells: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subpoena = world.subpoena()
    for paper in ("subpoena", "notice", "service_copy")[:count]:
        queued(subpoena.demand, world.alice, paper)
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        response = client.get(url(subpoena))

    assert len(response.context["drafts"]) == count


@pytest.mark.parametrize("name", ACTS)
def test_readers_and_strangers_act_on_nothing(world: World, as_user: AsUser, name: str) -> None:
    subpoena = world.subpoena()

    assert posted(as_user, world, act(subpoena, name), {"paper": "subpoena", "reason": "r", "note": "n"}) == DENIED
    assert (Demand.objects.get().status, Draft.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_posted(world: World, as_user: AsUser, name: str) -> None:
    assert as_user(world.alice).get(act(world.subpoena(), name)).status_code == 405


def test_the_buttons_follow_status_and_right(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    names = ("may_change", "may_submit", "may_review", "may_return", "may_reopen", "may_withdraw")

    def offered() -> dict[str, list[str]]:
        pages = {user.username: as_user(user).get(url(subpoena)).context for user in (world.alice, world.bob, world.rita)}
        return {who: [name for name in names if context[name]] for who, context in pages.items()}

    drafted = offered()
    submit(subpoena.demand, by=world.bob)
    submitted = offered()
    approve(subpoena.demand, by=world.alice)

    assert drafted == {
        "alice": ["may_change", "may_submit", "may_review", "may_withdraw"],
        "bob": ["may_change", "may_submit", "may_withdraw"],
        "rita": [],
    }
    assert submitted == {
        "alice": ["may_change", "may_review", "may_return", "may_withdraw"],
        "bob": ["may_change", "may_withdraw"],
        "rita": [],
    }
    assert offered() == {"alice": ["may_reopen", "may_withdraw"], "bob": ["may_withdraw"], "rita": []}


def test_submit_approve_reopen_withdraw(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Attorney.objects.filter(pk=world.appearance.attorney_id).update(user=world.alice)
    alice = as_user(world.alice)
    read = alice.get(act(subpoena, "review")).context["seen"]
    approval = {"sign": "1", "seen": read}
    seen = []
    for name, data in (("submit", {}), ("approve", approval), ("reopen", {}), ("withdraw", {"reason": "Settled."})):
        alice.post(act(subpoena, name), data)
        demand = Demand.objects.get()
        seen.append((demand.status, demand.version, demand.signed))

    assert seen == [
        (DemandStatus.IN_REVIEW, 0, ""),
        (DemandStatus.APPROVED, 1, "/s/ Olive Ours"),
        (DemandStatus.DRAFT, 1, ""),
        (DemandStatus.WITHDRAWN, 1, ""),
    ]


def test_what_changed_behind_the_review_page_is_not_approved(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    seen = as_user(world.alice).get(act(subpoena, "review")).context["seen"]
    change_item(subpoena.demand.request_set.requests.get(number=1), NewText("", "Late."), by=world.bob, revision=1)

    page = as_user(world.alice).post(act(subpoena, "approve"), {"seen": seen}, follow=True)

    assert Demand.objects.get().status == DemandStatus.DRAFT
    assert "The paper was changed after you opened it. Read it again, then approve." in page.text


def test_an_editor_without_the_right_to_approve_is_told_so(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()

    response = as_user(world.bob).post(act(subpoena, "approve"))

    assert (response.status_code, Demand.objects.get().status) == (403, "draft")
    assert "Approval is an attorney’s act" in response.text.replace("&#x27;", "’")


def test_withdrawing_needs_a_reason_and_says_so_at_the_field(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()

    response = as_user(world.bob).post(act(subpoena, "withdraw"), {"reason": " "})

    assert (response.status_code, Demand.objects.get().status) == (422, "draft")
    assert response.context["reason_form"].errors == {"reason": ["Say why it is withdrawn; the reason stays on record."]}


def test_the_newest_paper_stands_beside_the_facts(world: World, as_user: AsUser, bells: list[int]) -> None:
    subpoena = world.subpoena()
    empty = as_user(world.rita).get(url(subpoena)).text
    done = ready(queued(subpoena.demand, world.alice))
    failed(queued(subpoena.demand, world.alice, "notice"), "No <font>.")

    page = as_user(world.rita).get(url(subpoena))

    assert "No paper yet" in empty
    assert [draft.state for draft in page.context["drafts"]] == ["failed", "ready"]
    assert "No &lt;font&gt;." in page.text
    assert reverse("draft-file", args=[done.pk]) in page.text


def test_a_paper_about_the_subpoena_does_not_take_its_place(world: World, as_user: AsUser, bells: list[int]) -> None:
    demand = world.served_subpoena()
    package = request_draft(demand, "subpoena", by=world.alice)
    proof = request_draft(demand, "proof_of_service", by=world.alice)
    shown = as_user(world.alice).get(url(demand.subpoena)).context
    assert (shown["draft"], list(shown["drafts"])) == (package, [proof, package])


def test_making_asks_for_the_chosen_paper_once(world: World, as_user: AsUser, bells: list[int]) -> None:
    subpoena = world.subpoena()

    response = as_user(world.bob).post(act(subpoena, "make"), {"paper": "notice"})
    as_user(world.bob).post(act(subpoena, "make"), {"paper": "nonsense"})

    assert (response["Location"], [draft.paper for draft in Draft.objects.all()]) == (url(subpoena), ["notice"])


def test_facts_are_shown_as_typed(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Subpoena.objects.update(addressee="<b>Evil</b> & Co.", place_name="{{ 7|add:7 }}")

    page = as_user(world.rita).get(url(subpoena)).text

    assert ("&lt;b&gt;Evil&lt;/b&gt; &amp; Co." in page, "<b>Evil" in page, "{{ 7|add:7 }}" in page) == (True, False, True)


def test_the_certificate_is_recorded_after_approval_too(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    approve(subpoena.demand, by=world.alice)
    edit = reverse("notice-edit", args=[subpoena.pk])
    values = {"revision": 1, "served_on": "2025-06-17", "method": "email", "declarant": "Dora"}

    response = as_user(world.bob).post(edit, values)
    late = as_user(world.alice).post(edit, {**values, "declarant": "Della"})

    assert response["Location"] == url(subpoena)
    assert posted(as_user, world, edit, values) == DENIED
    assert Demand.objects.get().notice.declarant == "Dora"
    assert (late.status_code, late.context["form"].theirs) == (422, {"declarant": "Dora"})
    assert sorted(errors_of(late)) == ["__all__"]
