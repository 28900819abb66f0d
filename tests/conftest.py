"""What all tests share: a data folder of their own, the small world, and signed-in clients."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable

os.environ.setdefault("TECUM_DATA", tempfile.mkdtemp(prefix="tecum-tests-"))

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.factories import World, make_world


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep each test's files apart, and render static addresses without a collected manifest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow ones protect nothing here
    folder = tmp_path_factory.mktemp("site")
    settings.MEDIA_ROOT = folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(db: None) -> World:
    """A case with parties, counsel, a non-party; Alice owns it, Bob edits, Rita reads, Charlie is a stranger."""
    return make_world()


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """Return a client signed in as a user: `as_user(world.alice).get(...)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the ids of drafts that were rung for, instead of asking a broker."""
    rung: list[int] = []
    monkeypatch.setattr("discovery.domain.drafts.bell.ring", rung.extend)
    monkeypatch.setattr("discovery.domain.drafts.drafting.ring", rung.extend)
    return rung


@pytest.fixture
def mail_bells(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[None]:
    """Let e-mail be sent, into Django's outbox, and collect the bells that ring for it instead of asking a broker."""
    rung: list[None] = []
    settings.SENDS_EMAIL, settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = (
        True,
        "https://tecum.example.com",
        "Tecum <t@example.com>",
    )
    monkeypatch.setattr("discovery.domain.dates.reminders.ring_for_mail", lambda: rung.append(None))
    return rung
