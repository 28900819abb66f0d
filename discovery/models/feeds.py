"""Calendar feeds and reminders: what tells people of due dates outside the screens. The walls hold here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.enums import FeedScope, ReminderState
from discovery.models.base import cases_seen_by
from discovery.models.choices import one_of, translated
from discovery.models.deadlines import Deadline

if TYPE_CHECKING:
    from discovery.models.base import Reader


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Feeds are their owner's alone."""

    def visible_to(self, user: Reader) -> Self:
        """Return the user's own feeds."""
        return self.filter(user_id=user.pk or 0)

    def editable_by(self, user: Reader) -> Self:
        """Return the user's own feeds."""
        return self.visible_to(user)


class CalendarFeed(models.Model):
    """A secret address under which a calendar program reads one person's due dates; only the hash of its secret is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    label = models.CharField(_("name"), max_length=80, help_text=_("Where it is used: phone, Outlook"))
    scope = models.CharField(_("holds"), max_length=4, choices=translated(FeedScope), default=FeedScope.ALL.value)
    minimal = models.BooleanField(
        _("as few words as possible"), default=False, help_text=_("No names of cases or persons: for calendars that others see")
    )
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name, verbose_name_plural = _("calendar address"), _("calendar addresses")
        constraints = [one_of("scope", FeedScope, "feed_scope_known")]

    def __str__(self) -> str:
        return self.label


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders are their recipient's alone, and only while he belongs to the case they speak of."""

    def visible_to(self, user: Reader) -> Self:
        """Return the user's own reminders of the cases the user is a member of."""
        return self.filter(recipient_id=user.pk or 0, deadline__case_id__in=cases_seen_by(user))

    def editable_by(self, user: Reader) -> Self:
        """Return none: a reminder is written by the program alone."""
        return self.none()


class Reminder(models.Model):
    """One e-mail about one deadline to one person at one rung of the ladder: the row is the job, as with drafts (law 6)."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    rung = models.SmallIntegerField(help_text="Days before the due day; negative after it, when the supervisor hears of it")
    due_on = models.DateField(help_text="The due day it speaks of: a moved date starts a ladder of its own")
    state = models.CharField(max_length=8, choices=translated(ReminderState), default=ReminderState.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [
            one_of("state", ReminderState, "reminder_state_known"),
            models.UniqueConstraint(fields=["deadline", "recipient", "rung", "due_on"], name="reminder_once_per_rung"),
            models.CheckConstraint(condition=~Q(state=ReminderState.SENT.value) | Q(sent_at__isnull=False), name="sent_says_when"),
        ]
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                condition=Q(state__in=[ReminderState.QUEUED.value, ReminderState.SENDING.value]),
                name="reminder_unsent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline}, {self.rung} d, {self.recipient}"
