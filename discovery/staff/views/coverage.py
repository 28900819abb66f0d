"""What a responding party produced, beside the requests of one demand: as a page with pictures, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from discovery.domain.productions.coverage import Coverage, RowCoverage, coverage_of
from discovery.law.bates import Pages, count, listed, within
from discovery.models import Demand
from discovery.staff.access import StaffView, get_visible, may_edit
from discovery.staff.coverage_picture import Axis, Bar
from discovery.staff.served import demand_url
from discovery.staff.sheets import csv_answer

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

DEMANDS = Demand.objects.select_related("case__court", "request_set__propounded_by", "responding_party__person", "approved_version")
SHOWN_RANGES = 4
BARE, COVERED = "nothing", "pages"
FILTERS: dict[str, Label] = {
    "": gettext_lazy("All requests"),
    COVERED: pgettext_lazy("requests", "With pages"),
    BARE: pgettext_lazy("requests", "With nothing"),
}


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A request of the table with its picture; the first ranges are shown, the others folded."""

    covered: RowCoverage
    bars: list[Bar]
    shown: list[Pages]
    folded: str
    folded_count: int


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter to click with how many requests it shows."""

    value: str
    label: Label
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture of all that was produced: tied to this demand, to another one, to nothing, missing."""

    tied: list[Bar]
    elsewhere: list[Bar]
    untied: list[Bar]
    gaps: list[Bar]


class DemandCoverage(StaffView):
    """The coverage of a demand (a fixed number of queries)."""

    template_name = "staff/productions/coverage.html"

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers."""
        return get_visible(DEMANDS.all(), self.user, self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it; ?show=nothing|pages narrows the requests."""
        demand = self.demand
        found = coverage_of(demand)
        show = request.GET.get("show", "")
        show = show if show in FILTERS else ""
        axis = Axis(found.produced, found.gaps)
        rows = [one for one in found.rows if not show or bool(one.pages) == (show == COVERED)]
        context = {
            "demand": demand,
            "case": demand.case,
            "demand_url": demand_url(demand),
            "may_edit": may_edit(Demand.objects, self.user, demand),
            "coverage": found,
            "lines": [_line(one, axis) for one in rows],
            "strip": _strip(found, axis),
            "chips": _chips(found, show),
            "counts": {
                "produced": count(found.produced),
                "untied": count(found.untied),
                "elsewhere": count(found.elsewhere),
                "tied": count(found.produced) - count(found.untied) - count(found.elsewhere),
                "gaps": count(found.gaps),
            },
            "loose": [one for one in found.volumes if one.untied],
            "gaps": [(one, len(one)) for one in found.gaps],
        }
        return self.page(context)


class CoverageExport(DemandCoverage):
    """The same as CSV: a line a request, then the pages tied to nothing and the numbers that are missing."""

    def get(self, _request: HttpRequest, **_kwargs: object) -> StreamingHttpResponse:  # type: ignore[override]
        """Hand it out."""
        return csv_answer("coverage", _head(), _cells(coverage_of(self.demand)))


def _line(covered: RowCoverage, axis: Axis) -> CoverageLine:
    shown, folded = covered.pages[:SHOWN_RANGES], covered.pages[SHOWN_RANGES:]
    return CoverageLine(covered, axis.bars(covered.pages), shown, listed(folded), len(folded))


def _strip(found: Coverage, axis: Axis) -> Strip:
    mine = within([one for row in found.rows for one in row.pages], found.produced)
    return Strip(axis.bars(mine), axis.bars(found.elsewhere), axis.bars(found.untied), axis.gaps())


def _chips(found: Coverage, show: str) -> list[FilterChip]:
    counts = {"": len(found.rows), COVERED: found.with_pages, BARE: len(found.rows) - found.with_pages}
    return [FilterChip(value, words, counts[value], value == show) for value, words in FILTERS.items()]


def _head() -> tuple[str, ...]:
    return (
        _("Request"),
        _("Label"),
        _("What was answered"),
        _("Number of pages"),
        _("Bates ranges"),
        _("Last production"),
        _("Volumes"),
    )


def _cells(found: Coverage) -> Iterator[tuple[object, ...]]:
    for one in found.rows:
        volumes = "; ".join(one.volumes)
        yield one.row.number, one.label, one.answer, one.count, listed(one.pages), one.last or "", volumes
    for volume in found.volumes:
        if volume.untied:
            produced = volume.production
            told = count(volume.untied), listed(volume.untied), produced.produced_on, produced.volume
            yield "", _("Tied to nothing"), "", *told
    if found.gaps:
        yield "", _("Missing numbers"), "", count(found.gaps), listed(found.gaps), "", ""
