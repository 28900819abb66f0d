"""What party sets are called and how they open, court by court, as dated data (`set_forms/<id>.toml`) that cites its rules.

A form says how the title is built, what stands over each request and what the opening paragraph says of whom, of what rule and of
how many days; the days themselves come from the rule set. In California it also has the declaration for more than 35.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from discovery.law import packs

FOLDER = "set_forms"
OTHER = "other"
"""The form of a court whose own words are not recorded here."""


@dataclass(frozen=True, slots=True)
class SetWords:
    """The words of one kind of set. Marks in braces are filled in by `discovery.domain.composing.requests`."""

    demand: str  # enums.DemandKind value
    what: str  # "REQUESTS FOR PRODUCTION", in titles
    heading: str  # over each request, with {number}
    section: str  # over all requests
    preamble: str
    source: str
    title: str = ""  # where the kind has a title of its own
    lead: str = ""  # "PLEASE TAKE NOTICE,", printed bold
    limit: str = ""  # the rule set's limit above which a declaration of necessity is served
    declaration_title: str = ""
    declaration: tuple[str, ...] = ()
    alone: bool = False  # no preface or instruction may stand before the requests
    alone_rule: str = ""
    asks_time: bool = False  # the paper itself must state the day and hour
    answers: Mapping[str, str] = field(default_factory=dict)  # what an answer must say in so many words, by enums.AnswerKind


@dataclass(frozen=True, slots=True)
class SetForm:
    """The words of the sets of one system of rules."""

    id: str
    name: str
    rule_sets: tuple[str, ...]  # beginnings of the ids of the rule sets that use it
    source: str
    since: date
    review_by: date
    title: str
    kind: tuple[SetWords, ...]
    address: str = ""  # to whom, above the opening paragraph

    def words(self, demand: str) -> SetWords:
        """Return the words of a kind of set. Raises LookupError for a kind that is no party set."""
        for one in self.kind:
            if one.demand == demand:
                return one
        raise LookupError(f"“{demand}” is no set that one party serves on another.")

    def title_of(self, demand: str) -> str:
        """Return the pattern of the title of a kind of set."""
        return self.words(demand).title or self.title


@cache
def set_forms() -> dict[str, SetForm]:
    """Return the forms that ship with this release by id, sorted."""
    found = (packs.read(SetForm, packs.text_of(FOLDER, name), f"{FOLDER}/{name}.toml") for name in packs.names(FOLDER))
    return {one.id: one for one in found}


def set_form(rule_set: str) -> SetForm:
    """Return the form for the courts of a rule set: the one that names the longest beginning of its id, else the neutral one."""
    named = [(prefix, one) for one in set_forms().values() for prefix in one.rule_sets if rule_set.startswith(prefix)]
    return max(named, key=lambda pair: len(pair[0]))[1] if named else set_forms()[OTHER]


def slips(one: SetForm, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a form, as (key, sentence); `name` is what its file is called."""
    if one.id != name:
        yield "id", f"the file is called “{name}”, so its id is “{name}”."
    demands = [words.demand for words in one.kind]
    if sorted(demands) != ["rfa", "rfp", "rog"]:
        yield "kind", "there is one kind each for rfp, rog and rfa."
    for words in one.kind:
        if "{number}" not in words.heading:
            yield "kind", f"the heading of “{words.demand}” has no {{number}}."
        if bool(words.limit) != bool(words.declaration):
            yield "kind", f"“{words.demand}” has a limit and a declaration, or neither."
