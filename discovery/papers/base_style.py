"""What a browser would call its own stylesheet, as lean as our papers need it.

WeasyPrint's has six rules for the pseudo-elements of notes and markers that match every element, and one for each of the sixteen
margin boxes of a page: 7 styles computed for each element and 19 for each page, where papers use one and six. The rest of it is
taken as it is, so not a byte of a paper changes (docs/performance.md). Look at it whenever WeasyPrint is raised; a rule that is
not found where it is expected stops the program at its start.
"""

from __future__ import annotations

import re
from typing import Any

from weasyprint import CSS
from weasyprint.html import UA

NARROWED = {
    "::marker": "li::marker",
    "::footnote-call": ".footnote::footnote-call",
    "::footnote-marker": ".footnote::footnote-marker",
    "::note-call": "",
    "::note-marker": "",
    "::note-callback": "",
}
"""The rules that match every element, and the elements of our papers that have such a thing; "" for none."""
MARGIN_BOXES = re.compile(r"^  @(?:(?:top|left|right)-[a-z-]+|bottom-(?:left|right)-corner) *\{[^}]*\}\n", re.MULTILINE)
"""All but those at the bottom, where papers have their footers; an empty box has no style of its own then."""
DROPPED = 13
COUNTERS = re.compile(r"^@counter-style .*\n", re.MULTILINE)
"""Every document gets these from the engine in any case."""


def lean(text: str) -> str:
    """Return the engine's own stylesheet without what no paper uses. Raises ValueError where it is not as expected."""
    for found, wanted in NARROWED.items():
        rule = re.compile(rf"^{found} (\{{[^}}]*\}})\n", re.MULTILINE)
        text, count = rule.subn(rf"{wanted} \1\n" if wanted else "", text)
        if count != 1:
            raise ValueError(f"The engine’s stylesheet has {count} rules for {found}.")
    text, count = MARGIN_BOXES.subn("", text)
    if count != DROPPED:
        raise ValueError(f"The engine’s stylesheet has {count} margin boxes to drop instead of {DROPPED}.")
    return COUNTERS.sub("", text)


BASE_STYLE: Any = CSS(string=lean(UA))
"""The stylesheet, compiled."""
