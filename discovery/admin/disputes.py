"""Disputes and what each side says on their requests: read here, written on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Authority, Dispute, DisputedRequest


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin[Dispute]):
    """Disputes."""

    list_display = ["title", "case", "number", "kind", "status", "submitted_on", "docket_entry"]
    list_select_related = ["case"]
    list_filter = ["kind", "status"]
    search_fields = ["title", "docket_entry"]
    date_hierarchy = "submitted_on"


@admin.register(DisputedRequest)
class DisputedRequestAdmin(ReadOnlyAdmin[DisputedRequest]):
    """Disputed requests."""

    list_display = ["dispute", "row", "position", "theme"]
    list_select_related = ["dispute", "row__demand__responding_party__person"]
    search_fields = ["dispute__title", "theme"]


@admin.register(Authority)
class AuthorityAdmin(ReadOnlyAdmin[Authority]):
    """What people decided about tables of authorities."""

    list_display = ["listed", "group", "words", "left_out", "dispute", "decided_by"]
    list_select_related = ["dispute", "decided_by"]
    list_filter = ["group", "left_out"]
    search_fields = ["listed", "words", "dispute__title"]
