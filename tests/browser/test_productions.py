"""Productions in a real Chromium, without a barrier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from discovery.domain.productions.producing import tie_pages
from discovery.law.bates import parse_ranges
from discovery.models import Demand
from tests.factories import PASSWORD, World, make_world
from tests.producing import logged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, World, Demand]]:
    """Alice, signed in, and a demand with five requests."""
    world = make_world()
    demand = world.served_set(5)
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", "alice")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
    yield page, world, demand
    context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1400), ("dark", 390)])
def test_no_screen_has_a_barrier_or_a_blocked_script(case: tuple[Page, World, Demand], theme: str, width: int) -> None:
    page, world, demand = case
    said = list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    production = logged(world, demand, "A0001-A0100; A0121-A0200", demand.rows.all()[:1])
    tie_pages(production, demand.rows.all()[1:2], parse_ranges("; ".join(f"A{n:04d}" for n in range(1, 40, 4))), by=world.alice)
    logged(world, demand, "B0001-B0002", name="VOL002")
    page.evaluate("theme => localStorage.setItem('tecum-theme', theme)", theme)
    page.set_viewport_size({"width": width, "height": 900})
    names = ("detail", "edit", "ranges", "tie")
    paths = [reverse(f"production-{name}", args=[production.pk]) for name in names]
    paths += [reverse(f"production-{name}", args=[world.case.pk]) for name in ("list", "new")]
    paths += [f"{paths[-1]}?demand={demand.pk}", reverse("demand-coverage", args=[demand.pk])]
    barriers = {}
    for path in paths:
        page.goto(path)
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found or wider:
            barriers[path] = (found, wider)

    assert page.get_attribute("html", "data-bs-theme") == theme
    assert (barriers, said) == ({}, [])
