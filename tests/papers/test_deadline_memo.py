"""The deadline memo as a PDF: every day of the count, the rules by letter, one page."""

from __future__ import annotations

from datetime import date

import pypdfium2 as pdfium
import pytest

from discovery.domain.approval import approve
from discovery.domain.composing.memo import compose_memo
from discovery.domain.dates.following import follow
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.service.serving import serve
from discovery.models import Deadline, Draft, ScheduleEntry, Service
from discovery.papers.memo import MemoPaper, columns_of
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, pages


@pytest.fixture
def objections(world: World, bells: list[int]) -> Deadline:
    demand = world.subpoena().demand
    demand.notice.served_on = date(2025, 6, 17)
    demand.notice.save()
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 6, 18), method="personal"), by=world.alice)
    return Deadline.objects.get(event="subpoena-objections")


def test_it_says_each_day_of_the_count_on_one_page(objections: Deadline) -> None:
    draft = request_draft(objections, "deadline_memo", by=objections.set_by)
    done = render_draft(draft.pk)

    assert done is not None
    assert (done.error, done.pages) == ("", 1)
    with done.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    (text,) = pages(pdf)
    words = " ".join(text.split())
    assert "Due Wednesday, July 2, 2025, by 5:00 PM PDT (America/Los_Angeles)" in words
    for number, day in enumerate(("Thu Jun 19, 2025", "Fri Jun 20, 2025"), start=1):
        assert f"{day} counted {number} of 14" in words
    assert words.count("counted ") >= 14
    assert "14 counted + 0 skipped + 0 added = 14 days" in words
    assert "Not yet confirmed by a second person." in words


def test_the_same_memo_is_made_once(objections: Deadline) -> None:
    first = request_draft(objections, "deadline_memo", by=objections.set_by)
    render_draft(first.pk)

    assert request_draft(objections, "deadline_memo", by=objections.set_by) == first
    assert Draft.objects.get().download_name() == "deadline_memo-Objections-to-the-subpoena-2025-07-02.pdf"


def test_its_snapshot_reads_back(objections: Deadline) -> None:
    paper = compose_memo(objections)

    assert from_json(to_json(paper)) == paper


def test_a_quarter_stands_in_columns_on_one_page(world: World) -> None:
    ScheduleEntry.objects.create(case=world.case, kind="trial", day=date(2026, 3, 30))
    follow(world.case, by=world.alice)
    paper = compose_memo(Deadline.objects.get(event="expert-disclosures"))

    assert [len(column) for column in columns_of(paper.memo.days)] == [45, 45]
    assert isinstance(paper, MemoPaper)
    made = render(to_json(paper), release="test")
    assert made.pages == 1
    assert len(pdfium.PdfDocument(made.pdf)) == 1


def test_without_a_date_there_is_no_memo(world: World) -> None:
    row = Deadline.objects.create(
        case=world.case, key="x", title="Dates", set_by=world.alice, zone="UTC", refusal={"template": "", "values": {}}
    )

    with pytest.raises(Refused, match="There is no date yet"):
        request_draft(row, "deadline_memo", by=world.alice)
