"""The ten tasks that Tecum is measured by, walked in a real Chromium: each takes no more steps than `steps.MOST` says.

What a step is: tests/browser/steps.py. Each walk begins on the page on which the task arises, which its test names. The third
task, a subpoena with 30 requests, is walked in test_guided_flow.py on a real bin/serve.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from discovery.domain.answers.by_request import start_response
from discovery.domain.approval import submit
from discovery.domain.drafts.drafting import render_draft
from discovery.domain.library import fill_library
from discovery.domain.matrix.acts import set_deficiency
from discovery.enums import AnswerKind, CourtKind, Deficiency
from discovery.models import (
    Attachment,
    Commitment,
    Conferral,
    ConferredRequest,
    Court,
    Deadline,
    Demand,
    Dispute,
    Draft,
    Extension,
    Production,
    Response,
    Service,
)
from tests.browser.conftest import SignIn
from tests.browser.steps import MOST, Steps
from tests.disputes import answered, conferred, rows_of
from tests.factories import World, make_world
from tests.producing import tied
from tests.staff.desk import failed, queued
from tests.staff.due import due
from tests.staff.serving import PDF, approved, served
from tests.stages import answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TICKS = "tbody tr[data-row] input[name=pk]"


@pytest.fixture
def world(bells: list[int]) -> World:
    """The small case; nobody answers bells but the test."""
    return make_world()


@pytest.fixture
def steps() -> Steps:
    """Counts."""
    return Steps()


def matrix(page: Page, world: World) -> None:
    """Open the matrix, on which the tasks 7, 8 and 9 begin."""
    page.goto(reverse("case-matrix", args=[world.case.pk]))


def tick(page: Page, *places: int) -> None:
    """Tick requests of the matrix: fields, which the button over them confirms."""
    for place in places:
        page.locator(TICKS).nth(place).check()


def test_1_what_is_due_late_or_stuck_over_all_cases_stands_on_the_home_page(world: World, sign_in: SignIn) -> None:
    other, today = make_world("Other v. Case", "4:24-cv-00002-ABC"), timezone.localdate()
    submit(world.subpoena().demand, by=world.bob)
    approved(other)
    served(world, world.another_responder("Unproven Corp."))
    failed(queued(other.subpoena(other.another_responder("Failed Corp.")).demand, world.alice))
    due(world.case, "Late answer", today - timedelta(days=3), kind="response")
    due(other.case, "Next answer", today + timedelta(days=2))

    page = sign_in("alice")  # no step: this is where one comes in

    assert page.url.endswith("/")
    told = {key: page.locator(f"#{key} li").all_inner_texts() for key in ("overdue", "approve", "approved", "unproven", "failed")}
    assert {key: len(lines) for key, lines in told.items()} == dict.fromkeys(told, 1)
    expected = {
        "overdue": "Late answer",
        "approve": "Witness Corp.",
        "approved": "Other v. Case",
        "unproven": "Unproven Corp.",
        "failed": "Failed Corp.",
    }
    assert [key for key, words in expected.items() if words not in told[key][0]] == []
    assert page.locator("main").get_by_text("Next answer").is_visible()


def test_2_a_set_that_was_received_is_logged_and_its_dates_follow(
    world: World, sign_in: SignIn, steps: Steps, tmp_path: Path
) -> None:
    """From the case. The text is pasted: a file that is split by itself comes later, and its drop and split are two of the four
    steps, so what there is today has to hold in the other two."""
    page, proof = sign_in("bob"), tmp_path / "proof.pdf"
    proof.write_bytes(PDF)
    page.goto(reverse("case-detail", args=[world.case.pk]))

    steps.take("record a served set", lambda: page.click("main a[href$='/sets/log/'] >> nth=0"))
    page.check("input[name=kind][value=rfa]")
    page.fill("[name=number]", "1")
    page.select_option("[name=propounded_by]", "")
    page.check("#id_askers >> text=Jane Roe")
    page.check("#id_recipients >> text=John Doe (our client)")
    page.fill("[name=served_on]", "2025-06-18")
    page.select_option("[name=method]", "personal")
    page.set_input_files("[name=upload]", proof)
    page.fill("[name=pasted]", "1. Admit that the letter is genuine.\n\n2. Admit that it was sent.")
    steps.take("who, what, how it was served", lambda: page.click("main form.panel button[type=submit]"))
    page.wait_for_url("**/demands/*/#service")

    demand = Demand.objects.get()
    assert [row.request.text for row in demand.rows.select_related("request").order_by("number")] == [
        "Admit that the letter is genuine.",
        "Admit that it was sent.",
    ]
    assert str(demand.deadlines.get(kind="response").due_on) == "2025-07-18"  # Rule 36(a)(3): 30 days
    expect(page.locator("#service")).to_contain_text("Fri 18 Jul 2025")
    expect(page.locator("#service")).to_contain_text("30 days")
    assert steps.count <= MOST[2] - 2


def test_4_a_subpoena_is_submitted_in_two_steps_and_approved_or_returned_in_two(world: World, sign_in: SignIn) -> None:
    """From the home page of each."""
    for person in ("Second Corp.", ""):
        world.subpoena(world.another_responder(person) if person else None)
    paralegal, attorney, told = sign_in("bob"), sign_in("alice"), []
    for name in ("Second Corp.", "Witness Corp."):
        asking, deciding = Steps(), Steps()
        paralegal.goto("/")
        asking.take("open", partial(paralegal.click, f"#no-pdf a:has-text('{name}')"))
        asking.take("submit", lambda: paralegal.click("button:has-text('Submit for approval')"))
        expect(paralegal.locator(".page-head")).to_contain_text("In review")
        attorney.goto("/")
        deciding.take("open what changed", partial(attorney.click, f"#approve a:has-text('{name}')"))
        expect(attorney.locator("#changes-title")).to_be_visible()
        if name == "Second Corp.":
            attorney.fill("[name=note]", "Name the custodians.")
            deciding.take("return with a note", lambda: attorney.click("button:has-text('Return with this note')"))
        else:
            deciding.take("approve", lambda: attorney.click("main button:has-text('Approve')"))
        attorney.wait_for_url("**/subpoenas/*/")
        told.append((asking.count, deciding.count))

    assert told == [(2, 2), (2, 2)]
    assert sum(told[0]) == MOST[4]
    found = Demand.objects.order_by("pk").values_list("status", "review_note")
    assert list(found) == [("draft", "Name the custodians."), ("approved", "")]


def test_5_a_service_is_recorded_and_its_clocks_start(world: World, sign_in: SignIn, steps: Steps, tmp_path: Path) -> None:
    """From the home page; how it was served and what proves it are one group of fields."""
    demand, page, proof = approved(world), sign_in("bob"), tmp_path / "proof.pdf"
    proof.write_bytes(PDF)

    steps.take("the recipient", lambda: page.click("#approved a:has-text('Witness Corp.')"))
    steps.take("record the service", lambda: page.click("#service a:has-text('Record the service')"))
    page.fill("[name=served_on]", "2025-06-18")
    page.select_option("[name=method]", "personal")
    page.fill("[name=person_served]", "A clerk")
    page.set_input_files("[name=upload]", proof)
    steps.take("method, date and proof", lambda: page.click("main form button[type=submit]"))
    page.wait_for_url("**/#service")

    assert steps.count == MOST[5]
    assert Service.objects.get(demand=demand).proof == Attachment.objects.get()
    dates = {row.kind: str(row.due_on) for row in demand.deadlines.all()}
    assert dates["objections"] == "2025-07-02"  # Rule 45(d)(2)(B): the earlier of compliance and 14 days
    expect(page.locator("#service")).to_contain_text("Wed 2 Jul 2025")
    page.locator("#service a:has-text('day by day')").first.click()  # the count of each, one click away
    expect(page.locator("main")).to_contain_text("18 June 2025")


def test_6_sixty_requests_are_answered_with_two_keys_each_and_one(world: World, sign_in: SignIn, steps: Steps) -> None:
    """From the first request of our draft."""
    fill_library(by=world.alice)
    response, page, number = start_response(world.set_served_on_us(60), by=world.alice), sign_in("bob"), 0
    page.goto(reverse("response-answers", args=[response.pk]))
    expect(page.locator("#pane-title")).to_have_text("Request For Production No. 1:")

    for number in range(1, 61):
        for key in ("p" if number % 3 else "4", "j" if number < 60 else "s"):
            steps.take(key, partial(page.keyboard.press, key))
    expect(page.locator("#answer-tally")).to_have_text("60 of 60 answered", timeout=60_000)

    assert steps.count <= MOST[6]
    kinds = Response.objects.get().answers.order_by("row__number").values_list("kind", flat=True)
    assert list(kinds) == ["produce" if number % 3 else "objection" for number in range(1, 61)]
    [made] = response.answers.get(row__number=3).objections.all()
    assert (made.ground, made.rule) == ("burden", "Rules 26(b)(1), 34(b)(2)(B)")
    assert page.url.endswith("?no=60")


@pytest.mark.parametrize(("chip", "numbers"), [("Unanswered", range(31, 61)), ("Deficient", range(21, 31))])
def test_7_one_chip_shows_which_of_sixty_are_outstanding_or_deficient(
    world: World, sign_in: SignIn, steps: Steps, chip: str, numbers: range
) -> None:
    """From the matrix."""
    rows = rows_of(world, 60, party=True)
    for row in rows[:30]:
        answer(world, row, AnswerKind.PRODUCE if row.number <= 20 else AnswerKind.OBJECTION)
    for row in rows[20:30]:
        row.deficiency = Deficiency.BOILERPLATE.value
        row.save()
    page = sign_in("bob")
    matrix(page, world)
    expect(page.locator(TICKS)).to_have_count(60)

    steps.take("the chip", lambda: page.click(f".chips a:has-text('{chip}')"))
    page.wait_for_url("**chip=*")

    assert steps.count == MOST[7]
    shown = [text.split()[0] for text in page.locator("tbody tr[data-row] th").all_inner_texts()]
    assert sorted(map(int, shown)) == list(numbers)
    expect(page.locator(f".chips a:has-text('{chip}') .count")).to_have_text(str(len(numbers)))


@pytest.mark.parametrize(
    ("kind", "button", "paper", "pages"),
    [
        ("deficiency_letter", "Make the PDF", "deficiency_letter", None),
        ("joint_letter", "Make the PDF", "joint_letter", "1 of 5 pages"),
        ("motion_to_compel", "Separate statement", "separate_statement", None),
    ],
)
def test_8_a_letter_or_separate_statement_is_made_of_requests_of_the_matrix(
    world: World, sign_in: SignIn, steps: Steps, kind: str, button: str, paper: str, pages: str | None
) -> None:
    """From the matrix, on which the deficiencies are noted; a paper with a page limit says what it came to, once it is made."""
    rows = rows_of(world, 4)
    answered(world, rows)
    conferred(world, rows)
    set_deficiency(world.case, {row.pk: row.revision for row in rows[2:]}, Deficiency.BOILERPLATE.value, by=world.bob)
    if paper == "separate_statement":  # a paper of the courts of California, CRC 3.1345
        Court.objects.update(kind=CourtKind.STATE.value, rule_set="CA-CCP")
    page = sign_in("bob")
    matrix(page, world)

    tick(page, 2, 3)
    steps.take("the requests", lambda: page.click("button[value=to-letter]"))
    page.select_option("[name=kind]", kind)
    if kind == "joint_letter":
        page.select_option("[name=format]", "cand-hixson")
    steps.take("the forum’s format", lambda: page.click("button:has-text('Start')"))
    page.wait_for_url("**/disputes/*/")
    steps.take("make", lambda: page.click(f"#papers button:has-text('{button}')"))
    expect(page.locator(".paper-list .status-queued")).to_be_visible()
    render_draft(Draft.objects.get().pk)

    assert steps.count == MOST[8]
    expect(page.locator(".paper-list .status-ready")).to_be_visible()
    if pages is None:
        expect(page.locator(".page-report")).to_have_count(0)
    else:
        expect(page.locator(".page-report")).to_have_text(pages)
        expect(page.locator("text=Nothing is missing.")).to_be_visible()
    assert list(Dispute.objects.get().requests.values_list("row__number", flat=True)) == [3, 4]
    assert Draft.objects.get().paper == paper
    with page.expect_download() as waiting:
        page.click(".paper-list a:has-text('PDF')")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-1.7")


def test_9_a_call_is_logged_with_what_was_promised_and_a_date_that_moves(world: World, sign_in: SignIn, steps: Steps) -> None:
    """From the matrix, in which the requests are ticked."""
    world.served_subpoena(3)
    moved, page = Deadline.objects.get(event="subpoena-compliance"), sign_in("bob")
    matrix(page, world)

    tick(page, 0, 2)
    steps.take("the requests", lambda: page.click("button[value=to-conference]"))
    expect(page.locator("input[name$=-chosen]:checked")).to_have_count(2)
    page.fill("[name=held_on]", "2025-06-27")
    page.fill("[name=who-1-name]", "Wanda Witness")
    page.select_option("[name=default_outcome]", "will_supplement")
    page.fill("[name=promise-0-text]", "Search again")
    page.fill("[name=promise-0-due]", "2025-07-09")
    page.get_by_role("button", name="Add a commitment").click()  # a third line of the same group of fields
    page.fill("[name=promise-2-text]", "Send the list")
    page.fill("[name=promise-2-due]", "2025-07-10")
    page.select_option("[name=extended]", str(moved.pk))
    steps.take("outcomes and commitments", lambda: page.click("main form button:has-text('Save')"))
    page.wait_for_url(f"**/dates/{moved.pk}/extend/?conferral=*")
    page.fill("[name=days]", "14")
    page.keyboard.press("Tab")
    expect(page.locator("#preview")).to_contain_text("Wednesday, 2 July 2025")
    expect(page.locator("#preview")).to_contain_text("Wednesday, 16 July 2025")
    steps.take("the old day and the new one", lambda: page.click("button:has-text('Record the extension')"))
    page.wait_for_url(f"**/dates/{moved.pk}/")

    assert steps.count == MOST[9]
    moved.refresh_from_db()
    held, extension = Conferral.objects.get(), Extension.objects.get()
    assert (str(moved.due_on), str(extension.old_due), str(extension.new_due)) == ("2025-07-16", "2025-07-02", "2025-07-16")
    told = (extension.agreed_on, extension.agreed_with, extension.terms)
    assert told == (date(2025, 6, 27), "Wanda Witness", "Conference of June 27, 2025")
    said = ConferredRequest.objects.filter(conferral=held).order_by("row__number").values_list("row__number", "outcome")
    assert list(said) == [(1, "will_supplement"), (3, "will_supplement")]
    assert sorted(Commitment.objects.values_list("text", flat=True)) == ["Search again", "Send the list"]


def test_10_a_production_is_logged_and_its_coverage_seen(world: World, sign_in: SignIn, steps: Steps) -> None:
    """From the productions of the case."""
    demand, page = world.served_set(5), sign_in("alice")
    page.goto(reverse("production-list", args=[demand.case_id]))

    steps.take("record, for this demand", lambda: page.click(f"a[href$='?demand={demand.pk}']"))
    page.fill("#id_ranges", "META000001 - 250")
    page.fill("#id_produced_on", "2025-07-18")
    page.fill("#id_volume", "META-VOL001")
    page.check("text=All 5 requests")
    page.uncheck("text=No. 4 Topic 4")
    page.fill(f"#id_pages_{demand.rows.get(number=5).pk}", "META000010")
    steps.take("range, date and requests", lambda: page.click("text=Record and show the coverage"))
    page.wait_for_url(f"**{reverse('demand-coverage', args=[demand.pk])}")  # where it leads

    assert steps.count <= MOST[10]
    whole = "META000001–META000250"
    assert tied(Production.objects.get()) == {1: whole, 2: whole, 3: whole, 5: "META000010–META000010"}
    assert page.locator(".row-bare").count() == 1
