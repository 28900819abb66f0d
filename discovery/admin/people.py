"""Persons with their addresses and relations."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import WalledAdmin, WalledInline
from discovery.models import Address, Person, Relation


class AddressInline(WalledInline):
    """Addresses of a person."""

    model = Address


class RelationInline(WalledInline):
    """How the person stands to others."""

    model = Relation
    fk_name = "person"


@admin.register(Person)
class PersonAdmin(WalledAdmin[Person]):
    """Persons: seen through the user's cases."""

    list_display = ["name", "kind", "description", "registered_agent"]
    list_select_related = ["registered_agent"]
    search_fields = ["name", "other_names"]
    list_filter = ["kind"]
    inlines = [AddressInline, RelationInline]
