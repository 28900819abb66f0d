"""Steps of stories as screens show them: with an icon, the page of their record, and equal steps of many requests told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from discovery.domain.matrix.stories import Step, Story
from discovery.domain.number_ranges import ranges
from discovery.enums import Stage
from discovery.models import Conferral, Demand, Dispute, Order, Production, RequestRow, Response
from discovery.staff.served import demand_url

ICONS = {
    Stage.DRAFTED: "pencil",
    Stage.APPROVED: "check-circle",
    Stage.ISSUED: "file-earmark-text",
    Stage.NOTICE: "megaphone",
    Stage.ATTEMPTED: "send",
    Stage.SERVED: "send-check",
    Stage.ANSWERED: "inbox",
    Stage.CONFERRED: "telephone",
    Stage.PROMISED: "bookmark-check",
    Stage.NARROWED: "scissors",
    Stage.PRODUCED: "box-seam",
    Stage.DISPUTED: "envelope-paper",
    Stage.RULED: "hammer",
    Stage.SUPERSEDED: "arrow-repeat",
}
PAGES: dict[type, str] = {
    Conferral: "conferral-detail",
    Dispute: "dispute-detail",
    Production: "production-detail",
    Response: "response-answers",
}


@dataclass(slots=True)
class Told:
    """One step as it is shown; `rows` are the requests of the same demand for which it is the same."""

    step: Step
    demand: Demand
    icon: str
    url: str
    rows: list[RequestRow] = field(default_factory=list)

    @property
    def numbers(self) -> str:
        """The requests it is about: "Requests 1, 3–5"."""
        words = ngettext("Request %(numbers)s", "Requests %(numbers)s", len(self.rows))
        return words % {"numbers": ranges((row.number for row in self.rows), "–")}


def told(step: Step, row: RequestRow) -> Told:
    """Return a step with its icon and the page of the record that says so."""
    return Told(step, row.demand, ICONS[step.stage], _page_of(step.subject, row.demand), [row])


def told_by_day(stories: Iterable[Story]) -> list[tuple[date, list[Told]]]:
    """Return the steps of many stories by day, what is the same for several requests of a demand once."""
    days: dict[date, dict[Any, Told]] = {}
    for story in stories:
        for step in story.steps:
            key = (story.row.demand_id, step.stage, step.words, step.who, step.said, step.hour, step.superseded)
            of_day = days.setdefault(step.day, {})
            if key in of_day:
                of_day[key].rows.append(story.row)
            else:
                of_day[key] = told(step, story.row)
    return [(day, list(days[day].values())) for day in sorted(days)]


def _page_of(subject: Any, demand: Demand) -> str:
    if isinstance(subject, Order):
        return f"{reverse('order-list', args=[subject.case_id])}#order-{subject.pk}"
    page = PAGES.get(type(subject))
    if page is None:
        return demand_url(demand)
    return reverse(page, args=[subject.pk])
