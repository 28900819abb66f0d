"""What is to be served and what is to be proved, over all the user's cases: two queues, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.service.serving import commands_production
from discovery.enums import SUBPOENAS, WITH_PAGE, DemandStatus
from discovery.models import Demand, Service, ServiceAttempt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from discovery.staff.walls import MyCase, Walls

OLD = 7
"""Days after which a row is marked: a week in which nobody served it, or sent the proof."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A demand that waits for its service or for the proof of it."""

    name: str
    case: MyCase
    kind: str
    url: str
    record_url: str
    attempt_url: str
    since: date | None
    age: int
    tries: int
    last: ServiceAttempt | None
    due: datetime | None
    no_notice: bool
    service: Service | None

    @property
    def old(self) -> bool:
        """Whether it has waited long."""
        return self.age >= OLD

    @property
    def age_words(self) -> str:
        """How long it has waited, in words."""
        return ngettext("%(n)d day", "%(n)d days", self.age) % {"n": self.age} if self.age else _("since today")


def ready(walls: Walls) -> QuerySet[Demand]:
    """Return what is approved and not served, the oldest approval first."""
    rows = walls.hold(Demand.objects.filter(status=DemandStatus.APPROVED.value))
    found = rows.select_related("case__court", "responding_party__person", "notice", "testimony")
    return found.order_by("approved_at", "pk")


def unproven(walls: Walls) -> QuerySet[Service]:
    """Return services of record without a proof, the oldest first."""
    served = Service.objects.filter(demand__status=DemandStatus.SERVED.value, superseded=False, proof=None)
    found = walls.hold(served, "demand__case_id").select_related("demand__case__court", "demand__responding_party__person")
    return found.order_by("served_on", "pk")


def ready_rows(demands: Iterable[Demand], walls: Walls, now: datetime, here: str) -> list[Waits]:
    """Return the rows of a page of `ready`, each with its last attempt (1 query)."""
    shown = list(demands)
    tried: dict[int, list[ServiceAttempt]] = {}
    for attempt in ServiceAttempt.objects.filter(demand__in=[one.pk for one in shown]) if shown else ():
        tried.setdefault(attempt.demand_id, []).append(attempt)
    return [_ready_row(one, tried.get(one.pk, []), walls, now, here) for one in shown]


def _ready_row(demand: Demand, tried: list[ServiceAttempt], walls: Walls, now: datetime, here: str) -> Waits:
    zone = demand.case.court.zone
    since = demand.approved_at.astimezone(zone).date() if demand.approved_at else None
    notice = getattr(demand, "notice", None)
    edits = walls.cases[demand.case_id].editable
    return Waits(
        **_about(demand, walls, here),
        attempt_url=f"{reverse('attempt-new', args=[demand.pk])}?next={quote(here)}" if edits else "",
        since=since,
        age=_age(since, zone, now),
        tries=len(tried),
        last=tried[-1] if tried else None,
        due=demand.due_at.astimezone(zone) if demand.due_at else None,
        no_notice=commands_production(demand) and (notice is None or notice.served_on is None),
        service=None,
    )


def unproven_rows(services: Iterable[Service], walls: Walls, now: datetime, here: str) -> list[Waits]:
    """Return the rows of a page of `unproven`."""
    return [
        Waits(
            **_about(one.demand, walls, here),
            attempt_url="",
            since=one.served_on,
            age=_age(one.served_on, one.demand.case.court.zone, now),
            tries=0,
            last=None,
            due=None,
            no_notice=False,
            service=one,
        )
        for one in services
    ]


def _about(demand: Demand, walls: Walls, here: str) -> dict[str, Any]:
    case, is_subpoena = walls.cases[demand.case_id], demand.kind in SUBPOENAS
    record = reverse("service-record" if is_subpoena else "demand-service", args=[demand.pk])
    return {
        "name": demand.responding_party.person.name,
        "case": case,
        "kind": demand.get_kind_display(),
        "url": reverse("subpoena-detail" if demand.kind in WITH_PAGE else "demand-detail", args=[demand.pk]),
        "record_url": f"{record}?next={quote(here)}" if case.editable else "",
    }


def _age(since: date | None, zone: ZoneInfo, now: datetime) -> int:
    """Return the days since then on the court's own calendar."""
    return max(0, (now.astimezone(zone).date() - since).days) if since is not None else 0
