"""A paper's title as its footer has room for it: what tells the paper apart is kept, what the caption says anyway goes first.

Cal. Rules of Court, rule 2.110: the footer has the title of the paper "or some clear and concise abbreviation" (text of the rule).
"DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S FIRST SET OF INTERROGATORIES" becomes "DOE’S RESPONSES TO FIRST SET OF
INTERROGATORIES" and is not cut in the middle of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discovery.papers.fitting import abbreviated, lines_needed

_SET = (
    r"(?:(?:AMENDED )?(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH) SET OF |(?:AMENDED )?SET NO\. \d+ OF )"
)
_ASKED = rf"(?:{_SET}|(?:AMENDED )?(?:REQUESTS FOR |SPECIAL INTERROG|INTERROG|SUBPOENA TO |NOTICE (?:OF|FOR|TO) ))"
STEPS = (
    (re.compile(r"(?<=RESPONSES) AND OBJECTIONS\b"), ""),
    # Whose set is answered: the caption and the first paragraph say it.
    (re.compile(rf"(?<=RESPONSES TO ).+?(?:’S|S’) (?={_ASKED})"), ""),
    # What a subpoena commands, when its recipient is named after it.
    (re.compile(r" TO (?:PRODUCE DOCUMENTS|TESTIFY AT A DEPOSITION|APPEAR AND TESTIFY AT A HEARING OR TRIAL)(?= TO )"), ""),
    # Who asks, when the set is named by its number.
    (re.compile(rf"^(?P<what>(?:COURTESY COPY FOR RESPONSES: )?).+?(?:’S|S’) (?={_SET})"), r"\g<what>"),
)
"""What is left out, one step after the other, until the rest has room."""


def short_title(title: str, width: float, size: float, lines: int) -> str:
    """Return a title on `lines` lines of `width` points: whole, with things left out, or cut where even that is too long."""
    told = list(_steps(" ".join(title.split())))
    fits = (one for one in told if lines_needed(one, width, size) <= lines)
    return next(fits, None) or abbreviated(told[-1], width, size, lines)


def _steps(title: str) -> Iterator[str]:
    yield title
    for left_out, instead in STEPS:
        title = left_out.sub(instead, title, count=1)
        yield title
