"""Conferences in a real Chromium: the redline as one types, no barriers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from discovery.models import Narrowing
from tests.domain.conferring import conferred, rows_of
from tests.factories import PASSWORD, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> World:
    """A subpoena with three requests, served and not answered."""
    found = make_world()
    found.served_subpoena(3)
    return found


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Page]:
    """A page signed in as the editor."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", "bob")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
    yield page
    context.close()


def test_the_redline_follows_the_typing(page: Page, world: World) -> None:
    row = rows_of(world.case.demands.get())[0]
    page.goto(f"/rows/{row.pk}/narrow/")
    expect(page.locator("#redline")).to_contain_text("it reads as served")

    page.fill("#id_text", "Board minutes, part 1.")

    expect(page.locator("#redline ins").first).to_contain_text("Board minutes")
    assert Narrowing.objects.count() == 0


@pytest.mark.parametrize(("theme", "width"), [("light", 1400), ("dark", 420)])
def test_no_screen_has_a_barrier_or_a_blocked_script(page: Page, world: World, theme: str, width: int) -> None:
    rows = rows_of(world.case.demands.get())
    held = conferred(world, rows)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.evaluate("theme => localStorage.setItem('tecum-theme', theme)", theme)
    page.set_viewport_size({"width": width, "height": 900})
    case = world.case.pk
    for address in (
        f"/cases/{case}/conferrals/",
        f"/cases/{case}/conferrals/new/",
        f"/cases/{case}/conferrals/new/?rows={rows[0].pk}",
        f"/conferrals/{held.pk}/",
        f"/conferrals/{held.pk}/edit/",
        f"/rows/{rows[0].pk}/narrow/",
        f"/cases/{case}/commitments/new/?rows={rows[0].pk}",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        found = Axe().run(page)
        assert (address, found.violations_count, found.generate_report() if found.violations_count else "") == (address, 0, "")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    assert said == []
