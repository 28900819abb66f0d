"""Formats of joint discovery letters: what a judge's standing order asks for, as dated data (`formats/<id>.toml`).

A format says which parts a letter has and in what order, how many pages it may have and which of them count, and the words that
the order fixes. The limit is only where a dispute starts from: a case and a dispute may set their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter

from discovery.law import packs

FOLDER = "formats"
PARTS = ("caption", "signatures", "argument", "attestation")
"""What a letter may consist of; `argument` is the statements of both sides."""
COUNTS = ("argument", "all")
"""What a page limit counts: the pages of the argument alone, or every page."""
MARKS = {
    "addressee": {"judge"},
    "salutation": {"judge_called"},
    "opening": {"movant", "opponent"},
    "conferral": {"conferences"},
    "attestation": set(),
}
"""The marks in braces that each text may have."""
PLAIN = "plain"
"""The format where no judge's is known."""


@dataclass(frozen=True, slots=True)
class LetterFormat:
    """One format. `pages` is the limit, 0 for none; an empty `court` and `judge` fit every case."""

    id: str
    title: str
    source: str
    since: date
    review_by: date
    parts: tuple[str, ...]
    pages: int
    counts: str
    equal_statements: bool
    quote_requests: bool
    relief_first: bool
    heading: str
    addressee: tuple[str, ...]
    salutation: str
    opening: str
    conferral: str
    attestation: str
    court: str = ""
    judge: str = ""
    note: str = ""


@cache
def letter_formats() -> tuple[LetterFormat, ...]:
    """Return the formats that ship with this release, sorted by id."""
    return tuple(packs.read(LetterFormat, packs.text_of(FOLDER, name), f"{FOLDER}/{name}.toml") for name in packs.names(FOLDER))


def letter_format(name: str) -> LetterFormat:
    """Return a format by its id. Raises LookupError, naming those that there are, for one that this release lacks."""
    found = next((one for one in letter_formats() if one.id == name), None)
    if found is None:
        known = ", ".join(one.id for one in letter_formats())
        raise LookupError(f"There is no format of joint letters “{name}”; there are {known}.")
    return found


def format_for(court: str, judges: tuple[str, ...]) -> LetterFormat:
    """Return the format of the first of a case's judges who has one in this court (by its short name), else the plain one."""
    for judge in judges:
        for one in letter_formats():
            if one.judge and one.court == court and one.judge.lower() in judge.lower():
                return one
    return letter_format(PLAIN)


def slips(one: LetterFormat, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a format, as (key, sentence); `name` is what its file is called."""
    if one.id != name:
        yield "id", f"the file is called “{name}”, so its id is “{name}”."
    yield from (
        (key, f"“{key}” is empty.") for key in ("title", "source", "heading", "opening", "conferral") if not _said(one, key)
    )
    unknown = [part for part in one.parts if part not in PARTS]
    if unknown:
        yield "parts", f"the part “{unknown[0]}” is not known; known are {', '.join(PARTS)}."
    if len(set(one.parts)) < len(one.parts):
        yield "parts", "a part stands here twice."
    if not {"caption", "argument"} <= set(one.parts):
        yield "parts", "a letter has at least its caption and its argument."
    if one.counts not in COUNTS:
        yield "counts", f"a limit counts one of {', '.join(COUNTS)}."
    if one.pages < 0:
        yield "pages", "a limit is a number of pages, or 0 for none."
    if ("attestation" in one.parts) != bool(one.attestation.strip()):
        yield "parts", "the text of the attestation and the part “attestation” go together."
    if one.judge and not one.court:
        yield "court", "a judge’s format names the court."
    yield from _marks(one)


def _said(one: LetterFormat, key: str) -> bool:
    text: str = getattr(one, key)
    return bool(text.strip())


def _marks(one: LetterFormat) -> Iterator[tuple[str, str]]:
    for key, known in MARKS.items():
        value = getattr(one, key)
        for text in value if isinstance(value, tuple) else (value,):
            try:
                found = {mark for _text, mark, _spec, _conversion in Formatter().parse(text) if mark is not None}
            except ValueError as error:
                yield key, f"the braces do not match ({error})."
                continue
            if not found <= known:
                allowed = ", ".join(f"{{{mark}}}" for mark in sorted(known)) or "no marks"
                yield key, f"{{{min(found - known)}}} is not known here; known: {allowed}."
