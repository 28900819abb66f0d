"""Due dates and what extended them: read here, acted on by the verbs of their screens."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Deadline, Extension


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin[Deadline]):
    """Due dates, the next ones first."""

    list_display = ["title", "case", "due_on", "kind", "state", "basis", "ours", "owner", "screen"]
    list_select_related = ["case", "owner"]
    list_filter = ["state", "kind", "basis", "ours"]
    search_fields = ["title", "case__name"]

    @admin.display(description=_("screen"))
    def screen(self, deadline: Deadline) -> str:
        """Link to the date's own page, which shows how it was counted."""
        return format_html('<a href="{}">{}</a>', reverse("deadline-detail", args=[deadline.pk]), pgettext("a link", "Open"))


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin[Extension]):
    """Agreements and orders that moved a date, with the old date and the new one."""

    list_display = ["deadline", "old_due", "new_due", "kind", "agreed_on", "agreed_with", "needs_approval", "approved_on"]
    list_select_related = ["deadline"]
    list_filter = ["kind", "needs_approval"]
    search_fields = ["deadline__title", "agreed_with"]
