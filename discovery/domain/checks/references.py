"""References from text to text ("Request No. 9", "Exhibit C") that lead nowhere, since texts are renumbered while one drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts, Text
from discovery.domain.checks.registry import EVERY_KIND, Said, check
from discovery.domain.checks.texts import named, places_of
from discovery.enums import SetKind, Severity

REFERENCE = re.compile(
    r"\b(?P<word>requests?\s+for\s+(?:production|admission)s?|rfps?|rfas?|requests?|interrogator(?:y|ies)|definitions?|instructions?"
    r"|exhibits?)\b\s*(?P<no>\(?(?:nos?\b\.?|numbers?\b|\#)\s*)?"
    r"(?P<list>\d{1,3}\b(?:\s*(?:,|;|&|-|–|and|or|to|through)\s*(?:and\s+|or\s+)?\d{1,3}\b)*"
    r"|(?-i:[A-Z]{1,2}\b(?:\s*(?:,|&|-|–|and|or)\s*(?:and\s+|or\s+)?[A-Z]{1,2}\b)*))",
    re.IGNORECASE,
)
WHOSE = re.compile(r"(?:\b(?:your|his|her|its|their|our)|[’']s|s[’'])\s+$", re.IGNORECASE)
SPAN = re.compile(r"(\w+)\s*(?:-|–|\bto\b|\bthrough\b)\s*(\w+)|(\w+)")
OF_ANOTHER_PAPER = re.compile(
    r"\s*,?\s*(?:to|of|in|from|attached to)\s+(?:the|an?|your|his|her|its|their|plaintiffs?|defendants?|that|each"
    r"|(?:(?:mr|ms|mrs|dr)\.\s+)?\w+[’']s)\b"
    r"(?!\s+(?:subpoena|schedule|set|requests?|definitions?|instructions?|notice)\b)",
    re.IGNORECASE,
)
ON_THE_DOCKET = re.compile(r"\b(?:dkt|ecf|docket|bates)\b", re.IGNORECASE)
JOINERS = {"and", "or", "to", "through"}


@check("text.dangling-reference", Severity.WARN, "Fed. R. Civ. P. 26(g)(1)(B), 34(b)(1)(A)", EVERY_KIND)
def refers_to_what_is_there(facts: Facts) -> Iterator[Said]:
    """Every request, definition, instruction and exhibit that a text refers to must be in the set.

    Interrogatories and requests of another kind may stand in another set to the same party in the case.
    """
    for text in facts.texts():
        missing = list(dict.fromkeys(_missing(facts, text)))
        if missing:
            yield Said(
                _("%(where)s refers to %(what)s, which is not there.") % {"where": named(text), "what": ", ".join(missing)},
                _("Correct the number: texts were renumbered, moved or removed."),
                places=places_of([text]),
            )


def _missing(facts: Facts, text: Text) -> Iterator[str]:
    words = text.words.text
    for found in REFERENCE.finditer(words):
        if _leads_elsewhere(found, words):
            continue
        kind = found["word"].split()[0].lower()
        for wanted in _listed(found["list"]):
            if not _is_there(facts, " ".join(found["word"].lower().split()), wanted):
                number = _("%(word)s %(number)s")
                yield number % {"word": _singular(kind, found["word"]), "number": wanted}


def _leads_elsewhere(found: re.Match[str], words: str) -> bool:
    """Whether a reference is to another paper ("Your Request No. 3", "Exhibit C to the Complaint", "Dkt. 230-1, Exhibit A")."""
    written_small = found["word"][0].islower() and not found["no"]
    around = words[max(0, found.start() - 25) : found.start()] + words[found.end() : found.end() + 15]
    elsewhere = OF_ANOTHER_PAPER.match(words, found.end())
    letters = found["list"][0].isalpha() and not found["word"].lower().startswith("exhibit")
    whose = WHOSE.search(words, max(0, found.start() - 8), found.start())
    return bool(whose or written_small or letters or elsewhere or ON_THE_DOCKET.search(around))


def _listed(numbers: str) -> Iterator[str]:
    """Yield what a list names: "1-3 and 5" gives 1, 2, 3, 5."""
    for found in SPAN.finditer(numbers):
        first, last, single = found.groups()
        if single:
            if single not in JOINERS:
                yield single
        elif first.isdigit() and last.isdigit() and int(first) <= int(last):
            yield from (str(number) for number in range(int(first), int(last) + 1))
        else:
            yield from (first, last)


def _is_there(facts: Facts, word: str, wanted: str) -> bool:
    parts = {"d": facts.definitions, "n": facts.instructions, "e": facts.exhibits}
    initial = "n" if word.startswith("instr") else word[0]
    if initial in parts:
        return any(text.place is not None and text.place.number == wanted for text in parts[initial])
    kind = _kind_of(word, facts.set.kind)
    if kind == facts.set.kind:
        return 1 <= int(wanted) <= len(facts.requests)
    return (kind, int(wanted)) in facts.numbers_elsewhere


def _kind_of(word: str, own: str) -> str:
    """Return the kind of set a reference is to; a bare "Request" is to the set's own when it makes requests at all."""
    if word.startswith("interrogator"):
        return SetKind.INTERROGATORIES.value
    if word.startswith("rfa") or "admission" in word:
        return SetKind.ADMISSIONS.value
    if "production" not in word and not word.startswith("rfp") and own == SetKind.ADMISSIONS:
        return own
    return SetKind.DOCUMENTS.value


def _singular(kind: str, written: str) -> str:
    """Return the word for one of them, as the text writes it."""
    if kind.startswith("interrogator"):
        return "Interrogatory"
    return " ".join(word.rstrip("s") for word in written.split())
