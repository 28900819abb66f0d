"""Which pages answer which request: asked both ways, per demand and per production. Reads only; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from discovery.domain.service.rows import served_texts
from discovery.enums import DemandKind
from discovery.law.bates import Pages, count, gaps, union, without
from discovery.models import BatesRange, Demand, PageTie, Production, RequestResponse, RequestRow

ANSWERED_BY_PAGES = (DemandKind.SUBPOENA_DOCUMENTS.value, DemandKind.RFP.value, DemandKind.ROG.value)
"""Demands that pages can answer, Rules 34, 45 and, of interrogatories, 33(d); an admission is none of them."""


def pages_of(row: BatesRange) -> Pages:
    """Return a stored range as pages."""
    return Pages(row.prefix, row.first, row.last, row.digits)


def tied_pages(tie: PageTie) -> Pages:
    """Return the pages of a tie; it comes with its range."""
    return replace(pages_of(tie.bates_range), first=tie.first, last=tie.last)


@dataclass(slots=True)
class RowCoverage:
    """A request with the pages that answer it; `last` is the day of the last production with some, `answer` what was said."""

    row: RequestRow
    label: str
    text: str
    answer: str = ""
    pages: list[Pages] = field(default_factory=list)
    last: date | None = None
    volumes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages answer it, each once."""
        return count(self.pages)


@dataclass(frozen=True, slots=True)
class Volume:
    """A production with how many pages it has, and which of them are tied to nothing."""

    production: Production
    count: int
    untied: list[Pages]


@dataclass(slots=True)
class Coverage:
    """What a responding party produced, beside the requests of one demand."""

    demand: Demand
    rows: list[RowCoverage]
    produced: list[Pages]
    untied: list[Pages]  # tied to no request of any demand
    elsewhere: list[Pages]  # tied to requests of other demands only
    gaps: list[Pages]
    volumes: list[Volume]

    @property
    def with_pages(self) -> int:
        """How many requests have at least one page."""
        return sum(1 for one in self.rows if one.pages)

    @property
    def bare(self) -> list[RowCoverage]:
        """The requests with nothing."""
        return [one for one in self.rows if not one.pages]


def coverage_of(demand: Demand) -> Coverage:
    """Return the coverage of a demand (6 queries). It comes with `approved_version`, its party's person and who propounds."""
    responder = demand.responding_party_id
    ranges = BatesRange.objects.filter(production__responding_party=responder).select_related("production").in_bulk()
    rows = _rows(demand)
    by_row = {one.row.pk: one for one in rows}
    mine: list[Pages] = []
    others: list[Pages] = []
    # Plain values: a demand of 200 requests with 100 volumes has 20,000 ties.
    ties = PageTie.objects.filter(bates_range__production__responding_party=responder)
    in_order = ties.order_by("row", "bates_range__production__produced_on", "pk")
    for row, bates_range, first, last in in_order.values_list("row", "bates_range", "first", "last"):
        stored = ranges.get(bates_range)
        if stored is None:
            continue  # recorded since the ranges were read
        pages = Pages(stored.prefix, first, last, stored.digits)
        (mine if row in by_row else others).append(pages)
        if row in by_row:
            _count_in(by_row[row], pages, stored.production)
    for one in rows:
        one.pages = union(one.pages)
    produced = union(pages_of(one) for one in ranges.values())
    mine = union(mine)
    all_tied = union([*mine, *others])
    return Coverage(
        demand=demand,
        rows=rows,
        produced=produced,
        untied=without(produced, all_tied),
        elsewhere=without(all_tied, mine),
        gaps=missing_numbers(demand.case_id, produced),
        volumes=_volumes(responder, ranges.values(), all_tied),
    )


def missing_numbers(case: int, produced: Iterable[Pages]) -> list[Pages]:
    """Return the numbers that are missing between the ends of each prefix and that nobody else of the case produced (1 query)."""
    holes = gaps(produced)
    if not holes:
        return []
    asked = Q()
    for prefix in {one.prefix for one in holes}:
        asked |= Q(prefix=prefix)
    return without(holes, [pages_of(one) for one in BatesRange.objects.filter(asked, case=case)])


def tied_by_row(production: Production) -> dict[int, list[Pages]]:
    """Return, by request row, which pages of a production answer it (1 query)."""
    found: dict[int, list[Pages]] = {}
    for tie in PageTie.objects.filter(bates_range__production=production).select_related("bates_range"):
        found.setdefault(tie.row_id, []).append(tied_pages(tie))
    return {row: union(pages) for row, pages in found.items()}


def ranges_of(production: Production) -> list[Pages]:
    """Return the ranges of a production by prefix and first page (1 query)."""
    return [pages_of(one) for one in BatesRange.objects.filter(production=production).order_by("prefix", "first")]


def _rows(demand: Demand) -> list[RowCoverage]:
    texts = served_texts(demand)
    rows = list(RequestRow.objects.filter(demand=demand).order_by("number"))
    said = {answer.row_id: answer.get_kind_display() for answer in RequestResponse.objects.filter(row__demand=demand, current=True)}
    return [RowCoverage(row, texts[row.number]["label"], texts[row.number]["text"], said.get(row.pk, "")) for row in rows]


def _volumes(responder: int, ranges: Iterable[BatesRange], tied: list[Pages]) -> list[Volume]:
    held: dict[int, list[Pages]] = {}
    for one in ranges:
        held.setdefault(one.production_id, []).append(pages_of(one))
    productions = Production.objects.filter(responding_party=responder).order_by("produced_on", "pk")
    return [Volume(one, count(held.get(one.pk, ())), without(held.get(one.pk, ()), tied)) for one in productions]


def _count_in(covered: RowCoverage, pages: Pages, production: Production) -> None:
    covered.pages.append(pages)
    covered.last = max(covered.last or production.produced_on, production.produced_on)
    if production.volume not in covered.volumes:
        covered.volumes.append(production.volume)
