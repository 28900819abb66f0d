"""Calendar feeds: secret addresses under which calendar programs read a person's due dates, and what they read there.

Whoever has the address reads the dates, so the address is the key: 32 random bytes, shown once, of which only the hash is kept.
What it opens is asked anew at each reading: the cases that its owner is a member of now, while the account is active (law 7).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.addresses import installation, page_of
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.enums import Act, Basis, DeadlineKind, DeadlineState, FeedScope
from discovery.models import CalendarFeed, Deadline
from discovery.papers.ics import Entry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BACK, AHEAD = timedelta(days=60), timedelta(days=731)
"""How far a feed reaches: done and missed dates for two months, coming ones for two years."""
CANCELLED_FOR = timedelta(days=180)
"""How long a date that no longer applies is announced as cancelled, so that a program that looks rarely sees it too."""
READ_EVERY = timedelta(hours=1)
"""How exactly "last read" is kept: most readings write nothing."""
MOST = 20


@verb
def make_feed(label: str, *, by: User, scope: str = FeedScope.ALL.value, minimal: bool = False) -> tuple[CalendarFeed, str]:
    """Make a calendar address for `by`; return it with its secret, which is kept nowhere. Raises Refused, ValidationError."""
    if CalendarFeed.objects.filter(user=by, revoked_at__isnull=True).count() >= MOST:
        raise Refused(_("You have %(most)d addresses already: revoke those that are not used any more.") % {"most": MOST})
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(user=by, label=label.strip(), scope=scope, minimal=minimal, secret_sha256=_hash(secret))
    feed.full_clean(exclude=["user"])
    feed.save()
    details = {"scope": scope, "minimal": minimal}
    record(Act.FEED_MADE, feed, case=None, by=by, summary=lambda: feed.label, details=details)
    return feed, secret


@verb
def revoke_feed(feed: CalendarFeed, *, by: User) -> None:
    """Revoke an address: from now on it answers as one that never was. Raises Refused when it is revoked already."""
    now = timezone.now()
    if not CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now):
        raise Refused(_("This address was revoked already."))
    feed.revoked_at = now
    record(Act.FEED_REVOKED, feed, case=None, by=by, summary=lambda: feed.label)


def find_feed(secret: str) -> CalendarFeed | None:
    """Return the feed of a secret, or None for an unknown or revoked one and for an account that is closed.

    What is looked up is the hash, so that the time it takes says nothing about the secret.
    """
    wanted = _hash(secret)
    feed = (
        CalendarFeed.objects.filter(secret_sha256=wanted, revoked_at__isnull=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return feed if feed is not None and hmac.compare_digest(feed.secret_sha256, wanted) else None


def note_reading(feed: CalendarFeed, now: datetime) -> None:
    """Keep when a feed was last read, at most once an hour."""
    if feed.last_read_at is None or feed.last_read_at < now - READ_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)


def name_of(feed: CalendarFeed) -> str:
    """Return what a calendar program calls the calendar."""
    return f"Tecum: {feed.label}"


def entries_of(feed: CalendarFeed, now: datetime, site: str) -> list[Entry]:
    """Return what a feed holds (one query), soonest first; `site` begins its links. Words follow the reader's language."""
    today = now.date()
    near = Q(due_on__gte=today - BACK, due_on__lte=today + AHEAD) & ~Q(state=DeadlineState.VOID.value)
    gone = Q(state=DeadlineState.VOID.value) | Q(due_on__isnull=True, computed_on__isnull=False)
    rows = Deadline.objects.visible_to(feed.user).filter(near | (gone & Q(changed_at__gte=now - CANCELLED_FOR)))
    if feed.scope == FeedScope.MINE:
        rows = rows.filter(owner=feed.user)
    rows = rows.select_related("case", "demand__responding_party__person").order_by("due_at", "pk")
    return list(_entries(feed, rows.iterator(chunk_size=500), site))


def _entries(feed: CalendarFeed, rows: Iterator[Deadline], site: str) -> Iterator[Entry]:
    """Yield an entry a row; labels are looked up by their words: `get_kind_display` builds its whole list anew each time."""
    suffix = installation()
    for row in rows:
        day = row.due_on or row.computed_on
        if day is None:  # it never had a date, so that no program ever heard of it
            continue
        page = page_of(row, site)
        yield Entry(
            uid=f"deadline-{row.pk}@{suffix}.tecum",
            sequence=row.revision,
            changed_at=row.changed_at,
            day=day,
            at=row.due_at if row.by_hour else None,
            summary=_summary(row, minimal=feed.minimal),
            description=page if feed.minimal else "\n".join([*_facts(row), page]),
            url=page,
            category=_(DeadlineKind(row.kind).label),
            cancelled=row.state == DeadlineState.VOID or row.due_on is None,
        )


def _summary(row: Deadline, *, minimal: bool) -> str:
    """Return the line that the calendar shows."""
    if minimal:
        words = _("Deadline: %(kind)s") % {"kind": _(DeadlineKind(row.kind).label)}
    else:
        whom = f" ({row.demand.responding_party})" if row.demand is not None else ""
        words = f"{row.title}{whom}, {row.case.name}"
    return _("Done: %(what)s") % {"what": words} if row.state == DeadlineState.DONE else words


def _facts(row: Deadline) -> Iterator[str]:
    """Yield the lines below the summary: whose act it is, by which rule and count, until which hour, and what came of it."""
    yield str(row.case)
    yield _("Our side must act.") if row.ours else _("The other side must act.")
    if row.by_hour and row.due_at is not None:
        hour = f"{row.due_at.astimezone(ZoneInfo(row.zone)):%H:%M %Z}"
        yield _("Due by %(hour)s at the court.") % {"hour": hour}
    trail = row.trail()
    if trail is not None and trail.rule:
        yield _("Rule: %(rule)s") % {"rule": trail.rule}
    if trail is not None and trail.steps:
        day = formats.date_format(trail.trigger, "DATE_FORMAT")
        yield _("Counted from %(trigger)s, %(day)s: %(period)s.") % {
            "trigger": trail.trigger_label,
            "day": day,
            "period": trail.period,
        }
        yield _("Days counted %(counted)d, skipped %(skipped)d, added %(added)d.") % trail.tally()
    yield _("Rests on: %(basis)s") % {"basis": _(Basis(row.basis).label)}
    if row.done_on is not None:
        yield _("Done on %(day)s.") % {"day": formats.date_format(row.done_on, "DATE_FORMAT")}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
