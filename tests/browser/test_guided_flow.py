"""A subpoena with 30 requests from the case page to the PDF, on a real bin/serve with its worker: the third of the ten tasks."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.steps import MOST, Steps
from tests.serving.running import Running

REQUESTS = "\n\n".join(f"{n}. All Documents Concerning subject {n}, from January 1, 2024 to the present." for n in range(1, 31))
FORM = {
    "place_street": "1112 Bryant Street",
    "place_city": "San Francisco",
    "place_state": "CA",
    "place_postal_code": "94103",
    "compliance_date": "2031-07-02",
    "compliance_time": "17:00",
    "printed_zone": "Pacific Time",
    "issue_date": "2031-06-02",
}


@pytest.mark.browser
def test_a_subpoena_with_30_requests_takes_at_most_six_steps(browser: Browser, tmp_path: Path) -> None:
    tecum = Running(tmp_path / "data").start()
    try:
        context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=f"http://127.0.0.1:{tecum.port}")
        page, said = context.new_page(), list[str]()
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        _sign_in(page, (tecum.data / "admin-password").read_text().strip())
        steps = Steps()
        _draft(page, steps)
        pdf = _download(page, tmp_path)
        context.close()
    finally:
        tecum.stop()
    assert steps.taken == ["new", "recipient and what to start from", "on to the form", "the form, checked", "make the PDF"]
    assert steps.count <= MOST[3]
    assert said == []
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert [n for n in range(1, 31) if f"Request For Production No. {n}:" not in text] == []
    assert "Third Bank, N.A., c/o Agents of California, Inc., 9 Agent Street, Sacramento, CA 95814" in " ".join(text.split())
    assert "“You” and “Your” mean Third Bank, N.A. and everybody who acts or acted on behalf" in " ".join(text.split())


def _sign_in(page: Page, password: str) -> None:
    page.goto("/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
    page.goto("/cases/1/")


def _draft(page: Page, steps: Steps) -> None:
    steps.take("new", lambda: page.click("a:has-text('New subpoena') >> nth=0"))
    page.fill("[name=new_name]", "Third Bank, N.A.")
    page.fill("[name=new_agent]", "Agents of California, Inc.")
    page.fill("[name=new_street]", "9 Agent Street")
    page.fill("[name=new_city]", "Sacramento")
    page.fill("[name=new_state]", "CA")
    page.fill("[name=new_postal_code]", "95814")
    for summary in page.query_selector_all("details summary")[:-1]:
        if "Definition" in summary.inner_text() or "Instruction" in summary.inner_text():
            summary.click()
    for box in page.query_selector_all("input[name=clauses]"):
        if box.is_visible():
            box.check()
    page.fill("[name=pasted]", REQUESTS)
    steps.take("recipient and what to start from", lambda: page.click("button:has-text('on to Schedule A')"))
    page.wait_for_selector("#request-list")
    assert page.locator("#request-list > li[data-item]").count() == 30
    steps.take("on to the form", lambda: page.click("a:has-text('On to the form') >> nth=0"))
    for name, value in FORM.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=compliance_court]", label="N.D. Cal.")
    steps.take("the form, checked", lambda: page.click("button:has-text('Save and check')"))
    page.wait_for_load_state()
    steps.take("make the PDF", lambda: page.click("button[name=make]"))
    page.wait_for_selector(".draft-panel iframe", timeout=60_000)


def _download(page: Page, folder: Path) -> pypdfium2.PdfDocument:
    with page.expect_download() as waiting:
        page.click(".draft-panel a:has-text('Download PDF')")
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    assert target.name.startswith("subpoena-Third-Bank")
    return pypdfium2.PdfDocument(target)
