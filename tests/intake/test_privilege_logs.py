"""Reading a privilege log from bytes: headings, rows, refusals, hostile files, and the way back from an export."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from discovery.intake.moments import day_of, is_time, split_moment
from discovery.intake.privilege_logs import COLUMN_NAMES, LogRead, LogRow, basis_of, read_log
from discovery.intake.tables import IntakeRefused, Limits
from discovery.papers.characters import unprintable
from discovery.staff.sheets import csv_answer, xlsx_answer

LIMITS = Limits(size=5 << 20, unpacked=20 << 20, lines=50)
REAL = (
    "Entry No.,Bates No.,Attach. Count,Sent Date,Time,From,To,CC,Subject,Privilege Type,Privilege Description\n"
    "7,8VC000001 – 8VC000004,2,12/05/2023,4:42 LM,,,Ann Lee*,Re: terms,Attorney-Client,E-mail giving legal advice on the sheet\n"
    '12,8VC000005,,"December 6, 2023",4:42 PM,Bo*,Cy,,,Work Product; Common Interest,Notes made for trial\n'
)


def as_csv(*lines: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def as_xlsx(*lines: Sequence[object]) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(list(line))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, name: str = "log.csv", limits: Limits = LIMITS) -> LogRead:
    return read_log(name, content, limits)


def refusal(content: bytes, name: str = "log.csv", limits: Limits = LIMITS) -> str:
    with pytest.raises(IntakeRefused) as refused:
        read(content, name, limits)
    return str(refused.value)


def test_the_real_log_is_read_with_its_flaws() -> None:
    found = read(REAL.encode())

    assert found.refused == []
    assert found.rows == [
        LogRow(
            line=2,
            number=7,
            bates_first="8VC000001",
            bates_last="8VC000004",
            attachments=2,
            sent="12/05/2023",
            sent_on=date(2023, 12, 5),
            sent_time="4:42 LM",
            cc="Ann Lee*",
            subject="Re: terms",
            basis="attorney_client",
            basis_text="Attorney-Client",
            description="E-mail giving legal advice on the sheet",
        ),
        LogRow(
            line=3,
            number=12,
            bates_first="8VC000005",
            sent="December 6, 2023",
            sent_on=date(2023, 12, 6),
            sent_time="4:42 PM",
            sender="Bo*",
            recipients="Cy",
            basis="work_product",
            basis_text="Work Product; Common Interest",
            description="Notes made for trial",
        ),
    ]


def test_every_usual_heading_is_known_in_any_case_and_punctuation() -> None:
    for name, spellings in COLUMN_NAMES.items():
        for spelling in spellings:
            for heading in (spelling, spelling.upper(), f" {spelling.replace(' ', '_')} "):
                others = [one for one in ("Entry No.", "Description") if one not in spellings]
                if name in {"number", "bates", "bates_first"}:
                    others = ["Description"]
                if name in {"basis_text", "description"}:
                    others = ["Entry No."]
                fields = [column.field for column in read(as_csv([heading, *others])).columns]
                assert fields[0] == name, heading


def test_a_wrong_header_is_refused_naming_what_was_expected_and_found() -> None:
    said = refusal(as_csv(["Name", "Amount"], ["x", "1"]))

    assert "Expected are columns such as Entry No., Bates No., Beg Bates" in said
    assert "The file begins with: Name | Amount." in said


def test_titles_may_stand_above_the_header_and_columns_that_are_not_read_are_told() -> None:
    found = read(
        as_csv(["NON-PARTY 8VC PRIVILEGE LOG"], [], ["Entry No.", "Color", "Basis", "Privilege"], ["1", "red", "AC", "WP"])
    )

    assert [(one.heading, one.field) for one in found.columns] == [
        ("Entry No.", "number"),
        ("Color", ""),
        ("Basis", "basis_text"),
        ("Privilege", ""),
    ]
    assert (found.rows[0].line, found.rows[0].basis) == (4, "attorney_client")


def test_every_refused_row_has_its_line_and_its_reason() -> None:
    head = ["Entry No.", "Attach. Count", "Withheld/Redacted", "Sent Date", "Description"]
    found = read(
        as_csv(
            head,
            ["1", "", "", "", "good"],
            ["1", "", "", "", "again"],
            ["x", "", "", "", "no number"],
            ["", "", "", "", "none"],
            ["=A1+1", "", "", "", "formula"],
            ["2", "two", "", "", "no count"],
            ["3", "", "perhaps", "", "neither"],
            ["4", "", "", "d" * 41, "too long"],
            ["5", "", "", "", "too", "many"],
            ["6", "1,204", "Redacted", "", "good, too"],
        )
    )

    assert [(row.line, row.number) for row in found.rows] == [(2, 1), (11, 6)]
    assert (found.rows[1].attachments, found.rows[1].withheld) == (1204, "redacted")
    assert [(one.line, one.reason) for one in found.refused] == [
        (3, "Entry 1 stands already in line 2. Give each entry a number of its own."),
        (4, "“x” is no entry number: a whole number is expected."),
        (5, "It has no entry number."),
        (6, "“=A1+1” is no entry number: a whole number is expected."),
        (7, "Attach. Count: “two” is no number."),
        (8, "“perhaps” says neither withheld nor redacted."),
        (9, "Sent Date has 41 characters; at most 40 are kept."),
        (10, "It has more cells than the header has columns. A comma in a text needs quotation marks around it."),
    ]
    assert found.total == 10


def test_a_quotation_mark_that_never_closes_costs_its_line_and_is_told() -> None:
    found = read(b'Entry No.,Description\n1,good\n2,"open\n3,swallowed\n')

    assert [row.number for row in found.rows] == [1]
    assert [(one.line, one.reason.partition(",")[0]) for one in found.refused] == [
        (3, "The quotation marks of this line do not match")
    ]


def test_rows_without_numbers_are_numbered_in_their_order() -> None:
    found = read(as_csv(["Bates", "Description"], ["A1", "x"], ["A2", "y"]))

    assert [(row.number, row.bates_first) for row in found.rows] == [(1, "A1"), (2, "A2")]
    assert found.notes == ["The file has no entry numbers: the rows are numbered in its order."]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("Entry No.,Description\n1,Müller’s “advice”".encode(), False),
        ("Entry No.,Description\n1,Müller’s “advice”".encode("utf-8-sig"), False),
        ("Entry No.,Description\n1,Müller’s “advice”".encode("cp1252"), True),
        ("Entry No.\tDescription\n1\tMüller’s “advice”".encode("utf-16"), True),
        ("Entry No.;Description\n1;Müller’s “advice”".encode(), False),
    ],
)
def test_encodings_and_separators(content: bytes, note: bool) -> None:
    found = read(content)

    assert found.rows[0].description == "Müller’s “advice”"
    assert bool(found.notes) is note


def test_a_workbook_gives_days_hours_and_whole_numbers_as_people_wrote_them() -> None:
    head = ("Entry No.", "Sent Date", "Time", "Description")
    day, moment = datetime(2023, 12, 5), datetime(2023, 12, 6, 9, 5)  # noqa: DTZ001 - a workbook knows no zones
    found = read(as_xlsx(head, (7.0, day, time(16, 42), "=1+1"), (8, moment, None, "x")), "log.xlsx")

    told = [(row.number, row.sent, row.sent_on, row.sent_time, row.description) for row in found.rows]
    assert told == [
        (7, "2023-12-05", date(2023, 12, 5), "16:42", "=1+1"),
        (8, "2023-12-06", date(2023, 12, 6), "09:05", "x"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-12-05", date(2023, 12, 5)),
        ("12/5/23", date(2023, 12, 5)),
        ("Tue, Dec. 5, 2023", date(2023, 12, 5)),
        ("5-Dec-2023", date(2023, 12, 5)),
        ("Sept. 5, 2023", date(2023, 9, 5)),
        ("12/05/2023 4:42 PM", date(2023, 12, 5)),
        ("25/12/2023", None),
        ("02/30/2023", None),
        ("January–March 2024", None),
        ("undated", None),
        ("0001-01-01", None),
    ],
)
def test_days_are_read_or_left_as_they_are(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_hours_are_read_or_not() -> None:
    good = ("4:42 PM", "16:42", "4:42:10 p.m.", "4.42 PM", "16:42 UTC", "4:42 PM (PST)", "00:00")
    bad = ("4:42 LM", "25:00", "4:61 PM", "noon", "")
    assert [is_time(text) for text in good + bad] == [True] * len(good) + [False] * len(bad)
    assert split_moment("2023-12-05T16:42:00Z") == ("2023-12-05", "16:42:00Z")


def test_the_first_privilege_that_a_text_names_counts() -> None:
    told = {
        text: basis_of(text) for text in ("AC", "ACP; AWP", "Work product/attorney client", "Joint Defense", "Trade secret", "")
    }
    assert told == {
        "AC": "attorney_client",
        "ACP; AWP": "attorney_client",
        "Work product/attorney client": "work_product",
        "Joint Defense": "common_interest",
        "Trade secret": "other",
        "": "",
    }


# Hostile files -----------------------------------------------------------------------------------------------------------


def test_too_many_rows_too_many_bytes_nothing_at_all() -> None:
    head = ["Entry No.", "Description"]
    rows = [[str(number), "x"] for number in range(1, 52)]
    assert "more than 50 rows" in refusal(as_csv(head, *rows))
    assert "more than 50 rows" in refusal(as_xlsx(head, *rows), "log.xlsx")
    assert len(read(as_csv(head, *rows[:50])).rows) == 50
    assert "at most 0 MB" in refusal(b"x" * 20, limits=Limits(10, 10, 10))
    assert "empty" in refusal(b"")


@pytest.mark.parametrize("name", ["log.xls", "log.pdf", "log", "log.xlsx.exe"])
def test_other_kinds_are_not_taken(name: str) -> None:
    assert "Taken are: CSV, XLSX" in refusal(b"x", name)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"%PDF-1.7", b"\x00" * 100, b"Entry No.,Description\n1,x"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert "something else inside" in refusal(content, "log.xlsx")


def test_a_workbook_named_csv_is_refused() -> None:
    assert "something else inside" in refusal(as_xlsx(("Entry No.", "Description")), "log.csv")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * (30 << 20))
    assert len(file.getvalue()) < 100_000
    assert "unpacks to more than 20 MB" in refusal(file.getvalue(), "log.xlsx")


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * (30 << 20))
    content = file.getvalue().replace(struct.pack("<L", 30 << 20), struct.pack("<L", 10))
    assert "something else inside" in refusal(content, "log.xlsx") or "cannot be read" in refusal(content, "log.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    good = as_xlsx(("Entry No.", "Description"), (1, "x"))
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?>{" " * 9000}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, bomb.encode(encoding) if name == "xl/styles.xml" else source.read(name))
    assert "XML declarations" in refusal(file.getvalue(), "log.xlsx")


def test_a_sheet_that_names_a_line_far_away_is_refused() -> None:
    good = as_xlsx(("Entry No.", "Description"), (1, "x"))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            archive.writestr(name, text.replace(b'<row r="2"', b'<row r="999999999"') if name.endswith("sheet1.xml") else text)
    assert "names a line that no sheet has" in refusal(file.getvalue(), "log.xlsx")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_nonsense_is_refused_in_words_and_never_breaks(content: bytes) -> None:
    for name in ("log.csv", "log.xlsx"):
        for begun in (content, b"Entry No.,Description\n" + content, b"PK\x03\x04" + content):
            try:
                read(begun, name)
            except IntakeRefused as refused:
                told = str(refused)
                assert told


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_workbook_is_refused_in_words_and_never_breaks(slips: list[tuple[int, int]]) -> None:
    damaged = bytearray(as_xlsx(("Entry No.", "Description"), *((n, f"Notes {n}") for n in range(1, 40))))
    for place, byte in slips:
        damaged[place % len(damaged)] = byte
    try:
        read(bytes(damaged), "log.xlsx")
    except IntakeRefused as refused:
        told = str(refused)
        assert told


# Import, export, import --------------------------------------------------------------------------------------------------

texts = st.text(max_size=60).filter(lambda text: not unprintable(text.replace("\r", "\n")))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_went_out(cells: list[tuple[str, str, str]]) -> None:
    head = ["Entry No.", "From", "Subject", "Privilege Description"]
    first = read(as_csv(head, *([str(number), *row] for number, row in enumerate(cells, start=1))))
    assert (len(first.rows), first.refused) == (len(cells), [])
    rows = [[row.number, row.sender, row.subject, row.description] for row in first.rows]

    made = csv_answer("log", head, rows).getvalue()
    assert [told(row) for row in read(made).rows] == [told(row) for row in first.rows]
    for line in list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)

    book = xlsx_answer("log", "Log", head, rows).content
    assert [told(row) for row in read(book, "log.xlsx").rows] == [told(row) for row in first.rows]


def told(row: LogRow) -> tuple[int, str, str, str]:
    return row.number, row.sender, row.subject, row.description
