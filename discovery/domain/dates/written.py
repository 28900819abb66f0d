"""Days that the record and the law keep as 2025-07-02, as the reader's screen writes them."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.formats import date_format

KEPT = re.compile(r"\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?\b")


def on_screen(text: str) -> str:
    """Return words with each day in them, and moment, in the form of the reader's language. For words that nobody typed."""
    return KEPT.sub(lambda found: _formatted(found[0]), text)


def _formatted(kept: str) -> str:
    try:
        if "T" in kept:
            return date_format(datetime.fromisoformat(kept), "DATETIME_FORMAT")
        return date_format(date.fromisoformat(kept))
    except ValueError:  # looks like a day and is none
        return kept
