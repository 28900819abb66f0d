"""The desk's list of demands: filtered, sorted, in pages, exported as it is filtered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from discovery.staff.actor import actor
from discovery.staff.batching import EVERY_KIND, offers, ticks_of, without_ticks
from discovery.staff.demand_rows import drawn, rows_of
from discovery.staff.filters import DemandFilter
from discovery.staff.paging import Sort, paginate
from discovery.staff.sheets import csv_answer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from discovery.models import Demand

EXPORTED = (
    "kind",
    "status",
    "created_at",
    "due_at",
    "version",
    "request_set_id",
    "case__name",
    "case__docket_number",
    "case__court__time_zone",
    "responding_party__person__name",
    "request_set__name",
)


@login_required
@require_GET
def subpoena_list(request: HttpRequest) -> HttpResponse:
    """Show the demands the user may see (a fixed number of queries, however many rows there are)."""
    found = DemandFilter(request.GET, user=actor(request))
    page = paginate(found.sorted_rows().values_list("pk", flat=True), request)
    rows = rows_of(list(page), found.cases)
    new_in = [case for case in found.cases.values() if case.editable][:50]
    wanted, ticks = found.sort(), ticks_of(request)
    # On further pages there may be every kind, and all that is found can be asked for at once.
    kinds = EVERY_KIND if page.has_other_pages() else [row.kind_key for row in rows]
    query = without_ticks(request.GET)
    context = {
        "filter": found,
        "form": found.form,
        "page": page,
        "rows": rows,
        "lines": drawn(rows, with_ticks=bool(new_in), ticked=ticks.rows),
        "chips": found.chips(),
        "sort": Sort(wanted.removeprefix("-"), wanted.startswith("-")),
        "offers": offers(kinds, ticks),
        "subpoena_base": reverse("subpoena-list"),
        "query": query,
        "new_in": new_in,
    }
    return render(request, "staff/subpoenas/list.html", context)


@login_required
@require_GET
def subpoena_export(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out what is filtered as CSV, row by row."""
    rows = _slim(DemandFilter(request.GET, user=actor(request)).sorted_rows())
    head = (
        _("Case"),
        _("Case number"),
        _("Responding party"),
        _("Kind"),
        _("Set"),
        _("Status"),
        _("Version"),
        _("Due"),
        _("Created"),
    )
    return csv_answer("subpoenas", head, _cells(rows))


def _cells(rows: QuerySet[Demand]) -> Iterator[tuple[object, ...]]:
    for row in rows.iterator(chunk_size=2000):
        zone = row.case.court.zone
        yield (
            row.case.name,
            row.case.docket_number,
            row.responding_party.person.name,
            row.get_kind_display(),
            row.request_set.name,
            row.get_status_display(),
            row.version or "",
            f"{row.due_at.astimezone(zone):%Y-%m-%d %H:%M}" if row.due_at else "",
            f"{row.created_at.astimezone(zone):%Y-%m-%d}",
        )


def _slim(rows: QuerySet[Demand]) -> QuerySet[Demand]:
    """Fetch what the export holds and no long text."""
    return rows.select_related("case__court", "responding_party__person", "request_set").only(*EXPORTED)
