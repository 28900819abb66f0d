"""What the papers of a dispute quote for each request: the words as served, the narrower text that was agreed, every response."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from discovery.domain.composing.printed import printed_date
from discovery.domain.composing.set_names import number_of, spelled
from discovery.domain.errors import Refused
from discovery.domain.held import held
from discovery.domain.service.rows import with_texts
from discovery.enums import AnswerKind, Ground, ResponseKind, ResponseStatus
from discovery.models import CaseParty, Demand, Dispute, Narrowing, RequestResponse, RequestRow, Response

NOT_ON_RECORD = "[The words of this response are not on record.]"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it was served: what it is called, its words, the objections it makes as recorded."""

    heading: str  # "Amended response (served July 9, 2025)"
    text: str
    objections: tuple[str, ...]
    kind: str  # "Amended response"
    served_on: date | None


@dataclass(frozen=True, slots=True)
class DisputedLine:
    """One request of a dispute with all that papers quote of it."""

    row: RequestRow
    heading: str
    text: str
    theme: str
    answers: tuple[Answer, ...]
    """Every served response in its order; the last is the one that counts."""
    narrowed: str
    narrowed_how: str
    our_position: str
    their_position: str
    proposal: str
    asked_of_us: bool

    @property
    def final_position(self) -> str:
        """What the responding party says last: its position in the dispute, else its response as served."""
        stated = self.our_position if self.asked_of_us else self.their_position
        return stated.strip() or (self.answers[-1].text if self.answers else "")


def lines_of(dispute: Dispute, nothing: str) -> list[DisputedLine]:
    """Return the requests of a dispute in their order (a fixed number of queries). Raises Refused, saying `nothing`, for none."""
    disputed = held(dispute, "requests") or list(dispute.requests.select_related("row").order_by("position", "pk"))
    if not disputed:
        raise Refused(nothing)
    demands = Demand.objects.select_related(
        "approved_version",
        "responding_party__person",
        "request_set__propounded_by",
        "subpoena__compliance_court",
        "subpoena__issuing_court",
    ).in_bulk({one.row.demand_id for one in disputed})
    for one in disputed:
        one.row.demand = demands[one.row.demand_id]
    rows = [one.row.pk for one in disputed]
    answers, narrowed = _answers([one.row for one in disputed]), _narrowed(rows)
    clients = set(CaseParty.objects.filter(case=dispute.case_id, is_client=True).values_list("person_id", flat=True))
    lines = []
    # Cal. Rules of Court, rule 3.1345(d): a motion identifies requests "by set and number" (expert knowledge, verify).
    named = told_apart(list(demands.values()), always=dispute.case.court.rule_set.startswith("CA-"))
    for one, (row, told) in zip(disputed, with_texts(one.row for one in disputed), strict=True):
        agreed = narrowed.get(row.pk)
        lines.append(
            DisputedLine(
                row=row,
                heading=str(told["heading"]).rstrip(" :.") + named[row.demand_id],
                text=told["text"],
                theme=one.theme.strip(),
                answers=tuple(answers.get(row.pk, ())),
                narrowed=agreed.text if agreed is not None else "",
                narrowed_how=_how(agreed) if agreed is not None else "",
                our_position=one.our_position,
                their_position=one.their_position,
                proposal=one.proposal,
                asked_of_us=row.demand.responding_party.person_id in clients,
            )
        )
    return lines


def told_apart(demands: list[Demand], *, always: bool) -> dict[int, str]:
    """Return, by demand, what tells its requests from another's: " (Set One)", " (Set One to Jane Roe)"; "" for one alone.

    `always`: name the set of one alone too.
    """
    if len(demands) == 1 and not always:
        return {demands[0].pk: ""}
    several = len({demand.responding_party_id for demand in demands}) > 1
    told = {}
    for demand in demands:
        number = number_of(demand)
        words = [f"Set {spelled(number)}"] if number else []
        words += [f"to {demand.responding_party.person.name}"] if several else []
        told[demand.pk] = " ".join(words)
    often = Counter(told.values())
    for demand in demands:
        if len(demands) > 1 and often[told[demand.pk]] > 1:  # as when sets were not numbered
            told[demand.pk] = ", ".join(filter(None, (demand.request_set.name, told[demand.pk])))
    return {pk: f" ({words})" if words else "" for pk, words in told.items()}


def _answers(rows: list[RequestRow]) -> dict[int, list[Answer]]:
    """Return, by row, every served response; one whose words nobody entered yet stands there without words."""
    found: dict[int, list[Answer]] = {}
    looked_at: set[int] = set()
    served = RequestResponse.objects.filter(row__in=[row.pk for row in rows], response__status=ResponseStatus.SERVED.value)
    for one in served.select_related("response").prefetch_related("objections").order_by("response__number"):
        looked_at.add(one.row_id)
        objections = tuple(_objection(objection) for objection in one.objections.all())
        # Only what was said is a response: a request that a paper passed over in silence has none in it.
        if one.kind != AnswerKind.SILENT or one.text.strip() or objections:
            found.setdefault(one.row_id, []).append(_said(one.response, one.text, objections))
    papers = Response.objects.filter(demand__in=[row.demand_id for row in rows], status=ResponseStatus.SERVED.value)
    last = {paper.demand_id: paper for paper in papers.order_by("number")}
    for row in rows:
        if row.pk not in looked_at and row.demand_id in last:
            found[row.pk] = [_said(last[row.demand_id], "", ())]
    return found


def _said(response: Response, text: str, objections: tuple[str, ...]) -> Answer:
    kind = ResponseKind(response.kind).label
    return Answer(f"{kind} (served {printed_date(response.served_on)})", text, objections, kind, response.served_on)


def _objection(objection: Any) -> str:
    words = Ground(objection.ground).label + (f" ({objection.rule})" if objection.rule else "")
    return f"{words}: {objection.reason}" if objection.reason else words


def _narrowed(rows: list[int]) -> dict[int, Narrowing]:
    agreed = Narrowing.objects.filter(row__in=rows, superseded=False, agreed_on__isnull=False)
    return {one.row_id: one for one in agreed}


def _how(agreed: Narrowing) -> str:
    return f"As narrowed by agreement on {printed_date(agreed.agreed_on)}"
