"""Claw-backs: notice of a claim of privilege over what was produced, and what was done with it.

Fed. R. Civ. P. 26(b)(5)(B) between parties, 45(e)(2)(B) when a non-party claims: after being notified, a party must promptly
return, sequester, or destroy the information and any copies it has, must not use or disclose it until the claim is resolved, and
may promptly present it to the court under seal for a determination (8VC in *Musk v. Altman*, Dkt. 210-226). "Promptly" is no number
of days: the day by which to act is a person's, entered by hand and never computed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.by_hand import put_by_hand, shortened
from discovery.domain.dates.closing import close_as_done, close_as_void
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable, printable
from discovery.domain.privilege.logs import side_of
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, ClawbackState, DeadlineKind, DeadlineState, Side
from discovery.law.days import written
from discovery.models import Clawback, Deadline, RespondingParty

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

S = ClawbackState
MOVES: dict[str, tuple[ClawbackState, ...]] = {
    S.NOTICED.value: (S.RETURNED, S.SEQUESTERED, S.DESTROYED, S.SUBMITTED, S.WITHDRAWN),
    S.SEQUESTERED.value: (S.RETURNED, S.DESTROYED, S.SUBMITTED, S.WITHDRAWN),
    S.SUBMITTED.value: (S.UPHELD, S.OVERRULED, S.WITHDRAWN),
    S.UPHELD.value: (S.RETURNED, S.DESTROYED),
    S.RETURNED.value: (S.WITHDRAWN,),
    S.DESTROYED.value: (S.WITHDRAWN,),
    S.OVERRULED.value: (),
    S.WITHDRAWN.value: (),
}
"""From where a claw-back may go where: a court rules on what was submitted to it."""
DUTY_MET = (S.RETURNED, S.SEQUESTERED, S.DESTROYED, S.SUBMITTED)
"""What the rule asks for after the notice."""


def rule_of_clawback(responder: RespondingParty) -> str:
    """Return the rule under which a responding party claims back what it produced."""
    return "Fed. R. Civ. P. 26(b)(5)(B)" if responder.party() is not None else "Fed. R. Civ. P. 45(e)(2)(B)"


@verb
def note_clawback(clawback: Clawback, act_by: date | None, *, by: User, upload: Upload | None = None) -> Clawback:
    """Record notice of a claim over produced material; the day by which to act is kept as a date of the case, entered by hand.

    Raises Refused without that day or for one before the notice, a notice ahead of today, a production of somebody else;
    ValidationError.
    """
    responder = RespondingParty.objects.select_related("case__court", "person").get(pk=clawback.responding_party_id)
    clawback.case, clawback.responding_party, clawback.side = responder.case, responder, side_of(responder).value
    law = CourtLaw(responder.case.court)
    must_be_past(clawback.noticed_on, law, "noticed_on")
    if act_by is None:
        raise Refused(
            _("Say by which day to act: the rule says “promptly” and names no number of days, so it is not computed."),
            field="act_by",
        )
    if act_by < clawback.noticed_on:
        raise Refused(_("This lies before the notice. Check both days."), field="act_by")
    if clawback.production is not None and clawback.production.responding_party_id != responder.pk:
        raise Refused(_("Choose a production of the party that claims."), field="production")
    clawback.recorded_by = by
    all_printable(clawback)
    clawback.full_clean(exclude=["recorded_by", "deadline", "paper"])
    if upload is not None:
        clawback.paper = keep_attachment(responder.case, upload, by=by, field="upload")
    clawback.deadline = _deadline(clawback, act_by, by=by)
    clawback.save()
    details = {"pages": clawback.pages, "act_by": str(act_by), "rule": rule_of_clawback(responder)}
    record(
        Act.CLAWBACK_NOTICED,
        clawback,
        case=responder.case,
        by=by,
        summary=lambda: _named(clawback),
        details=details,
        happened_at=noon(clawback.noticed_on, law),
    )
    return clawback


@verb
def act_on_clawback(
    clawback: Clawback,
    state: ClawbackState,
    acted_on: date,
    *,
    by: User,
    note: str = "",
    docket_entry: str = "",
    revision: int | None = None,
) -> Clawback:
    """Record what was done with the material, or what came of the claim. The date is done when the rule's duty is met.

    Raises Refused for what the table does not allow, a day ahead or before the last act; Conflict.
    """
    current = (
        Clawback.objects.select_for_update(of=("self",))
        .select_related("case__court", "responding_party__person")
        .get(pk=clawback.pk)
    )
    if state not in MOVES[current.state]:
        raise Refused(
            _("This is “%(now)s”; it cannot become “%(wanted)s” from there.")
            % {"now": current.get_state_display(), "wanted": _(state.label)},
            field="state",
        )
    law = CourtLaw(current.case.court)
    must_be_past(acted_on, law, "acted_on")
    since = current.acted_on or current.noticed_on
    if acted_on < since:
        raise Refused(_("The step before was on %(day)s, after that day.") % {"day": formats.date_format(since)}, field="acted_on")
    printable(note, "note")
    printable(docket_entry, "docket_entry")
    claim_revision(current, revision)
    was = current.state
    current.state, current.acted_on = state.value, acted_on
    current.docket_entry = docket_entry.strip()[:40] or current.docket_entry
    current.note = "\n".join(part for part in (current.note, note.strip()) if part)
    current.save(update_fields=["state", "acted_on", "docket_entry", "note"])
    done = _close_date(current, state, acted_on, by=by)
    details = {"old": was, "new": state.value, "on": str(acted_on), "note": note.strip(), "docket_entry": current.docket_entry}
    details |= {"done": done} if done else {}
    record(
        Act.CLAWBACK_CHANGED,
        current,
        case=current.case,
        by=by,
        summary=lambda: _named(current),
        details=details,
        happened_at=noon(acted_on, law),
    )
    clawback.refresh_from_db()
    return current


def _named(clawback: Clawback) -> str:
    return f"{clawback.pages}, claimed by {clawback.responding_party}"


def _deadline(clawback: Clawback, act_by: date, *, by: User) -> Deadline:
    """Return the saved date by which to act; part of the verb, which writes the event."""
    rule = rule_of_clawback(clawback.responding_party)
    source = f"{rule}: promptly after notice of {written(clawback.noticed_on)}; the day was set by {by.get_username()}"
    title = f"Return, sequester or destroy what is clawed back: {clawback.pages}"
    return put_by_hand(
        clawback.case,
        f"clawback:{timezone.now():%Y%m%d%H%M%S%f}",
        shortened(title),
        act_by,
        source,
        by=by,
        ours=clawback.side == Side.THEIRS,  # who received the material must act
        kind=DeadlineKind.CLAWBACK.value,
    )


def _close_date(clawback: Clawback, state: ClawbackState, day: date, *, by: User) -> str:
    """Mark the date done when the duty is met, void when the claim is withdrawn before; return what was closed."""
    row = Deadline.objects.select_for_update().filter(clawback=clawback, state=DeadlineState.OPEN.value).first()
    if row is None or state not in {*DUTY_MET, S.WITHDRAWN}:
        return ""
    if state in DUTY_MET:
        close_as_done(row, day, state.label, by=by)
    else:
        close_as_void(row)
    return row.title
