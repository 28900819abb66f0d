"""Batches: N rows x M papers, what cannot be made, cancelling, trying again, and the one PDF at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from discovery.domain.approval import return_to_draft, submit
from discovery.domain.drafts import batches, drafting, merging
from discovery.domain.drafts.batches import cancel_batch, left_out, request_batch, retry_batch
from discovery.domain.drafts.filing import zip_of
from discovery.domain.errors import Refused
from discovery.enums import DemandKind, DraftState
from discovery.models import Batch, Demand, Draft, Event
from discovery.models.drafts import paper_storage
from tests.factories import World, make_world
from tests.papers.reading import findings, outline, pages
from tests.party_sets import drafted
from tests.staff.desk import failed, ready

MADE = (DraftState.QUEUED.value, DraftState.RENDERING.value)


def some(world: World, count: int) -> list[Demand]:
    return [world.subpoena(world.another_responder(f"Bank {n}"), name=f"S{n}").demand for n in range(count)]


def rows(batch: Batch) -> list[tuple[str, str, str]]:
    """Return whom each draft is to, its paper and its state."""
    return [(draft.about, draft.paper, draft.state) for draft in batch.drafts.order_by("pk")]


@pytest.fixture
def joinings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the batches that were rung for to be joined."""
    rung: list[int] = []
    monkeypatch.setattr("discovery.domain.drafts.merging.ring_to_merge", rung.extend)
    return rung


def test_every_row_gets_every_paper_under_one_event(world: World, bells: list[int]) -> None:
    batch = request_batch(some(world, 2), ["service_copy", "notice", "notice"], by=world.bob)
    assert rows(batch) == [
        ("Bank 0", "service_copy", "queued"),
        ("Bank 0", "notice", "queued"),
        ("Bank 1", "service_copy", "queued"),
        ("Bank 1", "notice", "queued"),
    ]
    assert batch.papers == ["service_copy", "notice"]
    assert list(Event.objects.values_list("act", "details")) == [
        ("batch_started", {"drafts": 4, "papers": ["service_copy", "notice"]})
    ]


def test_what_cannot_be_composed_fails_alone_and_says_why(world: World, bells: list[int]) -> None:
    batch = request_batch([world.set_served_on_us(), world.served_subpoena()], ["proof_of_service"], by=world.bob)
    theirs, ours = batch.drafts.order_by("pk")
    assert (theirs.state, theirs.snapshot, ours.state) == (DraftState.FAILED, None, DraftState.QUEUED)
    with pytest.raises(Refused) as caught:
        drafting.retry_draft(theirs, by=world.bob)
    assert str(caught.value) == theirs.error
    assert theirs.finished_at is not None


def mixed(world: World) -> list[Demand]:
    """Return one demand of each vehicle: two subpoenas, a notice, a set drafted here and one that was served on other paper."""
    return [
        world.subpoena().demand,
        world.examination(responder=world.another_responder("Ann Seer")),
        world.examination(DemandKind.DEPOSITION, responder=world.another_responder("Bo Seer")),
        drafted(world),
        world.served_set(kind=DemandKind.ROG),
    ]


def test_each_kind_gets_the_papers_that_it_has(world: World, bells: list[int]) -> None:
    demands = mixed(world)
    papers = [*batches.ITSELF, "notice", "proof_of_service"]

    batch = request_batch(demands, papers, by=world.bob)

    place = {demand.pk: number for number, demand in enumerate(demands)}
    assert [(place[draft.demand_id or 0], draft.paper, draft.state) for draft in batch.drafts.order_by("pk")] == [
        (0, "subpoena", "queued"),
        (0, "notice", "queued"),
        (1, "subpoena", "queued"),
        (1, "notice", "queued"),
        (2, "deposition_notice", "queued"),
        (3, "requests", "queued"),
        (4, "proof_of_service", "queued"),
    ]
    without = {paper: [place[one.pk] for one in rows] for paper, rows in left_out(demands, papers).items()}
    assert without == {"requests": [4], "notice": [2, 3, 4], "proof_of_service": [0, 1, 2, 3]}


def test_a_batch_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="None of those selected has any of these papers") as caught:
        request_batch([drafted(world)], ["notice", "courtesy_copy"], by=world.bob)
    assert (caught.value.field, Batch.objects.count()) == ("papers", 0)


@pytest.mark.parametrize(
    ("count", "papers", "said"),
    [
        (0, ["notice"], "Select at least one."),
        (1, [], "Choose at least one of the papers."),
        (1, ["nonsense"], "Choose at least one of the papers."),
        (1, ["joint_letter"], "Choose at least one of the papers."),
        (501, ["notice"], "Select at most 500 at once."),
        (251, ["notice", "subpoena"], "Select at most 250 at once for 2 papers each: a batch has up to 500."),
    ],
)
def test_nothing_and_too_much_are_refused(world: World, count: int, papers: list[str], said: str) -> None:
    with pytest.raises(Refused) as caught:
        request_batch([world.subpoena().demand] * count if count else [], papers, by=world.bob)
    assert (str(caught.value), Batch.objects.count(), Draft.objects.count()) == (said, 0, 0)


def test_a_batch_over_two_cases_is_recorded_in_both(world: World, bells: list[int]) -> None:
    other = make_world("Other v. Case", "4:24-cv-00002-ABC")
    batch = request_batch([world.subpoena().demand, other.subpoena().demand], ["notice"], by=world.alice)
    cancel_batch(batch, by=world.alice)
    recorded = Event.objects.order_by("pk").values_list("act", "case", "subject")
    name = f"batch:{batch.pk}"
    assert list(recorded) == [
        (act, case.pk, name) for act in ("batch_started", "batch_cancelled") for case in (world.case, other.case)
    ]


def test_cancelling_stops_what_waits_and_lets_what_runs_end(world: World, bells: list[int]) -> None:
    batch = request_batch(some(world, 3), ["notice"], by=world.bob)
    done, running, _waiting = batch.drafts.order_by("pk")
    ready(done)
    claimed = drafting.claim(running.pk)
    assert claimed is not None
    cancelled = cancel_batch(batch, by=world.bob)
    assert [state for _who, _paper, state in rows(batch)] == ["ready", "rendering", "cancelled"]
    assert cancelled.cancelled_at is not None
    with pytest.raises(Refused):
        cancel_batch(batch, by=world.bob)
    assert drafting.claim(batch.drafts.order_by("pk")[2].pk) is None
    drafting.fail(claimed, "No.")
    assert retry_batch(batch, by=world.bob) == 2
    assert [state for _who, _paper, state in rows(batch)] == ["ready", "queued", "queued"]
    batch.refresh_from_db()
    assert batch.cancelled_at is None
    assert [event.act for event in Event.objects.filter(subject=f"batch:{batch.pk}").order_by("pk")] == [
        "batch_started",
        "batch_cancelled",
        "draft_retried",
    ]


def test_a_cancelled_draft_whose_worker_fell_silent_is_not_begun_anew(world: World, bells: list[int]) -> None:
    batch = request_batch(some(world, 2), ["notice"], by=world.bob)
    running, _waiting = batch.drafts.order_by("pk")
    drafting.claim(running.pk)
    cancel_batch(batch, by=world.bob)
    drafting.sweep(now=timezone.now() + timedelta(seconds=django_settings.DRAFT_LEASE_SECONDS + 1))
    assert [state for _who, _paper, state in rows(batch)] == ["cancelled", "cancelled"]


def test_trying_again_composes_anew_what_could_not_be(world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(*_args: object) -> object:
        raise Refused("It lacks a date of compliance.")

    with monkeypatch.context() as patch:
        patch.setattr("discovery.domain.drafts.batches.composer_of", lacks)
        batch = request_batch(some(world, 1), ["notice"], by=world.bob)
        with pytest.raises(Refused) as caught:
            retry_batch(batch, by=world.bob)
    assert str(caught.value) == "None of these can be made yet: each row says what it needs first."
    assert batch.drafts.get().error == "It lacks a date of compliance."
    assert retry_batch(batch, by=world.bob) == 1
    draft = batch.drafts.get()
    assert (draft.state, draft.error, draft.snapshot is None) == (DraftState.QUEUED, "", False)
    with pytest.raises(Refused):
        retry_batch(batch, by=world.bob)


def lacking(world: World, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Return a batch of two of which nothing could be composed."""

    def lacks(*_args: object) -> object:
        raise Refused("It lacks a date of compliance.")

    with monkeypatch.context() as patch:
        patch.setattr("discovery.domain.drafts.batches.composer_of", lacks)
        return request_batch(some(world, 2), ["notice"], by=world.bob)


def test_trying_again_composes_nothing_while_the_database_is_held(
    world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = lacking(world, monkeypatch)
    outside, held, compose = len(connection.savepoint_ids), list[int](), batches._composed

    def composing(*given: Any) -> Any:
        held.append(len(connection.savepoint_ids) - outside)
        return compose(*given)

    monkeypatch.setattr(batches, "_composed", composing)

    assert (retry_batch(batch, by=world.bob), held) == (2, [0, 0])


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_what_changes_while_a_batch_is_composed_is_composed_again(
    world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    batch = lacking(world, monkeypatch)
    compose, told = batches._composed, list[int]()

    def composing(demand: Demand, paper: str) -> Any:
        item = compose(demand, paper)
        if demand.responding_party.person.name == "Bank 1" and len(told) < changes:
            told.append(1)
            submit(demand, by=world.bob) if len(told) % 2 else return_to_draft(demand, "No.", by=world.alice)
        return item

    monkeypatch.setattr(batches, "_composed", composing)

    if changes == 3:
        with pytest.raises(Refused, match="Somebody changed this case at the same moment"):
            retry_batch(batch, by=world.bob)
        assert [state for _who, _paper, state in rows(batch)] == ["failed", "failed"]
    else:
        assert retry_batch(batch, by=world.bob) == 2


def test_the_one_pdf_has_a_bookmark_for_each_recipient_and_paper(world: World, bells: list[int], joinings: list[int]) -> None:
    same = [world.subpoena(name="One").demand, world.subpoena(name="Two").demand]
    batch = request_batch([*some(world, 1), *same], ["notice"], by=world.bob)
    assert merging.merge_batch(batch.pk) is None  # not before all are finished
    for draft in batch.drafts.all():
        made = drafting.render_draft(draft.pk)
        assert made is not None
        assert made.state == DraftState.READY
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    assert (merged.merged_error, merged.merging_until) == ("", None)
    with paper_storage().open(str(merged.merged_file.name)) as file:
        pdf = file.read()
    assert (findings(pdf), len(pdf)) == ([], merged.merged_size)
    name = world.responder.person.name
    assert [(who, [paper for paper, _under in under]) for who, under in outline(pdf)] == [
        ("Bank 0", ["Notice to all parties, with the subpoena attached"]),
        (f"{name} (1)", ["Notice to all parties, with the subpoena attached"]),
        (f"{name} (2)", ["Notice to all parties, with the subpoena attached"]),
    ]
    assert len(pages(pdf)) == sum(draft.pages for draft in batch.drafts.all())
    assert merging.merge_batch(batch.pk) is None
    assert merging.sweep_merges() == 0
    with zip_of(batch.drafts.all()) as archive:
        assert archive.read(2) == b"PK"


def test_a_paper_tried_again_voids_the_one_pdf(world: World, bells: list[int], joinings: list[int]) -> None:
    batch = request_batch(some(world, 2), ["notice"], by=world.bob)
    first, second = batch.drafts.order_by("pk")
    drafting.render_draft(first.pk)
    failed(second)
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    assert merged.merged_file
    drafting.retry_draft(Draft.objects.get(pk=second.pk), by=world.bob)
    batch.refresh_from_db()
    assert (batch.merged_file.name, merging.sweep_merges()) == ("", 0)
    with pytest.raises(Refused):
        merging.ask_to_merge(batch)
    drafting.render_draft(second.pk)
    assert (merging.sweep_merges(), joinings) == (1, [batch.pk])


def test_a_paper_made_while_the_others_were_joined_is_not_left_out(
    world: World, bells: list[int], joinings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = request_batch(some(world, 2), ["notice"], by=world.bob)
    first, second = batch.drafts.order_by("pk")
    drafting.render_draft(first.pk)
    failed(second)
    join = merging._joined

    def tried_again_meanwhile(*given: Any) -> bytes:
        pdf = join(*given)
        drafting.retry_draft(Draft.objects.get(pk=second.pk), by=world.bob)
        assert drafting.render_draft(second.pk) is not None
        return pdf

    with monkeypatch.context() as patch:
        patch.setattr(merging, "_joined", tried_again_meanwhile)
        early = merging.merge_batch(batch.pk)
    assert early is not None
    assert (early.merged_file.name, early.merging_until, joinings) == ("", None, [batch.pk])
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    with paper_storage().open(str(merged.merged_file.name)) as file:
        assert len(pages(file.read())) == sum(draft.pages for draft in batch.drafts.all())


def test_a_joining_whose_worker_dies_is_taken_over_and_given_up_after_three(
    world: World, bells: list[int], joinings: list[int]
) -> None:
    batch = request_batch(some(world, 1), ["notice"], by=world.bob)
    ready(batch.drafts.get())
    now = timezone.now()
    for _attempt in range(3):
        assert merging._claim(batch.pk, now)
        assert not merging._claim(batch.pk, now)
        assert merging.sweep_merges(now=now) == 0
        now += timedelta(seconds=django_settings.DRAFT_LEASE_SECONDS + 1)
    assert merging.sweep_merges(now=now) == 0
    batch.refresh_from_db()
    assert batch.merged_error == "The worker stopped 3 times while joining these papers. Take the zip, or try again."
    merging.ask_to_merge(batch)
    assert joinings == [batch.pk]


@pytest.mark.parametrize("lost", [False, True])
def test_a_file_that_cannot_be_joined_is_said(world: World, bells: list[int], joinings: list[int], lost: bool) -> None:
    batch = request_batch(some(world, 1), ["notice"], by=world.bob)
    draft = ready(batch.drafts.get(), b"%PDF-1.7 no such thing")
    if lost:
        paper_storage().delete(str(draft.file.name))
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    assert merged.merged_error == (
        "A file is no longer where it was stored: make these papers again."
        if lost
        else "“Notice to all parties, with the subpoena attached” is damaged or no PDF. Print it to PDF anew and attach that."
    )


def test_too_many_pages_are_left_to_the_zip(world: World, bells: list[int], joinings: list[int]) -> None:
    batch = request_batch(some(world, 1), ["notice"], by=world.bob)
    ready(batch.drafts.get(), pages=merging.PAGES_LIMIT + 1)
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    assert merged.merged_error == (
        "These papers have 3001 pages; one PDF holds at most 3000. Take the zip, or make smaller batches."
    )
