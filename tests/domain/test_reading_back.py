"""The second step after a paper: read back for screen readers, once, and never in the paper's way."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from discovery import tasks
from discovery.domain.approval import approve
from discovery.domain.drafts import bell, reading_back
from discovery.domain.drafts.batches import request_batch
from discovery.domain.drafts.bell import working_here
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.drafts.reading_back import read_back, sweep_unread
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.accessibility import unread_report
from tests.factories import World
from tests.papers.test_assembly import foreign
from tests.staff.desk import ready

pytestmark = pytest.mark.usefixtures("bells")


@pytest.fixture
def read_bells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the ids of papers that were rung for to be read back."""
    rung: list[int] = []
    monkeypatch.setattr(bell, "ring_to_read", rung.extend)
    monkeypatch.setattr(reading_back, "ring_to_read", rung.extend)
    return rung


def made(world: World) -> Draft:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    draft = render_draft(request_draft(demand, "service_copy", by=world.alice).pk)
    assert draft is not None
    return draft


def test_a_finished_paper_is_rung_for_after_the_commit(
    world: World, read_bells: list[int], django_capture_on_commit_callbacks: object
) -> None:
    demand = world.subpoena().demand
    draft = request_draft(demand, "service_copy", by=world.alice)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        render_draft(draft.pk)
        assert read_bells == []
    assert read_bells == [draft.pk]


def test_it_is_read_once_and_so_are_its_twins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = made(world)
    assert draft.accessibility == {}
    read = read_back(draft.pk)
    assert read is not None
    assert (read.accessibility["clean"], read.accessibility["counted"]["pages"]) == (True, draft.pages)
    assert read_back(draft.pk) is None
    tasks.read_back(draft_id=draft.pk, later="argument")
    batch = request_batch([draft.demand] if draft.demand else [], ["service_copy"], by=world.bob)
    assert batch.drafts.get().accessibility == read.accessibility


def test_what_is_not_finished_or_gone_is_left_alone(world: World) -> None:
    draft = request_draft(world.subpoena().demand, "subpoena", by=world.alice)
    assert read_back(draft.pk) is None
    done = ready(draft)
    paper_storage().delete(str(done.file.name))
    assert read_back(done.pk) is None
    assert read_back(draft.pk + 99) is None


def test_a_file_that_cannot_be_read_says_so_and_stays_ready(world: World) -> None:
    done = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice))
    read = read_back(done.pk)
    assert read is not None
    assert (read.state, read.accessibility["failed"]) == ("ready", ["readable"])


@pytest.mark.parametrize("error", [IndexError("no such page"), RecursionError("too deep"), RuntimeError("odd")])
def test_a_file_that_trips_the_reader_is_not_read_for_ever(world: World, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def trips(_document: object) -> object:
        raise error

    monkeypatch.setattr("discovery.papers.accessibility._report", trips)
    done = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice), foreign("One"))
    read = read_back(done.pk)
    assert read is not None
    assert read.accessibility["failed"] == ["readable"]


def test_the_sweep_rings_for_what_nobody_heard(world: World, read_bells: list[int]) -> None:
    done = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice))
    assert sweep_unread() == 0
    later = timezone.now() + timedelta(minutes=5)
    assert (sweep_unread(now=later), read_bells[-1:]) == (1, [done.pk])
    assert sweep_unread(now=later + timedelta(days=2)) == 0
    Draft.objects.update(accessibility={"clean": True})
    assert sweep_unread(now=later) == 0


def test_a_worker_that_is_killed_over_a_paper_is_not_followed_for_ever(
    world: World, read_bells: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What the kernel does: nothing after it runs in this worker."""

    began: list[bytes] = []

    def dies(pdf: bytes) -> dict[str, object]:
        began.append(pdf)
        raise Killed

    monkeypatch.setattr(reading_back, "report_on", dies)
    done = ready(request_draft(world.subpoena().demand, "subpoena", by=world.alice))
    twin = request_draft(world.subpoena().demand, "subpoena", by=world.alice)
    assert (twin.pk == done.pk, twin.file_sha256) == (False, done.file_sha256)
    now = done.finished_at or timezone.now()
    for _minute in range(60):
        now += timedelta(minutes=1)
        read_bells.clear()
        sweep_unread(now=now)
        for number in list(read_bells):
            with contextlib.suppress(Killed):
                read_back(number)
    assert len(began) == 3  # for both together: they have one file
    for draft in Draft.objects.filter(pk__in=[done.pk, twin.pk]):
        assert (draft.state, draft.report["failed"], draft.report["findings"][0]["what"]) == ("ready", ["unread"], "3")


def given_up(draft: Draft) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(accessibility=unread_report(settings.DRAFT_MAX_ATTEMPTS))
    draft.refresh_from_db()
    return draft


def test_made_again_a_paper_that_nobody_could_read_is_read_anew_and_tells_of_the_old_one(
    world: World, read_bells: list[int], django_capture_on_commit_callbacks: object
) -> None:
    """Paper and file stay as they are; what was read, or waits to be, is asked for once."""
    old = made(world)
    assert request_draft(old.subject, "service_copy", by=world.bob) == old
    given_up(old)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        again = request_draft(old.subject, "service_copy", by=world.bob)
    batched = request_batch([old.demand] if old.demand else [], ["service_copy"], by=world.bob).drafts.get()
    assert [(one.pk > old.pk, one.state, one.file_sha256, one.report) for one in (again, batched)] == [
        (True, "ready", old.file_sha256, {})
    ] * 2
    assert read_bells == [again.pk]
    old.refresh_from_db()
    assert old.report["failed"] == ["unread"]

    read = read_back(again.pk)

    assert read is not None
    old.refresh_from_db()
    assert (read.report["clean"], old.report) == (True, read.report)
    assert request_draft(old.subject, "service_copy", by=world.bob) == batched


def test_a_day_after_its_bell_was_lost_a_paper_is_read_when_it_is_made_again(world: World) -> None:
    old = made(world)
    Draft.objects.filter(pk=old.pk).update(queued_at=timezone.now() - timedelta(days=2))
    again = request_draft(old.subject, "service_copy", by=world.bob)
    assert (again.pk > old.pk, sweep_unread(now=timezone.now() + timedelta(minutes=1))) == (True, 1)
    assert read_back(again.pk) is not None
    old.refresh_from_db()
    assert old.report["clean"]


def test_a_process_that_works_itself_rings_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr("discovery.domain.drafts.bell.current_app.send_task", lambda task, **_told: rung.append(task))
    with working_here():
        bell.ring_to_read([1])
        bell.ring_for_word([1])
        bell.ring_to_merge([1])
    assert rung == []
    bell.ring_to_merge([1])
    assert rung == ["discovery.merge_batch"]


def test_who_and_when_stand_beside_the_file_and_not_in_it(world: World) -> None:
    draft = made(world)
    with transaction.atomic():
        again = request_batch([draft.demand] if draft.demand else [], ["service_copy"], by=world.bob).drafts.get()
    assert again.file_sha256 == draft.file_sha256
    assert again.manifest["paper"] == draft.manifest["paper"]
    assert (draft.manifest["requested"]["by"], again.manifest["requested"]["by"]) == ("alice", "bob")
    assert again.manifest["file"] == {"sha256": draft.file_sha256, "pages": draft.pages}
    approval = draft.manifest["approved"]
    assert (approval["version"], approval["by"]) == (1, "alice")
    assert sorted(draft.manifest) == ["approved", "file", "made", "paper", "requested"]
