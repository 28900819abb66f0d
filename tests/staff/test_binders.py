"""The screens of binders: started, filled in order, bound, with everything typed kept when something is wrong."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.binders import Binding, add_tab, start_binder
from discovery.domain.drafts.drafting import render_draft
from discovery.models import Binder, BinderTab, Draft
from tests.factories import World
from tests.papers.test_assembly import foreign
from tests.staff.screens import AsUser

BINDING = {"title": "Exhibits to the letter", "stamp": "bates", "bates_prefix": "OAI_", "bates_start": "7", "bates_digits": "5"}


def scan(name: str = "scan.pdf", pdf: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf or foreign("One"))


def filled(world: World, count: int = 2) -> Binder:
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    for number in range(count):
        add_tab(binder, title=f"Scan {number}", upload=scan(f"scan-{number}.pdf"), by=world.alice)
    return binder


def test_a_binder_is_started_filled_and_bound(world: World, as_user: AsUser, bells: list[int]) -> None:
    client = as_user(world.bob)
    started = client.post(reverse("binder-new", args=[world.case.pk]), BINDING)
    binder = Binder.objects.get()
    page = reverse("binder-detail", args=[binder.pk])
    assert (started["Location"], binder.bates_start, binder.bates_digits) == (page, 7, 5)
    client.post(page, {"title": "A scan", "upload": scan()})
    client.post(page, {"title": "The scan again", "attachment": BinderTab.objects.get().attachment_id})
    asked = client.post(reverse("paper-make", args=["binder", binder.pk]))
    draft = Draft.objects.get()
    assert asked["Location"] == reverse("draft-detail", args=[draft.pk])
    assert render_draft(draft.pk) is not None
    shown = client.get(page).text
    assert "Exhibit A: A scan" in shown
    assert "The binder is not accessible (PDF/UA)" in shown
    assert client.get(reverse("draft-detail", args=[draft.pk])).status_code == 200


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(world: World, as_user: AsUser, bells: list[int]) -> None:
    client, binder = as_user(world.bob), filled(world)
    new = client.post(reverse("binder-new", args=[world.case.pk]), {**BINDING, "bates_prefix": "7"})
    edited = client.post(reverse("binder-edit", args=[binder.pk]), {**BINDING, "bates_prefix": ""})
    added = client.post(reverse("binder-detail", args=[binder.pk]), {"title": "Letter of July 8", "label": "A", "upload": scan()})
    assert [response.status_code for response in (new, edited, added)] == [422] * 3
    assert new.context["form"].errors == {
        "bates_prefix": ["A prefix has letters first, then letters, digits, - and _; at most 20."]
    }
    assert edited.context["form"].errors == {"bates_prefix": ["Bates numbers need a prefix: the letters before the number."]}
    assert added.context["form"].errors == {"label": ["There is an Exhibit A already."]}
    assert "Letter of July 8" in added.text
    assert (Binder.objects.count(), BinderTab.objects.count()) == (1, 2)


def test_exhibits_move_and_leave(world: World, as_user: AsUser) -> None:
    client, binder = as_user(world.bob), filled(world, 3)
    first, second, _third = binder.tabs.all()
    client.post(reverse("binder-tab-move", args=[binder.pk, first.pk]), {"way": "down"})
    client.post(reverse("binder-tab-remove", args=[binder.pk, second.pk]))
    sideways = client.post(reverse("binder-tab-move", args=[binder.pk, first.pk]), {"way": "sideways"})
    assert ([tab.label for tab in binder.tabs.all()], sideways.status_code) == (["A", "C"], 404)


def test_a_reader_sees_it_and_changes_nothing(world: World, as_user: AsUser) -> None:
    binder = filled(world)
    page = as_user(world.rita).get(reverse("binder-detail", args=[binder.pk]))
    assert (page.context["form"], page.text.count("<form method")) == (None, 0)
    assert as_user(world.rita).post(reverse("binder-detail", args=[binder.pk]), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, binder = as_user(world.bob), filled(world, count)
    with django_assert_num_queries(10):
        client.get(reverse("binder-detail", args=[binder.pk]))
    for _more in range(count):
        filled(world, 1)
    with django_assert_num_queries(6):
        client.get(reverse("binder-list", args=[world.case.pk]))
