"""What stands on record about a demand beside its paper: how it was served, what answered it, which dates follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.answers.by_request import is_ours
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.service.attempts import SERVABLE
from discovery.enums import SUBPOENAS, WITH_PAGE, DeadlineState, DemandKind, DemandStatus, ResponseStatus
from discovery.law.refusals import LawRefused
from discovery.models import Deadline, Demand, Response, Service
from discovery.staff.moves import hour_of
from discovery.staff.service_details import service_details


@dataclass(frozen=True, slots=True)
class Badge:
    """A word about a date, with its colour and its icon."""

    tone: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """A due date as the pages of a demand show it."""

    url: str
    title: str
    day: date | None
    hour: time | None
    ours: bool
    badges: list[Badge]
    count: str
    rule: str
    why_none: str


def demand_url(demand: Demand) -> str:
    """Return the page of a demand: a subpoena has its own."""
    return reverse("subpoena-detail" if demand.kind in WITH_PAGE else "demand-detail", args=[demand.pk])


def service_url(demand: Demand) -> str:
    """Return the screen that records the service of a demand, or corrects its record."""
    return reverse("service-record" if demand.kind in SUBPOENAS else "demand-service", args=[demand.pk])


def deadline_url(deadline: Deadline) -> str:
    """Return the page that shows a date's count, day by day."""
    return reverse("deadline-detail", args=[deadline.pk])


def served_context(demand: Demand, *, may_edit: bool, now: datetime | None = None) -> dict[str, Any]:
    """Return what the panel “Service and dates” shows (6 queries). The demand comes with its case's court and its notice."""
    now = now or timezone.now()
    services = list(Service.objects.filter(demand=demand).select_related("proof").order_by("-number"))
    current = next((one for one in services if not one.superseded), None)
    every = list(Response.objects.filter(demand=demand).select_related("paper").order_by("number"))
    responses = [one for one in every if one.status == ResponseStatus.SERVED]
    draft = next((one for one in every if one.status == ResponseStatus.DRAFT), None)
    deadlines = Deadline.objects.filter(demand=demand).exclude(state=DeadlineState.VOID.value).select_related("confirmed_by")
    law = CourtLaw(demand.case.court)
    return {
        "service": current,
        "service_method": method_words(law, current.method, current.served_on) if current else "",
        "earlier_services": [one for one in services if one.superseded],
        "responses": [(one, method_words(law, one.method, one.served_on)) for one in responses if one.served_on],
        "dates": date_rows(deadlines.order_by("due_at", "pk"), demand, now),
        "service_url": service_url(demand),
        "may_serve": may_edit and demand.status in SERVABLE,
        **service_details(demand, current, may_edit=may_edit),
        "may_answer": may_edit and demand.status == DemandStatus.SERVED and current is not None,
        "our_draft": draft,
        "on_us": demand.kind not in WITH_PAGE and is_ours(demand),
    }


def date_rows(deadlines: Iterable[Deadline], demand: Demand, now: datetime) -> list[DateRow]:
    """Return the rows of a demand's dates, those without a day first."""
    rows = [_row(deadline, demand, now) for deadline in deadlines]
    return sorted(rows, key=lambda row: row.day or date.min)


def _row(deadline: Deadline, demand: Demand, now: datetime) -> DateRow:
    derivation: Mapping[str, Any] = deadline.derivation or {}
    return DateRow(
        url=deadline_url(deadline),
        title=deadline.title,
        day=deadline.due_on,
        hour=hour_of(deadline.due_at, deadline.zone) if deadline.by_hour else None,
        ours=deadline.ours,
        badges=list(_badges(deadline, demand, now)),
        count=_count(derivation),
        rule=str(derivation.get("rule", "")),
        why_none=_why_none(deadline.refusal),
    )


def _badges(deadline: Deadline, demand: Demand, now: datetime) -> Iterable[Badge]:
    if deadline.state == DeadlineState.DONE:
        day = date_format(deadline.done_on, "SHORT_DATE_FORMAT") if deadline.done_on else ""
        yield Badge("approved", "check-circle-fill", _("done %(day)s") % {"day": day})
        return
    if deadline.due_on is None:
        yield Badge("warn", "exclamation-circle", _("no date"))
        return
    late = deadline.overdue(now)
    if deadline.red and demand.kind == DemandKind.RFA:
        day = date_format(deadline.due_on, "DATE_FORMAT")
        words = _("deemed admitted on %(day)s") if late else _("deemed admitted on %(day)s if not answered")
        yield Badge("refuse", "exclamation-triangle-fill", words % {"day": day})
    elif late:
        yield Badge("late", "exclamation-triangle-fill", _("overdue"))
    if deadline.confirmed:
        yield Badge("approved", "patch-check", _("confirmed by %(who)s") % {"who": deadline.confirmed_by})
    if deadline.proposed_derivation is not None:
        yield Badge("warn", "arrow-repeat", _("another date is proposed"))


def _count(derivation: Mapping[str, Any]) -> str:
    """Return the period with what was added to it or passed over: "30 days after, 3 days added"."""
    if not derivation:
        return ""
    kinds = [step[1] for step in derivation["steps"]]
    parts = [_(derivation["period"])] if derivation["period"] else []
    added, skipped = kinds.count("added"), kinds.count("skipped")
    if added:
        parts.append(ngettext("%(n)d day added", "%(n)d days added", added) % {"n": added})
    if skipped:
        parts.append(ngettext("%(n)d closed day passed over", "%(n)d closed days passed over", skipped) % {"n": skipped})
    return ", ".join(parts)


def _why_none(refusal: Mapping[str, Any] | None) -> str:
    if not refusal:
        return ""
    words = _(refusal["template"])
    return words % refusal["values"] if refusal["values"] else words


def method_words(law: CourtLaw, method: str, on: date) -> str:
    """Return what the court's rule set calls a method of service, or its bare name where no rule set knows it."""
    try:
        return _(law.rules.method(method, on).label)
    except LawRefused:
        return method


def told_dates(rows: Iterable[DateRow]) -> str:
    """Return which dates follow, as a sentence for the message after saving."""
    dated = [
        _("%(what)s %(day)s") % {"what": row.title, "day": date_format(row.day, "SHORT_DATE_FORMAT")} for row in rows if row.day
    ]
    return _("Dates that follow: %(dates)s.") % {"dates": "; ".join(dated)} if dated else _("No date follows from it.")
