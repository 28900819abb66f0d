"""Party sets as PDFs: what each court calls them and asks of them, what an approval fixes, the copy to answer in."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.answers.by_request import Answer, Objecting, record_answers, start_response
from discovery.domain.approval import approve
from discovery.domain.composing.requests import compose_courtesy, compose_requests
from discovery.domain.composing.response import compose_response, title_of
from discovery.domain.composing.verification import compose_verification
from discovery.domain.errors import Refused
from discovery.domain.party_sets import change_party_set
from discovery.enums import DemandKind
from discovery.law.set_forms import set_form, set_forms, slips
from discovery.models import Address, Appearance, Attorney, CaseParty, Definition, Demand, Instruction, PartyGroup, Person
from discovery.papers.rendering import render
from discovery.papers.snapshots import Paper, from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, outline, pages
from tests.party_sets import approved, drafted, served

pytestmark = pytest.mark.django_db
K = DemandKind


def printed(paper: Paper) -> str:
    made = render(to_json(paper), release="test")
    assert (findings(made.pdf), from_json(to_json(paper)) == paper) == ([], True)
    return " ".join(" ".join(pages(made.pdf)).split())


def test_the_data_of_every_court_has_no_slip() -> None:
    assert [slip for name, form in set_forms().items() for slip in slips(form, name)] == []
    assert [set_form(rules).id for rules in ("FRCP-CAND", "CA-CCP", "NY-CPLR", "TX-TRCP", "DE-SUPER", "")] == [
        "frcp",
        "ca-ccp",
        "ny-cplr",
        "tx-trcp",
        "other",
        "other",
    ]


@pytest.mark.parametrize(
    ("rules", "kind", "title", "heading"),
    [
        ("", K.RFP, "OUR DEFENDANTS’ FIRST SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF JANE ROE", "Request For Production No. 1:"),
        ("", K.ROG, "OUR DEFENDANTS’ FIRST SET OF INTERROGATORIES TO PLAINTIFF JANE ROE", "Interrogatory No. 1:"),
        ("", K.RFA, "OUR DEFENDANTS’ FIRST SET OF REQUESTS FOR ADMISSION TO PLAINTIFF JANE ROE", "Request For Admission No. 1:"),
        (
            "CA-CCP",
            K.ROG,
            "OUR DEFENDANTS’ SPECIAL INTERROGATORIES TO PLAINTIFF JANE ROE, SET ONE",
            "SPECIAL INTERROGATORY NO. 1:",
        ),
        ("CA-CCP", K.RFA, "OUR DEFENDANTS’ REQUESTS FOR ADMISSION TO PLAINTIFF JANE ROE, SET ONE", "REQUEST FOR ADMISSION NO. 1:"),
        ("NY-CPLR", K.RFP, "NOTICE FOR DISCOVERY AND INSPECTION", "REQUEST NO. 1:"),
        ("NY-CPLR", K.RFA, "NOTICE TO ADMIT", "NO. 1:"),
        (
            "TX-TRCP",
            K.RFA,
            "OUR DEFENDANTS’ FIRST SET OF REQUESTS FOR ADMISSIONS TO PLAINTIFF JANE ROE",
            "REQUEST FOR ADMISSION NO. 1:",
        ),
    ],
)
def test_each_court_names_it_in_its_own_words(world: World, rules: str, kind: DemandKind, title: str, heading: str) -> None:
    paper = compose_requests(drafted(world, kind=kind, rules=rules))

    assert (paper.title, paper.requests[0].heading, paper.final) == (title, heading, False)


@pytest.mark.parametrize("rules", ["FRCP", "CA-CCP", "NY-CPLR", "TX-TRCP", "DE-SUPER"])
@pytest.mark.parametrize("kind", [K.RFP, K.ROG, K.RFA])
def test_no_mark_of_the_data_is_left_unfilled(world: World, rules: str, kind: DemandKind) -> None:
    demand = drafted(world, 36, kind=kind, rules=rules, number=11)
    for attorney in (demand.attorney, None):
        demand.attorney = attorney
        paper = compose_requests(demand)
        words = (paper.title, paper.preamble, paper.addressed_to, *paper.necessity.paragraphs, paper.parties[2].lines[0])
        assert ([one for one in words if "{" in one], paper.parties[2].lines) == ([], ("11",))


def test_a_federal_set_is_printed_item_by_item(world: World) -> None:
    demand = drafted(world, 3)
    Definition.objects.create(request_set=demand.request_set, number=1, label="“Action”", text="means this case.")
    Instruction.objects.create(request_set=demand.request_set, number=1, text="Produce families whole.")
    demand.dated = date(2025, 6, 17)
    change_party_set(demand, by=world.alice, revision=demand.revision)
    approve(Demand.objects.get(pk=demand.pk), by=world.alice, sign=True)

    paper = compose_requests(Demand.objects.get(pk=demand.pk))
    words = printed(paper)

    order = (
        "Olive Ours (CA SBN 000001)",
        "UNITED STATES DISTRICT COURT",
        "Propounding Party: Our Defendants Responding Party: Plaintiff Jane Roe Set No.: One",
        "Under Rules 26 and 34 of the Federal Rules of Civil Procedure, Our Defendants ask that Plaintiff Jane Roe respond",
        "to the following Requests within 30 days after service, and produce the documents, electronically stored information and",
        "things that they describe at the offices of Our Firm LLP, 1 Market Street, San Francisco, CA 94105, or in electronic form",
        "DEFINITIONS 1. “Action”. means this case.",
        "INSTRUCTIONS 1. Produce families whole.",
        "REQUESTS FOR PRODUCTION Request For Production No. 1: All documents of 2024 on topic 1.",
        "Request For Production No. 3:",
        "Dated: June 17, 2025 Our Firm LLP By: /s/ Olive Ours",
        "CERTIFICATE OF SERVICE",
        "☐ By e-mail",
        "Theo Theirs",
    )
    places = [words.find(part) for part in order]
    assert (places == sorted(places), [part for part, place in zip(order, places, strict=True) if place < 0]) == (True, [])
    assert ("DRAFT" in words, paper.keywords) == (False, ("version 1",))


def test_what_was_approved_is_printed_though_the_case_changed(world: World) -> None:
    demand = approved(world)
    before = compose_requests(demand)
    Person.objects.filter(pk=world.opponent.person_id).update(name="Somebody Else")
    PartyGroup.objects.filter(pk=world.group.pk).update(name="Another Name")

    after = compose_requests(Demand.objects.get(pk=demand.pk))

    assert (after.title, after.requests, after.signature) == (before.title, before.requests, before.signature)


def test_the_certificate_tells_how_it_was_served(world: World) -> None:
    certificate = compose_requests(served(world)).certificate

    assert (certificate.declarant, certificate.served_on, certificate.method) == ("Ann Lee", "June 18, 2025", "email")
    assert [one.represents for one in certificate.recipients] == ["Jane Roe"]


def test_a_party_without_counsel_is_served_itself(world: World) -> None:
    person = Person.objects.create(name="Pat Prose", email="pat@example.com", created_by=world.alice)
    Address.objects.create(person=person, kind="residence", street="3 Elm Street", city="Napa", state="CA", postal_code="94558")
    CaseParty.objects.create(case=world.case, person=person, position=3)

    listed = compose_requests(drafted(world)).certificate.recipients

    assert [(one.name.splitlines()[0], one.email, one.represents) for one in listed] == [
        ("Theo Theirs", "theo@example.com", "Jane Roe"),
        ("Pat Prose", "pat@example.com", ""),
    ]
    assert listed[1].address == "3 Elm Street\nNapa, CA 94558"

    Person.objects.filter(pk=person.pk).update(email="")
    person.addresses.all().delete()

    assert "Pat Prose ______________" in printed(compose_requests(drafted(world, number=2)))


def test_a_set_served_on_paper_made_elsewhere_has_none_here(world: World) -> None:
    with pytest.raises(Refused, match="served on a paper made elsewhere"):
        compose_requests(world.served_set())


@pytest.mark.parametrize(("kind", "number", "has"), [(K.ROG, 35, False), (K.ROG, 36, True), (K.RFA, 36, True), (K.RFP, 40, False)])
def test_california_wants_a_declaration_above_35(world: World, kind: DemandKind, number: int, has: bool) -> None:
    demand = drafted(world, number, kind=kind, rules="CA-CCP")
    demand.necessity = "the case is complex."
    change_party_set(demand, by=world.alice, revision=None)

    necessity = compose_requests(Demand.objects.get(pk=demand.pk)).necessity

    assert (necessity.title == "DECLARATION FOR ADDITIONAL DISCOVERY", bool(necessity.paragraphs)) == (has, has)
    if has:
        assert necessity.paragraphs[8].endswith("of the Code of Civil Procedure because the case is complex.")


def test_new_york_prints_blanks_for_the_time_nobody_stated(world: World) -> None:
    words = printed(compose_requests(drafted(world, rules="NY-CPLR")))

    assert "PLEASE TAKE NOTICE, that pursuant to CPLR 3120, Our Defendants demand that Plaintiff Jane Roe produce" in words
    assert "____ at ____________________, not less than 20 days after service of this notice." in words


@pytest.mark.parametrize("style", ["ny-plain", "tx-section", "federal-plain"])
def test_where_counsel_does_not_come_first_the_signature_has_bar_number_and_address(world: World, style: str) -> None:
    """Tex. R. Civ. P. 191.3(a)(1): State Bar number, address, telephone; Fed. R. Civ. P. 26(g)(1): address, e-mail, telephone."""
    world.case.court.paper_style = style
    world.case.court.save()

    assert (
        "Our Firm LLP By: ______________________________ Olive Ours (CA SBN 000001) 1 Market Street San Francisco, CA 94105 "
        "Telephone: 415-555-0100 olive@example.com Attorneys for Our Defendants" in printed(compose_requests(drafted(world)))
    )


def test_the_signers_address_stands_under_the_signers_name(world: World) -> None:
    firm = world.appearance.attorney.firm
    other = Attorney.objects.create(name="Otto Other", firm=firm, email="otto@example.com", created_by=world.alice)
    Appearance.objects.create(case=world.case, attorney=other, group=world.group, position=3)

    assert "Olive Ours (CA SBN 000001) olive@example.com Otto Other Our Firm LLP 1 Market" in printed(
        compose_requests(drafted(world))
    )


def test_texas_addresses_it_to_counsel(world: World) -> None:
    paper = compose_requests(drafted(world, rules="TX-TRCP"))

    assert paper.addressed_to.startswith("TO: Plaintiff Jane Roe, by and through counsel of record, Theo Theirs, Their Firm P.C.")


def test_the_courtesy_copy_has_room_under_each_request(world: World) -> None:
    demand = approved(world, 3)
    words = printed(compose_courtesy(demand))

    for number in (1, 2, 3):
        heading = f"REQUEST FOR PRODUCTION NO. {number}:"
        asked = f"{heading} All documents of 2024 on topic {number}. RESPONSE TO {heading}"
        assert (number, words.count(asked)) == (number, 1)
    assert ("DEFINITIONS" in words, "CERTIFICATE" in words, "DRAFT" in words) == (False, False, False)
    with pytest.raises(Refused, match="approved first"):
        compose_courtesy(drafted(world, number=2))


def test_a_subpoena_has_a_courtesy_copy_too(world: World) -> None:
    paper = compose_courtesy(world.served_subpoena(2))

    assert [one.response_heading for one in paper.shells] == [f"RESPONSE TO REQUEST FOR PRODUCTION NO. {n}:" for n in (1, 2)]


def test_bookmarks_lead_to_each_request(world: World) -> None:
    made = render(to_json(compose_requests(drafted(world, 2))), release="test")

    assert str(outline(made.pdf)).count("Request For Production No.") == 2


def answered_in(world: World, rules: str, kind: DemandKind, answers: list[Answer]) -> Demand:
    demand = world.set_served_on_us(len(answers), kind=kind)
    demand.case.court.rule_set = rules
    demand.case.court.save()
    response = start_response(demand, by=world.alice)
    record_answers(response, answers, by=world.alice)
    return demand


def test_california_responses_state_compliance(world: World) -> None:
    answers = [Answer(1, "produce"), Answer(2, "partial", will_produce="Contracts."), Answer(3, "none_exist")]
    response = answered_in(world, "CA-CCP", K.RFP, answers).responses.get()

    paper = compose_response(response)

    said = [one.paragraphs for one in paper.answers]
    assert [one[0].split(":")[0] for one in said[:2]] == [
        "Responding Party will comply with this demand in whole",
        "Responding Party will comply with this demand in part",
    ]
    assert said[1][1] == "Responding Party will produce the following: Contracts."
    assert (said[2][0].startswith("A diligent search and a reasonable inquiry"), "section 2031.230" in said[2][1]) == (True, True)
    assert "under the laws of the State of California" in paper.verification
    assert title_of(response) == "JOHN DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S REQUESTS FOR PRODUCTION"


def test_an_interrogatory_that_is_objected_to_is_answered_for_the_rest(world: World) -> None:
    answers = [
        Answer(1, "answered", "no", (Objecting("vague", "“Topic” is vague."),), text="Four."),
        Answer(2, "answered", text="Two."),
    ]
    response = answered_in(world, "FRCP-CAND", K.ROG, answers).responses.get()

    assert [one.paragraphs for one in compose_response(response).answers] == [
        ("To the extent that it is not objected to, Responding Party answers as follows.", "Four."),
        ("Two.",),
    ]


def test_the_verification_is_a_paper_of_its_own(world: World) -> None:
    response = answered_in(world, "FRCP-CAND", K.ROG, [Answer(1, "answered", text="Four.")]).responses.get()
    words = printed(compose_verification(response))

    assert "VERIFICATION OF JOHN DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S INTERROGATORIES" in words
    assert "I, John Doe, am the responding party." in words
    assert "under the laws of the United States of America" in words


@pytest.mark.parametrize(
    ("rules", "oath", "records"),
    [
        ("FRCP-CAND", "under the laws of the United States of America", "Under Rule 33(d), the answer may be determined"),
        (
            "CA-CCP",
            "under the laws of the State of California",
            "Under Code of Civil Procedure section 2030.230, the answer may be",
        ),
        ("NY-CPLR", "under the penalties of perjury under the laws of New York, which may include a fine", "The answer may be"),
        ("TX-TRCP", "my date of birth is ____________________, and my address is", "Under Rule 197.2(c), the answer may be"),
    ],
)
def test_each_court_has_its_own_oath_and_its_own_rule_on_records(world: World, rules: str, oath: str, records: str) -> None:
    response = answered_in(world, rules, K.ROG, [Answer(1, "records", bates="DOE1-9")]).responses.get()
    paper = compose_response(response)

    assert (oath in paper.verification, paper.answers[0].paragraphs[0].startswith(records)) == (True, True)
    assert paper.verification.startswith("I, John Doe, am ")


def test_new_yorks_answer_to_a_notice_to_admit_is_sworn(world: World) -> None:
    """CPLR 3123(a)."""
    response = answered_in(world, "NY-CPLR", K.RFA, [Answer(1, "deny")]).responses.get()

    assert "I affirm, on ____" in compose_response(response).verification


@pytest.mark.parametrize(
    ("title", "district", "certificate"),
    [
        ("United States District Court", "Northern District of California", "CERTIFICATE OF SERVICE I, ____"),
        ("Superior Court of the State of California", "County of Alameda", "PROOF OF SERVICE I, ____"),
        ("Supreme Court of the State of New York", "County of New York", "AFFIRMATION OF SERVICE I, ____"),
        ("In the District Court", "Travis County, Texas", "as Rule 21a of the Texas Rules of Civil Procedure provides:"),
    ],
)
def test_each_court_has_its_own_certificate_of_service(world: World, title: str, district: str, certificate: str) -> None:
    court = world.case.court
    court.title, court.district = title, district
    court.save()
    words = printed(compose_requests(drafted(world)))

    assert (certificate in words, words.count("☐"), "CM/ECF" in words) == (True, 5, title.startswith("United"))
    assert "I served the following document" in words


def test_what_is_not_sworn_to_has_no_verification(world: World) -> None:
    response = answered_in(world, "FRCP-CAND", K.RFP, [Answer(1, "produce")]).responses.get()

    with pytest.raises(Refused, match="not sworn to"):
        compose_verification(response)
