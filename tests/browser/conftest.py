"""A real Chromium against a live server."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories import PASSWORD

SignIn = Callable[..., Page]

PATIENCE = 10.0
"""Seconds that an answer may take which nobody waits for any more."""
LOOK = 0.1
"""Seconds after which to look again for threads that ended without a word."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Answering:
    """Knows the threads that answer a request of the live server at this moment.

    A thread whose browser went away in the middle of an answer ends without saying so: it counts no more once it is gone.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._threads: set[threading.Thread] = set()

    def begin(self, **_told: object) -> None:
        """A request has come."""
        with self._changed:
            self._threads.add(threading.current_thread())

    def end(self, **_told: object) -> None:
        """It was answered."""
        with self._changed:
            self._threads.discard(threading.current_thread())
            self._changed.notify_all()

    def wait(self) -> None:
        """Return when nothing is being answered any more."""
        end = time.monotonic() + PATIENCE
        with self._changed:
            while self._alive() and time.monotonic() < end:
                self._changed.wait(LOOK)
            assert not self._alive(), "the live server still answers something"

    def _alive(self) -> bool:
        self._threads = {thread for thread in self._threads if thread.is_alive()}
        return bool(self._threads)


@pytest.fixture(scope="session")
def answering() -> Iterator[Answering]:
    """Tell when the live server is at rest.

    It shares its one connection with the test: a request that a closed page left behind could undo the emptying of the tables.
    """
    made = Answering()
    request_started.connect(made.begin)
    request_finished.connect(made.end)
    yield made
    request_started.disconnect(made.begin)
    request_finished.disconnect(made.end)


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the live server, which starts once, a folder for collected files; the files themselves come from the project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_ROOT", tmp_path_factory.mktemp("static"))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; Django would else refuse the ORM beside Playwright's event loop."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _flushable(transactional_db: None) -> Iterator[None]:
    """Lift SQLite's guards before the tables are emptied after a test; the `post_migrate` that follows sets them again."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, answering: Answering) -> Iterator[SignIn]:
    """Return a page signed in as somebody, each in a browser of their own: `sign_in("bob")`, `sign_in("bob", 420)`."""
    contexts = []

    def enter(name: str, width: int = 1400) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        return page

    yield enter
    for context in contexts:
        context.close()
    answering.wait()
