"""The pages of proof: what a PDF is, what a screen reader finds in a paper, how two wordings differ."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve, reopen
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.sets import NewText, add_items, change_item
from discovery.domain.superseding import supersede
from discovery.domain.wordings import EARLIER, NOW
from discovery.models import Demand, Draft
from discovery.papers.accessibility import unread_report
from discovery.staff.accessibility import counted
from discovery.staff.served import demand_url
from discovery.staff.views import verifying
from tests.factories import World
from tests.party_sets import served
from tests.staff.desk import PDF, ready
from tests.staff.screens import AsUser, statuses

VERIFY = "/papers/verify/"
FINDING = {"rule": "tables", "page": 3, "what": "no header cells"}


@pytest.fixture(autouse=True)
def _bells(bells: list[int]) -> None:
    """Nobody is rung for."""


def upload(client: Client, content: bytes, name: str = "back.pdf") -> Any:
    return client.post(VERIFY, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def test_a_file_that_is_ours_is_told_with_a_link_to_it(world: World, as_user: AsUser) -> None:
    draft = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice))

    shown = upload(as_user(world.rita), PDF)
    assert (shown.status_code, shown.context["tone"], shown.context["verdict"].draft) == (200, "success", draft)
    assert reverse("draft-detail", args=[draft.pk]) in shown.text

    hidden = upload(as_user(world.charlie), PDF, "<b>.pdf")
    assert (hidden.context["tone"], hidden.context["verdict"].draft) == ("warning", None)
    assert "&lt;b&gt;.pdf" in hidden.text
    assert Draft.objects.count() == 1


def test_nothing_chosen_or_too_large_is_said_at_the_field(world: World, as_user: AsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_user(world.rita)
    assert "form-control is-invalid" not in client.get(VERIFY).text
    empty = client.post(VERIFY, {})
    assert (empty.status_code, empty.context["error"]) == (422, "Choose a PDF file.")
    assert 'aria-describedby="id_file_error"' in empty.text
    monkeypatch.setattr(verifying, "SIZE_LIMIT", 2)
    large = upload(client, PDF)
    assert (large.status_code, large.context["error"]) == (422, "The file has more than 0 MB.")


def report(**changes: Any) -> dict[str, Any]:
    told = {"standard": "PDF/UA-1", "clean": True, "failed": [], "findings": [], "counted": {"pages": 6, "tables": 1, "lists": 0}}
    return told | changes


def test_the_papers_page_says_what_a_screen_reader_finds(world: World, as_user: AsUser) -> None:
    draft = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice))
    client = as_user(world.rita)
    page = reverse("draft-detail", args=[draft.pk])
    fragment = reverse("draft-accessibility", args=[draft.pk])
    assert f'hx-get="{fragment}"' in client.get(page).text

    Draft.objects.filter(pk=draft.pk).update(finished_at=timezone.now() - timedelta(minutes=5))
    late = client.get(fragment).text
    assert ("hx-get" in late, "Not yet read back for screen readers" in late) == (False, True)

    Draft.objects.filter(pk=draft.pk).update(accessibility=report())
    sound = client.get(page).text
    assert "PDF/UA-1: no defect found" in sound
    assert "6 pages, 1 table<" in sound

    Draft.objects.filter(pk=draft.pk).update(accessibility={"begun": 2})
    assert "Not yet read back for screen readers" in client.get(fragment).text
    Draft.objects.filter(pk=draft.pk).update(accessibility=unread_report(3))
    given_up = client.get(page).text
    assert "whether they can read it is not known" in given_up
    assert "A worker began 3 times to read it back" in given_up
    assert "this fails" not in given_up

    bad = report(clean=False, failed=["tables"], findings=[FINDING] * 60)
    Draft.objects.filter(pk=draft.pk).update(accessibility=bad)
    told = client.get(page).text
    assert "PDF/UA-1: this fails" in told
    assert told.count("<strong>Page 3:</strong> A table’s header cells do not tell what its cells are: no header cells.") == 50
    assert "and 10 more" in told


def test_what_was_counted_is_one_line() -> None:
    assert counted({"pages": 1, "headings": 2, "artifacts": 3}) == "1 page, 2 headings, 3 decorations, not read aloud"
    assert counted({}) == ""


def test_how_it_was_made_names_the_engine_and_the_approval(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    draft = ready(request_draft(demand, "subpoena", by=world.alice))
    manifest = {**draft.manifest, "paper": {"engine": {"weasyprint": "70.0", "pango": "1.50.12"}}}
    Draft.objects.filter(pk=draft.pk).update(manifest=manifest)
    shown = as_user(world.rita).get(reverse("draft-how", args=[draft.pk])).text
    assert "pango 1.50.12, weasyprint 70.0" in shown
    assert f"version 1, {draft.manifest['approved']['on']}, alice" in shown


def versions(world: World, requests: int = 2) -> Demand:
    demand = world.subpoena(requests=requests).demand
    approve(demand, by=world.alice)
    reopen(demand, by=world.alice)
    add_items(demand.request_set, "request", [NewText("Late", "All <late> Documents.")], by=world.alice)
    approve(demand, by=world.alice)
    return Demand.objects.get(pk=demand.pk)


def url(demand: Demand, query: str = "") -> str:
    return reverse("demand-redline", args=[demand.pk]) + query


def test_two_versions_stand_beside_each_other_and_become_a_pdf(world: World, as_user: AsUser) -> None:
    demand = versions(world)
    client = as_user(world.bob)
    shown = client.get(url(demand))
    assert (shown.context["before"].number, shown.context["after"].number) == (1, 2)
    assert shown.context["counts"] == [("added", "added", 1)]
    assert "<ins>All &lt;late&gt; Documents.</ins>" in shown.text
    assert "<del>All &lt;late&gt; Documents.</del>" in client.get(url(demand, "?from=2&to=1")).text

    made = client.post(reverse("paper-make", args=["redline", demand.pk]), {"from": "2", "to": "1"})
    draft = Draft.objects.get()
    assert made["Location"] == reverse("draft-detail", args=[draft.pk])
    assert draft.paper == "redline"
    assert draft.snapshot is not None
    assert "version 2 to version 1" in draft.snapshot.content
    assert (
        "<strong>DRAFT</strong>" not in client.get(reverse("subpoena-detail", args=[demand.pk])).text
    )  # it compares what was approved


def test_readers_compare_but_make_nothing(world: World, as_user: AsUser) -> None:
    demand = versions(world)
    assert statuses(as_user, world, url(demand)) == {"alice": 200, "bob": 200, "rita": 200, "charlie": 404}
    assert "Make the PDF" not in as_user(world.rita).get(url(demand)).text
    assert as_user(world.rita).post(reverse("paper-make", args=["redline", demand.pk])).status_code == 403


@pytest.mark.parametrize(("query", "said"), [("?from=9", "There is no version 9"), ("?from=1&to=1", "Choose two different")])
def test_a_choice_that_cannot_be_is_said_beside_the_choices(world: World, as_user: AsUser, query: str, said: str) -> None:
    shown = as_user(world.rita).get(url(versions(world), query))
    assert (shown.status_code, said in shown.text, 'name="from"' in shown.text) == (422, True, True)


def test_one_wording_says_what_to_do(world: World, as_user: AsUser) -> None:
    shown = as_user(world.rita).get(url(world.subpoena().demand, ""))
    assert (shown.status_code, "There is only one wording of this text" in shown.text) == (200, True)
    assert as_user(world.rita).get(url(world.subpoena(name="B").demand, "?from=abc&to=-1")).status_code == 422


@pytest.mark.parametrize("kind", ["set", "subpoena"])
def test_both_papers_lead_to_what_was_corrected(world: World, as_user: AsUser, kind: str) -> None:
    old = served(world) if kind == "set" else world.served_subpoena()
    new = supersede(old, "Wrong year.", by=world.bob)
    second = new.request_set.requests.get(number=2)
    change_item(second, NewText(second.label, f"{second.text} <2025>"), by=world.bob, revision=second.revision)
    told, client = url(new, "?from=-1"), as_user(world.rita)

    for demand in (old, new):
        assert f'href="{told}"' in client.get(demand_url(demand)).text
    shown = client.get(told)
    assert (shown.context["before"].number, shown.context["after"].number) == (EARLIER, NOW)
    assert shown.context["counts"] == [("changed", "changed", 1)]
    assert ("&lt;2025&gt;" in shown.text, f'href="{demand_url(old)}"' in shown.text) == (True, True)
    assert [label for label, _pieces in shown.context["facts"]] == (["Title"] if kind == "set" else ["Date of issue"])
    assert (as_user(world.charlie).get(told).status_code, "Make the PDF" in shown.text) == (404, False)

    as_user(world.bob).post(reverse("paper-make", args=["redline", new.pk]), {"from": "-1", "to": "0"})
    draft = Draft.objects.get()
    assert draft.snapshot is not None
    assert "the paper it corrects to as it stands" in draft.snapshot.content


def test_an_earlier_paper_that_there_is_none_of_is_said(world: World, as_user: AsUser) -> None:
    shown = as_user(world.rita).get(url(versions(world), "?from=-1"))
    assert (shown.status_code, "This corrects no earlier paper whose text is on record" in shown.text) == (422, True)


@pytest.mark.parametrize("requests", [1, 30])
def test_queries_do_not_grow_for_a_corrected_paper(
    world: World, as_user: AsUser, requests: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = supersede(served(world, requests), "Wrong year.", by=world.bob)
    client = as_user(world.bob)
    with django_assert_num_queries(CORRECTED_QUERIES):
        client.get(url(new, "?from=-1"))


@pytest.mark.parametrize("requests", [1, 30])
def test_queries_do_not_grow(
    world: World, as_user: AsUser, requests: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demand = versions(world, requests)
    client = as_user(world.bob)
    client.get(url(demand))
    with django_assert_num_queries(QUERIES):
        client.get(url(demand))


QUERIES = 11
CORRECTED_QUERIES = 44
