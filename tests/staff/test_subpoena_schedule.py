"""The schedule of a subpoena: the document, one request at a time."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve
from discovery.domain.sets import NewText, change_item
from discovery.models import Custodian, Person, Request
from tests.factories import World
from tests.staff.desk import HTMX, item_url
from tests.staff.screens import DENIED, EDIT, READ, AsUser, another_case, errors_of, form_of, posted, statuses

QUERIES = 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_requests(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subpoena = world.subpoena(requests=count)
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        response = client.get(reverse("subpoena-schedule", args=[subpoena.pk]))

    assert len(response.context["sections"][2].items) == count


def test_members_read_it_and_editors_get_the_buttons(world: World, as_user: AsUser) -> None:
    url = reverse("subpoena-schedule", args=[world.subpoena().pk])

    assert statuses(as_user, world, url) == READ
    shown = {user.username: "item-acts" in as_user(user).get(url).text for user in (world.bob, world.rita)}
    assert shown == {"bob": True, "rita": False}


def test_only_editors_change_texts(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)
    request_set = request.request_set

    for name in ("item-edit", "item-remove"):
        url = item_url(name, request_set, request.pk)
        assert (statuses(as_user, world, url), posted(as_user, world, url, {"text": "X"})) == (EDIT, DENIED)
    move = item_url("item-move", request_set, request.pk)
    assert posted(as_user, world, move, {"to": "1"}) == DENIED
    for name in ("item-add", "item-paste"):
        assert posted(as_user, world, reverse(name, args=[request_set.pk, "request"]), {"text": "X"}) == DENIED


def test_markup_and_template_code_are_shown_as_typed(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=1)
    Request.objects.update(label="<img src=x>", text="<script>alert(1)</script> {{ settings }} {% now 'Y' %}")

    page = as_user(world.rita).get(reverse("subpoena-schedule", args=[subpoena.pk])).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings }} {% now &#x27;Y&#x27; %}" in page
    assert "&lt;img src=x&gt;" in page
    assert "<script>alert" not in page


def test_a_long_text_is_cut_and_shown_in_full_on_demand(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=1)
    Request.objects.update(text="word " * 8_000)
    request = Request.objects.get()

    page = as_user(world.rita).get(reverse("subpoena-schedule", args=[subpoena.pk])).text
    whole = as_user(world.rita).get(item_url("item-show", request.request_set, request.pk), headers=HTMX).text

    assert (page.count("word "), whole.count("word ")) == (240, 8_000)
    assert "Show all 40000 characters" in page


def test_a_saved_text_comes_back_as_a_fragment(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)
    url = item_url("item-edit", request.request_set, request.pk)

    response = as_user(world.bob).post(url, {"revision": 1, "label": "New", "text": "All minutes."}, headers=HTMX)

    request.refresh_from_db()
    assert (response.status_code, request.label, request.text, request.revision) == (200, "New", "All minutes.", 2)
    assert "<html" not in response.text


def test_without_scripts_it_returns_to_the_schedule(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=1)
    request = Request.objects.get()

    response = as_user(world.bob).post(
        item_url("item-edit", request.request_set, request.pk), {"revision": 1, "text": "All minutes."}
    )

    assert response["Location"] == f"{reverse('subpoena-schedule', args=[subpoena.pk])}#request-{request.pk}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ", "Write the text: an empty one cannot be answered."),
        ("A\x07B", "The character U+0007 at position 2 cannot be printed; remove or replace it."),
    ],
)
def test_a_refused_text_is_kept_and_told_at_the_field(world: World, as_user: AsUser, text: str, said: str) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)

    response = as_user(world.bob).post(
        item_url("item-edit", request.request_set, request.pk), {"revision": 1, "text": text}, headers=HTMX
    )

    assert (response.status_code, errors_of(response)) == (422, {"text": [said]})
    assert form_of(response)["text"].value() == text


def test_the_second_of_two_editors_sees_both_texts_and_may_save_anyway(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)
    url = item_url("item-edit", request.request_set, request.pk)
    as_user(world.alice).post(url, {"revision": 1, "label": "Label 1", "text": "Alice <wrote> this."}, headers=HTMX)

    response = as_user(world.bob).post(url, {"revision": 1, "label": "Label 1", "text": "Bob wrote that."}, headers=HTMX)

    request.refresh_from_db()
    assert (response.status_code, request.text) == (422, "Alice <wrote> this.")
    assert form_of(response).theirs == {"text": "Alice <wrote> this."}  # type: ignore[attr-defined]
    assert "Alice &lt;wrote&gt; this." in response.text
    assert (form_of(response)["text"].value(), form_of(response)["revision"].value()) == ("Bob wrote that.", "2")

    as_user(world.bob).post(url, {"revision": 2, "label": "Label 1", "text": "Bob wrote that."}, headers=HTMX)
    request.refresh_from_db()
    assert (request.text, request.revision) == ("Bob wrote that.", 3)


def test_a_conflict_over_custodians_shows_theirs(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)
    person = Person.objects.create(name="Cora", kind="natural", created_by=world.alice)
    Custodian.objects.create(responding_party=world.responder, person=person)
    url = item_url("item-edit", request.request_set, request.pk)
    same = {"revision": 1, "label": request.label, "text": request.text}
    as_user(world.alice).post(url, {**same, "custodians": [person.pk]}, headers=HTMX)

    response = as_user(world.bob).post(url, same, headers=HTMX)

    assert form_of(response).theirs == {"custodians": "Cora"}  # type: ignore[attr-defined]
    assert [str(one) for one in request.custodians.all()] == ["Cora"]


def test_a_save_without_revision_is_refused(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)

    response = as_user(world.bob).post(item_url("item-edit", request.request_set, request.pk), {"text": "X"}, headers=HTMX)

    assert (response.status_code, sorted(errors_of(response))) == (422, ["revision"])


def test_a_move_answers_with_the_whole_order(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena(requests=3).demand.request_set
    one, two, three = request_set.requests.order_by("number")

    response = as_user(world.bob).post(
        item_url("item-move", request_set, one.pk), {"to": "3"}, headers={"Accept": "application/json"}
    )

    assert json.loads(response.content) == {"order": [two.pk, three.pk, one.pk], "message": "Moved to number 3."}
    up = as_user(world.bob).post(item_url("item-move", request_set, one.pk), {"by": "-1"}, headers={"Accept": "application/json"})
    assert json.loads(up.content)["order"] == [two.pk, one.pk, three.pk]


@pytest.mark.parametrize("data", [{}, {"to": "x"}, {"by": ""}])
def test_a_move_to_nowhere_is_refused(world: World, as_user: AsUser, data: dict[str, str]) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)

    assert as_user(world.bob).post(item_url("item-move", request.request_set, request.pk), data).status_code == 400


def test_one_is_added_at_the_end_with_its_custodians(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena(requests=2).demand.request_set
    person = Person.objects.create(name="Cora", kind="natural", created_by=world.alice)
    Custodian.objects.create(responding_party=world.responder, person=person)

    as_user(world.bob).post(
        reverse("item-add", args=[request_set.pk, "request"]), {"text": "More.", "custodians": [person.pk]}, headers=HTMX
    )

    added = request_set.requests.get(number=3)
    assert (added.text, [str(one) for one in added.custodians.all()]) == ("More.", ["Cora"])


def test_a_person_who_is_no_custodian_is_no_choice(world: World, as_user: AsUser) -> None:
    request = Request.objects.get(request_set=world.subpoena(requests=1).demand.request_set)
    Custodian.objects.create(responding_party=world.responder, person=Person.objects.create(name="Cora", created_by=world.alice))

    response = as_user(world.bob).post(
        item_url("item-edit", request.request_set, request.pk),
        {"revision": 1, "text": "X", "custodians": [world.opponent.person_id]},
        headers=HTMX,
    )

    assert sorted(errors_of(response)) == ["custodians"]


def test_several_are_pasted_at_once(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena(requests=1).demand.request_set

    as_user(world.bob).post(reverse("item-paste", args=[request_set.pk, "request"]), {"text": "2. Two.\n\n3. Three."}, headers=HTMX)

    texts = list(request_set.requests.order_by("number").values_list("number", "text"))
    assert texts == [(1, "All Documents, part 1."), (2, "Two."), (3, "Three.")]


def test_removing_previews_what_goes_and_offers_to_put_it_back(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena(requests=3).demand.request_set
    second = request_set.requests.get(number=2)
    client = as_user(world.bob)
    url = item_url("item-remove", request_set, second.pk)

    preview = client.get(url, headers=HTMX)
    gone = client.post(url, headers=HTMX)
    left = list(request_set.requests.order_by("number").values_list("number", "text"))
    client.post(
        reverse("item-add", args=[request_set.pk, "request"]),
        {"to": gone.context["number"], "label": second.label, "text": second.text},
        headers=HTMX,
    )

    assert "All Documents, part 2." in preview.text
    assert left == [(1, "All Documents, part 1."), (2, "All Documents, part 3.")]
    assert list(request_set.requests.order_by("number").values_list("text", flat=True)) == [
        f"All Documents, part {number}." for number in (1, 2, 3)
    ]


def test_a_frozen_text_says_why_it_stays(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=1)
    approve(subpoena.demand, by=world.alice)
    request = Request.objects.get()

    response = as_user(world.bob).post(
        item_url("item-edit", request.request_set, request.pk), {"revision": 1, "text": "Mine."}, headers=HTMX
    )

    why = "This text was approved and is frozen. Reopen the paper for changes, or start a new set from this one."
    assert (response.status_code, errors_of(response)) == (422, {"__all__": [why]})
    assert form_of(response)["text"].value() == "Mine."


def test_a_text_of_another_set_is_not_found(world: World, as_user: AsUser) -> None:
    mine = world.subpoena(requests=1).demand.request_set
    other = world.subpoena(world.another_responder("Other"), requests=1).demand.request_set
    strange = other.requests.get()
    another_case(world)

    codes = [
        as_user(world.alice).get(item_url(name, mine, strange.pk)).status_code for name in ("item-show", "item-edit", "item-remove")
    ]
    unknown = as_user(world.alice).get(reverse("item-add", args=[mine.pk, "exhibits"])).status_code

    assert (codes, unknown) == ([404, 404, 404], 404)


def test_headings_pasted_with_their_requests_are_dropped(world: World, as_user: AsUser) -> None:
    request_set = world.subpoena(requests=1).demand.request_set
    pasted = "REQUEST FOR PRODUCTION NO. 7:\nAll minutes.\n\n8.\nAll agendas.\n\nBudgets:\nAll budgets."

    as_user(world.bob).post(reverse("item-paste", args=[request_set.pk, "request"]), {"text": pasted}, headers=HTMX)

    rows = list(request_set.requests.order_by("number").values_list("number", "label", "text"))[1:]
    assert rows == [(2, "", "All minutes."), (3, "", "All agendas."), (4, "Budgets", "All budgets.")]


def test_words_that_were_not_seen_are_not_removed(world: World, as_user: AsUser) -> None:
    item = world.subpoena().demand.request_set.requests.get(number=1)
    url = reverse("item-remove", args=[item.request_set_id, "request", item.pk])
    page = as_user(world.bob).get(url)
    change_item(item, NewText("", "Alice's new words."), by=world.alice, revision=1)

    response = as_user(world.bob).post(url, {"revision": "1"})

    assert '<input type="hidden" name="revision" value="1">' in page.text
    assert response.status_code == 422
    assert "Alice&#x27;s new words." in response.text
    assert Request.objects.get(pk=item.pk).text == "Alice's new words."
