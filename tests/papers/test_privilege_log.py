"""The privilege log as a PDF: 8VC's columns, a header on every page, page numbers that run on, any number of rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pydyf
import pytest
from pytest_django import Settings

from discovery.domain.composing.log import compose_log
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.privilege.logs import change_entries, mark_log_served, record_log, start_log
from discovery.enums import LogKind
from discovery.models import Draft, PrivilegeLog, PrivilegeLogEntry, RespondingParty
from discovery.papers import privilege_log
from discovery.papers.layouts import forget
from discovery.papers.privilege_log import LogLine, LogPaper
from discovery.papers.rendering import render
from discovery.papers.shortcuts.writing import page_references
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import artifacts, findings, opened, outline, pages

HEAD = "Entry No. Bates No. Attach. Count Sent Date Time From To CC Subject Privilege Type Privilege Description"


def entry(number: int, **fields: Any) -> PrivilegeLogEntry:
    told = {
        "bates_first": f"8VC{number:06d}",
        "bates_last": f"8VC{number + 1:06d}",
        "sent": "12/05/2023",
        "sent_time": "4:42 LM",
        "sender": "Ann Lee*",
        "recipients": "Bo",
        "subject": f"Re: term sheet {number}",
        "basis_text": "Attorney-Client",
        "description": "E-mail asking counsel about the license",
    }
    return PrivilegeLogEntry(number=number, **{**told, **fields})


def log_of(world: World, *entries: PrivilegeLogEntry, **facts: Any) -> PrivilegeLog:
    log = PrivilegeLog(responding_party=world.responder, served_on=date(2025, 8, 20), **facts)
    return record_log(log, entries, by=world.alice)


def made(log: PrivilegeLog, world: World) -> tuple[bytes, Draft]:
    done = render_draft(request_draft(log, "privilege_log", by=world.alice).pk)
    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        return file.read(), done


def test_it_has_the_columns_title_and_legend_of_a_real_log(world: World, bells: list[int]) -> None:
    pdf, draft = made(log_of(world, entry(7), entry(12, sender="", recipients="")), world)

    title = "NON-PARTY WITNESS CORP. PRIVILEGE LOG (Case No. 4:24-cv-00001-ABC)"
    [text] = pages(pdf)
    assert text.startswith(f"{title} JANE ROE v. JOHN DOE, et al.")
    assert f"Version 1, served August 20, 2025; 2 entries * denotes an attorney {HEAD} 7 8VC000007–" in text
    assert "12 8VC000012– 8VC000013 0 12/05/2023 4:42 LM Re: term sheet 12 Attorney-Client" in text
    assert outline(pdf) == [title]
    assert findings(pdf) == []
    assert draft.download_name().startswith("privilege_log-")


def test_only_columns_with_something_in_them_join_and_many_go_on_legal_paper(world: World, bells: list[int]) -> None:
    more = {"bcc": "Cy", "author": "Di", "document_type": "Memo", "custodian": "Ed", "withheld": "redacted", "requests": "3"}
    log = log_of(world, entry(1), entry(2, **more))
    pdf, _draft = made(log, world)

    paper = compose_log(log)
    place = [column.heading for column in paper.columns].index("Withheld / Redacted")
    assert [line.cells[place] for line in paper.lines] == ["Withheld", "Redacted"]
    with opened(pdf) as document:
        assert [float(side) for side in document.pages[0].mediabox] == [0, 0, 1008, 612]
    assert "Doc Type Custodian Author From To CC BCC Subject" in pages(pdf)[0]
    assert findings(pdf) == []


def test_runs_of_rows_join_with_their_header_and_their_page_numbers(
    world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privilege_log, "RUN", 20)
    told: list[int] = []
    paper = compose_log(log_of(world, *(entry(number) for number in range(1, 51))))

    rendered = render(to_json(paper), progress=told.append, release="1")

    texts = pages(rendered.pdf)
    assert len(texts) == rendered.pages >= 3
    assert [re.findall(r"Page (\d+)", text) for text in texts] == [[str(number)] for number in range(1, len(texts) + 1)]
    assert [HEAD in text for text in texts] == [True] * len(texts)
    assert [int(number) for text in texts for number in re.findall(r"term sheet (\d+)", text)] == list(range(1, 51))
    assert told == sorted(told)
    assert set(told) == set(range(1, len(texts) + 1))
    assert findings(rendered.pdf) == []
    assert all("/Pagination" in kinds for kinds in artifacts(rendered.pdf))


def test_ours_is_a_draft_until_it_is_served(world: World, bells: list[int]) -> None:
    ours, _made = RespondingParty.objects.get_or_create(case=world.case, person=world.client.person)
    log = start_log(ours, LogKind.CATEGORY, "", by=world.alice)
    with pytest.raises(Refused, match="no entries yet"):
        compose_log(log)
    change_entries(log, [PrivilegeLogEntry(documents=40, sent="2024", description="Advice on the merger")], by=world.alice)

    drafted = compose_log(PrivilegeLog.objects.get(pk=log.pk))
    served = compose_log(mark_log_served(log, date(2025, 8, 20), by=world.alice))

    assert (drafted.final, served.final) == (False, True)
    assert [column.heading for column in served.columns] == [
        "Entry No.",
        "Documents",
        "Sent Date",
        "From",
        "To",
        "Privilege Type",
        "Privilege Description",
    ]
    assert served.title == "DEFENDANT JOHN DOE PRIVILEGE LOG (Case No. 4:24-cv-00001-ABC)"
    assert served.lines == (LogLine(("1", "40", "2024", "", "", "", "Advice on the merger")),)


def test_more_than_one_pdf_can_hold_goes_out_as_a_workbook(world: World, settings: Settings) -> None:
    settings.LOG_PRINTED_ROWS = 2
    log = log_of(world, entry(1), entry(2), entry(3))
    with pytest.raises(Refused, match=r"Export it as \.xlsx"):
        compose_log(log)


def test_its_snapshot_reads_back_and_any_text_is_set_as_text(world: World) -> None:
    paper = compose_log(log_of(world, entry(1, subject="<b>x</b> & “y”", description="Line one\nשלום")))
    assert from_json(to_json(paper)) == paper
    forget()
    [text] = pages(render(to_json(paper), release="1").pdf)
    assert "<b>x</b> & “y”" in text


def test_an_empty_run_cannot_break_the_paper(world: World) -> None:
    paper = compose_log(log_of(world, entry(1)))
    assert isinstance(paper, LogPaper)
    assert findings(render(to_json(replace(paper, lines=())), release="1").pdf) == []


def test_references_of_pages_are_what_the_library_builds() -> None:
    pdf = pydyf.PDF()
    for _page in range(3):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        expected = tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
        assert pdf.page_references == page_references(pdf) == expected


@pytest.mark.parametrize(("style", "called"), [("format-1", "Case No."), ("ny-plain", "Index No."), ("tx-section", "Cause No.")])
def test_the_number_is_called_what_the_court_calls_it(world: World, style: str, called: str) -> None:
    world.case.court.paper_style = style
    world.case.court.save()
    assert compose_log(log_of(world, entry(1))).title == f"NON-PARTY WITNESS CORP. PRIVILEGE LOG ({called} 4:24-cv-00001-ABC)"
