"""Typed text as HTML: footnotes, and citations of rules on one line ("45(d)(2)(B)(ii)" is not broken at a line's end)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from discovery.papers.footnotes import OPENING, pieces

register = template.Library()

_CITED = re.compile(
    # "4:24-cv-04722-YGR": the number of an action does not break at its hyphens; nor does "202.20-d".
    r"(?:Nos?\. )?\b\d{1,2}:\d{2}-[a-z]{2,4}-\d{1,6}(?:-[A-Z]{2,4})*|\d+\.\d+-[a-z]\b|"
    r"\b(?:NON|THIRD)-PARTY\b|"
    r"(?:(?:(?:Fed\. R\. )?(?:Civ\. P\.|Evid\.)|Rule|CPLR|L\.R\.|§§?|Nos?\.) )?"
    r"\b\d[\d.\-]*(?:\([A-Za-z0-9]{1,4}\))+(?:[–-]\([A-Za-z0-9]{1,4}\))?"
)


@register.filter
def cited(text: str) -> SafeString:
    """Return a text, escaped, whose citations stand each on one line and whose notes are footnotes; the words stay what they are.

    Raises PaperRefused for a footnote that is too long.
    """
    return _noted(text, _cited)


@register.filter
def stopped(name: str) -> str:
    """Return a name at the end of a sentence with one full stop, also "Meta Platforms, Inc."."""
    return name if name.endswith(".") else f"{name}."


@register.filter
def noted(text: str) -> SafeString:
    """Return a text, escaped, whose notes are footnotes. Raises PaperRefused for one that is too long."""
    return _noted(text, conditional_escape)


def _noted(text: str, escape: Callable[[str], SafeString]) -> SafeString:
    if OPENING not in text:
        return escape(text)
    made = [f'<span class="footnote">{escape(words)}</span>' if note else escape(words) for words, note in pieces(text)]
    return mark_safe("".join(made))  # noqa: S308 -- every piece was escaped


def _cited(text: str) -> SafeString:
    escaped = conditional_escape(text)
    if ")" not in escaped and "-" not in escaped:
        return escaped
    return mark_safe(_CITED.sub(r'<span class="cite">\g<0></span>', escaped))  # noqa: S308 -- what is wrapped was escaped above
