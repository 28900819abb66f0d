"""Request sets (read here, edited on their screen, where numbers and conflicts are looked after), versions, the clause library."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from discovery.admin.base import ReadOnlyAdmin, WalledAdmin, who
from discovery.domain.library import add_clause, change_clause
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

    list_display = ["label", "kind", "language", "position"]
    list_filter = ["kind", "language"]
    search_fields = ["label", "text"]

    def save_model(self, request: HttpRequest, obj: Clause, form: Any, change: bool) -> None:
        """Save through the library's verbs."""
        if change:
            change_clause(obj, by=who(request), revision=None)
        else:
            add_clause(obj, by=who(request))
