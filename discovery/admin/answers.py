"""Answers and objections in the web admin: shown, never changed here; what is said in a response has verbs and an editor."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Objection, RequestResponse


@admin.register(RequestResponse)
class RequestResponseAdmin(ReadOnlyAdmin[RequestResponse]):
    """What a response says to one request."""

    list_display = ["row", "response", "kind", "withheld", "produce_by", "bates", "current"]
    list_select_related = ["row__demand__responding_party__person", "response__demand__responding_party__person"]
    list_filter = ["kind", "withheld", "current"]


@admin.register(Objection)
class ObjectionAdmin(ReadOnlyAdmin[Objection]):
    """One objection of an answer."""

    list_display = ["answer", "ground", "rule", "position"]
    list_select_related = ["answer__row__demand__responding_party__person"]
    list_filter = ["ground"]
