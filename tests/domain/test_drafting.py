"""Drafts: queued once, claimed once, rendered once; silence is noticed, poison fails, equal papers are reused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from discovery.domain.approval import approve
from discovery.domain.drafts import drafting
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Draft, Event, Snapshot
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import Rendered
from tests.factories import World

PDF = Rendered(pdf=b"%PDF-1.7 test", pages=3, sha256="ab" * 32, timings={"layout": 0.1})


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count renderings instead of laying out pages; tests/papers looks at real ones."""
    rendered: list[str] = []

    def render(content: str, **_options: object) -> Rendered:
        rendered.append(content)
        return PDF

    monkeypatch.setattr(drafting, "render", render)
    return rendered


def test_a_draft_goes_from_queued_to_ready_once(
    world: World,
    bells: list[int],
    renderings: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        draft = drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob)
        assert bells == []
    assert (draft.state, bells) == (DraftState.QUEUED, [draft.pk])
    done = drafting.render_draft(draft.pk)
    assert done is not None
    assert (done.state, done.pages, done.attempts, done.file.name, done.lease) == ("ready", 3, 1, f"papers/ab/{'ab' * 32}.pdf", "")
    with paper_storage().open(str(done.file.name)) as file:
        assert file.read() == PDF.pdf
    assert drafting.render_draft(draft.pk) is None
    assert len(renderings) == 1
    assert list(Event.objects.order_by("pk").values_list("act", flat=True)) == ["draft_queued", "draft_ready"]


def test_the_same_paper_asked_for_again_is_the_finished_one(world: World, bells: list[int], renderings: list[str]) -> None:
    demand = world.subpoena().demand
    first = drafting.request_draft(demand, "subpoena", by=world.bob)
    drafting.render_draft(first.pk)
    again = drafting.request_draft(demand, "subpoena", by=world.alice)
    assert (again.pk, Draft.objects.count(), Snapshot.objects.count()) == (first.pk, 1, 1)


def test_a_lost_file_is_made_again(world: World, bells: list[int], renderings: list[str]) -> None:
    demand = world.subpoena().demand
    first = drafting.request_draft(demand, "subpoena", by=world.bob)
    drafting.render_draft(first.pk)
    first.refresh_from_db()
    paper_storage().delete(str(first.file.name))
    again = drafting.request_draft(demand, "subpoena", by=world.bob)
    assert (again.pk != first.pk, again.state) == (True, DraftState.QUEUED)


def test_of_two_workers_one_claims(world: World, bells: list[int]) -> None:
    draft = drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob)
    assert [drafting.claim(draft.pk) is not None for _worker in range(2)] == [True, False]


def test_a_worker_whose_lease_went_to_another_changes_nothing(world: World, bells: list[int]) -> None:
    draft = drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob)
    slow = drafting.claim(draft.pk)
    assert slow is not None
    drafting.sweep(now=timezone.now() + timedelta(seconds=django_settings.DRAFT_LEASE_SECONDS + 1))
    quick = drafting.claim(draft.pk)
    assert quick is not None
    assert drafting.finish(slow, PDF, "papers/slow.pdf", seconds=1) is None
    assert drafting.fail(slow, "Late.") is None
    done = drafting.finish(quick, PDF, "papers/quick.pdf", seconds=1)
    assert done is not None
    assert (done.file.name, done.attempts) == ("papers/quick.pdf", 2)


def test_a_poison_row_fails_after_three_silent_workers(world: World, bells: list[int]) -> None:
    draft = drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob)
    now = timezone.now()
    for attempt in range(1, 4):
        claimed = drafting.claim(draft.pk, now=now)
        assert claimed is not None
        assert claimed.attempts == attempt
        now += timedelta(seconds=django_settings.DRAFT_LEASE_SECONDS + 1)
        drafting.sweep(now=now)
    draft.refresh_from_db()
    assert draft.state == DraftState.FAILED
    assert draft.error == (
        "The worker stopped 3 times while making this paper. Try again; if it stops again, look at the worker's log."
    )
    drafting.retry_draft(draft, by=world.bob)
    assert (draft.state, draft.attempts, draft.error) == (DraftState.QUEUED, 0, "")


def test_a_refusal_is_shown_and_can_be_tried_again(world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> Rendered:
        raise PaperRefused("The form has no room for this.")

    monkeypatch.setattr(drafting, "render", refuse)
    draft = drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob)
    failed = drafting.render_draft(draft.pk)
    assert failed is not None
    assert (failed.state, failed.error) == (DraftState.FAILED, "The form has no room for this.")
    with pytest.raises(Refused):
        drafting.retry_draft(Draft(pk=draft.pk + 1), by=world.bob)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SoftTimeLimitExceeded(), "This took more than 14 minutes and was stopped. Make it in smaller parts."),
        (ValueError("odd"), "Something unexpected went wrong (ValueError: odd)."),
    ],
)
def test_a_worker_that_breaks_down_says_over_what(
    world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def broken(*_args: object, **_options: object) -> Rendered:
        raise error

    monkeypatch.setattr(drafting, "render", broken)
    failed = drafting.render_draft(drafting.request_draft(world.subpoena().demand, "subpoena", by=world.bob).pk)
    assert failed is not None
    assert (failed.state, failed.error) == (DraftState.FAILED, said)


def test_the_sweep_rings_for_what_waits_and_leaves_the_rest(world: World, bells: list[int]) -> None:
    waiting = drafting.request_draft(world.subpoena(name="A").demand, "subpoena", by=world.bob)
    held = drafting.request_draft(world.subpoena(world.another_responder("Other"), name="B").demand, "subpoena", by=world.bob)
    drafting.claim(held.pk)
    bells.clear()
    assert drafting.sweep() == 0
    later = timezone.now() + timedelta(seconds=django_settings.SWEEP_SECONDS + 1)
    assert (drafting.sweep(now=later), bells) == (1, [waiting.pk])


def test_an_approved_paper_prints_its_frozen_snapshot_for_ever(world: World, bells: list[int]) -> None:
    demand = approve(world.subpoena().demand, by=world.alice)
    first = drafting.request_draft(demand, "subpoena", by=world.bob)
    world.case.name = "Renamed"
    world.case.save()
    demand.request_set.preamble = "changed behind the verbs"
    demand.request_set.save()
    again = drafting.request_draft(demand, "subpoena", by=world.bob)
    assert again.pk == first.pk


def test_two_clicks_ask_for_one_paper(world: World, bells: list[int]) -> None:
    demand = world.subpoena().demand
    drafts = [drafting.request_draft(demand, "subpoena", by=world.bob) for _click in range(2)]
    assert (drafts[0].pk, Draft.objects.count()) == (drafts[1].pk, 1)
