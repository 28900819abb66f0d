"""Demands and subpoenas: read here, with the acts that suit many at once."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from discovery.admin.base import ReadOnlyAdmin, who
from discovery.domain.drafts.batches import request_batch
from discovery.domain.errors import Refused
from discovery.enums import WITH_PAGE, PaperKind
from discovery.models import Demand


@admin.register(Demand)
class DemandAdmin(ReadOnlyAdmin[Demand]):
    """Demands, newest first; *Make the PDF* makes the package of each selected subpoena."""

    list_display = ["responding_party", "case", "kind", "status", "due_at", "version", "screen"]
    list_select_related = ["responding_party__person", "case"]
    list_filter = ["kind", "status"]
    search_fields = ["responding_party__person__name", "request_set__name"]
    actions = ["make_pdf"]

    @admin.display(description=_("screen"))
    def screen(self, demand: Demand) -> str:
        """Link to the demand's own page, where it is edited."""
        name = "subpoena-detail" if demand.kind in WITH_PAGE else "demand-detail"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[demand.pk]), pgettext("a link", "Open"))

    @admin.action(description=_("Make the subpoena package of each as PDF"))
    def make_pdf(self, request: HttpRequest, demands: QuerySet[Demand]) -> HttpResponseRedirect | None:
        """Queue one batch through the same verb as the screens and go to its page."""
        allowed = demands.filter(pk__in=Demand.objects.editable_by(who(request)).values("pk"))
        try:
            batch = request_batch(allowed, [PaperKind.SUBPOENA_PACKAGE.value], by=who(request))
        except Refused as refusal:
            self.message_user(request, str(refusal), level=messages.ERROR)
            return None
        return HttpResponseRedirect(reverse("batch-detail", args=[batch.pk]))
