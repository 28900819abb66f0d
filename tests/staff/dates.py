"""What the tests of due dates share: dates that follow from a served subpoena, by hand, refused, with another one proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from discovery.domain.approval import approve
from discovery.domain.dates.deadlines import set_by_hand
from discovery.domain.dates.recomputing import recompute_stale
from discovery.domain.service.serving import log_served_set, serve
from discovery.enums import DemandKind
from discovery.models import CourtClosure, Deadline, RequestSet, Service
from tests.factories import World

AGREED: dict[str, Any] = {"agreed_on": date(2025, 6, 30), "agreed_with": "Theo Theirs", "terms": "E-mail of June 30, 2025"}


def objections(world: World) -> Deadline:
    """Return the objections to a subpoena that was served on June 18, due on Wednesday, July 2, 2025; Alice recorded it."""
    demand = world.subpoena().demand
    demand.subpoena.compliance_date = date(2025, 7, 31)
    demand.subpoena.save()
    demand.notice.served_on = date(2025, 6, 17)
    demand.notice.save()
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 6, 18), method="personal", person_served="A clerk"), by=world.alice)
    return Deadline.objects.get(event="subpoena-objections")


def admissions(world: World, served: date = date(2025, 6, 3)) -> Deadline:
    """Return the answer to requests for admission that we served by mail."""
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Admissions", kind="admissions")
    service = Service(served_on=served, method="mail")
    log_served_set(request_set, [world.opponent.person], DemandKind.RFA, service, by=world.alice)
    return Deadline.objects.get(event="rfa-response")


def by_hand(world: World, title: str = "Call the vendor", day: date = date(2027, 3, 1), **told: Any) -> Deadline:
    """Return a date that Alice entered by hand."""
    return set_by_hand(world.case, title, day, "Ms. Park’s e-mail", by=world.alice, **told)


def refused(world: World) -> Deadline:
    """Return a task without a date: the court's rule set is not known."""
    world.case.court.rule_set = "FRCP-ATLANTIS"
    world.case.court.save()
    demand = world.subpoena().demand
    demand.notice.served_on = date(2025, 6, 17)
    demand.notice.save()
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 6, 18), method="personal"), by=world.alice)
    return Deadline.objects.get(due_on=None)


def close(world: World, deadline: Deadline, day: date = date(2025, 7, 2)) -> None:
    """Close the court on a day: another date is proposed."""
    CourtClosure.objects.create(court=world.case.court, day=day, name="Flood", source="General Order 72")
    recompute_stale()
    deadline.refresh_from_db()


def url(deadline: Deadline, act: str = "detail") -> str:
    """Return the address of a date's page, or of an act on it."""
    return reverse(f"deadline-{act}", args=[deadline.pk])
