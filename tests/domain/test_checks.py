"""Checks on limits, places, dates and editions; which checks run for which kind; how many queries they take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from discovery.domain.checks import Finding, Place, checks_for, findings_for
from discovery.domain.locking import PRINTED
from discovery.enums import TESTIMONY, WITH_PAGE, CourtKind, DemandKind, Severity
from discovery.models import Address, Court, Definition, Demand, PartyGroup, ScheduleEntry, Subpoena
from tests.domain.test_checks_of_texts import said, set_of
from tests.factories import World
from tests.party_sets import drafted, served

QUERIES = 10


def changed(subpoena: Subpoena, **values: object) -> Demand:
    """Return the demand read again after its subpoena was changed."""
    Subpoena.objects.filter(pk=subpoena.pk).update(**values)
    return Demand.objects.get(pk=subpoena.pk)


def only(demand: Demand, check: str) -> list[Finding]:
    return [finding for finding in findings_for(demand) if finding.check == check]


@pytest.mark.parametrize("kind", list(DemandKind))
def test_the_checks_run_for_every_kind_of_demand(world: World, kind: DemandKind) -> None:
    testimony = kind in TESTIMONY
    if kind == DemandKind.SUBPOENA_DOCUMENTS:
        demand = world.subpoena().demand
    else:
        demand = world.examination(kind) if testimony else set_of(world, "Which plant was sold?", kind=kind)

    found = {finding.check for finding in findings_for(demand)}
    assert found <= {one.id for one in checks_for(kind)}
    for family, kinds in (("subpoena.", WITH_PAGE), ("testimony.", TESTIMONY)):
        assert any(one.id.startswith(family) for one in checks_for(kind)) is (kind in kinds)


# Interrogatories ------------------------------------------------------------------------------------------------------------------
def test_interrogatories_are_counted_against_each_member_over_all_sets(world: World) -> None:
    other = world.case.parties.create(person=world.responder.person, is_client=True)
    world.group.members.add(other)
    alone = PartyGroup.objects.create(case=world.case, name="Doe alone")
    alone.members.add(world.client)
    earlier = set_of(world, *(["Who knew of it?"] * 20), kind=DemandKind.ROG)
    earlier.request_set.propounded_by = alone
    earlier.request_set.name = "First set"
    earlier.request_set.save()
    demand = set_of(
        world,
        *[
            "Who sold it?",
            "Describe the sale and identify who took part.",
            "Describe: (a) the sale; (b) the recall; (c) the strike.",
            "Why?",
        ],
        kind=DemandKind.ROG,
    )
    places = demand.request_set.requests.filter(number__in=[2, 3]).order_by("number")

    assert findings_for(demand) == [
        Finding(
            "limit.interrogatories",
            Severity.WARN,
            "27 interrogatories to Jane Roe count against John Doe; 25 are allowed.",
            "Fed. R. Civ. P. 33(a)(1)",
            "Counted: First set: 20 numbered; Set One: 4 numbered, 7 with discrete subparts (No. 2: 2, No. 3: 3). "
            "Ask fewer, or have what lifts the limit: a stipulation or leave of court, consistent with Rule 26(b)(1) and (2) "
            "(Fed. R. Civ. P. 33(a)(1)).",
            "",
            tuple(Place("request", row.pk, str(row.number)) for row in places),
        )
    ]


def test_the_tally_below_the_limit_is_a_note(world: World) -> None:
    demand = set_of(world, "Who sold it?", "Describe the sale and identify who took part.", kind=DemandKind.ROG)

    assert [(one.check, one.severity, one.message, one.mend) for one in findings_for(demand)] == [
        (
            "limit.interrogatories-tally",
            Severity.NOTE,
            "3 of 25 interrogatories to Jane Roe are used, counted against John Doe.",
            "Counted: Set One: 2 numbered, 3 with discrete subparts (No. 2: 2).",
        )
    ]


def test_sets_to_others_and_withdrawn_ones_do_not_count(world: World) -> None:
    set_of(world, *(["Who?"] * 25), kind=DemandKind.ROG, to=world.responder)
    gone = set_of(world, *(["Who?"] * 25), kind=DemandKind.ROG)
    Demand.objects.filter(pk=gone.pk).update(status="withdrawn")
    demand = set_of(world, "Who?", kind=DemandKind.ROG)

    assert said(demand, "limit.interrogatories-tally") == [
        "1 of 25 interrogatories to Jane Roe are used, counted against John Doe."
    ]


def test_a_limit_that_is_not_known_is_not_guessed(world: World) -> None:
    demand = set_of(world, *(["Who?"] * 26), kind=DemandKind.ROG)
    Court.objects.update(kind=CourtKind.STATE.value, rule_set="DE-SUPER")

    assert [(one.check, one.message) for one in findings_for(Demand.objects.get(pk=demand.pk))] == [
        (
            "limit.interrogatories-tally",
            "26 interrogatories to Jane Roe count against John Doe; the limit of this court is not known here.",
        )
    ]


@pytest.mark.parametrize(("kind", "told"), [("federal_district", 0), ("state", 1), ("other", 1)])
def test_a_subpoena_on_the_federal_form_is_void_in_another_court(world: World, kind: str, told: int) -> None:
    demand = world.subpoena().demand
    Court.objects.update(kind=kind)

    found = only(Demand.objects.get(pk=demand.pk), "subpoena.federal-form")

    assert ([one.severity for one in found], len(found)) == ([Severity.REFUSE] * told, told)


# Places ---------------------------------------------------------------------------------------------------------------------------
def test_a_place_over_100_miles_away_is_told_as_a_number(world: World) -> None:
    demand = changed(world.subpoena(), place_city="Los Angeles", place_postal_code="90014-1234")

    assert only(demand, "place.over-100-miles") == [
        Finding(
            "place.over-100-miles",
            Severity.WARN,
            "The place of compliance (90014) lies about 340 miles from the nearest address of Witness Corp. (Oakland, 94601).",
            "Fed. R. Civ. P. 45(c)(2)(A)",
            "Choose a place within 100 miles of where the recipient resides, is employed or regularly does business in person.",
            "place_postal_code",
        )
    ]
    assert only(demand, "place.distance") == []


def test_the_nearest_address_of_its_own_counts(world: World) -> None:
    person = world.responder.person
    demand = changed(world.subpoena(), place_postal_code="90014")
    for kind, country, checks in (("agent", "", 1), ("business", "France", 1), ("residence", "", 0)):
        Address.objects.create(person=person, kind=kind, street="9 Spring", city="Nearby", postal_code="90012", country=country)
        assert len(only(Demand.objects.get(pk=demand.pk), "place.over-100-miles")) == checks


@pytest.mark.parametrize(
    ("code", "home", "message"),
    [
        ("94103", "94601", None),
        (
            "10001",
            "06103",
            "The place of compliance (10001) lies about 98 miles from the nearest address of Witness Corp. (Oakland, 06103).",
        ),
        ("", "94601", "The place of compliance has no ZIP code that is known here, so the distance was not measured."),
        ("00000", "94601", "The place of compliance has no ZIP code that is known here, so the distance was not measured."),
        ("94103", "", "No address with a known ZIP code is recorded for Witness Corp., so the distance was not measured."),
    ],
)
def test_what_is_near_the_limit_or_unknown_asks_a_person(world: World, code: str, home: str, message: str | None) -> None:
    Address.objects.update(postal_code=home)
    demand = changed(world.subpoena(), place_postal_code=code)

    assert [finding.message for finding in only(demand, "place.distance")] == ([] if message is None else [message])
    assert only(demand, "place.over-100-miles") == []


def test_an_email_address_alone_is_a_place_to_think_about(world: World) -> None:
    subpoena = world.subpoena()
    both = only(changed(subpoena, place_email="olive@example.com"), "place.electronic-only")
    alone = changed(subpoena, place_street="", place_city="", place_postal_code="")

    assert (both, said(alone, "place.electronic-only"), only(alone, "place.distance")) == (
        [],
        ["The place of compliance is an e-mail address alone."],
        [],
    )


# Dates ----------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "day", "message"),
    [
        ("rule_26f", date(2025, 6, 19), ["June 18, 2025 lies before discovery opens on June 19, 2025."]),
        ("discovery_opens", date(2025, 7, 1), ["June 18, 2025 lies before discovery opens on July 1, 2025."]),
        ("rule_26f", date(2025, 6, 18), []),
        ("trial", date(2025, 7, 1), []),
    ],
)
def test_a_subpoena_before_discovery_opens(world: World, kind: str, day: date, message: list[str]) -> None:
    demand = world.subpoena().demand
    ScheduleEntry.objects.create(case=world.case, kind=kind, day=day)

    assert said(demand, "timing.before-conference") == message


def test_the_courts_own_date_goes_before_the_conference(world: World) -> None:
    demand = world.subpoena().demand
    ScheduleEntry.objects.create(case=world.case, kind="rule_26f", day=date(2025, 9, 1))
    ScheduleEntry.objects.create(case=world.case, kind="discovery_opens", day=date(2025, 6, 1))

    assert said(demand, "timing.before-conference") == []


def test_a_draft_of_requests_is_sought_today(world: World) -> None:
    demand = set_of(world, "Bids for the plant.")
    tomorrow = timezone.now().astimezone(world.case.court.zone).date() + timedelta(days=1)
    ScheduleEntry.objects.create(case=world.case, kind="rule_26f", day=tomorrow)

    (found,) = only(demand, "timing.before-conference")
    assert (found.overridable, found.mend.endswith("21 days after the summons was served: Rule 26(d)(2).")) == (True, True)


def test_requests_to_a_non_party_are_told(world: World) -> None:
    party, stranger = set_of(world, "Bids."), set_of(world, "Bids.", to=world.responder)

    assert (said(party, "timing.to-a-non-party"), said(stranger, "timing.to-a-non-party")) == (
        [],
        ["Witness Corp. is no party of this case."],
    )


# Editions -------------------------------------------------------------------------------------------------------------------------
def test_a_form_and_a_rule_older_than_the_courts_profile(world: World) -> None:
    demand = world.subpoena().demand
    Court.objects.update(form_edition="ao88b-2027-12", rule_text="frcp45-2027-12-01", profile_date=date(2028, 1, 5))

    assert [(one.check, one.message) for one in findings_for(Demand.objects.get(pk=demand.pk)) if "edition" in one.check] == [
        ("edition.form", "The form is AO 88B (Rev. 02/14); N.D. Cal. goes by ao88b-2027-12 (checked on Jan. 5, 2028)."),
        (
            "edition.rule-text",
            "The text of Rule 45 is frcp45-2013-12-01; N.D. Cal. goes by frcp45-2027-12-01 (checked on Jan. 5, 2028).",
        ),
    ]


@pytest.mark.parametrize("edition", ["", "ao88b-2014-02", "ao88b-2013-12", "sub010-2030-01"])
def test_a_form_that_is_not_older(world: World, edition: str) -> None:
    Court.objects.update(form_edition=edition)

    assert only(world.subpoena().demand, "edition.form") == []


# All of them ----------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [1, 60])
def test_the_queries_do_not_grow_with_the_set(world: World, size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subpoena = world.subpoena(requests=size)
    for number in range(1, size + 1):
        own = subpoena.demand.request_set
        Definition.objects.create(request_set=own, number=number, text=f"“Thing {number}” means a thing.")
    demand = Demand.objects.select_related(*PRINTED).get(pk=subpoena.pk)

    with django_assert_num_queries(QUERIES):
        findings_for(demand)


@pytest.mark.parametrize("size", [1, 3])
def test_the_queries_do_not_grow_with_the_sets_of_a_case(
    world: World, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(size):
        set_of(world, "Who knew of the Merger?", kind=DemandKind.ROG)
    demand = Demand.objects.select_related(*PRINTED).order_by("-pk")[0]

    with django_assert_num_queries(21):
        findings_for(demand)


def test_a_finding_has_one_fingerprint_in_every_language(world: World) -> None:
    demand = world.subpoena(requests=0).demand
    english = [(one.check, one.fingerprint) for one in findings_for(demand)]
    with translation.override("fr"):
        french = findings_for(demand)

    assert [(one.check, one.fingerprint) for one in french] == english
    assert [one.message for one in french] != [one.said for one in french]


def test_a_set_to_a_party_for_whom_nobody_appears_is_told_until_it_is_served(world: World) -> None:
    world.case.appearances.filter(attorney__name="Theo Theirs").delete()
    told = [finding.message for finding in only(drafted(world, number=7), "service.no-counsel")]

    assert told == ["No counsel is recorded for Jane Roe."]
    assert only(served(world), "service.no-counsel") == []


# California's sets ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rules", "text", "told"),
    [
        ("CA-CCP", "State when You signed the Agreement.", 1),
        ("CA-CCP", "State when YOU signed the AGREEMENT.", 0),
        ("CA-CCP", "State when anybody reached an agreement.", 0),
        ("FRCP-CAND", "State when You signed the Agreement.", 0),
    ],
)
def test_california_wants_defined_terms_in_capitals(world: World, rules: str, text: str, told: int) -> None:
    demand = set_of(world, text, kind=DemandKind.ROG)
    for number, label in enumerate(("You, Your", "Agreement"), start=1):
        Definition.objects.create(request_set=demand.request_set, number=number, label=label, text="means what it says.")
    Court.objects.update(rule_set=rules)

    assert len(only(Demand.objects.get(pk=demand.pk), "set.capitals")) == told
