"""Courts."""

from django.contrib import admin

from discovery.admin.base import WalledAdmin
from discovery.models import Court


@admin.register(Court)
class CourtAdmin(WalledAdmin[Court]):
    """Courts: public facts, kept by staff."""

    list_display = ["short_name", "name", "state", "time_zone", "rule_set"]
    search_fields = ["name", "short_name"]
    list_filter = ["kind", "state"]
