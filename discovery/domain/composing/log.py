"""Composing a privilege log as a paper: a version with its entries -> snapshot (forms.md section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, number_label_of, printed_date, stamped
from discovery.domain.errors import Refused
from discovery.enums import LogKind, PaperKind, PrivilegeBasis, Role, Side, Withheld
from discovery.models import PrivilegeLog, PrivilegeLogEntry, RespondingParty
from discovery.papers.privilege_log import LogColumn, LogLine, LogPaper

LOG_ROWS = ("case__court", "responding_party__person", "responding_party__case")
"""What a log is composed from, fetched with it in one query; its entries follow in a second one."""
NOTHING = {"", "0"}
BY_DOCUMENT = frozenset({LogKind.DOCUMENT.value, LogKind.METADATA.value})


@dataclass(frozen=True, slots=True)
class Printed:
    """A column: its heading, its share of the width, its text, whether it is printed even when no entry has anything in it, and
    the word that says nothing where every entry has it."""

    heading: str
    weight: int
    text: Callable[[PrivilegeLogEntry], str]
    always_in: frozenset[str] = frozenset()
    usual: str = ""


# The columns of the log of 8VC (Dkt. 210-1) stand always, in its order; the others stand where an entry has something to say there.
COLUMNS = (
    Printed("Entry No.", 5, lambda e: str(e.number), frozenset(LogKind)),
    Printed("Bates No.", 11, lambda e: "–".join(dict.fromkeys(filter(None, (e.bates_first, e.bates_last)))), BY_DOCUMENT),
    Printed("Documents", 6, lambda e: str(e.documents) if e.documents != 1 else "", frozenset({LogKind.CATEGORY.value})),
    Printed("Attach. Count", 5, lambda e: str(e.attachments), BY_DOCUMENT),
    Printed("Sent Date", 7, lambda e: e.sent, frozenset(LogKind)),
    Printed("Time", 6, lambda e: e.sent_time, BY_DOCUMENT),
    Printed("Doc Type", 9, lambda e: e.document_type),
    Printed("Custodian", 8, lambda e: e.custodian),
    Printed("Author", 9, lambda e: e.author),
    Printed("From", 11, lambda e: e.sender, frozenset(LogKind)),
    Printed("To", 12, lambda e: e.recipients, frozenset(LogKind)),
    Printed("CC", 10, lambda e: e.cc, BY_DOCUMENT),
    Printed("BCC", 8, lambda e: e.bcc),
    Printed("Subject", 14, lambda e: e.subject, BY_DOCUMENT),
    Printed("Privilege Type", 9, lambda e: e.basis_text or _basis(e.basis), frozenset(LogKind)),
    Printed("Privilege Description", 22, lambda e: e.description, frozenset(LogKind)),
    Printed("Withheld / Redacted", 8, lambda e: Withheld(e.withheld).label, usual=Withheld.WHOLE.label),
    Printed("Request Nos.", 7, lambda e: e.requests),
)


def compose_log(log: PrivilegeLog, paper: str = PaperKind.PRIVILEGE_LOG.value) -> LogPaper:
    """Return the snapshot of a log's version. Raises Refused without entries, and for more than one PDF can hold."""
    entries = list(log.entries.all()[: settings.LOG_PRINTED_ROWS + 1])
    if not entries:
        raise Refused(_("This log has no entries yet. Add them first."))
    if len(entries) > settings.LOG_PRINTED_ROWS:
        raise Refused(
            _("This log has more than %(limit)d entries: too many for one PDF. Export it as .xlsx.")
            % {"limit": settings.LOG_PRINTED_ROWS}
        )
    found = [[column.text(entry) for entry in entries] for column in COLUMNS]
    shown = [
        (column, texts)
        for column, texts in zip(COLUMNS, found, strict=True)
        if log.kind in column.always_in or any(text not in NOTHING and text != column.usual for text in texts)
    ]
    title = log_title(log)
    marked = any(
        "*" in text for column, texts in shown if column.heading in {"Author", "From", "To", "CC", "BCC"} for text in texts
    )
    return LogPaper(
        paper=paper,
        language=log.case.court.language,
        document_title=title,
        parts=("log",),
        caption=caption_of(log.case),
        title=title,
        about=(_about(log, len(entries)),),
        legend="* denotes an attorney" if marked else "",
        columns=tuple(LogColumn(column.heading, column.weight) for column, _texts in shown),
        lines=tuple(LogLine(cells) for cells in zip(*(texts for _column, texts in shown), strict=True)),
        served=log.side == Side.THEIRS or log.served_on is not None,
        author=str(log.responding_party),
        created=stamped(log.changed_at),
    )


def log_title(log: PrivilegeLog) -> str:
    """Return the title as 8VC's log has it: NON-PARTY 8VC PRIVILEGE LOG (Case No. 4:24-cv-04722-YGR).

    The number is called what the court calls it: "Index No.", "Cause No.".
    """
    label = number_label_of(log.case.court)
    called = label.title() if label.isupper() else label
    whose = f"{standing_of(log.responding_party)} {log.responding_party} PRIVILEGE LOG".upper()
    return f"{whose} ({called} {log.case.docket_number})"


def standing_of(responder: RespondingParty) -> str:
    """Return what a responding party is in the case: "Non-Party", or its first role."""
    party = responder.party()
    role = party.roles.first() if party is not None else None
    if role is None:
        return "Non-Party" if party is None else "Party"
    return Role(role.role).label


def _about(log: PrivilegeLog, count: int) -> str:
    """Return the line under the title, in the program's own language: papers do not follow the reader's."""
    served = f", served {printed_date(log.served_on)}" if log.served_on else ""
    return f"Version {log.number}{served}; {count:,} {'entry' if count == 1 else 'entries'}"


def _basis(basis: str) -> str:
    return PrivilegeBasis(basis).label if basis else ""
