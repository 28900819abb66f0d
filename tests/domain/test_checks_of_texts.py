"""Checks on the texts of a set: each fires where it should and stays silent where it should."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.checks import Finding, Place, findings_for
from discovery.domain.demo.loading import load_demo
from discovery.enums import DemandKind, SetKind, Severity
from discovery.models import Case, Definition, Demand, Exhibit, Instruction, Person, Relation, Request, RequestSet, RespondingParty
from tests.factories import World, make_user


def set_of(
    world: World,
    *requests: str,
    definitions: tuple[tuple[str, str], ...] = (),
    instructions: tuple[str, ...] = (),
    kind: DemandKind = DemandKind.RFP,
    to: RespondingParty | None = None,
    bounded: bool = True,
) -> Demand:
    """Return a draft party set with these texts."""
    kinds = {DemandKind.ROG: SetKind.INTERROGATORIES, DemandKind.RFA: SetKind.ADMISSIONS}
    request_set = RequestSet.objects.create(
        case=world.case,
        propounded_by=world.group,
        name="Set One",
        kind=kinds.get(kind, SetKind.DOCUMENTS).value,
        period_from=date(2020, 1, 1) if bounded else None,
        period_open=bounded,
    )
    for number, text in enumerate(requests, start=1):
        Request.objects.create(request_set=request_set, number=number, text=text)
    for number, (label, text) in enumerate(definitions, start=1):
        Definition.objects.create(request_set=request_set, number=number, label=label, text=text)
    for number, text in enumerate(instructions, start=1):
        Instruction.objects.create(request_set=request_set, number=number, text=text)
    responder = to or RespondingParty.objects.get_or_create(case=world.case, person=world.opponent.person)[0]
    return Demand.objects.create(
        case=world.case, request_set=request_set, responding_party=responder, kind=kind.value, attorney=world.appearance
    )


def said(demand: Demand, check: str) -> list[str]:
    """Return what one check says."""
    return [finding.message for finding in findings_for(demand) if finding.check == check]


def places(demand: Demand, check: str) -> list[list[str]]:
    return [[place.anchor for place in finding.places] for finding in findings_for(demand) if finding.check == check]


DOCUMENT = ("Document", "“Document” has the meaning of Rule 34(a)(1)(A).")


def test_a_set_without_a_flaw_has_no_finding(world: World) -> None:
    demand = set_of(world, "All Documents about the sale of the plant in Reno.", definitions=(DOCUMENT,))

    assert findings_for(demand) == []


def test_undefined_terms_are_told_once_where_they_are_first_used(world: World) -> None:
    demand = set_of(
        world,
        "All Documents and Communications Concerning the Merger Agreement.",
        "All Communications about any Letter of Intent, and each Accused Product.",
        definitions=(DOCUMENT,),
    )
    first, second = demand.request_set.requests.order_by("number")

    assert [finding for finding in findings_for(demand) if finding.check == "text.undefined-term"] == [
        Finding(
            "text.undefined-term",
            Severity.WARN,
            message,
            "Fed. R. Civ. P. 26(g)(1)(B), 34(b)(1)(A)",
            "Define what is capitalised, or write it small: an undefined term is an objection of vagueness.",
            "",
            (Place("request", pk, number),),
        )
        for message, pk, number in (
            ("Request 1 uses “Communications”, “Concerning”, “Merger Agreement”, which no definition explains.", first.pk, "1"),
            ("Request 2 uses “Letter of Intent”, “Accused Product”, which no definition explains.", second.pk, "2"),
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Documents sent to Jane Roe, the Securities and Exchange Commission or the Attorney General of California.",
        "All minutes of the Chan Zuckerberg Initiative of Monday, June 9, 2025, in Menlo Park, New York or London.",
        "Documents responsive to Request for Production No. 1. Agreements are meant too:\nAgreements of any kind.",
        "What Mr. Grant wrote to Acme Products, Inc., Ford Motor Company, Microsoft Teams or the Superior Court.",
        "Minutes that mention Rule 26(f), the Federal Rules of Civil Procedure or the Code of Civil Procedure.",
        "Messages about “Project Falcon” and about Project Falcon’s end; PDF, TIFF and CSV files.",
        "Drafts of the Protective Order, of Exhibit A to the Complaint No. 3, and of Patent No. 7,123,456.",
        "Papers of the Internal Revenue Service, the United States Patent and Trademark Office and the Wall Street Journal.",
        "(a) Documents of the board; (b) Communications with it; (c) Persons who sat on it.",
    ],
)
def test_names_and_beginnings_are_no_undefined_terms(world: World, text: str) -> None:
    demand = set_of(world, text, definitions=(DOCUMENT,))
    Exhibit.objects.create(request_set=demand.request_set, letter="A", lines="One")

    assert said(demand, "text.undefined-term") == []


def test_a_definition_covers_plural_possessive_and_other_forms(world: World) -> None:
    demand = set_of(
        world,
        "The Entities’ Agreements Concerning Your Products, and Documents Identifying them, about xAI.",
        definitions=(
            DOCUMENT,
            ("Entity, Agreement", "“Entity” and “Agreement” mean what they mean."),
            ("You", "“You” means Jane Roe."),
            ("Product (of the plant)", "Whatever the plant makes."),
            ("Concern", "“Concern” and “Identify” mean what they mean."),
        ),
    )

    assert said(demand, "text.undefined-term") == []


def test_names_of_the_record_need_no_definition(world: World) -> None:
    person = Person.objects.create(name="Fund Management Company, LLC", created_by=world.alice)
    Relation.objects.create(person=person, kind="agent", other=world.opponent.person)
    demand = set_of(world, "Letters to any Fund Management Company and to any Fund.", definitions=(DOCUMENT,))

    assert said(demand, "text.undefined-term") == ["Request 1 uses “Fund”, which no definition explains."]


def test_definitions_that_nothing_uses_are_told_together(world: World) -> None:
    demand = set_of(
        world,
        "All Documents about the sale; identify each one.",
        definitions=(
            DOCUMENT,
            ("Identify", "To “Identify” a Document means to state its date."),
            ("xAI", "“xAI” means X.AI Corp."),
            ("Rules of construction", "The singular takes in the plural; “and” takes in “or”."),
        ),
    )
    unused = list(demand.request_set.definitions.filter(number__in=[2, 3]).order_by("number"))

    assert findings_for(demand) == [
        Finding(
            "text.unused-definition",
            Severity.NOTE,
            "Definitions are never used: “Identify” (2), “xAI” (3).",
            "Fed. R. Civ. P. 26(g)(1)(B)",
            "Take it out, or use the term where it is meant.",
            "",
            tuple(Place("definition", row.pk, str(row.number)) for row in unused),
        )
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Documents named in Request No. 9.", "Request 9"),
        ("Documents described in Requests 1 through 4 and 6.", "Request 3, Request 4, Request 6"),
        ("Documents within Definition 20.", "Definition 20"),
        ("Documents as told in Instruction 15.", "Instruction 15"),
        ("Documents sent to those in Exhibit C.", "Exhibit C"),
        ("Documents sent to those in Exhibits A and C of this subpoena.", "Exhibit C"),
        ("Documents that support the answer to Interrogatory No. 8.", "Interrogatory 8"),
        ("Documents that support RFA 3.", "RFA 3"),
    ],
)
def test_references_that_lead_nowhere(world: World, text: str, what: str) -> None:
    demand = set_of(world, text, "Documents of the board.", definitions=(DOCUMENT,), instructions=("Produce them.",))
    Exhibit.objects.create(request_set=demand.request_set, letter="A", lines="One")
    first = demand.request_set.requests.get(number=1)

    assert said(demand, "text.dangling-reference") == [f"Request 1 refers to {what}, which is not there."]
    assert places(demand, "text.dangling-reference") == [[f"request-{first.pk}"]]


@pytest.mark.parametrize(
    "text",
    [
        "Documents named in Request No. 2, Definition 1, Instruction No. 1 and Exhibit A.",
        "Documents named in Your Request No. 9 or in Plaintiff’s Interrogatory No. 9.",
        "Documents named in Exhibit C to the Complaint, in Exhibit 12 of Ms. Roe’s deposition, or in Dkt. 230-1, Exhibit C.",
        "Documents of which You may request 50 copies; see instruction 7 of the manual.",
        "Documents made under Definition A, by Exhibit One.",
    ],
)
def test_references_that_lead_somewhere(world: World, text: str) -> None:
    demand = set_of(world, text, "Documents of the board.", definitions=(DOCUMENT,), instructions=("Produce them.",))
    Exhibit.objects.create(request_set=demand.request_set, letter="A", lines="One")

    assert said(demand, "text.dangling-reference") == []


def test_an_interrogatory_may_stand_in_another_set_to_the_same_party(world: World) -> None:
    set_of(world, "What was sold?", kind=DemandKind.ROG)
    demand = set_of(world, "Documents that support the answers to Interrogatories 1 and 2.", definitions=(DOCUMENT,))

    assert said(demand, "text.dangling-reference") == ["Request 1 refers to Interrogatory 2, which is not there."]


def test_requests_without_a_date_range(world: World) -> None:
    demand = set_of(
        world,
        "The letter of intent of February 10, 2025.",
        "Minutes of the board from May 2020 to June 2021.",
        "Bids for the plant.",
        "Bids for the mill during the Relevant Period.",
        definitions=(DOCUMENT,),
        bounded=False,
    )

    assert said(demand, "text.no-period") == ["Requests 1, 3 state no period of time, and the set has none."]
    first, third = demand.request_set.requests.filter(number__in=[1, 3]).order_by("number")
    assert places(demand, "text.no-period") == [["set-fields", f"request-{first.pk}", f"request-{third.pk}"]]


def test_a_period_of_the_set_or_in_an_instruction_is_enough(world: World) -> None:
    told = ("Produce what was made from January 1, 2022 to the date of Your production.",)
    bounded = set_of(world, "Bids for the plant.")
    instructed = set_of(world, "Bids for the plant.", instructions=told, bounded=False, to=world.responder)

    assert [said(demand, "text.no-period") for demand in (bounded, instructed)] == [[], []]


def test_interrogatories_need_no_period(world: World) -> None:
    demand = set_of(world, "Who made the bid?", kind=DemandKind.ROG, bounded=False)

    assert said(demand, "text.no-period") == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("All documents.", True),
        ("Any and all Documents and Communications in Your possession, custody, or control.", True),
        ("All documents relating to this litigation from 2020 to 2022.", True),
        ("Produce all documents referring or relating to the allegations of the complaint.", True),
        ("All documents concerning Jane Roe.", False),
        ("Documents sufficient to show the price.", False),
        ("Minutes.", False),
    ],
)
def test_a_request_that_names_no_category(world: World, text: str, fires: bool) -> None:
    demand = set_of(world, text, "Minutes of the board.", definitions=(DOCUMENT,))

    assert said(demand, "text.no-category") == (["Request 1 names no category of documents."] if fires else [])


def test_blanks_of_the_library_are_told(world: World) -> None:
    demand = set_of(world, "Letters to [name] about [subject], [sic].", "Letters to [name].", "Bids.")

    assert said(demand, "text.unfilled") == ["Blanks are not filled in: Request 1 [name], [subject], Request 2 [name]."]


def test_what_the_checks_say_about_the_subpoena_to_meta(bells: list[int], db: None) -> None:
    case: Case = load_demo(owner=make_user("alice"))
    meta = case.demands.get(responding_party__person__name="Meta Platforms, Inc.", kind="subpoena_documents")

    assert [(finding.check, finding.message) for finding in findings_for(meta)] == [
        ("subpoena.service-list", "No counsel is recorded for Reid Hoffman, Deannah Templeton."),
        (
            "place.distance",
            "No address with a known ZIP code is recorded for Meta Platforms, Inc., so the distance was not measured.",
        ),
        ("text.unused-definition", "A definition is never used: “xAI” (14)."),
        ("subpoena.summer-time", "On that day the clock shows PDT, not PST."),
    ]
