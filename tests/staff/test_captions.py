"""Captions on the screens: beside the form as one types, related cases, approved papers with an old caption."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve
from discovery.domain.records import change_record
from discovery.models import Case, Event, RelatedCase
from tests.factories import World
from tests.staff.desk import queued, ready
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, posted, statuses


def typed(world: World, **changes: Any) -> dict[str, Any]:
    case = world.case
    names = ("name", "docket_number", "first_side", "first_label", "second_side", "second_label", "caption_form", "caption_tail")
    return {"court": case.court_id, **{name: getattr(case, name) for name in names}, **changes}


def test_the_caption_follows_the_form_and_nothing_is_saved(world: World, as_user: AsUser) -> None:
    url = reverse("caption-shown", args=[world.case.pk])
    page = as_user(world.bob).post(url, typed(world, caption_form="short", judge="Hon. Unsaved")).text
    assert [words in page for words in ("JOHN DOE,", "Defendant.", "Judge: Hon. Unsaved", "JOHN DOE, et al.")] == [
        True,
        True,
        True,
        False,
    ]
    assert "JOHN DOE, et al." in as_user(world.bob).post(url, typed(world, caption_form="typed")).text
    world.case.refresh_from_db()
    assert (world.case.judge, world.case.caption_form, Event.objects.count()) == ("", "typed", 0)


def test_what_cannot_stand_leaves_the_rest_shown(world: World, as_user: AsUser) -> None:
    url = reverse("caption-shown", args=[world.case.pk])
    page = as_user(world.bob).post(url, typed(world, docket_number="", judge="Hon. Unsaved")).text
    assert ("Judge: Hon. Unsaved" in page, world.case.docket_number in page) == (True, True)


def test_only_editors_ask_for_it(world: World, as_user: AsUser) -> None:
    assert posted(as_user, world, reverse("caption-shown", args=[world.case.pk]), typed(world)) == DENIED


def test_a_new_case_has_its_caption_too(world: World, as_user: AsUser) -> None:
    client = as_user(world.charlie)
    assert "NEW" in client.post(reverse("caption-of-new"), typed(world, first_side="NEW")).text
    assert "Choose the court" in client.post(reverse("caption-of-new"), typed(world, court="")).text


def test_the_form_stores_the_choice(world: World, as_user: AsUser) -> None:
    url = reverse("case-edit", args=[world.case.pk])
    assert as_user(world.bob).post(url, typed(world, caption_form="long", caption_tail="AND RELATED ACTIONS")).status_code == 302
    world.case.refresh_from_db()
    assert (world.case.caption_form, world.case.caption_tail) == ("long", "AND RELATED ACTIONS")


def test_related_cases_are_kept_by_editors(world: World, as_user: AsUser) -> None:
    url = reverse("related-new", args=[world.case.pk])
    assert statuses(as_user, world, url) == EDIT
    facts = {"relation": "lead", "docket_number": "3:24-cv-00007", "name": "Roe v. Poe", "position": 1}
    assert as_user(world.bob).post(url, facts).status_code == 302
    row = RelatedCase.objects.get()
    assert (row.case, row.relation, row.docket_number, row.name) == (world.case, "lead", "3:24-cv-00007", "Roe v. Poe")
    again = as_user(world.bob).post(url, facts)
    assert errors_of(again) == {"docket_number": ["This case number is recorded here already: change that line."]}
    assert "3:24-cv-00007" in as_user(world.rita).get(reverse("case-detail", args=[world.case.pk])).text
    as_user(world.bob).post(reverse("related-remove", args=[world.case.pk, row.pk]))
    assert not RelatedCase.objects.exists()


def test_an_approved_paper_with_an_old_caption_is_listed_on_the_case(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    url = reverse("case-detail", args=[world.case.pk])
    said = "Approved with another caption than the case has now"
    assert said not in as_user(world.rita).get(url).text
    case = Case.objects.get(pk=world.case.pk)
    case.judge = "Hon. New"
    change_record(case, by=world.bob)
    shown = as_user(world.rita).get(url).text
    assert (said in shown, f'href="/subpoenas/{demand.pk}/"' in shown) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_listing_them_costs_the_same_for_any_number(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        approve(world.subpoena(world.another_responder(f"W{number}")).demand, by=world.alice)
    Case.objects.filter(pk=world.case.pk).update(judge="Hon. New")
    client = as_user(world.rita)
    with django_assert_num_queries(29):
        client.get(reverse("case-detail", args=[world.case.pk]))


def test_a_paper_made_before_a_change_says_so(world: World, as_user: AsUser, bells: list[int]) -> None:
    draft = queued(world.subpoena().demand, world.alice)
    ready(draft)
    url = reverse("draft-detail", args=[draft.pk])
    assert "Made before the record changed" not in as_user(world.rita).get(url).text
    Case.objects.filter(pk=world.case.pk).update(judge="Hon. New")
    assert "Made before the record changed" in as_user(world.rita).get(url).text


def test_saving_says_how_many_papers_are_made_anew(
    world: World, as_user: AsUser, bells: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_robust: call())  # a test's transaction is never committed
    ready(queued(world.subpoena().demand, world.bob))
    client, url = as_user(world.bob), reverse("case-edit", args=[world.case.pk])
    told = []
    for values in ({"judge": "Hon. New"}, {"judge": "Hon. New", "notes": "Nothing that a caption prints."}):
        world.case.refresh_from_db()
        page = client.post(url, typed(world, revision=world.case.revision, **values), follow=True)
        told.append([str(said) for said in page.context["messages"]])

    saved = f"Saved: {world.case}."
    assert told == [[saved, "1 paper that has not gone out is being made anew with the new caption."], [saved]]
