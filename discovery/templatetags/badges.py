"""Status badges that explain themselves: `{% badge demand %}` shows where a row stands and opens the facts behind it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from discovery.templatetags.icons import status_icon

register = template.Library()


@register.simple_tag
def badge(row: Any) -> SafeString:
    """Return the badge of a demand, set, paper, dispute, response or claw-back: icon, word, and a link to why it stands so.

    Without JavaScript the link leads to a page; with it the same text opens in a dialog (`tecum.js`).
    """
    field = "status" if hasattr(row, "status") else "state"
    word, label = getattr(row, field), getattr(row, f"get_{field}_display")()
    address = reverse("explain", args=[row._meta.model_name, row.pk])
    return format_html(
        '<a class="status status-{}" href="{}" hx-get="{}" hx-target="#explain-body" title="{}">{} {}</a>',
        word,
        address,
        address,
        gettext("Explain this status"),
        status_icon(word),
        label,
    )
