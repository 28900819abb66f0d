"""Events: the record of who did what when."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    """Events, newest first; nobody writes here by hand."""

    list_display = ["recorded_at", "act", "summary", "actor", "case"]
    list_select_related = ["actor", "case"]
    list_filter = ["act"]
    search_fields = ["summary"]
    date_hierarchy = "recorded_at"
