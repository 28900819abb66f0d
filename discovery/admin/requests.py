"""Request sets (read here, edited on their screen, where numbers and conflicts are looked after), versions, the clause library."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin, WalledAdmin
from discovery.models import Clause, RequestSet, SetVersion


@admin.register(RequestSet)
class RequestSetAdmin(ReadOnlyAdmin[RequestSet]):
    """Request sets."""

    list_display = ["name", "case", "kind", "number", "status", "created_at"]
    list_select_related = ["case"]
    list_filter = ["kind", "status"]
    search_fields = ["name"]


@admin.register(SetVersion)
class SetVersionAdmin(ReadOnlyAdmin[SetVersion]):
    """Frozen versions."""

    list_display = ["request_set", "number", "approved_at", "approved_by", "sha256"]
    list_select_related = ["request_set", "approved_by"]


@admin.register(Clause)
class ClauseAdmin(WalledAdmin[Clause]):
    """The library."""

    list_display = ["label", "kind", "ground", "language", "position"]
    list_filter = ["kind", "ground", "language"]
    search_fields = ["label", "text"]
