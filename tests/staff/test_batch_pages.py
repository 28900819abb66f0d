"""Batches: from the list to one zip."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.drafts.batches import left_out
from discovery.enums import DemandKind
from discovery.models import Batch, CaseMembership, Demand, Draft, Person, RespondingParty
from discovery.staff.batching import told_left_out
from discovery.staff.views.batches import NAMED
from tests.factories import World
from tests.party_sets import drafted
from tests.staff.desk import failed, ready, walled_set
from tests.staff.screens import AsUser

URL = "/subpoenas/batch/"
QUERIES = 5


def some(world: World, count: int = 3) -> list[Demand]:
    return [world.subpoena(world.another_responder(f"R{place}")).demand for place in range(count)]


def ask(as_user: AsUser, world: World, who: str = "bob", **values: Any) -> Any:
    return as_user(getattr(world, who)).post(URL, {"papers": "subpoena", **values})


def test_the_selected_become_one_batch(world: World, as_user: AsUser, bells: list[int]) -> None:
    one, two, _three = some(world)

    response = ask(as_user, world, pk=[one.pk, two.pk])

    batch = Batch.objects.get()
    assert response["Location"] == reverse("batch-detail", args=[batch.pk])
    assert sorted(draft.demand_id or 0 for draft in batch.drafts.all()) == [one.pk, two.pk]


def test_all_that_the_filter_finds(world: World, as_user: AsUser, bells: list[int]) -> None:
    some(world)

    ask(as_user, world, all="1", query="text=R1")
    ask(as_user, world, all="1", query="")

    assert [batch.drafts.count() for batch in Batch.objects.order_by("pk")] == [1, 3]


def test_all_leaves_out_what_the_user_may_only_read(world: World, as_user: AsUser, bells: list[int]) -> None:
    some(world)
    CaseMembership.objects.filter(user=world.bob).update(role="reader")

    response = as_user(world.bob).post(URL, {"papers": "subpoena", "all": "1"}, follow=True)

    assert ([str(one) for one in response.context["messages"]], Batch.objects.count()) == (["Select at least one."], 0)


def test_a_wrong_filter_selects_nothing(world: World, as_user: AsUser, bells: list[int]) -> None:
    some(world)

    ask(as_user, world, all="1", query="status=nonsense")

    assert Batch.objects.count() == 0


def test_a_walled_id_refuses_the_whole_batch(world: World, as_user: AsUser, bells: list[int]) -> None:
    one, *_rest = some(world)
    walled = walled_set(world)
    stranger = RespondingParty.objects.create(case=walled.case, person=Person.objects.create(name="Hidden"))
    hidden = Demand.objects.create(case=walled.case, request_set=walled, responding_party=stranger)

    codes = {
        "walled": ask(as_user, world, pk=[one.pk, hidden.pk]).status_code,
        "stranger": ask(as_user, world, "charlie", pk=[one.pk]).status_code,
        "reader": ask(as_user, world, "rita", pk=[one.pk]).status_code,
    }

    assert (codes, Draft.objects.count()) == ({"walled": 404, "stranger": 404, "reader": 403}, 0)


@pytest.mark.parametrize(
    ("values", "said", "kept"),
    [
        ({}, "Select at least one.", "make=subpoena"),
        ({"pk": [1, 2], "papers": "nonsense"}, "Choose at least one of the papers.", "tick=1,2"),
        ({"pk": list(range(1, 600))}, "Select at most 500 at once.", f"tick={','.join(map(str, range(1, 201)))}&make=subpoena"),
    ],
)
def test_a_refusal_comes_back_to_the_same_filter_with_what_was_ticked(
    world: World, as_user: AsUser, bells: list[int], values: dict[str, Any], said: str, kept: str
) -> None:
    response = as_user(world.bob).post(URL, {"papers": "subpoena", "query": "status=draft", **values}, follow=True)

    assert response.redirect_chain == [(f"/subpoenas/?status=draft&{kept}", 302)]
    assert [str(one) for one in response.context["messages"]] == [said]
    assert response.context["query"] == "status=draft"


def every_list(world: World, demand: Demand) -> dict[str, str]:
    """Return the lists on which a batch is started, by what their form says of where it stands."""
    return {
        "query": reverse("subpoena-list"),
        "case": reverse("case-detail", args=[world.case.pk]),
        "set": reverse("set-detail", args=[demand.request_set_id]),
    }


def two_of_a_set(world: World) -> list[Demand]:
    """Return a set of requests that goes to two."""
    demand = drafted(world)
    second = world.another_responder("Max Roe")
    return [demand, Demand.objects.create(case=world.case, request_set=demand.request_set, responding_party=second, kind="rfp")]


def test_every_list_offers_the_papers_of_its_rows_to_editors(world: World, as_user: AsUser) -> None:
    demand, other = two_of_a_set(world)
    of_set = [("requests", True), ("courtesy_copy", False), ("proof_of_service", False)]
    of_all = [("subpoena", True), ("service_copy", False), ("notice", False), ("deposition_notice", True), *of_set]
    world.subpoena()
    world.examination(DemandKind.DEPOSITION, responder=world.another_responder("Bo Seer"))

    for name, url in every_list(world, demand).items():
        page = as_user(world.bob).get(url)
        offered = [(one.paper, one.chosen) for one in page.context["offers"]]
        assert (name, offered) == (name, of_set if name == "set" else of_all)
        assert [page.text.count(f'name="pk" value="{one.pk}" data-kind="rfp"') for one in (demand, other)] == [1, 1]
        assert [reverse("subpoena-batch") in as_user(who).get(url).text for who in (world.bob, world.rita)] == [
            True,
            name == "query",  # the desk's list spans cases; without a box there is nothing to ask for
        ]
        assert 'name="pk"' not in as_user(world.rita).get(url).text
        ticked = as_user(world.bob).get(f"{url}?tick={other.pk}&make=courtesy_copy")
        assert [one.paper for one in ticked.context["offers"] if one.chosen] == ["courtesy_copy"]
        assert [f'value="{one.pk}" data-kind="rfp" checked' in ticked.text for one in (demand, other)] == [False, True]


@pytest.mark.parametrize("where", ["query", "case", "set"])
def test_a_batch_of_any_list_comes_back_to_it_or_goes_on(world: World, as_user: AsUser, bells: list[int], where: str) -> None:
    demand, other = two_of_a_set(world)
    origin = {"query": "kind=rfp", "case": world.case.pk, "set": demand.request_set_id}[where]
    url = every_list(world, demand)[where]
    client = as_user(world.bob)

    nothing = client.post(URL, {"papers": "requests", where: origin})
    wrong = client.post(URL, {"papers": "notice", where: origin, "pk": [demand.pk]})
    asked = client.post(URL, {"papers": ["requests", "courtesy_copy"], where: origin, "pk": [demand.pk, other.pk]}, follow=True)

    start, end = (f"{url}?kind=rfp&", "") if where == "query" else (f"{url}?", "#demands")
    assert nothing["Location"] == f"{start}make=requests{end}"
    assert wrong["Location"] == f"{start}tick={demand.pk}&make=notice{end}"
    assert [str(one) for one in asked.context["messages"]][-2:] == [
        "2 papers were asked for.",
        "Left out, since they have no such paper, or not yet. \nCourtesy copy: the requests with room to answer: "
        "Jane Roe, rfp 1 · Max Roe, rfp 1.",
    ]
    assert [(draft.demand_id, draft.paper) for draft in Batch.objects.get().drafts.order_by("pk")] == [
        (demand.pk, "requests"),
        (other.pk, "requests"),
    ]


def test_many_that_are_left_out_are_counted(world: World, as_user: AsUser, bells: list[int]) -> None:
    some(world, 7)
    response = as_user(world.bob).post(URL, {"papers": ["notice", "proof_of_service"], "all": "1"}, follow=True)
    assert str(list(response.context["messages"])[1]) == (
        "Left out, since they have no such paper, or not yet. \nProof of service: "
        + "".join(f"R{place}, Schedule A · " for place in range(6, 1, -1))
        + "2 more."
    )


@pytest.mark.parametrize("count", [2, 6])
def test_naming_who_is_left_out_takes_the_same_queries_for_any_number(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chosen = list(Demand.objects.filter(pk__in=[one.pk for one in some(world, count)]).select_related(*NAMED))
    with django_assert_num_queries(2):
        assert "1 more" in told_left_out(left_out(chosen, ["requests", "notice"])) or count == 2


def test_progress_is_counted_from_rows(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[demand.pk for demand in some(world)])
    batch = Batch.objects.get()
    first, second, third = batch.drafts.order_by("pk")
    client = as_user(world.bob)
    status = reverse("batch-status", args=[batch.pk])
    ready(first)
    failed(second, "No <glyph>.")
    running = client.get(status)
    ready(third, b"%PDF-1.7 another")
    joining = client.get(status)
    Batch.objects.update(merged_error="Too many pages.")
    done = client.get(status)

    counts = [[page.context[name] for name in ("done", "total", "failed", "finished")] for page in (running, done)]
    assert counts == [[2, 3, 1, False], [3, 3, 1, True]]
    assert ["every 1s" in page.text for page in (running, joining, done)] == [True, True, False]
    assert "No &lt;glyph&gt;." in done.text
    assert "Too many pages." in done.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_progress_takes_the_same_queries_for_any_number(
    world: World, as_user: AsUser, bells: list[int], count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(as_user, world, pk=[demand.pk for demand in some(world, count)])
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        shown = client.get(reverse("batch-status", args=[Batch.objects.get().pk])).text
    assert shown.count("Schedule A</span>") == count  # two sets to one recipient are told apart


def test_the_zip_holds_the_ready_papers(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[demand.pk for demand in some(world, 2)])
    batch = Batch.objects.get()
    one, two = batch.drafts.order_by("pk")
    ready(one, b"%PDF-1.7 one")
    failed(two)

    response = as_user(world.bob).get(reverse("batch-zip", args=[batch.pk]))
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    response.close()

    assert held == {f"subpoena-R0-DRAFT-{one.pk}.pdf": b"%PDF-1.7 one"}
    assert response["Content-Disposition"] == f'attachment; filename="papers-{batch.pk}.zip"'


def test_a_batch_is_cancelled_and_tried_again(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[world.served_subpoena().pk, world.set_served_on_us().pk], papers=["subpoena", "proof_of_service"])
    batch = Batch.objects.get()
    client = as_user(world.bob)

    def states() -> list[str]:
        return [draft.state for draft in batch.drafts.order_by("pk")]

    asked = states()
    client.post(reverse("batch-cancel", args=[batch.pk]))
    cancelled = states()
    again = client.post(reverse("batch-cancel", args=[batch.pk]), follow=True)
    client.post(reverse("batch-retry", args=[batch.pk]))

    assert asked == states() == ["queued", "queued", "failed"]
    assert cancelled == ["cancelled", "cancelled", "failed"]
    assert [str(one) for one in again.context["messages"]] == [
        "Nothing of this batch waits any more: what is not finished is being made just now.",
    ]


@pytest.mark.parametrize(("act", "state"), [("retry", "failed"), ("cancel", "queued")])
def test_who_may_only_read_by_now_changes_nothing(world: World, as_user: AsUser, bells: list[int], act: str, state: str) -> None:
    ask(as_user, world, pk=[some(world, 1)[0].pk])
    batch = Batch.objects.get()
    if state == "failed":
        failed(batch.drafts.get())
    CaseMembership.objects.filter(user=world.bob).update(role="reader")

    assert as_user(world.bob).post(reverse(f"batch-{act}", args=[batch.pk])).status_code == 403
    assert batch.drafts.get().state == state


def test_the_one_pdf_is_handed_out_when_it_is_there(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[some(world, 1)[0].pk])
    batch = Batch.objects.get()
    client, url = as_user(world.bob), reverse("batch-pdf", args=[batch.pk])
    early = client.get(url)
    waiting = client.post(reverse("batch-merge", args=[batch.pk]), follow=True)
    Batch.objects.update(merged_file=ready(batch.drafts.get(), b"%PDF-1.7 joined").file.name, merged_size=15)
    response = client.get(url)

    assert early["Location"] == reverse("batch-detail", args=[batch.pk])
    assert "still being made" in str(list(waiting.context["messages"])[-1])
    assert (response.getvalue(), response["Content-Disposition"]) == (
        b"%PDF-1.7 joined",
        f'attachment; filename="papers-{batch.pk}.pdf"',
    )


def test_a_lost_pdf_is_joined_anew(world: World, as_user: AsUser, bells: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    ask(as_user, world, pk=[some(world, 1)[0].pk])
    batch, rung = Batch.objects.get(), list[int]()
    ready(batch.drafts.get())
    Batch.objects.update(merged_file="papers/00/lost.pdf", merged_size=15)
    monkeypatch.setattr("discovery.domain.drafts.merging.ring_to_merge", rung.extend)

    response = as_user(world.bob).get(reverse("batch-pdf", args=[batch.pk]))

    batch.refresh_from_db()
    assert response["Location"] == reverse("batch-detail", args=[batch.pk])
    assert (batch.merged_file.name, batch.merged_size, rung) == ("", 0, [batch.pk])


def test_only_who_asked_sees_the_batch_and_only_inside_the_wall(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[some(world, 1)[0].pk])
    urls = [reverse(f"batch-{name}", args=[Batch.objects.get().pk]) for name in ("detail", "status")]
    zipped = reverse("batch-zip", args=[Batch.objects.get().pk])

    def codes() -> dict[str, list[int]]:
        users = (world.alice, world.bob, world.rita, world.charlie)
        return {user.username: [as_user(user).get(url).status_code for url in (*urls, zipped)] for user in users}

    hidden = [404, 404, 404]
    inside = codes()
    CaseMembership.objects.filter(user=world.bob).delete()

    assert inside == {"alice": hidden, "bob": [200, 200, 302], "rita": hidden, "charlie": hidden}
    assert codes()["bob"] == hidden


def test_a_lost_file_is_told_instead_of_a_broken_zip(world: World, as_user: AsUser, bells: list[int]) -> None:
    ask(as_user, world, pk=[some(world, 1)[0].pk])
    draft = ready(Draft.objects.get())
    draft.file.storage.delete(str(draft.file.name))

    response = as_user(world.bob).get(reverse("batch-zip", args=[draft.batch_id]), follow=True)

    assert "A file is no longer where it was stored: make these papers again." in [str(one) for one in response.context["messages"]]
