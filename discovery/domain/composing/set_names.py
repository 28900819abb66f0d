"""How papers name a set and those it runs between: "FIRST SET OF", "Set No.: One", "PLAINTIFF ELON MUSK"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discovery.enums import Role
from discovery.papers.snapshots import Labelled

if TYPE_CHECKING:
    from discovery.models import CaseParty, Demand, PartyGroup

NUMBERS = (
    ("One", "FIRST"),
    ("Two", "SECOND"),
    ("Three", "THIRD"),
    ("Four", "FOURTH"),
    ("Five", "FIFTH"),
    ("Six", "SIXTH"),
    ("Seven", "SEVENTH"),
    ("Eight", "EIGHTH"),
    ("Nine", "NINTH"),
    ("Ten", "TENTH"),
)


def number_of(demand: Demand) -> int | None:
    """Return the number of a demand's set; a paper that corrects another one keeps that one's number.

    One query for each paper that it corrects: a chain of such papers is one or two long.
    """
    seen: set[int] = set()
    while demand.request_set.number is None and demand.supersedes is not None and demand.pk not in seen:
        seen.add(demand.pk)
        demand = demand.supersedes
    return demand.request_set.number


def spelled(number: int) -> str:
    """Return a set's number in words: "One"; figures after ten."""
    return NUMBERS[number - 1][0] if number <= len(NUMBERS) else str(number)


def nth_set_of(number: int | None) -> str:
    """Return "FIRST SET OF " for a title, "SET NO. 11 OF " after ten, "" without a number."""
    if number is None:
        return ""
    return f"{NUMBERS[number - 1][1]} SET OF " if number <= len(NUMBERS) else f"SET NO. {number} OF "


def whose(name: str) -> str:
    """Return a name in capitals with its apostrophe: "JOHN DOE’S", "OPENAI DEFENDANTS’"."""
    upper = name.upper()
    return f"{upper}’" if upper.endswith("S") else f"{upper}’S"


def named(party: CaseParty | None, name: str) -> str:
    """Return a party by role and name, "Plaintiff Elon Musk"; somebody who is no party by name alone.

    The role in the paper's language, not in that of whoever asks for the paper.
    """
    role = party.roles.order_by("pk").first() if party is not None else None
    return f"{Role(role.role).label} {name}" if role is not None else name


def asker(group: PartyGroup) -> str:
    """Return who asks, as titles name them: "OpenAI Defendants"; "Plaintiff Jane Roe" for a group named after its role."""
    members = list(group.members.select_related("person")[:2])
    if len(members) != 1:
        return group.name
    [only] = members
    roles = {Role(role.role).label.lower() for role in only.roles.all()}
    return f"{group.name} {only.person.name}" if group.name.strip().lower() in roles else group.name


def parties_of(demand: Demand) -> tuple[Labelled, ...]:
    """Return the lines that say who asks whom in which set (forms.md section 3, item 4)."""
    responder = demand.responding_party
    rows = [
        Labelled("Propounding Party:", (asker(demand.request_set.propounded_by),)),
        Labelled("Responding Party:", (named(responder.party(), responder.person.name),)),
    ]
    number = number_of(demand)
    if number:
        rows.append(Labelled("Set No.:", (spelled(number),)))
    return tuple(rows)
