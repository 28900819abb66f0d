"""Which objections of the firm's library fit a demand, and on which number key each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from discovery.domain.composing.printed import Marks
from discovery.enums import DemandKind
from discovery.models import Clause, Demand

KEYS = 9
RULE = re.compile(r"\b(26|33|34|36|45)\(")
OWN_RULE = {
    DemandKind.SUBPOENA_DOCUMENTS.value: "45",
    DemandKind.SUBPOENA_DEPOSITION.value: "45",
    DemandKind.SUBPOENA_TRIAL.value: "45",
    DemandKind.DEPOSITION.value: "30",
    DemandKind.RFP.value: "34",
    DemandKind.ROG.value: "33",
    DemandKind.RFA.value: "36",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An objection that an answer to this demand may make, with the names filled in; `key` is "1" to "9", or ""."""

    ground: str
    label: str
    reason: str
    rule: str
    key: str


def cited_for(rule: str, own: str) -> str:
    """Return the citation without the rules of other vehicles: "Rules 33(b)(4), 34(b)(2)(B)" is "Rule 34(b)(2)(B)" for Rule 34.

    A state's citation, or one that names no rule of these, stays as it is.
    """
    if not RULE.search(rule):
        return rule
    kept: list[str] = []
    fits = True
    for part in re.sub(r"^\s*(?:Fed\. R\. Civ\. P\.|Rules?)\s+", "", rule).split(", "):
        number = RULE.match(part)
        fits = number[1] in {"26", own} if number else fits  # "(b)(2)(B)" goes on with the rule before it
        kept += [part] if fits else []
    return f"{'Rule' if len(kept) == 1 else 'Rules'} {', '.join(kept)}"


def offered(clauses: Iterable[Clause], demand: Demand) -> list[Offered]:
    """Return the library's objections for a demand, one a ground, in the library's order; the first nine have a key.

    A clause that cites only rules of another vehicle (Rule 45 protects non-parties, Rule 34 binds parties) is left out; of two on
    one ground the one that cites the demand's own rule stands, in the place of the first.
    """
    own = OWN_RULE[demand.kind]
    found: dict[str, Clause] = {}
    for clause in sorted(clauses, key=lambda clause: (clause.position, clause.label)):
        cited = set(RULE.findall(clause.rule))
        if cited and not cited & {"26", own}:
            continue
        if clause.ground not in found or (own in cited and own not in RULE.findall(found[clause.ground].rule)):
            found[clause.ground] = clause
    fill = Marks(demand.responding_party.person.name, demand.request_set.propounded_by.name)
    return [
        Offered(clause.ground, clause.label, fill(clause.text), cited_for(clause.rule, own), str(place) if place <= KEYS else "")
        for place, clause in enumerate(found.values(), start=1)
    ]
