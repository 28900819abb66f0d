"""The matrix by keyboard in a real Chromium: rows selected, acted on together, undone; and what axe says of its pages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from discovery.enums import AnswerKind, ConferralOutcome
from discovery.models import RequestRow
from tests.browser.conftest import SignIn
from tests.factories import World, make_world
from tests.stages import answer, confer, promise, tie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = "tbody tr[data-row]"


@pytest.fixture
def crowd(bells: list[int]) -> World:
    """Six requests that were served, some of them answered."""
    world = make_world()
    rows = list(world.served_set(6).rows.order_by("number"))
    answer(world, rows[0], AnswerKind.OBJECTION, grounds=("burden", "privilege", "vague"))
    answer(world, rows[1], AnswerKind.PRODUCE)
    tie(world, rows[1], 1, 9)
    confer(world, rows[:1], ConferralOutcome.IMPASSE)
    promise(world, rows[2:3], days=-2)
    return world


def stored() -> list[tuple[str, str]]:
    return list(RequestRow.objects.order_by("number").values_list("deficiency", "next_step"))


def test_rows_are_selected_by_key_acted_on_together_and_put_back(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto(f"/cases/{crowd.case.pk}/matrix/")
    expect(page.locator(ROWS)).to_have_count(6)

    for key in "jxjjx":
        page.keyboard.press(key)
    expect(page.locator(".m-selected [data-selected]")).to_have_text("2")
    page.click("summary:has-text('Next step')")
    expect(page.locator("button[value=next]")).to_contain_text("2")
    expect(page.locator(".m-act[open] .menu-panel input").first).to_be_focused()
    page.keyboard.type("Call counsel")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Next step set for 2 requests.")
    after = [step for _deficiency, step in stored()]
    page.click("button:has-text('Undo this')")
    expect(page.locator("#messages")).to_contain_text("Undone for 2 requests.")

    assert after == ["Call counsel", "", "Call counsel", "", "", ""]
    assert stored() == [("", "")] * 6


def test_the_edit_key_acts_on_the_current_row_and_shift_selects_a_run(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto(f"/cases/{crowd.case.pk}/matrix/")

    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#bulk_assign_owner")).to_be_focused()
    page.select_option("#bulk_assign_owner", label="Rita")
    page.click("button[value=assign]")
    expect(page.locator("#messages")).to_contain_text("1 request assigned.")
    page.locator(f"{ROWS}:nth-child(2) input").click()
    page.locator(f"{ROWS}:nth-child(5) input").click(modifiers=["Shift"])
    expect(page.locator(".m-selected [data-selected]")).to_have_text("4")

    assert list(RequestRow.objects.order_by("number").values_list("owner__username", flat=True)) == ["rita", *[None] * 5]


def test_the_request_stays_in_sight_while_the_stages_scroll(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob", 900)
    page.goto(f"/cases/{crowd.case.pk}/matrix/")

    left = "e => e.getBoundingClientRect().left"
    before = page.locator(f"{ROWS} th").first.evaluate(left)
    page.locator(".m-scroll").evaluate("e => { e.scrollLeft = 600; }")

    assert page.locator(f"{ROWS} th").first.evaluate(left) == before
    assert page.locator(f"{ROWS} td.m-answer").first.evaluate(left) < before


@pytest.mark.parametrize("width", [1400, 420])
def test_nothing_on_these_pages_keeps_anybody_out(crowd: World, sign_in: SignIn, width: int) -> None:
    page = sign_in("bob", width)
    request_set = crowd.case.demands.get().request_set_id
    found = {}
    for address in (f"/cases/{crowd.case.pk}/matrix/", f"/cases/{crowd.case.pk}/picture/", f"/sets/{request_set}/side-by-side/"):
        page.goto(address)
        results = Axe().run(page)
        found[address] = [violation["id"] for violation in results.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    assert [barriers for barriers in found.values() if barriers] == []
