"""Productions, their page ranges and what these answer: read here, recorded on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import BatesRange, PageTie, Production


@admin.register(Production)
class ProductionAdmin(ReadOnlyAdmin[Production]):
    """Productions."""

    list_display = ["volume", "responding_party", "side", "produced_on", "medium"]
    list_select_related = ["responding_party__person"]
    list_filter = ["side", "medium"]
    date_hierarchy = "produced_on"


@admin.register(BatesRange)
class BatesRangeAdmin(ReadOnlyAdmin[BatesRange]):
    """Page ranges."""

    list_display = ["__str__", "production", "prefix", "first", "last"]
    list_select_related = ["production"]


@admin.register(PageTie)
class PageTieAdmin(ReadOnlyAdmin[PageTie]):
    """Pages tied to requests."""

    list_display = ["__str__", "bates_range", "row", "first", "last"]
    list_select_related = ["bates_range__production", "row__demand__responding_party__person"]
