"""Composing before the transaction: what is composed while nobody is kept waiting must still be so when it is queued.

The story of one paper. A change of the judge's name asks for 60 drafts anew, 10 ms each: under SQLite's one write lock everybody
else would wait for 0.6 s. So the newest event of the case is noted, the paper is composed, and only then does a transaction begin
that queues it. Every verb writes an event (law 5): if the case has a new one by then, the paper is composed once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.events import wait_for_chain
from discovery.enums import MAKING_PAPERS
from discovery.models import Event

T = TypeVar("T")

TRIES = 3
EVERYWHERE = 0
"""The chain of what belongs to no case: people, firms, courts. Papers print them, too."""


class ChangedMeanwhile(Refused):
    """Somebody changed the case between the composing and the queueing."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the record of some cases, and that of what belongs to none, was told when composing began: number by chain."""

    told: tuple[tuple[int, int], ...]


def moment_of(cases: Iterable[int]) -> Moment:
    """Return the moment; ask before the first row is read that a paper is composed from (1 query)."""
    chains = sorted({EVERYWHERE, *cases})
    rows = Event.objects.filter(chain__in=chains).order_by().values_list("chain").annotate(Max("number"))
    known = dict(rows)
    return Moment(tuple((chain, known.get(chain, 0)) for chain in chains))


def must_be_unchanged(moment: Moment) -> None:
    """Raise ChangedMeanwhile when anything was told since that a paper could print. Part of a verb, after its rows are locked.

    The chains of the cases are taken here, so that who is just about to change one of them has done so, or waits. Nobody waits
    for the chain of no case: its acts renew the papers that they touch when they are done.
    """
    newer = Q()
    for chain, number in moment.told:
        if chain != EVERYWHERE:
            wait_for_chain(chain)
        newer |= Q(chain=chain, number__gt=number)
    if Event.objects.filter(newer).exclude(act__in=MAKING_PAPERS).exists():
        raise ChangedMeanwhile(_("Somebody changed this case at the same moment. Try again."))


def undisturbed(act: Callable[[], T]) -> T:
    """Run an act that composes and then queues, again when the case changed in between. Raises ChangedMeanwhile the third time."""
    for _attempt in range(TRIES - 1):
        try:
            return act()
        except ChangedMeanwhile:
            continue
    return act()
