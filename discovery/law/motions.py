"""What a court's rules ask of a motion to compel, as dated data (`motions/<id>.toml`): its papers, limit, sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from discovery.enums import DemandKind, PaperKind
from discovery.law import packs

FOLDER = "motions"


@dataclass(frozen=True, slots=True)
class Compelled:
    """Under which section a further response to one kind of demand (enums.DemandKind) is compelled, and on what grounds."""

    kind: str
    section: str  # "2031.310"
    grounds: str  # "a statement of compliance is incomplete, or ..."
    good_cause: bool = False  # whether the motion sets forth specific facts showing good cause


@dataclass(frozen=True, slots=True)
class MotionRules:
    """What such a motion consists of; `rule_sets` are beginnings of names of rule sets: "FRCP" fits "FRCP-CAND"."""

    id: str
    title: str
    source: str
    since: date
    review_by: date
    rule_sets: tuple[str, ...]
    papers: tuple[str, ...]  # enums.PaperKind, its own first: the one whose pages are limited
    pages: int  # that its own paper may have, 0 where these rules do not say
    summary_over: int = 0  # pages beyond which its own paper opens with a summary of argument, 0 where these rules ask for none
    summary_rule: str = ""  # which rule says so
    standard: tuple[str, ...] = ()  # by what such a motion is decided
    compel: tuple[Compelled, ...] = ()

    def section_of(self, kind: str) -> Compelled:
        """Return under what a further response to a kind of demand is compelled. Raises LookupError for a kind without one."""
        found = next((one for one in self.compel if one.kind == kind), None)
        if found is None:
            raise LookupError(f"{self.id} compels no further response to “{kind}”.")
        return found


@cache
def all_motion_rules() -> tuple[MotionRules, ...]:
    """Return the rules that ship with this release, sorted by id."""
    return tuple(packs.read(MotionRules, packs.text_of(FOLDER, name), f"{FOLDER}/{name}.toml") for name in packs.names(FOLDER))


def motion_rules(rule_set: str) -> MotionRules | None:
    """Return what a motion consists of under a rule set ("FRCP-CAND"); None where this release does not know."""
    return next((one for one in all_motion_rules() if rule_set.startswith(one.rule_sets)), None)


def slips(one: MotionRules, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a file, as (key, sentence); `name` is what it is called."""
    if one.id != name:
        yield "id", f"the file is called “{name}”, so its id is “{name}”."
    yield from ((key, f"“{key}” is empty.") for key in ("title", "source", "rule_sets", "papers") if not getattr(one, key))
    if bool(one.summary_over) != bool(one.summary_rule):
        yield "summary_rule", "“summary_over” and “summary_rule” go together."
    unknown = sorted(set(one.papers) - set(PaperKind))
    if unknown:
        yield "papers", f"there is no paper “{', '.join(unknown)}”."
    kinds = [compelled.kind for compelled in one.compel]
    if len(set(kinds)) < len(kinds) or set(kinds) - set(DemandKind):
        yield "compel", "each kind of demand stands here once, and is one of the known kinds."
