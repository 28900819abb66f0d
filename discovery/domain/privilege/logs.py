"""Keeping privilege logs: a version as it came or as we made it, its entries while it is ours and not served, its service.

A story: 8VC serves its log of 118 entries on August 20; `record_log` writes version 1. We challenge entries 7 and 12
(`log_challenges`). On September 5 it serves an amended log: version 2 supersedes version 1, the challenge of entry 12 goes along,
and the record says that entry 7 vanished while its challenge was open.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _

from discovery.domain.attachments import PAPERS_AND_SHEETS, keep_attachment
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Conflict, Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.privilege.versions import CARRIED, CONTENT, Comparison, carry_over, tie_to_rows
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, LogKind, Side
from discovery.intake.privilege_logs import LogRead, LogRow, RefusedRow
from discovery.models import CaseParty, PrivilegeLog, PrivilegeLogEntry, RespondingParty
from discovery.papers.characters import describe, unprintable

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

BATCH = 1000
TEXTS = [
    one
    for one in PrivilegeLogEntry._meta.concrete_fields
    if isinstance(one, models.CharField | models.TextField) and one.editable and not one.choices
]
"""The fields of an entry in which people write."""


def side_of(responder: RespondingParty) -> Side:
    """Return whose log a responding party's is: ours if it is our client."""
    ours = CaseParty.objects.filter(case_id=responder.case_id, person_id=responder.person_id, is_client=True).exists()
    return Side.OURS if ours else Side.THEIRS


def rule_of_claim(responder: RespondingParty) -> str:
    """Return the rule under which a responding party claims privilege: parties and non-parties have one each."""
    return "Fed. R. Civ. P. 26(b)(5)(A)" if responder.party() is not None else "Fed. R. Civ. P. 45(e)(2)(A)"


def entries_of(rows: Iterable[LogRow]) -> list[PrivilegeLogEntry]:
    """Return the rows of a file as entries that are not saved."""
    return [PrivilegeLogEntry(**{name: value for name, value in asdict(row).items() if name != "line"}) for row in rows]


def without_unprintable(read: LogRead) -> LogRead:
    """Move the rows that no font of ours can print to those refused, naming the character: a log goes out as a paper, too."""
    kept = []
    for row in read.rows:
        told = next((said for one in TEXTS if (said := _unprintable(getattr(row, one.name)))), "")
        if told:
            read.refused.append(RefusedRow(row.line, told, f"{row.number} | {row.description}"[:160]))
        else:
            kept.append(row)
    read.rows = kept
    read.refused.sort(key=lambda one: one.line)
    return read


@verb
def record_log(
    log: PrivilegeLog,
    entries: Iterable[PrivilegeLogEntry],
    *,
    by: User,
    upload: Upload | None = None,
    expected: int | None = None,
    refused: int = 0,
) -> PrivilegeLog:
    """Record a version of a responding party's log with its entries; it supersedes the one before and carries its challenges over.

    `expected` is the id of the version that a preview showed as the one before (0 for none), None when nobody looked; `refused`
    says how many rows of the file were left out. Raises Refused for a day ahead, numbers that repeat, a text too long or one that
    cannot be printed; Conflict when somebody else recorded a version meanwhile.
    """
    responder = _locked_responder(log)
    _must_fit(log, responder)
    written = list(entries)
    _must_fit_entries(written)
    # Locked, so that no challenge is recorded on it between its being read and its being superseded.
    versions = PrivilegeLog.objects.select_for_update(of=("self",)).order_by("pk")
    before = versions.filter(case=responder.case_id, responding_party=responder, superseded=False).first()
    _must_be_expected(before, expected)
    last = PrivilegeLog.objects.filter(case=responder.case_id, responding_party=responder).aggregate(last=Max("number"))["last"]
    log.number, log.recorded_by = (last or 0) + 1, by
    if upload is not None:
        log.paper = keep_attachment(responder.case, upload, by=by, field="upload", kinds=PAPERS_AND_SHEETS)
    compared = Comparison()
    if before is not None:
        compared = carry_over(list(before.entries.all()), written)
        PrivilegeLog.objects.filter(pk=before.pk).update(superseded=True)
    log.save()
    _write(log, written)
    details: dict[str, Any] = {"version": log.number, "entries": len(written), **compared.told()}
    details |= {"refused": refused} if refused else {}
    if log.served_on:
        details["served_on"] = str(log.served_on)
    law = CourtLaw(responder.case.court)
    happened = noon(log.served_on, law) if log.served_on else None
    record(Act.LOG_RECORDED, log, case=responder.case, by=by, summary=lambda: _named(log), details=details, happened_at=happened)
    return log


@verb
def next_version(log: PrivilegeLog, *, by: User) -> PrivilegeLog:
    """Start the next version of our own log from the one that was served, entry by entry. Raises Refused for another."""
    _locked_responder(log)
    current = _locked(log)
    if current.side != Side.OURS:
        raise Refused(_("This log is theirs: import the newer one as it came."))
    if current.superseded or current.served_on is None:
        raise Refused(_("Only the current version, once served, is followed by a next one. Change this one as it is."))
    old = list(current.entries.all())
    copies = [PrivilegeLogEntry(**{name: getattr(one, name) for name in ("number", "sent_on", *CONTENT, *CARRIED)}) for one in old]
    new = PrivilegeLog(
        case=current.case,
        responding_party=current.responding_party,
        side=current.side,
        kind=current.kind,
        number=current.number + 1,
        recorded_by=by,
    )
    PrivilegeLog.objects.filter(pk=current.pk).update(superseded=True)
    new.save()
    _write(new, copies)
    details = {"version": new.number, "entries": len(copies), "from_version": current.number}
    record(Act.LOG_RECORDED, new, case=current.case, by=by, summary=lambda: _named(new), details=details)
    return new


@verb
def change_entries(
    log: PrivilegeLog,
    entries: Sequence[PrivilegeLogEntry] = (),
    *,
    by: User,
    removed: Iterable[int] = (),
    seen: int | None = None,
) -> list[PrivilegeLogEntry]:
    """Add and change entries of our own log, and take out those numbered `removed`, while it is not served.

    A new entry without a number gets the next one. `seen` is the `fingerprint` of the one entry that a form was opened at. Raises
    Refused for their log, a served or superseded version, a number that is taken; Conflict; ValidationError.
    """
    current = _locked_ours(log)
    stored = {entry.pk: entry for entry in current.entries.filter(pk__in=[one.pk for one in entries if one.pk])}
    if seen is not None:
        _must_be_seen(stored.get(entries[0].pk), seen)
    last = current.entries.aggregate(last=Max("number"))["last"] or 0
    told: dict[str, Any] = {}
    for entry in entries:
        entry.log = current
        if not entry.number:
            last += 1
            entry.number = last
        all_printable(entry)
        entry.full_clean()
        before = stored.get(entry.pk)
        entry.save()
        told[str(entry.number)] = _differences(before, entry) if before is not None else "added"
    tie_to_rows(current.responding_party, [entry for entry in entries if entry.pk not in stored])
    gone = current.entries.filter(number__in=list(removed))
    for entry in gone:
        told[str(entry.number)] = {"removed": {name: str(getattr(entry, name)) for name in CONTENT if getattr(entry, name)}}
    gone.delete()
    claim_revision(current, None)
    record(Act.LOG_CHANGED, current, case=current.case, by=by, summary=lambda: _named(current), details={"entries": told})
    return list(entries)


@verb
def mark_log_served(log: PrivilegeLog, day: date, *, by: User, revision: int | None = None) -> PrivilegeLog:
    """Record that our log was served: it then stays as it is. Raises Refused for theirs, an empty one, a day ahead; Conflict."""
    current = _locked_ours(log)
    must_be_past(day, CourtLaw(current.case.court), "served_on")
    if not current.entries.exists():
        raise Refused(_("This log has no entries yet. Add them first."))
    claim_revision(current, revision)
    current.served_on = day
    current.save(update_fields=["served_on"])
    law = CourtLaw(current.case.court)
    details = {"served_on": str(day), "version": current.number}
    record(
        Act.LOG_CHANGED,
        current,
        case=current.case,
        by=by,
        summary=lambda: _named(current),
        details=details,
        happened_at=noon(day, law),
    )
    return current


def fingerprint(entry: PrivilegeLogEntry) -> int:
    """Return what a form carries to know whether somebody else changed its entry meanwhile."""
    return zlib.crc32(repr([str(getattr(entry, name)) for name in ("number", "sent_on", *CONTENT)]).encode())


def _named(log: PrivilegeLog) -> str:
    return f"of {log.responding_party}, version {log.number}"


def _locked_responder(log: PrivilegeLog) -> RespondingParty:
    """Lock whose log it is, before any version of it: versions are numbered and superseded one after the other."""
    rows = RespondingParty.objects.select_for_update(of=("self",)).select_related("case__court", "person")
    return rows.get(pk=log.responding_party_id)


def _locked(log: PrivilegeLog) -> PrivilegeLog:
    rows = PrivilegeLog.objects.select_for_update(of=("self",)).select_related("case__court", "responding_party__person")
    return rows.get(pk=log.pk)


def _locked_ours(log: PrivilegeLog) -> PrivilegeLog:
    current = _locked(log)
    if current.side != Side.OURS:
        raise Refused(_("This log is theirs and stays as it came. Import the newer one when it is served."))
    if current.superseded:
        raise Refused(_("This version was superseded. Change the current one."))
    if current.served_on is not None:
        raise Refused(_("This version was served and stays as it is. Start the next version first."))
    return current


def _must_fit(log: PrivilegeLog, responder: RespondingParty) -> None:
    log.responding_party, log.case = responder, responder.case
    log.side = side_of(responder).value
    if log.served_on is not None:
        must_be_past(log.served_on, CourtLaw(responder.case.court), "served_on")
    all_printable(log)
    log.full_clean(exclude=["recorded_by", "number", "paper"], validate_constraints=False)


def _must_fit_entries(entries: Sequence[PrivilegeLogEntry]) -> None:
    """Look at thousands of entries in a second or two: numbers once each, texts that fit and can be printed."""
    repeated = sorted(number for number, times in Counter(entry.number for entry in entries).items() if times > 1)
    if repeated:
        raise Refused(
            _("Entry number %(number)d stands more than once. Give each entry a number of its own.") % {"number": repeated[0]}
        )
    for entry in entries:
        for one in TEXTS:
            text = getattr(entry, one.name)
            if one.max_length is not None and len(text) > one.max_length:
                raise Refused(
                    _("Entry %(number)d: “%(field)s” has more than %(longest)d characters.")
                    % {"number": entry.number, "field": one.verbose_name, "longest": one.max_length}
                )
            told = _unprintable(text)
            if told:
                raise Refused(_("Entry %(number)d: %(why)s") % {"number": entry.number, "why": told})


def _unprintable(text: str) -> str:
    """Return why a text cannot be printed, "" when it can; plain ASCII is seen at a glance."""
    if text.isascii() and text.replace("\n", " ").isprintable():
        return ""
    found = unprintable(text)
    return describe(found[0]) if found else ""


def _must_be_expected(before: PrivilegeLog | None, expected: int | None) -> None:
    if expected is not None and expected != (before.pk if before else 0):
        raise Conflict(
            _("Somebody else recorded a version of this log meanwhile. Look at the preview again before you import."),
            theirs={},
            revision=0,
        )


def _must_be_seen(stored: PrivilegeLogEntry | None, seen: int) -> None:
    if stored is None:
        raise Refused(_("Somebody removed this entry while you were editing. Copy your text, then go back to the log."))
    if fingerprint(stored) != seen:
        raise Conflict(
            _("Somebody else changed this while you were editing. Both texts are shown; save again to keep yours."),
            theirs={name: getattr(stored, name) for name in ("number", "sent_on", *CONTENT)},
            revision=fingerprint(stored),
        )


def _write(log: PrivilegeLog, entries: list[PrivilegeLogEntry]) -> None:
    for entry in entries:
        entry.log = log
    PrivilegeLogEntry.objects.bulk_create(entries, batch_size=BATCH)
    if any(entry.requests for entry in entries):
        saved = entries if all(entry.pk for entry in entries) else list(log.entries.exclude(requests=""))
        tie_to_rows(log.responding_party, saved)


def _differences(before: PrivilegeLogEntry, after: PrivilegeLogEntry) -> dict[str, list[str]]:
    pairs = {name: [str(getattr(before, name)), str(getattr(after, name))] for name in ("number", *CONTENT)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def start_log(responder: RespondingParty, kind: LogKind, note: str, *, by: User) -> PrivilegeLog:
    """Start our own log, empty; its entries are added one by one or imported. Raises Refused for a log that is not ours."""
    if side_of(responder) != Side.OURS:
        raise Refused(_("This party is not our client: import its log as it came."), field="responding_party")
    if PrivilegeLog.objects.filter(responding_party=responder, superseded=False).exists():
        raise Refused(_("There is a log already. Add to it, or begin its next version."), field="responding_party")
    log = PrivilegeLog(case=responder.case, responding_party=responder, kind=kind.value, note=note)
    return record_log(log, [], by=by, expected=0)
