"""A privilege log out of a .csv or an .xlsx: columns found by their usual names, rows read one by one, refusals told.

The columns are those of real logs (8VC in *Musk v. Altman*, Dkt. 210-1: Entry No., Bates No., Attach. Count, Sent Date, Time, From,
To, CC, Subject, Privilege Type, Privilege Description) and what vendors add to them. Pure functions: bytes to rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from discovery.enums import PrivilegeBasis, Withheld
from discovery.intake.moments import day_of, is_time, split_moment
from discovery.intake.tables import COLUMNS, IntakeRefused, Limits, Line, tables_of

COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "Entry No.",
        "Entry",
        "Entry Number",
        "Log No.",
        "Log Entry",
        "Log Number",
        "Priv No.",
        "Privilege No.",
        "Priv Log No.",
        "Control No.",
        "Control Number",
        "Doc No.",
        "Document No.",
        "Item",
        "Item No.",
        "No.",
        "#",
    ),
    "bates": ("Bates No.", "Bates", "Bates Number", "Bates Range", "Bates Nos.", "Bates Numbers", "Prod Bates"),
    "bates_first": (
        "Beg Bates",
        "Begin Bates",
        "BegBates",
        "Beginning Bates",
        "Bates Begin",
        "Bates Beg",
        "Bates Start",
        "Prod Beg Bates",
        "Bates From",
        "First Bates",
    ),
    "bates_last": ("End Bates", "EndBates", "Ending Bates", "Bates End", "Bates Stop", "Prod End Bates", "Bates To", "Last Bates"),
    "documents": ("Documents", "Doc Count", "Document Count", "No. of Documents", "Number of Documents"),
    "attachments": (
        "Attach. Count",
        "Attach Count",
        "Attachment Count",
        "Attachments",
        "No. of Attachments",
        "Number of Attachments",
    ),
    "sent": (
        "Sent Date",
        "Date",
        "Date Sent",
        "Doc Date",
        "Document Date",
        "Date of Document",
        "Date Range",
        "Primary Date",
        "Sent Date/Time",
        "Date/Time Sent",
        "Date/Time",
    ),
    "sent_time": ("Time", "Sent Time", "Time Sent"),
    "document_type": ("Doc Type", "Document Type", "Type of Document", "File Type", "Doc. Type", "Record Type"),
    "custodian": ("Custodian", "Custodians", "All Custodians"),
    "author": ("Author", "Authors", "Author(s)"),
    "sender": ("From", "Sender", "Email From"),
    "recipients": ("To", "Recipient", "Recipients", "Recipient(s)", "Email To"),
    "cc": ("CC", "Cc's", "Copied", "Email CC", "Copyees"),
    "bcc": ("BCC", "Bcc's", "Email BCC"),
    "subject": ("Subject", "Subject Line", "Email Subject", "Title", "Subject/Title", "File Name", "Filename"),
    "basis_text": (
        "Privilege Type",
        "Privilege",
        "Privilege Basis",
        "Basis",
        "Basis of Privilege",
        "Privilege Claimed",
        "Privilege Asserted",
        "Type of Privilege",
        "Privilege Reason",
        "Basis for Withholding",
    ),
    "description": (
        "Privilege Description",
        "Description",
        "Priv Description",
        "Privilege Log Description",
        "Document Description",
        "Description of Document",
        "Category Description",
    ),
    "withheld": ("Withheld/Redacted", "Withheld", "Treatment", "Withheld or Redacted", "Privilege Status", "Production Status"),
    "requests": ("Request Nos.", "Request No.", "Requests", "RFP No.", "RFP Nos.", "Responsive to Request"),
}
"""The usual spellings of each column; the first one is what an export writes. Case, points and spaces do not matter."""
NEEDED = (("number", "bates", "bates_first"), ("basis_text", "description"))
"""One of each group must be there: what has neither entry nor Bates number, or neither basis nor description, is no log."""
LENGTHS = {
    "bates_first": 60,
    "bates_last": 60,
    "sent": 40,
    "sent_time": 40,
    "document_type": 80,
    "custodian": 200,
    "basis_text": 200,
    "requests": 200,
}
"""What a column holds at most."""
LONGEST_NUMBER = 2_147_483_647
TITLES = 20
"""Lines above the header in which a title may stand."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry as the file gives it, `line` as the file counts."""

    line: int
    number: int
    bates_first: str = ""
    bates_last: str = ""
    documents: int = 1
    attachments: int = 0
    sent: str = ""
    sent_on: date | None = None
    sent_time: str = ""
    document_type: str = ""
    custodian: str = ""
    author: str = ""
    sender: str = ""
    recipients: str = ""
    cc: str = ""
    bcc: str = ""
    subject: str = ""
    basis: str = ""
    basis_text: str = ""
    description: str = ""
    withheld: str = Withheld.WHOLE.value
    requests: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken: where it stands, why, and the beginning of what it says."""

    line: int
    reason: str
    begins: str


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column of the file: its heading, and the field that it fills ("" for one that is not read)."""

    heading: str
    field: str


@dataclass(slots=True)
class LogRead:
    """What a file gives: its columns, the rows that are taken, those that are not, and what is to be said about the reading."""

    columns: list[ColumnFound]
    rows: list[LogRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + len(self.refused)


class RowRefused(Exception):
    """One row is not taken; `str()` says why."""


def read_log(name: str, content: bytes, limits: Limits) -> LogRead:
    """Read a privilege log from the bytes of a file called `name`. Raises IntakeRefused for a file that is not taken as a whole.

    A row that cannot be read is in `refused`; a day or an hour that cannot be read stays as it is typed (the checks speak of it).
    """
    looked_at: list[str] = []
    for table in tables_of(name, content, limits):
        head = list(islice(table.lines, TITLES))
        for at, line in enumerate(head):
            columns = columns_of(line.cells)
            if columns is not None:
                found = LogRead(columns, notes=list(table.notes))
                _fill(found, [*head[at + 1 :]], table.lines, limits.lines)
                return found
        looked_at += [" | ".join(cell for cell in line.cells if cell)[:200] for line in head[:1]]
    raise IntakeRefused(
        _(
            "No header of a privilege log was found. Expected are columns such as %(expected)s: at least an entry number or a "
            "Bates number, and a privilege or a description. The file begins with: %(found)s."
        )
        % {"expected": ", ".join(names[0] for names in COLUMN_NAMES.values()), "found": "; ".join(looked_at) or _("nothing")}
    )


def columns_of(cells: Iterable[str]) -> list[ColumnFound] | None:
    """Return the columns that a line of headings names, or None when it is no header of a privilege log.

    Of two columns that fill the same field the first one counts; the other is shown as not read.
    """
    taken: set[str] = set()
    columns = []
    for cell in cells:
        found = _FIELDS.get(_key(cell), "")
        if found in taken:
            found = ""
        taken |= {found}
        columns.append(ColumnFound(cell, found))
    while columns and not columns[-1].heading:
        columns.pop()
    return columns if all(taken & set(group) for group in NEEDED) else None


def basis_of(text: str) -> str:
    """Return the privilege that a text claims first, "other" for one that is not known, "" for none."""
    places = [(found.start(), basis) for basis, pattern in _BASES for found in [pattern.search(text)] if found]
    if places:
        return min(places)[1]
    return PrivilegeBasis.OTHER.value if text else ""


def _key(heading: str) -> str:
    """Return what a heading is compared by: letters and the number sign, small."""
    return re.sub(r"[^a-z0-9#]", "", heading.lower().replace("number", "no").replace("nos", "no"))


_FIELDS = {_key(spelling): name for name, spellings in reversed(COLUMN_NAMES.items()) for spelling in spellings}
_BASES = (
    (
        PrivilegeBasis.ATTORNEY_CLIENT.value,
        re.compile(r"attorney[\s/–-]*client|lawyer[\s/–-]*client|\bA\.?/?C\.?(P|\b)", re.IGNORECASE),
    ),
    (PrivilegeBasis.WORK_PRODUCT.value, re.compile(r"work[\s-]*product|\bA?WP\b", re.IGNORECASE)),
    (PrivilegeBasis.COMMON_INTEREST.value, re.compile(r"common[\s-]*interest|joint[\s-]*defen[sc]e|\bC\.?I\.?P?\b", re.IGNORECASE)),
    (PrivilegeBasis.SPOUSAL.value, re.compile(r"spous|marital", re.IGNORECASE)),
)


def _fill(found: LogRead, first: list[Line], rest: Iterator[Line], limit: int) -> None:
    seen: dict[int, int] = {}
    has_numbers = any(column.field == "number" for column in found.columns)
    for place, line in enumerate(_chained(first, rest), start=1):
        if place > limit:
            raise IntakeRefused(
                _("The file has more than %(limit)d rows. Split it, and import the parts as one log each.") % {"limit": limit}
            )
        try:
            row = _row(found.columns, line, "" if has_numbers else str(place))
            if row.number in seen:
                raise RowRefused(
                    _("Entry %(number)d stands already in line %(line)d. Give each entry a number of its own.")
                    % {"number": row.number, "line": seen[row.number]}
                )
        except RowRefused as refused:
            begins = " | ".join(cell for cell in line.cells if cell)[:160]
            found.refused.append(RefusedRow(line.number, str(refused), begins))
        else:
            seen[row.number] = line.number
            found.rows.append(row)
    if not has_numbers:
        found.notes.append(_("The file has no entry numbers: the rows are numbered in its order."))


def _chained(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


def _row(columns: list[ColumnFound], line: Line, number: str) -> LogRow:
    if line.problem:
        raise RowRefused(line.problem)
    if any(line.cells[len(columns) : COLUMNS]):
        raise RowRefused(_("It has more cells than the header has columns. A comma in a text needs quotation marks around it."))
    told = {column.field: cell for column, cell in zip(columns, line.cells, strict=False) if column.field}
    if number:
        told["number"] = number
    if "bates" in told:
        first, last = _bates(told.pop("bates"))
        told["bates_first"], told["bates_last"] = told.get("bates_first") or first, told.get("bates_last") or last
    _split_time(told)
    for name, longest in LENGTHS.items():
        if len(told.get(name, "")) > longest:
            raise RowRefused(
                _("%(column)s has %(length)d characters; at most %(longest)d are kept.")
                % {"column": COLUMN_NAMES[name][0], "length": len(told[name]), "longest": longest}
            )
    texts = {name: told.get(name, "") for name in _TEXTS}
    return LogRow(
        line=line.number,
        number=_number(told.get("number", "")),
        documents=_count(told.get("documents", ""), "documents", 1),
        attachments=_count(told.get("attachments", ""), "attachments", 0),
        sent_on=day_of(told.get("sent", "")),
        basis=basis_of(told.get("basis_text", "")),
        withheld=_withheld(told.get("withheld", "")),
        **texts,
    )


_TEXTS = (
    "bates_first",
    "bates_last",
    "sent",
    "sent_time",
    "document_type",
    "custodian",
    "author",
    "sender",
    "recipients",
    "cc",
    "bcc",
    "subject",
    "basis_text",
    "description",
    "requests",
)


def _split_time(told: dict[str, str]) -> None:
    """Move an hour that stands behind the day into the time, where that is empty."""
    day, hour = split_moment(told.get("sent", ""))
    if hour and not told.get("sent_time") and day_of(day) is not None and is_time(hour):
        told["sent"], told["sent_time"] = day, hour


def _bates(text: str) -> tuple[str, str]:
    """Return "8VC000001 - 8VC000004" as first and last; one number is both ends, so the last stays empty."""
    ends = [part.strip() for part in re.split(r"\s+(?:-|–|to|through)\s+|\s*–\s*", text.strip(), maxsplit=1) if part.strip()]
    if len(ends) == 1:
        tight = re.fullmatch(r"(\S*[A-Za-z_]\S*\d)-(\S*[A-Za-z_]\S*\d)", ends[0])
        ends = [tight[1], tight[2]] if tight else ends
    return (ends[0], ends[1]) if len(ends) == 2 else ("".join(ends[:1]), "")


def _number(text: str) -> int:
    if not text:
        raise RowRefused(_("It has no entry number."))
    found = re.fullmatch(r"[A-Za-z _.#-]*?0*([0-9]{1,10})\.?", text)
    if text.startswith("=") or found is None:
        raise RowRefused(_("“%(text)s” is no entry number: a whole number is expected.") % {"text": text[:60]})
    number = int(found[1])
    if not 0 < number <= LONGEST_NUMBER:
        raise RowRefused(_("“%(text)s” is no entry number: a whole number is expected.") % {"text": text[:60]})
    return number


def _count(text: str, name: str, without: int) -> int:
    if not text:
        return without
    found = re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,9}", text)
    if found is None:
        raise RowRefused(_("%(column)s: “%(text)s” is no number.") % {"column": COLUMN_NAMES[name][0], "text": text[:60]})
    return int(text.replace(",", ""))


def _withheld(text: str) -> str:
    """Return whether a document is withheld or redacted. Raises RowRefused for a word that says neither."""
    if not text:
        return Withheld.WHOLE.value
    if re.search(r"redact|in part|partial|\bR\b", text, re.IGNORECASE):
        return Withheld.REDACTED.value
    if re.search(r"with?held|withhold|whole|full|entire|priv|^y(es)?$|\bW\b", text, re.IGNORECASE):
        return Withheld.WHOLE.value
    raise RowRefused(_("“%(text)s” says neither withheld nor redacted.") % {"text": text[:60]})
