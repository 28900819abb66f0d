"""The words of a reminder: one e-mail, plain and simple HTML, that says what is due, when, by which rule, and where to look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.addresses import installation, page_of
from discovery.models import Deadline, Reminder


def compose_mail(reminder: Reminder, now: datetime) -> EmailMultiAlternatives:
    """Return the e-mail of a reminder, with the days that are left now: it may have waited for its turn.

    Accounts carry no language, so that it is in the installation's. The Message-ID is the reminder's own: tried again after a
    crash, it is the same e-mail. TECUM_EMAIL_MINIMAL leaves out every name of a case or person.
    """
    with translation.override(settings.LANGUAGE_CODE):
        context = words_of(reminder, now)
        mail = EmailMultiAlternatives(
            subject=" ".join(context["subject"].split()),
            body=render_to_string("email/reminder.txt", context),
            to=[reminder.recipient.email],
            headers={"Message-ID": message_id(reminder), "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        mail.attach_alternative(render_to_string("email/reminder.html", context), "text/html")
    return mail


def message_id(reminder: Reminder) -> str:
    """Return the id under which mail programs know a reminder, however often it is handed in."""
    return f"<reminder-{reminder.pk}@{installation()}.tecum>"


def words_of(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return what the templates print."""
    deadline = reminder.deadline
    zone = ZoneInfo(deadline.zone)
    assert deadline.due_on is not None
    assert deadline.due_at is not None
    when = when_of(deadline.due_on, now.astimezone(zone).date(), past=deadline.overdue(now))
    what = deadline.get_kind_display() if settings.EMAIL_MINIMAL else _what(deadline)
    hour = f"{deadline.due_at.astimezone(zone):%H:%M %Z}" if deadline.by_hour else ""
    return {
        "subject": f"{when}: {what}",
        "when": when,
        "hour": hour,
        "what": what,
        "facts": [] if settings.EMAIL_MINIMAL else _facts(deadline),
        "why": _why(reminder),
        "url": page_of(deadline, settings.SITE_URL),
    }


def when_of(due_on: date, today: date, *, past: bool) -> str:
    """Return when something is due, as the subject begins: "Due in 7 days, Wednesday, July 2, 2025"."""
    day = f"{formats.date_format(due_on, 'l')}, {formats.date_format(due_on, 'DATE_FORMAT')}"
    left = (due_on - today).days
    if past:
        return _("Overdue since %(day)s") % {"day": day}
    if left <= 0:
        return _("Due today, %(day)s") % {"day": day}
    if left == 1:
        return _("Due tomorrow, %(day)s") % {"day": day}
    return ngettext("Due in %(left)d day, %(day)s", "Due in %(left)d days, %(day)s", left) % {"left": left, "day": day}


def _what(deadline: Deadline) -> str:
    whom = f" ({deadline.demand.responding_party})" if deadline.demand is not None else ""
    return f"{deadline.title}{whom}, {deadline.case.name}"


def _facts(deadline: Deadline) -> list[tuple[str, str]]:
    """Return the lines below: label and text."""
    trail = deadline.trail()
    owner = deadline.owner
    found = [
        (_("Case"), str(deadline.case)),
        (_("Who must act"), _("our side") if deadline.ours else _("the other side")),
        (_("Looked after by"), (owner.get_full_name() or owner.get_username()) if owner is not None else ""),
        (_("Rule"), trail.rule if trail is not None else ""),
        (_("If missed"), deadline.consequence),
    ]
    return [(label, text) for label, text in found if text]


def _why(reminder: Reminder) -> str:
    """Return why this person gets it, in one sentence."""
    deadline = reminder.deadline
    if deadline.owner_id == reminder.recipient_id:
        return _("You get this because you look after this date.")
    if deadline.case.supervisor_id == reminder.recipient_id:
        return _("You get this because you supervise the case and nothing was recorded as done.")
    return _("You get this because you are an owner of the case.")
