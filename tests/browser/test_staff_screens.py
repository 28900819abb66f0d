"""The frame of the staff's screens in a real Chromium: keys, theme, narrow navigation, formsets, no barrier, no blocked script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page
from pytest_django.live_server_helper import LiveServer

from discovery.domain.records import add_record
from discovery.models import Clause, ScheduleEntry
from tests.access import areas
from tests.browser.conftest import SignIn
from tests.factories import PASSWORD, make_world
from tests.staff.due import due

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HANDED_OUT = {"log-export", "demand-coverage-export", "matrix-csv", "matrix-xlsx", "case-dates-export"}
"""Addresses that answer with a file."""
PIECES = {"draft-accessibility"}
"""Addresses that answer a script with a piece of a page, empty before the paper is made."""
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def signed_in(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Alice at the home page of a small world, all that the console said kept on the page object."""
    world = make_world()
    world.alice.is_staff = True
    world.alice.save()
    world.subpoena()
    add_record(ScheduleEntry(case=world.case, kind="trial", day="2027-03-01"), by=world.alice)
    due(world.case, "Late answer", timezone.localdate() - timedelta(days=3), red=True, kind="response")
    due(world.case, "Next answer", timezone.localdate() + timedelta(days=2), confirmed_by=world.bob, confirmed_at=timezone.now())
    due(world.case, "Their answer", timezone.localdate() + timedelta(days=2), ours=False)
    due(world.case, "Refused", None)
    add_record(Clause(kind="definition", label="Document", text="Means this."), by=world.alice)
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", "alice")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
    yield page
    context.close()


def case_pk(page: Page) -> str:
    page.goto("/cases/")
    href = page.get_attribute("[data-open]", "href")
    assert href is not None
    return href.strip("/").split("/")[-1]


@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", NARROW)], ids=["light-wide", "dark-narrow"])
def test_no_screen_has_a_barrier_or_a_blocked_script(signed_in: Page, theme: str, size: dict[str, int]) -> None:
    page, said = signed_in, list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    pk = case_pk(page)
    page.evaluate("theme => localStorage.setItem('tecum-theme', theme)", theme)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    barriers = {}
    records = ["parties", "groups", "counsel", "responders", "schedule", "members"]
    firm = ["persons", "firms", "attorneys", "courts", "library"]
    paths = [
        "/",
        "/dates/",
        "/calendar/",
        "/calendar/?view=week",
        "/calendar/?view=agenda",
        "/cases/",
        "/cases/new/",
        f"/cases/{pk}/",
        f"/cases/{pk}/edit/",
        f"/cases/{pk}/timeline/",
        "/papers/",
        "/password/",
        "/account/feeds/",
    ]
    paths += [f"/cases/{pk}/{name}/new/" for name in records] + [f"/{name}/" for name in firm] + [f"/{name}/new/" for name in firm]
    for path in paths:
        page.goto(path)
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found or wider:
            barriers[path] = (found, wider)

    assert page.get_attribute("html", "data-bs-theme") == theme
    assert (barriers, said) == ({}, [])


@pytest.mark.parametrize(("theme", "width"), [("light", 1400), ("dark", 390)], ids=["light-wide", "dark-narrow"])
def test_no_screen_of_a_case_has_a_barrier_or_scrolls_sideways(sign_in: SignIn, bells: list[int], theme: str, width: int) -> None:
    """The screens of every area that the access matrix knows, each with a row of its own."""
    addresses = areas.addresses(make_world())
    page, said = sign_in("alice", width), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.evaluate("theme => localStorage.setItem('tecum-theme', theme)", theme)
    # Axe copies the stylesheets of a preview into elements, which the policy refuses and says; test_preview.py looks at previews.
    page.evaluate("localStorage.setItem('tecum-preview', 'off')")
    barriers, seen = {}, 0
    for name, path in addresses.items():
        if areas.LINES[name].post_only or name in HANDED_OUT | PIECES:
            continue
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details:not(.menu)').forEach(one => { one.open = true; })")
        found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(page).response["violations"]]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        seen += 1
        if found or wider > 0:
            barriers[path] = (found, wider)

    assert page.get_attribute("html", "data-bs-theme") == theme
    assert (barriers, said) == ({}, [])
    assert seen > 40


def test_rows_are_walked_and_opened_by_keys(signed_in: Page) -> None:
    page = signed_in
    page.goto("/cases/")
    page.keyboard.press("j")
    assert page.locator(".row-current").inner_text().startswith("Roe v. Doe")
    page.keyboard.press("o")
    page.wait_for_url("**/cases/*/")
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")


def test_todays_dates_are_walked_and_opened_by_keys(signed_in: Page) -> None:
    page = signed_in
    page.goto("/")
    page.keyboard.press("j")
    assert "Late answer" in page.locator(".row-current").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/dates/*/")
    page.goto("/")
    page.click(".chips a[href='#overdue']")
    assert page.locator("#overdue h3").is_visible()


def test_the_calendar_is_a_table_on_wide_screens_and_a_list_of_days_on_narrow_ones(signed_in: Page) -> None:
    page = signed_in
    page.goto("/calendar/")
    assert page.get_by_role("table").locator("tbody tr").count() >= 4
    assert page.locator(".calendar thead").is_visible()
    everything = page.locator("td.cal-day:visible").count()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.locator("td.cal-day:visible").count() < everything
    assert page.locator("td.cal-today .cal-full").first.is_visible()
    page.click("a[rel=next]")
    page.wait_for_url("**/calendar/?view=month&day=*")


def test_the_slash_searches_and_the_question_mark_lists_the_keys(signed_in: Page) -> None:
    page = signed_in
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("?")
    assert page.input_value("#search") == "?"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()


def test_keys_can_be_switched_off(signed_in: Page) -> None:
    page = signed_in
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()
    page.click("[data-keys-open]")
    assert page.locator("#keys").is_visible()
    assert not page.is_checked("#keys-on")


def test_the_theme_is_kept(signed_in: Page) -> None:
    page = signed_in
    page.click("[data-theme-toggle]")
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"


def test_the_navigation_opens_on_a_phone(signed_in: Page) -> None:
    page = signed_in
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert not page.locator("#sidenav").is_visible()
    page.click("[data-nav-toggle]")
    assert page.locator("#sidenav").is_visible()
    assert page.get_attribute("[data-nav-toggle]", "aria-expanded") == "true"


def test_an_address_is_added_without_a_reload(signed_in: Page) -> None:
    page = signed_in
    page.goto("/persons/new/")
    page.fill("#id_name", "Meta Platforms, Inc.")
    page.fill("#id_addresses-0-street", "1 Meta Way")
    page.fill("#id_addresses-0-city", "Menlo Park")
    page.click("text=Add an address")
    page.fill("#id_addresses-1-street", "2 Side Street")
    page.fill("#id_addresses-1-city", "Reno")
    page.click("button:has-text('Save')")
    page.wait_for_url("**/persons/")
    assert "2 Side Street, Reno" in page.locator("main").inner_text()


def test_leaving_typed_text_is_asked_about(signed_in: Page) -> None:
    page, asked = signed_in, list[str]()
    page.goto("/cases/new/")
    page.fill("#id_name", "Half typed")

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("setTimeout(() => { location.href = '/cases/'; }, 0)")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.input_value("#id_name") == "Half typed"


def test_without_scripts_every_part_is_there(browser: Browser, signed_in: Page, live_server: LiveServer) -> None:
    context = browser.new_context(
        viewport=NARROW,  # type: ignore[arg-type]
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=signed_in.context.storage_state(),
    )
    page = context.new_page()
    page.goto("/cases/")
    assert page.locator("#sidenav").is_visible()
    assert page.locator("main table").is_visible()
    context.close()
