"""What orders say on each request: read here, recorded on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Ruling


@admin.register(Ruling)
class RulingAdmin(ReadOnlyAdmin[Ruling]):
    """Rulings."""

    list_display = ["order", "dispute", "row", "outcome", "comply_by", "superseded"]
    list_select_related = ["order", "dispute", "row__demand__responding_party__person"]
    list_filter = ["outcome", "superseded"]
    search_fields = ["order__title", "dispute__title", "ordered_text"]
