"""Tables as workbooks: long texts stand in lines, and the sheet prints as a table does."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from discovery.staff.sheets import xlsx_answer


def test_a_workbook_prints_as_a_table_and_cuts_no_text_off() -> None:
    answer = xlsx_answer("log", "Privilege log", ["No.", "Description"], [[1, "Short"], [2, "Long words. " * 20]])
    sheet = load_workbook(BytesIO(answer.content)).active
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.page_setup.orientation) == ("$1:$1", "A2", "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert [cell.alignment.wrap_text for cell in (*sheet[2], *sheet[3])] == [None, None, None, True]
    assert sheet["B3"].value == "Long words. " * 20
