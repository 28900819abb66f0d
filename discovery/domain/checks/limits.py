"""Numerical limits: who asked whom how much, counted over all sets. law/rules.md section 4, check 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.checks.facts import Facts, Place
from discovery.domain.checks.registry import INTERROGATORIES, Said, check
from discovery.enums import Severity
from discovery.law.interrogatories import subparts
from discovery.models import Demand, PartyGroup

NAMED = 3
"""A group of twenty parties is named by its first: who they are stands in the case's record."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many interrogatories one party serves on another: the figure, who serves them, and how it was counted."""

    number: int
    asking: tuple[str, ...]
    sets: tuple[str, ...]
    places: tuple[Place, ...]


@check("limit.interrogatories", Severity.WARN, "Fed. R. Civ. P. 33(a)(1)", INTERROGATORIES)
def keeps_the_limit(facts: Facts) -> Iterator[Said]:
    """Check 2: more interrogatories from one party to another than the court's rules allow, counted as they count."""
    tally = tally_of(facts)
    limit = facts.limit("interrogatories")
    if limit is not None and tally.number > limit.number:
        yield Said(
            _("%(number)d interrogatories to %(served)s count against %(asking)s; %(limit)d are allowed.")
            % {"number": tally.number, "served": facts.demand.responding_party, "asking": _names(tally), "limit": limit.number},
            _("Counted: %(sets)s. Ask fewer, or have what lifts the limit: %(leave)s (%(rule)s).")
            % {"sets": "; ".join(tally.sets), "leave": limit.leave, "rule": limit.rule},
            places=tally.places,
        )


@check("limit.interrogatories-tally", Severity.NOTE, "Fed. R. Civ. P. 33(a)(1)", INTERROGATORIES)
def tells_the_tally(facts: Facts) -> Iterator[Said]:
    """The tally below the limit, and in courts whose limit is not known here."""
    tally = tally_of(facts)
    limit = facts.limit("interrogatories")
    if limit is None:
        yield Said(
            _("%(number)d interrogatories to %(served)s count against %(asking)s; the limit of this court is not known here.")
            % {"number": tally.number, "served": facts.demand.responding_party, "asking": _names(tally)},
            _("Counted: %(sets)s. Compare it with the court’s own rule.") % {"sets": "; ".join(tally.sets)},
        )
    elif 0 < tally.number <= limit.number:
        yield Said(
            _("%(number)d of %(limit)d interrogatories to %(served)s are used, counted against %(asking)s.")
            % {"number": tally.number, "limit": limit.number, "served": facts.demand.responding_party, "asking": _names(tally)},
            _("Counted: %(sets)s.") % {"sets": "; ".join(tally.sets)},
        )


def tally_of(facts: Facts) -> Tally:
    """Count the interrogatories to this responding party for each member of the propounding group; return the highest count.

    Every set served or drafted to the same party in the case counts for each party that propounded it, alone or in a group.
    """
    counts: dict[str, list[Demand]] = {}
    for demand in facts.interrogatory_demands:
        for name in _askers(demand.request_set.propounded_by):
            counts.setdefault(name, []).append(demand)
    mine = {name: counts.get(name, []) for name in _askers(facts.set.propounded_by)}
    totals = {name: sum(_asked(demand) for demand in demands) for name, demands in mine.items()}
    most = max(totals.values(), default=0)
    asking = tuple(name for name, total in totals.items() if total == most)
    return Tally(most, asking, tuple(_how(demand) for demand in mine[asking[0]]), _compound(facts))


def _askers(group: PartyGroup) -> list[str]:
    """Return who serves a set: each member of the group is a party, Rule 33(a)(1); a group without members stands for itself."""
    return sorted(member.person.name for member in group.members.all()) or [group.name]


def _asked(demand: Demand) -> int:
    return sum(subparts(request.text) for request in demand.request_set.requests.all())


def _how(demand: Demand) -> str:
    """Return how a set was counted: "First set: 20 numbered, 23 with subparts (No. 3: 4)"."""
    asked = [(request.number, subparts(request.text)) for request in demand.request_set.requests.all()]
    total, name = sum(number for _number, number in asked), demand.request_set.name
    if total == len(asked):
        return _("%(set)s: %(numbered)d numbered") % {"set": name, "numbered": total}
    several = ", ".join(
        _("No. %(number)d: %(parts)d") % {"number": number, "parts": parts} for number, parts in sorted(asked) if parts > 1
    )
    return _("%(set)s: %(numbered)d numbered, %(total)d with discrete subparts (%(several)s)") % {
        "set": name,
        "numbered": len(asked),
        "total": total,
        "several": several,
    }


def _compound(facts: Facts) -> tuple[Place, ...]:
    return tuple(text.place for text in facts.requests if text.place is not None and subparts(text.words.text) > 1)


def _names(tally: Tally) -> str:
    """Return who asks: the first three by name, of a group of many how many more they are."""
    named, more = tally.asking[:NAMED], len(tally.asking) - NAMED
    if more <= 0:
        return ", ".join(named)
    return ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {"names": ", ".join(named), "more": more}
