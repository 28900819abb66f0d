"""What needs attention over all the user's cases: the questions that the home page answers, each one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discovery.enums import DemandKind, DemandStatus, DraftState
from discovery.models import CaseMembership, Demand, Draft, ScheduleEntry
from discovery.models.base import EDITING_ROLES
from discovery.staff.served import demand_url

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.staff.forms.base import Label

SHOWN = 5
UNFINISHED = (DraftState.QUEUED.value, DraftState.RENDERING.value)
HORIZON = timedelta(days=90)
"""How far ahead the home page looks for dates that courts set."""


@dataclass(frozen=True, slots=True)
class Task:
    """Rows of one kind that wait for somebody: the first few, and how many there are."""

    key: str
    title: Label
    icon: str
    tone: str
    more: str
    rows: Sequence[Demand]
    total: int


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something is due: by a paper's own words, or by order of the court."""

    day: date
    at: datetime | None
    words: str
    case: str
    url: str
    late: bool


class _Count(Subquery):
    """How many rows a query has, asked for within another: counted along an index, where a window would carry every row."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def tasks(user: User) -> list[Task]:
    """Return what waits, the most pressing first, without empty kinds (7 queries)."""
    memberships = CaseMembership.objects.filter(user=user).values_list("case_id", "role", "may_approve")
    cases = {case: role in EDITING_ROLES and approves for case, role, approves in memberships}
    approver = [case for case, approves in cases.items() if approves]
    demands = Demand.objects.filter(case_id__in=list(cases), kind=DemandKind.SUBPOENA_DOCUMENTS.value)
    papers = Draft.objects.filter(case_id__in=list(cases)).order_by()
    newer = Draft.objects.filter(demand=OuterRef("demand"), paper=OuterRef("paper"), pk__gt=OuterRef("pk"))
    failed = papers.filter(~Exists(newer), state=DraftState.FAILED.value)
    queued, rendering = (papers.filter(state=state) for state in UNFINISHED)
    made = Draft.objects.filter(demand=OuterRef("pk"), state__in=[*UNFINISHED, DraftState.READY.value])
    draft = demands.filter(status=DemandStatus.DRAFT.value)
    review = demands.filter(status=DemandStatus.IN_REVIEW.value, case_id__in=approver)
    approved = demands.filter(status=DemandStatus.APPROVED.value)
    unmade = draft.filter(~Exists(made), review_note="")
    subpoenas, drafts = reverse("subpoena-list"), reverse("draft-list")
    kinds: list[tuple[str, Label, str, str, str, QuerySet[Demand]]] = [
        ("approve", _("Waiting for your approval"), "eye", "warn", f"{subpoenas}?status=in_review", review),
        ("failed", _("Papers that could not be made"), "x-octagon", "bad", f"{drafts}?state=failed", _with(demands, failed)),
        ("returned", _("Returned with a note"), "reply", "warn", f"{subpoenas}?status=draft", draft.exclude(review_note="")),
        ("approved", _("Approved, ready to serve"), "check-circle-fill", "good", f"{subpoenas}?status=approved", approved),
        ("making", _("Papers being made"), "hourglass-split", "info", drafts, _with(demands, queued, rendering)),
        ("no-pdf", _("Drafts without a PDF"), "pencil", "mute", f"{subpoenas}?status=draft", unmade),
    ]
    found = [_task(*kind) for kind in kinds]
    return [task for task in found if task.total]


def _with(demands: QuerySet[Demand], *papers: QuerySet[Draft]) -> QuerySet[Demand]:
    """Return the demands of these papers: few fail or wait at a time, so each kind is found first, by its state alone."""
    return demands.filter(reduce(or_, (Q(pk__in=some.values("demand_id")) for some in papers)))


def _task(key: str, title: Label, icon: str, tone: str, more: str, rows: QuerySet[Demand]) -> Task:
    """Fetch the first rows and count all in one query."""
    first = rows.order_by("-created_at", "-pk").values("pk")[:SHOWN]
    shown = list(
        Demand.objects.filter(pk__in=first)
        .select_related("case", "responding_party__person")
        .annotate(total=_Count(rows.order_by().values("pk")))
        .order_by("-created_at", "-pk")
    )
    return Task(key, title, icon, tone, more, shown, shown[0].total if shown else 0)


def due_dates(user: User, now: datetime) -> list[Due]:
    """Return the next days of compliance and the next dates that courts set, soonest first (2 queries).

    A paper that went out (approved, served) and whose day has passed comes first, as late: nothing came of it on record.
    """
    today = now.date()
    out = [DemandStatus.APPROVED.value, DemandStatus.SERVED.value]
    next_ones = (
        Demand.objects.visible_to(user)
        .filter(Q(due_at__gte=now, status__in=[DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value]) | Q(status__in=out))
        .filter(due_at__isnull=False)
        .order_by("due_at", "-pk")
        .values("pk")[: 2 * SHOWN]
    )
    demands = (
        Demand.objects.filter(pk__in=next_ones).select_related("case__court", "responding_party__person").order_by("due_at", "-pk")
    )
    entries = (
        ScheduleEntry.objects.visible_to(user)
        .filter(day__gte=today, day__lte=today + HORIZON)
        .select_related("case")
        .order_by("day", "pk")[: 2 * SHOWN]
    )
    found = [_demand_due(demand, now) for demand in demands if demand.due_at is not None]
    found += [
        Due(
            entry.day,
            None,
            entry.get_kind_display(),
            entry.case.name,
            f"{reverse('case-detail', args=[entry.case_id])}#schedule",
            False,
        )
        for entry in entries
    ]
    return sorted(found, key=lambda due: due.day)[: 2 * SHOWN]


def _demand_due(demand: Demand, now: datetime) -> Due:
    assert demand.due_at is not None
    local = demand.due_at.astimezone(demand.case.court.zone)
    return Due(local.date(), local, str(demand.responding_party), demand.case.name, demand_url(demand), demand.due_at < now)
