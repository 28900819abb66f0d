"""The Word file of a paper: after the PDF, once, taken over by its twins; a failure never touches the PDF."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from discovery import tasks
from discovery.domain.drafts import word_files
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from tests.domain.test_commands import bound
from tests.factories import World
from tests.staff.desk import queued, ready


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count conversions instead of making them; tests/papers/word looks at real ones."""
    asked: list[str] = []

    def word_file(content: str, *, release: str) -> bytes:
        asked.append(release)
        return b"PK " + hashlib.sha256(content.encode()).digest()

    monkeypatch.setattr(word_files, "word_file", word_file)
    return asked


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the ids for which the sweep rings."""
    rung: list[int] = []
    monkeypatch.setattr(word_files, "ring_for_word", rung.extend)
    return rung


@pytest.fixture
def draft(world: World, bells: list[int]) -> Draft:
    return queued(world.subpoena().demand, world.alice)


def test_the_bell_for_it_rings_when_the_pdf_is_ready(
    draft: Draft, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("discovery.domain.drafts.bell.ring_for_word", rung.extend)
    with django_capture_on_commit_callbacks(execute=True):
        ready(draft)
        assert rung == []
    assert rung == [draft.pk]


def test_it_is_made_once_and_named_by_its_content(draft: Draft, conversions: list[str]) -> None:
    ready(draft)
    tasks.make_word(draft_id=draft.pk)
    tasks.make_word(draft_id=draft.pk)
    draft.refresh_from_db()

    name = str(draft.word_file.name)
    with paper_storage().open(name) as file:
        content = file.read()
    assert (len(conversions), draft.word_size, draft.word_error) == (1, len(content), "")
    assert (draft.word_sha256, name) == (
        hashlib.sha256(content).hexdigest(),
        f"words/{draft.word_sha256[:2]}/{draft.word_sha256}.docx",
    )


def test_a_lost_file_is_made_again_to_the_same_bytes(draft: Draft, conversions: list[str]) -> None:
    first = word_files.word_of(ready(draft))
    paper_storage().delete(str(first.word_file.name))
    again = word_files.word_of(Draft.objects.get(pk=draft.pk))
    assert (again.word_sha256, len(conversions)) == (first.word_sha256, 2)
    assert paper_storage().exists(str(again.word_file.name))


def test_a_twin_takes_it_over(draft: Draft, world: World, conversions: list[str]) -> None:
    done = word_files.word_of(ready(draft))
    twin = Draft.objects.get(pk=draft.pk)
    twin.pk, twin.word_file, twin.word_sha256, twin.word_size = None, "", "", 0
    twin.save()
    assert (word_files.word_of(twin).word_sha256, len(conversions)) == (done.word_sha256, 1)
    assert request_draft(draft.subject, "subpoena", by=world.alice).word_sha256 == done.word_sha256


def test_the_sweep_rings_for_one_that_nobody_heard_of(draft: Draft, rung: list[int], conversions: list[str]) -> None:
    ready(draft)
    assert (word_files.sweep_wordless(), rung) == (0, [])  # a moment ago its own bell rang
    later = timezone.now() + timedelta(seconds=settings.SWEEP_SECONDS + 1)
    assert (word_files.sweep_wordless(now=later), rung) == (1, [draft.pk])
    tasks.make_word(draft_id=draft.pk)
    assert (word_files.sweep_wordless(now=later), rung, len(conversions)) == (0, [draft.pk], 1)


def test_one_over_which_workers_die_is_given_up(draft: Draft, rung: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(content: str, *, release: str) -> bytes:
        raise SystemExit

    monkeypatch.setattr(word_files, "word_file", dies)
    now = timezone.now()
    ready(draft)
    for _turn in range(2 * settings.DRAFT_MAX_ATTEMPTS):
        now += timedelta(minutes=6)
        word_files.sweep_wordless(now=now)
        for draft_id in [*rung, *rung]:  # a bell that rings twice is one attempt
            monkeypatch.setattr("django.utils.timezone.now", lambda at=now: at)
            with suppress(SystemExit):
                word_files.make_word(draft_id)
        rung.clear()
    draft.refresh_from_db()
    assert (draft.word_attempts, draft.state) == (settings.DRAFT_MAX_ATTEMPTS, DraftState.READY)
    assert draft.word_error.startswith(f"The worker stopped {settings.DRAFT_MAX_ATTEMPTS} times while making this Word file.")
    assert word_files.sweep_wordless(now=now + timedelta(hours=1)) == 0


def test_one_that_failed_is_not_rung_for_again_and_a_person_may_ask(draft: Draft, rung: list[int], conversions: list[str]) -> None:
    Draft.objects.filter(pk=ready(draft).pk).update(word_error="The disk was full.")
    assert (word_files.sweep_wordless(now=timezone.now() + timedelta(hours=1)), rung) == (0, [])
    tasks.make_word(draft_id=draft.pk)
    assert conversions == []
    assert word_files.word_of(Draft.objects.get(pk=draft.pk)).word_error == ""
    assert len(conversions) == 1


def test_a_binder_has_none_and_says_so(world: World, rung: list[int], bells: list[int], conversions: list[str]) -> None:
    made = ready(request_draft(bound(world), "binder", by=world.alice))
    assert word_files.sweep_wordless(now=timezone.now() + timedelta(hours=1)) == 0
    tasks.make_word(draft_id=made.pk)
    with pytest.raises(Refused, match="No Word file: a binder holds finished PDFs"):
        word_files.word_of(made)
    made.refresh_from_db()
    assert (made.word_error, conversions, rung) == ("", [], [])


def test_what_is_not_finished_or_gone_has_none(draft: Draft, conversions: list[str]) -> None:
    tasks.make_word(draft_id=draft.pk)
    tasks.make_word(draft_id=0)
    with pytest.raises(Refused):
        word_files.word_of(draft)
    assert conversions == []


@pytest.mark.parametrize(
    ("error", "told"),
    [(PaperRefused("A character cannot be printed."), "A character cannot be printed."), (KeyError("x"), "KeyError")],
)
def test_a_failure_is_told_and_leaves_the_pdf(draft: Draft, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    def fails(content: str, *, release: str) -> bytes:
        raise error

    ready(draft)
    monkeypatch.setattr(word_files, "word_file", fails)
    tasks.make_word(draft_id=draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.error, bool(draft.file), draft.word_file.name) == (DraftState.READY, "", True, "")
    assert told in draft.word_error
