"""Courts and their closures."""

from django.contrib import admin

from discovery.admin.base import WalledAdmin
from discovery.models import Court, CourtClosure


@admin.register(Court)
class CourtAdmin(WalledAdmin[Court]):
    """Courts: public facts, kept by staff."""

    list_display = ["short_name", "name", "state", "time_zone", "rule_set"]
    search_fields = ["name", "short_name"]
    list_filter = ["kind", "state"]


@admin.register(CourtClosure)
class CourtClosureAdmin(WalledAdmin[CourtClosure]):
    """Days on which a court was closed beside its calendar."""

    list_display = ["day", "court", "name", "filing_only", "source"]
    list_select_related = ["court"]
    list_filter = ["court"]
    date_hierarchy = "day"
