"""The verbs of request sets: numbers without gaps, conflicts, frozen texts, pasted texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.domain.approval import approve
from discovery.domain.errors import Conflict, Refused
from discovery.domain.sets import NewText, add_items, change_item, move_item, put_exhibit, remove_item, split_texts, start_set
from discovery.enums import Act
from discovery.models import Clause, Event, Exhibit, Request, RequestSet
from tests.factories import World


def texts(request_set: RequestSet) -> list[tuple[int, str]]:
    return list(request_set.requests.order_by("number").values_list("number", "text"))


@pytest.fixture
def request_set(world: World) -> RequestSet:
    return world.subpoena(requests=4).demand.request_set


def test_added_texts_get_the_next_numbers(world: World, request_set: RequestSet) -> None:
    add_items(request_set, "request", [NewText("", "Five."), NewText("Six", "Six.\r\nSecond line.")], by=world.bob)
    assert texts(request_set)[4:] == [(5, "Five."), (6, "Six.\nSecond line.")]
    event = Event.objects.get(act=Act.ITEM_ADDED.value)
    assert (event.actor, event.summary, event.number) == (world.bob, "Schedule A: request 5-6", 1)


@pytest.mark.parametrize(
    ("number", "to", "expected"),
    [
        (1, 3, [2, 3, 1, 4]),
        (4, 1, [4, 1, 2, 3]),
        (2, 2, [1, 2, 3, 4]),
        (2, 99, [1, 3, 4, 2]),
        (3, -5, [3, 1, 2, 4]),
    ],
)
def test_moving_keeps_numbers_without_gaps(
    world: World, request_set: RequestSet, number: int, to: int, expected: list[int]
) -> None:
    move_item(request_set.requests.get(number=number), to, by=world.bob)
    assert texts(request_set) == [(place, f"All Documents, part {was}.") for place, was in enumerate(expected, start=1)]


def test_removing_closes_the_gap(world: World, request_set: RequestSet) -> None:
    remove_item(request_set.requests.get(number=2), by=world.bob)
    assert texts(request_set) == [(1, "All Documents, part 1."), (2, "All Documents, part 3."), (3, "All Documents, part 4.")]
    assert Event.objects.get().details == {"text": ["Label 2", "All Documents, part 2."]}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from("amr"), st.integers(1, 8), st.integers(-2, 12)), max_size=12))
def test_numbers_run_from_one_whatever_is_done(world: World, acts: list[tuple[str, int, int]]) -> None:
    request_set = RequestSet.objects.create(case=world.case, propounded_by=world.group, name="Any")
    expected: list[str] = []
    for count, (act, number, to) in enumerate(acts):
        if act == "a":
            add_items(request_set, "request", [NewText("", f"Text {count}")], by=world.bob)
            expected.append(f"Text {count}")
        elif number <= len(expected):
            item = request_set.requests.get(number=number)
            if act == "r":
                remove_item(item, by=world.bob)
                expected.pop(number - 1)
            else:
                move_item(item, to, by=world.bob)
                expected.insert(max(1, min(to, len(expected))) - 1, expected.pop(number - 1))
    assert texts(request_set) == list(enumerate(expected, start=1))


def test_the_second_of_two_editors_sees_both_texts(world: World, request_set: RequestSet) -> None:
    opened_by_alice, opened_by_bob = request_set.requests.get(number=1), request_set.requests.get(number=1)
    change_item(opened_by_alice, NewText("A", "Alice's text."), by=world.alice, revision=1)
    with pytest.raises(Conflict) as caught:
        change_item(opened_by_bob, NewText("B", "Bob's text."), by=world.bob, revision=1)
    assert (caught.value.theirs["text"], caught.value.revision) == ("Alice's text.", 2)
    assert Request.objects.get(pk=opened_by_bob.pk).text == "Alice's text."
    change_item(opened_by_bob, NewText("B", "Bob's text."), by=world.bob, revision=2)
    assert Request.objects.get(pk=opened_by_bob.pk).text == "Bob's text."


@pytest.mark.parametrize(
    ("label", "text", "field", "says"),
    [
        ("", "  \n ", "text", "Write the text: an empty one cannot be answered."),
        ("x" * 161, "Words.", "label", "The label is for lists: 160 characters at most."),
    ],
)
def test_bad_text_is_refused_at_its_field(
    world: World, request_set: RequestSet, label: str, text: str, field: str, says: str
) -> None:
    with pytest.raises(Refused) as caught:
        change_item(request_set.requests.get(number=1), NewText(label, text), by=world.bob, revision=1)
    assert (caught.value.field, str(caught.value)) == (field, says)
    assert texts(request_set)[0] == (1, "All Documents, part 1.")


def test_a_character_no_font_prints_is_refused_by_name(world: World, request_set: RequestSet) -> None:
    with pytest.raises(Refused, match=r"U\+0007"):
        add_items(request_set, "request", [NewText("", "A bell \a here.")], by=world.bob)
    assert len(texts(request_set)) == 4


def test_a_frozen_set_refuses_every_change(world: World) -> None:
    subpoena = world.subpoena()
    approve(subpoena.demand, by=world.alice)
    request_set = RequestSet.objects.get(pk=subpoena.demand.request_set_id)
    item = request_set.requests.get(number=1)
    for attempt in (
        lambda: add_items(request_set, "request", [NewText("", "New.")], by=world.bob),
        lambda: change_item(item, NewText("", "New."), by=world.bob, revision=1),
        lambda: move_item(item, 2, by=world.bob),
        lambda: remove_item(item, by=world.bob),
        lambda: put_exhibit(Exhibit(request_set=request_set, letter="A", lines="One"), by=world.bob),
    ):
        with pytest.raises(Refused, match="frozen"):
            attempt()
    assert texts(request_set) == [(1, "All Documents, part 1."), (2, "All Documents, part 2.")]


def test_a_set_starts_from_another_and_from_the_library(world: World, request_set: RequestSet) -> None:
    clause = Clause.objects.create(kind="definition", label="You", text="“You” means {recipient}.")
    new = RequestSet(case=world.case, propounded_by=world.group, name="Second")
    start_set(new, by=world.bob, start_from=request_set, clauses=(one for one in [clause]))
    assert texts(new) == texts(request_set)
    assert list(new.definitions.values_list("number", "label", "text")) == [(1, "You", "“You” means {recipient}.")]


def test_a_set_of_a_case_behind_the_wall_cannot_be_started_from(world: World, request_set: RequestSet) -> None:
    new = RequestSet(case=world.case, propounded_by=world.group, name="Stolen")
    with pytest.raises(Refused) as caught:
        start_set(new, by=world.charlie, start_from=request_set)
    assert caught.value.field == "start_from"
    assert not RequestSet.objects.filter(name="Stolen").exists()


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("1. First.\n\n2) Second\nline.\r\n\r\nThird.", [("", "First."), ("", "Second\nline."), ("", "Third.")]),
        ("REQUEST FOR PRODUCTION NO. 4:\nAll Documents.", [("", "All Documents.")]),
        ("Bids:\nAll Documents Concerning bids.", [("Bids", "All Documents Concerning bids.")]),
        ("2022 was a year.", [("", "2022 was a year.")]),
        ("\n\n  \n\n", []),
    ],
)
def test_pasted_text_is_split_at_empty_lines(pasted: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.label, item.text) for item in split_texts(pasted)] == expected
