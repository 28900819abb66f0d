"""Headings of requests where papers list many of them: "Request For Production Nos. 1–3 (Set One) and Interrogatory No. 2"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from discovery.domain.composing.printed import in_a_sentence
from discovery.domain.number_ranges import runs_of

_NUMBERED = re.compile(r"(?P<kind>.+ N[Oo])\. ?(?P<number>\d+)(?P<set> \(.+\))?")


def headings_listed(headings: Iterable[str]) -> str:
    """Return headings as a sentence lists them; neighbours of one kind and set together, three numbers in a row as a span."""
    told: list[str] = []
    for _key, group in groupby(headings, key=_kind_and_set):
        found = list(group)
        parts = [_NUMBERED.fullmatch(heading) for heading in found]
        if len(found) == 1 or parts[0] is None:
            told += found
            continue
        numbers: list[str] = []
        for first, last in runs_of(int(part["number"]) for part in parts if part is not None):
            numbers += [f"{first}–{last}"] if last > first + 1 else [str(number) for number in range(first, last + 1)]
        several = f"{parts[0]['kind']}{'S' if parts[0]['kind'].endswith('O') else 's'}."
        told.append(f"{several} {in_a_sentence(numbers)}{parts[0]['set'] or ''}")
    return "; ".join(told) if any("," in one for one in told) else in_a_sentence(told)


def _kind_and_set(heading: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(heading)
    return (found["kind"], found["set"] or "") if found is not None else (heading, "")
