"""The list of dates over all cases: filtered, in pages, exported as it is filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.models import Deadline
from discovery.staff.access import StaffView
from discovery.staff.date_filters import DONE, PROPOSALS, DateFilter
from discovery.staff.date_rows import READ, DateRow, Reader, drawn_cells, left
from discovery.staff.paging import paginate
from discovery.staff.sheets import csv_answer
from discovery.staff.urgency import BUCKETS, PASSED, UNDATED
from discovery.staff.walls import Walls

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label


class BucketChip(NamedTuple):
    """A chip over the list: a bucket with its count, None where counting is not worth a query."""

    key: str
    label: Label
    query: str
    total: int | None


class DateList(StaffView):
    """Dates of the user's cases (a fixed number of queries, however many there are)."""

    template_name = "staff/datelist.html"

    @cached_property
    def found(self) -> DateFilter:
        """What the address asks for."""
        return DateFilter(self.request.GET, Walls(self.user), timezone.now())

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        found = self.found
        counted = found.tally()
        page = paginate(found.rows(counted).values_list("pk", flat=True), request)
        reader = Reader(found.walls.cases, found.now)
        read = found.walls.hold(Deadline.objects.filter(pk__in=list(page)).order_by()).values_list(*READ)
        rows = {values[0]: reader.row(values) for values in read}
        shown = [rows[pk] for pk in page if pk in rows]
        buckets = [
            BucketChip("", gettext_lazy("All open"), found.without("bucket"), counted.count(*BUCKETS, UNDATED)),
            *(self._chip(key, bucket.short, counted.count(key)) for key, bucket in BUCKETS.items()),
            self._chip(UNDATED, gettext_lazy("No date"), counted.count(UNDATED)),
            self._chip(PASSED, gettext_lazy("Passed"), counted.count(PASSED)),
            self._chip(PROPOSALS, gettext_lazy("Proposed"), None),
            self._chip(DONE, gettext_lazy("Done"), None),
        ]
        return self.page(
            {
                "form": found.form,
                "bucket": found.bucket,
                "buckets": buckets,
                "chips": found.chips(),
                "page": page,
                "rows": shown,
                "lines": drawn_cells(shown),
                "query": request.GET.urlencode(),
                "calendar_query": found.without("bucket", "kind", "owner", "due_from", "due_to"),
            }
        )

    def _chip(self, key: str, label: Label, total: int | None) -> BucketChip:
        return BucketChip(key, label, self.found.without("bucket", bucket=key), total)


class DateExport(DateList):
    """The same dates as CSV."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:  # type: ignore[override]
        """Hand out what is filtered, row by row."""
        del request
        found = self.found
        rows = found.rows(found.tally())
        reader = Reader(found.walls.cases, found.now)
        cells = (_cells(reader.row(values)) for values in rows.values_list(*READ).iterator(chunk_size=2000))
        return csv_answer("dates", _head(), cells)


def _head() -> tuple[str, ...]:
    return (
        _("Case"),
        _("Case number"),
        _("What is due"),
        _("Responding party"),
        _("Due"),
        _("Hour"),
        _("Whose turn"),
        _("Owner"),
        _("Confirmed"),
        _("Status"),
    )


def _cells(row: DateRow) -> tuple[str, ...]:
    return (
        row.case.name,
        row.case.docket,
        row.what,
        row.responder,
        row.day.isoformat() if row.day else "",
        row.hour,
        _("Ours") if row.ours else _("Theirs"),
        row.owner,
        _("yes") if row.confirmed else "",
        left(row) if row.day else _("no date"),
    )
