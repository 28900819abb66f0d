"""The desk in a real Chromium: order by keyboard and drag, texts that are not lost, two people at once, a paper that appears."""

from __future__ import annotations

import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, Route, expect

from discovery.models import Draft, Request
from tests.browser.conftest import SignIn
from tests.factories import World, make_world
from tests.party_sets import drafted
from tests.staff.desk import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEMS = "#request-list > li[data-item]"


@pytest.fixture
def crowd(bells: list[int]) -> World:
    """A subpoena with four requests; nobody answers bells but the test."""
    world = make_world()
    world.subpoena(requests=4)
    return world


def schedule(world: World) -> str:
    return f"/subpoenas/{world.case.demands.get().pk}/schedule/"


def order(page: Page) -> list[str]:
    """Return numbers and labels as they stand on the page."""
    script = "items => items.map(item => item.querySelector('.item-number').textContent + ' ' + item.id)"
    found: list[str] = page.eval_on_selector_all(ITEMS, script)
    return found


def stored() -> list[str]:
    return [f"{one.number} request-{one.pk}" for one in Request.objects.order_by("number")]


def test_keys_and_buttons_and_mouse_move_texts_and_keep_focus_and_open_forms(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto(schedule(crowd))
    page.click(f"{ITEMS}:nth-child(3) a:has-text('Edit')")
    page.fill(f"{ITEMS} textarea", "Not saved yet")

    page.focus(f"{ITEMS}:nth-child(1) button[value='1']")
    with page.expect_response("**/move/"):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#desk-said")).to_have_text("Moved to number 2.")
    first = (order(page), page.evaluate("document.activeElement.value"), page.input_value(f"{ITEMS} textarea"))
    with page.expect_response("**/move/"):
        page.click(f"{ITEMS}:nth-child(4) button[value='-1']")
    expect(page.locator("#desk-said")).to_have_text("Moved to number 3.")
    second = order(page)
    with page.expect_response("**/move/"):
        page.locator(f"{ITEMS}:nth-child(1) [data-grip]").drag_to(page.locator(f"{ITEMS}:nth-child(2)"))
    expect(page.locator("#desk-said")).to_have_text("Moved to number 2.")

    ids = [f"request-{pk}" for pk in Request.objects.order_by("pk").values_list("pk", flat=True)]
    assert first == ([f"1 {ids[1]}", f"2 {ids[0]}", f"3 {ids[2]}", f"4 {ids[3]}"], "1", "Not saved yet")
    assert second == [f"1 {ids[1]}", f"2 {ids[0]}", f"3 {ids[3]}", f"4 {ids[2]}"]
    assert order(page) == [f"1 {ids[0]}", f"2 {ids[1]}", f"3 {ids[3]}", f"4 {ids[2]}"] == stored()


def test_add_paste_remove_and_put_back(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto(schedule(crowd))
    page.click("#request-new a:has-text('Add a request')")
    page.fill("#request-new textarea", "Five.")
    page.click("#request-new button:has-text('Add')")
    page.wait_for_selector(f"{ITEMS}:nth-child(5)")
    page.click("#request-new a:has-text('Add several')")
    page.fill("#request-new textarea", "6. Six.\n\n7. Seven.")
    told = page.text_content("[data-paragraphs]")
    page.click("#request-new button:has-text('Add all')")
    page.wait_for_selector(f"{ITEMS}:nth-child(7)")
    page.click(f"{ITEMS}:nth-child(2) a[title='Remove']")
    expect(page.locator(".item-open button:has-text('Remove')")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-count=request]")).to_have_text("6")
    page.click(".item-gone button")
    expect(page.locator("[data-count=request]")).to_have_text("7")

    texts = list(Request.objects.order_by("number").values_list("text", flat=True))
    assert told == "2 paragraphs"
    assert texts == [*(f"All Documents, part {number}." for number in (1, 2, 3, 4)), "Five.", "Six.", "Seven."]
    assert order(page) == stored()


def test_the_second_of_two_people_sees_both_texts(crowd: World, sign_in: SignIn) -> None:
    bob, alice = sign_in("bob"), sign_in("alice")
    for page in (bob, alice):
        page.goto(schedule(crowd))
        page.click(f"{ITEMS}:nth-child(1) a:has-text('Edit')")
        page.wait_for_selector(f"{ITEMS} textarea")
    alice.fill(f"{ITEMS} textarea", "Alice's <b>words</b>")
    alice.click(f"{ITEMS} button:has-text('Save')")
    alice.wait_for_selector(f"{ITEMS}:nth-child(1) .item-text")
    bob.fill(f"{ITEMS} textarea", "Bob's words")
    bob.click(f"{ITEMS} button:has-text('Save')")
    bob.wait_for_selector(".two-theirs")

    shown = (bob.text_content(".two-theirs"), bob.input_value(f"{ITEMS} textarea"))
    barriers = [one["id"] for one in Axe().run(bob).response["violations"]]
    bob.click(f"{ITEMS} button:has-text('Save mine anyway')")
    bob.wait_for_selector(f"{ITEMS}:nth-child(1) .item-text")

    assert shown == ("Alice's <b>words</b>", "Bob's words")
    assert barriers == []
    assert Request.objects.get(number=1).text == "Bob's words"


def test_leaving_with_unsaved_text_is_warned_of(crowd: World, sign_in: SignIn) -> None:
    page, asked = sign_in("bob"), list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(schedule(crowd))
    page.click(f"{ITEMS}:nth-child(1) a:has-text('Edit')")
    page.fill(f"{ITEMS} textarea", "Half a request")
    page.click(".crumbs a >> nth=0")
    page.wait_for_timeout(200)

    assert (asked, page.input_value(f"{ITEMS} textarea")) == (["beforeunload"], "Half a request")


# Kept by the page: it was never loaded anew, and each letter pressed once a form that was not there before stood on it.
WATCH = """
window.same = true;
window.typed = "";
document.addEventListener("keydown", (event) => {
  if (event.key.length === 1 && document.querySelector(window.awaited)) { window.typed += event.key; }
}, true);
"""


def hammer(page: Page, awaited: str, letters: int) -> str:
    """Press keys without a pause until so many of them came after what is awaited stood there, and return those."""
    page.evaluate("awaited => { window.awaited = awaited; window.typed = ''; }", awaited)
    for letter in itertools.islice(itertools.cycle("abcdfghilm"), 2_000):
        page.keyboard.press(letter)
        typed: str = page.evaluate("window.typed")
        if len(typed) >= letters:
            return typed
    pytest.fail(f"{awaited} did not come.")


def test_what_is_typed_as_a_form_appears_is_kept(crowd: World, sign_in: SignIn) -> None:
    page, rounds = sign_in("bob"), range(1, 13)
    page.goto(schedule(crowd))
    page.evaluate(WATCH)
    page.click(f"{ITEMS}:nth-child(1) a:has-text('Edit')")
    page.fill(f"{ITEMS}:nth-child(1) textarea", "Not saved yet")
    typed, kept = list[str](), list[str]()
    for letters in rounds:
        page.focus("#request-new a:has-text('Add a request')")
        page.keyboard.press("Enter")
        typed.append(hammer(page, "#request-new form", letters))
        with page.expect_response("**/request/add/"):
            page.keyboard.press("Enter")
        # There is no text, so it comes back as it was sent.
        page.wait_for_selector("#request-new [data-error-summary]", timeout=5_000)
        kept.append(page.input_value("#id_request_new_label"))
        page.click("#request-new [data-close]")

    assert kept == typed
    assert (page.evaluate("window.same"), page.input_value(f"{ITEMS}:nth-child(1) textarea")) == (True, "Not saved yet")


def test_what_is_typed_as_a_page_s_first_form_appears_is_kept(crowd: World, sign_in: SignIn) -> None:
    page, kept = sign_in("bob"), list[tuple[str, str, bool]]()
    for letters in range(1, 7):
        page.goto(schedule(crowd))
        page.evaluate(WATCH)
        page.click(f"{ITEMS}:nth-child(2) a:has-text('Edit')")
        typed = hammer(page, f"{ITEMS} textarea", letters)
        kept.append((page.input_value(f"{ITEMS} textarea"), f"{typed}All Documents, part 2.", page.evaluate("window.same")))
        page.evaluate("delete document.querySelector('form[data-dirty]').dataset.dirty")

    assert [(found, same) for found, _, same in kept] == [(wanted, True) for _, wanted, _ in kept]


def test_a_quick_enter_is_answered_in_place(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    for left in (3, 2, 1):
        page.goto(schedule(crowd))
        page.evaluate(WATCH)
        page.click(f"{ITEMS}:nth-child(1) a[title='Remove']")
        # By what the answer itself says: its classes may come later.
        page.wait_for_selector("form[action$='/remove/'] button:focus")
        page.keyboard.press("Enter")
        expect(page.locator("[data-count=request]")).to_have_text(str(left))
        assert (page.evaluate("window.same"), page.locator(".item-gone").count()) == (True, 1)


def test_a_form_is_sent_in_place_from_the_moment_it_stands_there(crowd: World, sign_in: SignIn) -> None:
    """No keyboard is as quick as this: the script runs before anything else can happen on the page."""
    page = sign_in("bob")
    page.goto(schedule(crowd))
    page.evaluate(WATCH)
    page.evaluate("""
        new MutationObserver((changes, observer) => {
          const form = document.querySelector("#request-new form");
          if (!form) { return; }
          observer.disconnect();
          window.held = document.activeElement.id;
          form.querySelector("textarea").value = "Five.";
          form.requestSubmit();
        }).observe(document.querySelector("#request-new"), { childList: true, subtree: true });
    """)
    page.click("#request-new a:has-text('Add a request')")
    page.wait_for_selector(f"{ITEMS}:nth-child(5)")

    assert (page.evaluate("window.same"), page.evaluate("window.held")) == (True, "id_request_new_label")


@pytest.mark.parametrize(
    ("act", "come"),
    [
        (f"{ITEMS}:nth-child(3) a:has-text('Edit')", f"{ITEMS}:nth-child(3) textarea"),
        (f"{ITEMS}:nth-child(2) button:has-text('Save')", f"{ITEMS}:nth-child(2) .item-text"),
        ("#request-new button:has-text('Add')", "#request-new [data-error-summary]"),
    ],
    ids=["another form", "a saved text", "a form with errors"],
)
def test_what_comes_while_one_types_elsewhere_takes_no_letters(crowd: World, sign_in: SignIn, act: str, come: str) -> None:
    page, held = sign_in("bob"), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.goto(schedule(crowd))
    for number in (1, 2):
        page.click(f"{ITEMS}:nth-child({number}) a:has-text('Edit')")
        page.wait_for_selector(f"{ITEMS}:nth-child({number}) textarea")
    page.click("#request-new a:has-text('Add a request')")
    page.wait_for_selector("#request-new form")
    page.fill(f"{ITEMS}:nth-child(1) textarea", "")
    page.route("**/request/**", hold)

    with page.expect_request("**/request/**"):
        page.click(act)
    page.focus(f"{ITEMS}:nth-child(1) textarea")
    page.keyboard.type("before ")
    held.pop().continue_()
    page.wait_for_selector(come)
    page.wait_for_timeout(100)  # for whatever would take the focus a moment later
    page.keyboard.type("after")

    assert page.input_value(f"{ITEMS}:nth-child(1) textarea") == "before after"


def test_a_paper_appears_without_a_reload(crowd: World, sign_in: SignIn) -> None:
    page, said = sign_in("bob"), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(f"/subpoenas/{crowd.case.demands.get().pk}/")
    page.evaluate("window.same = true")
    page.click("button:has-text('Make the PDF')")
    page.wait_for_selector(".draft-panel progress")
    page.evaluate("window.same = true")
    ready(Draft.objects.get(), os.fsencode("%PDF-1.7\n%%EOF"))
    page.wait_for_selector(".draft-panel iframe")
    page.wait_for_selector("#history .status-ready")

    assert (page.evaluate("window.same"), said) == (True, [])
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_the_selection_is_counted(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("bob")
    page.goto("/subpoenas/")

    before = page.is_disabled("[data-needs-selection]")
    page.check("[data-select-page]")

    assert (before, page.is_disabled("[data-needs-selection]"), page.text_content("[data-selected]")) == (True, False, "1")


def test_the_papers_of_the_ticked_rows_are_offered_and_asked_for_by_keyboard(crowd: World, sign_in: SignIn) -> None:
    drafted(crowd)
    page = sign_in("bob", 420)
    page.goto(f"/cases/{crowd.case.pk}/")
    choice = [f"#batch-paper-{name}" for name in ("subpoena", "requests", "courtesy_copy")]

    def offered() -> list[tuple[bool, list[str]]]:
        counted = "{} + label [data-having]:visible"
        return [(page.is_enabled(box), page.locator(counted.format(box)).all_inner_texts()) for box in choice]

    none = (offered(), page.is_visible("[data-nothing-selected]"))
    page.locator("input[name=pk][data-kind=rfp]").focus()
    page.keyboard.press("Space")
    one = (offered(), page.is_visible("[data-nothing-selected]"))
    page.keyboard.press("a")
    both = offered()
    violations = [found["id"] for found in Axe().run(page).response["violations"]]
    page.locator("#demands [data-needs-selection]").press("Enter")
    page.wait_for_url("**/batches/*/")

    assert none == ([(True, []), (True, []), (True, [])], True)
    assert one == ([(False, ["0/1"]), (True, []), (True, [])], False)
    assert both == [(True, ["1/2"]), (True, ["1/2"]), (True, [])]
    assert (violations, sorted(Draft.objects.values_list("paper", flat=True))) == ([], ["requests", "subpoena"])


def test_the_divided_page_moves_by_keyboard(crowd: World, sign_in: SignIn) -> None:
    page = sign_in("rita")
    page.goto(f"/subpoenas/{crowd.case.demands.get().pk}/")
    page.focus("[data-split]")
    page.keyboard.press("ArrowRight")
    page.reload()

    assert page.get_attribute("[data-split]", "aria-valuenow") == "49"
