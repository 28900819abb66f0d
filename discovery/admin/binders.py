"""Binders and their exhibits: read here, filled on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Binder, BinderTab


@admin.register(Binder)
class BinderAdmin(ReadOnlyAdmin[Binder]):
    """Binders."""

    list_display = ["title", "case", "stamp", "bates_prefix", "changed_at"]
    list_select_related = ["case"]
    list_filter = ["stamp"]


@admin.register(BinderTab)
class BinderTabAdmin(ReadOnlyAdmin[BinderTab]):
    """Exhibits."""

    list_display = ["__str__", "title", "binder", "position"]
    list_select_related = ["binder"]
