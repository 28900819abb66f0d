"""Checks on the texts of a set, whatever it is served as: what a request leaves open is what the answer objects to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.checks.facts import SET_FIELDS, Facts, Place, Text
from discovery.domain.checks.lexicon import EMPTY_OF_CATEGORY
from discovery.domain.checks.registry import DOCUMENTS, EVERY_KIND, Said, check
from discovery.domain.checks.wording import Terms, defined_by, read, unexplained
from discovery.enums import Severity

PERIOD = re.compile(
    r"\b(?:from|since|after|before|between|during|through|until|prior to|as of|on or about|in|within|for)\b"
    r"[^.;]{0,40}?\b(?:19|20)\d\d\b"
    r"|\b(?:relevant|time|applicable|stated|above) (?:time )?(?:period|frame)\b|\btimeframe\b"
    r"|\b(?:last|past|preceding|previous)\s+(?:\w+\s+)?(?:\w+\s+)?(?:months?|years?)\b",
    re.IGNORECASE,
)
"""What bounds a text in time. "The letter of May 5, 2025" is no period: papers about it may be of any day."""
SHAPE = re.compile(r"\[(?:name|subject|date|event|fact|person|company|product|amount|period|[A-Z]{4,}|_+|\.\.\.|…)\]")
"""A blank of the library that nobody filled in; [sic] and [emphasis added] are none."""


@check("text.undefined-term", Severity.WARN, "Fed. R. Civ. P. 26(g)(1)(B), 34(b)(1)(A)", EVERY_KIND)
def defines_its_terms(facts: Facts) -> Iterator[Said]:
    """A capital letter promises a definition; each term is told where it is first used."""
    lower: frozenset[str] = frozenset().union(*(text.words.small for text in facts.texts()))
    told: set[tuple[str, ...]] = set()
    for text in (*facts.instructions, *facts.requests):
        # Most texts have no such word, or none that is new; only then does it matter which names the record knows.
        if all(_key(term) in told for term in unexplained(text.words, facts.terms, Terms(), lower)):
            continue
        new = {_key(term): f"“{term}”" for term in unexplained(text.words, facts.terms, facts.names, lower)}
        terms = [term for key, term in new.items() if key not in told]
        told |= new.keys()
        if terms:
            message = ngettext(
                "%(where)s uses %(terms)s, which no definition explains.",
                "%(where)s uses %(terms)s, which no definition explains.",
                len(terms),
            )
            yield Said(
                message % {"where": named(text), "terms": ", ".join(terms)},
                _("Define what is capitalised, or write it small: an undefined term is an objection of vagueness."),
                places=places_of([text]),
            )


@check("text.unused-definition", Severity.NOTE, "Fed. R. Civ. P. 26(g)(1)(B)", EVERY_KIND)
def uses_its_definitions(facts: Facts) -> Iterator[Said]:
    """A definition that nothing refers to is left over from another set, or a request names the thing otherwise."""
    used = _used_terms(facts)
    unused = []
    for definition in facts.definitions:
        terms = defined_by(definition.words.text)
        if terms and not any(_occurs(term, definition, used) for term in terms):
            unused.append((definition, terms[0]))
    if unused:
        names = ", ".join(f"“{term}” ({definition.place.number})" for definition, term in unused if definition.place)
        message = ngettext("A definition is never used: %(names)s.", "Definitions are never used: %(names)s.", len(unused))
        yield Said(
            message % {"names": names},
            _("Take it out, or use the term where it is meant."),
            places=places_of(definition for definition, _term in unused),
        )


@check("text.no-period", Severity.WARN, "Fed. R. Civ. P. 26(b)(1), 34(b)(1)(A)", DOCUMENTS)
def bounds_its_requests_in_time(facts: Facts) -> Iterator[Said]:
    """A request without a date range, in a set without a period: RFP 4 to Meta was denied for it (Dkt. 237)."""
    own = facts.set
    if own.period_from or own.period_to or own.period_open:
        return
    if any(PERIOD.search(text.words.text) for text in (*facts.instructions, *facts.definitions, *facts.notes)):
        return
    open_ended = [text for text in facts.requests if not PERIOD.search(text.words.text)]
    if open_ended:
        message = ngettext(
            "Request %(numbers)s states no period of time, and the set has none.",
            "Requests %(numbers)s state no period of time, and the set has none.",
            len(open_ended),
        )
        yield Said(
            message % {"numbers": spans(text.place.number for text in open_ended if text.place)},
            _("Give the set a relevant period, or each request its own dates."),
            places=(SET_FIELDS, *places_of(open_ended)),
        )


@check("text.no-category", Severity.WARN, "Fed. R. Civ. P. 34(b)(1)(A), 45(a)(1)(A)(iii)", DOCUMENTS)
def names_a_category(facts: Facts) -> Iterator[Said]:
    """A request describes each item or category with reasonable particularity; "all documents" alone does not."""
    empty = [text for text in facts.requests if all(word.stem in EMPTY_OF_CATEGORY for word in text.words.words)]
    if empty:
        message = ngettext(
            "Request %(numbers)s names no category of documents.", "Requests %(numbers)s name no category of documents.", len(empty)
        )
        yield Said(
            message % {"numbers": spans(text.place.number for text in empty if text.place)},
            _("Say which documents: by kind, subject, author or event. “All documents” alone describes nothing."),
            places=places_of(empty),
        )


@check("text.unfilled", Severity.WARN, "Fed. R. Civ. P. 26(g)(1)(B)", EVERY_KIND)
def fills_in_its_blanks(facts: Facts) -> Iterator[Said]:
    """Clauses of the library carry blanks in brackets: [name], [subject]."""
    found = [(text, sorted(set(SHAPE.findall(text.words.text)))) for text in facts.texts()]
    blank = [(text, blanks) for text, blanks in found if blanks]
    if blank:
        yield Said(
            _("Blanks are not filled in: %(blanks)s.")
            % {"blanks": ", ".join(f"{named(text)} {', '.join(blanks)}" for text, blanks in blank)},
            _("Write what is meant in their place."),
            places=places_of(text for text, _blanks in blank),
        )


def _key(term: str) -> tuple[str, ...]:
    """Return what makes two writings of a term the same one."""
    return tuple(word.stem for word in read(term).words)


def spans(numbers: Iterable[str]) -> str:
    """Return numbers as people write them: "1-3, 5"."""
    runs: list[list[int]] = []
    for number in sorted(int(one) for one in numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def named(text: Text) -> str:
    """Return a text's name in a sentence: "Request 3"."""
    if text.place is None:
        return _("The preamble")
    names = {
        "request": _("Request %(number)s"),
        "definition": _("Definition %(number)s"),
        "instruction": _("Instruction %(number)s"),
        "exhibit": _("Exhibit %(number)s"),
    }
    return names[text.place.kind] % {"number": text.place.number}


def places_of(texts: Iterable[Text]) -> tuple[Place, ...]:
    """Return where texts stand, for a finding to point at."""
    return tuple(text.place or SET_FIELDS for text in texts)


def _used_terms(facts: Facts) -> dict[str, list[tuple[Text, int]]]:
    """Return where each stem with a capital letter occurs outside quotation marks: used, not only mentioned."""
    places: dict[str, list[tuple[Text, int]]] = {}
    for text in facts.texts():
        for number in text.words.marked:
            word = text.words.words[number]
            if text.words.text[word.start - 1 : word.start] not in {"“", '"'}:
                places.setdefault(word.stem, []).append((text, number))
    return places


def _occurs(term: str, own: Text, places: dict[str, list[tuple[Text, int]]]) -> bool:
    """Whether a term occurs in another text than its own definition, with its capital letter."""
    stems = [word.stem for word in read(term).words]
    for text, number in places.get(stems[0], ()) if stems else ():
        words = text.words.words
        if text is not own and [word.stem for word in words[number : number + len(stems)]] == stems:
            return True
    return False
