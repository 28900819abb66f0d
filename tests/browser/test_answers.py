"""The editor of a response in a real Chromium: a draft that saves itself, keys switched off, two people at once."""

from __future__ import annotations

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, record_answers, start_response
from discovery.domain.library import fill_library
from discovery.models import Response
from tests.browser.conftest import SignIn
from tests.factories import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(bells: list[int]) -> World:
    """The small case with the starter library."""
    made = make_world()
    fill_library(by=made.alice)
    return made


def kinds(response: Response) -> list[str]:
    return list(response.answers.order_by("row__number").values_list("kind", flat=True))


def test_a_draft_saves_itself_while_somebody_writes_and_keeps_the_focus(world: World, sign_in: SignIn) -> None:
    response = start_response(world.set_served_on_us(3), by=world.alice)
    page = sign_in("bob")
    page.goto(f"/responses/{response.pk}/answers/")

    page.keyboard.press("n")
    page.keyboard.press("e")
    page.keyboard.type("We produce p and j and 4.")
    expect(page.locator("#answer-said")).to_contain_text("saved", timeout=10_000)
    page.keyboard.type(" More.")
    focused = page.evaluate("document.activeElement.name")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pane-title")).to_have_text("Request For Production No. 2:")
    page.keyboard.press("z")
    page.keyboard.press("k")
    expect(page.locator("#pane-title")).to_have_text("Request For Production No. 1:")
    page.keyboard.press("p")
    page.focus("button[name=apply][value=unanswered]")
    expect(page.locator("#answer-tally")).to_have_text("2 of 3 answered")
    page.click("#line-3 a")
    expect(page.locator("#pane-title")).to_have_text("Request For Production No. 3:")

    one = response.answers.get(row__number=1)
    assert (focused, one.text, one.withheld) == ("text", "We produce p and j and 4. More.", "no")
    assert kinds(response) == ["produce", "none_exist", "silent"]


def test_keys_switched_off_do_nothing_and_buttons_do_all(world: World, sign_in: SignIn) -> None:
    response = start_response(world.set_served_on_us(3), by=world.alice)
    page = sign_in("bob")
    page.goto(f"/responses/{response.pk}/answers/")
    page.evaluate("localStorage.setItem('tecum-keys', 'off')")
    page.reload()

    page.keyboard.press("p")
    page.keyboard.press("j")
    checked = page.locator("input[name=kind]:checked").input_value()
    page.check("#line-2 input[type=checkbox]")
    page.check("#line-3 input[type=checkbox]")
    expect(page.locator("[data-selected-count]")).to_have_text("2")
    page.check("input[name=kind][value=none_exist]")
    with page.expect_response("**/answers/"):
        page.click("button[name=apply][value=selected]")
    expect(page.locator("#answer-tally")).to_have_text("3 of 3 answered")

    assert (checked, kinds(response)) == ("silent", ["none_exist"] * 3)


def test_a_record_of_their_paper_is_saved_by_its_button_alone(world: World, sign_in: SignIn) -> None:
    response = record_response(Response(demand=world.served_set(2), served_on=date(2025, 7, 18), method="email"), by=world.alice)
    page = sign_in("bob")
    page.goto(f"/responses/{response.pk}/answers/")

    page.keyboard.press("t")
    page.keyboard.press("5")
    page.wait_for_timeout(1500)
    before, reason = kinds(response), page.input_value("#answer_reason_vague")
    page.keyboard.press("s")
    expect(page.locator("#answer-said")).to_contain_text("saved")

    assert (before, reason, kinds(response)) == ([], "", ["partial"])


def test_two_people_at_one_answer_see_both_texts(world: World, sign_in: SignIn) -> None:
    response = start_response(world.set_served_on_us(2), by=world.alice)
    page = sign_in("bob")
    page.goto(f"/responses/{response.pk}/answers/?no=1")
    record_answers(response, [Answer(1, "partial", text="Hers.")], by=world.alice)

    page.keyboard.press("e")
    page.keyboard.type("His.")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#pane .theirs-text").last).to_have_text("Hers.")
    assert page.input_value("#answer_text") == "His."
    page.keyboard.press("j")
    expect(page.locator("#pane-title")).to_have_text("Request For Production No. 2:")

    assert response.answers.get(row__number=1).text == "His."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_for_everybody(world: World, sign_in: SignIn, scheme: str) -> None:
    response = start_response(world.set_served_on_us(3), by=world.alice)
    page = sign_in("bob")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"/responses/{response.pk}/answers/")
    page.keyboard.press("4")
    page.keyboard.press("y")

    found = Axe().run(page)

    assert found.response["violations"] == []
