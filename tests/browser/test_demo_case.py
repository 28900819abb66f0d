"""The demo's subpoena to Meta, walked in a real Chromium from the home page: every room, every link on its pages, every paper."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from discovery.domain.demo.loading import load_demo
from discovery.domain.drafts.drafting import render_draft
from discovery.enums import DraftState
from discovery.models import Attachment, Case, Conferral, Demand, Dispute, Draft, Order, PreservationDemand
from tests.browser.conftest import SignIn
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINKS = "all => all.map(one => one.getAttribute('href') || one.getAttribute('src'))"


@pytest.fixture
def case(bells: list[int]) -> Case:
    """The demo, with its papers made."""
    found = load_demo(owner=make_user("alice"))
    for draft in Draft.objects.filter(state=DraftState.QUEUED.value):
        render_draft(draft.pk)
    return found


class Walk:
    """Follows the links of pages, each address once; says which lead nowhere."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen, self.broken = page, set[str](), list[str]()

    def look(self, address: str = "") -> None:
        """Ask for every link of a page that nobody asked for yet; without an address, of the page as it stands."""
        if address:
            self.page.goto(address)
        found = self.page.eval_on_selector_all("main a[href], main iframe[src]", LINKS)
        here = self.page.url
        whole = (urljoin(here, urldefrag(one).url) for one in found)
        links = {one for one in whole if one.startswith(urljoin(here, "/")) and "sort=" not in one}
        for link in links - self.seen:
            self.seen.add(link)
            answer = self.page.request.get(link)
            if not answer.ok:
                self.broken.append(f"{answer.status} {link} on {here}")


def test_every_room_of_the_case_opens_and_no_link_leads_nowhere(case: Case, sign_in: SignIn) -> None:
    page, said = sign_in("alice"), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    walk, meta = Walk(page), Demand.objects.get(status="served", kind="subpoena_documents")

    walk.look("/")
    page.click("main a:has-text('Musk')")
    rooms = ("Record", "Matrix", "Conferences", "Disputes", "Orders", "Productions", "Privilege logs", "Preservation", "Dates")
    for room in (*rooms, "History"):
        if page.locator(".case-nav").count() == 0:
            page.goto(reverse("case-detail", args=[case.pk]))
        page.click(f".case-nav a:has-text('{room}')")
        walk.look()
    walk.look(reverse("subpoena-detail", args=[meta.pk]))
    for held in Conferral.objects.order_by("held_on"):
        walk.look(reverse("conferral-detail", args=[held.pk]))
    for dispute in Dispute.objects.all():
        walk.look(reverse("dispute-detail", args=[dispute.pk]))
    for letter in PreservationDemand.objects.all():
        walk.look(reverse("preservation-detail", args=[letter.pk]))
    for order in Order.objects.all():
        walk.look(reverse("order-rulings", args=[case.pk, order.pk]))
    for row in meta.rows.all():
        walk.look(reverse("row-detail", args=[row.pk]))
    for response in meta.responses.all():
        walk.look(reverse("response-answers", args=[response.pk]))

    assert (walk.broken, said) == ([], [])
    assert Conferral.objects.count() == 4
    assert len(walk.seen) > 100


def test_every_paper_of_the_subpoena_opens(case: Case, sign_in: SignIn) -> None:
    page, meta = sign_in("alice"), Demand.objects.get(status="served", kind="subpoena_documents")
    page.goto(reverse("subpoena-detail", args=[meta.pk]))
    page.select_option("#id_paper", "notice")
    page.click("main button:has-text('Make the PDF')")
    expect(page.locator(".draft-panel")).to_contain_text("Queued")
    for draft in Draft.objects.filter(state=DraftState.QUEUED.value):
        render_draft(draft.pk)
    expect(page.locator(".draft-panel iframe")).to_be_visible()

    letter = Dispute.objects.get(kind="joint_letter")
    page.goto(reverse("dispute-detail", args=[letter.pk]))
    expect(page.locator(".page-report")).to_have_text(["1 of 5 pages", "1 of 5 pages"])

    titles = {}
    for draft in Draft.objects.order_by("pk"):
        page.goto(reverse("draft-detail", args=[draft.pk]))
        source = page.get_attribute(".draft-panel iframe", "src")
        assert source is not None, draft.paper
        titles[draft.paper] = words(page.request.get(source).body())
    papers = {paper.name: words(page.request.get(reverse("attachment-file", args=[paper.pk])).body()) for paper in kept(case)}

    expected = {
        "subpoena": "SUBPOENA TO PRODUCE DOCUMENTS",
        "notice": "NOTICE OF SUBPOENA",
        "proof_of_service": "PROOF OF SERVICE",
        "declaration": "DECLARATION OF",
        "joint_letter": "Re: ",
        "requests": "Propounding Party: OpenAI Defendants",
    }
    assert {paper: told.casefold().count(expected[paper].casefold()) > 0 for paper, told in titles.items()} == dict.fromkeys(
        expected, True
    )
    assert sorted(papers) == [f"Dkt-{number}-stand-in.pdf" for number in ("230-1", "230-2", "230", "237")]
    assert [name for name, told in papers.items() if not told] == []
    assert "Request No. 4." in titles["joint_letter"]
    assert "DRAFT" not in titles["joint_letter"]


def kept(case: Case) -> list[Attachment]:
    """Return the papers that others made: objections, the letter as it was filed, the order."""
    return list(Attachment.objects.filter(case=case))


def words(pdf: bytes) -> str:
    """Return what a PDF says, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
