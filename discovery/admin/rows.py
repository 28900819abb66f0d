"""Requests as served on responding parties: read here, acted on in the matrix."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import RequestRow


@admin.register(RequestRow)
class RequestRowAdmin(ReadOnlyAdmin[RequestRow]):
    """Rows."""

    list_display = ["demand", "number", "owner", "deficiency", "next_step", "next_step_on"]
    list_select_related = ["demand__responding_party__person", "owner"]
    list_filter = ["deficiency"]
    search_fields = ["request__label", "next_step", "deficiency_note"]
