"""Overridden findings: who set which warning aside, when and why."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import FindingOverride


@admin.register(FindingOverride)
class FindingOverrideAdmin(ReadOnlyAdmin[FindingOverride]):
    """Overrides, newest first; they are written on the screens, with the finding beside them."""

    list_display = ["at", "check_id", "demand", "reason", "by"]
    list_select_related = ["demand__responding_party__person", "by"]
    list_filter = ["check_id"]
    search_fields = ["said", "reason"]
    date_hierarchy = "at"
