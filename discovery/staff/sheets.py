"""Tables as files to work on elsewhere: .csv and .xlsx of what a screen shows. No cell of them is ever run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from discovery.intake.tables import FORMULA_STARTS

Cells = Sequence[object]
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
LONGEST = 32_767
"""The most characters that a cell of a workbook holds."""
SHEET_NAME = 31
WIDEST = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def neutral(value: object) -> str:
    """Return a cell's text so that no spreadsheet runs it as a formula: an apostrophe before it makes it text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_answer(name: str, head: Cells, rows: Iterable[Cells]) -> StreamingHttpResponse:
    """Return a table as CSV, row by row, to be saved as `name` with the day's date."""
    answer = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    return _to_save(answer, f"{name}-{timezone.localdate():%Y-%m-%d}.csv")


def xlsx_answer(name: str, title: str, head: Cells, rows: Iterable[Cells]) -> HttpResponse:
    """Return a table as a workbook with one sheet; dates and numbers stay what they are, the head stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    told = [list(map(_value, cells)) for cells in rows]
    for place, words in enumerate(head):
        longest = max((len(str(cells[place])) for cells in told if cells[place] is not None), default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(longest, len(str(words))), WIDEST) + 2
    sheet.freeze_panes = "A2"
    # Printed, as a log is that goes out as a workbook: across the page, all columns on it, the head on each.
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    bold = []
    for words in head:
        cell = WriteOnlyCell(sheet, value=neutral(words))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for cells in told:
        sheet.append([_wrapped(sheet, cell) if isinstance(cell, str) and len(cell) > WIDEST else cell for cell in cells])
    file = BytesIO()
    book.save(file)
    return _to_save(HttpResponse(file.getvalue(), content_type=XLSX), f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx")


class _Echo:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # A byte order mark: without it spreadsheets read the accents of UTF-8 as two letters each.
    yield "\ufeff" + writer.writerow([neutral(words) for words in head])
    for cells in rows:
        yield writer.writerow([neutral(cell) for cell in cells])


def _value(cell: object) -> object:
    """Return what a workbook's cell holds: a number or a date as such, anything else as text that is no formula."""
    if isinstance(cell, datetime):
        return timezone.make_naive(cell) if timezone.is_aware(cell) else cell
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | date | time):
        return neutral(ILLEGAL_CHARACTERS_RE.sub("", str(cell))[: LONGEST - 1])
    return cell


def _wrapped(sheet: Any, text: str) -> WriteOnlyCell:
    """Return a cell whose text is wider than any column, in lines below one another instead of cut off."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _sheet_name(title: str) -> str:
    """Return a title as Excel allows it for a sheet: 31 characters, none of []:*?/\\ and no apostrophe at an end."""
    return ILLEGAL_CHARACTERS_RE.sub("", title.translate(str.maketrans("[]:*?/\\", "       ")))[:SHEET_NAME].strip("' ") or "1"


def _to_save(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
