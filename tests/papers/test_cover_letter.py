"""The cover letter of our production as a PDF: what is sent, to whom, which requests it answers, what is reserved."""

from __future__ import annotations

import pytest

from discovery.domain.composing.cover_letter import compose_cover_letter
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.productions.producing import tie_pages
from discovery.law.bates import parse_ranges
from discovery.models import Appearance, Demand, Draft, PageTie, Production
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, outline, pages
from tests.producing import logged

HASH = "0123456789abcdef" * 4


@pytest.fixture
def production(world: World, bells: list[int]) -> Production:
    demand = world.set_served_on_us(3)
    made = logged(
        world, demand, "DOE000001-DOE001250; DOE001300", [demand.rows.all()[0]], sha256=HASH, confidentiality="CONFIDENTIAL"
    )
    tie_pages(made, demand.rows.filter(number=3), parse_ranges("DOE001300"), by=world.alice)
    return made


def made(production: Production) -> Draft:
    done = render_draft(request_draft(production, "cover_letter", by=production.recorded_by).pk)
    assert done is not None
    assert done.error == ""
    return done


def test_it_says_what_is_sent_and_what_it_answers(production: Production) -> None:
    draft = made(production)
    with draft.file.open() as file:
        pdf = file.read()
    words = " ".join(pages(pdf))

    assert findings(pdf) == []
    for said in (
        "Our Firm LLP",
        "July 18, 2025 Via Secure File Transfer Theo Theirs Their Firm P.C. 9 Beach Road",
        "Re: Roe v. Doe, No. 4:24-cv-00001-ABC Production of John Doe, volume VOL001",
        "On behalf of John Doe, we produce the volume described below in response to the requests of Plaintiff.",
        "SHA-256 0123456789abcdef0123456789abcdef",
        "DOE000001 DOE001250 1,250 DOE001300 DOE001300 1 In all: 1,251 pages.",
        "Plaintiff set 1, served on June 18, 2025",
        "No. 1 DOE000001–DOE001250; DOE001300",
        "No. 3 DOE001300",
        "is designated “CONFIDENTIAL.”",
        "must promptly return, sequester, or destroy the specified information",
        "Fed. R. Civ. P. 26(b)(5)(B); see Fed. R. Evid. 502(b).",
        "compute the SHA-256 of the delivery",
        "Olive Ours Attorneys for Our Defendants",
    ):
        assert said in words, said
    assert "No. 2" not in words
    assert "DRAFT" not in words
    assert len(outline(pdf)) == 1
    assert draft.download_name() == f"cover_letter-VOL001-{production.pk}.pdf"


def test_its_snapshot_reads_back_and_the_same_letter_is_made_once(production: Production) -> None:
    paper = compose_cover_letter(production)

    assert from_json(to_json(paper)) == paper
    assert made(production) == request_draft(production, "cover_letter", by=production.recorded_by)


def test_a_state_court_is_not_told_of_federal_rules(production: Production) -> None:
    production.case.court.rule_set = "CA-CCP"

    assert "Fed. R." not in compose_cover_letter(production).reservation


def test_what_answers_a_subpoena_is_clawed_back_under_rule_45(production: Production) -> None:
    under_26 = compose_cover_letter(production).reservation
    Demand.objects.filter(responding_party=production.responding_party).update(kind="subpoena_documents")

    under_45 = compose_cover_letter(production).reservation

    assert ("26(b)(5)(B)" in under_26, "45(e)(2)(B)" in under_26) == (True, False)
    assert ("26(b)(5)(B)" in under_45, "45(e)(2)(B)" in under_45) == (False, True)
    assert "under seal to the court for the district where compliance is required" in under_45


def test_a_volume_tied_to_nothing_goes_to_all_who_asked(world: World, production: Production) -> None:
    PageTie.objects.all().delete()
    bare = logged(world, Demand.objects.get(responding_party=production.responding_party), "DOE002000", name="VOL002")

    paper = compose_cover_letter(bare)

    assert (paper.sets, paper.facts[-1].label, paper.total) == ((), "Medium", "1 page")
    assert [block.split("\n")[0] for block in paper.frame.addressees] == ["Theo Theirs"]


def test_the_letter_of_the_other_side_is_theirs(world: World) -> None:
    theirs = logged(world, world.served_set(1))

    with pytest.raises(Refused, match="This production came from Jane Roe: its cover letter is theirs"):
        request_draft(theirs, "cover_letter", by=world.alice)


def test_counsel_must_be_on_record(production: Production) -> None:
    Appearance.objects.exclude(attorney__name="Olive Ours").delete()
    with pytest.raises(Refused, match="Nobody appears for Plaintiff in this case"):
        compose_cover_letter(production)
    Appearance.objects.all().delete()
    with pytest.raises(Refused, match="Nobody appears for John Doe in this case"):
        compose_cover_letter(production)
