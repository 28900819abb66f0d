"""What people do with due dates: extend, set by order, confirm, do, assign, accept or refuse a move that was proposed.

Each verb takes the `revision` at which its form was opened, None when nobody looked before, and raises Conflict when the date was
changed since: nobody confirms or moves a date that was not on the screen.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.by_hand import put_by_hand, stand
from discovery.domain.dates.closing import close_as_done
from discovery.domain.dates.counting import CourtLaw, in_words
from discovery.domain.dates.following import apply, plan_for, proposal_of, put_date
from discovery.domain.errors import Conflict, Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_dates
from discovery.domain.printing import all_printable, printable
from discovery.domain.service.serving import must_be_past
from discovery.enums import Act, Basis, DeadlineKind, DeadlineState, ExtensionKind
from discovery.law.derivations import Derivation
from discovery.law.refusals import LawRefused
from discovery.models import Case, CaseMembership, Deadline, Extension

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload
    from discovery.models import Attachment

AMOUNTS = {
    ExtensionKind.DAYS.value: ("days",),
    ExtensionKind.DATE.value: ("to_date",),
    ExtensionKind.TOLLING.value: ("tolled_from", "tolled_to"),
}
"""The fields that say how far an extension of each kind goes."""
FARTHEST = timedelta(days=3660)
"""An extension beyond ten years is a slip of the pen."""


@verb
def set_by_hand(
    case: Case, title: str, due: date | datetime, reason: str, *, by: User, ours: bool = True, kind: str = DeadlineKind.OTHER.value
) -> Deadline:
    """Enter a date that no recorded fact gives: a task, or one that the law refused. Raises Refused, ValidationError."""
    if not reason.strip():
        raise Refused(_("Say where the date comes from; it stays on record."), field="reason")
    title, reason = title.strip(), reason.strip()
    all_printable(Deadline(title=title, note=reason))
    row = put_by_hand(case, f"{timezone.now():%Y%m%d%H%M%S%f}", title, due, reason, by=by, ours=ours, kind=kind)
    _tell(Act.DEADLINE_SET, row, by=by, details={"date": str(row.due_on), "reason": row.note})
    return row


@verb
def date_by_hand(deadline: Deadline, due: date | datetime, reason: str, *, by: User, revision: int | None = None) -> Deadline:
    """Give a date to a task for which the law gave none; it is never recomputed after. Raises Refused, Conflict."""
    row = _locked_open(deadline, dated=False, revision=revision)
    if row.due_on is not None:
        raise Refused(_("It has a date. Extend it, or record the date that the court set."))
    if not reason.strip():
        raise Refused(_("Say where the date comes from; it stays on record."), field="reason")
    printable(reason, "reason")
    stand(row, due, reason.strip())
    row.basis, row.note = Basis.BY_HAND.value, _noted(row.note, reason)
    _move(row, by=by)
    _tell(Act.DEADLINE_SET, row, by=by, details={"date": str(row.due_on), "reason": reason.strip()})
    deadline.refresh_from_db()
    return row


def extended(deadline: Deadline, extension: Extension) -> Derivation:
    """Return where an extension would put a date, with its steps; nothing is written. Raises Refused as `extend` does."""
    return _reach(deadline, extension, CourtLaw(deadline.case.court))


@verb
def extend(
    deadline: Deadline, extension: Extension, *, by: User, upload: Upload | None = None, revision: int | None = None
) -> Extension:
    """Record an agreement that moves a date: by days, to a date, or tolled from a day through a day; both dates stay on record.

    One that needs the court's approval moves nothing until `approve_extension`. Raises Refused for a date that is done or has no
    date, an agreement ahead of today, a new date not later than the old; Conflict; ValidationError.
    """
    row = _locked_open(deadline, revision=revision)
    law = CourtLaw(row.case.court)
    must_be_past(extension.agreed_on, law, "agreed_on")
    extension.deadline, extension.recorded_by = row, by
    assert row.due_on is not None
    found = _reach(row, extension, law)
    extension.old_due, extension.new_due = row.due_on, found.due_on
    if upload is not None:
        extension.evidence = keep_attachment(row.case, upload, by=by, field="upload")
    all_printable(extension)
    extension.full_clean(exclude=["deadline", "recorded_by"])
    extension.save()
    if extension.in_force:
        _extend(row, found, by=by)
    details = {"old": str(extension.old_due), "new": str(extension.new_due), **extension.told(), "in_force": extension.in_force}
    details |= _shown_by(extension.evidence)
    _tell(Act.DEADLINE_EXTENDED, row, by=by, details=details)
    deadline.refresh_from_db()
    return extension


@verb
def approve_extension(extension: Extension, approved_on: date, *, by: User, revision: int | None = None) -> Extension:
    """Record that the court approved an extension: now it moves the date, from where it stands by now.

    Raises Refused when none was waiting, or when the date has moved as far already; Conflict.
    """
    row = _locked_open(extension.deadline, revision=revision)
    stored = Extension.objects.select_for_update().get(pk=extension.pk)
    if stored.in_force:
        raise Refused(_("This extension is in force already."))
    law = CourtLaw(row.case.court)
    must_be_past(approved_on, law, "approved_on")
    assert row.due_on is not None
    stored.approved_on, stored.deadline = approved_on, row
    found = _reach(row, stored, law)
    stored.old_due, stored.new_due = row.due_on, found.due_on
    stored.recorded_at = timezone.now()
    stored.save(update_fields=["approved_on", "old_due", "new_due", "recorded_at"])
    _extend(row, found, by=by)
    details = {"approved_on": str(approved_on), "old": str(stored.old_due), "new": str(stored.new_due)}
    _tell(Act.EXTENSION_APPROVED, row, by=by, details=details)
    extension.refresh_from_db()
    return stored


@verb
def set_by_court(deadline: Deadline, due: date | datetime, source: str, *, by: User, revision: int | None = None) -> Deadline:
    """Put a date that a judge wrote in place of the computed one; it is never recomputed (law 4). Raises Refused, Conflict."""
    row = _locked_open(deadline, dated=False, decided=False, revision=revision)
    if not source.strip():
        raise Refused(_("Say which order sets it."), field="source")
    printable(source, "source")
    old = row.due_on
    stand(row, due, source.strip())
    row.basis = Basis.ORDERED.value
    _move(row, by=by)
    _tell(Act.DEADLINE_ORDERED, row, by=by, details={"old": str(old), "new": str(row.due_on), "source": source.strip()})
    deadline.refresh_from_db()
    return row


@verb
def confirm(deadline: Deadline, *, by: User, revision: int | None = None) -> Deadline:
    """Confirm a date as a second person: whoever recorded or moved it cannot. It then never moves without being asked."""
    row = _locked_open(deadline, revision=revision)
    if row.set_by_id == by.pk:
        raise Refused(_("You recorded this date yourself. A second person confirms it."))
    if row.confirmed:
        raise Refused(_("%(who)s has confirmed this date already.") % {"who": row.confirmed_by})
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    _save(row)
    _tell(Act.DEADLINE_CONFIRMED, row, by=by, details={"date": str(row.due_on)})
    deadline.refresh_from_db()
    return row


@verb
def mark_done(
    deadline: Deadline, day: date, note: str, *, by: User, upload: Upload | None = None, revision: int | None = None
) -> Deadline:
    """Record that what was due is done: when, and what shows it (words or a file). Raises Refused without either, Conflict."""
    row = _locked_open(deadline, dated=False, decided=False, revision=revision)
    must_be_past(day, CourtLaw(row.case.court), "done_on")
    if not note.strip() and upload is None:
        raise Refused(_("Say what shows that it is done, or attach it."), field="done_note")
    printable(note, "done_note")
    evidence = keep_attachment(row.case, upload, by=by, field="upload") if upload is not None else row.evidence
    close_as_done(row, day, note, by=by, evidence=evidence)
    details = {"done_on": str(day), "note": row.done_note, "due": str(row.due_on), **_shown_by(row.evidence)}
    _tell(Act.DEADLINE_DONE, row, by=by, details=details)
    deadline.refresh_from_db()
    return row


@verb
def reopen(deadline: Deadline, reason: str, *, by: User) -> Deadline:
    """Take back that something is done. Raises Refused without a reason, or when it is not done.

    What the law gives now is looked at again with the next run of `recompute_stale`: nothing was proposed while it was done.
    """
    row = lock_dates(deadline.case_id).select_related("case__court", "confirmed_by", "evidence").get(pk=deadline.pk)
    if row.state != DeadlineState.DONE:
        raise Refused(_("Only what is done can be reopened."))
    if not reason.strip():
        raise Refused(_("Say why; the reason stays on record."), field="reason")
    was = {"done_on": str(row.done_on), "note": row.done_note, "reason": reason.strip(), **_shown_by(row.evidence)}
    row.state, row.done_on, row.done_by, row.done_note, row.evidence = DeadlineState.OPEN.value, None, None, "", None
    derivation = row.trail()
    if derivation is not None:
        put_date(row, derivation, timezone.now())
    _save(row)
    Case.objects.filter(pk=row.case_id).update(dates_stamp="")
    _tell(Act.DEADLINE_REOPENED, row, by=by, details=was)
    deadline.refresh_from_db()
    return row


@verb
def assign(deadline: Deadline, owner: User | None, *, by: User) -> Deadline:
    """Name who looks after a date. Raises Refused for somebody who is no member of the case."""
    row = _locked_open(deadline, dated=False, decided=False)
    if owner is not None and not CaseMembership.objects.filter(case=row.case, user=owner).exists():
        raise Refused(_("%(who)s does not belong to this case.") % {"who": owner}, field="owner")
    row.owner = owner
    _save(row)
    _tell(Act.DEADLINE_ASSIGNED, row, by=by, details={"owner": str(owner or "")})
    deadline.refresh_from_db()
    return row


@verb
def accept_proposal(deadline: Deadline, reason: str, *, by: User, revision: int | None = None) -> Deadline:
    """Let a date move as new holidays, closures or rules ask (`recompute`): to another day, to a task without one, or to void.

    Raises Refused when nothing was proposed, or when the law gives something else again by now; Conflict.
    """
    row = _locked_open(deadline, decided=False, revision=revision)
    if row.proposed_derivation is None:
        raise Refused(_("No other date is proposed any more."))
    move = next((one for one in plan_for(row.case).moves if one.deadline.pk == row.pk), None)
    if move is None or proposal_of(move) != row.proposed_derivation:
        raise Refused(_("The law gives another date again by now. It is being computed anew: look again in a minute."))
    because = row.proposed_because
    moved = apply(move, by=by, now=timezone.now())
    details = {"old": moved["old"], "new": moved["new"], "because": because, "reason": reason.strip()}
    details["confirmed_before"] = moved["confirmed_before"]
    _tell(Act.DEADLINE_MOVED, row, by=by, details=details)
    deadline.refresh_from_db()
    return move.deadline


@verb
def keep_date(deadline: Deadline, reason: str, *, by: User, revision: int | None = None) -> Deadline:
    """Keep a date although another is proposed: it then rests on this decision, as a date entered by hand.

    Raises Refused without a reason, or when nothing was proposed; Conflict.
    """
    row = _locked_open(deadline, decided=False, revision=revision)
    if row.proposed_derivation is None:
        raise Refused(_("No other date is proposed any more."))
    if not reason.strip():
        raise Refused(_("Say why the date stays; the reason stays on record."), field="reason")
    printable(reason, "reason")
    details = {"kept": str(row.due_on), "proposed": str(row.proposed_on), "reason": reason.strip()}
    row.note = _noted(row.note, reason)
    row.basis, row.proposed_on, row.proposed_derivation, row.proposed_because = Basis.BY_HAND.value, None, None, ""
    _save(row)
    _tell(Act.DEADLINE_KEPT, row, by=by, details=details)
    deadline.refresh_from_db()
    return row


def _locked(deadline: Deadline) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("case__court", "confirmed_by", "evidence")
    return rows.get(pk=deadline.pk)


def _locked_open(deadline: Deadline, *, dated: bool = True, decided: bool = True, revision: int | None = None) -> Deadline:
    """Lock a deadline that people may act on. `dated`: it must have a date; `decided`: no other date may wait for a decision."""
    row = _locked(deadline)
    if row.state == DeadlineState.DONE:
        raise Refused(_("This is done already. Reopen it first."))
    if row.state == DeadlineState.VOID:
        raise Refused(_("This no longer applies: what it followed from is gone."))
    if revision is not None and row.revision != revision:
        raise Conflict(
            _("Somebody else changed this date while you were looking at it. Look again, and save once more if it still holds."),
            theirs={},
            revision=row.revision,
        )
    if dated and row.due_on is None:
        raise Refused(_("It has no date yet. Mend what its page names, or set the date by order or by hand."))
    if decided and row.proposed_derivation is not None:
        raise Refused(_("Another date is proposed for this one. Accept it or keep the old one first."))
    return row


def _reach(row: Deadline, extension: Extension, law: CourtLaw) -> Derivation:
    """Return where an extension puts a date. Raises Refused, at the field, when it says too little or moves nothing."""
    assert row.due_on is not None
    wanted = AMOUNTS.get(extension.kind, ())
    for name in ("days", "to_date", "tolled_from", "tolled_to"):
        if name not in wanted:
            setattr(extension, name, None)
        elif getattr(extension, name) in {None, 0}:
            raise Refused(_("Say how far it is extended."), field=name)
    if _length(extension, row.due_on) > FARTHEST:
        raise Refused(_("That is more than ten years. Check the number."), field=wanted[-1])
    found = _moved(row, extension, law, wanted[0])
    if found.due_on <= row.due_on:
        raise Refused(
            _("The new date, %(new)s, is not later than %(old)s.")
            % {"new": formats.date_format(found.due_on), "old": formats.date_format(row.due_on)},
            field=wanted[-1],
        )
    return found


def _length(extension: Extension, due: date) -> timedelta:
    if extension.tolled_from is not None and extension.tolled_to is not None:
        return extension.tolled_to - extension.tolled_from
    return extension.to_date - due if extension.to_date is not None else timedelta(days=extension.days or 0)


def _moved(row: Deadline, extension: Extension, law: CourtLaw, field: str) -> Derivation:
    try:
        return law.extended(_trail(row, law), extension)
    except LawRefused as refusal:
        raise Refused(in_words(refusal), field=field) from refusal


def _trail(row: Deadline, law: CourtLaw) -> Derivation:
    """Return the trail of a date; one entered by hand begins where it stands."""
    assert row.due_on is not None
    return row.trail() or law.fixed(row.due_on, label=row.title, source=row.note)


def _extend(row: Deadline, derivation: Derivation, *, by: User) -> None:
    put_date(row, derivation, timezone.now())
    if row.basis in {Basis.COMPUTED, Basis.STATED, Basis.EXTENDED}:
        row.basis = Basis.EXTENDED.value
    _move(row, by=by)


def _move(row: Deadline, *, by: User) -> None:
    """Save a row whose date moved: confirmed no more, and nothing else proposed."""
    row.set_by, row.confirmed_by, row.confirmed_at = by, None, None
    row.proposed_on, row.proposed_derivation, row.proposed_because = None, None, ""
    _save(row)


def _save(row: Deadline) -> None:
    row.revision += 1
    row.changed_at = timezone.now()
    row.save()


def _tell(act: Act, row: Deadline, *, by: User, details: dict[str, Any]) -> None:
    record(act, row, case=row.case, by=by, summary=lambda: row.title, details=details)


def _noted(note: str, reason: str) -> str:
    """Return a row's note with one more reason below it."""
    return "\n".join(part for part in (note, reason.strip()) if part)


def _shown_by(evidence: Attachment | None) -> dict[str, str]:
    """Return a file that proves something, for the record of events."""
    return {"evidence": evidence.name, "sha256": evidence.sha256} if evidence is not None else {}
