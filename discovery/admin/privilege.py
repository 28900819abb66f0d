"""Privilege logs, their entries and claw-backs: read here, recorded on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Clawback, PrivilegeLog, PrivilegeLogEntry


@admin.register(PrivilegeLog)
class PrivilegeLogAdmin(ReadOnlyAdmin[PrivilegeLog]):
    """Versions of privilege logs."""

    list_display = ["responding_party", "case", "number", "side", "kind", "served_on", "superseded", "paper"]
    list_select_related = ["responding_party__person", "case", "paper"]
    list_filter = ["side", "kind", "superseded"]
    date_hierarchy = "served_on"


@admin.register(PrivilegeLogEntry)
class PrivilegeLogEntryAdmin(ReadOnlyAdmin[PrivilegeLogEntry]):
    """Entries, as they came."""

    list_display = ["log", "number", "bates_first", "sent", "basis", "challenge", "challenged_on"]
    list_select_related = ["log__responding_party__person"]
    list_filter = ["basis", "withheld", "challenge"]
    search_fields = ["bates_first", "description"]


@admin.register(Clawback)
class ClawbackAdmin(ReadOnlyAdmin[Clawback]):
    """Claims of privilege over what was produced."""

    list_display = ["pages", "case", "responding_party", "side", "noticed_on", "state", "acted_on"]
    list_select_related = ["case", "responding_party__person"]
    list_filter = ["side", "state"]
    date_hierarchy = "noticed_on"
