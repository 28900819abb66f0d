"""What letters about requests print of each request, and how people's own words are set in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from discovery.papers.passages import passages

_TITLED = re.compile(r"\*([^*]{1,120})\*\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QuotedRequest:
    """A request as letters quote it: the frozen words, the narrower text that was agreed, the answer."""

    heading: str  # "Request For Production No. 3:"
    text: str  # as served, or "" where it is not quoted
    narrowed: str  # the narrower text that was agreed, or ""
    narrowed_note: str  # "As narrowed by agreement on August 1, 2025:"
    answer: str  # the words of the response, or ""


def quoted_context(one: QuotedRequest) -> dict[str, Any]:
    """Return a request as the letters' templates print it."""
    return {
        "heading": one.heading,
        "text": passages(one.text),
        "narrowed": passages(one.narrowed),
        "narrowed_note": one.narrowed_note,
        "answer": passages(one.answer),
    }


def argued(text: str) -> list[dict[str, Any]]:
    """Return typed text as paragraphs; one that opens with a title between asterisks, "*Background.* ...", has it in bold.

    A title under which nobody wrote anything is left out.
    """
    found = []
    for passage in passages(text):
        titled = _TITLED.fullmatch(passage.text)
        found.append(
            {
                "title": titled[1] if titled else "",
                "text": titled[2] if titled else passage.text,
                "style": passage.style,
                "direction": passage.direction,
            }
        )
    return [one for place, one in enumerate(found) if one["text"] or (found[place + 1 :] and not found[place + 1]["title"])]
