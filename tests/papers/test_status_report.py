"""The report on the state of a case: what it says, that it is the same for the same record and day, in as many queries for many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.domain.composing.status_report import compose_status
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.preserving import send_preservation
from discovery.enums import DisputeKind
from discovery.models import BatesRange, Draft, PageTie, Production, RequestRow
from discovery.papers.snapshots import from_json, to_json
from discovery.papers.status_report import StatusPaper, StatusTable
from tests.disputes import answered, conferred, rows_of, started
from tests.factories import World
from tests.filed import order_of
from tests.papers.reading import findings, pages
from tests.preserving import written
from tests.staff.screens import DENIED, AsUser, posted

NOW = datetime(2025, 8, 29, 19, 0, tzinfo=UTC)


def full(world: World, requests: int = 2) -> None:
    """A case with something of everything."""
    rows = rows_of(world, requests)
    answered(world, rows)
    conferred(world, rows)
    RequestRow.objects.filter(pk=rows[0].pk).update(next_step="Send the chart", next_step_on=date(2025, 9, 5))
    started(world, rows, DisputeKind.MOTION_TO_COMPEL)
    volume = Production.objects.create(
        case=world.case, responding_party=world.responder, volume="W-VOL001", produced_on=date(2025, 7, 20), recorded_by=world.alice
    )
    stored = BatesRange.objects.create(case=world.case, production=volume, prefix="W", digits=6, first=1, last=250)
    PageTie.objects.create(bates_range=stored, row=rows[0], first=1, last=40)
    order_of(world, title="Order on custodians", comply_by=date(2025, 9, 10), commands="Produce the custodians' files")
    send_preservation(written(world), date(2025, 6, 1), by=world.alice)


def table(report: StatusPaper, heading: str) -> StatusTable:
    tables = [report.summary, *(one for part in report.sections for one in part.tables)]
    return next(one for one in tables if one.heading == heading)


def test_it_says_how_the_case_stands(world: World) -> None:
    full(world)
    report = compose_status(world.case, now=NOW)

    assert [part.heading for part in report.sections] == [
        "Dates",
        "Witness Corp.",
        "Disputes and orders",
        "Privilege and preservation",
    ]
    assert report.as_of == "As of August 29, 2025"
    short = dict(zip(table(report, "In short").columns, table(report, "In short").rows[0], strict=True))
    assert short == {
        "Served demands": "1",
        "Requests": "2",
        "Answered": "2",
        "With pages": "1",
        "Conferred about": "2",
        "In a dispute": "2",
        "Ruled on": "0",
        "Unanswered": "0",
        "Deficient": "0",
        "Impasse": "0",
        "Commitment overdue": "0",
        "Resolved": "0",
    }
    [demand] = table(report, "Demands").rows
    assert demand[:4] == ("Schedule A\nby Our Defendants", "Subpoena for documents (Rule 45)", "Served", "June 18, 2025")
    assert demand[5:] == ("2", "2", "2", "1", "0", "2", "2", "0", "0")
    assert table(report, "Productions").rows == (("W-VOL001", "July 20, 2025", "W000001–W000250", "250", "–"),)
    assert table(report, "Productions").note == "In all 250 pages; 1 of 2 requests has pages."
    [dispute] = table(report, "Open disputes").rows
    assert dispute[2:4] + dispute[6:] == ("Request Nos. 1 and 2", "Draft", "Send the chart (by September 5, 2025)")
    [order] = table(report, "Orders").rows
    assert order[4:] == ("September 10, 2025", "September 10, 2025: Produce the custodians' files")
    assert table(report, "Preservation demands").rows == (("Witness Corp.", "June 1, 2025", "June 15, 2025", "No"),)


def test_what_is_not_served_stands_in_a_short_table(world: World) -> None:
    full(world)
    world.subpoena()
    report = compose_status(world.case, now=NOW)

    assert [part.heading for part in report.sections][1:3] == ["Witness Corp.", "Demands not served, or withdrawn"]
    row = ("Schedule A", "Witness Corp.", "Our Defendants", "Subpoena for documents (Rule 45)", "Draft", "–")
    assert [one.rows for one in report.sections[2].tables] == [(row,)]
    assert len(table(report, "Demands").rows) == 1


def test_dates_stand_where_the_calendar_puts_them(world: World) -> None:
    for days in (-1, 3, 14, 15, 31):
        world.deadline((NOW + timedelta(days=days)).date(), title=f"In {days}", owner=None)
    report = compose_status(world.case, now=NOW)

    found = {name: [row[1] for row in table(report, name).rows] for name in ("Overdue", "Due within 14 days", "Due within 30 days")}
    assert found == {"Overdue": ["In -1"], "Due within 14 days": ["In 3", "In 14"], "Due within 30 days": ["In 15"]}


def test_an_empty_case_says_so(world: World) -> None:
    report = compose_status(world.case, now=NOW)
    assert report.summary.rows == ()
    assert [part.heading for part in report.sections] == ["Dates", "Disputes and orders", "Privilege and preservation"]


def test_the_same_record_on_the_same_day_is_the_same_report(world: World, bells: list[int]) -> None:
    full(world)
    first = compose_status(world.case, now=NOW)
    assert from_json(to_json(first)) == first
    draft = render_draft(request_draft(world.case, "status_report", by=world.alice).pk)
    assert draft is not None
    assert (draft.error, draft.subject, draft.case) == ("", world.case, world.case)
    # Asked for again, the report of the same record is the one that was made: its making is no change of the case.
    assert request_draft(world.case, "status_report", by=world.bob).pk == draft.pk
    assert compose_status(world.case, now=NOW) == first

    with draft.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    text = " ".join(pages(pdf))
    assert "DRAFT" not in text
    for words in ("PRIVILEGED AND CONFIDENTIAL", "Report on the state of the case", "W000001–W000250", "Order on custodians"):
        assert words in text


def test_it_takes_as_many_queries_for_many_rows(world: World) -> None:
    counts = []
    for requests in (2, 20):
        full_of = rows_of(world, requests)
        answered(world, full_of)
        started(world, full_of, DisputeKind.MOTION_TO_COMPEL)
        order_of(world)
        with CaptureQueriesContext(connection) as counted:
            compose_status(world.case, now=NOW)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_page_of_the_case_offers_it_to_its_editors(world: World, as_user: AsUser, bells: list[int]) -> None:
    make = reverse("paper-make", args=["status_report", world.case.pk])
    home = reverse("case-detail", args=[world.case.pk])
    assert make in as_user(world.bob).get(home).text
    assert make not in as_user(world.rita).get(home).text
    assert posted(as_user, world, make, {}) == DENIED

    shown = as_user(world.bob).post(make, follow=True)
    draft = Draft.objects.get()
    assert shown.redirect_chain[0][0] == reverse("draft-detail", args=[draft.pk])
    assert home in shown.text
    assert as_user(world.charlie).get(reverse("draft-detail", args=[draft.pk])).status_code == 404
