"""The approver's page: what changed since the last approved version."""

from __future__ import annotations

from django.urls import reverse

from discovery.domain.approval import approve, reopen, submit
from discovery.domain.redline import Line, Piece, compare, redline
from discovery.domain.sets import NewText, add_items, change_item, remove_item
from discovery.models import Demand, Subpoena
from tests.factories import World
from tests.staff.screens import READ, AsUser, statuses


def url(subpoena: Subpoena) -> str:
    return reverse("subpoena-review", args=[subpoena.pk])


def row(number: int, text: str, label: str = "") -> dict[str, object]:
    return {"number": number, "label": label, "text": text}


def test_words_are_marked() -> None:
    assert redline("All Documents, part 2.", "All new Documents, part 3.") == [
        Piece("same", "All "),
        Piece("added", "new "),
        Piece("same", "Documents, part "),
        Piece("removed", "2"),
        Piece("added", "3"),
        Piece("same", "."),
    ]


def test_a_removed_request_does_not_make_the_others_look_changed() -> None:
    before = [row(1, "One alpha."), row(2, "Two beta."), row(3, "Three gamma.")]
    after = [row(1, "One alpha."), row(2, "Three gamma.")]

    assert [(line.how, line.number, line.was) for line in compare(before, after)] == [
        ("same", 1, 1),
        ("removed", 0, 2),
        ("moved", 2, 3),
    ]


def test_other_words_altogether_are_one_gone_and_one_come() -> None:
    lines = compare([row(1, "Alpha beta gamma.")], [row(1, "Delta epsilon.")])

    assert lines == [
        Line("added", 1, 0, [], [Piece("added", "Delta epsilon.")]),
        Line("removed", 0, 1, [], [Piece("removed", "Alpha beta gamma.")]),
    ]


def test_equal_texts_stay_apart() -> None:
    assert [line.how for line in compare([row(1, "Same."), row(2, "Same.")], [row(1, "Same."), row(2, "Same.")])] == [
        "same",
        "same",
    ]


def test_members_see_it_and_approvers_decide(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()

    assert statuses(as_user, world, url(subpoena)) == READ
    deciders = {
        who.username: as_user(who).get(url(subpoena)).context["may_approve"] for who in (world.alice, world.bob, world.rita)
    }
    assert deciders == {"alice": True, "bob": False, "rita": False}


def test_the_first_version_is_shown_whole(world: World, as_user: AsUser) -> None:
    page = as_user(world.alice).get(url(world.subpoena()))

    assert (page.context["last"], "<ins>" in page.text, "All Documents, part 1." in page.text) == (None, False, True)


def test_a_later_version_shows_what_changed(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=3)
    demand = subpoena.demand
    approve(demand, by=world.alice)
    reopen(demand, by=world.alice)
    one, two, _three = demand.request_set.requests.order_by("number")
    change_item(one, NewText(one.label, "All <new> Documents, part 1."), by=world.bob, revision=1)
    remove_item(two, by=world.bob)
    add_items(demand.request_set, "request", [NewText("", "Minutes of the board.")], by=world.bob)
    Subpoena.objects.update(representing="Others")
    submit(demand, by=world.bob)

    page = as_user(world.alice).get(url(subpoena))

    lines = page.context["parts"][0][1]
    assert [(line.how, line.number, line.was) for line in lines] == [
        ("changed", 1, 1),
        ("removed", 0, 2),
        ("moved", 2, 3),
        ("added", 3, 0),
    ]
    assert page.context["counts"] == [
        ("added", "added", 1),
        ("removed", "removed", 1),
        ("changed", "changed", 1),
        ("moved", "renumbered", 1),
    ]
    assert "<ins>&lt;new&gt; </ins>" in page.text
    assert "<del>Our Defendants</del><ins>Others</ins>" in page.text


def test_a_text_that_changed_since_it_was_read_is_not_approved(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    seen = as_user(world.alice).get(url(subpoena)).context["seen"]
    add_items(subpoena.demand.request_set, "request", [NewText("", "One more.")], by=world.bob)

    response = as_user(world.alice).post(reverse("subpoena-approve", args=[subpoena.pk]), {"seen": seen})

    assert (response.status_code, Demand.objects.get().status) == (422, "draft")


def test_returning_needs_a_note_and_shows_it(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    submit(subpoena.demand, by=world.bob)
    back = reverse("subpoena-return", args=[subpoena.pk])

    silent = as_user(world.alice).post(back, {"note": ""})
    as_user(world.alice).post(back, {"note": "Narrow <no. 2>."})

    assert (silent.status_code, silent.context["note_form"].errors) == (422, {"note": ["Say what should change."]})
    assert Demand.objects.get().status == "draft"
    assert "Narrow &lt;no. 2&gt;." in as_user(world.bob).get(reverse("subpoena-detail", args=[subpoena.pk])).text
