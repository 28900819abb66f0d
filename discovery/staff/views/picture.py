"""Pictures of the matrix: one request against everybody it was directed to, and the whole case at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from discovery.domain.matrix.lines import Wanted, matrix, wanted_rows
from discovery.models import RequestSet
from discovery.staff.access import CaseMixin, StaffView, get_visible
from discovery.staff.matrix_picture import STAGES, beside, grids, legend


class CasePicture(CaseMixin):
    """Every request of a case by responding party, with a mark for each stage."""

    template_name = "staff/matrix/picture.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it (a fixed number of queries)."""
        now = timezone.now()
        rows = matrix(wanted_rows(self.case, Wanted(), now), now)
        context = {
            "case": self.case,
            "grids": grids(sorted(rows, key=lambda row: row.set_pk)),
            "stages": [label for _key, label in STAGES],
            "legend": legend(),
        }
        return self.page(context)


class SideBySide(StaffView):
    """The same request against each responding party of a set."""

    template_name = "staff/matrix/side_by_side.html"

    def get(self, _request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Show it (a fixed number of queries)."""
        request_set = get_visible(RequestSet.objects.select_related("case", "propounded_by"), self.user, kwargs["pk"])
        now = timezone.now()
        rows = matrix(wanted_rows(request_set.case, Wanted(request_set=request_set.pk), now), now)
        found = grids(rows)
        grid = found[0] if found else None
        context = {
            "case": request_set.case,
            "request_set": request_set,
            "columns": grid.columns if grid else [],
            "lines": list(beside(grid)) if grid else [],
        }
        return self.page(context)
