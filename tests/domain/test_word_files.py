"""The Word file of a paper: after the PDF, once, taken over by its twins; a failure never touches the PDF."""

from __future__ import annotations

import hashlib

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from discovery import tasks
from discovery.domain import word_files
from discovery.domain.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
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
def draft(world: World, bells: list[int]) -> Draft:
    return queued(world.subpoena().demand, world.alice)


def test_the_bell_for_it_rings_when_the_pdf_is_ready(
    draft: Draft, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("discovery.domain.bell.ring_for_word", rung.append)
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
