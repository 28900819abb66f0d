"""Calendar feeds and reminders: one's own, to look at."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import CalendarFeed, Reminder


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin[CalendarFeed]):
    """Calendar addresses; their secrets are stored nowhere."""

    list_display = ["label", "scope", "minimal", "made_at", "last_read_at", "revoked_at"]
    fields = ["label", "scope", "minimal", "made_at", "last_read_at", "revoked_at"]
    readonly_fields = ["made_at", "last_read_at", "revoked_at"]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin[Reminder]):
    """Reminders with their states, attempts and reasons of failure."""

    list_display = ["pk", "deadline", "rung", "due_on", "state", "attempts", "queued_at", "sent_at", "error"]
    list_select_related = ["deadline"]
    list_filter = ["state"]
    exclude = ["lease"]
