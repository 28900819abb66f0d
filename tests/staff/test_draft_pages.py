"""Papers being made: progress, file, how it was made, trying again."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from discovery.domain.drafts.drafting import claim, request_draft
from discovery.domain.drafts.word_files import WORD_TYPE
from discovery.models import Draft
from discovery.papers.errors import PaperRefused
from tests.domain.test_commands import bound
from tests.factories import World
from tests.staff.desk import PDF, failed, queued, ready
from tests.staff.screens import DENIED, READ, AsUser, posted, statuses


@pytest.fixture
def draft(world: World, bells: list[int]) -> Draft:
    return queued(world.subpoena().demand, world.alice)


def url(draft: Draft, name: str = "detail") -> str:
    return reverse(f"draft-{name}", args=[draft.pk])


def test_members_see_every_page_of_it(world: World, as_user: AsUser, draft: Draft) -> None:
    for name in ("detail", "status", "how"):
        assert statuses(as_user, world, url(draft, name)) == READ


def test_the_status_asks_again_until_it_is_finished(world: World, as_user: AsUser, draft: Draft) -> None:
    client = as_user(world.rita)
    seen = []
    for step in ("queued", "rendering", "ready"):
        if step == "rendering":
            claim(draft.pk)
            Draft.objects.update(page=3)
        elif step == "ready":
            Draft.objects.update(state="queued", lease="", lease_until=None)
            ready(draft)
        page = client.get(url(draft, "status"))
        seen.append((step, "every 1s" in page.text, page.headers.get("HX-Trigger")))

    assert seen == [("queued", True, None), ("rendering", True, None), ("ready", False, "draft-finished")]


def test_it_says_which_page_of_how_many(world: World, as_user: AsUser, draft: Draft) -> None:
    ready(draft, pages=12)
    again = Draft.objects.get(pk=draft.pk)
    again.pk, again.state, again.file, again.file_sha256 = None, "queued", "", ""
    again.save()
    claim(again.pk)
    Draft.objects.filter(pk=again.pk).update(page=3)

    page = as_user(world.rita).get(url(again, "status")).text

    assert 'value="3" max="12"' in page
    assert "Laying out page 3." in page


def test_a_paper_nobody_takes_says_so(world: World, as_user: AsUser, draft: Draft) -> None:
    fresh = as_user(world.rita).get(url(draft, "status")).text
    Draft.objects.update(queued_at=timezone.now() - timedelta(minutes=1))

    assert "no worker has taken it yet" not in fresh
    assert "no worker has taken it yet" in as_user(world.rita).get(url(draft, "status")).text


def test_a_failed_paper_says_why_and_editors_try_again(world: World, as_user: AsUser, draft: Draft, bells: list[int]) -> None:
    failed(draft, "No <glyph>.")
    pages = {user.username: as_user(user).get(url(draft)).text for user in (world.bob, world.rita)}

    assert [("No &lt;glyph&gt;." in page, "Try again" in page) for page in pages.values()] == [(True, True), (True, False)]
    assert posted(as_user, world, url(draft, "retry"), {}) == DENIED
    as_user(world.bob).post(url(draft, "retry"))
    draft.refresh_from_db()
    assert (draft.state, draft.error) == ("queued", "")


def test_a_paper_that_did_not_fail_is_not_tried_again(world: World, as_user: AsUser, draft: Draft) -> None:
    response = as_user(world.bob).post(url(draft, "retry"), follow=True)

    assert [str(message) for message in response.context["messages"]] == ["Only a paper that failed can be tried again."]


def test_the_file_goes_to_members_only(world: World, as_user: AsUser, draft: Draft, client: Client) -> None:
    ready(draft)
    found = {}
    for user in (world.alice, world.bob, world.rita, world.charlie):
        response = as_user(user).get(url(draft, "file"))
        found[user.username] = (response.status_code, response.getvalue() == PDF)
        response.close()

    assert found == {"alice": (200, True), "bob": (200, True), "rita": (200, True), "charlie": (404, False)}
    assert client.get(url(draft, "file"))["Location"] == f"/login/?next={url(draft, 'file')}"


def test_an_administrator_outside_the_case_gets_no_file(world: World, as_user: AsUser, draft: Draft) -> None:
    ready(draft)
    world.charlie.is_superuser = world.charlie.is_staff = True
    world.charlie.save()

    assert as_user(world.charlie).get(url(draft, "file")).status_code == 404


def test_the_files_headers(world: World, as_user: AsUser, draft: Draft) -> None:
    ready(draft)
    tag = f'"{hashlib.sha256(PDF).hexdigest()}"'
    client = as_user(world.rita)
    answers = [client.get(url(draft, "file")), client.get(f"{url(draft, 'file')}?inline=1")]
    for answer in answers:
        answer.getvalue()
        answer.close()

    name = f"subpoena-Witness-Corp-DRAFT-{draft.pk}.pdf"
    assert [answer["Content-Disposition"] for answer in answers] == [
        f'attachment; filename="{name}"',
        f'inline; filename="{name}"',
    ]
    wanted = ("Content-Type", "ETag", "Cache-Control", "X-Content-Type-Options", "X-Frame-Options")
    assert [answers[1][header] for header in wanted] == ["application/pdf", tag, "private, no-cache", "nosniff", "SAMEORIGIN"]
    assert client.get(url(draft, "file"), headers={"If-None-Match": tag}).status_code == 304


def test_no_file_yet_and_no_file_any_more(world: World, as_user: AsUser, draft: Draft, settings: Settings) -> None:
    early = as_user(world.rita).get(url(draft, "file"))
    done = ready(draft)
    (Path(settings.MEDIA_ROOT) / str(done.file.name)).unlink()
    late = as_user(world.bob).get(url(draft, "file"))

    assert (early.status_code, late.status_code) == (409, 410)
    assert ("not finished yet" in early.text, "Make again" in late.text) == (True, True)


def test_how_it_was_made(world: World, as_user: AsUser, draft: Draft, settings: Settings) -> None:
    ready(draft)

    page = as_user(world.rita).get(url(draft, "how"))

    assert page.context["timings"] == [("layout", 0.25)]
    shown = [draft.snapshot_id, hashlib.sha256(PDF).hexdigest(), settings.RELEASE, "alice"]
    assert [text in page.text for text in shown] == [True] * 4


def test_the_word_file_is_made_when_asked_for_and_handed_out(world: World, as_user: AsUser, draft: Draft) -> None:
    assert as_user(world.rita).get(url(draft, "word")).status_code == 409
    ready(draft)
    answer = as_user(world.rita).get(url(draft, "word"))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    draft.refresh_from_db()

    assert (answer["Content-Type"], content[:2]) == (WORD_TYPE, b"PK")
    assert answer["Content-Disposition"] == f'attachment; filename="{draft.download_name("docx")}"'
    assert draft.download_name("docx").endswith(".docx")
    assert hashlib.sha256(content).hexdigest() == draft.word_sha256
    assert as_user(world.rita).get(url(draft, "word"), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert url(draft, "word") in as_user(world.rita).get(url(draft)).text


def test_a_paper_that_word_cannot_have_says_why(
    world: World, as_user: AsUser, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(content: str, *, release: str) -> bytes:
        raise PaperRefused("It has no words.")

    monkeypatch.setattr("discovery.domain.drafts.word_files.word_file", fails)
    ready(draft)
    answer = as_user(world.alice).get(url(draft, "word"))
    assert (answer.status_code, "It has no words." in answer.text, url(draft, "file") in answer.text) == (409, True, True)


def test_a_binder_says_why_it_has_no_word_file(world: World, as_user: AsUser, bells: list[int]) -> None:
    draft = ready(request_draft(bound(world), "binder", by=world.alice))
    reason = "No Word file: a binder holds finished PDFs. Its slip sheets have one."
    page = as_user(world.rita).get(url(draft)).text
    assert (reason in page, url(draft, "word") in page) == (True, False)
    answer = as_user(world.rita).get(url(draft, "word"))
    assert (answer.status_code, reason in answer.text, "Try again" in answer.text) == (409, True, False)
