"""Preservation demands: writing one, changing it while it is a draft, recording that it was sent and that it was acknowledged.

The story of one. On June 1 Ana writes to Witness Corp. and asks for an acknowledgment by June 15. When she records that it was
sent, its words stand for good and June 15 becomes a date of the case like any other: it is on Today, in feeds and reminders. When
the answer comes, she records it, and the date is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.composing.preservation import PRESERVATION_ROWS
from discovery.domain.dates.by_hand import put_by_hand, shortened
from discovery.domain.dates.closing import close_as_done
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.disputes.disputing import usual_signer
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable, printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, DeadlineState
from discovery.law.days import written
from discovery.models import Case, CaseParty, Deadline, PreservationDemand

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

PRESERVATION_FIELDS = (
    "recipient",
    "signer",
    "via",
    "dated",
    "facts",
    "claims",
    "custodians",
    "systems",
    "period_from",
    "period_to",
    "acknowledge_by",
)
"""What may be changed until it was sent."""


@verb
def write_preservation(demand: PreservationDemand, *, by: User) -> PreservationDemand:
    """Write a preservation demand of a case, with the usual signer if none is named.

    Raises Refused for our own client, a signer of another case, a text that cannot be printed; ValidationError.
    """
    demand.recorded_by = by
    if demand.signer is None:
        demand.signer = usual_signer(demand.case, by)
    _check(demand)
    demand.save()
    _record(Act.PRESERVATION_WRITTEN, demand, by=by)
    return demand


@verb
def change_preservation(demand: PreservationDemand, *, by: User, revision: int | None) -> PreservationDemand:
    """Write a draft's words; what stands so already is no act. Raises Refused for what was sent; Conflict; ValidationError."""
    stored = _locked(demand)
    if stored.sent_on is not None:
        raise Refused(
            _("It was sent on %(day)s and is not changed any more. Write a new one that refers to it.")
            % {"day": formats.date_format(stored.sent_on)}
        )
    _check(demand)
    changed = {
        name: [str(getattr(stored, name) or ""), str(getattr(demand, name) or "")]
        for name in PRESERVATION_FIELDS
        if getattr(stored, name) != getattr(demand, name)
    }
    if not changed:
        demand.revision = stored.revision
        return demand
    claim_revision(demand, revision)
    demand.save(update_fields=PRESERVATION_FIELDS)
    _record(Act.PRESERVATION_CHANGED, demand, by=by, details=changed)
    return demand


@verb
def send_preservation(
    demand: PreservationDemand, sent_on: date, *, by: User, electronically: bool = False, upload: Upload | None = None
) -> PreservationDemand:
    """Record that it was sent: its words stand from now on, and the day by which to acknowledge it becomes a date of the case.

    `electronically`: its signer signed so, and the letter says "/s/ Name". Raises Refused for a day ahead, what was sent before,
    no signer, an acknowledgment asked for by a day before it was sent.
    """
    row = _locked(demand)
    law = CourtLaw(row.case.court)
    if row.sent_on is not None:
        raise Refused(_("It was sent on %(day)s already.") % {"day": formats.date_format(row.sent_on)})
    if row.signer is None:
        raise Refused(_("Nobody is named who signs. Name the signer of the letter first."))
    must_be_past(sent_on, law, "sent_on")
    if row.acknowledge_by is not None and row.acknowledge_by < sent_on:
        raise Refused(
            _("It asks to be acknowledged by %(day)s, before it was sent. Change that day first.")
            % {"day": formats.date_format(row.acknowledge_by)},
            field="sent_on",
        )
    row.sent_on, row.dated = sent_on, row.dated or sent_on
    row.signed = f"/s/ {row.signer.attorney.name}" if electronically else ""
    if upload is not None:
        row.paper = keep_attachment(row.case, upload, by=by, field="upload")
    if row.acknowledge_by is not None:
        row.deadline = _chase(row, sent_on, row.acknowledge_by, by=by)
    _touch(row, "sent_on", "dated", "signed", "paper", "deadline")
    details: dict[str, object] = {"sent_on": str(sent_on), "signed": row.signed, "acknowledge_by": str(row.acknowledge_by or "")}
    if row.paper is not None:
        details |= {"paper": row.paper.name, "sha256": row.paper.sha256}
    _record(Act.PRESERVATION_SENT, row, by=by, details={key: value for key, value in details.items() if value}, day=sent_on)
    demand.refresh_from_db()
    return row


@verb
def acknowledge_preservation(demand: PreservationDemand, on: date, said: str, *, by: User) -> PreservationDemand:
    """Record that the recipient acknowledged it; the date that chased it is done.

    Raises Refused for a draft, for what was acknowledged before, for a day ahead or before it was sent, and without what shows it.
    """
    row = _locked(demand)
    law = CourtLaw(row.case.court)
    if row.sent_on is None:
        raise Refused(_("It was not sent yet. Record the sending first."))
    if row.acknowledged_on is not None:
        raise Refused(_("It was acknowledged on %(day)s already.") % {"day": formats.date_format(row.acknowledged_on)})
    must_be_past(on, law, "acknowledged_on")
    if on < row.sent_on:
        raise Refused(
            _("It was sent on %(day)s, after that day.") % {"day": formats.date_format(row.sent_on)}, field="acknowledged_on"
        )
    if not said.strip():
        raise Refused(_("Say what shows it: a letter, an e-mail, a call."), field="said")
    printable(said, "said")
    row.acknowledged_on, row.acknowledgment = on, said.strip()[:300]
    _touch(row, "acknowledged_on", "acknowledgment")
    details: dict[str, object] = {"on": str(on), "said": row.acknowledgment}
    if _close(row, on, by=by):
        details["done"] = True
    _record(Act.PRESERVATION_AGREED, row, by=by, details=details, day=on)
    demand.refresh_from_db()
    return row


def _check(demand: PreservationDemand) -> None:
    if demand.signer is not None and demand.signer.case_id != demand.case_id:
        raise Refused(_("Choose among the rows of this case."), field="signer")
    if CaseParty.objects.filter(case=demand.case_id, person=demand.recipient_id, is_client=True).exists():
        raise Refused(
            _("%(who)s is our own client: a hold notice to it is privileged and no letter to the other side.")
            % {"who": demand.recipient},
            field="recipient",
        )
    all_printable(demand)
    demand.full_clean(exclude=["recorded_by", "deadline", "paper"])


def _locked(demand: PreservationDemand) -> PreservationDemand:
    rows = PreservationDemand.objects.select_for_update(of=("self",)).select_related(*PRESERVATION_ROWS, "paper")
    return rows.get(pk=demand.pk)


def _touch(row: PreservationDemand, *fields: str) -> None:
    """Save fields of a locked row as a new revision, so that a form opened before is told."""
    row.revision, row.changed_at = row.revision + 1, timezone.now()
    row.save(update_fields=[*fields, "revision", "changed_at"])


def _chase(row: PreservationDemand, sent_on: date, by_day: date, *, by: User) -> Deadline:
    """Put the day by which to acknowledge among the dates, as one set by hand: it then chases itself (as commitments do)."""
    case: Case = row.case
    source = f"Asked for in our letter of {written(sent_on)}"
    title = shortened(f"Acknowledgment of our preservation demand: {row.recipient}")
    return put_by_hand(case, f"preservation:{row.pk}", title, by_day, source, by=by, ours=False)


def _close(row: PreservationDemand, day: date, *, by: User) -> bool:
    """Mark the chasing date done, if it is open still."""
    due = Deadline.objects.select_for_update(of=("self",)).filter(pk=row.deadline_id or 0, state=DeadlineState.OPEN.value).first()
    if due is None:
        return False
    close_as_done(due, day, row.acknowledgment, by=by)
    return True


def _record(
    act: Act, demand: PreservationDemand, *, by: User, details: Mapping[str, object] | None = None, day: date | None = None
) -> None:
    moment = noon(day, CourtLaw(demand.case.court)) if day is not None else None
    record(act, demand, case=demand.case, by=by, summary=str(demand), details=details or {}, happened_at=moment)
