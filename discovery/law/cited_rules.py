"""Statutes, constitutions, rules and treatises as texts cite them, each with the one form under which a table lists it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from discovery.enums import AuthorityGroup

S = r"[ \u00a0]"
SUBDIVISION = r"(?:\([A-Za-z0-9]{1,4}\))"
SECTION = rf"\d+[\w.:-]*(?<![.:-]){SUBDIVISION}*"
SUBDIVIDED = rf"\d+(?:\.\d+)?{SUBDIVISION}+"
_MORE = re.compile(rf"(?:,{S}and{S}|,{S}|{S}and{S}|{S}or{S})(?P<number>{SUBDIVIDED})(?![\w(])(?!{S}(?:U\.S\.|F\.|Cal\.))")
"""A further number after the first: "37(a)(2), 45(d)(2)(B)(i)"; without subdivisions it might be anything."""
CALIFORNIA_CODES = {
    # As California's own style names them (California Style Manual; expert knowledge, verify), and as federal papers do.
    "Code Civ. Proc.": (
        r"(?:Cal\.{S})?Code{S}Civ\.{S}Proc\.|Cal\.{S}Civ\.{S}Proc\.{S}Code|(?:Cal\.{S})?Code{S}of{S}Civ\.{S}Proc\.|C\.?C\.?P\.?"
        r"|(?:California{S})?Code{S}of{S}Civil{S}Procedure"
    ),
    "Evid. Code": r"(?:Cal\.{S})?Evid\.{S}Code|(?:California{S})?Evidence{S}Code",
    "Civ. Code": r"(?:Cal\.{S})?Civ\.{S}Code|(?:California{S})?Civil{S}Code",
    "Bus. & Prof. Code": r"(?:Cal\.{S})?Bus\.{S}&{S}Prof\.{S}Code|Business{S}and{S}Professions{S}Code",
    "Gov. Code": r"(?:Cal\.{S})?Gov(?:’t|'t|\.){S}Code|(?:California{S})?Government{S}Code",
    "Corp. Code": r"(?:Cal\.{S})?Corp\.{S}Code|(?:California{S})?Corporations{S}Code",
    "Lab. Code": r"(?:Cal\.{S})?Lab\.{S}Code|(?:California{S})?Labor{S}Code",
    "Pen. Code": r"(?:Cal\.{S})?Pen(?:al|\.){S}Code",
}
FEDERALLY = {"Code Civ. Proc.": "Civ. Proc. Code", "Gov. Code": "Gov’t Code", "Pen. Code": "Penal Code"}
"""The same codes after "Cal.", as the Bluebook has them."""
RULE_LIKE = re.compile(
    rf"(?<![\w.])(?<!Local )Rule{S}(?P<number>{SUBDIVIDED}|\d+)(?![\w(-])(?!\.\d)"
    rf"(?!{S}of{S}(?:the{S})?(?:Federal|California|Local))"
)
"""A rule by its number alone: whose, the words around it say."""


@dataclass(frozen=True, slots=True)
class Named:
    """A citation found: `words` as they stand there, `listed` in the table, `key` what tells it from others."""

    key: str
    group: AuthorityGroup
    listed: str
    words: str


Listed = Callable[[re.Match[str], str], str]
"""Says how a table lists what was found, with its number."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of citing: its pattern with a group "number", and how a number is listed; `more`: others may follow by commas."""

    pattern: re.Pattern[str]
    group: AuthorityGroup
    listed: Listed
    more: bool = False
    key: Callable[[str], str] | None = None  # where one authority may be listed in several ways

    def named(self, found: re.Match[str], number: str, words: str) -> Named:
        listed = self.listed(found, number)
        return Named(self.key(number) if self.key is not None else listed, self.group, listed, words)


def _form(
    pattern: str, group: AuthorityGroup, listed: str | Listed, *, more: bool = False, key: Callable[[str], str] | None = None
) -> _Form:
    """Return a form; where `listed` is a text, the pattern's groups stand in it by their names."""
    told = _filled(listed) if isinstance(listed, str) else listed
    return _Form(re.compile(pattern.replace("{S}", S)), group, told, more, key)


def _filled(listed: str) -> Listed:
    return lambda found, number: listed.format(**{**found.groupdict(), "number": plain(number)})


def _statute(pattern: str, listed: str, *, more: bool = False) -> _Form:
    return _form(pattern, AuthorityGroup.STATUTES, listed, more=more)


def _rule(pattern: str, listed: str | Listed, *, more: bool = False) -> _Form:
    return _form(pattern, AuthorityGroup.RULES, listed, more=more)


def _other(pattern: str) -> _Form:
    return _form(f"(?P<number>{pattern})", AuthorityGroup.OTHER, "{number}")


def _code(name: str, pattern: str) -> _Form:
    number = rf"(?P<number>{SECTION}(?:,{{S}}subd\.{{S}}\([a-z]\)(?:\(\d+\))?)?)"
    text = rf"(?<![\w.])(?P<code>{pattern}),?{{S}}(?:§§?{{S}}?|[Ss]ections?{{S}}){number}"

    def listed(found: re.Match[str], number: str) -> str:
        if found["code"].startswith("Cal."):  # as papers in other courts cite it
            return f"Cal. {FEDERALLY.get(name, name)} § {plain(number)}"
        return f"{name}, § {plain(number)}"

    return _form(text, AuthorityGroup.STATUTES, listed, more=True, key=lambda number: f"{name}, § {plain(number)}")


_FEDERAL_RULES = {"Civil": "Civ. P.", "Criminal": "Crim. P.", "Appellate": "App. P.", "Bankruptcy": "Bankr. P."}
_OF_COURT = rf"(?P<number>\d+\.\d+{SUBDIVISION}*)"
_CAL_RULE = "Cal. Rules of Court, rule {number}"

_FORMS: tuple[_Form, ...] = (
    _statute(
        r"(?<![\w.])(?P<constitution>U\.S\.|Cal\.|N\.Y\.|Tex\.){S}Const\.,?{S}(?P<number>(?:art|amend)\.{S}[IVX]+(?:,{S}§{S}\d+)?(?:,{S}cl\.{S}\d+)?)",
        "{constitution} Const. {number}",
    ),
    _statute(
        rf"(?<![\w.])(?P<title>\d{{1,2}}){{S}}U\.{{S}}?S\.{{S}}?C\.(?:A\.)?{{S}}(?:§§?{{S}}?|[Ss]ections?{{S}})(?P<number>{SECTION})",
        "{title} U.S.C. § {number}",
        more=True,
    ),
    _rule(
        rf"(?<![\w.])(?P<title>\d{{1,2}}){{S}}C\.{{S}}?F\.{{S}}?R\.{{S}}(?:§§?{{S}}?|[Pp]art{{S}})?(?P<number>{SECTION})",
        "{title} C.F.R. § {number}",
    ),
    *(_code(name, pattern) for name, pattern in CALIFORNIA_CODES.items()),
    _statute(
        rf"(?:N\.Y\.{{S}})?(?:C\.P\.L\.R\.|CPLR){{S}}(?:§{{S}}?|[Rr]ule{{S}})?(?P<number>{SECTION})", "N.Y. C.P.L.R. {number}"
    ),
    _rule(
        rf"(?:Fed\.{{S}}?R\.{{S}}?(?P<kind>Civ\.{{S}}?P\.|Crim\.{{S}}?P\.|App\.{{S}}?P\.|Bankr\.{{S}}?P\.|Evid\.)|FRCP){{S}}(?P<number>{SECTION})",
        lambda found, number: f"Fed. R. {_spaced(found['kind'] or 'Civ. P.')} {number}",
        more=True,
    ),
    _rule(
        rf"(?<![\w.])Rules?{{S}}(?P<number>{SUBDIVIDED}|\d+)(?=(?:(?:,{{S}}and{{S}}|,{{S}}|{{S}}and{{S}}){SUBDIVIDED})*{{S}}of{{S}}the{{S}}"
        r"Federal{S}Rules{S}of{S}(?:Civil|Criminal|Appellate|Bankruptcy){S}Procedure)",
        lambda found, number: f"Fed. R. {_of_procedure(found)} {number}",
        more=True,
    ),
    _rule(
        r"(?<![\w.])(?:[NSECW]\.D\.{S}[A-Z][a-z]+\.?{S})?Civ(?:\.|il){S}(?:L\.{S}?R\.|Local{S}Rules?){S}"
        rf"(?P<number>\d+-\d+{SUBDIVISION}*)",
        "Civ. L.R. {number}",
    ),
    _rule(rf"(?<![\w.])(?:(?:Cal\.|California){{S}}Rules{{S}}of{{S}}Court,?{{S}}[Rr]ule|CRC|C\.R\.C\.){{S}}{_OF_COURT}", _CAL_RULE),
    _rule(rf"(?<![\w.])[Rr]ule{{S}}{_OF_COURT}{{S}}of{{S}}the{{S}}California{{S}}Rules{{S}}of{{S}}Court", _CAL_RULE),
    _other(
        r"Restatement{S}\((?:First|Second|Third)\){S}of{S}(?:the{S})?[A-Z]\w+(?:{S}(?:of|and|&|[A-Z][\w:]+))*{S}§{S}\d[\w.]*(?<!\.)"
    ),
    _other(
        r"(?<!\w)(?:\d{1,2}[A-Z]?{S})?(?:(?:[A-Z][\w.’]{0,30},?|&|and){S}){0,6}(?:Wright|Moore|Miller|Weil|Witkin|Brown)"
        r"(?:{S}et{S}al\.)?[^.;()§]{0,80}§§?{S}?\d[\w.:]*(?<![.:])(?:{S}\((?:\d\w+{S}ed\.{S})?\d{4}\))?"
    ),
)


def named_in(text: str) -> Iterator[Named]:
    """Yield the statutes, constitutions, rules and treatises that a text cites, each place once."""
    taken = bytearray(len(text))
    for form in _FORMS:
        for found in form.pattern.finditer(text):
            if any(taken[found.start() : found.end()]):
                continue
            taken[found.start() : found.end()] = b"\1" * len(found[0])
            yield form.named(found, found["number"], found[0])
            yield from _more(form, found, text)


def _more(form: _Form, found: re.Match[str], text: str) -> Iterator[Named]:
    more = _MORE.match(text, found.end()) if form.more else None
    while more is not None:
        yield form.named(found, more["number"], more["number"])
        more = _MORE.match(text, more.end())


def _of_procedure(found: re.Match[str]) -> str:
    after = re.compile(rf"of{S}the{S}Federal{S}Rules{S}of{S}(\w+)").search(found.string, found.end())
    assert after is not None, "the pattern looked ahead to it"
    return _FEDERAL_RULES[after[1]]


def _spaced(kind: str) -> str:
    return plain(kind.replace(".", ". "))


def plain(text: str) -> str:
    """Return words with single plain spaces, however they were spaced."""
    return " ".join(text.replace("\u00a0", " ").split())
