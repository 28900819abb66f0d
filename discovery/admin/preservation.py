"""Preservation demands: read here, written on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import PreservationDemand


@admin.register(PreservationDemand)
class PreservationDemandAdmin(ReadOnlyAdmin[PreservationDemand]):
    """Letters that ask to lose nothing."""

    list_display = ["recipient", "case", "signer", "sent_on", "acknowledge_by", "acknowledged_on"]
    list_select_related = ["recipient", "case", "signer__attorney"]
    date_hierarchy = "sent_on"
