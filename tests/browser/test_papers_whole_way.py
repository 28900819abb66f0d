"""From a new set of interrogatories to a PDF that proves what it is: one walk through everything that makes a paper."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from discovery.domain.drafts.drafting import render_draft
from discovery.domain.drafts.merging import merge_batch
from discovery.models import Batch, CaseParty, Demand, PartyRole, Person
from tests.browser.conftest import SignIn
from tests.factories import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "State each fact that shows delay.^[Delay means more than ten days.]\n\nIdentify each person who knows of it."


@pytest.fixture
def world(bells: list[int]) -> World:
    """The small case with a second opponent; nobody answers bells but the test."""
    world = make_world()
    second = Person.objects.create(name="Richard Roe", kind="natural", created_by=world.alice)
    party = CaseParty.objects.create(case=world.case, person=second, position=3)
    PartyRole.objects.create(party=party, role="plaintiff")
    world.appearance.parties.add(world.client)
    return world


def _downloaded(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.click(link)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def _barriers(page: Page) -> list[str]:
    """What stands in anybody's way on a page, wide and narrow."""
    found = []
    for width in (390, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {one['id']}" for one in Axe().run(page).response["violations"]]
        found += [f"{width}: sideways"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found


def _start(page: Page, world: World) -> None:
    """Interrogatories to both opponents, typed at once; the paper stands beside the texts."""
    page.goto(f"/cases/{world.case.pk}/")
    page.click("a:has-text('New set of requests') >> nth=0")
    page.check("text=Interrogatories (Rule 33)")
    for name in ("Jane Roe", "Richard Roe"):
        page.get_by_label(name).check()
    page.select_option("[name=propounded_by]", label="Our Defendants")
    page.get_by_label("Paste requests").fill(TYPED)
    page.click("button:has-text('Start: on to the requests')")
    paper = page.locator("[data-preview-sheets]")
    expect(paper.get_by_text("Identify each person who knows of it.")).to_be_attached()
    expect(paper.locator(".footnote")).to_have_text("Delay means more than ten days.")


def _approve(page: Page, demand: Demand) -> None:
    page.goto(f"/demands/{demand.pk}/")
    page.click("a:has-text('Review and approve')")
    page.click("main button:has-text('Approve')")
    page.wait_for_url(f"**/demands/{demand.pk}/")
    expect(page.locator(".status-approved").first).to_be_visible()


def test_interrogatories_to_two_parties_become_papers_that_prove_what_they_are(world: World, sign_in: SignIn) -> None:
    page = sign_in("alice")
    _start(page, world)
    demands = list(Demand.objects.order_by("pk"))
    for demand in demands:
        _approve(page, demand)

    page.click("button:has-text('Make the PDFs of all 2 recipients')")
    page.wait_for_url("**/batches/*/")
    batch = Batch.objects.get()
    for draft in batch.drafts.order_by("pk"):
        render_draft(draft.pk)
    merge_batch(batch.pk)
    expect(page.locator("text=Download as one PDF with bookmarks")).to_be_visible()
    barriers = _barriers(page)
    zipped, packed = _downloaded(page, "text=Download 2 papers as one zip")
    _name, joined = _downloaded(page, "text=Download as one PDF with bookmarks")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = sorted(archive.namelist())
    with pikepdf.open(io.BytesIO(joined)) as pdf, pdf.open_outline() as outline:
        marks = [str(item.title) for item in outline.root]
        pages = len(pdf.pages)

    assert [demand.responding_party.person.name for demand in demands] == ["Jane Roe", "Richard Roe"]
    assert (zipped, len(names)) == (f"papers-{batch.pk}.zip", 2)
    assert (len(marks), pages) == (2, sum(draft.pages for draft in batch.drafts.all()))

    page.click("tbody a[data-open] >> nth=0")
    barriers += _barriers(page)
    word, text = _downloaded(page, "a:has-text('Download Word')")
    name, content = _downloaded(page, "a:has-text('Download PDF')")
    page.click("main a:has-text('Verify a copy')")
    page.set_input_files("#id_file", {"name": name, "mimeType": "application/pdf", "buffer": content})
    page.click("main button:has-text('Verify')")

    assert (Path(word).suffix, text[:2]) == (".docx", b"PK")
    expect(page.locator(".verdict")).to_contain_text("This is exactly what was approved as version 1 on")
    expect(page.locator(".verdict")).to_contain_text("Jane Roe")
    assert barriers + _barriers(page) == []
