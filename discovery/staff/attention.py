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

from discovery.enums import WITH_PAGE, DemandStatus, DraftState
from discovery.models import Demand, Draft, Service
from discovery.staff.date_rows import day_words
from discovery.staff.walls import APPROVING, MINE, THESE, Kept, written

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label
    from discovery.staff.walls import Values, Walls

SHOWN = 5
UNFINISHED = (DraftState.QUEUED.value, DraftState.RENDERING.value)
NEWEST = ("-created_at", "-pk")
READ = (
    "pk",
    "kind",
    "case_id",
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
WORK = {"approve": "review/"}
"""The page of a subpoena where what waits is done, if it is not the subpoena's own."""
QUEUES = {"approved": "ready", "unproven": "unproven"}
"""What the page of the queues of service calls these."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the home page: its first rows, drawn, how many there are, and the list that holds all."""

    key: str
    look: Look
    more: str
    lines: SafeString
    shown: int
    total: int


class Waiting(NamedTuple):
    """A demand that waits for somebody."""

    pk: int
    kind: str
    case: int
    due_at: datetime | None
    approved_at: datetime | None
    zone: str
    name: str


class CountOf(Subquery):
    """How many rows a query has, asked for within another: counted along an index, where a window would carry every row."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def first_of(rows: QuerySet[Any], order: Sequence[str], *read: str) -> QuerySet[Any, Values]:
    """Return the query for what is read of the first rows, with how many rows there are as the last value of each."""
    counted = rows.annotate(total=CountOf(rows.order_by().values("pk")))
    found: QuerySet[Any, Values] = counted.order_by(*order).values_list(*read, "total")[:SHOWN]
    return found


def tasks(walls: Walls, now: datetime) -> list[Section]:
    """Return what waits, without empty kinds (8 queries)."""
    found = {key: kept.rows(walls) for key, kept in KINDS.items()}
    demands = {one[0]: Waiting(*one) for one in DETAILS.rows(walls, written(row[0] for rows in found.values() for row in rows))}
    lists = {key: _list_of(key) for key in LOOKS}
    sections = []
    for key, look in LOOKS.items():
        shown = [(demands[pk], _age(key, demands[pk], rest, now)) for pk, *rest in found[key] if pk in demands]
        if shown:
            sections.append(Section(key, look, lists[key], _drawn(shown, walls, WORK.get(key, "")), len(shown), found[key][0][-1]))
    return sections


def _list_of(key: str) -> str:
    """Return the address of the list that holds all of a kind."""
    if key in {"failed", "making"}:
        return f"{reverse('draft-list')}{'?state=failed' if key == 'failed' else ''}"
    if key in QUEUES:
        return f"{reverse('service-queue')}?queue={QUEUES[key]}"
    narrowed = {"approve": "status=in_review"}
    return f"{reverse('subpoena-list')}?{narrowed.get(key, 'status=draft')}"


def _demands(status: DemandStatus) -> QuerySet[Demand]:
    return Demand.objects.filter(case_id__in=MINE, status=status.value).order_by()


def _drafts() -> QuerySet[Demand]:
    return _demands(DemandStatus.DRAFT).filter(kind__in=WITH_PAGE)


def _unmade() -> QuerySet[Demand]:
    made = Draft.objects.filter(demand=OuterRef("pk"), state__in=[*UNFINISHED, DraftState.READY.value])
    return _drafts().filter(~Exists(made), review_note="")


def _unproven() -> QuerySet[Service]:
    served = Service.objects.filter(demand__case_id__in=MINE, demand__status=DemandStatus.SERVED.value)
    return served.filter(superseded=False, proof=None).order_by()


def _failed() -> QuerySet[Demand]:
    newer = Draft.objects.filter(demand=OuterRef("demand"), paper=OuterRef("paper"), pk__gt=OuterRef("pk"))
    return _with(_papers(DraftState.FAILED).filter(~Exists(newer)))


def _papers(state: DraftState) -> QuerySet[Draft]:
    return Draft.objects.filter(case_id__in=MINE, state=state.value).order_by()


def _with(*papers: QuerySet[Draft]) -> QuerySet[Demand]:
    """Return the demands of these papers: few fail or wait at a time, so each kind is found first, by its state alone."""
    demands = Demand.objects.filter(case_id__in=MINE, kind__in=WITH_PAGE).order_by()
    return demands.filter(reduce(or_, (Q(pk__in=some.values("demand_id")) for some in papers)))


KINDS = {
    "approve": Kept(lambda: first_of(_demands(DemandStatus.IN_REVIEW).filter(case_id__in=APPROVING), NEWEST, "pk")),
    "failed": Kept(lambda: first_of(_failed(), NEWEST, "pk")),
    "returned": Kept(lambda: first_of(_drafts().exclude(review_note=""), NEWEST, "pk")),
    "unproven": Kept(lambda: first_of(_unproven(), ("served_on", "pk"), "demand_id", "served_on")),
    "approved": Kept(lambda: first_of(_demands(DemandStatus.APPROVED), ("approved_at", "pk"), "pk")),
    "making": Kept(lambda: first_of(_with(_papers(DraftState.QUEUED), _papers(DraftState.RENDERING)), NEWEST, "pk")),
    "no-pdf": Kept(lambda: first_of(_unmade(), NEWEST, "pk")),
}
DETAILS = Kept(lambda: Demand.objects.filter(pk__in=THESE, case_id__in=MINE).order_by().values_list(*READ))


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
    return ", " + (say("for compliance by %(day)s, which is past") if past else say("for compliance by %(day)s")) % {"day": day}


def _ago(days: int) -> str:
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days} if days > 0 else say("today")


def _short(day: date) -> str:
    return day_words(day, "SHORT_DATE_FORMAT")


def _drawn(rows: Iterable[tuple[Waiting, str]], walls: Walls, page: str = "") -> SafeString:
    """Return the rows' lines, every word escaped; `page` is the page of a subpoena on which the work is done."""
    subpoenas, demands = reverse("subpoena-list"), reverse("demand-detail", args=[0]).removesuffix("0/")
    lines = [
        LINE.format(
            url=f"{subpoenas if row.kind in WITH_PAGE else demands}{row.pk}/{page if row.kind in WITH_PAGE else ''}",
            name=escape(row.name),
            case=escape(walls.cases[row.case].name),
            age=escape(age),
        )
        for row, age in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped above
