"""Firms, attorneys and appearances."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import WalledAdmin
from discovery.models import Appearance, Attorney, Firm


@admin.register(Firm)
class FirmAdmin(WalledAdmin[Firm]):
    """Law firms' offices."""

    list_display = ["name", "city", "state", "telephone"]
    search_fields = ["name", "city"]


@admin.register(Attorney)
class AttorneyAdmin(WalledAdmin[Attorney]):
    """Attorneys."""

    list_display = ["name", "firm", "bar", "bar_number", "email"]
    list_select_related = ["firm"]
    search_fields = ["name", "bar_number", "firm__name"]


@admin.register(Appearance)
class AppearanceAdmin(WalledAdmin[Appearance]):
    """Who appears for whom."""

    list_display = ["attorney", "case", "group", "admission", "accepts_email"]
    list_select_related = ["attorney", "case", "group"]
    search_fields = ["attorney__name"]
    filter_horizontal = ["parties"]
