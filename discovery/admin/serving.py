"""What was served, what answered it, what the court ordered, and the files that prove it: read here, recorded on the screens."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from discovery.admin.base import ReadOnlyAdmin
from discovery.models import Attachment, Order, Response, Service, ServiceAttempt, ServiceListEntry


@admin.register(Service)
class ServiceAdmin(ReadOnlyAdmin[Service]):
    """Services."""

    list_display = ["demand", "number", "served_on", "method", "superseded", "proof"]
    list_select_related = ["demand__responding_party__person", "proof"]
    list_filter = ["superseded", "method"]
    date_hierarchy = "served_on"


@admin.register(ServiceAttempt)
class ServiceAttemptAdmin(ReadOnlyAdmin[ServiceAttempt]):
    """Attempts at service."""

    list_display = ["demand", "tried_on", "tried_time", "outcome", "server", "recorded_by"]
    list_select_related = ["demand__responding_party__person", "recorded_by"]
    list_filter = ["outcome"]
    date_hierarchy = "tried_on"


@admin.register(ServiceListEntry)
class ServiceListEntryAdmin(ReadOnlyAdmin[ServiceListEntry]):
    """Service lists, as they were frozen."""

    list_display = ["name", "represents", "service", "email", "accepts_email"]
    list_select_related = ["service__demand__responding_party__person"]
    list_filter = ["accepts_email"]
    search_fields = ["name", "represents", "email"]


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin[Response]):
    """Responses."""

    list_display = ["demand", "number", "kind", "served_on", "method", "objections_only"]
    list_select_related = ["demand__responding_party__person"]
    list_filter = ["kind", "objections_only"]
    date_hierarchy = "served_on"


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin[Order]):
    """Orders."""

    list_display = ["title", "case", "docket_entry", "judge", "entered_on", "comply_by"]
    list_select_related = ["case"]
    list_filter = ["by_magistrate"]
    search_fields = ["title", "docket_entry", "judge"]
    date_hierarchy = "entered_on"


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin[Attachment]):
    """Files that prove something."""

    list_display = ["name", "case", "media_type", "size", "added_by", "added_at", "screen"]
    list_select_related = ["case", "added_by"]
    list_filter = ["media_type"]
    search_fields = ["name", "sha256"]
    exclude = ["file"]

    @admin.display(description=_("file"))
    def screen(self, attachment: Attachment) -> str:
        """Link to the file, which asks the wall again."""
        return format_html('<a href="{}">{}</a>', reverse("attachment-file", args=[attachment.pk]), _("Download"))
