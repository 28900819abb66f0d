"""Reminders by e-mail: queued when a rung of the ladder comes, claimed, sent, tried again (law 6).

The story of one date. Objections are due on July 16; Bob looks after them and Alice supervises the case. On July 2 at 7:00 in
the court's zone the sweep finds the row, puts its next reminder on July 9 and, in the same transaction, queues an e-mail to Bob
("due in 14 days"). Two sweeps at once ask for the row by what they read; one conditional UPDATE decides. The workers are off from
July 8 to July 14: the sweep then finds that two rungs have passed (7 and 3 days), and Bob gets one e-mail, which says how many days
are left. Nothing is recorded as done: on July 17 Bob and Alice both hear that the date has passed, and the ladder ends.

An e-mail is claimed with a lease, as a draft is. A worker that dies between claim and "sent" leaves the row to the next one; that
one sends it with the same Message-ID, so that mail programs which saw the first show one.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.dates.ladder import OVERDUE, next_rung, rungs_passed
from discovery.domain.dates.reminder_mail import compose_mail
from discovery.domain.drafts.bell import ring_for_mail
from discovery.enums import DeadlineState, MemberRole, ReminderState
from discovery.models import CaseMembership, Deadline, Reminder
from discovery.models.deadlines import BOUNDARIES

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=10), timedelta(hours=3))
"""How long a mail server that refused is left alone before the next attempt; after the last one it lasts."""


def due_reminders(*, now: datetime | None = None, limit: int = 1000) -> int:
    """Queue the reminders whose moment has come, ring for those that wait, and return how many were queued.

    Runs every few minutes on beat. Without a mail server nothing is queued and no rung is passed: the dates keep their place on
    the ladder until there is one.
    """
    if not settings.SENDS_EMAIL:
        return 0
    now = now or timezone.now()
    due = Deadline.objects.filter(state=DeadlineState.OPEN.value, next_reminder_at__lte=now).order_by("next_reminder_at", "pk")
    queued = sum(climb(pk, now) for pk in due.values_list("pk", flat=True)[:limit])
    if waiting(now).exists():
        ring_for_mail()
    return queued


@transaction.atomic
def climb(deadline_id: int, now: datetime) -> int:
    """Take one date to its next rung and queue the last rung that has passed; return how many e-mails were queued.

    The UPDATE names the moment and the day that were read: who comes second, or after the date moved, changes nothing.
    """
    row = Deadline.objects.filter(pk=deadline_id).select_related("case").first()
    if row is None or row.due_on is None or row.next_reminder_at is None or row.next_reminder_at > now:
        return 0
    coming = next_rung(row.due_on, row.zone, now)
    same = Deadline.objects.filter(
        pk=row.pk, state=DeadlineState.OPEN.value, next_reminder_at=row.next_reminder_at, due_on=row.due_on
    )
    if not same.update(next_reminder_at=coming[1] if coming else None):
        return 0
    passed = rungs_passed(row.due_on, row.zone, row.next_reminder_at, now)
    if not passed:  # the days of the ladder were changed since
        return 0
    if row.kind in BOUNDARIES:
        passed = [rung for rung in passed if rung != OVERDUE]  # nobody is late with a day that only bounds
        if not passed:
            return 0
    rung, due_on = passed[-1], row.due_on
    made = [
        Reminder(deadline=row, recipient=who, rung=rung, due_on=due_on, queued_at=now)
        for who in recipients_of(row, overdue=rung == OVERDUE)
    ]
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def recipients_of(deadline: Deadline, *, overdue: bool) -> list[User]:
    """Return who is reminded (one query): who looks after the date; when it has passed, the supervisor too.

    The case's owners stand in for a person who is not named, has left the case, is locked out or has no address.
    """
    members = CaseMembership.objects.filter(case=deadline.case_id, user__is_active=True).exclude(user__email="")
    reached = {member.user_id: member for member in members.select_related("user").order_by("pk")}
    owners = [pk for pk, member in reached.items() if member.role == MemberRole.OWNER]
    named = [deadline.owner_id, deadline.case.supervisor_id] if overdue else [deadline.owner_id]
    chosen = [pk for one in named for pk in ([one] if one in reached else owners)]
    if not chosen:
        logger.warning("Nobody can be reminded of deadline %d: no owner of its case has an address.", deadline.pk)
    return [reached[pk].user for pk in dict.fromkeys(chosen) if pk is not None]


def waiting(now: datetime) -> QuerySet[Reminder]:
    """Return the reminders to be sent now: queued and not held back, or claimed by a worker that fell silent."""
    queued = Q(state=ReminderState.QUEUED.value) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))
    return Reminder.objects.filter(queued | Q(state=ReminderState.SENDING.value, lease_until__lt=now))


def send_reminders(*, now: datetime | None = None, limit: int = 200) -> int:
    """Send the reminders that wait, at most `limit`, and return how many were sent. Doing it twice sends nothing twice."""
    if not settings.SENDS_EMAIL:
        return 0
    ids = list(waiting(now or timezone.now()).order_by("queued_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(send_reminder(pk, now=now) for pk in ids)


def send_reminder(reminder_id: int, *, now: datetime | None = None) -> bool:
    """Send one reminder if it still waits and is still wanted; say whether it was sent."""
    now = now or timezone.now()
    reminder = claim(reminder_id, now=now)
    if reminder is None:
        return False
    if reminder.attempts > settings.REMINDER_MAX_ATTEMPTS:
        _settle(reminder, ReminderState.FAILED, _("The worker stopped each time it was sending this."))
        return False
    unwanted = why_not(reminder)
    if unwanted:
        _settle(reminder, ReminderState.DROPPED, unwanted)
        return False
    try:
        compose_mail(reminder, now).send()
    except Exception as error:
        logger.exception("Reminder %d could not be sent.", reminder.pk)
        _try_later(reminder, f"{type(error).__name__}: {error}", now)
        return False
    return _settle(reminder, ReminderState.SENT, sent_at=now)


def claim(reminder_id: int, *, now: datetime) -> Reminder | None:
    """Take a reminder for this worker; one conditional UPDATE decides between two. None when it is not to be had."""
    token = secrets.token_hex(16)
    taken = (
        waiting(now)
        .filter(pk=reminder_id)
        .update(
            state=ReminderState.SENDING.value,
            attempts=F("attempts") + 1,
            lease=token,
            lease_until=now + timedelta(seconds=settings.REMINDER_LEASE_SECONDS),
        )
    )
    if not taken:
        return None
    rows = Reminder.objects.select_related("recipient", "deadline__case__supervisor", "deadline__owner")
    return rows.select_related("deadline__demand__responding_party__person").get(pk=reminder_id, lease=token)


def why_not(reminder: Reminder) -> str:
    """Return why a reminder is not wanted any more, or ''. Asked at the last moment: walls and dates move (law 7)."""
    deadline, recipient = reminder.deadline, reminder.recipient
    later = Reminder.objects.filter(deadline=deadline, recipient=recipient, due_on=reminder.due_on, rung__lt=reminder.rung)
    if deadline.state != DeadlineState.OPEN:
        return _("Nothing is left to be done.")
    if deadline.due_on != reminder.due_on:
        return _("The date has moved.")
    if not recipient.is_active:
        return _("The account is closed.")
    if not recipient.email:
        return _("The account has no address.")
    if not CaseMembership.objects.filter(case=deadline.case_id, user=recipient).exists():
        return _("The recipient has left the case.")
    return _("A later reminder has taken its place.") if later.exists() else ""


def _try_later(reminder: Reminder, reason: str, now: datetime) -> None:
    """Give a reminder back to be tried again after a pause, or let it fail after the last attempt."""
    if reminder.attempts >= settings.REMINDER_MAX_ATTEMPTS:
        _settle(reminder, ReminderState.FAILED, reason)
    else:
        pause = PAUSES[min(reminder.attempts, len(PAUSES)) - 1]
        _settle(reminder, ReminderState.QUEUED, reason, lease_until=now + pause)


def _settle(reminder: Reminder, state: ReminderState, error: str = "", **fields: datetime) -> bool:
    """Write what became of a reminder, if this worker still holds it; say whether it did."""
    held = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.SENDING.value, lease=reminder.lease)
    values: dict[str, object] = {"lease": "", "lease_until": None, "error": error, **fields}
    return bool(held.update(state=state.value, **values))
