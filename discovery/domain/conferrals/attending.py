"""Who is likely to take part in a conference about some requests: those of the last one, or counsel of record of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet

from discovery.enums import Side
from discovery.models import Appearance, Attendee, Attorney, Case, Demand, PartyGroup, RequestRow


def likely_attendees(case: Case, rows: Sequence[RequestRow]) -> list[Attendee]:
    """Return who would take part, not stored: as at the last conference on a demand of these rows, else counsel of record.

    Where no counsel of a responding party is on record its own line has no name yet. Rows come with their demand, its
    `responding_party__person` and `request_set__propounded_by`.
    """
    demands = {row.demand_id: row.demand for row in rows}
    last = case.conferrals.filter(requests__row__demand__in=demands).order_by("-held_on", "-pk").first()
    if last is not None:
        return list(last.attendees.select_related("attorney"))
    ours = list(_lines(our_appearances(case), Side.OURS))
    theirs = [one for demand in demands.values() for one in _opposite(demand)]
    return [*ours, *_once(theirs)]


def our_appearances(case: Case) -> QuerySet[Appearance]:
    """Return the appearances of counsel for our client, in the order of the counsel block."""
    ours = Q(group__members__is_client=True) | Q(parties__is_client=True)
    return case.appearances.filter(ours).select_related("attorney__firm", "group").prefetch_related("parties__person").distinct()


def attorneys_of(case: Case) -> dict[str, Attorney]:
    """Return, by name, the attorneys who appear in a case or represent a responding party of it."""
    known = Q(appearances__case=case) | Q(represents_responders__case=case)
    return {attorney.name: attorney for attorney in Attorney.objects.filter(known).distinct().order_by("-pk")}


def served_on_us(demand: Demand) -> bool:
    """Whether the responding party of a demand is our own client (one query)."""
    return demand.case.parties.filter(person_id=demand.responding_party.person_id, is_client=True).exists()


def _opposite(demand: Demand) -> list[Attendee]:
    """Return counsel of the side that faces ours over a demand: of who must answer, or of who asks us."""
    case, responder = demand.case, demand.responding_party
    if served_on_us(demand):
        group: PartyGroup = demand.request_set.propounded_by
        found = case.appearances.filter(Q(group=group) | Q(parties__in=group.members.all()))
        named = group.name
    else:
        found = case.appearances.filter(Q(parties__person=responder.person_id) | Q(group__members__person=responder.person_id))
        named = str(responder)
    lines = list(_lines(found.select_related("attorney").distinct(), Side.THEIRS, named))
    known = {one.attorney_id for one in lines}
    lines += [_line(one, named, Side.THEIRS) for one in responder.counsel.all() if one.pk not in known and not served_on_us(demand)]
    return lines or [Attendee(name="", speaks_for=named, side=Side.THEIRS.value)]


def _lines(appearances: Iterable[Appearance], side: Side, named: str = "") -> Iterator[Attendee]:
    for one in appearances:
        yield _line(one.attorney, named or (one.group.name if one.group is not None else ""), side)


def _line(attorney: Attorney, speaks_for: str, side: Side) -> Attendee:
    return Attendee(attorney=attorney, name=attorney.name, speaks_for=speaks_for, side=side.value)


def _once(people: Iterable[Attendee]) -> list[Attendee]:
    """Return each person once, with all that they speak for."""
    found: dict[tuple[str, str], Attendee] = {}
    for one in people:
        known = found.setdefault((one.name, "" if one.name else one.speaks_for), one)
        if one.speaks_for not in known.speaks_for.split("; "):
            known.speaks_for = f"{known.speaks_for}; {one.speaks_for}"[:200]
    return list(found.values())
