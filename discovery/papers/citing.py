"""Citations of rules on one line: "45(d)(2)(B)(ii)" and "Rule 26(b)(1)" are not broken at a line's end."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CITED = re.compile(r"(?:(?:Rule|L\.R\.|§|Nos?\.) )?\b\d[\d.\-]*(?:\([A-Za-z0-9]{1,4}\))+(?:[–-]\([A-Za-z0-9]{1,4}\))?")


@register.filter
def cited(text: str) -> SafeString:
    """Return a text, escaped, whose citations stand each on one line; the words themselves stay what they are."""
    escaped = conditional_escape(text)
    if ")" not in escaped:
        return escaped
    return mark_safe(_CITED.sub(r'<span class="cite">\g<0></span>', escaped))  # noqa: S308 -- what is wrapped was escaped above
