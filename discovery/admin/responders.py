"""Responding parties with their custodians."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import WalledAdmin, WalledInline
from discovery.models import Custodian, RespondingParty


class CustodianInline(WalledInline):
    """Persons whose files the responding party holds."""

    model = Custodian


@admin.register(RespondingParty)
class RespondingPartyAdmin(WalledAdmin[RespondingParty]):
    """Persons from whom discovery is sought."""

    list_display = ["person", "case", "serve_at"]
    list_select_related = ["person", "case", "serve_at"]
    search_fields = ["person__name"]
    filter_horizontal = ["counsel"]
    inlines = [CustodianInline]
