"""What needs attention over all the user's cases beside dates: the questions that the home page answers, each one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from html import escape
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from discovery.enums import DemandKind, DemandStatus, DraftState
from discovery.models import Demand, Draft, Service
from discovery.staff.date_rows import day_words

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label
    from discovery.staff.walls import Walls

SHOWN = 5
UNFINISHED = (DraftState.QUEUED.value, DraftState.RENDERING.value)
NEWEST = ("-created_at", "-pk")
READ = (
    "pk",
    "kind",
    "case_id",
    "request_set_id",
    "due_at",
    "approved_at",
    "case__court__time_zone",
    "responding_party__person__name",
)
LINE = (
    '<li class="task-row" data-row><a data-open href="{url}">{name}</a>'
    '<span class="quiet">{case}</span><span class="quiet task-age">{age}</span></li>\n'
)


class Look(NamedTuple):
    """The words, icon and colour of a section, and of its chip."""

    title: Label
    short: Label
    icon: str
    tone: str


LOOKS = {
    "approve": Look(_("Waiting for your approval"), _("To approve"), "eye", "warn"),
    "failed": Look(_("Papers that could not be made"), _("Failed"), "x-octagon", "bad"),
    "returned": Look(_("Returned with a note"), _("Returned"), "reply", "warn"),
    "unproven": Look(_("Served, without proof"), _("No proof"), "clipboard", "warn"),
    "approved": Look(_("Approved, not served"), _("To serve"), "check-circle-fill", "good"),
    "making": Look(_("Papers being made"), _("Being made"), "hourglass-split", "info"),
    "no-pdf": Look(_("Drafts without a PDF"), _("No PDF"), "pencil", "mute"),
}
"""What can wait, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the home page: its first rows, drawn, how many there are, and the list that holds all."""

    key: str
    look: Look
    more: str
    lines: SafeString
    shown: int
    total: int


class Kind(NamedTuple):
    """The rows of one kind, in which order they come, and what is read of each beside its demand."""

    rows: QuerySet[Any]
    more: str
    order: tuple[str, ...] = NEWEST
    read: tuple[str, ...] = ("pk",)


class Waiting(NamedTuple):
    """A demand that waits for somebody."""

    pk: int
    kind: str
    case: int
    request_set: int
    due_at: datetime | None
    approved_at: datetime | None
    zone: str
    name: str


class CountOf(Subquery):
    """How many rows a query has, asked for within another: counted along an index, where a window would carry every row."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def first_of(kind: Kind) -> tuple[list[tuple[Any, ...]], int]:
    """Return what is read of the first rows, and how many rows there are (one query)."""
    counted = kind.rows.annotate(total=CountOf(kind.rows.order_by().values("pk")))
    found = list(counted.order_by(*kind.order).values_list(*kind.read, "total")[:SHOWN])
    return [one[:-1] for one in found], found[0][-1] if found else 0


def tasks(walls: Walls, now: datetime) -> list[Section]:
    """Return what waits, without empty kinds (8 queries)."""
    found = {key: (kind, *first_of(kind)) for key, kind in _kinds(walls).items()}
    pks = {row[0] for _kind, rows, _total in found.values() for row in rows}
    read = walls.hold(Demand.objects.filter(pk__in=pks).order_by()).values_list(*READ)
    demands = {one[0]: Waiting(*one) for one in read}
    sections = []
    for key, look in LOOKS.items():
        kind, rows, total = found[key]
        shown = [(demands[pk], _age(key, demands[pk], rest, now)) for pk, *rest in rows if pk in demands]
        if total:
            sections.append(Section(key, look, kind.more, _drawn(shown, walls), len(shown), total))
    return sections


def _kinds(walls: Walls) -> dict[str, Kind]:
    demands = walls.hold(Demand.objects.order_by())
    subpoenas = demands.filter(kind=DemandKind.SUBPOENA_DOCUMENTS.value)
    papers = walls.hold(Draft.objects.order_by())
    newer = Draft.objects.filter(demand=OuterRef("demand"), paper=OuterRef("paper"), pk__gt=OuterRef("pk"))
    failed = papers.filter(~Exists(newer), state=DraftState.FAILED.value)
    unfinished = [papers.filter(state=state) for state in UNFINISHED]
    made = Draft.objects.filter(demand=OuterRef("pk"), state__in=[*UNFINISHED, DraftState.READY.value])
    drafts = subpoenas.filter(status=DemandStatus.DRAFT.value)
    review = walls.where_approver(Demand.objects.order_by()).filter(status=DemandStatus.IN_REVIEW.value)
    approved = demands.filter(status=DemandStatus.APPROVED.value)
    unproven = walls.hold(Service.objects.order_by(), "demand__case_id").filter(
        superseded=False, proof=None, demand__status=DemandStatus.SERVED.value
    )
    demand_list, paper_list = reverse("subpoena-list"), reverse("draft-list")
    return {
        "approve": Kind(review, f"{demand_list}?status=in_review"),
        "failed": Kind(_with(subpoenas, failed), f"{paper_list}?state=failed"),
        "returned": Kind(drafts.exclude(review_note=""), f"{demand_list}?status=draft"),
        "unproven": Kind(unproven, f"{demand_list}?proof=missing", ("served_on", "pk"), ("demand_id", "served_on")),
        "approved": Kind(approved, f"{demand_list}?status=approved", ("approved_at", "pk")),
        "making": Kind(_with(subpoenas, *unfinished), paper_list),
        "no-pdf": Kind(drafts.filter(~Exists(made), review_note=""), f"{demand_list}?status=draft"),
    }


def _with(demands: QuerySet[Demand], *papers: QuerySet[Draft]) -> QuerySet[Demand]:
    """Return the demands of these papers: few fail or wait at a time, so each kind is found first, by its state alone."""
    return demands.filter(reduce(or_, (Q(pk__in=some.values("demand_id")) for some in papers)))


def _age(key: str, demand: Waiting, rest: Sequence[Any], now: datetime) -> str:
    """Return how long it has waited, or for which day the paper is meant; days are the court's."""
    zone = ZoneInfo(demand.zone)
    today = now.astimezone(zone).date()
    if key == "unproven":
        return f"{say('served %(day)s') % {'day': _short(rest[0])}}, {_ago((today - rest[0]).days)}"
    if key == "approved" and demand.approved_at is not None:
        return f"{say('approved')} {_ago((today - demand.approved_at.astimezone(zone).date()).days)}{_stated(demand, now)}"
    return _stated(demand, now).removeprefix(", ")


def _stated(demand: Waiting, now: datetime) -> str:
    """Return the time for compliance that the paper states, for those that have not gone out."""
    if demand.due_at is None:
        return ""
    day = _short(demand.due_at.astimezone(ZoneInfo(demand.zone)).date())
    past = demand.due_at < now
    return ", " + (say("for %(day)s, which is past") if past else say("for %(day)s")) % {"day": day}


def _ago(days: int) -> str:
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days} if days > 0 else say("today")


def _short(day: date) -> str:
    return day_words(day, "SHORT_DATE_FORMAT")


def _drawn(rows: Iterable[tuple[Waiting, str]], walls: Walls) -> SafeString:
    """Return the rows' lines, every word escaped."""
    subpoenas, sets = reverse("subpoena-list"), reverse("set-detail", args=[0]).removesuffix("0/")
    lines = [
        LINE.format(
            url=f"{subpoenas}{row.pk}/" if row.kind == DemandKind.SUBPOENA_DOCUMENTS else f"{sets}{row.request_set}/",
            name=escape(row.name),
            case=escape(walls.cases[row.case].name),
            age=escape(age),
        )
        for row, age in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped above
