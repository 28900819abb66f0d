"""The sides of a caption from the parties and their roles: in full, or the first party of each side and "et al.".

Fed. R. Civ. P. 10(a): the title of the complaint names all the parties; that of every later paper, "after naming the first party
on each side, may refer generally to other parties". California says the same of papers after the first (Cal. Rules of Court,
rule 2.111(4): expert knowledge, verify).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discovery.enums import CaptionForm, CaseRelation, Role
from discovery.papers.snapshots import CaptionSides

if TYPE_CHECKING:
    from discovery.models import Case, RelatedCase

RELATIONS = (
    (CaseRelation.LEAD, "Lead {number}"),
    (CaseRelation.CONSOLIDATED, "Consolidated with {number}"),
    (CaseRelation.RELATED, "Related to {number}"),
)
"""How captions name other actions, in the order in which they stand."""

BLOCKS = (
    (Role.COUNTERCLAIM_PLAINTIFF, Role.COUNTERCLAIM_DEFENDANT, "COUNTERCLAIMS"),
    (Role.THIRD_PARTY_PLAINTIFF, Role.THIRD_PARTY_DEFENDANT, "THIRD-PARTY CLAIMS"),
)
"""The claims beside the first ones: who against whom, and what the line under the sides calls them."""
USUAL_LABELS = {"", "plaintiff", "plaintiffs", "defendant", "defendants"}
"""Labels that the roles may put in the singular or plural; any other ("Petitioner") stands as it was typed."""


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party as captions name it: its name, "a Delaware corporation" or "", its roles in the order of their recording."""

    name: str
    description: str
    roles: tuple[str, ...]
    left: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """What the sides of a caption print: the first pair, the pairs of other claims, the line under them, and the form's pair."""

    first: CaptionSides
    more: tuple[CaptionSides, ...]
    tail: str
    form_first: str
    form_second: str


def sides_of(case: Case) -> Sides:
    """Return the sides as the case's choice prints them now; a side that nobody is recorded on stands as it was typed.

    The parties are read only where they are printed (3 queries). For a case that is not stored yet the typed sides stand.
    """
    typed = CaptionSides(case.first_side, case.first_label, case.second_side, case.second_label)
    if case.caption_form == CaptionForm.TYPED or case.pk is None:
        return Sides(typed, (), case.caption_tail, case.first_side, case.second_side)
    return printed_sides(parties_of(case), CaptionForm(case.caption_form), typed, case.caption_tail)


def parties_of(case: Case) -> list[NamedParty]:
    """Return the parties of a case in the order of its caption."""
    rows = case.parties.select_related("person").prefetch_related("roles")
    return [
        NamedParty(
            name=row.person.name,
            description=row.person.description,
            roles=tuple(one.role for one in row.roles.all()),
            left=row.left_on is not None,
        )
        for row in rows
    ]


def printed_sides(parties: Iterable[NamedParty], form: CaptionForm, typed: CaptionSides, tail: str) -> Sides:
    """Return the sides that the parties make. `typed` fills a side in which nobody is recorded on; a typed `tail` wins."""
    everybody = list(parties)
    first, second = _on_first_side(everybody), _having(everybody, Role.DEFENDANT)
    claims = [(_having(everybody, one), _having(everybody, other), name) for one, other, name in BLOCKS]
    in_full = form == CaptionForm.LONG
    # A typed line under the sides stands for the other claims, so they are not printed as well.
    blocks = in_full and not tail
    joint = in_full and not blocks
    pair = CaptionSides(
        first_side=f"{_side(first, in_full, _relators(everybody))}," if first else typed.first_side,
        first_label=_label(first, Role.PLAINTIFF, typed.first_label, joint=joint) if first else typed.first_label,
        second_side=f"{_side(second, in_full)}," if second else typed.second_side,
        second_label=_label(second, Role.DEFENDANT, typed.second_label, joint=joint) if second else typed.second_label,
    )
    return Sides(
        first=pair,
        more=_more(everybody) if blocks else (),
        tail=tail or ("" if blocks else _tail([name for one, other, name in claims if one or other])),
        form_first=_side(first, False, _relators(everybody)) if first else typed.first_side,
        form_second=_side(second, False) if second else typed.second_side,
    )


def related_lines(rows: Iterable[RelatedCase], number_label: str) -> tuple[str, ...]:
    """Return the lines on other actions, the lead case first: "Related to Case No. 3:24-cv-00001 (Roe v. Doe)"."""
    found = list(rows)
    lines = []
    for relation, words in RELATIONS:
        for row in found:
            if row.relation == relation:
                line = words.format(number=f"{number_label} {row.docket_number}")
                lines.append(f"{line} ({row.name})" if row.name else line)
    return tuple(lines)


def _having(parties: Sequence[NamedParty], role: Role) -> list[NamedParty]:
    """Return who has a role and is still in the case; those who left, when nobody of that role stayed: a side needs a name."""
    found = [party for party in parties if role in party.roles]
    return [party for party in found if not party.left] or found


def _relators(parties: Sequence[NamedParty]) -> list[NamedParty]:
    return _having(parties, Role.RELATOR)


def _on_first_side(parties: Sequence[NamedParty]) -> list[NamedParty]:
    """Return the plaintiffs; a relator alone is one (31 U.S.C. § 3730(b)(1) brings the action in the Government's name)."""
    return _having(parties, Role.PLAINTIFF) or _relators(parties)


def _side(parties: Sequence[NamedParty], in_full: bool, relators: Sequence[NamedParty] = ()) -> str:
    """Return the names of one side, without the comma that pleadings set behind them."""
    through = [party for party in relators if party not in parties]
    rel = f" ex rel. {_listed([party.name.upper() for party in through])}" if through else ""
    if not in_full:
        return f"{parties[0].name.upper()}{rel}{', et al.' if len(parties) > 1 else ''}"
    return (
        _listed([f"{party.name.upper()}, {party.description}" if party.description else party.name.upper() for party in parties])
        + rel
    )


def _listed(names: Sequence[str]) -> str:
    """Return "A and B", "A, B, and C", with semicolons as soon as a name has a comma of its own ("OPENAI, INC.")."""
    if len(names) == 1:
        return names[0]
    if any("," in name for name in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]}"


def _label(parties: Sequence[NamedParty], role: Role, typed: str, *, joint: bool = False) -> str:
    """Return what a side is called: "Plaintiffs"; with `joint` also the other roles that all of its parties have."""
    if typed.strip().lower() not in USUAL_LABELS:
        return typed
    roles = [role, *(other for other in Role if joint and other != role and all(other in party.roles for party in parties))]
    return " and ".join(_called(one, len(parties)) for one in roles)


def _called(role: Role, count: int) -> str:
    """Return a role's name as the court's papers print it, in the singular or plural."""
    return f"{role.label}s" if count > 1 else role.label


def _more(parties: Sequence[NamedParty]) -> tuple[CaptionSides, ...]:
    """Return the pairs of the other claims, then those who intervened."""
    found = []
    for role, against, _name in BLOCKS:
        one, other = _having(parties, role), _having(parties, against)
        if one or other:
            found.append(_pair(one, role, other, against))
    intervened = _having(parties, Role.INTERVENOR)
    if intervened:
        found.append(_pair(intervened, Role.INTERVENOR, [], Role.DEFENDANT))
    return tuple(found)


def _pair(one: Sequence[NamedParty], role: Role, other: Sequence[NamedParty], against: Role) -> CaptionSides:
    return CaptionSides(
        first_side=f"{_side(one, True)}," if one else "",
        first_label=_called(role, len(one)) if one else "",
        second_side=f"{_side(other, True)}," if other else "",
        second_label=_called(against, len(other)) if other else "",
    )


def _tail(claims: Sequence[str]) -> str:
    return f"AND RELATED {' AND '.join(claims)}" if claims else ""
