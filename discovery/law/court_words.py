"""What papers say of service, oaths and depositions, court by court, as dated data (`court_words/<id>.toml`) that cites its rules.

A certificate under the penalties of perjury has other words in New York than in a federal court, and a notice of deposition cites
other rules. Composing finds the words by the court's rule set; a finished snapshot knows the court by its title alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from discovery.law import packs

FOLDER = "court_words"
OTHER = "other"
"""The words of a court whose own are not recorded here."""
BLANKS: Mapping[str, int] = {"date": 20, "birth": 20, "address": 40, "county": 20, "state": 16, "place": 30}
"""How long the line is on which a person writes what nobody recorded, in characters; 30 for the other marks."""
METHODS = ("personal", "mail", "overnight", "email", "ecf")
"""The boxes of a certificate of service, in the order of Fed. R. Civ. P. 5(b)(2)."""
_MARK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A certificate of service: its title, how it swears, and what each box of METHODS says."""

    title: str
    verb: str  # "declare", "affirm"
    oath: str
    personal: str
    mail: str
    overnight: str
    email: str
    ecf: str
    more: str = ""  # what else the declarant says of himself or herself
    under: str = ""  # after "I served the following documents"

    def method(self, name: str) -> str:
        """Return what the box of one of METHODS says."""
        return str(getattr(self, name))


@dataclass(frozen=True, slots=True)
class VerificationWords:
    """The verification of a response: who speaks, what is sworn to, the oath; `records` opens the option to produce records."""

    natural: str
    entity: str
    says: str
    oath: str
    records: str


@dataclass(frozen=True, slots=True)
class DepositionWords:
    """A notice of deposition: the rules that it cites, "" for what this court's rules do not ask."""

    under: str
    under_matters: str
    officer: str
    designate: str
    produce: str
    remote: str = ""
    recording: str = ""
    day_to_day: str = ""
    confer: str = ""


@dataclass(frozen=True, slots=True)
class CourtWords:
    """The words of one system of rules."""

    id: str
    name: str
    rule_sets: tuple[str, ...]  # beginnings of the ids of the rule sets that use it
    marks: tuple[str, ...]  # what names such a court in its title or district, in small letters
    source: str
    since: date
    review_by: date
    service: ServiceWords
    verification: VerificationWords
    deposition: DepositionWords


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an oath: words, or a line to write on."""

    text: str
    blank: bool = False


@cache
def all_court_words() -> dict[str, CourtWords]:
    """Return the words that ship with this release by id, sorted."""
    found = (packs.read(CourtWords, packs.text_of(FOLDER, name), f"{FOLDER}/{name}.toml") for name in packs.names(FOLDER))
    return {one.id: one for one in found}


def words_of_rules(rule_set: str, *, federal: bool) -> CourtWords:
    """Return the words for the courts of a rule set; without one those of a federal court, or the neutral ones."""
    found = all_court_words()
    if not rule_set:
        return found["frcp" if federal else OTHER]
    named = (one for one in found.values() if any(rule_set.startswith(prefix) for prefix in one.rule_sets))
    return next(named, found[OTHER])


def words_of_title(title: str, district: str) -> CourtWords:
    """Return the words for a court by what papers call it: "Superior Court of California", "County of Napa".

    A federal court's title says that it is one, whatever state its district names.
    """
    found = all_court_words()
    if title.lower().startswith("united states"):
        return found["frcp"]
    told = f"{title} {district}".lower()
    return next((one for one in found.values() if any(mark in told for mark in one.marks)), found[OTHER])


def pieces(pattern: str, known: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return a pattern with its marks filled in; a line to write on stands for what is not known."""
    made: list[Piece] = []
    at = 0
    for mark in _MARK.finditer(pattern):
        value = known.get(mark[1], "")
        made += [Piece(pattern[at : mark.start()]), Piece(value or "_" * BLANKS.get(mark[1], 30), blank=not value)]
        at = mark.end()
    return tuple(one for one in (*made, Piece(pattern[at:])) if one.text)


def filled(pattern: str, known: Mapping[str, str]) -> str:
    """Return the same as one text."""
    return "".join(one.text for one in pieces(pattern, known))


def slips(one: CourtWords, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a file, as (key, sentence); `name` is what the file is called."""
    if one.id != name:
        yield "id", f"the file is called “{name}”, so its id is “{name}”."
    if "{date}" not in one.service.oath or "{date}" not in one.verification.oath:
        yield "oath", "an oath says on which day it is taken: {date}."
    if "{deponent}" not in one.deposition.designate or "{deponent}" not in one.deposition.produce:
        yield "deposition", "who designates and who produces is the {deponent}."
