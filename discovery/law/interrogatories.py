"""Rule 33(a)(1): how many interrogatories a text asks, its discrete subparts counted.

Whether a part is discrete is for a court to say ("logically or factually subsumed within and necessarily related to the primary
question": Kendall v. GES Exposition Servs., 174 F.R.D. 684, 685 (D. Nev. 1997)). This counts what a careful opponent would count
and shows how, so that a person can judge: an upper figure, never a ruling.
"""

from __future__ import annotations

import re

VERBS = "identify|state|describe|explain|list|specify|set forth|provide|give|disclose|itemize|enumerate|summarize|detail|indicate"
_ORDER = re.compile(
    rf"(?:^|[.;:?!,]\s+|\n\s*|\band\s+(?:also\s+)?|\([a-z0-9]{{1,3}}\)\s*)(?:please\s+)?(?:{VERBS})\b", re.IGNORECASE
)
_LETTER = re.compile(r"(?:^|[\s;,:])\(([a-z])\)\s*(?=\S)", re.IGNORECASE)
_DETAILS = re.compile(r"\b(?:including|stating|giving|with|such as|for each|by)\b[^.?!]*$", re.IGNORECASE)


def subparts(text: str) -> int:
    """Return how many questions an interrogatory asks: 1 for a plain one.

    Counted are separate commands ("Identify ... and describe ...") and lettered parts in their order, whichever are more. Letters
    that merely name details of one question ("stating its (a) date, (b) author") do not count, nor does "if so, describe it".
    """
    return max(1, _commands(text), _lettered(text))


def _commands(text: str) -> int:
    return sum(not text[: found.start()].rstrip().lower().endswith("if so") for found in _ORDER.finditer(text))


def _lettered(text: str) -> int:
    """Count (a), (b), (c) ... in their order, unless what leads to (a) says that they are details."""
    wanted, first = ord("a"), -1
    for found in _LETTER.finditer(text):
        if ord(found[1].lower()) == wanted:
            first = found.start() if first < 0 else first
            wanted += 1
    if first < 0 or _DETAILS.search(text[:first].rstrip(" :")):
        return 0
    return wanted - ord("a")
