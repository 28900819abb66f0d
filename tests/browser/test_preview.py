"""The paper beside its forms: it follows what is typed, saves nothing, keeps the last good one, and is remembered."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from discovery.domain.answers.by_request import start_response
from discovery.enums import DisputeKind
from discovery.models import Event, PreservationDemand, Request, RequestResponse
from tests.browser.conftest import SignIn
from tests.disputes import rows_of, started
from tests.factories import World
from tests.preserving import written

SIZE = 60
TYPED = " And nobody saved these words."


@pytest.fixture
def address(world: World) -> str:
    return f"/subpoenas/{world.subpoena(requests=SIZE).demand.pk}"


def _told(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    return said


@pytest.mark.browser
def test_typing_into_request_30_changes_the_paper_and_nothing_else(world: World, sign_in: SignIn, address: str) -> None:
    page = sign_in("bob")
    said = _told(page)
    page.goto(f"{address}/schedule/")
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("All Documents, part 30.")).to_be_attached()
    events = Event.objects.count()
    page.locator("#request-list > li").nth(29).get_by_role("link", name="Edit").click()
    field = page.locator("#request-list textarea")
    field.press("Control+End")
    field.press_sequentially(TYPED)
    line = paper.get_by_text(f"All Documents, part 30.{TYPED}")
    expect(line).to_be_in_viewport()
    expect(line).to_have_class("passage unsaved")
    expect(page.locator("[data-preview-state]")).to_have_text("with what is not saved, marked")
    assert paper.locator(".unsaved").count() == 1
    assert (Request.objects.filter(text__contains=TYPED).count(), Event.objects.count()) == (0, events)
    field.fill("")
    expect(page.locator("[data-preview-problems] li")).to_have_text(
        ["Request 30: Write the text: an empty one cannot be answered."]
    )
    expect(line).to_be_attached()  # the last good one stays
    assert [text for text in said if "422" not in text] == []


@pytest.mark.browser
def test_saving_takes_the_marks_away(world: World, sign_in: SignIn, address: str) -> None:
    page = sign_in("bob")
    page.goto(f"{address}/schedule/")
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("All Documents, part 2.")).to_be_attached()
    page.locator("#request-list > li").nth(1).get_by_role("link", name="Edit").click()
    page.locator("#request-list textarea").fill("All saved Documents.")
    expect(paper.locator(".unsaved")).to_have_count(1)
    page.locator("#request-list").get_by_role("button", name="Save").click()
    expect(paper.locator(".unsaved")).to_have_count(0)
    expect(paper.get_by_text("All saved Documents.")).to_be_attached()
    expect(page.locator("[data-preview-state]")).to_have_text("as saved")


@pytest.mark.browser
def test_the_form_is_shown_as_it_is_typed(world: World, sign_in: SignIn, address: str) -> None:
    page = sign_in("bob")
    said = _told(page)
    page.goto(f"{address}/form/")
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("All Documents, part 1.")).to_be_attached()
    page.fill("[name=addressee]", "Unsaved Corp.")
    expect(paper.get_by_text("Unsaved Corp.")).to_be_in_viewport()
    assert said == []


@pytest.mark.browser
def test_it_is_a_toggle_that_the_browser_remembers(world: World, sign_in: SignIn, address: str) -> None:
    page = sign_in("bob", 420)
    page.goto(f"{address}/schedule/")
    pane, toggle = page.locator("[data-preview]"), page.locator("[data-preview-toggle]")
    expect(pane).to_be_hidden()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(pane).to_be_visible()
    page.reload()
    expect(pane).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 420])
def test_it_is_accessible(world: World, sign_in: SignIn, address: str, width: int) -> None:
    page = sign_in("bob", width)
    page.goto(f"{address}/schedule/")
    if width == 420:
        page.locator("[data-preview-toggle]").click()
    expect(page.locator("[data-preview-sheets]").get_by_text("All Documents, part 1.")).to_be_attached()
    found = Axe().run(page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []


@pytest.fixture
def answers(world: World) -> str:
    """The address of our draft of answers to 60 requests."""
    return f"/responses/{start_response(world.set_served_on_us(SIZE), by=world.alice).pk}/answers/"


@pytest.mark.browser
def test_the_response_follows_what_is_typed_and_its_marks_go_as_it_saves_itself(
    world: World, sign_in: SignIn, answers: str
) -> None:
    page = sign_in("bob")
    said = _told(page)
    page.goto(f"{answers}?no=30")
    paper = page.locator("[data-preview-sheets]")
    answer = paper.locator(".answered").nth(29)
    expect(answer).to_be_in_viewport()  # the request that stands in the editor
    field = page.locator("[data-answer-text] textarea")
    field.press_sequentially("Nobody saved <b>these</b> words.")
    line = answer.get_by_text("Nobody saved <b>these</b> words.")
    expect(line).to_be_in_viewport()
    expect(line).to_have_class("passage unsaved")
    expect(page.locator("[data-preview-state]")).to_have_text("as saved")  # the draft saves itself
    expect(paper.locator(".unsaved")).to_have_count(0)
    assert RequestResponse.objects.filter(text="Nobody saved <b>these</b> words.").count() == 1
    field.press("Escape")
    page.keyboard.press("k")
    expect(page.locator("#pane-title")).to_contain_text("29")
    expect(paper.locator(".answered").nth(28)).to_be_in_viewport()
    assert said == []


@pytest.mark.browser
def test_a_key_shows_and_hides_it_where_answers_are_written(world: World, sign_in: SignIn, answers: str) -> None:
    page = sign_in("bob")
    page.goto(answers)
    pane = page.locator("[data-preview]")
    expect(pane).to_be_visible()
    page.keyboard.press("v")
    expect(pane).to_be_hidden()
    page.reload()
    expect(pane).to_be_hidden()
    page.keyboard.press("v")
    expect(pane.get_by_text("All documents on topic 60.")).to_be_attached()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 420])
def test_it_is_accessible_beside_answers(world: World, sign_in: SignIn, answers: str, width: int) -> None:
    page = sign_in("bob", width)
    page.goto(answers)
    if width == 420:
        page.locator("[data-preview-toggle]").click()
    expect(page.locator("[data-preview-sheets]").get_by_text("All documents on topic 60.")).to_be_attached()
    found = Axe().run(page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheets = page.locator("[data-preview-sheets]")
    assert sheets.evaluate("pane => pane.scrollWidth <= pane.clientWidth")  # a page as wide as the pane


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 420])
def test_a_letter_shows_where_it_changed_last(world: World, sign_in: SignIn, width: int) -> None:
    dispute = started(world, rows_of(world, 9), DisputeKind.DEFICIENCY_LETTER)
    page = sign_in("bob", width)
    said = _told(page)
    page.goto(f"/disputes/{dispute.pk}/edit/")
    if width == 420:
        page.locator("[data-preview-toggle]").click()
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("All Documents, part 9.")).to_be_attached()
    first, last = dispute.requests.order_by("position").first(), dispute.requests.order_by("position").last()
    assert first is not None
    assert last is not None
    for entry, words in ((first, "On the first."), (last, "On the last.")):
        page.locator(f"#id_r{entry.pk}-our_position").press_sequentially(words)
        expect(paper.get_by_text(words)).to_be_in_viewport()
    expect(page.locator(".panel-body .errorlist")).to_have_count(0)
    assert said == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 420])
def test_a_new_letter_is_shown_before_it_is_first_saved(world: World, sign_in: SignIn, width: int) -> None:
    page = sign_in("bob", width)
    said = _told(page)
    page.goto(f"/cases/{world.case.pk}/preservation/new/")
    if width == 420:
        page.locator("[data-preview-toggle]").click()
    paper, state = page.locator("[data-preview-sheets]"), page.locator("[data-preview-state]")
    expect(paper.get_by_text("We write to ask that __________ preserve")).to_be_attached()
    expect(state).to_have_text("not saved yet")
    page.fill("[name=new_name]", "Acme <b>Storage</b>, Inc.")
    page.fill("[name=facts]", "They met in May.")
    line = paper.get_by_text("They met in May.")
    expect(line).to_be_in_viewport()
    expect(paper.get_by_text("We write to ask that Acme <b>Storage</b>, Inc. preserve")).to_be_attached()
    expect(state).to_have_text("with what is not saved, marked")
    assert (PreservationDemand.objects.count(), said) == (0, [])
    found = Axe().run(page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []


@pytest.mark.browser
def test_a_form_that_came_back_is_marked_against_what_is_stored(world: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto(f"/preservation/{written(world).pk}/edit/")
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("That the bid was a sham.")).to_be_attached()
    page.fill("#id_facts", "New facts.")
    page.fill("#id_period_to", "2023-01-01")  # before the first day
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-bad")).to_have_count(1)
    expect(page.locator("[data-preview-problems] li")).to_have_text(
        ["Period to: The period ends before it begins. Check both days."]
    )
    expect(paper.get_by_text("Witness Corp. met with the bidders in February 2025.")).to_be_attached()
    page.fill("#id_period_to", "")
    expect(paper.get_by_text("New facts.")).to_have_class("passage unsaved")
    expect(page.locator("[data-preview-problems]")).to_be_hidden()
