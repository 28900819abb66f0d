"""A table out of a file that somebody sent: .csv or .xlsx, bytes to lines of text cells, every limit kept before memory is spent.

Nothing is computed: a formula is the text that it is written as. A line that cannot be read is handed on with its reason.
"""

from __future__ import annotations

import csv
import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MEGABYTE = 1024 * 1024
EXCEL_LINES = 1_048_576
"""The last line that a sheet can have; a file that names a later one would make a reader count to it."""
COLUMNS = 200
MEMBERS = 1_000
"""Files in a workbook; a real one has a few dozen."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What an export puts an apostrophe before (OWASP, CSV injection): taken away again when the file comes back."""
DELIMITERS = ",;\t"
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, ValueError, OverflowError, EOFError, OSError)
"""What reading a zip raises when its bytes are wrong: a directory that points nowhere, a part that does not unpack, a password."""


class IntakeRefused(Exception):
    """A file is not taken; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes of the file, bytes that it may unpack to, lines with something in them."""

    size: int
    unpacked: int
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, `number` as the file counts; `problem` says why it could not be read, then without cells."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a file with something in them, lazily, and what is to be said about how it was read."""

    lines: Iterator[Line]
    notes: tuple[str, ...] = ()


def tables_of(name: str, content: bytes, limits: Limits) -> Iterator[Table]:
    """Yield the tables of a file: the one of a .csv, each sheet of an .xlsx. Raises IntakeRefused, also while it is read."""
    if not content:
        raise IntakeRefused(_("The file is empty. Choose it again."))
    if len(content) > limits.size:
        raise IntakeRefused(
            _("The file has %(size)d MB; at most %(limit)d MB are taken. Split it.")
            % {"size": -(-len(content) // MEGABYTE), "limit": limits.size // MEGABYTE}
        )
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")):
            raise IntakeRefused(_("The file is named .csv but is something else inside. Save it as CSV, or choose another file."))
        yield _csv(content, limits)
    elif ending == "xlsx":
        yield from _xlsx(content, limits)
    else:
        raise IntakeRefused(_("This kind of file is not taken. Taken are: CSV, XLSX. Save an .xls or .ods as .xlsx first."))


# .csv --------------------------------------------------------------------------------------------------------------------


def _csv(content: bytes, limits: Limits) -> Table:
    text, note = _decoded(content)
    first = "\n".join(text[:65536].splitlines()[:20])
    delimiter = max(DELIMITERS, key=first.count)
    return Table(_csv_lines(text, delimiter, limits.lines), (note,) if note else ())


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file and what is to be said about its encoding: UTF-8 is the rule, spreadsheets still write cp1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", _("Read as UTF-16, as its first bytes say."))]
    else:
        encodings = [
            ("utf-8-sig", ""),
            ("cp1252", _("Read as Windows-1252, since it is no UTF-8. Look at the accents and quotation marks in the preview.")),
        ]
    for encoding, note in encodings:
        try:
            return content.decode(encoding), note
        except UnicodeDecodeError:
            continue
    raise IntakeRefused(_("The text of the file can be read neither as UTF-8 nor as Windows-1252. Save it as “CSV UTF-8”."))


def _csv_lines(text: str, delimiter: str, limit: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, began = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(began, (), _("The quotation marks of this line do not match, or a cell is longer than 131,072 characters."))
            began = reader.line_num + 1
            continue
        line = Line(began, tuple(plain(cell) for cell in cells[:COLUMNS]))
        began = reader.line_num + 1
        if any(line.cells):
            found += 1
            _not_too_many(found, limit)
            yield line


# .xlsx -------------------------------------------------------------------------------------------------------------------


def _xlsx(content: bytes, limits: Limits) -> Iterator[Table]:
    _refuse_bombs(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        raise IntakeRefused(_("The workbook cannot be read. Open it, save it again as .xlsx, or save it as CSV.")) from error
    with closing(book):
        for sheet in book.worksheets[:20]:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what a file says of its own size is not believed
                yield Table(_sheet_lines(sheet, limits.lines))


def _sheet_lines(sheet: Any, limit: int) -> Iterator[Line]:
    found, blank = 0, None
    rows = sheet.iter_rows(max_col=COLUMNS, values_only=True)
    for number in itertools.count(1):
        try:
            values = next(rows, None)
        except Exception as error:
            raise IntakeRefused(
                _("The workbook cannot be read after line %(line)d. Save it again, or save it as CSV.") % {"line": number - 1}
            ) from error
        if values is None:
            return
        if number > EXCEL_LINES:
            raise IntakeRefused(_("The workbook names a line that no sheet has. Save it again, or save it as CSV."))
        if values is blank:
            continue  # openpyxl hands out one and the same row for all that a sheet leaves out: a million of them cost nothing
        if all(value is None for value in values):
            blank = values
        else:
            cells = tuple(plain(shown(value)) if value is not None else "" for value in _without_end(values))
            if any(cells):
                found += 1
                _not_too_many(found, limit)
                yield Line(number, cells)


def _without_end(values: Sequence[object]) -> Sequence[object]:
    """Return a row without the empty cells that it is filled up with."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return values[:end]


def shown(value: object) -> str:
    """Return a cell of a workbook as text: days as ISO 8601, whole numbers without ".0", a formula as it is written."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = value.replace(microsecond=0)
        return f"{moment:%Y-%m-%d}" if moment.time() == time(0) else f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _refuse_bombs(content: bytes, limits: Limits) -> None:
    """Refuse a workbook that unpacks to too much, or that declares entities: looked at before anything of it is kept.

    `zipfile` never unpacks more of a member than its entry says, so the sizes that are added up here bound the memory.
    """
    not_a_book = _("The file is named .xlsx but is something else inside. Save it anew in that format, or choose another file.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise IntakeRefused(not_a_book)
            if len(members) > MEMBERS or sum(member.file_size for member in members) > limits.unpacked:
                raise IntakeRefused(
                    _("The workbook unpacks to more than %(limit)d MB. Delete what is not the log, or save it as CSV.")
                    % {"limit": limits.unpacked // MEGABYTE}
                )
            for member in members:
                with archive.open(member) as stream:
                    if _declares(iter(lambda stream=stream: stream.read(16384), b"")):  # type: ignore[misc]
                        raise IntakeRefused(_("The workbook holds XML declarations that no spreadsheet writes. It was not opened."))
    except DAMAGED as error:
        raise IntakeRefused(not_a_book) from error


class _PrologEnded(Exception):
    """The first element begins: no document type can follow."""


def _declares(chunks: Iterable[bytes]) -> bool:
    """Whether an XML text has a document type (and so could expand entities), in whatever encoding; only its head is read."""
    declared = False

    def found(*_facts: object) -> None:
        nonlocal declared
        declared = True
        raise _PrologEnded

    def ended(*_facts: object) -> None:
        raise _PrologEnded

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = found, ended
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)  # expat may hold a short text back until it hears that it is whole
    except (_PrologEnded, expat.ExpatError):
        return declared
    return declared


# Both --------------------------------------------------------------------------------------------------------------------


def plain(cell: str) -> str:
    """Return a cell's text: line ends alike, no space around it, and without the apostrophe that an export put before a formula."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    while text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        text = text[1:].strip()
    return text


def _not_too_many(found: int, limit: int) -> None:
    if found > limit + 20:  # the header and the titles above it
        raise IntakeRefused(
            _("The file has more than %(limit)d rows. Split it, and import the parts as one log each.") % {"limit": limit}
        )
