"""Testimony: starting, filling in, checking, approving and serving subpoenas to testify and notices of deposition."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from discovery.domain.approval import approve, fingerprint
from discovery.domain.checks import findings_for
from discovery.domain.composing.composers import composer_of
from discovery.domain.errors import Refused
from discovery.domain.service.serving import serve
from discovery.domain.testimony import change_testimony, start_testimony
from discovery.enums import DemandKind, PaperKind, SetKind
from discovery.models import Deadline, Demand, Event, RequestRow, RequestSet, RespondingParty, Service, Testimony
from discovery.papers.deposition import DepositionPaper
from discovery.papers.rendering import render
from discovery.papers.snapshots import Paper, to_json
from discovery.papers.subpoena_snapshot import SubpoenaPaper
from tests.factories import World, make_world
from tests.papers.reading import pages, squeezed

SUBPOENA, TRIAL, NOTICE = DemandKind.SUBPOENA_DEPOSITION, DemandKind.SUBPOENA_TRIAL, DemandKind.DEPOSITION


def opponent_of(world: World) -> RespondingParty:
    return RespondingParty.objects.create(case=world.case, person=world.opponent.person)


def composed(demand: Demand, paper: str) -> Paper:
    return composer_of(demand, paper).compose(demand, paper)


def stopping(demand: Demand) -> list[str]:
    return [finding.check for finding in findings_for(demand) if finding.severity == "refuse"]


def warned(demand: Demand) -> set[str]:
    return {finding.check for finding in findings_for(demand) if finding.check.startswith("testimony.")}


def change(world: World, demand: Demand, **values: Any) -> Testimony:
    testimony = demand.testimony
    for name, value in values.items():
        setattr(testimony, name, value)
    return change_testimony(testimony, by=world.alice, revision=None, subpoena=getattr(demand, "subpoena", None))


@pytest.mark.parametrize(
    ("kind", "form", "recording"),
    [
        (SUBPOENA, "ao88a-2020-12", "Stenographic means"),
        (TRIAL, "ao88-2014-02", ""),
        (NOTICE, None, "Stenographic means"),
    ],
)
def test_starting_fills_in_what_is_known(world: World, kind: DemandKind, form: str | None, recording: str) -> None:
    request_set = RequestSet(case=world.case, propounded_by=world.group, kind=SetKind.TOPICS.value, name="Topics")
    demand = start_testimony(request_set, world.responder, kind, by=world.alice)

    subpoena = getattr(demand, "subpoena", None)
    assert (subpoena.form if subpoena else None, demand.testimony.recording, demand.attorney) == (form, recording, world.appearance)
    if subpoena is not None:
        assert (subpoena.addressee, subpoena.production) == ("Witness Corp., 1 Main Street, Oakland, CA 94601", False)
    assert list(Event.objects.values_list("act", flat=True)) == ["demand_started"]


def test_a_kind_that_asks_for_documents_is_refused(world: World) -> None:
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Topics")
    with pytest.raises(Refused):
        start_testimony(request_set, world.responder, DemandKind.RFP, by=world.alice)
    assert not Demand.objects.exists()


def test_the_day_of_compliance_is_the_day_of_the_testimony(world: World) -> None:
    demand = world.examination(bring=1)
    assert (demand.subpoena.compliance_date, demand.subpoena.compliance_time) == (date(2025, 8, 20), time(9, 30))
    assert demand.subpoena.production is True
    assert demand.due_at == demand.testimony.moment()


def test_a_day_before_the_issue_is_refused_at_its_field(world: World) -> None:
    demand = world.examination()
    with pytest.raises(Refused) as refused:
        change(world, demand, day=date(2025, 6, 30))
    assert refused.value.field == "day"


def test_documents_of_another_case_are_refused(world: World) -> None:
    demand = world.examination()
    elsewhere = make_world("Poe v. Coe", "4:24-cv-00002-ABC").subpoena().demand.request_set
    with pytest.raises(Refused) as refused:
        change(world, demand, documents=elsewhere)
    assert refused.value.field == "documents"


@pytest.mark.parametrize(
    ("kind", "topics", "bring", "parts", "letters"),
    [
        (SUBPOENA, 2, 1, ("notice", "form", "schedule", "documents"), ("Schedule A", "Schedule B")),
        (SUBPOENA, 2, 0, ("notice", "form", "schedule"), ("Schedule A", "")),
        (SUBPOENA, 0, 1, ("notice", "form", "documents"), ("", "Schedule A")),
        (TRIAL, 0, 1, ("notice", "form", "documents"), ("", "Schedule A")),
        (TRIAL, 0, 0, ("notice", "form"), ("", "")),
    ],
)
def test_a_subpoena_has_the_schedules_that_say_something(
    world: World, kind: DemandKind, topics: int, bring: int, parts: tuple[str, ...], letters: tuple[str, str]
) -> None:
    demand = world.examination(kind, topics=topics, bring=bring)

    paper = composed(demand, PaperKind.SUBPOENA_PACKAGE.value)
    assert isinstance(paper, SubpoenaPaper)
    [exam] = paper.examination
    assert (paper.parts, (exam.matters, exam.documents)) == (parts, letters)
    assert [schedule.title for schedule in paper.documents] == ([letters[1].upper()] if letters[1] else [])
    copy = composed(demand, PaperKind.SERVICE_COPY.value)
    assert copy.parts == tuple(part for part in parts if part != "notice")


def test_a_notice_of_deposition_prints_what_rule_30_wants(world: World) -> None:
    demand = world.examination(NOTICE, bring=1, responder=opponent_of(world))

    paper = composed(demand, PaperKind.DEPOSITION_NOTICE.value)
    assert isinstance(paper, DepositionPaper)
    text = squeezed(" ".join(pages(render(to_json(paper), release="1").pdf)))
    for said in (
        "NOTICE OF RULE 30(b)(6) DEPOSITION OF JANE ROE",
        "August 20, 2025 at 9:30 AM PDT",
        "1 Office Plaza, San Francisco, CA 94103",
        "before Ann Lee, CSR, an officer authorized to administer oaths under Rule 28(a)",
        "recorded by this method: Stenographic means",
        "from day to day",
        "confer in good faith",
        "SCHEDULE A",
        "TOPIC NO. 2:",
        "SCHEDULE B",
        "CERTIFICATE OF SERVICE",
    ):
        assert said in text, said
    with pytest.raises(Refused):
        composed(demand, PaperKind.SUBPOENA_PACKAGE.value)


@pytest.mark.parametrize(("kind", "paper"), [(SUBPOENA, "subpoena"), (TRIAL, "subpoena"), (NOTICE, "deposition_notice")])
def test_approval_freezes_what_is_printed(world: World, kind: DemandKind, paper: str) -> None:
    demand = world.examination(kind, topics=0 if kind == TRIAL else 2, bring=1)
    approve(demand, by=world.alice, sign=True, seen=fingerprint(demand))

    before = composed(Demand.objects.get(pk=demand.pk), paper)
    # The documents are a set of their own, which another paper may change: what was approved prints its own words.
    brought = demand.testimony.documents
    assert brought is not None
    brought.requests.update(text="Something else.")
    assert composed(Demand.objects.get(pk=demand.pk), paper) == before
    assert before.final
    with pytest.raises(Refused):
        change(world, demand, place="Elsewhere")


def test_what_would_be_void_stops_the_approval(world: World) -> None:
    demand = world.examination(topics=0)
    Testimony.objects.update(place="", day=None, hour=None, recording=" ")
    assert stopping(Demand.objects.get()) == [
        "testimony.no-place",
        "testimony.no-time",
        "testimony.no-recording",
        "testimony.no-matters",
    ]
    with pytest.raises(Refused):
        approve(demand, by=world.alice)


def test_a_subpoena_that_commands_documents_waits_for_the_notice(world: World) -> None:
    service = {"served_on": date(2025, 7, 3), "method": "personal"}
    for bring in (1, 0):
        demand = world.examination(bring=bring, responder=world.another_responder(f"Other {bring} Inc."))
        approve(demand, by=world.alice)
        if bring:
            with pytest.raises(Refused) as refused:
                serve(demand, Service(**service), by=world.alice)
            assert refused.value.field == "without_notice"
        else:
            serve(demand, Service(**service), by=world.alice)
            assert "testimony.fees-missing" in warned(demand)
            assert RequestRow.objects.filter(demand=demand).count() == 2
            [due] = Deadline.objects.filter(demand=demand)
            assert (due.title, due.due_at) == ("Appearance at the deposition", demand.testimony.moment())


@pytest.mark.parametrize("kind", [SUBPOENA, TRIAL])
@pytest.mark.parametrize(("day", "objections"), [(date(2025, 8, 20), "2025-07-17"), (date(2025, 7, 15), "2025-07-15")])
def test_documents_of_a_subpoena_to_testify_have_the_dates_of_a_subpoena_for_documents(
    world: World, kind: DemandKind, day: date, objections: str
) -> None:
    """Rule 45(d)(2)(B): objections 14 days after service, or before the time for compliance where that comes first; a log of what
    is withheld, (e)(2)(A), by that time."""
    demand = world.examination(kind, topics=0 if kind == TRIAL else 2, bring=1, day=day)
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 7, 3), method="personal", without_notice="Shortened time"), by=world.alice)

    found = {str(row.event): (str(row.due_on), row.kind, row.ours) for row in Deadline.objects.filter(demand=demand)}
    appearance = "hearing-appearance" if kind == TRIAL else "deposition-appearance"
    assert found == {
        "subpoena-objections": (objections, "objections", False),
        "subpoena-privilege-log": (str(day), "privilege_log", False),
        appearance: (str(day), "compliance", False),
    }


def test_the_eleventh_deposition_and_a_second_one_need_leave(world: World) -> None:
    for number in range(10):
        world.examination(responder=world.another_responder(f"Witness {number} Inc."))
    eleventh = world.examination()
    assert {"testimony.too-many"} == warned(eleventh) & {"testimony.too-many", "testimony.second"}
    tenth = Demand.objects.order_by("pk")[8]
    # A notice for the same day goes with its subpoena; on another day it is a second deposition.
    for day, found in ((date(2025, 8, 20), set()), (date(2025, 9, 20), {"testimony.second"})):
        again = world.examination(NOTICE, responder=tenth.responding_party, day=day)
        assert warned(again) & {"testimony.second"} == found
        again.delete()


@pytest.mark.parametrize(("days", "found"), [(29, {"testimony.rider"}), (30, set())])
def test_a_party_has_30_days_for_documents(world: World, days: int, found: set[str]) -> None:
    day = date(2025, 7, 1) + timedelta(days=days)
    demand = world.examination(NOTICE, bring=1, responder=opponent_of(world), day=day)
    assert warned(demand) & {"testimony.rider"} == found


def test_a_day_that_has_passed_is_named_and_counts_no_days_backwards(world: World) -> None:
    demand = world.examination(NOTICE, bring=1, responder=opponent_of(world), day=date(2020, 1, 1))
    assert warned(demand) & {"testimony.past", "testimony.rider", "testimony.short-notice"} == {"testimony.past"}


@pytest.mark.parametrize(("days", "found"), [(13, {"testimony.short-notice"}), (14, set())])
def test_less_than_14_days_is_short(world: World, days: int, found: set[str]) -> None:
    demand = world.examination(NOTICE, day=date(2025, 7, 1) + timedelta(days=days))
    assert warned(demand) & {"testimony.short-notice"} == found


def test_a_place_far_from_the_witness_is_told(world: World) -> None:
    demand = world.examination()
    assert "testimony.over-100-miles" not in warned(demand)
    change(world, demand, place="523 West 6th Street, Los Angeles, CA 90014")
    assert "testimony.over-100-miles" in warned(Demand.objects.get())


def test_a_notice_alone_does_not_compel_a_non_party(world: World) -> None:
    assert "testimony.non-party-on-notice" in warned(world.examination(NOTICE))
    assert "testimony.non-party-on-notice" not in warned(world.examination(NOTICE, responder=opponent_of(world)))


@pytest.mark.parametrize(
    ("kind", "topics", "bring", "served"),
    [
        (NOTICE, 0, 0, ("Notice of Deposition of Jane Roe",)),
        (NOTICE, 2, 2, ("Notice of Deposition of Jane Roe, with Schedules A and B",)),
        (
            SUBPOENA,
            0,
            2,
            (
                "Notice of Subpoena to Testify at a Deposition to Jane Roe",
                "Subpoena to Testify at a Deposition to Jane Roe, with Schedule A",
            ),
        ),
        (
            TRIAL,
            0,
            0,
            (
                "Notice of Subpoena to Appear and Testify at a Hearing or Trial to Jane Roe",
                "Subpoena to Appear and Testify at a Hearing or Trial to Jane Roe",
            ),
        ),
    ],
)
def test_the_certificate_lists_what_is_attached_and_nothing_else(
    world: World, kind: DemandKind, topics: int, bring: int, served: tuple[str, ...]
) -> None:
    demand = world.examination(kind, topics=topics, bring=bring, responder=opponent_of(world))
    paper = composed(demand, PaperKind.DEPOSITION_NOTICE.value if kind == NOTICE else PaperKind.NOTICE.value)
    certificate = paper.certificate if isinstance(paper, DepositionPaper) else paper.notice.certificate  # type: ignore[attr-defined]

    assert certificate.documents == served


@pytest.mark.parametrize(
    ("title", "district", "cited"),
    [
        ("United States District Court", "Northern District of California", "Rules 30(b)(1) and 30(b)(6) of the Federal Rules of"),
        ("Superior Court of the State of California", "County of Napa", "Code of Civil Procedure sections 2025.210 and 2025.230"),
        ("Supreme Court of the State of New York", "County of New York", "CPLR 3106(d) and 3107 and 22 NYCRR 202.20-d"),
        ("In the District Court", "Travis County, Texas", "Rules 199.1 and 199.2(b)(1) of the Texas Rules of Civil Procedure"),
    ],
)
def test_a_notice_of_deposition_cites_the_rules_of_its_court(world: World, title: str, district: str, cited: str) -> None:
    court = world.case.court
    court.title, court.district = title, district
    court.save()
    demand = world.examination(NOTICE, bring=1, responder=opponent_of(world))
    words = squeezed(" ".join(pages(render(to_json(composed(demand, "deposition_notice")), release="1").pdf)))
    notice = words.partition("SCHEDULE A TO")[0]

    assert (cited in notice, "Rule 30(b)" in notice or "Federal Rules" in notice) == (True, title.startswith("United"))
