"""Reading citations out of a text: cases, statutes, rules, other authorities, and the short forms that repeat them.

Our own small reader: the library of the field, eyecite, brings its database of reporters and 42 MB to every worker. What is read
here is what discovery motions cite; whoever reads the list adds what is missing. A short form is tied to what it repeats only where
name or volume and reporter leave no doubt (`Read.unsure` names the others).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from discovery.enums import AuthorityGroup
from discovery.law.case_names import SPACE, first_party, name_at_end, parties_of, without_docket
from discovery.law.cited_places import Places
from discovery.law.cited_rules import RULE_LIKE, Named, named_in, plain

REPORTERS = (
    r"U\.\ ?S\.|S\.\ ?Ct\.|L\.\ ?Ed\.(?:\ ?2d)?|F\.\ ?Supp\.(?:\ ?[23]d)?|F\.\ ?App[’']?x\.?|F\.(?:[23]d|4th)?|F\.R\.D\."
    r"|B\.R\.|Fed\.\ Cl\."
    r"|Cal\.\ ?App\.(?:\ ?(?:[23]d|[45]th))?(?:\ Supp\.)?|Cal\.\ ?Rptr\.(?:\ ?[23]d)?|Cal\.(?:\ ?(?:[23]d|[45]th))?"
    r"|N\.Y\.S\.(?:[23]d)?|N\.Y\.(?:[23]d)?|A\.D\.(?:[23]d)?|Misc\.(?:\ ?[23]d)?|S\.W\.(?:[23]d)?|S\.E\.(?:2d)?|N\.E\.(?:[23]d)?"
    r"|N\.W\.(?:2d)?|So\.(?:\ ?[23]d)?|P\.(?:[23]d)?|A\.(?:[23]d)?|Tex\.|WL|U\.S\.\ Dist\.\ LEXIS|U\.S\.\ App\.\ LEXIS"
)
OF_ONE_COURT = re.compile(r"^\d+ (?:U\. ?S\.|S\. ?Ct\.|L\. ?Ed|Cal\.|N\.Y\.|A\.D\.|Tex\.)")
"""Reporters that say by themselves which court decided (for California's, CRC 3.1113(c) asks for volume, page and year alone)."""
CORE = rf"(?<![\w.])(?P<volume>\d{{1,4}}){SPACE}(?P<reporter>{REPORTERS}){SPACE}(?P<page>\d{{1,8}})(?![\w])(?!,? U\.S\.C)"
_CORE = re.compile(CORE)
_AFTER = re.compile(
    rf"(?P<pins>(?:,{SPACE}(?:at{SPACE})?\*?\d+(?:[–-]\*?\d+)?(?:{SPACE}n\.\d+)?(?![\w]|{SPACE}(?:{REPORTERS})))*)"
    rf"(?P<parallel>(?:,{SPACE}\d{{1,4}}{SPACE}(?:{REPORTERS}){SPACE}\d+(?:,{SPACE}\d+(?:[–-]\d+)?(?![\w]|{SPACE}(?:{REPORTERS})))*)*)"
    rf"(?P<told>{SPACE}\((?P<court>(?:[^()]|\([^()]{{0,60}}\)){{0,120}}?\b(?P<year>1[789]\d\d|20\d\d))\))?"
)
_YEAR_FIRST = re.compile(rf"{SPACE}\((?P<told>(?:[^()\d]{{0,30}}{SPACE})?(?P<year>1[789]\d\d|20\d\d))\){SPACE}$")
"""California: "Name (1961) 56 Cal.2d 355"."""
_SHORT = re.compile(
    rf"(?:(?P<name>[A-Z][\w.&’' -]{{1,60}}?),{SPACE}(?P<supra>supra,{SPACE})?)?"
    rf"(?<![\w.])(?P<core>\d{{1,4}}{SPACE}(?:{REPORTERS})(?:{SPACE}\d+,)?){SPACE}at(?={SPACE}(?:pp?\.{SPACE})?\*?\d)"
)
_SUPRA = re.compile(rf"(?P<name>[A-Z][\w.&’' -]{{1,60}}?),{SPACE}supra(?=,{SPACE}at{SPACE}|,{SPACE}pp?\.)")


@dataclass(slots=True)
class Authority:
    """What a text cites: `listed` as a table names it; `words` each wording that cites it; `lacks` what seems missing there.

    `key` tells it from others, however it is cited or listed: "329 U.S. 495". `lacks`: "name", "court", "year".
    """

    key: str
    group: AuthorityGroup
    listed: str
    words: list[str] = field(default_factory=list)
    lacks: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    cited: int = 0  # how often, short forms included


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in texts: the authorities in the order of their first citation, and short citations that nobody can tie."""

    authorities: tuple[Authority, ...]
    unsure: tuple[str, ...]  # "Smith, 12 F.3d at 5", or "... Id. at 3" with the words around it


def read(texts: Iterable[str]) -> Read:
    """Read the citations in runs of text (a paragraph, or several that belong together).

    The case that is cited twice with different names is listed under the first. Nothing is looked up outside the texts.
    """
    runs = [text for text in texts if text.strip()]
    found: dict[str, Authority] = {}
    for text in runs:
        for one in _cases(text):
            _add(found, one)
        for named in named_in(text):
            _add(found, _of_rule(named))
    federal = _federal(found)
    cases = _Cases(found.values())
    unsure = [words for text in runs for words in (*_bare_rules(text, found, federal), *_short_forms(text, cases))]
    authorities = tuple(found.values())
    unsure += _count(runs, authorities)
    return Read(authorities, tuple(dict.fromkeys(unsure)))


def _add(found: dict[str, Authority], one: Authority) -> None:
    known = found.setdefault(one.key, one)
    if known is not one:
        known.words += [words for words in one.words if words not in known.words]
        known.lacks = tuple(lack for lack in known.lacks if lack in one.lacks)
        if one.group == AuthorityGroup.CASES and len(one.listed) > len(known.listed):
            known.listed = one.listed


def _of_rule(named: Named) -> Authority:
    return Authority(named.key, named.group, named.listed, [named.words])


def _cases(text: str) -> Iterator[Authority]:
    """Yield the cases that a text cites in full: name, volume, reporter, first page, court and year."""
    done = 0
    for core in _CORE.finditer(text):
        if core.start() < done:
            continue  # a parallel citation of the one before
        after = _AFTER.match(text, core.end())
        assert after is not None, "every part of it is optional"
        done = after.end()
        before = text[max(0, core.start() - 260) : core.start()]
        first = _YEAR_FIRST.search(before)
        bare = before[: first.start()] if first else without_docket(before)
        name = name_at_end(bare) if first or bare != before or before.endswith((", ", ",\u00a0")) else ""
        docket = before[len(bare) :] if not first else ""
        year = first["year"] if first else after["year"]
        if not name and not year:
            continue  # a number and a letter that happen to look like one
        cores = plain(core[0]) + plain(after["parallel"] or "")
        told = first["told"] if first else (after["court"] if after["told"] else "")
        if first:
            listed = f"{name} ({plain(told)}) {cores}"
        else:
            listed = f"{name}{plain(docket).rstrip(', ')}, {cores}" + (f" ({plain(told)})" if told else "")
        start = core.start() - (len(before) - before.rfind(name)) if name else core.start()
        key = plain(core[0])
        yield Authority(
            key,
            AuthorityGroup.CASES,
            listed.lstrip(", "),
            list(dict.fromkeys((text[start : core.end()], text[core.start() : core.end()]))),
            tuple(_lacks(name, year, told, key)),
            parties_of(name),
        )


def _lacks(name: str, year: str | None, told: str, key: str) -> Iterator[str]:
    if not name:
        yield "name"
    if not year:
        yield "year"
    elif told == year and not OF_ONE_COURT.match(key):
        yield "court"


def _short_forms(text: str, cases: _Cases) -> Iterator[str]:
    """Tie "Hickman, 329 U.S. at 510" and "Hickman, supra, at 510" to their authorities; yield those that tie to none or several."""
    for short in [*_SHORT.finditer(text), *_SUPRA.finditer(text)]:
        told = first_party(short["name"] or "")
        core = short.groupdict().get("core")
        name, named = cases.named(told)
        by_volume = cases.in_volume(core) if core is not None else []
        by_name = [one for one in named if core is None or one in by_volume]
        # "In that case, 329 U.S. at 510" names nobody; "Smith, 12 F.3d at 5" somebody else than whose volume it is.
        another = not by_name and told.rsplit(" ", 1)[-1][:1].isupper()
        tied = by_name or ([] if another else by_volume)
        start = short.start() if core is None else short.start("core")
        if name or told:
            start = short.end("name") - len(name or told)
        words = text[start : short.end()]
        if len(tied) == 1:
            if words not in tied[0].words:
                tied[0].words.append(words)
        else:
            pin = re.compile(rf",?{SPACE}(?:at{SPACE})?(?:pp?\.{SPACE})?\*?\d+(?:[–-]\d+)?").match(text, short.end())
            yield plain(text[start : pin.end() if pin else short.end()])


def _bare_rules(text: str, found: dict[str, Authority], federal: dict[str, set[str]]) -> Iterator[str]:
    """Tie "Rule 26(b)(1)" to the one set of federal rules of which the texts cite Rule 26, else to the one that they cite at all.

    Yield it where there is none or several.
    """
    for bare in RULE_LIKE.finditer(text):
        whose = federal.get(_base(bare["number"])) or set().union(*federal.values())
        if len(whose) == 1:
            listed = f"{next(iter(whose))} {bare['number']}"
            _add(found, Authority(listed, AuthorityGroup.RULES, listed, [bare[0]]))
        else:
            yield plain(bare[0])


def _federal(found: dict[str, Authority]) -> dict[str, set[str]]:
    """Return, by the number of each federal rule that is cited ("26"), the sets that have it: {"Fed. R. Civ. P."}."""
    sets: dict[str, set[str]] = {}
    for one in found.values():
        if one.listed.startswith("Fed. R. "):
            rules, _space, number = one.listed.rpartition(" ")
            sets.setdefault(_base(number), set()).add(rules)
    return sets


def _base(number: str) -> str:
    return number.partition("(")[0]


class _Cases:
    """The cases that texts cite in full, by the words of their parties and by volume and reporter."""

    def __init__(self, found: Iterable[Authority]) -> None:
        self._by_party: dict[str, list[Authority]] = {}
        self._by_volume: dict[str, list[Authority]] = {}
        for one in found:
            for party in one.parties:
                self._by_party.setdefault(party, []).append(one)
            if one.group == AuthorityGroup.CASES:
                for key in (one.key, one.key.rpartition(" ")[0]):
                    self._by_volume.setdefault(key, []).append(one)

    def named(self, words: str) -> tuple[str, list[Authority]]:
        """Return the longest name of a party with which words end ("In Hickman" with Hickman), and whose it is."""
        pieces = words.split(" ")
        for first in range(len(pieces)):
            name = " ".join(pieces[first:])
            if name in self._by_party:
                return name, self._by_party[name]
        return "", []

    def in_volume(self, core: str) -> list[Authority]:
        """Return the cases in "329 U.S.", or the one that is "2021 WL 84488"."""
        return self._by_volume.get(plain(core).rstrip(","), [])


def _count(texts: Sequence[str], authorities: Sequence[Authority]) -> list[str]:
    """Count how often each is cited; return those "Id." that may mean one or another."""
    places = Places({words: number for number, one in enumerate(authorities) for words in one.words})
    unsure = []
    for text in texts:
        for place in places.of(text):
            if place.authority is None:
                before = text[max(0, place.start - 60) : place.start].partition(" ")[2]
                unsure.append(f"… {plain(before)} {text[place.start : place.end]}")
            else:
                authorities[place.authority].cited += 1
    return unsure
