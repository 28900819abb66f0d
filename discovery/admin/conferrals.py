"""Conferences, what they came to, what was promised and narrowed: read here, recorded on the screens."""

from __future__ import annotations

from django.contrib import admin

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Attendee, Commitment, Conferral, ConferredRequest, Narrowing


@admin.register(Conferral)
class ConferralAdmin(ReadOnlyAdmin[Conferral]):
    """Conferences."""

    list_display = ["number", "case", "held_on", "started", "ended", "mode", "recorded_by"]
    list_select_related = ["case", "recorded_by"]
    list_filter = ["mode"]
    date_hierarchy = "held_on"


@admin.register(Attendee)
class AttendeeAdmin(ReadOnlyAdmin[Attendee]):
    """People who took part."""

    list_display = ["name", "speaks_for", "side", "conferral"]
    list_select_related = ["conferral"]
    list_filter = ["side"]
    search_fields = ["name", "speaks_for"]


@admin.register(ConferredRequest)
class ConferredRequestAdmin(ReadOnlyAdmin[ConferredRequest]):
    """What conferences came to on each request."""

    list_display = ["row", "outcome", "conferral"]
    list_select_related = ["conferral", "row__demand__responding_party__person"]
    list_filter = ["outcome"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin[Commitment]):
    """Commitments."""

    list_display = ["text", "case", "side", "promised_by", "promised_on", "deadline", "released_on"]
    list_select_related = ["case", "deadline"]
    list_filter = ["side"]
    search_fields = ["text", "promised_by"]
    date_hierarchy = "promised_on"


@admin.register(Narrowing)
class NarrowingAdmin(ReadOnlyAdmin[Narrowing]):
    """Narrower texts."""

    list_display = ["row", "number", "proposed_by", "proposed_on", "agreed_on", "superseded"]
    list_select_related = ["row__demand__responding_party__person"]
    list_filter = ["superseded"]
    search_fields = ["text"]
