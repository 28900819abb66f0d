"""The story of a request: each step from draft to ruling with its day, who, and the paper that shows it (law 1).

Everything is read from the rows, so a story never says more than the record. A case's stories take a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from discovery.enums import ResponseStatus, Stage
from discovery.models import (
    Attachment,
    Case,
    Commitment,
    ConferredRequest,
    Demand,
    DisputedRequest,
    Narrowing,
    PageTie,
    RequestResponse,
    RequestRow,
    Response,
    Ruling,
    Service,
    ServiceAttempt,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happened on which day, by whom, what it said, and the paper that shows it.

    `subject` is the row of the record that says so. `superseded` steps stand, but no longer count.
    """

    stage: Stage
    day: date
    words: str
    who: str = ""
    said: str = ""
    hour: time | None = None
    paper: Attachment | None = None
    subject: Any = None
    superseded: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data for `manage.py story --json`."""
        return {
            "stage": self.stage.value,
            "day": self.day.isoformat(),
            "hour": self.hour.isoformat("minutes") if self.hour else None,
            "what": self.words,
            "who": self.who or None,
            "said": self.said or None,
            "paper": self.paper.name if self.paper else None,
            "superseded": self.superseded,
        }


@dataclass(slots=True)
class Story:
    """One request and responding party with its steps in the order of their days."""

    row: RequestRow
    steps: list[Step] = field(default_factory=list)

    @property
    def now(self) -> Step | None:
        """The step that says where the request stands: the newest that still counts."""
        standing = [step for step in self.steps if not step.superseded and step.stage is not Stage.PROMISED]
        return standing[-1] if standing else None


def stories_of(case: Case, rows: QuerySet[RequestRow] | None = None) -> list[Story]:
    """Return the story of each row of a case, or of the given ones, by responding party and number (13 queries)."""
    chosen = case.rows.all() if rows is None else rows.filter(case=case)
    found = list(_with_everything(chosen))
    of_demand: dict[int, list[Step]] = {}
    for row in found:
        if row.demand_id not in of_demand:
            of_demand[row.demand_id] = list(_of_demand(row.demand))
    return [_story(row, of_demand[row.demand_id]) for row in found]


def story_of(row: RequestRow) -> Story:
    """Return the story of one row."""
    return stories_of(row.case, RequestRow.objects.filter(pk=row.pk))[0]


def _story(row: RequestRow, of_demand: list[Step]) -> Story:
    steps = [*of_demand]
    for tell in (_answers, _conferences, _narrowings, _promises, _disputes, _pages, _rulings):
        steps += tell(row)
    order = list(Stage)
    return Story(row, sorted(steps, key=lambda step: (step.day, order.index(step.stage), step.hour or time.min)))


def _with_everything(rows: QuerySet[RequestRow]) -> QuerySet[RequestRow]:
    def related(manager: Callable[[], QuerySet[Any]], *names: str) -> QuerySet[Any]:
        return manager().select_related(*names)

    return (
        rows.select_related(
            "demand__responding_party__person",
            "demand__request_set__propounded_by",
            "demand__approved_by",
            "demand__case__court",
            "demand__subpoena",
            "demand__notice",
            "demand__supersedes",
            "request",
            "owner",
        )
        .prefetch_related(
            "demand__superseded_by",
            Prefetch("demand__services", related(Service.objects.all, "proof", "recorded_by")),
            Prefetch("demand__responses", related(Response.objects.all, "paper")),
            Prefetch("demand__attempts", related(ServiceAttempt.objects.all)),
            Prefetch("answers", related(RequestResponse.objects.all, "response__paper")),
            "answers__objections",
            Prefetch("conferred", related(ConferredRequest.objects.all, "conferral")),
            Prefetch("narrowings", related(Narrowing.objects.all)),
            Prefetch("commitments", related(Commitment.objects.all, "deadline__evidence")),
            Prefetch("disputed", related(DisputedRequest.objects.all, "dispute__paper")),
            Prefetch("disputed__dispute__rulings", Ruling.objects.filter(row=None).select_related("order__paper")),
            Prefetch("rulings", related(Ruling.objects.all, "order__paper", "dispute")),
            Prefetch("ties", related(PageTie.objects.all, "bates_range__production__paper")),
        )
        .order_by("demand__responding_party__person__name", "demand", "number")
    )


# What happened to the whole demand ---------------------------------------------------------------------------------------


def _of_demand(demand: Demand) -> Iterator[Step]:
    zone = demand.case.court.zone
    drafted = demand.created_at.astimezone(zone)
    if demand.supersedes is not None:
        words = _("Started as the corrected copy of an earlier paper.")
        yield Step(Stage.DRAFTED, drafted.date(), words, hour=drafted.time(), subject=demand.supersedes)
    for newer in demand.superseded_by.all():
        moment = newer.created_at.astimezone(zone)
        words = _("Replaced by a corrected paper; no longer served.")
        yield Step(Stage.SUPERSEDED, moment.date(), words, hour=moment.time(), subject=newer)
    if demand.approved_at is not None and demand.created_at < demand.approved_at:
        yield Step(Stage.DRAFTED, drafted.date(), _("Drafting began."), hour=drafted.time(), subject=demand)
    if demand.approved_at is not None:
        moment = demand.approved_at.astimezone(zone)
        words = _("Approved and frozen as version %(version)d.") % {"version": demand.version}
        yield Step(Stage.APPROVED, moment.date(), words, str(demand.approved_by or ""), hour=moment.time(), subject=demand)
    subpoena = getattr(demand, "subpoena", None)
    if subpoena is not None and subpoena.issue_date is not None:
        yield Step(Stage.ISSUED, subpoena.issue_date, _("Subpoena issued."), subpoena.representing, subject=demand)
    notice = getattr(demand, "notice", None)
    if notice is not None and notice.served_on is not None:
        yield Step(Stage.NOTICE, notice.served_on, _("Notice served on every party."), notice.declarant, subject=demand)
    for attempt in demand.attempts.all():
        words = _("Attempt at service: %(outcome)s.") % {"outcome": attempt.get_outcome_display()}
        yield Step(Stage.ATTEMPTED, attempt.tried_on, words, attempt.server, attempt.note, attempt.tried_time, subject=attempt)
    for service in demand.services.all():
        yield _served(service)


def _served(service: Service) -> Step:
    whom = service.person_served or service.agent
    words = _("Served on %(whom)s.") % {"whom": whom} if whom else _("Served.")
    return Step(
        Stage.SERVED,
        service.served_on,
        words,
        service.server,
        hour=service.served_time,
        paper=service.proof,
        subject=service,
        superseded=service.superseded,
    )


# What happened to one request --------------------------------------------------------------------------------------------


def _answers(row: RequestRow) -> Iterator[Step]:
    who = str(row.demand.responding_party)
    told = {answer.response_id for answer in row.answers.all()}
    for response in row.demand.responses.all():
        if response.status == ResponseStatus.SERVED and response.served_on is not None and response.pk not in told:
            words = _("%(kind)s; what it says on this request is not recorded.") % {"kind": response.get_kind_display()}
            yield Step(Stage.ANSWERED, response.served_on, words, who, paper=response.paper, subject=response)
    for answer in row.answers.all():
        response = answer.response
        if response.status != ResponseStatus.SERVED or response.served_on is None:
            continue
        objections = ", ".join(one.get_ground_display() for one in answer.objections.all())
        parts = [str(answer.get_kind_display())]
        if objections:
            parts.append(_("objections: %(grounds)s") % {"grounds": objections})
        words = response.get_kind_display() + _(": ") + _("; ").join(parts) + "."
        said = answer.text or answer.will_produce
        yield Step(
            Stage.ANSWERED,
            response.served_on,
            words,
            who,
            said,
            paper=response.paper,
            subject=response,
            superseded=not answer.current,
        )


def _conferences(row: RequestRow) -> Iterator[Step]:
    for one in row.conferred.all():
        held = one.conferral
        words = held.get_mode_display() + _(": ") + one.get_outcome_display() + "."
        yield Step(Stage.CONFERRED, held.held_on, words, said=one.note, hour=held.started, subject=held)


def _narrowings(row: RequestRow) -> Iterator[Step]:
    for one in row.narrowings.all():
        if one.agreed_on is None:
            words, day, who = _("Narrower text proposed."), one.proposed_on, one.proposed_by
        else:
            words, day, who = _("Narrower text agreed."), one.agreed_on, f"{one.proposed_by}, {one.agreed_by}"
        yield Step(Stage.NARROWED, day, words, who, one.text, subject=one, superseded=one.superseded)


def _promises(row: RequestRow) -> Iterator[Step]:
    for one in row.commitments.all():
        due, done = one.deadline.due_on, one.deadline.done_on
        words = _("Promised by %(day)s: %(what)s.") % {"day": due, "what": one.text.rstrip(".")}
        who = one.promised_by or str(one.get_side_display())
        released = one.released_on is not None
        yield Step(Stage.PROMISED, one.promised_on, words, who, subject=one, superseded=released)
        if done is not None:
            kept = _("Promise kept: %(what)s.") % {"what": one.text.rstrip(".")}
            yield Step(Stage.PROMISED, done, kept, who, paper=one.deadline.evidence, subject=one)


def _disputes(row: RequestRow) -> Iterator[Step]:
    for one in row.disputed.all():
        dispute = one.dispute
        day = dispute.submitted_on
        if day is None:
            continue  # what was neither sent nor filed has happened to nobody yet, whatever day it bears
        where = f" ({dispute.docket_entry})" if dispute.docket_entry else ""
        words = f"{dispute.title}{where}."
        yield Step(Stage.DISPUTED, day, words, dispute.moved_by, one.our_position, paper=dispute.paper, subject=dispute)


def _pages(row: RequestRow) -> Iterator[Step]:
    for tie in row.ties.all():
        pages, production = tie.bates_range, tie.bates_range.production
        label = pages.label(tie.first) if tie.first == tie.last else f"{pages.label(tie.first)}–{pages.label(tie.last)}"
        words = _("Produced: %(pages)s (%(volume)s).") % {"pages": label, "volume": production.volume}
        who = str(row.demand.responding_party)
        yield Step(Stage.PRODUCED, production.produced_on, words, who, paper=production.paper, subject=production)


def _rulings(row: RequestRow) -> Iterator[Step]:
    whole = [ruling for asked in row.disputed.all() for ruling in asked.dispute.rulings.all()]
    for one in (*whole, *row.rulings.all()):  # of one day's the one on the row itself counts, as in the matrix
        order = one.order
        where = f" ({order.docket_entry})" if order.docket_entry else ""
        words = one.get_outcome_display() + _(": ") + f"{order.title}{where}."
        yield Step(
            Stage.RULED,
            order.entered_on,
            words,
            order.judge,
            one.ordered_text,
            paper=order.paper,
            subject=order,
            superseded=one.superseded,
        )


def as_data(stories: Iterable[Story]) -> list[dict[str, Any]]:
    """Return stories as plain data: one object a request and responding party."""
    return [
        {
            "responder": str(story.row.demand.responding_party),
            "demand": str(story.row.demand),
            "request": story.row.number,
            "label": story.row.request.label,
            "now": story.now.words if story.now else None,
            "steps": [step.as_data() for step in story.steps],
        }
        for story in stories
    ]
