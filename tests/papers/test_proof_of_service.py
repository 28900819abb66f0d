"""Proofs of service made from the record: page 2 of AO 88B for a subpoena, a certificate of service for a party set."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation

from discovery.domain.composing.proof import compose_proof
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.serving import correct_service, serve
from discovery.enums import DemandKind
from discovery.law.rulesets import rule_set
from discovery.models import Demand, Service, ServiceAttempt, Snapshot
from discovery.papers.proof_of_service import CertificatePaper
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, outline, pages
from tests.party_sets import served
from tests.staff.serving import approved

TRIED = date(2025, 6, 18)
ON_RECORD = {
    "served_on": date(2025, 6, 20),
    "served_time": time(9, 30),
    "method": "personal",
    "person_served": "Jane Clerk",
    "agent": "CSC – Lawyers Incorporating Service",
    "place": "2710 Gateway Oaks Drive, Sacramento, CA",
    "server": "Sam Server, registered process server",
    "server_address": "5 Court Street, Sacramento, CA 95814",
    "received_on": date(2025, 6, 18),
    "attendance_fee": Decimal(40),
    "mileage_fee": Decimal("21.00"),
    "travel_fee": Decimal("15.50"),
    "service_fee": Decimal(85),
}


def served_after(world: World, attempts: int) -> Demand:
    demand = approved(world)
    for number in range(1, attempts + 1):
        note = f"Nobody opened, try {number}; the guard of the building took no papers and gave no name, and the lobby was locked."
        attempt = ServiceAttempt(demand=demand, tried_on=TRIED, tried_time=time(8 + number % 10), place="1 Main Street", note=note)
        log_attempt(attempt, by=world.alice)
    serve(demand, Service(**ON_RECORD), by=world.alice)
    return demand


def printed(demand: Demand, world: World) -> bytes:
    done = render_draft(request_draft(demand, "proof_of_service", by=world.alice).pk)
    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        pdf: bytes = file.read()
    return pdf


def test_page_two_of_the_form_says_what_the_record_says(world: World, bells: list[int]) -> None:
    demand = served_after(world, attempts=1)

    pdf = printed(demand, world)

    assert findings(pdf) == []
    (text,) = pages(pdf)
    for words in (
        "Civil Action No. 4:24-cv-00001-ABC",
        "PROOF OF SERVICE",
        "(name of individual and title, if any) Witness Corp.",
        "on (date) June 18, 2025 .",
        "☑ I served the subpoena by delivering a copy to the named person as follows:",
        "Personal delivery to Jane Clerk of CSC – Lawyers Incorporating Service, authorized to accept service for Witness Corp., "
        "at 2710 Gateway Oaks Drive, Sacramento, CA, at 9:30 AM",
        "on (date) June 20, 2025 ; or",
        "☐ I returned the subpoena unexecuted because:",
        "$ 61.00 .",
        "My fees are $ 15.50 for travel and $ 85.00 for services, for a total of $ 100.50 .",
        "Sam Server, registered process server",
        "5 Court Street, Sacramento, CA 95814",
        "June 18, 2025, 9:00 AM, 1 Main Street: Nobody found. Nobody opened, try 1;",
    ):
        assert words in text


def test_eleven_attempts_run_on_in_the_addendum(world: World, bells: list[int]) -> None:
    text = pages(printed(served_after(world, attempts=11), world))

    assert len(text) == 2
    assert [number for number in range(1, 12) if f"try {number};" not in " ".join(text)] == []


def test_the_approved_pages_stay_as_they_are(world: World, bells: list[int]) -> None:
    demand = served_after(world, attempts=1)
    demand.refresh_from_db()
    before = Snapshot.objects.get(pk=demand.approved_snapshot_id).content

    printed(demand, world)
    copy = request_draft(demand, "service_copy", by=world.alice)

    assert Snapshot.objects.get(pk=demand.approved_snapshot_id).content == before
    assert copy.snapshot is not None
    assert copy.snapshot.content.count("Jane Clerk") == 0


def test_no_amount_on_record_leaves_the_blanks_of_the_form(world: World, bells: list[int]) -> None:
    demand = approved(world)
    serve(demand, Service(served_on=date(2025, 6, 20), method="personal"), by=world.alice)

    (text,) = pages(printed(demand, world))

    assert "My fees are $ for travel and $ for services, for a total of $ 0.00 ." in text


def test_a_party_set_has_a_certificate_with_the_list_as_it_was_frozen(world: World, bells: list[int]) -> None:
    demand = world.served_set()
    service = demand.services.get()
    service.server, service.server_address = "Pat Paralegal", "1 Market Street, San Francisco, CA 94105"
    correct_service(service, by=world.alice, revision=service.revision)
    world.case.appearances.filter(attorney__name="Theo Theirs").delete()

    pdf = printed(demand, world)

    assert findings(pdf) == []
    text = " ".join(pages(pdf))
    for words in (
        "PROOF OF SERVICE OF REQUESTS FOR PRODUCTION TO JANE ROE",
        "I, Pat Paralegal, declare: I am over 18 years of age and not a party to this action.",
        "On June 18, 2025, I served the following document:",
        "Requests for Production, propounded by Our Defendants to Jane Roe",
        "PROOF OF SERVICE I, Pat Paralegal, declare:",
        "☑ By e-mail (Fed. R. Civ. P. 5(b)(2)(E), as consented to in writing)",
        "Theo Theirs Their Firm P.C. 9 Beach Road Malibu, CA 90265 theo@example.com Jane Roe",
        "Attorneys for Our Defendants",
    ):
        assert words in text
    assert text.count("☑") == 1
    assert outline(pdf) != []


def test_a_method_without_a_box_is_printed_in_words(world: World) -> None:
    demand = world.served_set()
    demand.services.update(method="clerk")

    text = " ".join(pages(render(to_json(compose_proof(demand)), release="test").pdf))

    assert "☑ Leaving it with the clerk (Fed. R. Civ. P. 5(b)(2)(D), 6(d))" in text
    assert "☐" not in text


def test_it_names_the_paper_by_its_exact_title(world: World) -> None:
    paper = compose_proof(served(world))

    assert isinstance(paper, CertificatePaper)
    assert paper.certificate.documents == ("OUR DEFENDANTS’ FIRST SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF JANE ROE",)


@pytest.mark.parametrize("rules", ["FRCP", "CA-CCP", "NY-CPLR", "TX-TRCP", "DE-SUPER"])
def test_the_method_cites_its_rule_and_nothing_else(world: World, rules: str) -> None:
    demand = world.served_set()
    world.case.court.rule_set = rules
    world.case.court.save()
    told = []
    for method in rule_set(rules).services:
        demand.services.update(method=method.id)
        paper = compose_proof(Demand.objects.get(pk=demand.pk))
        assert isinstance(paper, CertificatePaper)
        told.append(paper.other_method)

    assert [words for words in told if any(mark in words for mark in (":", ";", "expert", "verif"))] == []


@pytest.mark.parametrize("kind", [DemandKind.RFP, DemandKind.ROG, DemandKind.RFA])
def test_its_snapshot_reads_back_whatever_language_the_screen_speaks(world: World, kind: DemandKind) -> None:
    demand = world.served_set(kind=kind)
    with translation.override("fr"):
        paper = compose_proof(demand)

    assert from_json(to_json(paper)) == paper == compose_proof(demand)


def test_before_service_it_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="Record the service first"):
        request_draft(approved(world), "proof_of_service", by=world.alice)


def test_the_other_side_proves_its_own_service(world: World) -> None:
    with pytest.raises(Refused, match="attach its own certificate"):
        request_draft(world.set_served_on_us(), "proof_of_service", by=world.alice)
