"""What people do with due dates: extend, set by order, confirm, do, assign, accept or refuse a move that was proposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.counting import CourtLaw, in_words
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.following import put_date
from discovery.domain.printing import all_printable, printable
from discovery.domain.serving import must_be_past
from discovery.enums import Act, Basis, DeadlineKind, DeadlineState
from discovery.law.derivations import Derivation
from discovery.law.refusals import LawRefused
from discovery.models import Case, CaseMembership, Deadline, Extension

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload


@verb
def set_by_hand(
    case: Case, title: str, due: date | datetime, reason: str, *, by: User, ours: bool = True, kind: str = DeadlineKind.OTHER.value
) -> Deadline:
    """Enter a date that no recorded fact gives: a task, or one that the law refused. Raises Refused, ValidationError."""
    if not reason.strip():
        raise Refused(_("Say where the date comes from; it stays on record."), field="reason")
    row = Deadline(case=case, title=title.strip(), ours=ours, kind=kind, basis=Basis.BY_HAND.value, set_by=by)
    row.zone = case.court.time_zone
    row.note = reason.strip()
    _stand(row, due, reason.strip(), case)
    row.key = f"hand:{timezone.now():%Y%m%d%H%M%S%f}"
    all_printable(row)
    row.full_clean(exclude=["set_by"])
    row.save()
    _tell(Act.DEADLINE_SET, row, by=by, details={"date": str(row.due_on), "reason": row.note})
    return row


@verb
def extend(deadline: Deadline, extension: Extension, *, by: User, upload: Upload | None = None) -> Extension:
    """Record an agreement that moves a date: by days, to a date, or tolled from a day through a day; both dates stay on record.

    One that needs the court's approval moves nothing until `approve_extension`. Raises Refused for a date that is done or has no
    date, an agreement ahead of today, a new date not later than the old; ValidationError.
    """
    row = _locked_open(deadline)
    law = CourtLaw(row.case.court)
    must_be_past(extension.agreed_on, law, "agreed_on")
    extension.deadline, extension.recorded_by = row, by
    assert row.due_on is not None
    extension.old_due = row.due_on
    extension.new_due = _moved(row, extension, law).due_on
    if extension.new_due <= row.due_on:
        raise Refused(
            _("The new date, %(new)s, is not later than %(old)s.") % {"new": extension.new_due, "old": row.due_on},
            field="tolled_to" if extension.tolled_from else "days" if extension.days else "to_date",
        )
    if upload is not None:
        extension.evidence = keep_attachment(row.case, upload, by=by, field="upload")
    all_printable(extension)
    extension.full_clean(exclude=["deadline", "recorded_by"])
    extension.save()
    if extension.in_force:
        _extend(row, extension, law, by=by)
    details = {"old": str(extension.old_due), "new": str(extension.new_due), **extension.told(), "in_force": extension.in_force}
    _tell(Act.DEADLINE_EXTENDED, row, by=by, details=details)
    deadline.refresh_from_db()
    return extension


@verb
def approve_extension(extension: Extension, approved_on: date, *, by: User) -> Extension:
    """Record that the court approved an extension: now it moves the date. Raises Refused when none was waiting."""
    row = _locked_open(extension.deadline)
    stored = Extension.objects.select_for_update().get(pk=extension.pk)
    if stored.in_force:
        raise Refused(_("This extension is in force already."))
    law = CourtLaw(row.case.court)
    must_be_past(approved_on, law, "approved_on")
    stored.approved_on, stored.deadline = approved_on, row
    stored.new_due = _moved(row, stored, law).due_on
    stored.save(update_fields=["approved_on", "new_due"])
    _extend(row, stored, law, by=by)
    _tell(Act.EXTENSION_APPROVED, row, by=by, details={"approved_on": str(approved_on), "new": str(stored.new_due)})
    extension.refresh_from_db()
    return stored


@verb
def set_by_court(deadline: Deadline, due: date | datetime, source: str, *, by: User) -> Deadline:
    """Put a date that a judge wrote in place of the computed one; it is never recomputed after (law 4). Raises Refused."""
    row = _locked_open(deadline, dated=False)
    if not source.strip():
        raise Refused(_("Say which order sets it."), field="source")
    printable(source, "source")
    old = row.due_on
    _stand(row, due, source.strip(), row.case)
    row.basis = Basis.ORDERED.value
    _move(row, by=by)
    _tell(Act.DEADLINE_ORDERED, row, by=by, details={"old": str(old), "new": str(row.due_on), "source": source.strip()})
    deadline.refresh_from_db()
    return row


@verb
def confirm(deadline: Deadline, *, by: User) -> Deadline:
    """Confirm a date as a second person: whoever recorded or moved it cannot. It then never moves without being asked."""
    row = _locked_open(deadline)
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
def mark_done(deadline: Deadline, day: date, note: str, *, by: User, upload: Upload | None = None) -> Deadline:
    """Record that what was due is done: when, and what shows it (words or a file). Raises Refused without either."""
    row = _locked_open(deadline, dated=False)
    must_be_past(day, CourtLaw(row.case.court), "done_on")
    if not note.strip() and upload is None:
        raise Refused(_("Say what shows that it is done, or attach it."), field="done_note")
    printable(note, "done_note")
    if upload is not None:
        row.evidence = keep_attachment(row.case, upload, by=by, field="upload")
    row.state, row.done_on, row.done_by, row.done_note = DeadlineState.DONE.value, day, by, note.strip()[:300]
    row.next_reminder_at = None
    _save(row)
    _tell(Act.DEADLINE_DONE, row, by=by, details={"done_on": str(day), "note": row.done_note, "due": str(row.due_on)})
    deadline.refresh_from_db()
    return row


@verb
def reopen(deadline: Deadline, reason: str, *, by: User) -> Deadline:
    """Take back that something is done. Raises Refused without a reason, or when it is not done."""
    row = Deadline.objects.select_for_update(of=("self",)).select_related("case__court").get(pk=deadline.pk)
    if row.state != DeadlineState.DONE:
        raise Refused(_("Only what is done can be reopened."))
    if not reason.strip():
        raise Refused(_("Say why; the reason stays on record."), field="reason")
    was = {"done_on": str(row.done_on), "note": row.done_note, "reason": reason.strip()}
    row.state, row.done_on, row.done_by, row.done_note = DeadlineState.OPEN.value, None, None, ""
    derivation = row.trail()
    if derivation is not None:
        put_date(row, derivation, timezone.now())
    _save(row)
    _tell(Act.DEADLINE_REOPENED, row, by=by, details=was)
    deadline.refresh_from_db()
    return row


@verb
def assign(deadline: Deadline, owner: User | None, *, by: User) -> Deadline:
    """Name who looks after a date. Raises Refused for somebody who is no member of the case."""
    row = _locked_open(deadline, dated=False)
    if owner is not None and not CaseMembership.objects.filter(case=row.case, user=owner).exists():
        raise Refused(_("%(who)s does not belong to this case.") % {"who": owner}, field="owner")
    row.owner = owner
    _save(row)
    _tell(Act.DEADLINE_ASSIGNED, row, by=by, details={"owner": str(owner or "")})
    deadline.refresh_from_db()
    return row


@verb
def accept_proposal(deadline: Deadline, reason: str, *, by: User) -> Deadline:
    """Let a date move as new holidays, closures or rules ask (`recompute`). Raises Refused when nothing was proposed."""
    row = _locked_open(deadline, dated=False)
    if row.proposed_derivation is None:
        raise Refused(_("No other date is proposed any more."))
    old, because = row.due_on, row.proposed_because
    put_date(row, Derivation.from_data(row.proposed_derivation), timezone.now())
    row.computed_on = row.due_on
    _move(row, by=by)
    details = {"old": str(old), "new": str(row.due_on), "because": because, "reason": reason.strip()}
    _tell(Act.DEADLINE_MOVED, row, by=by, details=details)
    deadline.refresh_from_db()
    return row


@verb
def keep_date(deadline: Deadline, reason: str, *, by: User) -> Deadline:
    """Keep a date although another is proposed: it then rests on this decision, as a date entered by hand. Raises Refused."""
    row = _locked_open(deadline)
    if row.proposed_derivation is None:
        raise Refused(_("No other date is proposed any more."))
    if not reason.strip():
        raise Refused(_("Say why the date stays; the reason stays on record."), field="reason")
    details = {"kept": str(row.due_on), "proposed": str(row.proposed_on), "reason": reason.strip()}
    row.basis, row.proposed_on, row.proposed_derivation, row.proposed_because = Basis.BY_HAND.value, None, None, ""
    _save(row)
    _tell(Act.DEADLINE_KEPT, row, by=by, details=details)
    deadline.refresh_from_db()
    return row


def _locked_open(deadline: Deadline, *, dated: bool = True) -> Deadline:
    row = Deadline.objects.select_for_update(of=("self",)).select_related("case__court", "confirmed_by").get(pk=deadline.pk)
    if row.state != DeadlineState.OPEN:
        raise Refused(_("This is “%(now)s”; reopen it first.") % {"now": row.get_state_display()})
    if dated and row.due_on is None:
        raise Refused(_("It has no date yet. Mend what its page names, or set the date by order or by hand."))
    return row


def _moved(row: Deadline, extension: Extension, law: CourtLaw) -> Derivation:
    """Return where an extension puts a date. Raises Refused, in the words of the law, when it gives none."""
    try:
        return law.extended(_trail(row, law), extension)
    except LawRefused as refusal:
        raise Refused(in_words(refusal), field="tolled_from" if extension.tolled_from else "days") from refusal


def _trail(row: Deadline, law: CourtLaw) -> Derivation:
    """Return the trail of a date; one entered by hand begins where it stands."""
    assert row.due_on is not None
    return row.trail() or law.fixed(row.due_on, label=row.title, source=row.note)


def _extend(row: Deadline, extension: Extension, law: CourtLaw, *, by: User) -> None:
    put_date(row, _moved(row, extension, law), timezone.now())
    if row.basis in {Basis.COMPUTED, Basis.STATED, Basis.EXTENDED}:
        row.basis = Basis.EXTENDED.value
    _move(row, by=by)


def _stand(row: Deadline, due: date | datetime, source: str, case: Case) -> None:
    """Put a date that stands as it is into a row."""
    put_date(row, CourtLaw(case.court).fixed(due, label=row.title, source=source), timezone.now())


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
