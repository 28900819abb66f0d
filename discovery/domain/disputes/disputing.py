"""Disputing: starting a letter or motion from rows, writing it, making it ready, recording that it went out, closing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.composing.letters import DISPUTE_ROWS
from discovery.domain.dates.by_hand import put_by_hand, shortened
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.disputes.hearings import must_hang_together
from discovery.domain.disputes.readiness import lacks
from discovery.domain.disputes.starts import prefill, start_positions
from discovery.domain.disputes.states import LETTERS, move_dispute
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.rows import WITH_TEXTS
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, DemandStatus, DisputeStatus, Side
from discovery.law.days import written
from discovery.models import Appearance, Case, Deadline, Dispute, DisputedRequest, RequestRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

DISPUTE_FIELDS = (
    "title",
    "moved_by",
    "opposed_by",
    "side",
    "format",
    "page_limit",
    "addressed_to",
    "signer",
    "dated",
    "introduction",
    "our_statement",
    "their_statement",
    "closing",
    "answer_by",
    "exhibits",
    "hearing_on",
    "hearing_at",
    "courtroom",
)
"""What may be changed while a dispute is a draft."""
POSITION_FIELDS = ("theme", "our_position", "their_position", "proposal", "question")
Positions = Mapping[int, Mapping[str, str]]
"""New words by disputed request (its id) and field."""


@verb
def start_dispute(dispute: Dispute, rows: Sequence[RequestRow], *, by: User) -> Dispute:
    """Start a dispute about rows of served demands of its case; what it leaves empty is prefilled from them.

    Raises Refused for no request, a request of another case or of a demand that is not served, requests of both sides together;
    ValidationError for values that the model refuses.
    """
    Case.objects.select_for_update().get(pk=dispute.case_id)  # numbers run from 1 without a gap
    chosen = _rows(dispute.case, rows)
    prefill(dispute, chosen)
    _one_responder(dispute, chosen)
    if dispute.signer is None:
        dispute.signer = usual_signer(dispute.case, by)
    dispute.recorded_by = by
    dispute.number = (Dispute.objects.filter(case=dispute.case).aggregate(last=Max("number"))["last"] or 0) + 1
    _check(dispute)
    dispute.save()
    DisputedRequest.objects.bulk_create(start_positions(dispute, chosen))
    _record(Act.DISPUTE_STARTED, dispute, by=by, details={"kind": dispute.kind, "requests": [str(row) for row in chosen]})
    return dispute


@verb
def change_dispute(dispute: Dispute, *, by: User, revision: int | None, positions: Positions | None = None) -> Dispute:
    """Write a draft's own words and, with `positions`, what each side says on single requests; what stands so already is no act.

    Raises Refused for what is no draft any more, Conflict with the stored words, ValidationError.
    """
    stored = locked_draft(dispute)
    _check(dispute)
    changed: dict[str, Any] = {
        name: [str(getattr(stored, name) or ""), str(getattr(dispute, name) or "")]
        for name in DISPUTE_FIELDS
        if getattr(stored, name) != getattr(dispute, name)
    }
    said = _changed_positions(dispute, positions or {})
    if not changed and not said:
        dispute.revision = stored.revision
        return dispute
    claim_revision(dispute, revision)
    dispute.save(update_fields=DISPUTE_FIELDS)
    for entry, names in said:
        _write_position(entry)
        changed[f"No. {entry.row.number}"] = names
    _record(Act.DISPUTE_CHANGED, dispute, by=by, details=changed)
    return dispute


def _changed_positions(dispute: Dispute, positions: Positions) -> list[tuple[DisputedRequest, list[str]]]:
    """Return the disputed requests whose words differ from what is stored, with the names of the fields; nothing is saved."""
    found = DisputedRequest.objects.filter(dispute=dispute).select_related("row").in_bulk(list(positions))
    changed = []
    for pk, values in positions.items():
        entry = found.get(pk)
        if entry is None:
            raise Refused(_("A request was taken out of this meanwhile. Copy its text, then load the page again."))
        differing = [name for name in POSITION_FIELDS if name in values and getattr(entry, name) != values[name]]
        for name in differing:
            setattr(entry, name, values[name])
        if differing:
            changed.append((entry, differing))
    return changed


def _write_position(entry: DisputedRequest) -> None:
    all_printable(entry)
    entry.full_clean(exclude=["dispute", "row"])
    entry.revision += 1
    entry.changed_at = timezone.now()
    entry.save()


@verb
def add_rows(dispute: Dispute, rows: Sequence[RequestRow], *, by: User) -> Dispute:
    """Add requests to a draft, after those that are in it, with starting positions. Raises Refused as `start_dispute`."""
    locked = locked_draft(dispute)
    inside = list(locked.requests.order_by("position", "pk"))
    had = {entry.row_id for entry in inside}
    wanted = [row for row in _rows(locked.case, rows) if row.pk not in had]
    if not wanted:
        raise Refused(_("Select at least one request that is not in it yet."), field="rows")
    everything = [*_rows(locked.case, [entry.row for entry in inside]), *wanted] if inside else wanted
    DisputedRequest.objects.bulk_create(start_positions(locked, wanted, first=len(inside) + 1))
    _one_responder(locked, everything)
    _touch(locked, ["responding_party"])
    _record(Act.DISPUTE_CHANGED, locked, by=by, details={"added": [str(row) for row in wanted]})
    dispute.refresh_from_db()
    return locked


@verb
def take_out(disputed: DisputedRequest, *, by: User) -> Dispute:
    """Take a request out of a draft. Raises Refused for the last one (withdraw the dispute instead), or when it is out already."""
    locked = locked_draft(disputed.dispute)
    entries = list(locked.requests.select_related("row").order_by("position", "pk"))
    place = _place_of(disputed, entries)
    if len(entries) < 2:
        raise Refused(_("This is the last request in it. Add another one first, or withdraw it as a whole."))
    left = [entry for entry in entries if entry.pk != disputed.pk]
    name = str(entries[place].row)
    DisputedRequest.objects.filter(pk=disputed.pk).delete()
    _number(left)
    _one_responder(locked, _rows(locked.case, [entry.row for entry in left]))
    _touch(locked, ["responding_party"])
    _record(Act.DISPUTE_CHANGED, locked, by=by, details={"removed": name})
    return locked


@verb
def move_request(disputed: DisputedRequest, by_steps: int, *, by: User) -> Dispute:
    """Move a request up (-1) or down (+1) in a draft; at an end it stays. Raises Refused when it is not in it any more."""
    locked = locked_draft(disputed.dispute)
    entries = list(locked.requests.order_by("position", "pk"))
    place = _place_of(disputed, entries)
    entries.insert(max(0, min(len(entries) - 1, place + by_steps)), entries.pop(place))
    _number(entries)
    _touch(locked, [])
    _record(Act.DISPUTE_CHANGED, locked, by=by, details={"order": [entry.row_id for entry in entries]})
    return locked


@verb
def make_ready(dispute: Dispute, *, by: User) -> Dispute:
    """Declare a draft ready to be sent or filed; its words then stand until it is reopened.

    Raises Refused, naming what is missing: a live conference on each request (law/rules.md section 4, check 17), the PDF of just
    these words, and that it is within its page limit (check 18).
    """
    locked = locked_draft(dispute)
    missing = lacks(locked)
    if missing:
        raise Refused(" ".join(missing))
    move_dispute(locked, DisputeStatus.READY)
    _touch(locked, [])
    _record(Act.DISPUTE_READY, locked, by=by)
    dispute.refresh_from_db()
    return locked


@verb
def reopen_dispute(dispute: Dispute, *, by: User) -> Dispute:
    """Take a ready dispute back for changes. Raises Refused when it is not ready: what was sent or filed is not changed."""
    locked = _locked(dispute)
    if locked.status != DisputeStatus.READY:
        raise Refused(_("Only what is ready and not yet sent or filed can be reopened."))
    move_dispute(locked, DisputeStatus.DRAFT)
    _touch(locked, [])
    _record(Act.DISPUTE_REOPENED, locked, by=by)
    dispute.refresh_from_db()
    return locked


@verb
def submit_dispute(
    dispute: Dispute,
    submitted_on: date,
    *,
    by: User,
    docket_entry: str = "",
    upload: Upload | None = None,
    electronically: bool = False,
) -> Dispute:
    """Record that it was sent or filed. A letter that asks for an answer by a day puts that day among the dates of the case.

    Ours is made ready first; the other side's is recorded as it came. `electronically`: our signer signed so, and the paper as
    sent says "/s/ Name"; nobody else's name is ever put down (N.D. Cal. Civ. L.R. 5-1). Raises Refused for a day ahead of today,
    and for a signature of nobody.
    """
    locked = _locked(dispute)
    law = CourtLaw(locked.case.court)
    if locked.status == DisputeStatus.DRAFT and locked.side == Side.OURS:
        raise Refused(_("Make it ready first: what is missing is then said."))
    if locked.status not in {DisputeStatus.DRAFT, DisputeStatus.READY}:
        raise Refused(_("This is “%(now)s” already.") % {"now": locked.get_status_display()})
    must_be_past(submitted_on, law, "submitted_on")
    locked.submitted_on, locked.docket_entry = submitted_on, docket_entry.strip()
    if upload is not None:
        locked.paper = keep_attachment(locked.case, upload, by=by, field="upload")
    if electronically:
        locked.signed = _slashed(locked)
    _check(locked)
    # One UPDATE with the day: the database refuses what was submitted on no day.
    Dispute.objects.filter(pk=locked.pk).update(submitted_on=submitted_on)
    move_dispute(locked, DisputeStatus.SUBMITTED)
    _touch(locked, ["docket_entry", "paper", "signed"])
    details: dict[str, Any] = {"submitted_on": str(submitted_on), "docket_entry": locked.docket_entry}
    if locked.signed:
        details["signed"] = locked.signed
    if locked.paper is not None:
        details |= {"paper": locked.paper.name, "sha256": locked.paper.sha256}
    if locked.kind in LETTERS and locked.side == Side.OURS and locked.answer_by is not None:
        details["answer_due"] = str(_chase(locked, submitted_on, locked.answer_by, by=by).due_on)
    _record(Act.DISPUTE_SUBMITTED, locked, by=by, details=details, day=submitted_on)
    dispute.refresh_from_db()
    return locked


@verb
def close_dispute(dispute: Dispute, outcome: DisputeStatus, reason: str, *, by: User, closed_on: date | None = None) -> Dispute:
    """Close a dispute without a ruling: resolved between counsel, or withdrawn. Raises Refused without a reason."""
    locked = _locked(dispute)
    if outcome not in {DisputeStatus.RESOLVED, DisputeStatus.WITHDRAWN}:
        raise Refused(_("A dispute is closed as resolved or as withdrawn; a ruling is recorded with its order."), field="outcome")
    if not reason.strip():
        raise Refused(_("Say how it came to this; it stays on record."), field="reason")
    law = CourtLaw(locked.case.court)
    day = closed_on or law.today()
    must_be_past(day, law, "closed_on")
    if locked.submitted_on is not None and day < locked.submitted_on:
        raise Refused(
            _("It was sent or filed on %(day)s; it cannot have been closed before.")
            % {"day": formats.date_format(locked.submitted_on)},
            field="closed_on",
        )
    move_dispute(locked, outcome)
    locked.closed_on, locked.closed_because = day, reason.strip()[:300]
    all_printable(locked)
    _touch(locked, ["closed_on", "closed_because"])
    _record(Act.DISPUTE_CLOSED, locked, by=by, details={"outcome": outcome.value, "reason": locked.closed_because}, day=day)
    dispute.refresh_from_db()
    return locked


def _slashed(dispute: Dispute) -> str:
    if dispute.side != Side.OURS or dispute.signer is None:
        raise Refused(
            _("Nobody of our side is named who signs. Name the signer first, or leave it to be signed by hand."),
            field="electronically",
        )
    return f"/s/ {dispute.signer.attorney.name}"


def _rows(case: Case, rows: Iterable[RequestRow]) -> list[RequestRow]:
    """Return rows in the order given as they stand now. Raises Refused for rows of another case or that were not served."""
    wanted = list(dict.fromkeys(row.pk for row in rows))
    found = RequestRow.objects.filter(case=case).select_related("demand__case", *WITH_TEXTS).in_bulk(wanted)
    if not wanted:
        raise Refused(_("Select at least one request."), field="rows")
    if len(found) < len(wanted):
        raise Refused(_("Choose requests of this case."), field="rows")
    unserved = [row for row in found.values() if row.demand.status != DemandStatus.SERVED]
    if unserved:
        raise Refused(
            _("%(row)s is not served (any more): there is nothing to dispute. Record the service first.") % {"row": unserved[0]},
            field="rows",
        )
    return [found[pk] for pk in wanted]


def _place_of(disputed: DisputedRequest, entries: Sequence[DisputedRequest]) -> int:
    """Return where a request stands among those of its locked dispute. Raises Refused when somebody took it out meanwhile."""
    place = next((index for index, entry in enumerate(entries) if entry.pk == disputed.pk), None)
    if place is None:
        raise Refused(_("This request is not in it any more."))
    return place


def _one_responder(dispute: Dispute, rows: Sequence[RequestRow]) -> None:
    parties = {row.demand.responding_party_id for row in rows}
    dispute.responding_party_id = parties.pop() if len(parties) == 1 else None


def usual_signer(case: Case, by: User) -> Appearance | None:
    """Return who signs if nobody is named: the user's own appearance, else the first of our side's."""
    ours = case.appearances.filter(group__members__is_client=True) | case.appearances.filter(parties__is_client=True)
    found = list(ours.select_related("attorney").distinct().order_by("position", "pk"))
    return next((one for one in found if one.attorney.user_id == by.pk), found[0] if found else None)


def _check(dispute: Dispute) -> None:
    all_printable(dispute)
    must_hang_together(dispute)
    if dispute.signer is not None and dispute.signer.case_id != dispute.case_id:
        raise Refused(_("Choose among the rows of this case."), field="signer")
    dispute.full_clean(exclude=["recorded_by", "number", "case", "responding_party"])


def _locked(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_for_update(of=("self",)).select_related(*DISPUTE_ROWS).get(pk=dispute.pk)


def locked_draft(dispute: Dispute) -> Dispute:
    """Lock a dispute and return it as stored. Raises Refused unless it is a draft."""
    locked = _locked(dispute)
    if locked.status != DisputeStatus.DRAFT:
        raise Refused(_("This is “%(now)s”. Reopen it for changes first.") % {"now": locked.get_status_display()})
    return locked


def _touch(dispute: Dispute, fields: list[str]) -> None:
    """Save fields of a locked dispute as a new revision, so that a form opened before is told."""
    dispute.revision += 1
    dispute.changed_at = timezone.now()
    dispute.save(update_fields=[*fields, "revision", "changed_at"])


def _number(entries: Sequence[DisputedRequest]) -> None:
    for place, entry in enumerate(entries, start=1):
        entry.position = place
    DisputedRequest.objects.bulk_update(entries, ["position"])


def _chase(dispute: Dispute, sent_on: date, answer_by: date, *, by: User) -> Deadline:
    """Put the day by which a letter asks for an answer among the dates, as one set by hand: it then chases itself."""
    demands = set(dispute.requests.values_list("row__demand", flat=True))
    return put_by_hand(
        dispute.case,
        f"dispute:{dispute.pk}",
        shortened(f"Answer to our letter: {dispute.title}"),
        answer_by,
        f"Asked for in our letter of {written(sent_on)}",
        by=by,
        ours=False,
        demand_id=demands.pop() if len(demands) == 1 else None,
    )


def _record(act: Act, dispute: Dispute, *, by: User, details: Mapping[str, object] | None = None, day: date | None = None) -> None:
    moment = noon(day, CourtLaw(dispute.case.court)) if day is not None else None
    record(act, dispute, case=dispute.case, by=by, summary=lambda: str(dispute), details=details or {}, happened_at=moment)
