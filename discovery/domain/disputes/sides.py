"""Who stands on which side of requests: who asks, who must answer, which of them is ours, and the other side's counsel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import in_a_sentence
from discovery.domain.errors import Refused
from discovery.domain.number_ranges import runs_of
from discovery.models import Appearance, Attorney, Case, Demand, RequestRow


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of some requests, by the names that papers print."""

    asks: str  # "OpenAI Defendants"
    answers: str  # "Meta Platforms, Inc."
    ours_asks: bool
    party: bool  # whether who must answer is a party: Rules 33, 34 and 36 bind parties, Rule 45 protects others

    @property
    def ours(self) -> str:
        """Our side's name."""
        return self.asks if self.ours_asks else self.answers

    @property
    def theirs(self) -> str:
        """The other side's name."""
        return self.answers if self.ours_asks else self.asks


def sides_of(rows: Iterable[RequestRow]) -> Sides:
    """Return the sides of requests (3 queries). Raises Refused for none, and for requests of both sides together."""
    demands = list({row.demand_id: row.demand for row in rows}.values())
    if not demands:
        raise Refused(_("Select at least one request."), field="rows")
    ours = {_ours_asks(demand) for demand in demands}
    if len(ours) > 1:
        raise Refused(_("Choose requests of one side: those that we ask, or those that we must answer."), field="rows")
    names = list(dict.fromkeys(demand.responding_party.person.name for demand in demands))
    asks = list(dict.fromkeys(demand.request_set.propounded_by.name for demand in demands))
    return Sides(
        asks=in_a_sentence(asks),
        answers=in_a_sentence(names),
        ours_asks=ours.pop(),
        party=all(demand.responding_party.party() is not None for demand in demands),
    )


def _ours_asks(demand: Demand) -> bool:
    """Whether our side asks: a set served on our client is the other side's."""
    case, person = demand.case_id, demand.responding_party.person_id
    return not Case.objects.filter(pk=case, parties__person_id=person, parties__is_client=True).exists()


def their_counsel(rows: Iterable[RequestRow]) -> list[Attorney]:
    """Return counsel of the other side: of who must answer, or, of a set that was served on us, of who asks.

    A responding party's own lawyers come first; for a party that has none on record, those who appear for it in the case.
    """
    found: dict[int, Attorney] = {}
    for demand in {row.demand_id: row.demand for row in rows}.values():
        for attorney in _counsel_against(demand):
            found.setdefault(attorney.pk, attorney)
    return list(found.values())


def _counsel_against(demand: Demand) -> list[Attorney]:
    appearances = Appearance.objects.filter(case_id=demand.case_id).select_related("attorney__firm").order_by("position", "pk")
    if not _ours_asks(demand):
        group = demand.request_set.propounded_by_id
        return [one.attorney for one in appearances.filter(Q(group=group) | Q(parties__groups=group)).distinct()]
    return counsel_of(demand.case_id, demand.responding_party.person_id)


def counsel_of(case: int, person: int) -> list[Attorney]:
    """Return the lawyers of a person in a case: those named where discovery is sought from it, else who appears for it."""
    named = Attorney.objects.filter(represents_responders__case=case, represents_responders__person=person).select_related("firm")
    found = list(named.distinct().order_by("name", "pk"))
    if found:
        return found
    rows = Appearance.objects.filter(Q(parties__person=person) | Q(group__members__person=person), case=case)
    return [one.attorney for one in rows.select_related("attorney__firm").distinct().order_by("position", "pk")]


def numbers_of(rows: Iterable[RequestRow]) -> str:
    """Return "Request No. 3" or "Request Nos. 3, 4, and 7–12": three or more that follow each other as a span."""
    numbers = sorted({row.number for row in rows})
    if len(numbers) == 1:
        return f"Request No. {numbers[0]}"
    told: list[str] = []
    for first, last in runs_of(numbers):
        told += [f"{first}–{last}"] if last > first + 1 else [str(number) for number in range(first, last + 1)]
    return f"Request Nos. {in_a_sentence(told)}"
