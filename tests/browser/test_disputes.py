"""Disputes in a real Chromium: a text that saves itself, two people at once, axe on each page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from discovery.models import Dispute
from tests.browser.conftest import SignIn
from tests.disputes import answered, conferred, narrowed, rows_of
from tests.factories import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd(bells: list[int]) -> World:
    """A served subpoena with four requests, answered and conferred about."""
    world = make_world()
    rows = rows_of(world, 4)
    answered(world, rows)
    conferred(world, rows)
    narrowed(world, rows[2])
    return world


def blemishes(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_what_is_typed_saves_itself_and_two_people_see_both_texts(crowd: World, sign_in: SignIn) -> None:
    bob, alice = sign_in("bob"), sign_in("alice")
    bob.goto(f"/cases/{crowd.case.pk}/disputes/new/?kind=joint_letter&rows={crowd.case.rows.first().pk}")  # type: ignore[union-attr]
    bob.click("button:has-text('Start')")
    bob.wait_for_url("**/disputes/*/")
    dispute = Dispute.objects.get()
    for page in (bob, alice):
        page.goto(f"/disputes/{dispute.pk}/edit/")
    assert blemishes(bob) == []

    bob.fill("textarea[name=their_statement]", "First half")
    bob.focus("textarea[name=closing]")
    expect(bob.locator("#autosave [data-saved]")).to_be_visible()
    # The answer touched neither the texts nor the focus.
    assert bob.evaluate("document.activeElement.name") == "closing"
    assert Dispute.objects.get().their_statement == "First half"
    bob.keyboard.type("End")
    with bob.expect_response("**/autosave/"):
        bob.focus("input[name=title]")
    expect(bob.locator("#autosave input")).to_have_value("3")

    alice.fill("textarea[name=their_statement]", "Other half")
    alice.focus("textarea[name=closing]")
    expect(alice.locator(".autosave-bad")).to_contain_text("Somebody else changed this")
    alice.click("button:has-text('Save')")
    expect(alice.locator(".theirs-text").first).to_have_text("First half")
    assert alice.input_value("textarea[name=their_statement]") == "Other half"
    alice.click("button:has-text('Save mine')")
    alice.wait_for_url(f"**/disputes/{dispute.pk}/")
    assert Dispute.objects.get().their_statement == "Other half"
