"""Drafts and batches: the queue of record, to look at."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.admin.base import ReadOnlyAdmin, who
from discovery.domain.drafts.drafting import retry_draft
from discovery.domain.errors import Refused
from discovery.models import Batch, Draft
from discovery.models.drafts import NAMED


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin[Draft]):
    """Drafts with their states, attempts and reasons of failure."""

    list_display = ["pk", "paper", "about", "state", "attempts", "pages", "queued_at", "finished_at", "error"]
    list_select_related = NAMED
    list_filter = ["state", "paper"]
    exclude = ["file", "word_file"]
    actions = ["try_again"]

    @admin.action(description=gettext_lazy("Try again"))
    def try_again(self, request: HttpRequest, drafts: QuerySet[Draft]) -> None:
        """Queue failed drafts again."""
        done = 0
        for draft in drafts.filter(pk__in=Draft.objects.editable_by(who(request)).values("pk")):
            try:
                retry_draft(draft, by=who(request))
                done += 1
            except Refused as refusal:
                self.message_user(request, f"{draft}: {refusal}", level=messages.WARNING)
        self.message_user(request, _("%(count)d queued again.") % {"count": done})


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin[Batch]):
    """Batches."""

    list_display = ["pk", "requested_by", "created_at", "papers", "cancelled_at", "merged_size", "merged_error"]
    exclude = ["merged_file"]
    list_select_related = ["requested_by"]
