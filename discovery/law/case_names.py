"""The names of cases as texts write them: where one begins before its citation, and by which words short citations may call it."""

from __future__ import annotations

import re

SPACE = r"[ \u00a0]"
_DOCKET = re.compile(rf",{SPACE}(?:Case{SPACE})?Nos?\.{SPACE}[^,;()]{{3,60}}(?:{SPACE}\([A-Z]{{2,4}}\))?$")
_ABBREVIATED = frozenset(
    [
        "Inc.",
        "Co.",
        "Corp.",
        "Ltd.",
        "Bros.",
        "Assn.",
        "Ass’n.",
        "Dist.",
        "Univ.",
        "Dept.",
        "Bd.",
        "Cty.",
        "Cnty.",
        "Ct.",
        "Super.",
        "Sup.",
        "Ins.",
        "Mfg.",
        "Mut.",
        "Nat.",
        "Natl.",
        "Int’l.",
        "Am.",
        "Gen.",
        "Hosp.",
        "Sys.",
        "Techs.",
        "Tech.",
        "Servs.",
        "Serv.",
        "Indus.",
        "Grp.",
        "Fin.",
        "Elec.",
        "Prods.",
        "Labs.",
        "Pharm.",
        "Pharms.",
        "Com.",
        "Comm.",
        "Comm’n.",
        "U.S.",
        "S.",
        "N.",
        "E.",
        "W.",
        "St.",
        "Mt.",
        "Ft.",
        "No.",
        "Dr.",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Jr.",
        "Sr.",
        "L.P.",
        "L.L.C.",
        "LLC.",
        "L.L.P.",
        "P.C.",
        "N.A.",
        "S.A.",
        "Ry.",
        "R.R.",
        "Transp.",
        "Trans.",
        "Sec.",
        "Found.",
        "Fed.",
        "Cal.",
        "Auth.",
        "Ctr.",
        "Cent.",
        "Chem.",
        "Envtl.",
        "Educ.",
        "Empl.",
        "Emps.",
        "Eng’g.",
        "Enters.",
        "Equip.",
        "Hous.",
        "Inst.",
        "Invs.",
        "Mgmt.",
        "Mkt.",
        "Med.",
        "Mem’l.",
        "Metro.",
        "Mun.",
        "Org.",
        "Pac.",
        "Pub.",
        "Publ’g.",
        "Rd.",
        "Ref.",
        "Reg’l.",
        "Res.",
        "Sav.",
        "Sch.",
        "Sci.",
        "Soc’y.",
        "Tel.",
        "Tr.",
        "Twp.",
        "Util.",
        "Utils.",
        "Veh.",
        "Vill.",
        "Wash.",
        "al.",
        "Ents.",
        "Props.",
        "Assocs.",
    ]
)
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "&",
        "for",
        "de",
        "del",
        "la",
        "le",
        "von",
        "van",
        "der",
        "on",
        "in",
        "to",
        "at",
        "ex",
        "rel.",
        "et",
        "al.",
        "a/k/a",
        "dba",
        "d/b/a",
        "by",
    ]
)
_SIGNALS = frozenset(
    [
        "see",
        "also",
        "accord",
        "but",
        "cf.",
        "cf",
        "e.g.,",
        "e.g.",
        "compare",
        "with",
        "contra",
        "under",
        "as",
        "and",
        "while",
        "citing",
        "quoting",
        "following",
        "unlike",
        "like",
        "since",
        "because",
        "the",
        "when",
        "where",
        "cited",
        "from",
        "id.",
        "by",
    ]
)
_VERSUS = re.compile(rf"{SPACE}vs?\.{SPACE}")
_TITLED = re.compile(
    rf"(?:In{SPACE}re|Ex{SPACE}parte|(?:In{SPACE}the{SPACE})?Matter{SPACE}of|Estate{SPACE}of|Conservatorship{SPACE}of){SPACE}"
)


def without_docket(before: str) -> str:
    """Return a text without the docket number, "No. 18-CV-01223-VKD", at its end."""
    found = _DOCKET.search(before.rstrip(", \u00a0"))
    return before[: found.start()] if found else before


def name_at_end(before: str) -> str:
    """Return the name of a case that ends right there, as it is written, or ""."""
    text = before.rstrip(", \u00a0")
    titled = list(_TITLED.finditer(text))
    versus = list(_VERSUS.finditer(text))
    if titled and (not versus or titled[-1].start() > versus[-1].end()):
        name = text[titled[-1].start() :]
        return name if _is_name(name) else ""
    if not versus:
        return ""
    left = first_party(text[: versus[-1].start()])
    name = text[len(text[: versus[-1].start()]) - len(left) :]
    return name if left and _is_name(text[versus[-1].end() :]) else ""


def _is_name(words: str) -> bool:
    return bool(words) and len(words) < 200 and not re.search(r"[;:()]|\d{3,}", words)


def first_party(text: str) -> str:
    """Return the words at a text's end that name a party: back to a word in small letters, the end of a sentence, a signal."""
    kept: list[tuple[int, str]] = []
    for found in reversed(list(re.finditer(r"[^\s\u00a0]+", text))):
        word = found[0]
        if word[-1] in ';:)?!”"' or (word.endswith(".") and word not in _ABBREVIATED and not re.fullmatch(r"(?:[A-Z]\.)+", word)):
            break
        bare = word.lstrip('“"(‘')
        if not bare[:1].isupper() and bare not in _SMALL and not bare[:1].isdigit():
            break
        kept.append((found.start() + len(word) - len(bare), bare))
        if bare != word:
            break
    while kept and (kept[-1][1].lower().rstrip(",") in _SIGNALS or kept[-1][1].lower() in _SMALL or kept[-1][1] in {"In", "e.g.,"}):
        kept.pop()
    return text[kept[-1][0] :] if kept else ""


def parties_of(name: str) -> tuple[str, ...]:
    """Return by what words short citations may name a case: its parties, whole and by their first word."""
    sides = [side.strip(" ,") for side in _VERSUS.split(_TITLED.sub("", name)) if side.strip(" ,")]
    words = [word for side in sides for word in (side, side.split()[0].rstrip(",")) if len(word) > 2]
    return tuple(dict.fromkeys(word for word in words if word not in {"United", "People", "State", "The"}))
