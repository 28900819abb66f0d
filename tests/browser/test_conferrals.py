"""Conferences in a real Chromium: task 9 in three steps, lines added in place, the redline as one types, no barriers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from discovery.models import Commitment, Conferral, Deadline, Narrowing
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


def test_task_9_takes_three_steps(page: Page, world: World) -> None:
    demand = world.case.demands.get()
    first, _second, third = rows_of(demand)
    open_date = Deadline.objects.get(event="subpoena-compliance")

    steps = 1  # rows preselected: as the matrix sends what was ticked there
    page.goto(f"/cases/{world.case.pk}/conferrals/new/?rows={first.pk},{third.pk}")
    expect(page.locator("input[name$=-chosen]:checked")).to_have_count(2)
    steps += 1  # one group of fields, confirmed once
    page.fill("[name=held_on]", "2025-06-27")
    page.fill("[name=who-1-name]", "Wanda Witness")
    page.select_option("[name=default_outcome]", "will_supplement")
    page.fill("[name=promise-0-text]", "Search again")
    page.fill("[name=promise-0-due]", "2025-07-09")
    page.get_by_role("button", name="Add a commitment").click()  # a third line, in place
    page.fill("[name=promise-2-text]", "Send the list")
    page.fill("[name=promise-2-due]", "2025-07-10")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/conferrals/*/")
    steps += 1  # the date that was agreed to move: old and new before it is saved
    page.click(f"#dates a[href='/dates/{open_date.pk}/extend/']")
    page.fill("[name=days]", "14")
    page.fill("[name=agreed_on]", "2025-06-27")
    page.fill("[name=agreed_with]", "Wanda Witness")
    page.fill("[name=terms]", "Conference of June 27, 2025")
    expect(page.locator("#preview")).to_contain_text("Wednesday, 16 July 2025")
    page.get_by_role("button", name="Record the extension").click()
    page.wait_for_url(f"**/dates/{open_date.pk}/")

    open_date.refresh_from_db()
    assert (steps, str(open_date.due_on), Conferral.objects.get().requests.count()) == (3, "2025-07-16", 2)
    assert sorted(Commitment.objects.values_list("text", flat=True)) == ["Search again", "Send the list"]


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
